/* From source to the first result, with no cache, beside a trivial kernel written by hand. */
#include "bench/functions/cold.h"
#include "bench/timing.h"

#include <clwise/clwise_cl.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ELEMENTS_COLD = 4096, MAX_OPERANDS = 8 };

static const char trivial[] = "__kernel void multiply(__global const float *a, __global const "
                              "float *b, __global float *y)\n"
                              "{\n"
                              "    const size_t i = get_global_id(0);\n"
                              "    y[i] = a[i] * b[i];\n"
                              "}\n";

static bool launch_trivial(cl_command_queue queue, cl_kernel kernel, const cl_mem buffers[3])
{
    const size_t items = ELEMENTS_COLD;
    for (cl_uint i = 0; i < 3; ++i)
        if (clSetKernelArg(kernel, i, sizeof buffers[i], &buffers[i]))
            return false;
    return clEnqueueNDRangeKernel(queue, kernel, 1, NULL, &items, NULL, 0, NULL, NULL) ==
               CL_SUCCESS &&
           clFinish(queue) == CL_SUCCESS;
}

/* On a queue of its own: whoever borrows that of the context ends its small tier. */
static double build_trivial(clw_context *context, cl_command_queue queue, const cl_mem buffers[3])
{
    const char *source = trivial;
    const cl_device_id device = clw_context_cl_device(context);
    cl_kernel kernel = NULL;
    double seconds = NAN;
    const double begin = now();
    cl_program program = clCreateProgramWithSource(clw_context_cl(context), 1, &source, NULL, NULL);
    if (program && clBuildProgram(program, 1, &device, "-cl-std=CL1.2", NULL, NULL) == CL_SUCCESS &&
        (kernel = clCreateKernel(program, "multiply", NULL)) &&
        launch_trivial(queue, kernel, buffers))
        seconds = now() - begin;
    if (kernel)
        clReleaseKernel(kernel);
    if (program)
        clReleaseProgram(program);
    return seconds;
}

static double time_trivial(clw_context *context)
{
    const size_t bytes = ELEMENTS_COLD * sizeof(float);
    cl_mem buffers[3];
    cl_command_queue queue =
        clCreateCommandQueue(clw_context_cl(context), clw_context_cl_device(context), 0, NULL);
    for (int i = 0; i < 3; ++i)
        buffers[i] = clCreateBuffer(clw_context_cl(context), 0, bytes, NULL, NULL);
    const double seconds = queue ? build_trivial(context, queue, buffers) : NAN;
    if (queue)
        clReleaseCommandQueue(queue);
    for (int i = 0; i < 3; ++i)
        if (buffers[i])
            clReleaseMemObject(buffers[i]);
    return seconds;
}

/* The dtypes of the loop to build: the first with f32 among its inputs, else the first of all. */
static void choose_loop(const clw_op *op, clw_dtype dtypes[MAX_OPERANDS])
{
    for (int loop = 0; loop < clw_op_loop_count(op); ++loop) {
        clw_op_loop(op, loop, dtypes, MAX_OPERANDS);
        for (int i = 0; i < clw_op_input_count(op); ++i)
            if (dtypes[i] == CLW_F32)
                return;
    }
    clw_op_loop(op, 0, dtypes, MAX_OPERANDS);
}

static bool call(clw_context *context, const clw_op *op, const clw_operand *in,
                 const clw_call_options *options, double *seconds, clw_error *error)
{
    clw_array *out[MAX_OPERANDS] = {NULL};
    const double begin = now();
    const bool done = clw_call(context, op, in, clw_op_input_count(op), out,
                               clw_op_output_count(op), options, error) == CLW_OK &&
                      clw_finish(context, error) == CLW_OK;
    *seconds = now() - begin;
    for (int i = 0; i < clw_op_output_count(op); ++i)
        clw_array_release(out[i]);
    return done;
}

static double time_op(clw_context *context, const clw_op *op, clw_error *error)
{
    const int64_t shape[1] = {ELEMENTS_COLD};
    const struct function *function = function_find(clw_op_name(op));
    clw_dtype dtypes[MAX_OPERANDS];
    clw_array *arrays[MAX_OPERANDS] = {NULL};
    clw_operand in[MAX_OPERANDS];
    clw_call_options options;
    clw_param param;
    bool made = clw_op_input_count(op) + clw_op_output_count(op) <= MAX_OPERANDS;
    double seconds = NAN;
    void *zeros = calloc(ELEMENTS_COLD, 16);
    choose_loop(op, dtypes);
    for (int i = 0; made && zeros && i < clw_op_input_count(op); ++i) {
        made = clw_array_from_host(context, dtypes[i], 1, shape, NULL, zeros, &arrays[i], error) ==
               CLW_OK;
        in[i] = CLW_ARRAY(arrays[i]);
    }
    set_parameter(function, op, &options, &param);
    if (!made || !zeros || !call(context, op, in, &options, &seconds, error))
        seconds = NAN;
    for (int i = 0; i < MAX_OPERANDS; ++i)
        clw_array_release(arrays[i]);
    free(zeros);
    return seconds;
}

