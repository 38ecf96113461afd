/* Requests as lines: what is written is read as it was, and what is no line is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "runtime/plan/request_line.h"
#include "tests/unit/random_stream.h"

#include <cmocka.h>

enum { ROUNDS = 5000, MOST_AXES = 6 };

/* A request, and what it points to. */
struct sample {
    struct clw_op op;
    struct graph graph;
    struct operand in[OP_MAX_INPUTS], out[OP_MAX_OUTPUTS], mask;
    struct layout layouts[OP_MAX_INPUTS + OP_MAX_OUTPUTS + 1];
    int nlayouts;
    clw_param params[3];
    struct request request;
};

static struct random_stream stream;

static int between(int low, int high)
{
    return (int)random_between(&stream, low, high);
}

static void make_array(struct sample *sample, struct operand *operand)
{
    struct layout *layout = &sample->layouts[sample->nlayouts++];
    operand->type.dtype = (clw_dtype)between(0, CLW_DTYPE_COUNT - 1);
    operand->type.scalar.kind = CLW_SCALAR_NONE;
    operand->type.ndim = layout->ndim = between(0, MOST_AXES);
    for (int d = 0; d < layout->ndim; d++) {
        layout->shape[d] = between(0, 40);
        layout->strides[d] = between(-100000, 100000);
    }
    operand->shape = layout->shape;
    operand->strides = layout->strides;
    operand->alignment = 1 << between(0, 4);
}

static clw_scalar make_scalar(void)
{
    clw_scalar scalar = {(clw_scalar_kind)between(CLW_SCALAR_BOOL, CLW_SCALAR_COMPLEX), {0}};
    scalar.value.u = random_bits(&stream) >> between(0, 63);
    if (scalar.kind == CLW_SCALAR_BOOL)
        scalar.value.u &= 1;
    if (scalar.kind == CLW_SCALAR_COMPLEX)
        scalar.value.c[1] = -0.0;
    return scalar;
}

static void make_operands(struct sample *sample)
{
    struct clw_op *op = &sample->op;
    op->nin = between(0, OP_MAX_INPUTS);
    op->nout = between(1, OP_MAX_OUTPUTS);
    for (int i = 0; i < op->nin; i++)
        if (between(0, 2))
            make_array(sample, &sample->in[i]);
        else
            sample->in[i].type.scalar = make_scalar();
    for (int i = 0; i < op->nout; i++)
        if (between(0, 1))
            make_array(sample, &sample->out[i]);
}

static void make(struct sample *sample)
{
    static const char *const texts[] = {"a + b", "where(m > 2.5e-3, 50 % x, ~y)", "\xc3\xa9\t1",
                                        "%20"};
    static const char *const names[] = {"alpha", "n", "a_very_long_name_of_a_parameter_0123456789"};
    memset(sample, 0, sizeof *sample);
    make_operands(sample);
    snprintf(sample->op.name, sizeof sample->op.name, "op_%d", between(0, 999));
    if (between(0, 1)) {
        sample->op.graph = &sample->graph;
        sample->op.doc = (char *)(uintptr_t)texts[between(0, 3)];
    }
    struct request *request = &sample->request;
    *request = (struct request){.op = &sample->op,
                                .in = sample->in,
                                .out = sample->out,
                                .params = sample->params,
                                .nparams = between(0, 3),
                                .origin = between(-5, 5),
                                .casting = (clw_casting)between(CLW_CASTING_NO, CLW_CASTING_UNSAFE),
                                .fp64 = (clw_fp64_policy)between(0, 1)};
    request->promotion =
        (struct promotion){(clw_promotion)between(0, 1), between(0, 1),
                           (clw_dtype)between(0, CLW_DTYPE_COUNT - 1), request->casting};
    for (int i = 0; i < request->nparams; i++)
        sample->params[i] = (clw_param){names[i], make_scalar()};
    if (between(0, 1)) {
        make_array(sample, &sample->mask);
        sample->mask.type.dtype = CLW_BOOL;
        request->mask = &sample->mask;
    }
}

/* ---- equal ---- */

static void check_scalar(clw_scalar a, clw_scalar b)
{
    const size_t bytes = a.kind == CLW_SCALAR_COMPLEX ? 16 : a.kind ? 8 : 0;
    assert_int_equal(a.kind, b.kind);
    assert_memory_equal(&a.value, &b.value, bytes);
}

