/* Keys of requests: each thing that a plan depends on, changed alone, is another key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "runtime/plan/request_key.h"

#include <cmocka.h>

/* A request, and what it points to. */
struct sample {
    struct clw_op op;
    struct operand in[2], out[1], mask;
    int64_t shape[4][2], strides[4][2];
    clw_param params[1];
    struct request request;
};

static void set_array(struct sample *sample, struct operand *operand, int i)
{
    const int64_t shape[2] = {3, 4}, strides[2] = {16, 4};
    memcpy(sample->shape[i], shape, sizeof shape);
    memcpy(sample->strides[i], strides, sizeof strides);
    operand->type = (struct typed){CLW_F32, 2, {CLW_SCALAR_NONE, {0}}};
    operand->shape = sample->shape[i];
    operand->strides = sample->strides[i];
    operand->alignment = 16;
}

static void fill(struct sample *sample)
{
    memset(sample, 0, sizeof *sample);
    sample->op.nin = 2;
    sample->op.nout = 1;
    sample->op.identity.low = 7;
    set_array(sample, &sample->in[0], 0);
    sample->in[1].type.scalar = (clw_scalar){CLW_SCALAR_INT, {5}};
    set_array(sample, &sample->out[0], 1);
    set_array(sample, &sample->mask, 2);
    sample->params[0] = (clw_param){"by", {CLW_SCALAR_FLOAT, {0}}};
    sample->request = (struct request){.op = &sample->op,
                                       .in = sample->in,
                                       .out = sample->out,
                                       .mask = &sample->mask,
                                       .params = sample->params,
                                       .nparams = 1};
}

/* ---- changes ---- */

#define CHANGE(name, statement)                                                                    \
    static void name(struct sample *sample)                                                        \
    {                                                                                              \
        statement;                                                                                 \
    }
CHANGE(change_op, sample->op.identity.low++)
CHANGE(change_op_high, sample->op.identity.high++)
CHANGE(change_values, sample->op.values.low++)
CHANGE(change_values_high, sample->op.values.high++)
CHANGE(change_casting, sample->request.casting = CLW_CASTING_UNSAFE)
CHANGE(change_has_dtype, sample->request.promotion.has_dtype = 1)
CHANGE(change_origin, sample->request.origin = 1)
CHANGE(change_input_dtype, sample->in[0].type.dtype = CLW_I32)
CHANGE(change_input_alignment, sample->in[0].alignment = 4)
CHANGE(change_input_rows, sample->shape[0][0] = 1)
CHANGE(change_input_columns, sample->shape[0][1] = 1)
CHANGE(change_input_stride, sample->strides[0][1] = 8)
CHANGE(change_input_ndim, sample->in[0].type.ndim = 1)
CHANGE(change_scalar_sign, sample->in[1].type.scalar.value.i = -5)
CHANGE(change_scalar_length, sample->in[1].type.scalar.value.i = 128)
CHANGE(change_scalar_kind, sample->in[1].type.scalar.kind = CLW_SCALAR_UINT)
CHANGE(change_scalar_to_array, set_array(sample, &sample->in[1], 3))
CHANGE(change_output_dtype, sample->out[0].type.dtype = CLW_F64)
CHANGE(change_output_alignment, sample->out[0].alignment = 8)
CHANGE(change_output_stride, sample->strides[1][0] = 32)
CHANGE(change_output_to_new, sample->out[0].shape = NULL)
CHANGE(change_mask_stride, sample->strides[2][0] = 0)
CHANGE(change_mask_alignment, sample->mask.alignment = 1)
CHANGE(change_mask_to_none, sample->request.mask = NULL)
CHANGE(change_param_name, sample->params[0].name = "bz")
CHANGE(change_param_value, sample->params[0].value.value.f = 2)
CHANGE(change_param_kind, sample->params[0].value.kind = CLW_SCALAR_INT)
CHANGE(change_param_to_none, sample->request.nparams = 0)

static void (*const changes[])(struct sample *) = {
    change_op,           change_op_high,         change_values,           change_values_high,
    change_casting,      change_has_dtype,       change_origin,           change_input_dtype,
    change_input_rows,   change_input_alignment, change_input_columns,    change_input_stride,
    change_input_ndim,   change_scalar_sign,     change_scalar_length,    change_scalar_kind,
    change_output_dtype, change_scalar_to_array, change_output_alignment, change_output_stride,
    change_mask_stride,  change_output_to_new,   change_mask_alignment,   change_mask_to_none,
    change_param_name,   change_param_value,     change_param_kind,       change_param_to_none,
};

