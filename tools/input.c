#include "tools/input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/host_array.h"
#include "tools/progress.h"
#include "tools/report.h"

enum { BLOCK_BYTES = 4 << 20 };

static size_t smaller(uint64_t a, uint64_t b)
{
    return (size_t)(a < b ? a : b);
}

static int find_size(struct input *input, clw_error *error)
{
    struct stat status;
    if (fstat(input->fd, &status))
        return fail(error, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(status.st_mode))
        return fail(error, "is a folder");
    input->size = UINT64_MAX;
    if (S_ISREG(status.st_mode)) {
        const off_t start = lseek(input->fd, 0, SEEK_CUR);
        input->size =
            start >= 0 && start <= status.st_size ? (uint64_t)(status.st_size - start) : 0;
    }
    return DONE;
}

int input_open(struct input *input, const char *path, clw_error *error)
{
    const int standard = strcmp(path, "-") == 0;
    memset(input, 0, sizeof *input);
    input->name = standard ? "standard input" : path;
    input->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (input->fd < 0)
        return fail(error, "cannot be read: %s", strerror(errno));
    const int status = find_size(input, error);
    if (status != DONE)
        input_close(input);
    return status;
}

void input_open_memory(struct input *input, const char *name, const void *bytes, size_t size)
{
    memset(input, 0, sizeof *input);
    input->name = name;
    input->fd = -1;
    input->memory = bytes;
    input->size = size;
}

void input_close(struct input *input)
{
    if (input->fd > STDERR_FILENO)
        close(input->fd);
    input->fd = -1;
}

static int read_more(struct input *input, unsigned char *bytes, size_t count, size_t *got,
                     clw_error *error)
{
    if (input->fd < 0) {
        const size_t taken = smaller(count, input->size - input->position);
        if (taken > 0)
            memcpy(bytes, input->memory + input->position, taken);
        *got += taken;
        return DONE;
    }
    for (size_t done = 0; done < count;) {
        const ssize_t length = read(input->fd, bytes + done, smaller(count - done, BLOCK_BYTES));
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return fail(error, "cannot be read: %s", strerror(errno));
        if (length == 0)
            break;
        done += (size_t)length;
        *got += (size_t)length;
    }
    return DONE;
}

int input_peek(struct input *input, clw_error *error)
{
    return read_more(input, input->head, INPUT_HEAD_BYTES, &input->head_length, error);
}

int input_read(struct input *input, void *bytes, size_t count, size_t *got, clw_error *error)
{
    *got = 0;
    if (input->fd >= 0 && input->position < input->head_length) {
        *got = smaller(count, input->head_length - input->position);
        memcpy(bytes, input->head + input->position, *got);
    }
    const int status = read_more(input, (unsigned char *)bytes + *got, count - *got, got, error);
    input->position += *got;
    return status;
}

int input_read_at(struct input *input, uint64_t position, void *bytes, size_t count, size_t *got,
                  clw_error *error)
{
    *got = 0;
    if (position != input->position &&
        lseek(input->fd, (off_t)(position - input->position), SEEK_CUR) < 0)
        return fail(error, "cannot be read from byte %" PRIu64 ": %s", position, strerror(errno));
    input->position = position;
    return input_read(input, bytes, count, got, error);
}

static void *grown(void *bytes, size_t length, size_t capacity)
{
    void *const larger = host_memory(capacity);
    if (larger && length > 0)
        memcpy(larger, bytes, length);
    free(bytes);
    return larger;
}

int input_read_new(struct input *input, size_t count, void **bytes, size_t *got, clw_error *error)
{
    const size_t known = input->size == UINT64_MAX ? BLOCK_BYTES : count;
    size_t capacity = smaller(known, count), length = 0;
    unsigned char *memory = host_memory(capacity);
    int status = DONE;
    progress_begin("reading", input->name, count);
    while (memory && status == DONE && length < count) {
        if (length == capacity) {
            capacity = smaller(2 * (uint64_t)capacity, count);
            memory = grown(memory, length, capacity);
            continue;
        }
        size_t block;
        status = input_read(input, memory + length, smaller(capacity - length, BLOCK_BYTES), &block,
                            error);
        if (block == 0)
            break;
        length += block;
        progress_advance(block);
    }
    progress_end();
    if (!memory)
        status = fail(error, "no memory for %zu bytes", capacity);
    if (status != DONE) {
        free(memory);
        memory = NULL;
    }
    *bytes = memory;
    *got = length;
    return status;
}
