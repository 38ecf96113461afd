/* Kernels built ahead: what one context records, another builds without the arrays, and a third one
 * finds on disk. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

enum { SIDE = 70, WORDS = 1 << 16 };

static clw_device_info info;
static clw_error error;

static clw_context *open_with(const char *cache, const char *record)
{
    clw_context *context;
    clw_config config;
    clw_config_init(&config);
    config.cache_dir = cache;
    config.record = record;
    CHECK(clw_context_create(&config, &context, &error));
    return context;
}

/* ---- calls ---- */

/* An op by name, or an expression, over views of one array of f32 or i32. */
static const struct call {
    const char *op, *expression;
    clw_dtype dtype;
    int nin;
    int64_t strides[2][2]; /* in elements */
    int weak;              /* the last input is a number */
    int masked;
    const char *param;
} calls[] = {
    {"add", NULL, CLW_F32, 2, {{SIDE, 1}, {SIDE, 1}}, 0, 0, NULL},
    {"add", NULL, CLW_F32, 2, {{SIDE, 1}, {1, SIDE}}, 0, 0, NULL},
    {"add", NULL, CLW_I32, 2, {{SIDE, 1}, {0, 1}}, 0, 0, NULL},
    {"multiply", NULL, CLW_F32, 2, {{SIDE, 1}}, 1, 0, NULL},
    {"exp", NULL, CLW_F32, 1, {{2 * SIDE, 2}}, 0, 0, NULL},
    {"less", NULL, CLW_I32, 2, {{SIDE, 1}, {1, 0}}, 0, 1, NULL},
    {"leaky_relu", NULL, CLW_F32, 1, {{SIDE, 1}}, 0, 0, "alpha"},
    {"divmod", NULL, CLW_I32, 2, {{SIDE, 1}, {SIDE, 1}}, 0, 0, NULL},
    {NULL, "where(a > 0.5, a*b + 1, -b)", CLW_F32, 2, {{SIDE, 1}, {0, 1}}, 0, 0, NULL},
    {NULL, "a*a - 2.5", CLW_F32, 1, {{SIDE, 1}}, 0, 0, NULL},
};
enum { CALLS = sizeof calls / sizeof *calls };

static const clw_op *find_op(clw_context *context, const struct call *call, clw_op **own)
{
    *own = NULL;
    if (!call->expression)
        return clw_op_find(context, call->op);
    CHECK(clw_op_from_expression(context, call->expression, own, &error));
    return *own;
}

/* A call with its operands. */
struct prepared {
    clw_array *base, *mask, *views[2];
    clw_operand in[2];
    clw_op *own;
    const clw_op *op;
    clw_call_options options;
    clw_param param;
};

static void prepare(clw_context *context, const struct call *call, struct prepared *prepared)
{
    static unsigned char bytes[4 * 4 * (SIDE + 1) * SIDE];
    const int64_t shape[] = {SIDE, SIDE}, count = (int64_t)sizeof bytes / 4;
    *prepared = (struct prepared){.op = NULL};
    prepared->op = find_op(context, call, &prepared->own);
    clw_call_options_init(&prepared->options);
    for (size_t i = 0; i < sizeof bytes; i++) /* ordinary numbers */
        bytes[i] = (unsigned char)(i * 7 % 31 + 33);
    prepared->base = fixture_vector(context, call->dtype, count, bytes);
    for (int i = 0; i < call->nin; i++) {
        const int64_t strides[] = {4 * call->strides[i][0], 4 * call->strides[i][1]};
        CHECK(clw_array_view(prepared->base, 2, shape, strides, 0, &prepared->views[i], &error));
        prepared->in[i] = CLW_ARRAY(prepared->views[i]);
    }
    if (call->weak)
        prepared->in[call->nin - 1] = CLW_FLOAT(2.5);
    CHECK(clw_array_empty(context, CLW_BOOL, 2, shape, &prepared->mask, &error));
    prepared->options.where = call->masked ? prepared->mask : NULL;
    prepared->param = (clw_param){call->param, {CLW_SCALAR_FLOAT, {.f = 0.25}}};
    prepared->options.params = &prepared->param;
    prepared->options.nparams = call->param != NULL;
}

static void release(struct prepared *prepared)
{
    clw_array_release(prepared->mask);
    for (int i = 0; i < 2; i++)
        clw_array_release(prepared->views[i]);
    clw_array_release(prepared->base);
    clw_op_release(prepared->own);
}

