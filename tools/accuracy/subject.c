#include "tools/accuracy/subject.h"

#include <stdlib.h>
#include <string.h>

#include "tools/accuracy/exact_ops.h"
#include "tools/progress.h"

enum { MAX_LOOP_DTYPES = 16, EXHAUSTIVE_CHUNK = 1 << 21 };

static const struct float_format *common_format(const clw_dtype *dtypes, int count)
{
    const struct float_format *const first = float_format_of(dtypes[0]);
    for (int i = 1; i < count; i++)
        if (float_format_of(dtypes[i]) != first)
            return NULL;
    return first;
}

int subject_is_repeated(const clw_op *op, int loop)
{
    clw_dtype mine[MAX_LOOP_DTYPES], other[MAX_LOOP_DTYPES];
    const int count = clw_op_loop(op, loop, mine, MAX_LOOP_DTYPES);
    for (int i = 0; i < loop; i++)
        if (clw_op_loop(op, i, other, MAX_LOOP_DTYPES) == count && count <= MAX_LOOP_DTYPES &&
            !memcmp(mine, other, (size_t)count * sizeof *mine))
            return 1;
    return 0;
}

int subject_take(struct subject *subject, const clw_op *op, int loop, const char *oracle)
{
    clw_dtype dtypes[MAX_LOOP_DTYPES];
    const int count = clw_op_loop(op, loop, dtypes, MAX_LOOP_DTYPES);
    const int inputs = clw_op_input_count(op);
    const char *const name = oracle ? oracle : clw_op_name(op);
    int is_complex = 0;
    if (inputs < 1 || inputs > ORACLE_MAX_INPUTS - ORACLE_MAX_PARAMS || count > MAX_LOOP_DTYPES ||
        !common_format(dtypes, inputs + 1))
        return 0;
    memset(subject, 0, sizeof *subject);
    subject->loop.op = op;
    subject->loop.inputs = inputs;
    for (int i = 0; i < inputs; i++) {
        subject->loop.in[i] = dtypes[i];
        subject->loop.columns += dtype_is_complex(dtypes[i]) ? 2 : 1;
    }
    for (int i = 0; i <= inputs; i++)
        is_complex |= dtype_is_complex(dtypes[i]);
    subject->loop.out = dtypes[inputs];
    subject->dtype = dtypes[0];
    subject->bound = bound_parse(clw_op_ulp(op), subject->dtype);
    subject->is_exact = op_is_exact(name);
    subject->real = is_complex ? NULL : oracle_find(name);
    subject->complex = is_complex ? complex_oracle_find(name) : NULL;
    return 1;
}

int subject_is_judged(const struct subject *subject)
{
    return (subject->real || subject->complex) && (subject->bound.stated || !subject->is_exact);
}

const char *subject_problem(const struct subject *subject)
{
    const int promises = subject->bound.stated && subject->bound.ulp > 0;
    if (!subject_is_judged(subject))
        return subject->is_exact && !promises ? NULL : "no oracle";
    return subject->bound.stated ? NULL : "no bound stated";
}

/* The oracle's parameters: the op's if it has them, and what was given on the command line. */
static int has_param(const clw_op *op, const char *name)
{
    for (int i = 0; i < clw_op_param_count(op); i++)
        if (!strcmp(clw_op_param_name(op, i), name))
            return 1;
    return 0;
}

static const double *given_value(const struct settings *settings, const char *name)
{
    for (int i = 0; i < settings->param_count; i++)
        if (!strcmp(settings->params[i].name, name))
            return &settings->params[i].value;
    return NULL;
}

static void set_param(struct loop *loop, const char *name, double value)
{
    clw_param param = {name, clw_operand_float(value).scalar};
    if (value == (double)(int64_t)value)
        param.value = clw_operand_int((int64_t)value).scalar;
    int at = 0;
    while (at < loop->param_count && strcmp(loop->params[at].name, name) != 0)
        at++;
    if (at == MAX_PARAMS)
        return;
    loop->params[at] = param;
    loop->param_count = at == loop->param_count ? at + 1 : loop->param_count;
}

/* Chooses the `round`-th value of each parameter; 0 after the last round. */
static int choose_params(const struct settings *settings, const struct subject *subject, int round,
                         struct loop *loop, struct judge *judge)
{
    int more = round == 0;
    for (int i = 0; i < settings->param_count; i++)
        if (has_param(loop->op, settings->params[i].name))
            set_param(loop, settings->params[i].name, settings->params[i].value);
    judge->param_count = 0;
    for (int i = 0; subject->real && i < ORACLE_MAX_PARAMS; i++) {
        const struct oracle_param *const param = &subject->real->params[i];
        if (!param->name)
            break;
        const double *const given = given_value(settings, param->name);
        const int varies = !given && has_param(loop->op, param->name);
        const int last = param->count - 1;
        const double value = given ? *given
                                   : param->values[!varies        ? 0
                                                   : round < last ? round
                                                                  : last];
        judge->params[judge->param_count++] = value;
        if (varies) {
            set_param(loop, param->name, value);
            more |= round <= last;
        }
    }
    return more;
}

