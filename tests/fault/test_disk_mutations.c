/* No altered byte of an entry ever comes out of the disk cache, whatever was altered. */
#include "runtime/base/hash.h"
#include "tests/fault/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

enum { LARGEST = 400, ROOM = 1000, RANDOM_MUTATIONS = 100000, ENTRIES = 8 };

struct image {
    unsigned char bytes[ROOM];
    size_t count;
};

static char folder[SCRATCH_PATH];
static struct disk_cache *cache;
static unsigned char binaries[ENTRIES][LARGEST];
static struct sample samples[ENTRIES];
static struct image images[ENTRIES];
static char files[ENTRIES][SCRATCH_PATH];

static int set_up(void **state)
{
    (void)state;
    scratch_make(folder);
    for (int i = 0; i < ENTRIES; i++) {
        char part[SCRATCH_PATH], name[] = "0";
        name[0] = (char)('0' + i);
        scratch_join(part, folder, name);
        cache = disk_cache_open(part, 0, NULL, NULL);
        sample_fill(&samples[i], i, binaries[i], LARGEST);
        sample_store(cache, &samples[i]);
        disk_cache_close(cache);
        scratch_only(files[i], part, ".clwbin");
        images[i].count = scratch_read(files[i], images[i].bytes, ROOM);
    }
    char part[SCRATCH_PATH];
    scratch_join(part, folder, "0");
    cache = disk_cache_open(part, 0, NULL, NULL);
    return cache ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    disk_cache_close(cache);
    scratch_remove(folder);
    return 0;
}

static int same(const struct image *a, const struct image *b)
{
    return a->count == b->count && memcmp(a->bytes, b->bytes, a->count) == 0;
}

/* Puts the image in place of entry 0; loading gives the binary only if nothing was altered. */
static void check(const struct image *image)
{
    assert_int_equal(scratch_write(files[0], image->bytes, image->count), 0);
    const char *why;
    const enum loaded loaded = sample_load(cache, &samples[0], NULL, &why);
    assert_int_equal(loaded, same(image, &images[0]) ? LOADED_RIGHT : LOADED_NOTHING);
}

static void assert_store_repairs(void)
{
    const char *why;
    sample_store(cache, &samples[0]);
    assert_int_equal(sample_load(cache, &samples[0], NULL, &why), LOADED_RIGHT);
}

static void test_each_bit_and_byte(void **state)
{
    (void)state;
    struct image image = images[0];
    check(&image);
    for (size_t at = 0; at < image.count; at++) {
        for (int bit = 0; bit < 8; bit++) {
            image.bytes[at] = (unsigned char)(images[0].bytes[at] ^ 1 << bit);
            check(&image);
        }
        static const unsigned char values[] = {0x00, 0xff, '\n', '\r'};
        for (size_t i = 0; i < sizeof values; i++) {
            image.bytes[at] = values[i];
            check(&image);
        }
        image.bytes[at] = images[0].bytes[at];
    }
    assert_store_repairs();
}

static void test_each_length(void **state)
{
    (void)state;
    struct image image = images[0];
    memset(image.bytes + image.count, 0, ROOM - image.count);
    for (image.count = 0; image.count <= ROOM; image.count++)
        check(&image);
    assert_store_repairs();
}

static void flip_bits(struct image *image, uint64_t *state)
{
    for (uint64_t left = 1 + random_next(state) % 4; left && image->count; left--) {
        const uint64_t random = random_next(state);
        image->bytes[random % image->count] ^= (unsigned char)(1u << (random >> 32) % 8);
    }
}

static void fill_run(struct image *image, uint64_t *state)
{
    const size_t at = random_next(state) % (image->count + 1);
    const size_t run = random_next(state) % (image->count - at + 1);
    const uint64_t random = random_next(state);
    for (size_t i = 0; i < run; i++)
        image->bytes[at + i] = random & 1 ? 0 : (unsigned char)random_next(state);
}

static void cut_out(struct image *image, uint64_t *state)
{
    const size_t at = random_next(state) % (image->count + 1);
    const size_t run = random_next(state) % (image->count - at + 1);
    memmove(image->bytes + at, image->bytes + at + run, image->count - at - run);
    image->count -= run;
}