/* A plan of the call; it tells where its kernel was. */
static clw_kernel_origin plan_one(clw_context *context, const struct call *call)
{
    struct prepared prepared;
    clw_array *out[2] = {NULL};
    clw_plan *plan;
    clw_plan_info facts = {.struct_size = sizeof facts};
    prepare(context, call, &prepared);
    CHECK(clw_plan_create(context, prepared.op, prepared.in, call->nin, out,
                          clw_op_output_count(prepared.op), &prepared.options, &plan, &error));
    clw_plan_get_info(plan, &facts);
    clw_plan_destroy(plan);
    release(&prepared);
    return facts.origin;
}

/* The bytes of the first output. */
static void call_one(clw_context *context, const struct call *call, unsigned char *bytes)
{
    struct prepared prepared;
    clw_array *out[2] = {NULL};
    prepare(context, call, &prepared);
    CHECK(clw_call(context, prepared.op, prepared.in, call->nin, out,
                   clw_op_output_count(prepared.op), &prepared.options, &error));
    const size_t size = (size_t)SIDE * SIDE * clw_dtype_size(clw_array_dtype(out[0]));
    CHECK(clw_array_read(out[0], bytes, size, &error));
    clw_array_release(out[0]);
    clw_array_release(out[1]);
    release(&prepared);
}

/* ---- records ---- */

static int read_file(const char *path, char *words)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    const size_t length = fread(words, 1, WORDS - 1, file);
    fclose(file);
    words[length] = '\0';
    int lines = 0;
    for (const char *at = words; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    return lines;
}

static void test_record_and_warm(void **state)
{
    (void)state;
    char first[FIXTURE_PATH], second[FIXTURE_PATH], log[FIXTURE_PATH + 8];
    char *words = malloc(WORDS), *rest = NULL;
    fixture_folder(first);
    fixture_folder(second);
    snprintf(log, sizeof log, "%s.log", first);
    clw_context *context = open_with(first, log);
    for (int i = 0; i < 2 * CALLS; i++)
        plan_one(context, &calls[i % CALLS]);
    clw_context_release(context);
    assert_int_equal(read_file(log, words), CALLS);

    context = open_with(second, "");
    for (char *line = strtok_r(words, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        clw_kernel_origin origin = CLW_KERNEL_NONE;
        CHECK(clw_warm(context, line, &origin, &error));
        assert_int_equal(origin, CLW_KERNEL_COMPILED);
        CHECK(clw_warm(context, line, &origin, &error));
        assert_int_equal(origin, CLW_KERNEL_MEMORY);
    }
    clw_context_release(context);
    context = open_with(second, "");
    for (int i = 0; i < CALLS; i++)
        assert_int_equal(plan_one(context, &calls[i]), CLW_KERNEL_DISK);
    clw_context_release(context);
    remove(log);
    free(words);
    fixture_remove(first);
    fixture_remove(second);
}

/* ---- several kernels in a program ---- */

static void check_results(clw_context *context)
{
    static unsigned char got[8 * SIDE * SIDE], expected[8 * SIDE * SIDE];
    clw_context *alone = open_with("", "");
    for (int i = 0; i < CALLS; i++) {
        if (calls[i].masked) /* what the mask leaves out is not set */
            continue;
        memset(got, 0, sizeof got);
        memset(expected, 0, sizeof expected);
        call_one(context, &calls[i], got);
        call_one(alone, &calls[i], expected);
        assert_memory_equal(got, expected, sizeof got);
    }
    clw_context_release(alone);
}

/* Removes the programs of several kernels, but not what names them. */
static int remove_programs(const char *folder)
{
    static const char key[] = "several kernels\n";
    enum { KEY_AT = 48 }; /* runtime/cache/disk_entry.h */
    struct dirent *entry;
    int count = 0;
    DIR *const directory = opendir(folder);
    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL) {
        char path[FIXTURE_PATH + 300], bytes[KEY_AT + sizeof key] = "";
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *const file = entry->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (!file)
            continue;
        const size_t length = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        if (length == sizeof bytes && memcmp(bytes + KEY_AT, key, sizeof key - 1) == 0)
            count += remove(path) == 0;
    }
    closedir(directory);
    return count;
}

