/* The library's memory: none for warm calls, none left at the end, and every allocation may fail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/device/fixture.h"

static clw_error error;
static struct tally tally;
static clw_context *context;

enum { ROWS = 512, COLUMNS = 1024, COUNT = ROWS * COLUMNS };

static clw_array *matrix(clw_dtype dtype)
{
    void *zeros = calloc(COUNT, clw_dtype_size(dtype));
    assert_non_null(zeros);
    clw_array *array = NULL;
    CHECK(
        clw_array_from_host(context, dtype, CLW_SHAPE(ROWS, COLUMNS), NULL, zeros, &array, &error));
    free(zeros);
    return array;
}

static struct {
    clw_array *a, *b, *y, *z, *row, *mask, *transposed, *odd;
} warm;

static void start_warm(void)
{
    warm.a = matrix(CLW_F32);
    warm.b = matrix(CLW_F32);
    warm.y = matrix(CLW_F32);
    warm.z = matrix(CLW_I32);
    warm.mask = matrix(CLW_BOOL);
    CHECK(clw_array_view(warm.a, CLW_SHAPE(COLUMNS), NULL, 0, &warm.row, &error));
    CHECK(clw_array_view(warm.b, CLW_SHAPE(ROWS, COLUMNS), (int64_t[]){4, 4 * ROWS}, 0,
                         &warm.transposed, &error));
    CHECK(clw_array_view(warm.a, CLW_SHAPE(ROWS / 2, COLUMNS / 2), (int64_t[]){8 * COLUMNS, 8}, 0,
                         &warm.odd, &error));
}

static void stop_warm(void)
{
    clw_array *const all[] = {warm.a,   warm.b,    warm.y,          warm.z,
                              warm.row, warm.mask, warm.transposed, warm.odd};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        clw_array_release(all[i]);
}

/* Calls of many kinds; all outputs are given, none overlaps an input but as itself. */
static void call_all(void)
{
    clw_array *two[2] = {warm.y, warm.z};
    const clw_operand x = CLW_ARRAY(warm.a), in[2] = {x, CLW_FLOAT(2.5)};
    clw_call_options options;
    clw_call_options_init(&options);
    options.where = warm.mask;
    CHECK(clw_add(context, warm.a, warm.b, &warm.y, &error));
    CHECK(clw_add(context, warm.y, warm.row, &warm.y, &error));
    CHECK(clw_multiply(context, warm.a, warm.transposed, &warm.y, &error));
    CHECK(clw_call(context, fixture_op(context, "add"), in, 2, &warm.y, 1, &options, &error));
    CHECK(clw_call(context, fixture_op(context, "frexp"), &x, 1, two, 2, NULL, &error));
    CHECK(clw_eval(context, "where(m, a * 2 + b, 0)", &warm.y, &error, "m", warm.mask, "a", warm.a,
                   "b", warm.b, NULL));
}

static clw_plan *plan_of(clw_operand in[2])
{
    clw_plan *plan = NULL;
    CHECK(clw_plan_create(context, fixture_op(context, "add"), in, 2, &warm.y, 1, NULL, &plan,
                          &error));
    return plan;
}

static void test_warm_calls(void **state)
{
    (void)state;
    start_warm();
    clw_operand in[2] = {CLW_ARRAY(warm.a), CLW_FLOAT(2.5)};
    clw_plan *plan = plan_of(in);
    call_all();
    call_all(); /* a text that comes back keeps a plan */
    CHECK(clw_plan_execute(plan, in, &warm.y, &error));
    CHECK(clw_finish(context, &error));
    const long calls = tally.calls;
    for (int i = 0; i < 20; i++) {
        call_all();
        CHECK(clw_plan_execute(plan, in, &warm.y, &error));
        in[1] = CLW_FLOAT(i); /* a new value, the same kernel */
        CHECK(clw_plan_execute(plan, in, &warm.y, &error));
        CHECK(clw_finish(context, &error));
    }
    assert_int_equal(tally.calls, calls);
    clw_plan_destroy(plan);
    stop_warm();
}

static long resident_kib(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* The process, driver and all, does not grow by one more array. */
static void test_resident_memory(void **state)
{
    (void)state;
    start_warm();
    for (int i = 0; i < 5; i++) {
        call_all();
        CHECK(clw_finish(context, &error));
    }
    const long before = resident_kib();
    for (int i = 0; i < 50; i++) {
        call_all();
        CHECK(clw_finish(context, &error));
    }
    const long after = resident_kib();
    print_message("resident: %ld KiB before 300 warm calls on 2 MiB arrays, %ld KiB after\n",
                  before, after);
    assert_true(after - before < 2048);
    stop_warm();
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    context = fixture_context(&tally.allocator, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_context_release(context);
    return tally.alive != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_warm_calls),
                                       cmocka_unit_test(test_resident_memory)};
    return cmocka_run_group_tests(tests, start, stop);
}
