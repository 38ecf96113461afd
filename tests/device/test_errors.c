/* Bad calls: the status, the message word for word, outputs untouched, nothing leaked. The same
 * from clw_call and clw_plan_create. */
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

static clw_context *context, *other;
static clw_error error;
static struct tally tally;

/* ---- operands by name ---- */

enum { ELEMENTS = 6, SPARE = 32 };

static struct named {
    const char *name;
    clw_dtype dtype;
    int ndim;
    int64_t shape[CLW_MAX_NDIM], strides[2], offset; /* strides 0: C order */
    clw_array *array;
} arrays[] = {
    {"f32", CLW_F32, 2, {2, 3}, {0}, 0, NULL},
    {"i32", CLW_I32, 2, {2, 3}, {0}, 0, NULL},
    {"u8", CLW_U8, 2, {2, 3}, {0}, 0, NULL},
    {"i8", CLW_I8, 2, {2, 3}, {0}, 0, NULL},
    {"i64", CLW_I64, 2, {2, 3}, {0}, 0, NULL},
    {"u64", CLW_U64, 2, {2, 3}, {0}, 0, NULL},
    {"c64", CLW_C64, 2, {2, 3}, {0}, 0, NULL},
    {"bool", CLW_BOOL, 2, {2, 3}, {0}, 0, NULL},
    {"four", CLW_F32, 1, {4}, {0}, 0, NULL},
    {"tall", CLW_F32, 2, {3, 2}, {0}, 0, NULL},
    {"row", CLW_F32, 1, {3}, {0}, 0, NULL},
    {"one", CLW_F32, 2, {1, 3}, {0}, 0, NULL},
    {"0-d", CLW_F32, 0, {0}, {0}, 0, NULL},
    {"none", CLW_F32, 2, {2, 0}, {0}, 0, NULL},
    {"mask", CLW_BOOL, 1, {4}, {0}, 0, NULL},
    {"windows", CLW_F32, 2, {2, 3}, {4, 4}, 0, NULL},
    {"still", CLW_F32, 2, {2, 3}, {0, 4}, 0, NULL},
    {"halves", CLW_F32, 2, {2, 3}, {8, 2}, 0, NULL},
    {"wide", CLW_I8, 2, {INT64_C(1) << 40, 1}, {0, 1}, 0, NULL},
    {"high", CLW_I8, 2, {1, INT64_C(1) << 40}, {1, 0}, 0, NULL},
    {"large", CLW_F32, 2, {INT64_C(1) << 30, 1}, {0, 4}, 0, NULL},
    {"theirs", CLW_F32, 2, {2, 3}, {0}, 0, NULL},
};
enum { ARRAY_COUNT = sizeof arrays / sizeof *arrays };

static clw_array **find(const char *name)
{
    for (int i = 0; i < ARRAY_COUNT; i++)
        if (strcmp(arrays[i].name, name) == 0)
            return &arrays[i].array;
    fail_msg("no array %s", name);
    return NULL;
}

static void make(struct named *named)
{
    float elements[SPARE];
    clw_array *base = NULL;
    clw_context *of = strcmp(named->name, "theirs") == 0 ? other : context;
    for (int i = 0; i < SPARE; i++)
        elements[i] = (float)i;
    const int64_t count = (int64_t)sizeof elements / (int64_t)clw_dtype_size(named->dtype);
    CHECK(clw_array_from_host(of, named->dtype, 1, &count, NULL, elements, &base, &error));
    const int strided = named->strides[0] || named->strides[1];
    CHECK(clw_array_view(base, named->ndim, named->shape, strided ? named->strides : NULL,
                         named->offset, &named->array, &error));
    clw_array_release(base);
}

