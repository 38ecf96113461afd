/* Building 64 kernels ahead: `clwise warm` beside one program of raw OpenCL that holds 64 kernels
 * by hand, each launched once. Both are processes of their own, with empty caches, in turns. */
#define CL_TARGET_OPENCL_VERSION 120
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CL/cl.h>

#include "bench/folder.h"
#include "bench/timing.h"

extern char **environ;

enum { ROUNDS = 5, OPS = 8, DTYPES = 8, KERNELS = OPS * DTYPES, SOURCE_BYTES = 1 << 16 };

static const struct {
    const char *name, *body;
} ops[OPS] = {{"add", "a[i] + b[i]"},
              {"subtract", "a[i] - b[i]"},
              {"multiply", "a[i] * b[i]"},
              {"maximum", "a[i] > b[i] ? a[i] : b[i]"},
              {"minimum", "a[i] < b[i] ? a[i] : b[i]"},
              {"less", "a[i] < b[i]"},
              {"equal", "a[i] == b[i]"},
              {"greater", "a[i] > b[i]"}};
static const struct {
    const char *name, *type;
} dtypes[DTYPES] = {{"f32", "float"}, {"f64", "double"}, {"i32", "int"},    {"u32", "uint"},
                    {"i64", "long"},  {"i16", "short"},  {"u16", "ushort"}, {"u8", "uchar"}};

/* ---- by hand ---- */

static void write_source(char *source)
{
    size_t length = 0;
    for (int k = 0; k < KERNELS; ++k)
        length += (size_t)snprintf(
            source + length, SOURCE_BYTES - length,
            "__kernel void k%d(__global const %s *a, __global const %s *b, __global %s *y, ulong "
            "n)\n"
            "{\n    for (ulong i = get_global_id(0) * n; i < (get_global_id(0) + 1) * n; i++)\n"
            "        y[i] = %s;\n}\n",
            k, dtypes[k % DTYPES].type, dtypes[k % DTYPES].type,
            k / DTYPES < 5 ? dtypes[k % DTYPES].type : "uchar", ops[k / DTYPES].body);
}

static int launch_all(cl_context context, cl_device_id device, cl_program program)
{
    const size_t one = 1;
    const cl_ulong none = 0;
    cl_command_queue queue = clCreateCommandQueue(context, device, 0, NULL);
    cl_mem memory = clCreateBuffer(context, CL_MEM_READ_WRITE, 64, NULL, NULL);
    for (int k = 0; k < KERNELS; ++k) {
        char name[8];
        snprintf(name, sizeof name, "k%d", k);
        cl_kernel kernel = clCreateKernel(program, name, NULL);
        int failed = !kernel || clSetKernelArg(kernel, 3, sizeof none, &none);
        for (cl_uint i = 0; i < 3; ++i)
            failed = failed || clSetKernelArg(kernel, i, sizeof memory, &memory);
        if (failed || clEnqueueNDRangeKernel(queue, kernel, 1, NULL, &one, &one, 0, NULL, NULL) ||
            clFinish(queue))
            return 1;
    }
    return 0;
}

static int build_by_hand(void)
{
    static char source[SOURCE_BYTES];
    const char *text = source;
    cl_platform_id platform;
    cl_device_id device;
    write_source(source);
    if (clGetPlatformIDs(1, &platform, NULL) ||
        clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &device, NULL))
        return 1;
    cl_context context = clCreateContext(NULL, 1, &device, NULL, NULL, NULL);
    cl_program program = clCreateProgramWithSource(context, 1, &text, NULL, NULL);
    if (!program || clBuildProgram(program, 1, &device, "-cl-std=CL1.2 -w", NULL, NULL))
        return 1;
    return launch_all(context, device, program);
}

/* ---- by clwise ---- */

/* Arrays that the threads of a device are for, and that a cache holds. */
static int write_log(const char *path)
{
    FILE *log = fopen(path, "w");
    if (!log)
        return 1;
    for (int k = 0; k < KERNELS; ++k) {
        const char *type = dtypes[k % DTYPES].name;
        const int size = atoi(type + 1) / 8;
        fprintf(log, "1 op=%s rule=numpy fp64=strict in=%s[%d]{%d}@16 in=%s[%d]{%d}@16 out=new\n",
                ops[k / DTYPES].name, type, (6 << 20) / size, size, type, (6 << 20) / size, size);
    }
    return fclose(log);
}

/* ---- processes ---- */

/* Seconds of a command with empty caches in a new folder below `place`; NaN: it failed. */
static double run(const char *place, int serial, char *const *arguments)
{
    char folder[FOLDER_PATH + 16], pocl[FOLDER_PATH + 32], cache[FOLDER_PATH + 32];
    posix_spawn_file_actions_t quiet;
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    snprintf(folder, sizeof folder, "%s/%d", place, serial);
    snprintf(pocl, sizeof pocl, "%s-pocl", folder);
    snprintf(cache, sizeof cache, "%s-clwise", folder);
    setenv("POCL_CACHE_DIR", pocl, 1);
    setenv("CLWISE_CACHE_DIR", cache, 1);
    const double start = now();
    const int failed = posix_spawnp(&child, arguments[0], &quiet, NULL, arguments, environ) ||
                       waitpid(child, &status, 0) != child || status != 0;
    posix_spawn_file_actions_destroy(&quiet);
    return failed ? NAN : now() - start;
}

/* Medians of both, by hand and clwise; 1: a process failed. */
static int time_both(const char *place, const char *program, char *clwise, const char *jobs,
                     double medians[2])
{
    char log[FOLDER_PATH + 8];
    double seconds[2][ROUNDS];
    snprintf(log, sizeof log, "%s/log", place);
    if (write_log(log))
        return 1;
    char *const raw[] = {(char *)(uintptr_t)program, "--by-hand", NULL};
    char *const warm[] = {
        clwise, "warm", "--from", log, "--json", "--jobs", (char *)(uintptr_t)jobs, NULL};
    for (int round = 0; round < ROUNDS; ++round)
        for (int i = 0; i < 2; ++i) {
            const int which = (i + round) % 2;
            seconds[which][round] = run(place, 2 * round + i, which ? warm : raw);
            if (isnan(seconds[which][round]))
                return 1;
        }
    for (int which = 0; which < 2; ++which)
        medians[which] = median(seconds[which], ROUNDS);
    return 0;
}

static int compare(const char *program, char *clwise, const char *jobs)
{
    char place[FOLDER_PATH];
    double medians[2];
    if (!folder_make(place))
        return 1;
    const int failed = time_both(place, program, clwise, jobs, medians);
    folder_remove(place);
    if (failed)
        return 1;
    const double ratio = medians[1] / medians[0];
    printf(
        "64 kernels: clwise warm --jobs %s %.1f s, one program by hand %.1f s: %.2f (at most 1.3) "
        "%s\n",
        jobs, medians[1], medians[0], ratio, ratio <= 1.3 ? "reached" : "missed");
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--by-hand") == 0)
        return build_by_hand();
    if (argc != 3) {
        fprintf(stderr, "usage: clwise-batch CLWISE JOBS\n");
        return 2;
    }
    if (compare(argv[0], argv[1], argv[2])) {
        fprintf(stderr, "clwise-batch: a process failed\n");
        return 1;
    }
    return 0;
}
