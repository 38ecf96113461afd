#include "bench/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPEN_FOLDERS = 8 };

bool folder_make(char path[FOLDER_PATH])
{
    const char *const base = getenv("TMPDIR");
    const int length =
        snprintf(path, FOLDER_PATH, "%s/clwise-bench-XXXXXX", base && *base ? base : "/tmp");
    if (length < FOLDER_PATH && mkdtemp(path))
        return true;
    perror(path);
    return false;
}

static int remove_one(const char *path, const struct stat *facts, int type, struct FTW *place)
{
    (void)facts, (void)type, (void)place;
    return remove(path);
}

void folder_remove(const char *path)
{
    if (nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS))
        fprintf(stderr, "%s is left\n", path);
}