/* "f32" is an array; "NULL" nothing; "-3", "2.5", "1j" are host scalars; "odd" is neither. */
static clw_operand operand(const char *word)
{
    const char last = word[strlen(word) - 1];
    if (strcmp(word, "NULL") == 0)
        return CLW_ARRAY(NULL);
    if (strcmp(word, "odd") == 0)
        return (clw_operand){NULL, {(clw_scalar_kind)9, {0}}};
    if (!strchr("-0123456789", *word) || strcmp(word, "0-d") == 0)
        return CLW_ARRAY(*find(word));
    if (last == 'j')
        return CLW_COMPLEX(0, strtod(word, NULL));
    if (strpbrk(word, ".e"))
        return CLW_FLOAT(strtod(word, NULL));
    return *word == '-' ? CLW_INT(strtoll(word, NULL, 10)) : CLW_UINT(strtoull(word, NULL, 10));
}

/* ---- the table ---- */

/* Inputs; outputs, "-" for a new one; options "casting=RULE dtype=D where=ARRAY PARAM:VALUE", and
 * "buffers" if a plan, which is not bound to buffers, may be made. */
static const struct call_case {
    const char *op, *in, *out, *options;
    clw_status status;
    const char *message;
} cases[] = {
    {"multiply", "f32 four", "-", "", CLW_ERROR_SHAPE,
     "multiply: shapes (2, 3) and (4,) cannot be broadcast together"},
    {"multiply", "none f32", "-", "", CLW_ERROR_SHAPE,
     "multiply: shapes (2, 0) and (2, 3) cannot be broadcast together"},
    {"multiply", "f32 f32", "tall", "", CLW_ERROR_SHAPE,
     "multiply: shapes (2, 3) and (3, 2) cannot be broadcast together"},
    {"multiply", "f32 f32", "row", "", CLW_ERROR_SHAPE,
     "multiply: output y has shape (3,), the result has (2, 3)"},
    {"multiply", "f32 f32", "one", "", CLW_ERROR_SHAPE,
     "multiply: output y has shape (1, 3), the result has (2, 3)"},
    {"multiply", "f32 f32", "0-d", "", CLW_ERROR_SHAPE,
     "multiply: output y has shape (), the result has (2, 3)"},
    {"multiply", "f32 f32", "-", "where=mask", CLW_ERROR_SHAPE,
     "multiply: shapes (2, 3) and (4,) cannot be broadcast together"},
    {"frexp", "f32", "f32 i32", "where=four", CLW_ERROR_DTYPE,
     "frexp: where must be bool, it is f32"},
    {"multiply", "wide high", "-", "", CLW_ERROR_OVERFLOW,
     "multiply: shape (1099511627776, 1099511627776) has more elements than 64 bits can count"},
    {"subtract", "bool bool", "-", "", CLW_ERROR_DTYPE,
     "subtract: no loop for (bool, bool); there are loops for i8, u8, i16, u16, i32, u32, i64, "
     "u64, f16, bf16, f32, f64, c64, c128"},
    {"bitwise_and", "f32 i32", "-", "", CLW_ERROR_DTYPE,
     "bitwise_and: no loop for (f32, i32); there are loops for bool, i8, u8, i16, u16, i32, u32, "
     "i64, u64"},
    {"bitwise_and", "i32 2.5", "-", "", CLW_ERROR_DTYPE,
     "bitwise_and: no loop for (i32, float scalar); there are loops for bool, i8, u8, i16, u16, "
     "i32, u32, i64, u64"},
    {"add", "u8 300", "-", "", CLW_ERROR_RANGE, "add: 300 does not fit u8 (0 to 255)"},
    {"add", "i8 -129", "-", "", CLW_ERROR_RANGE, "add: -129 does not fit i8 (-128 to 127)"},
    {"add", "u64 -1", "-", "", CLW_ERROR_RANGE,
     "add: -1 does not fit u64 (0 to 18446744073709551615)"},
    {"power", "i32 -1", "-", "", CLW_ERROR_RANGE,
     "power: b is -1, but must not be negative among integers"},
    {"add", "f32 f32", "i32", "", CLW_ERROR_CAST,
     "add: output y cannot be cast from f32 to i32 with casting same_kind"},
    {"add", "i32 i32", "i8", "casting=safe", CLW_ERROR_CAST,
     "add: output y cannot be cast from i32 to i8 with casting safe"},
    {"add", "c64 c64", "f32", "", CLW_ERROR_CAST,
     "add: output y cannot be cast from c64 to f32 with casting same_kind"},
    {"add", "f32 f32", "-", "dtype=i32", CLW_ERROR_CAST,
     "add: input a cannot be cast from f32 to i32 with casting same_kind"},
    {"sqrt", "f32", "-", "dtype=i32", CLW_ERROR_DTYPE,
     "sqrt: no loop has a result of i32; there are f16, bf16, f32, f64, c64, c128"},
    {"add", "i32 300", "-", "dtype=i8 casting=unsafe", CLW_ERROR_RANGE,
     "add: 300 does not fit i8 (-128 to 127)"},
    {"add", "f32 f32", "windows", "", CLW_ERROR_OVERLAP,
     "add: elements of output y share memory with each other"},
    {"add", "f32 f32", "still", "", CLW_ERROR_OVERLAP,
     "add: elements of output y share memory with each other"},
    {"add", "f32 f32", "halves", "", CLW_ERROR_OVERLAP,
     "add: elements of output y share memory with each other"},
    {"modf", "f32", "f32 f32", "buffers", CLW_ERROR_OVERLAP,
     "modf: outputs fraction and whole share memory"},
    {"add", "f32 NULL", "-", "", CLW_ERROR_ARGUMENT, "add: input b is NULL"},
    {"add", "f32 odd", "-", "", CLW_ERROR_ARGUMENT,
     "add: input b is a scalar of kind 9, which is none"},
    {"add", "f32", "-", "", CLW_ERROR_ARGUMENT, "add takes 2 inputs and 1 output, given 1 and 1"},
    {"add", "f32 f32 f32", "-", "", CLW_ERROR_ARGUMENT,
     "add takes 2 inputs and 1 output, given 3 and 1"},
    {"frexp", "f32", "-", "", CLW_ERROR_ARGUMENT,
     "frexp takes 1 input and 2 outputs, given 1 and 1"},
    {"add", "f32 theirs", "-", "", CLW_ERROR_ARGUMENT, "add: input b belongs to another context"},
    {"add", "f32 f32", "theirs", "", CLW_ERROR_ARGUMENT,
     "add: output y belongs to another context"},
    {"add", "f32 f32", "-", "where=theirs", CLW_ERROR_ARGUMENT,
     "add: where belongs to another context"},
    {"add", "f32 f32", "-", "alpha:2.5", CLW_ERROR_NOT_FOUND,
     "add: no parameter alpha; its parameters: none"},
    {"isclose", "f32 f32", "-", "tol:2.5", CLW_ERROR_NOT_FOUND,
     "isclose: no parameter tol; its parameters: rtol, atol, equal_nan"},
    {"isclose", "f32 f32", "-", "equal_nan:2.5", CLW_ERROR_ARGUMENT,
     "isclose: parameter equal_nan is bool, given a float"},
    {"isclose", "f32 f32", "-", "rtol:1j", CLW_ERROR_ARGUMENT,
     "isclose: parameter rtol is f32, given a complex number"},
    {"isclose", "f32 f32", "-", "rtol:NULL", CLW_ERROR_ARGUMENT,
     "isclose: parameter rtol is f32, given nothing"},
    {"add", "f32 f32", "-", "casting=77", CLW_ERROR_ARGUMENT, "add: 77 is no casting rule"},
    {"add", "f32 f32", "-", "dtype=f33", CLW_ERROR_ARGUMENT, "add: 15 is no dtype"},
};
enum { CASE_COUNT = sizeof cases / sizeof *cases };

