#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/cache/disk.h"

/* A link at the end would be followed if "/" or "/." came after it. */
static void strip_end(char *path)
{
    size_t length = strlen(path);
    while (length > 1 &&
           (path[length - 1] == '/' || (path[length - 1] == '.' && path[length - 2] == '/')))
        path[--length] = '\0';
}

static int join(const char *folder, const char *below, char *path, size_t bytes)
{
    const int length = snprintf(path, bytes, "%s%s", folder, below);
    if (length <= 0 || (size_t)length >= bytes)
        return -1;
    strip_end(path);
    return 0;
}

int disk_cache_path(const char *dir, char *path, size_t bytes)
{
    if (!dir)
        dir = secure_getenv("CLWISE_CACHE_DIR");
    if (dir)
        return join(dir, "", path, bytes);
    static const struct {
        const char *variable, *below;
    } bases[] = {{"XDG_CACHE_HOME", "/clwise"}, {"HOME", "/.cache/clwise"}};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        /* The XDG specification wants relative paths ignored: they would move with the program. */
        const char *base = secure_getenv(bases[i].variable);
        if (base && *base == '/')
            return join(base, bases[i].below, path, bytes);
    }
    return -1;
}