static clw_status run_and_judge(clw_context *context, const struct loop *loop,
                                const struct judge *judge, const struct points *points,
                                struct measurement *found, clw_error *error)
{
    double *y[2] = {NULL, NULL};
    clw_status status = CLW_ERROR_MEMORY;
    for (int part = 0; part < 1 + judge->complex_result; part++)
        y[part] = malloc((points->count + 1) * sizeof **y);
    if (y[0] && (y[1] || !judge->complex_result))
        status =
            points->count ? device_run(context, loop, points, 0, points->count, y, error) : CLW_OK;
    if (!status)
        measure(judge, points, 0, points->count, y, found);
    free(y[0]);
    free(y[1]);
    return status;
}

static clw_status measure_chosen(clw_context *context, const struct loop *loop,
                                 const struct judge *judge, const struct point_choice *choice,
                                 struct measurement *found, clw_error *error)
{
    struct points points;
    clw_status status = CLW_ERROR_MEMORY;
    if (!points_make(choice, &points))
        status = run_and_judge(context, loop, judge, &points, found, error);
    points_finish(&points);
    return status;
}

/* Random points first: their worst spares most others MPFR, where errors rise from point to point.
 */
static clw_status measure_all(clw_context *context, const struct loop *loop,
                              const struct judge *judge, const struct point_choice *choice,
                              struct measurement *found, clw_error *error)
{
    clw_status status = measure_chosen(context, loop, judge, choice, found, error);
    found->points = 0;
    for (uint64_t bits = 0; bits <= UINT32_MAX && !status; bits += EXHAUSTIVE_CHUNK) {
        struct points points;
        status = points_consecutive(choice, bits, EXHAUSTIVE_CHUNK, &points)
                     ? CLW_ERROR_MEMORY
                     : run_and_judge(context, loop, judge, &points, found, error);
        points_finish(&points);
    }
    return status;
}

static void prepare_judge(const struct subject *subject, struct judge *judge)
{
    judge->real = subject->real;
    judge->complex = subject->complex;
    judge->format = float_format_of(subject->loop.out);
    judge->bound = subject->bound;
    judge->inputs = subject->loop.inputs;
    judge->complex_result = dtype_is_complex(subject->loop.out);
    for (int i = 0; i < subject->loop.inputs; i++)
        judge->complex_input[i] = dtype_is_complex(subject->loop.in[i]);
}

static void prepare_choice(const struct settings *settings, const struct subject *subject,
                           struct point_choice *choice)
{
    const int cost = subject->real ? subject->real->cost : subject->complex->cost;
    choice->format = float_format_of(subject->dtype);
    choice->op = subject->real ? subject->real->name : subject->complex->name;
    choice->columns = subject->loop.columns;
    choice->random = settings->points / (size_t)(cost > 0 ? cost : 1);
    choice->sparse = cost > 1;
    choice->seed = settings->seed;
    choice->range = settings->range;
    choice->finite = subject->complex != NULL;
    choice->reduced = subject->real && subject->real->flags & REDUCED;
    choice->degree = subject->real && subject->real->flags & DEGREE;
}

clw_status subject_measure(clw_context *context, const struct settings *settings,
                           const struct subject *subject, const struct loop *loop,
                           struct measurement *found, clw_error *error)
{
    struct loop chosen = *loop;
    struct judge judge = {0};
    struct point_choice choice = {0};
    clw_device_info info = {.struct_size = sizeof info};
    clw_status status = clw_context_device(context, &info, error);
    prepare_judge(subject, &judge);
    prepare_choice(settings, subject, &choice);
    judge.no_subnormals = choice.no_subnormals = !info.subnormals;
    const int all = settings->exhaustive && subject->dtype == CLW_F32 && choice.columns == 1;
    progress_begin("measuring", clw_op_name(loop->op), all ? (uint64_t)4 << 32 : 0);
    for (int round = 0; !status && choose_params(settings, subject, round, &chosen, &judge);
         round++)
        status =
            (all ? measure_all : measure_chosen)(context, &chosen, &judge, &choice, found, error);
    progress_end();
    return status;
}