/* ---- running a row ---- */

struct prepared {
    char words[3][64];
    clw_operand in[3];
    clw_array *out[2];
    int nin, nout, is_of_buffers;
    clw_param param;
    clw_call_options options;
};

static clw_casting casting(const char *name)
{
    static const char *const names[] = {"default", "no", "equiv", "safe", "same_kind", "unsafe"};
    for (int i = 0; i < 6; i++)
        if (strcmp(name, names[i]) == 0)
            return (clw_casting)i;
    return (clw_casting)atoi(name);
}

static void prepare_option(struct prepared *call, char *word)
{
    char *value = strpbrk(word, "=:");
    const int is_param = value && *value == ':';
    if (value)
        *value++ = '\0';
    if (strcmp(word, "buffers") == 0) {
        call->is_of_buffers = 1;
    } else if (is_param) {
        call->param = (clw_param){word, operand(value).scalar};
        call->options.params = &call->param;
        call->options.nparams = 1;
    } else if (strcmp(word, "casting") == 0) {
        call->options.casting = casting(value);
    } else if (strcmp(word, "dtype") == 0) {
        call->options.has_dtype = 1;
        call->options.dtype = clw_dtype_from_name(value);
    } else {
        assert_string_equal(word, "where");
        call->options.where = *find(value);
    }
}