static void check_operand(const struct operand *a, const struct operand *b)
{
    check_scalar(a->type.scalar, b->type.scalar);
    assert_int_equal(a->shape != NULL, b->shape != NULL);
    if (!a->shape)
        return;
    assert_int_equal(a->type.dtype, b->type.dtype);
    assert_int_equal(a->type.ndim, b->type.ndim);
    assert_int_equal(a->alignment, b->alignment);
    assert_memory_equal(a->shape, b->shape, sizeof *a->shape * (size_t)a->type.ndim);
    assert_memory_equal(a->strides, b->strides, sizeof *a->strides * (size_t)a->type.ndim);
}

static void check_request(const struct request *a, const struct request *b)
{
    assert_int_equal(a->promotion.rule, b->promotion.rule);
    assert_int_equal(a->promotion.has_dtype, b->promotion.has_dtype);
    if (a->promotion.has_dtype)
        assert_int_equal(a->promotion.dtype, b->promotion.dtype);
    assert_int_equal(a->fp64, b->fp64);
    assert_int_equal(a->origin, b->origin);
    if (a->casting != CLW_CASTING_SAME_KIND)
        assert_int_equal(a->casting, b->casting);
    else
        assert_int_equal(b->casting, CLW_CASTING_DEFAULT);
    assert_int_equal(a->nparams, b->nparams);
    for (int i = 0; i < a->nparams; i++) {
        assert_string_equal(a->params[i].name, b->params[i].name);
        check_scalar(a->params[i].value, b->params[i].value);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    static struct sample sample;
    static struct read_request read;
    clw_error error;
    for (int round = 0; round < ROUNDS; round++) {
        struct text line;
        make(&sample);
        text_init(&line, NULL);
        assert_int_equal(request_line(&sample.request, &line), 1);
        if (request_read(line.data, &read, &error))
            fail_msg("%s", error.message);
        const struct clw_op *op = &sample.op;
        assert_string_equal(op->graph ? read.expression : read.op, op->graph ? op->doc : op->name);
        assert_int_equal(read.nin, op->nin);
        assert_int_equal(read.nout, op->nout);
        for (int i = 0; i < op->nin; i++)
            check_operand(&sample.in[i], &read.in[i]);
        for (int i = 0; i < op->nout; i++)
            check_operand(&sample.out[i], &read.out[i]);
        assert_int_equal(sample.request.mask != NULL, read.request.mask != NULL);
        if (read.request.mask)
            check_operand(&sample.mask, &read.mask);
        check_request(&sample.request, &read.request);
        text_finish(&line);
    }
}

/* Ops that another process could not find have no line. */
static void test_without_line(void **state)
{
    (void)state;
    struct sample sample;
    struct split split = {0};
    struct text line;
    text_init(&line, NULL);
    make(&sample);
    sample.op.graph = NULL;
    atomic_store(&sample.op.references, 1);
    assert_int_equal(request_line(&sample.request, &line), 0);
    make(&sample);
    sample.op.split = &split;
    assert_int_equal(request_line(&sample.request, &line), 0);
    assert_int_equal(line.length, 0);
    text_finish(&line);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        clw_status status;
        const char *says;
    } cases[] = {
        {"", CLW_ERROR_SYNTAX, "format is not 1"},
        {"2 op=add", CLW_ERROR_SYNTAX, "'2'"},
        {"1", CLW_ERROR_SYNTAX, "neither op="},
        {"1 in=f32[]{}@4", CLW_ERROR_SYNTAX, "neither op="},
        {"1 op=a-b", CLW_ERROR_SYNTAX, "no name"},
        {"1 op=", CLW_ERROR_SYNTAX, "no name"},
        {"1 op=add op=add", CLW_ERROR_SYNTAX, "already"},
        {"1 expression=a%2", CLW_ERROR_SYNTAX, "hexadecimal"},
        {"1 expression=a%00", CLW_ERROR_SYNTAX, "hexadecimal"},
        {"1 op=add with=love", CLW_ERROR_SYNTAX, "no word of a request"},
        {"1 op=add in=f33[]{}@4", CLW_ERROR_SYNTAX, "no dtype"},
        {"1 op=add in=f32", CLW_ERROR_SYNTAX, "as many strides"},
        {"1 op=add in=f32[2]{}@4", CLW_ERROR_SYNTAX, "as many strides"},
        {"1 op=add in=f32[2,]{4,4}@4", CLW_ERROR_SYNTAX, "as many strides"},
        {"1 op=add in=f32[2]{4}", CLW_ERROR_SYNTAX, "alignment"},
        {"1 op=add in=f32[2]{4}@3", CLW_ERROR_SYNTAX, "alignment"},
        {"1 op=add in=f32[2]{4}@32", CLW_ERROR_SYNTAX, "alignment"},
        {"1 op=add in=f32[2]{4}@-4", CLW_ERROR_SYNTAX, "alignment"},
        {"1 op=add in=f32[2]{4}@4x", CLW_ERROR_SYNTAX, "alignment"},
        {"1 op=add in=f32[-2]{4}@4", CLW_ERROR_ARGUMENT, "-2"},
        {"1 op=add in=f32[9223372036854775807,9]{4,4}@4", CLW_ERROR_OVERFLOW, ""},
        {"1 op=add in=f32[9223372036854775808]{4}@4", CLW_ERROR_SYNTAX, "as many strides"},
        {"1 op=add in=f32[2,2]{9223372036854775807,9223372036854775807}@4", CLW_ERROR_OVERFLOW, ""},
        {"1 op=add in=bool:2", CLW_ERROR_SYNTAX, "none of a scalar"},
        {"1 op=add in=int:", CLW_ERROR_SYNTAX, "none of a scalar"},
        {"1 op=add in=int:1.5", CLW_ERROR_SYNTAX, "none of a scalar"},
        {"1 op=add in=uint:-1", CLW_ERROR_SYNTAX, "none of a scalar"},
        {"1 op=add in=float:1.5", CLW_ERROR_SYNTAX, "none of a scalar"},
        {"1 op=add in=complex:0000000000000000", CLW_ERROR_SYNTAX, "none of a scalar"},
        {"1 op=add in=new", CLW_ERROR_SYNTAX, "no dtype"},
        {"1 op=add mask=f32[]{}@4", CLW_ERROR_SYNTAX, "bool"},
        {"1 op=add mask=bool[]{}@1 mask=bool[]{}@1", CLW_ERROR_SYNTAX, "already"},
        {"1 op=add rule=scipy", CLW_ERROR_SYNTAX, "numpy or torch"},
        {"1 op=add fp64=maybe", CLW_ERROR_SYNTAX, "strict or demote"},
        {"1 op=add dtype=f", CLW_ERROR_SYNTAX, "no dtype"},
        {"1 op=add casting=some", CLW_ERROR_SYNTAX, "same_kind"},
        {"1 op=add origin=x", CLW_ERROR_SYNTAX, "integer"},
        {"1 op=add param=alpha", CLW_ERROR_SYNTAX, "NAME:SCALAR"},
        {"1 op=add param=alpha:3", CLW_ERROR_SYNTAX, "NAME:SCALAR"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static struct read_request read;
        char line[200];
        clw_error error = {CLW_OK, ""};
        snprintf(line, sizeof line, "%s", cases[i].line);
        if (request_read(line, &read, &error) != cases[i].status ||
            !strstr(error.message, cases[i].says))
            fail_msg("'%s': %s", cases[i].line, error.message);
    }
}

/* More operands, axes and parameters than there may be. */
static void test_too_many(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int most;
    } cases[] = {{" in=int:1", 16}, {" out=new", 4}, {" param=a:int:1", OP_MAX_KERNEL_PARAMS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int extra = 0; extra < 2; extra++) {
            static struct read_request read;
            char line[2000] = "1 op=add";
            clw_error error;
            for (int k = 0; k < cases[i].most + extra; k++)
                strcat(line, cases[i].word);
            assert_int_equal(request_read(line, &read, &error), extra ? CLW_ERROR_SYNTAX : CLW_OK);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_without_line),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_too_many),
    };
    const char *seed = getenv("CLWISE_SEED");
    stream.state = seed ? strtoull(seed, NULL, 10) : 20261123;
    printf("CLWISE_SEED=%" PRIu64 "\n", stream.state);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
