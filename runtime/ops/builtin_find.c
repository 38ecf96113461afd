#include <string.h>

#include "runtime/ops/builtin.h"

const struct builtin_file *builtin_find(const char *folder, const char *name)
{
    for (const struct builtin_file *file = builtin_files; file->folder; file++)
        if (strcmp(file->folder, folder) == 0 && strcmp(file->name, name) == 0)
            return file;
    return NULL;
}
