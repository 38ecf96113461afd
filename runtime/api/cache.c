/* The disk cache for people who look after it. */
#include <limits.h>
#include <string.h>

#include "runtime/base/error.h"
#include "runtime/cache/disk.h"

clw_status clw_cache_path(const char *cache_dir, char *path, size_t bytes, clw_error *error)
{
    if (!path || bytes == 0)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_cache_path: %s",
                    path ? "bytes is 0" : "path is NULL");
    char full[PATH_MAX];
    path[0] = '\0';
    if (disk_cache_path(cache_dir, full, sizeof full))
        return CLW_OK;
    if (strlen(full) >= bytes)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "clw_cache_path: the path takes %zu bytes, given %zu", strlen(full) + 1, bytes);
    memcpy(path, full, strlen(full) + 1);
    return CLW_OK;
}

clw_status clw_cache_visit(const char *cache_dir, clw_cache_fn visit, void *data, clw_error *error)
{
    char path[PATH_MAX];
    if (!visit)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_cache_visit: visit is NULL");
    if (disk_cache_path(cache_dir, path, sizeof path))
        return CLW_OK;
    return disk_cache_visit(path, visit, data, NULL, error);
}

clw_status clw_cache_purge(const char *cache_dir, int only_bad, int *removed, clw_error *error)
{
    char path[PATH_MAX];
    int count = 0;
    if (disk_cache_path(cache_dir, path, sizeof path)) {
        if (removed)
            *removed = 0;
        return CLW_OK;
    }
    const clw_status status = disk_cache_purge(path, only_bad, &count, NULL, error);
    if (removed && !status)
        *removed = count;
    return status;
}