static void prepare(const struct call_case *row, struct prepared *call)
{
    const char *const lists[3] = {row->in, row->out, row->options};
    *call = (struct prepared){.nin = 0};
    clw_call_options_init(&call->options);
    for (int i = 0; i < 3; i++) {
        strcpy(call->words[i], lists[i]);
        for (char *word = strtok(call->words[i], " "); word; word = strtok(NULL, " "))
            if (i == 0)
                call->in[call->nin++] = operand(word);
            else if (i == 1)
                call->out[call->nout++] = strcmp(word, "-") == 0 ? NULL : *find(word);
            else
                prepare_option(call, word);
    }
}

static void is_right(const struct call_case *row, clw_status status, const char *function)
{
    if (status != row->status || error.code != status || strcmp(error.message, row->message) != 0)
        fail_msg("row %td, %s: wanted %s: %s\ngot %s: %s", row - cases, function,
                 clw_status_name(row->status), row->message, clw_status_name(status),
                 status ? error.message : "");
}

/* Every array's elements, but of the broadcast ones that are huge. */
static void read_all(unsigned char bytes[ARRAY_COUNT][64])
{
    for (int i = 0; i < ARRAY_COUNT; i++)
        if (arrays[i].shape[0] < 100 && arrays[i].shape[1] < 100) {
            int64_t count = 1;
            for (int d = 0; d < arrays[i].ndim; d++)
                count *= arrays[i].shape[d];
            CHECK(clw_array_read(arrays[i].array, bytes[i],
                                 (size_t)count * clw_dtype_size(arrays[i].dtype), &error));
        }
}

static void test_calls(void **state)
{
    (void)state;
    unsigned char before[ARRAY_COUNT][64] = {{0}}, after[ARRAY_COUNT][64] = {{0}};
    read_all(before);
    for (int i = 0; i < CASE_COUNT; i++) {
        struct prepared call;
        prepare(&cases[i], &call);
        const clw_op *op = fixture_op(context, cases[i].op);
        clw_array *given[2] = {call.out[0], call.out[1]};
        clw_plan *plan = NULL;
        const long alive = tally.alive;
        is_right(
            &cases[i],
            clw_call(context, op, call.in, call.nin, call.out, call.nout, &call.options, &error),
            "clw_call");
        assert_memory_equal(call.out, given, sizeof given);
        if (!call.is_of_buffers)
            is_right(&cases[i],
                     clw_plan_create(context, op, call.in, call.nin, call.out, call.nout,
                                     &call.options, &plan, &error),
                     "clw_plan_create");
        assert_null(plan);
        assert_int_equal(tally.alive, alive);
        assert_int_equal(
            clw_call(context, op, call.in, call.nin, call.out, call.nout, &call.options, NULL),
            cases[i].status);
    }
    read_all(after);
    assert_memory_equal(before, after, sizeof before);
}

