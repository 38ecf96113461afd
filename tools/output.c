#include "tools/output.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tools/cleanup.h"
#include "tools/report.h"

enum { HOLE_BYTES = 64 << 10 };

static int cannot_write(const struct output *output, int code, clw_error *error)
{
    return fail(error, "%s: cannot be written: %s", output->name, strerror(code));
}

static int open_directly(struct output *output, clw_error *error)
{
    output->fd = strcmp(output->path, "-") == 0
                     ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                     : open(output->path, O_WRONLY | O_CLOEXEC);
    return output->fd < 0 ? cannot_write(output, errno, error) : DONE;
}

/* A name in the target's folder that no other process uses. */
static char *temporary_name(const char *target)
{
    static unsigned counter;
    const char *const slash = strrchr(target, '/');
    const int folder = slash ? (int)(slash - target + 1) : 0;
    const size_t room = (size_t)folder + 80;
    char *const name = malloc(room);
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    if (name)
        snprintf(name, room, "%.*s.clwise-%ld-%u-%" PRIx64, folder, target, (long)getpid(),
                 counter++, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
    return name;
}

static int open_temporary(struct output *output, clw_error *error)
{
    output->target = realpath(output->path, NULL);
    if (!output->target)
        output->target = strdup(output->path);
    if (output->target)
        output->temporary = temporary_name(output->target);
    if (!output->temporary)
        return cannot_write(output, ENOMEM, error);
    output->slot = cleanup_add(output->temporary);
    output->fd = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (output->fd >= 0)
        return DONE;
    const int code = errno;
    cleanup_remove(output->slot);
    free(output->temporary);
    output->temporary = NULL;
    return cannot_write(output, code, error);
}

int output_open(struct output *output, const char *path, clw_error *error)
{
    struct stat status;
    memset(output, 0, sizeof *output);
    output->path = path;
    output->name = strcmp(path, "-") == 0 ? "standard output" : path;
    output->fd = -1;
    output->slot = -1;
    const int exists = strcmp(path, "-") != 0 && stat(path, &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        return cannot_write(output, EISDIR, error);
    if (strcmp(path, "-") == 0 || (exists && !S_ISREG(status.st_mode)))
        return open_directly(output, error);
    return open_temporary(output, error);
}

int output_write(struct output *output, const void *bytes, size_t count, clw_error *error)
{
    const char *at = bytes;
    while (count > 0) {
        const ssize_t written = write(output->fd, at, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return cannot_write(output, errno, error);
        at += written;
        count -= (size_t)written;
    }
    return DONE;
}

static size_t piece(size_t left)
{
    return left < HOLE_BYTES ? left : HOLE_BYTES;
}

static int is_zero(const unsigned char *bytes, size_t count)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, count - 1) == 0;
}

int output_write_sparse(struct output *output, const void *bytes, size_t count, clw_error *error)
{
    const unsigned char *const all = bytes;
    if (!output->temporary)
        return output_write(output, bytes, count, error);
    for (size_t start = 0, end; start < count; start = end) {
        const int zeros = is_zero(all + start, piece(count - start));
        end = start;
        do
            end += piece(count - end);
        while (end < count && is_zero(all + end, piece(count - end)) == zeros);
        if (zeros && lseek(output->fd, (off_t)(end - start), SEEK_CUR) < 0)
            return cannot_write(output, errno, error);
        const int status = zeros ? DONE : output_write(output, all + start, end - start, error);
        if (status != DONE)
            return status;
        output->in_hole = zeros;
    }
    return DONE;
}

static int end_hole(const struct output *output)
{
    return output->in_hole && ftruncate(output->fd, lseek(output->fd, 0, SEEK_CUR)) ? errno : 0;
}

/* Some file systems tell only now that the disk is full. */
static int close_whole(struct output *output, clw_error *error)
{
    const int fd = output->fd;
    int code = end_hole(output);
    output->fd = -1;
    if (code == 0 && output->temporary && fsync(fd))
        code = errno;
    if (close(fd) && code == 0)
        code = errno;
    return code ? cannot_write(output, code, error) : DONE;
}

/* With `undoable` the old file is kept, under the temporary's name, if the file system can. */
static int rename_over(struct output *output, int undoable, clw_error *error)
{
    if (!output->temporary)
        return DONE;
    if (undoable &&
        renameat2(AT_FDCWD, output->temporary, AT_FDCWD, output->target, RENAME_EXCHANGE) == 0) {
        output->exchanged = 1;
        return DONE;
    }
    if (rename(output->temporary, output->target))
        return cannot_write(output, errno, error);
    output->renamed = 1;
    return DONE;
}

static void undo_rename(struct output *output)
{
    if (output->exchanged)
        renameat2(AT_FDCWD, output->temporary, AT_FDCWD, output->target, RENAME_EXCHANGE);
    else if (output->renamed)
        unlink(output->target);
}

int outputs_commit(struct output *outputs, int count, clw_error *error)
{
    int status = DONE;
    for (int i = 0; i < count && status == DONE; i++)
        status = close_whole(&outputs[i], error);
    if (status != DONE)
        return status;
    cleanup_hold();
    int done = 0;
    while (done < count && status == DONE)
        status = rename_over(&outputs[done++], count > 1, error);
    if (status != DONE)
        while (done-- > 0)
            undo_rename(&outputs[done]);
    cleanup_release();
    return status;
}

void output_finish(struct output *output)
{
    if (output->fd >= 0)
        close(output->fd);
    output->fd = -1;
    if (output->temporary && !output->renamed)
        unlink(output->temporary);
    cleanup_remove(output->slot);
    free(output->temporary);
    free(output->target);
    output->temporary = output->target = NULL;
}