enum { CHANGES = sizeof changes / sizeof *changes };

static void test_every_change(void **state)
{
    (void)state;
    static struct sample samples[CHANGES + 1];
    static struct request_key keys[CHANGES + 1], again;
    for (int i = 0; i <= CHANGES; i++) {
        fill(&samples[i]);
        if (i < CHANGES)
            changes[i](&samples[i]);
        assert_true(request_key(&samples[i].request, &keys[i]));
        assert_true(keys[i].hash != 0);
        assert_true(request_key(&samples[i].request, &again));
        assert_true(request_keys_equal(&keys[i], &again));
        for (int k = 0; k < i; k++)
            if (request_keys_equal(&keys[i], &keys[k]))
                fail_msg("changes %d and %d have one key", k, i);
    }
}

/* Values that make no difference to the plan. */
static void test_scalars(void **state)
{
    (void)state;
    static const struct {
        clw_scalar a, b;
        int same;
    } rows[] = {
        {{CLW_SCALAR_INT, {4}}, {CLW_SCALAR_INT, {7}}, 1},
        {{CLW_SCALAR_INT, {127}}, {CLW_SCALAR_INT, {128}}, 0},
        {{CLW_SCALAR_INT, {-128}}, {CLW_SCALAR_INT, {-129}}, 0},
        {{CLW_SCALAR_INT, {-128}}, {CLW_SCALAR_INT, {-65}}, 1},
        {{CLW_SCALAR_INT, {0}}, {CLW_SCALAR_INT, {-1}}, 0},
        {{CLW_SCALAR_INT, {0}}, {CLW_SCALAR_INT, {1}}, 0},
        {{CLW_SCALAR_INT, {INT64_MAX}}, {CLW_SCALAR_INT, {INT64_MIN}}, 0},
        {{CLW_SCALAR_BOOL, {0}}, {CLW_SCALAR_BOOL, {1}}, 1},
        {{CLW_SCALAR_FLOAT, {.f = 0.5}}, {CLW_SCALAR_FLOAT, {.f = 1e300}}, 1},
        {{CLW_SCALAR_COMPLEX, {.c = {1, 2}}}, {CLW_SCALAR_COMPLEX, {.c = {3, 4}}}, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(scalar_class(rows[i].a) == scalar_class(rows[i].b), rows[i].same);
    /* The dtypes that hold a number are those that hold all of its class. */
    for (int length = 0; length < 64; length++)
        for (int d = CLW_BOOL; d <= CLW_U64; d++) {
            const int64_t least = length ? INT64_C(1) << (length - 1) : 0;
            const int64_t most = length ? least - 1 + least : 0;
            const clw_scalar a = {CLW_SCALAR_INT, {least}}, b = {CLW_SCALAR_INT, {most}};
            const clw_scalar c = {CLW_SCALAR_INT, {~least}}, e = {CLW_SCALAR_INT, {~most}};
            assert_int_equal(scalar_class(a), scalar_class(b));
            assert_int_equal(scalar_class(c), scalar_class(e));
            assert_int_equal(dtype_holds((clw_dtype)d, a), dtype_holds((clw_dtype)d, b));
            assert_int_equal(dtype_holds((clw_dtype)d, c), dtype_holds((clw_dtype)d, e));
        }
}

static void test_too_large(void **state)
{
    (void)state;
    static struct sample sample;
    static struct request_key key;
    static int64_t extents[CLW_MAX_NDIM];
    fill(&sample);
    for (int i = 0; i < 2; i++) {
        sample.in[i].type = (struct typed){CLW_F32, CLW_MAX_NDIM, {CLW_SCALAR_NONE, {0}}};
        sample.in[i].shape = sample.in[i].strides = extents;
    }
    assert_false(request_key(&sample.request, &key));
    fill(&sample);
    sample.params[0].name = NULL;
    assert_false(request_key(&sample.request, &key));
    char name[200] = "";
    memset(name, 'a', sizeof name - 1);
    sample.params[0].name = name;
    assert_false(request_key(&sample.request, &key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_change),
        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
