#include "runtime/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* On network and user-space file systems a signal may interrupt any of these calls. */
#define RETRY(result, call)                                                                        \
    do                                                                                             \
        (result) = (call);                                                                         \
    while ((result) < 0 && errno == EINTR)

static int open_at(int folder, const char *name, int flags, mode_t mode)
{
    int file;
    RETRY(file, openat(folder, name, flags | O_CLOEXEC, mode));
    return file;
}

int file_open_folder(const char *path)
{
    return open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
}

/* 0 if the folder is there now. */
static int make_one(const char *path, int *error)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return 0;
    if (!*error)
        *error = errno;
    return -1;
}

int file_make_folder(const char *path)
{
    char part[PATH_MAX];
    const size_t length = strlen(path);
    if (length >= sizeof part) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(part, path, length + 1);
    /* A parent that cannot be made may still be there, unseen, so only the last one decides; but
     * the first failure is the one that explains. */
    int error = 0;
    for (char *slash = strchr(part + (*part == '/'), '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        make_one(part, &error);
        *slash = '/';
    }
    if (make_one(part, &error) == 0)
        return 0;
    errno = error;
    return -1;
}

int file_each(int folder, void (*visit)(void *data, const char *name), void *data)
{
    const int file = open_at(folder, ".", O_RDONLY | O_DIRECTORY, 0);
    if (file < 0)
        return -1;
    DIR *stream = fdopendir(file);
    if (!stream) {
        const int error = errno;
        file_close(file);
        errno = error;
        return -1;
    }
    const struct dirent *item;
    for (errno = 0; (item = readdir(stream)) != NULL; errno = 0)
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            visit(data, item->d_name);
    const int error = errno;
    closedir(stream);
    errno = error;
    return error ? -1 : 0;
}

int file_open(int folder, const char *name)
{
    return open_at(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
}

int file_create(int folder, const char *name)
{
    return open_at(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
}

int file_append(const char *path)
{
    int file;
    /* A pipe that nobody reads must not block. */
    RETRY(file,
          open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666));
    return file;
}

int file_stat(int file, struct stat *facts)
{
    int result;
    RETRY(result, fstat(file, facts));
    return result;
}

int file_stat_at(int folder, const char *name, struct stat *facts)
{
    int result;
    RETRY(result, fstatat(folder, name, facts, AT_SYMLINK_NOFOLLOW));
    return result;
}

int file_read(int file, void *bytes, size_t count, size_t *got)
{
    for (*got = 0; *got < count;) {
        ssize_t step;
        RETRY(step, read(file, (char *)bytes + *got, count - *got));
        if (step < 0)
            return -1;
        if (step == 0)
            break;
        *got += (size_t)step;
    }
    return 0;
}

/* Beyond the limit of file sizes a write does not only fail: its signal ends the program. */
static int may_grow_to(size_t count)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY)
        return 1;
    return count <= limit.rlim_cur;
}

int file_write(int file, const void *bytes, size_t count)
{
    if (!may_grow_to(count)) {
        errno = EFBIG;
        return -1;
    }
    for (size_t done = 0; done < count;) {
        ssize_t step;
        RETRY(step, write(file, (const char *)bytes + done, count - done));
        if (step == 0)
            errno = EIO;
        if (step <= 0)
            return -1;
        done += (size_t)step;
    }
    return 0;
}

int file_add(int file, const void *bytes, size_t count)
{
    struct stat facts;
    if (file_stat(file, &facts) < 0)
        return -1;
    if (!may_grow_to((size_t)facts.st_size + count)) {
        errno = EFBIG;
        return -1;
    }
    return file_write(file, bytes, count);
}

int file_sync(int file)
{
    int result;
    RETRY(result, fsync(file));
    return result;
}

int file_close(int file)
{
    /* Not again after EINTR: the descriptor may be another thread's by then. */
    return close(file) < 0 && errno != EINTR ? -1 : 0;
}

int file_rename(int folder, const char *from, const char *to)
{
    int result;
    RETRY(result, renameat(folder, from, folder, to));
    return result;
}

int file_remove(int folder, const char *name)
{
    int result;
    RETRY(result, unlinkat(folder, name, 0));
    return result;
}

int file_touch(int folder, const char *name)
{
    int result;
    RETRY(result, utimensat(folder, name, NULL, AT_SYMLINK_NOFOLLOW));
    return result;
}

const char *file_problem(int error)
{
    static const struct {
        int error;
        const char *words;
    } table[] = {
        {EACCES, "permission denied"},
        {EDQUOT, "disk quota exceeded"},
        {EEXIST, "the name is taken"},
        {EFBIG, "larger than a file may be"},
        {EIO, "input/output error"},
        {EISDIR, "a folder is in the way"},
        {ELOOP, "a link, or too many links"},
        {EMFILE, "too many open files"},
        {ENAMETOOLONG, "the name is too long"},
        {ENFILE, "too many open files in the system"},
        {ENOENT, "no such file or folder"},
        {ENOMEM, "out of memory"},
        {ENOSPC, "no space left on the device"},
        {ENOTDIR, "not a folder, or a link"},
        {EPERM, "not permitted"},
        {EROFS, "read-only file system"},
        {ESTALE, "stale handle of a network file system"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].error == error)
            return table[i].words;
    return "the system refuses";
}
