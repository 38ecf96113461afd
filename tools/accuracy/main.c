/* accuracy: measures the ops of clwise on a device against exact values. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/accuracy/device.h"
#include "tools/accuracy/measure.h"

enum { MAX_LOOP_DTYPES = 16 };

struct settings {
    const char *device, *dtype, *oracle;
    size_t points;
    uint64_t seed;
    struct interval range;
    int no_subnormals;
    int failed;
};

/* The loop, if its inputs and output 0 are real floats. */
static int take_loop(const clw_op *op, int index, struct loop *loop)
{
    clw_dtype dtypes[MAX_LOOP_DTYPES];
    const int count = clw_op_loop(op, index, dtypes, MAX_LOOP_DTYPES);
    memset(loop, 0, sizeof *loop);
    loop->op = op;
    loop->inputs = clw_op_input_count(op);
    if (loop->inputs > 2 || count > MAX_LOOP_DTYPES)
        return 0;
    for (int i = 0; i <= loop->inputs; i++)
        if (!float_format_of(dtypes[i]) || dtype_is_complex(dtypes[i]) || dtypes[i] != dtypes[0])
            return 0;
    for (int i = 0; i < loop->inputs; i++)
        loop->in[i] = dtypes[i];
    loop->out = dtypes[loop->inputs];
    loop->columns = loop->inputs;
    return 1;
}

static void print_line(const struct loop *loop, const struct measurement *found,
                       const struct bound *bound)
{
    const struct worst *const worst = measured(found, bound);
    printf("%-24s %-5s %10.4f", clw_op_name(loop->op), clw_dtype_name(loop->out), worst->ulp);
    if (bound->stated)
        printf(" of %-6g %s", bound->ulp, within(found, bound) ? "ok   " : "ABOVE");
    else
        printf(" none stated   ");
    printf("  at");
    for (int i = 0; i < loop->columns; i++)
        printf(" %a", worst->x[i]);
    printf("  (%.9g", worst->x[0]);
    if (loop->columns > 1)
        printf(", %.9g", worst->x[1]);
    printf(")  is %a, exact %a", worst->y[0], worst->exact[0]);
    if (bound->absolute > 0)
        printf("  absolute %.3g of %.3g, then %.4g ulp", found->absolute, bound->absolute,
               found->all.ulp);
    printf("  %zu points\n", found->points);
    fflush(stdout);
}

static int measure_loop(clw_context *context, const struct settings *settings,
                        const struct loop *loop, const struct oracle *oracle, clw_error *error)
{
    struct points points;
    struct measurement found = {0};
    const struct point_choice choice = {.format = float_format_of(loop->in[0]),
                                        .op = oracle->name,
                                        .columns = loop->columns,
                                        .random = settings->points,
                                        .seed = settings->seed,
                                        .range = settings->range,
                                        .no_subnormals = settings->no_subnormals};
    const struct judge judge = {.real = oracle,
                                .format = float_format_of(loop->out),
                                .bound = bound_parse(clw_op_ulp(loop->op), loop->out),
                                .no_subnormals = settings->no_subnormals};
    int status = points_make(&choice, &points);
    double *const y = malloc((points.count + 1) * sizeof *y);
    if (!y || status) {
        fprintf(stderr, "accuracy: out of memory\n");
        status = 1;
    }
    if (!status)
        status = device_run(context, loop, &points, 0, points.count, (double *[2]){y}, error);
    if (!status) {
        measure(&judge, &points, 0, points.count, (double *const[2]){y}, &found);
        print_line(loop, &found, &judge.bound);
    } else {
        printf("%-24s %-5s fails: %s\n", clw_op_name(loop->op), clw_dtype_name(loop->out),
               error->message);
    }
    free(y);
    points_finish(&points);
    return status || !within(&found, &judge.bound);
}

static void measure_op(clw_context *context, struct settings *settings, const clw_op *op)
{
    clw_error error = {0};
    const struct oracle *const oracle =
        oracle_find(settings->oracle ? settings->oracle : clw_op_name(op));
    if (!oracle)
        return;
    for (int i = 0; i < clw_op_loop_count(op); i++) {
        struct loop loop;
        if (!take_loop(op, i, &loop))
            continue;
        if (settings->dtype && strcmp(settings->dtype, clw_dtype_name(loop.out)) != 0)
            continue;
        settings->failed |= measure_loop(context, settings, &loop, oracle, &error);
    }
}

static int measure_ops(clw_context *context, struct settings *settings, char **names, int count)
{
    clw_device_info info = {.struct_size = sizeof info};
    clw_error error = {0};
    if (clw_context_device(context, &info, &error))
        return 1;
    settings->no_subnormals = !info.subnormals;
    printf("# %s, seed %llu\n", info.device_name, (unsigned long long)settings->seed);
    for (int i = 0; count == 0 && i < clw_op_count(context); i++)
        measure_op(context, settings, clw_op_at(context, i));
    for (int i = 0; i < count; i++) {
        const clw_op *const op = clw_op_find(context, names[i]);
        if (op)
            measure_op(context, settings, op);
        else
            printf("%-24s absent\n", names[i]);
    }
    return settings->failed;
}

int main(int argc, char **argv)
{
    enum { DTYPE, POINTS, SEED, DEVICE, RANGE, ORACLE, OPS };
    static const struct option options[] = {
        {"dtype", required_argument, NULL, DTYPE}, {"points", required_argument, NULL, POINTS},
        {"seed", required_argument, NULL, SEED},   {"device", required_argument, NULL, DEVICE},
        {"range", required_argument, NULL, RANGE}, {"oracle", required_argument, NULL, ORACLE},
        {"ops", required_argument, NULL, OPS},     {0}};
    struct settings settings = {.points = 100000, .seed = 1};
    const char *files[16];
    int file_count = 0;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
        case DTYPE:
            settings.dtype = optarg;
            break;
        case POINTS:
            settings.points = strtoull(optarg, NULL, 10);
            break;
        case SEED:
            settings.seed = strtoull(optarg, NULL, 0);
            break;
        case DEVICE:
            settings.device = optarg;
            break;
        case RANGE:
            settings.range.low = strtod(optarg, NULL);
            settings.range.high = strtod(argv[optind++], NULL);
            break;
        case ORACLE:
            settings.oracle = optarg;
            break;
        case OPS:
            files[file_count++] = optarg;
            break;
        default:
            return 2;
        }
    }
    clw_error error = {0};
    clw_context *context = NULL;
    clw_config config;
    clw_config_init(&config);
    config.device = settings.device;
    int status = (int)clw_context_create(&config, &context, &error);
    for (int i = 0; i < file_count && !status; i++)
        status = (int)clw_ops_load(context, files[i], &error);
    if (status)
        fprintf(stderr, "accuracy: %s\n", error.message);
    else
        status = measure_ops(context, &settings, argv + optind, argc - optind);
    clw_context_release(context);
    return status != 0;
}