static void put_in(struct image *image, uint64_t *state)
{
    const size_t at = random_next(state) % (image->count + 1);
    const size_t run = random_next(state) % (ROOM - image->count + 1);
    memmove(image->bytes + at + run, image->bytes + at, image->count - at);
    for (size_t i = 0; i < run; i++)
        image->bytes[at + i] = (unsigned char)random_next(state);
    image->count += run;
}

static void splice(struct image *image, uint64_t *state)
{
    const struct image *other = &images[random_next(state) % ENTRIES];
    const size_t shorter = image->count < other->count ? image->count : other->count;
    const size_t at = random_next(state) % (shorter + 1);
    memcpy(image->bytes + at, other->bytes + at, other->count - at);
    image->count = other->count;
}

/* A number of the header, changed a little or altogether. */
static void change_number(struct image *image, uint64_t *state)
{
    if (image->count < 48)
        return;
    const uint64_t random = random_next(state);
    unsigned char *number = image->bytes + 8 * (random % 6);
    if (random & 64)
        number[0] = (unsigned char)(number[0] + (random & 128 ? 1 : 255));
    else
        for (int i = 0; i < 8; i++)
            number[i] = (unsigned char)(random & 256 ? random_next(state) : 0xff);
}

/* Moves the border between key and binary, which keeps the sum of both lengths. */
static void move_border(struct image *image, uint64_t *state)
{
    if (image->count < 48)
        return;
    const unsigned char step = (unsigned char)(random_next(state) % 64);
    image->bytes[16] = (unsigned char)(image->bytes[16] + step);
    image->bytes[24] = (unsigned char)(image->bytes[24] - step);
}

static void test_random_mutations(void **state)
{
    (void)state;
    static void (*const mutations[])(struct image *, uint64_t *) = {
        flip_bits, fill_run, cut_out, put_in, splice, change_number, move_border};
    uint64_t random = random_seed("disk cache mutations");
    for (int i = 0; i < RANDOM_MUTATIONS; i++) {
        struct image image = images[0];
        for (uint64_t left = 1 + random_next(&random) % 3; left; left--)
            mutations[random_next(&random) % (sizeof mutations / sizeof *mutations)](&image,
                                                                                     &random);
        check(&image);
    }
    assert_store_repairs();
}

static void put(unsigned char *bytes, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

/* As it would be if another version, or the owner of the folder, had written the entry so. */
static void check_with_right_hash(struct image *image, const char *problem)
{
    const struct hash128 hash = hash_two(image->bytes, 32, image->bytes + 48, image->count - 48);
    put(image->bytes + 32, hash.low);
    put(image->bytes + 40, hash.high);
    assert_int_equal(scratch_write(files[0], image->bytes, image->count), 0);
    const char *why;
    assert_int_equal(sample_load(cache, &samples[0], NULL, &why), LOADED_NOTHING);
    assert_string_equal(why, problem);
}

static void test_right_hash_of_wrong_fields(void **state)
{
    (void)state;
    struct image image = images[0];
    image.bytes[0] ^= 1;
    check_with_right_hash(&image, "wrong magic number");
    image = images[0];
    put(image.bytes + 8, 2);
    check_with_right_hash(&image, "wrong format number");
    image = images[0];
    put(image.bytes + 16, UINT64_MAX);
    put(image.bytes + 24, samples[0].binary_length + samples[0].key_length + 1);
    check_with_right_hash(&image, "wrong length");
    image = images[0];
    image.count = 48 + samples[0].key_length;
    put(image.bytes + 24, 0);
    check_with_right_hash(&image, "wrong length");
    for (size_t longer = 0; longer < 2; longer++) {
        image = images[0];
        put(image.bytes + 16, samples[0].key_length + 2 * longer - 1);
        put(image.bytes + 24, samples[0].binary_length - 2 * longer + 1);
        check_with_right_hash(&image, "wrong key text");
    }
    assert_store_repairs();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_bit_and_byte),
        cmocka_unit_test(test_each_length),
        cmocka_unit_test(test_right_hash_of_wrong_fields),
        cmocka_unit_test(test_random_mutations),
    };
    return cmocka_run_group_tests_name("disk cache, mutations", tests, set_up, tear_down);
}
