#include "tests/device/fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/temporary.h"

/* ---- checks ---- */

void fixture_check(clw_status status, const clw_error *error, const char *call, const char *file,
                   int line)
{
    if (!status)
        return;
    print_error("%s: %s: %s\n", call, clw_status_name(status), error->message);
    _fail(file, line);
}

void fixture_refused(clw_status wanted, clw_status status, const clw_error *error, const char *call,
                     const char *file, int line)
{
    if (status == wanted && error->code == wanted)
        return;
    print_error("%s: wanted %s, got %s (%s)\n", call, clw_status_name(wanted),
                clw_status_name(status), status ? error->message : "");
    _fail(file, line);
}

void fixture_says(const clw_error *error, const char *words)
{
    if (!strstr(error->message, words))
        fail_msg("\"%s\" does not say \"%s\"", error->message, words);
}

/* ---- an allocator that counts and fails ---- */

enum { HEADER = 64 }; /* keeps the alignment of malloc */

static void *tally_allocate(size_t bytes, void *data)
{
    struct tally *tally = data;
    if (atomic_fetch_add(&tally->calls, 1) + 1 == tally->fail_at)
        return NULL;
    unsigned char *memory = malloc(HEADER + bytes);
    if (!memory)
        return NULL;
    memcpy(memory, &bytes, sizeof bytes);
    atomic_fetch_add(&tally->alive, 1);
    const long long now = atomic_fetch_add(&tally->bytes, (long long)bytes) + (long long)bytes;
    long long peak = tally->peak;
    while (now > peak && !atomic_compare_exchange_weak(&tally->peak, &peak, now))
        ;
    return memory + HEADER;
}

static void tally_release(void *memory, void *data)
{
    struct tally *tally = data;
    unsigned char *start = (unsigned char *)memory - HEADER;
    size_t bytes;
    memcpy(&bytes, start, sizeof bytes);
    atomic_fetch_sub(&tally->bytes, (long long)bytes);
    atomic_fetch_sub(&tally->alive, 1);
    free(start);
}

void tally_init(struct tally *tally)
{
    *tally = (struct tally){.allocator = {tally_allocate, tally_release, tally}};
}

void tally_fail(struct tally *tally, long n)
{
    tally->fail_at = n ? tally->calls + n : 0;
}

int tally_has_failed(const struct tally *tally)
{
    return tally->fail_at && tally->calls >= tally->fail_at;
}

/* ---- contexts and arrays ---- */

static clw_context *make_context(const clw_allocator *allocator, uint64_t pool_limit,
                                 clw_device_info *info)
{
    clw_error error = {CLW_OK, ""};
    clw_config config;
    clw_context *context = NULL;
    clw_config_init(&config);
    config.allocator = allocator;
    config.pool_limit = pool_limit;
    CHECK(clw_context_create(&config, &context, &error));
    if (info) {
        info->struct_size = sizeof *info;
        CHECK(clw_context_device(context, info, &error));
    }
    return context;
}

clw_context *fixture_context(const clw_allocator *allocator, clw_device_info *info)
{
    return make_context(allocator, 0, info);
}

clw_context *fixture_bare_context(const clw_allocator *allocator, clw_device_info *info)
{
    return make_context(allocator, 1, info);
}

int fixture_lacks(const clw_device_info *info, clw_dtype dtype)
{
    return !info->fp64 && (dtype == CLW_F64 || dtype == CLW_C128);
}

clw_array *fixture_vector(clw_context *context, clw_dtype dtype, int64_t count, const void *data)
{
    clw_error error = {CLW_OK, ""};
    clw_array *array = NULL;
    CHECK(clw_array_from_host(context, dtype, 1, &count, NULL, data, &array, &error));
    return array;
}

clw_array *fixture_bytes(clw_context *context, int64_t count)
{
    clw_error error = {CLW_OK, ""};
    clw_array *array = NULL;
    CHECK(clw_array_empty(context, CLW_U8, 1, &count, &array, &error));
    return array;
}

clw_memory_stats fixture_memory(clw_context *context)
{
    clw_error error = {CLW_OK, ""};
    clw_memory_stats stats = {.struct_size = sizeof stats};
    CHECK(clw_context_memory(context, &stats, &error));
    return stats;
}

const clw_op *fixture_op(clw_context *context, const char *name)
{
    const clw_op *op = clw_op_find(context, name);
    if (!op)
        fail_msg("there is no op %s", name);
    return op;
}

/* ---- randomness ---- */

uint64_t fixture_seed(void)
{
    const char *given = getenv("CLWISE_SEED");
    const uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    print_message("CLWISE_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

/* SplitMix64. */
uint64_t fixture_random(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

void fixture_random_bytes(uint64_t *state, void *bytes, size_t count)
{
    unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++)
        at[i] = (unsigned char)fixture_random(state);
}

/* ---- files ---- */

void fixture_folder(char path[FIXTURE_PATH])
{
    temporary_name(path, FIXTURE_PATH);
    if (!mkdtemp(path))
        fail_msg("no folder %s", path);
}

void fixture_remove(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char below[2 * FIXTURE_PATH];
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (unlink(below))
            fixture_remove(below);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

void fixture_write(const char *folder, const char *name, const char *text)
{
    char path[2 * FIXTURE_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

void fixture_load(clw_context *context, const char *name, const char *text)
{
    char folder[FIXTURE_PATH];
    clw_error error;
    fixture_folder(folder);
    fixture_write(folder, name, text);
    CHECK(clw_ops_load(context, folder, &error));
    fixture_remove(folder);
}

int fixture_descriptors(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

/* ---- children ---- */

double fixture_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void become(const char *argument, const char *const *environment, int output)
{
    dup2(output, STDOUT_FILENO);
    for (; environment && *environment; environment++)
        if (strchr(*environment, '='))
            putenv((char *)(uintptr_t)*environment);
        else
            unsetenv(*environment);
    execl("/proc/self/exe", "child", argument, (char *)NULL);
    _exit(127);
}

/* Reads until the child closes its end or the time is over. */
static void drain(int input, double until, char *text, size_t bytes)
{
    size_t length = 0;
    for (double left; (left = until - fixture_seconds()) > 0;) {
        struct pollfd waiting = {input, POLLIN, 0};
        char spare[256];
        if (poll(&waiting, 1, (int)(1000 * left) + 1) <= 0)
            continue;
        const int full = length + 1 >= bytes;
        const ssize_t count =
            read(input, full ? spare : text + length, full ? sizeof spare : bytes - 1 - length);
        if (count <= 0)
            break;
        length += full ? 0 : (size_t)count;
    }
    if (bytes)
        text[length] = '\0';
}

int fixture_child(const char *argument, const char *const *environment, double seconds, char *text,
                  size_t bytes)
{
    const double until = fixture_seconds() + seconds;
    int ends[2], status;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become(argument, environment, ends[1]);
    close(ends[1]);
    drain(ends[0], until, text, bytes);
    close(ends[0]);
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (fixture_seconds() > until) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return 2000;
        }
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}
