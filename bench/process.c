#include "bench/process.h"

#include "bench/child.h"
#include "bench/folder.h"

#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs this program again as `--child MEASUREMENT DEVICE FOLDER`; the number it printed, or NaN. */
static double ask_child(const char *measurement, const char *device, const char *folder)
{
    char *arguments[] = {"clwise-bench",
                         "--child",
                         (char *)(uintptr_t)measurement,
                         (char *)(uintptr_t)device,
                         (char *)(uintptr_t)folder,
                         NULL};
    posix_spawn_file_actions_t actions;
    int ends[2], status = -1;
    pid_t child;
    double value = NAN;
    if (pipe(ends))
        return NAN;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    const int failed = posix_spawn(&child, "/proc/self/exe", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    FILE *answer = fdopen(ends[0], "r");
    if (!failed && answer && fscanf(answer, "%lf", &value) != 1)
        value = NAN;
    if (answer)
        fclose(answer);
    if (!failed && (waitpid(child, &status, 0) != child || status != 0))
        value = NAN;
    return value;
}

/* What two measurements give in turns, as a row of two peers, and their ratio. */
struct pair {
    const char *name, *ours, *beside; /* measurements */
    double limit;
};

static void measure_pair(struct report *report, const struct pair *pair, const char *device,
                         const char *folder, size_t rounds)
{
    enum { MOST_ROUNDS = 64 };
    double ours[MOST_ROUNDS], beside[MOST_ROUNDS];
    struct figure figures[PEER_COUNT];
    for (size_t round = 0; round < rounds && round < MOST_ROUNDS; ++round) {
        report_progress(report, pair->name, round, rounds);
        ours[round] = ask_child(pair->ours, device, folder);
        beside[round] = ask_child(pair->beside, device, folder);
    }
    report_progress(report, pair->name, rounds, rounds);
    for (size_t i = 0; i < PEER_COUNT; ++i)
        figures[i] = figure_of(&(double){NAN}, 1);
    figures[CALL] = figure_of(ours, rounds);
    figures[OPENCL] = figure_of(beside, rounds);
    const struct work *work = child_work();
    report_work(
        report,
        &(struct report_row){pair->name, work->elements, 3 * (double)work_array_bytes(work)},
        figures);
    char name[128];
    snprintf(name, sizeof name, "%s / raw OpenCL", pair->name);
    report_bar(report, &(struct bar){name, figures[CALL].median / figures[OPENCL].median,
                                     pair->limit, "x"});
}

/* Seconds of a child whose device has so many threads; PoCL reads the variable. */
static double with_threads(const char *threads, const char *device, const char *folder)
{
    setenv("POCL_MAX_PTHREAD_COUNT", threads, 1);
    const double seconds = ask_child("compute", device, folder);
    unsetenv("POCL_MAX_PTHREAD_COUNT");
    return seconds;
}

/* Two threads of the device ought to halve the time: twice their time over that of one. */
static void measure_threads(struct report *report, const clw_device_info *info, const char *device,
                            const char *folder, size_t rounds)
{
    double one[64], two[64];
    const bool can = info->is_cpu && info->compute_units > 1;
    for (size_t round = 0; can && round < rounds; ++round) {
        report_progress(report, "1 and 2 device threads", round, rounds);
        one[round] = with_threads("1", device, folder);
        two[round] = with_threads("2", device, folder);
    }
    report_progress(report, "1 and 2 device threads", rounds, rounds);
    report_bar(report,
               &(struct bar){"gamma functions of 4M f32, 2 device threads / half the time of 1",
                             can ? 2 * median(two, rounds) / median(one, rounds) : NAN, 1 / 0.9,
                             "x"});
}

void measure_processes(struct report *report, const clw_device_info *device, size_t rounds)
{
    char folder[FOLDER_PATH], name[32];
    if (!folder_make(folder))
        return;
    snprintf(name, sizeof name, "%d:%d", device->platform, device->device);
    ask_child("memory", name, folder); /* what the library measures of a device, it keeps there */
    ask_child("first-clwise", name, folder);
    ask_child("store-opencl", name, folder);
    static const struct pair pairs[] = {
        {"first call, cold", "cold-clwise", "cold-opencl", 1.1},
        {"first call of a process, warm", "first-clwise", "first-opencl", 1.2},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; ++i)
        measure_pair(report, &pairs[i], name, folder, rounds);
    measure_threads(report, device, name, folder, rounds);
    const struct bar bars[] = {
        {"allocations in 1000 warm calls", ask_child("allocations", name, folder), 0, ""},
        {"memory of a 16M call beyond its arrays", ask_child("memory", name, folder), 1, "MiB"},
    };
    for (size_t i = 0; i < sizeof bars / sizeof *bars; ++i)
        report_bar(report, &bars[i]);
    folder_remove(folder);
}