static void test_together(void **state)
{
    (void)state;
    char folder[FIXTURE_PATH], log[FIXTURE_PATH + 8], *rest = NULL;
    char *words = malloc(WORDS);
    const char *lines[CALLS + 1];
    clw_kernel_origin origins[CALLS + 1];
    fixture_folder(folder);
    snprintf(log, sizeof log, "%s.log", folder);
    clw_context *context = open_with("", log);
    for (int i = 0; i < CALLS; i++)
        plan_one(context, &calls[i]);
    clw_context_release(context);
    assert_int_equal(read_file(log, words), CALLS);
    for (int i = 0; i < CALLS; i++)
        lines[i] = strtok_r(i ? NULL : words, "\n", &rest);
    lines[CALLS] = lines[CALLS - 1]; /* one of them twice */

    context = open_with(folder, "");
    CHECK(clw_warm_lines(context, lines, CALLS + 1, origins, &error));
    for (int i = 0; i < CALLS; i++)
        assert_int_equal(origins[i], CLW_KERNEL_COMPILED);
    assert_int_equal(origins[CALLS], CLW_KERNEL_MEMORY);
    check_results(context);
    clw_context_release(context);
    context = open_with(folder, "");
    CHECK(clw_warm_lines(context, lines, CALLS, origins, &error));
    for (int i = 0; i < CALLS; i++)
        assert_int_equal(origins[i], CLW_KERNEL_DISK);
    clw_context_release(context);
    context = open_with(folder, "");
    for (int i = 0; i < CALLS; i++)
        assert_int_equal(plan_one(context, &calls[i]), CLW_KERNEL_DISK);
    check_results(context);
    clw_context_release(context);
    context = open_with(folder, "");
    CHECK(clw_context_device(context, &info, &error));
    assert_true(remove_programs(folder) > 0 || info.tiers == 1);
    check_results(context);
    clw_context_release(context);
    remove(log);
    free(words);
    fixture_remove(folder);
}

/* ---- what goes wrong ---- */

static void count_warnings(void *data, clw_log_level level, const char *line)
{
    *(int *)data += level == CLW_LOG_WARNING && strstr(line, "record") != NULL;
}

static void test_unwritable(void **state)
{
    (void)state;
    clw_context *context;
    clw_config config;
    int warnings = 0;
    clw_config_init(&config);
    config.cache_dir = "";
    config.record = "/no/such/folder/log";
    config.log = count_warnings;
    config.log_data = &warnings;
    CHECK(clw_context_create(&config, &context, &error));
    assert_int_equal(plan_one(context, &calls[0]), CLW_KERNEL_COMPILED);
    assert_int_equal(warnings, 1);
    clw_context_release(context);
}

static void test_refused(void **state)
{
    (void)state;
    clw_context *context = open_with("", ""), *none;
    clw_config config;
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm(context, NULL, NULL, &error));
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm(NULL, "1 op=add", NULL, &error));
    REFUSED(CLW_ERROR_SYNTAX, clw_warm(context, "1 add", NULL, &error));
    REFUSED(CLW_ERROR_NOT_FOUND, clw_warm(context, "1 op=nowhere out=new", NULL, &error));
    fixture_says(&error, "'nowhere'");
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm(context, "1 op=add in=int:1 out=new", NULL, &error));
    fixture_says(&error, "takes 2 inputs");
    REFUSED(CLW_ERROR_SYNTAX, clw_warm(context, "1 expression=a+ in=int:1 out=new", NULL, &error));
    REFUSED(CLW_ERROR_SHAPE,
            clw_warm(context, "1 op=add in=i8[2]{1}@1 in=i8[3]{1}@1 out=new", NULL, &error));
    const char *const lines[] = {"1 op=add in=int:1 in=int:1 out=new", "1 op=nowhere out=new",
                                 NULL};
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm_lines(context, NULL, 1, NULL, &error));
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm_lines(NULL, lines, 1, NULL, &error));
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm_lines(context, lines, -1, NULL, &error));
    REFUSED(CLW_ERROR_ARGUMENT, clw_warm_lines(context, lines, 3, NULL, &error));
    fixture_says(&error, "line 2 is NULL");
    REFUSED(CLW_ERROR_NOT_FOUND, clw_warm_lines(context, lines, 2, NULL, &error));
    CHECK(clw_warm_lines(context, lines, 0, NULL, &error));
    clw_kernel_origin origin = CLW_KERNEL_DISK;
    CHECK(clw_warm(context, "1 op=add in=i8[0]{1}@1 in=int:1 out=new", &origin, &error));
    assert_int_equal(origin, CLW_KERNEL_NONE);
    clw_context_release(context);
    clw_config_init(&config);
    config.device = "none";
    CHECK(clw_context_create(&config, &none, &error));
    REFUSED(CLW_ERROR_NO_DEVICE,
            clw_warm(none, "1 op=add in=int:1 in=int:1 out=new", NULL, &error));
    clw_context_release(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_record_and_warm),
        cmocka_unit_test(test_together),
        cmocka_unit_test(test_unwritable),
        cmocka_unit_test(test_refused),
    };
    clw_context_release(fixture_context(NULL, &info));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