/* ---- more than a table says ---- */

static void test_result_type(void **state)
{
    (void)state;
    clw_dtype dtype = CLW_I16;
    for (int i = 0; i < CASE_COUNT; i++) {
        struct prepared call;
        prepare(&cases[i], &call);
        if (cases[i].status != CLW_ERROR_DTYPE || *cases[i].options)
            continue;
        is_right(&cases[i],
                 clw_result_type(context, fixture_op(context, cases[i].op), call.in, call.nin,
                                 &dtype, 1, &error),
                 "clw_result_type");
        assert_int_equal(dtype, CLW_I16);
    }
}

/* Operands for a plan of f32 + i32 into a given output, and what is wrong with them. */
static const struct execute_case {
    const char *in[2], *out, *message;
} execute_cases[] = {
    {{"tall", "2.5"}, "f32", "add: input a has shape (3, 2), planned was (2, 3)"},
    {{"row", "2.5"}, "f32", "add: input a has shape (3,), planned was (2, 3)"},
    {{"i32", "2.5"}, "f32", "add: input a is i32, planned was f32"},
    {{"windows", "2.5"}, "f32", "add: input a has strides (4, 4), planned was (12, 4)"},
    {{"theirs", "2.5"}, "f32", "add: input a belongs to another context"},
    {{"NULL", "2.5"}, "f32", "add: input a is NULL, planned was an array"},
    {{"2.5", "2.5"}, "f32", "add: input a is a float scalar, planned was an array"},
    {{"f32", "f32"}, "f32", "add: input b is an array, planned was a float scalar"},
    {{"f32", "3"}, "f32", "add: input b is an int scalar, planned was a float scalar"},
    {{"f32", "NULL"}, "f32", "add: input b is NULL, planned was a float scalar"},
    {{"f32", "2.5"}, "tall", "add: output y has shape (3, 2), planned was (2, 3)"},
    {{"f32", "2.5"}, "i32", "add: output y is i32, planned was f32"},
    {{"f32", "2.5"}, "still", "add: output y has strides (0, 4), planned was (12, 4)"},
    {{"f32", "2.5"}, "theirs", "add: output y belongs to another context"},
    {{"f32", "2.5"}, "NULL", "add: output y is NULL, planned was an array"},
};

static void test_plan_execute(void **state)
{
    (void)state;
    clw_plan *plan = NULL;
    clw_array *out = *find("f32");
    const clw_operand planned[2] = {operand("f32"), operand("2.5")};
    CHECK(clw_plan_create(context, fixture_op(context, "add"), planned, 2, &out, 1, NULL, &plan,
                          &error));
    const long alive = tally.alive;
    for (size_t i = 0; i < sizeof execute_cases / sizeof *execute_cases; i++) {
        const struct execute_case *row = &execute_cases[i];
        const clw_operand in[2] = {operand(row->in[0]), operand(row->in[1])};
        clw_array *given = (clw_array *)(uintptr_t)operand(row->out).array;
        REFUSED(CLW_ERROR_ARGUMENT, clw_plan_execute(plan, in, &given, &error));
        assert_string_equal(error.message, row->message);
        assert_int_equal(tally.alive, alive);
    }
    clw_plan_destroy(plan);
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    context = fixture_context(&tally.allocator, NULL);
    other = fixture_context(NULL, NULL);
    for (int i = 0; i < ARRAY_COUNT; i++)
        make(&arrays[i]);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    for (int i = 0; i < ARRAY_COUNT; i++)
        clw_array_release(arrays[i].array);
    clw_context_release(other);
    clw_context_release(context);
    return tally.alive != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_result_type),
        cmocka_unit_test(test_plan_execute),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
