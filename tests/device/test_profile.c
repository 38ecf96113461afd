/* What is measured of a device: outputs that go past the caches have the same bits and touch no
 * other byte; the profile is measured once, kept, read again, and not believed when it is damaged.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "tests/device/fixture.h"

enum { ROUNDS = 300, MOST = 3000, MARGIN = 64 };

static clw_context *context;
static clw_device_info info;
static clw_error error;
static uint64_t seed;

static int between(int low, int high)
{
    return low + (int)(fixture_random(&seed) % (uint64_t)(high - low + 1));
}

static int has_loops(void)
{
    return context->device.target.skeleton == SKELETON_RUNS;
}

/* ---- outputs past the caches ---- */

/* An op with outputs of a dtype, and what it reads. */
static const struct work {
    const char *op;
    clw_dtype dtype, result;
    int nin, nout;
} works[] = {
    {"add", CLW_U8, CLW_U8, 2, 1},          {"less", CLW_F32, CLW_BOOL, 2, 1},
    {"multiply", CLW_F16, CLW_F16, 2, 1},   {"subtract", CLW_F32, CLW_F32, 2, 1},
    {"exp", CLW_F32, CLW_F32, 1, 1},        {"multiply", CLW_C64, CLW_C64, 2, 1},
    {"divmod", CLW_I16, CLW_I16, 2, 2},     {"sin", CLW_F64, CLW_F64, 1, 1},
    {"multiply", CLW_C128, CLW_C128, 2, 1},
};

/* A vector or rows of one, that begins anywhere in its memory. */
struct place {
    int ndim;
    int64_t shape[2], strides[2], offset, bytes;
};

static struct place make_place(clw_dtype dtype)
{
    const int64_t size = (int64_t)clw_dtype_size(dtype);
    struct place place = {.ndim = between(1, 2), .shape = {between(1, 4), between(1, MOST)}};
    if (place.ndim == 1)
        place.shape[0] = place.shape[1];
    const int64_t row = place.shape[place.ndim - 1] + (place.ndim == 2 ? between(0, 9) : 0);
    place.strides[0] = place.ndim == 2 ? row * size : size;
    place.strides[1] = size;
    place.offset = between(0, MARGIN) * size;
    place.bytes = place.offset + (place.ndim == 2 ? place.shape[0] : 1) * row * size + MARGIN;
    place.bytes -= place.bytes % size;
    return place;
}

static clw_array *view_of(const struct place *place, clw_dtype dtype, const void *memory,
                          clw_array **base)
{
    clw_array *view;
    *base = fixture_vector(context, dtype, place->bytes / (int64_t)clw_dtype_size(dtype), memory);
    CHECK(clw_array_view(*base, place->ndim, place->shape, place->strides, place->offset, &view,
                         &error));
    return view;
}

/* The memory of all outputs after one call, with stores of one kind. */
static void run_work(const struct work *work, const struct place *place, const void *from,
                     const unsigned char *before, unsigned char *after, int is_streamed)
{
    clw_operand in[2];
    clw_array *bases[4] = {NULL}, *views[4] = {NULL}, *out[2];
    const size_t bytes = (size_t)place->bytes;
    profile_set(&context->device.profile, PROFILE_STREAMED, is_streamed ? 1 : PROFILE_NEVER);
    for (int i = 0; i < work->nin; i++) {
        views[i] = view_of(place, work->dtype, from, &bases[i]);
        in[i] = CLW_ARRAY(views[i]);
    }
    struct place target = *place;
    const int64_t size = (int64_t)clw_dtype_size(work->result);
    const int64_t from_size = (int64_t)clw_dtype_size(work->dtype);
    for (int d = 0; d < target.ndim; d++)
        target.strides[d] = target.strides[d] / from_size * size;
    target.offset = target.offset / from_size * size;
    for (int i = 0; i < work->nout; i++)
        out[i] = views[2 + i] = view_of(&target, work->result, before, &bases[2 + i]);
    CHECK(clw_call(context, clw_op_find(context, work->op), in, work->nin, out, work->nout, NULL,
                   &error));
    for (int i = 0; i < work->nout; i++)
        CHECK(clw_array_read(bases[2 + i], after + bytes * (size_t)i,
                             bytes / (size_t)size * (size_t)size, &error));
    for (int i = 0; i < 4; i++) {
        clw_array_release(views[i]);
        clw_array_release(bases[i]);
    }
}

static void test_streams(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const struct work *work = &works[fixture_random(&seed) % (sizeof works / sizeof *works)];
        if (fixture_lacks(&info, work->dtype))
            continue;
        const struct place place = make_place(work->dtype);
        const size_t bytes = (size_t)place.bytes;
        unsigned char *memory = calloc(6, bytes);
        assert_non_null(memory);
        fixture_random_bytes(&seed, memory, 2 * bytes);
        for (size_t i = 0; i < bytes; i++)
            memory[i] = (unsigned char)((memory[i] & 31) + 32);
        run_work(work, &place, memory, memory + bytes, memory + 2 * bytes, 0);
        run_work(work, &place, memory, memory + bytes, memory + 4 * bytes, 1);
        if (memcmp(memory + 2 * bytes, memory + 4 * bytes, 2 * bytes) != 0)
            fail_msg("%s of %s, %d axes, shape %d %d, from byte %d on: other bytes", work->op,
                     clw_dtype_name(work->dtype), place.ndim, (int)place.shape[0],
                     (int)place.shape[place.ndim - 1], (int)place.offset);
        free(memory);
    }
}

