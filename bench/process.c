#include "bench/process.h"

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

/* The first call of a process, whose kernel is in the disk cache, beside the same in raw OpenCL. */
static double first_call_ratio(const char *device, const char *folder, size_t rounds)
{
    double clwise[64], opencl[64];
    if (rounds > 64 || isnan(ask_child("first-clwise", device, folder)) ||
        isnan(ask_child("store-opencl", device, folder)))
        return NAN;
    for (size_t round = 0; round < rounds; ++round) {
        clwise[round] = ask_child("first-clwise", device, folder);
        opencl[round] = ask_child("first-opencl", device, folder);
    }
    return median(clwise, rounds) / median(opencl, rounds);
}

static void remove_folder(const char *folder)
{
    char path[256];
    clw_error error;
    if (clw_cache_purge(folder, 0, NULL, &error))
        fprintf(stderr, "clwise-bench: %s\n", error.message);
    snprintf(path, sizeof path, "%s/opencl.bin", folder);
    remove(path);
    rmdir(folder);
}

void measure_processes(struct report *report, const clw_device_info *device, size_t rounds)
{
    char folder[] = "/tmp/clwise-bench-XXXXXX", name[32];
    if (!mkdtemp(folder))
        return;
    snprintf(name, sizeof name, "%d:%d", device->platform, device->device);
    const struct bar bars[] = {
        {"first call of a process, disk cache warm / raw OpenCL",
         first_call_ratio(name, folder, rounds), 1.3, "x"},
        {"allocations in 1000 warm calls", ask_child("allocations", name, folder), 0, ""},
        {"memory of a 16M call beyond its arrays", ask_child("memory", name, folder), 1, "MiB"},
    };
    for (size_t i = 0; i < sizeof bars / sizeof *bars; ++i)
        report_bar(report, &bars[i]);
    remove_folder(folder);
}