/* Figures of an op over the rounds. */
struct build {
    double op, trivial; /* least seconds */
    clw_error error;
};

static clw_context *open_context(const struct options *options, clw_error *error)
{
    clw_context *context = NULL;
    clw_config config;
    clw_config_init(&config);
    config.device = options->text[DEVICE];
    config.cache_dir = "";
    if (clw_context_create(&config, &context, error) == CLW_OK &&
        (!options->text[OPS] || clw_ops_load(context, options->text[OPS], error) == CLW_OK) &&
        isfinite(time_trivial(context))) /* the compiler's own start */
        return context;
    clw_context_release(context);
    return NULL;
}

static bool wanted(const struct options *options, const clw_op *op)
{
    for (int i = 0; i < options->only_count; ++i)
        if (strcmp(options->only[i], clw_op_name(op)) == 0)
            return true;
    return options->only_count == 0;
}

static bool ops_known(const struct options *options, clw_context *context)
{
    for (int i = 0; i < options->only_count; ++i)
        if (!clw_op_find(context, options->only[i])) {
            fprintf(stderr, "clwise-functions: no op %s\n", options->only[i]);
            return false;
        }
    return true;
}

/* A context keeps its kernels, so each round has one of its own. */
static bool build_round(const struct options *options, struct build *builds, int count,
                        clw_error *error)
{
    clw_context *context = open_context(options, error);
    if (!context)
        return false;
    for (int i = 0; i < count; ++i) {
        const clw_op *op = clw_op_at(context, i);
        if (!wanted(options, op))
            continue;
        builds[i].trivial = fmin(builds[i].trivial, time_trivial(context));
        builds[i].op = fmin(builds[i].op, time_op(context, op, &builds[i].error));
    }
    clw_context_release(context);
    return true;
}

static bool print_builds(const struct options *options, clw_context *context,
                         const struct build *builds, int count)
{
    int reached = 0, missed = 0, failed = 0;
    printf("%-31s %9s %9s %7s %8s\n", "first build", "op, ms", "trivial", "ratio", "at most");
    for (int i = 0; i < count; ++i) {
        const clw_op *op = clw_op_at(context, i);
        const struct function *function = function_find(clw_op_name(op));
        const double ratio = builds[i].op / builds[i].trivial;
        const double most = function && function_is_special(function) ? 2.0 : 1.3;
        if (!wanted(options, op))
            continue;
        if (!isfinite(ratio)) {
            printf("%-31s failed: %s\n", clw_op_name(op), builds[i].error.message);
            ++failed;
            continue;
        }
        printf("%-31s %9.1f %9.1f %7.2f %8.1f %s\n", clw_op_name(op), builds[i].op * 1e3,
               builds[i].trivial * 1e3, ratio, most, ratio <= most ? "reached" : "missed");
        reached += ratio <= most;
        missed += ratio > most;
    }
    printf("\nreached %d, missed %d, failed %d\n", reached, missed, failed);
    return failed == 0;
}

bool bench_cold(const struct options *options)
{
    clw_error error = {CLW_ERROR_MEMORY, "no memory"};
    /* No cache of the drivers' own. PoCL, Mesa. */
    setenv("POCL_KERNEL_CACHE", "0", 1);
    setenv("MESA_SHADER_CACHE_DISABLE", "1", 1);
    clw_context *context = open_context(options, &error);
    const int count = context ? clw_op_count(context) : 0;
    struct build *builds = calloc((size_t)count + 1, sizeof *builds);
    bool done = context && builds && ops_known(options, context);
    for (int i = 0; builds && i < count; ++i)
        builds[i].op = builds[i].trivial = NAN;
    for (size_t round = 0; done && round < options->rounds; ++round)
        done = build_round(options, builds, count, &error);
    if (done)
        done = print_builds(options, context, builds, count);
    else if (!context || !builds)
        fprintf(stderr, "clwise-functions: %s\n", error.message);
    clw_context_release(context);
    free(builds);
    return done;
}