/* Masked outputs keep what they have; in place each element is read before it is written. */
static void test_masked_and_in_place(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    int32_t *numbers = malloc(COUNT * sizeof *numbers), *got = malloc(COUNT * sizeof *got);
    unsigned char *mask = malloc(COUNT);
    for (int i = 0; i < COUNT; i++) {
        numbers[i] = i;
        mask[i] = i % 3 == 0;
    }
    profile_set(&context->device.profile, PROFILE_STREAMED, 1);
    clw_array *a = fixture_vector(context, CLW_I32, COUNT, numbers);
    clw_array *where = fixture_vector(context, CLW_BOOL, COUNT, mask);
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(a)};
    clw_call_options options;
    clw_call_options_init(&options);
    CHECK(clw_call(context, clw_op_find(context, "add"), in, 2, &a, 1, &options, &error));
    clw_plan *plan;
    CHECK(clw_plan_create(context, clw_op_find(context, "add"), in, 2, &a, 1, &options, &plan,
                          &error));
    assert_int_equal(strstr(clw_plan_key(plan), ":n") != NULL, has_loops());
    clw_plan_destroy(plan);
    options.where = where;
    CHECK(clw_call(context, clw_op_find(context, "add"), in, 2, &a, 1, &options, &error));
    CHECK(clw_array_read(a, got, COUNT * sizeof *got, &error));
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(got[i], i % 3 == 0 ? 4 * i : 2 * i);
    clw_array_release(a);
    clw_array_release(where);
    free(numbers);
    free(got);
    free(mask);
}

/* ---- the profile ---- */

static clw_context *open_with(const char *folder)
{
    clw_context *opened;
    clw_config config;
    clw_config_init(&config);
    config.cache_dir = folder;
    CHECK(clw_context_create(&config, &opened, &error));
    return opened;
}

static clw_device_profile profile_of(clw_context *of)
{
    clw_device_profile profile = {.struct_size = sizeof profile};
    CHECK(clw_context_profile(of, &profile, &error));
    return profile;
}

static void test_tune(void **state)
{
    (void)state;
    char folder[FIXTURE_PATH];
    fixture_folder(folder);
    clw_context *first = open_with(folder);
    assert_int_equal(profile_of(first).streamed, 0);
    CHECK(clw_context_tune(first, &error));
    const clw_device_profile known = profile_of(first);
    assert_int_equal(known.crossover > 0, info.tiers == 2);
    assert_int_equal(known.streamed > 0, has_loops());
    assert_int_equal(known.run > 0, has_loops());
    assert_int_equal(known.tile > 0, has_loops());
    clw_context_release(first);
    clw_context *second = open_with(folder);
    const clw_device_profile read = profile_of(second);
    clw_context_release(second);
    assert_memory_equal(&read, &known, sizeof read);
    clw_context *without = open_with("");
    assert_int_equal(profile_of(without).streamed, 0);
    clw_context_release(without);
    fixture_remove(folder);
}

/* The entry is deleted, or some of its bytes are others: nothing is known then. */
static void test_lost(void **state)
{
    (void)state;
    char folder[FIXTURE_PATH];
    fixture_folder(folder);
    clw_context *first = open_with(folder);
    CHECK(clw_context_tune(first, &error));
    clw_context_release(first);
    first = open_with(folder);
    assert_int_equal(profile_of(first).tile > 0, has_loops());
    clw_context_release(first);
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));) {
        char path[2 * FIXTURE_PATH];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r+");
        if (file) {
            assert_int_equal(fseek(file, -20, SEEK_END), 0);
            fputs("9", file);
            fclose(file);
        }
    }
    closedir(entries);
    first = open_with(folder);
    assert_int_equal(profile_of(first).tile, 0);
    clw_context_release(first);
    fixture_remove(folder);
}

static void test_text(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        int64_t run, tile;
    } cases[] = {
        {"run 4096\ntile 256\n", 4096, 256},
        {"tile 256\nrun 4096", 8192, 256},
        {"run 1\ntile 300\n", 8192, 512},
        {"run 99999999999999999999\ntile -512\n", 8192, 512},
        {"run4096\ntile  256 \nfurther 3\n", 8192, 512},
        {"\n\nrun 0x1000\nrun\nrun \ntile 1024\n", 8192, 1024},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile profile = {{0}};
        profile_read(&profile, cases[i].words, strlen(cases[i].words));
        assert_int_equal(profile_get(&profile, PROFILE_RUN), cases[i].run);
        assert_int_equal(profile_get(&profile, PROFILE_TILE), cases[i].tile);
    }
}

static void test_refused(void **state)
{
    (void)state;
    clw_device_profile profile = {0};
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_profile(context, &profile, &error));
    fixture_says(&error, "struct_size");
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_profile(NULL, &profile, &error));
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_profile(context, NULL, &error));
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_tune(NULL, &error));
    clw_context *none;
    clw_config config;
    clw_config_init(&config);
    config.device = "none";
    CHECK(clw_context_create(&config, &none, &error));
    REFUSED(CLW_ERROR_NO_DEVICE, clw_context_tune(none, &error));
    clw_context_release(none);
}

static int start(void **state)
{
    (void)state;
    seed = fixture_seed();
    context = fixture_context(NULL, &info);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    clw_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams), cmocka_unit_test(test_masked_and_in_place),
        cmocka_unit_test(test_tune),    cmocka_unit_test(test_lost),
        cmocka_unit_test(test_text),    cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
