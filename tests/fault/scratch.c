#include "tests/fault/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/base/memory.h"
#include "tests/temporary.h"

static void give_up(const char *what)
{
    perror(what);
    abort();
}

void scratch_make(char path[SCRATCH_PATH])
{
    if (access("/dev/shm", W_OK) == 0)
        snprintf(path, SCRATCH_PATH, "/dev/shm/clwise-test-XXXXXX");
    else
        temporary_name(path, SCRATCH_PATH);
    if (!mkdtemp(path))
        give_up(path);
}

static int remove_one(const char *path, const struct stat *facts, int type, struct FTW *place)
{
    (void)facts, (void)type, (void)place;
    return remove(path);
}

void scratch_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void scratch_join(char joined[SCRATCH_PATH], const char *path, const char *name)
{
    const size_t length = strlen(path), more = strlen(name);
    if (length + more + 2 > SCRATCH_PATH)
        give_up(name);
    memmove(joined, path, length);
    joined[length] = '/';
    memcpy(joined + length + 1, name, more + 1);
}

static int ends_so(const char *name, const char *ending)
{
    const size_t length = strlen(name), end = strlen(ending);
    return name[0] != '.' && length >= end && strcmp(name + length - end, ending) == 0;
}

static int count_names(const char *path, const char *ending, char found[SCRATCH_PATH])
{
    DIR *stream = opendir(path);
    if (!stream)
        return 0;
    int count = 0;
    for (const struct dirent *item; (item = readdir(stream)) != NULL;) {
        if (!ends_so(item->d_name, ending))
            continue;
        count++;
        if (found)
            scratch_join(found, path, item->d_name);
    }
    closedir(stream);
    return count;
}

int scratch_count(const char *path, const char *ending)
{
    return count_names(path, ending, NULL);
}

void scratch_only(char found[SCRATCH_PATH], const char *path, const char *ending)
{
    if (count_names(path, ending, found) != 1)
        give_up(path);
}

size_t scratch_read(const char *file, unsigned char *bytes, size_t capacity)
{
    FILE *stream = fopen(file, "rb");
    if (!stream)
        give_up(file);
    const size_t count = fread(bytes, 1, capacity, stream);
    fclose(stream);
    return count;
}

int scratch_write(const char *file, const void *bytes, size_t count)
{
    /* Truncated last: ext4 waits for the disk when a file is emptied and written anew. */
    const int descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const int whole = descriptor >= 0 && write(descriptor, bytes, count) == (ssize_t)count &&
                      ftruncate(descriptor, (off_t)count) == 0;
    if (!whole)
        perror(file);
    close(descriptor);
    return whole ? 0 : -1;
}

int scratch_open_descriptors(void)
{
    return count_names("/proc/self/fd", "", NULL);
}

uint64_t random_seed(const char *test)
{
    const char *given = getenv("CLWISE_SEED");
    const uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    printf("%s: CLWISE_SEED=%llu\n", test, (unsigned long long)seed);
    return seed;
}

/* splitmix64 */
uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

static void *tally_allocate(size_t bytes, void *data)
{
    struct tally *tally = data;
    if (atomic_fetch_add(&tally->calls, 1) + 1 == tally->fail_at)
        return NULL;
    void *memory = malloc(bytes);
    if (memory)
        atomic_fetch_add(&tally->live, 1);
    return memory;
}

static void tally_release(void *memory, void *data)
{
    struct tally *tally = data;
    atomic_fetch_sub(&tally->live, 1);
    free(memory);
}

clw_allocator tally_allocator(struct tally *tally)
{
    return (clw_allocator){.allocate = tally_allocate, .release = tally_release, .data = tally};
}

static void keep_line(void *data, clw_log_level level, const char *line)
{
    struct lines *lines = data;
    (void)level;
    if (atomic_fetch_add(&lines->count, 1) == 0)
        snprintf(lines->first, sizeof lines->first, "%s", line);
}

struct log lines_log(struct lines *lines)
{
    return (struct log){.line = keep_line, .data = lines};
}

void sample_fill(struct sample *sample, int number, unsigned char *binary, size_t largest)
{
    const int length =
        snprintf(sample->key, sizeof sample->key,
                 "kernel-%d|f32,f32>f32|r2|i32\nsource of kernel %d", number, number);
    uint64_t state = (uint64_t)number;
    sample->key_length = (size_t)length;
    sample->binary_length = 1 + random_next(&state) % largest;
    sample->binary = binary;
    for (size_t at = 0; at < sample->binary_length; at += sizeof state) {
        const uint64_t random = random_next(&state);
        const size_t left = sample->binary_length - at;
        memcpy(binary + at, &random, left < sizeof random ? left : sizeof random);
    }
}

void sample_store(struct disk_cache *cache, const struct sample *sample)
{
    disk_cache_store(cache, sample->key, sample->key_length, sample->binary, sample->binary_length);
}

enum loaded sample_load(struct disk_cache *cache, const struct sample *sample,
                        const clw_allocator *allocator, const char **why)
{
    size_t length = 0;
    void *binary = disk_cache_load(cache, sample->key, sample->key_length, &length, why);
    if (!binary)
        return *why ? LOADED_NOTHING : LOADED_WRONG;
    const int right =
        length == sample->binary_length && memcmp(binary, sample->binary, length) == 0 && !*why;
    memory_free(allocator, binary);
    return right ? LOADED_RIGHT : LOADED_WRONG;
}
