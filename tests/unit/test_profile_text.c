/* A profile as text: what is written is read again, and text of another kind tells nothing. Texts
 * lie in memory of just their length, where sanitizers see a byte read behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/device/profile.h"

#include <cmocka.h>

static void read_exactly(struct profile *profile, const char *words)
{
    const size_t length = strlen(words);
    char *const copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, words, length);
    profile_read(profile, copy, length);
    free(copy);
}

static void test_reads_what_it_wrote(void **state)
{
    const int64_t facts[PROFILE_FACTS] = {123456, PROFILE_NEVER, 4096, 256};
    struct profile profile = {{0}}, again = {{0}};
    struct text words;
    (void)state;
    text_init(&words, NULL);
    for (int i = 0; i < PROFILE_FACTS; i++)
        profile_set(&profile, (enum profile_fact)i, facts[i]);
    profile_words(&profile, &words);
    assert_false(words.failed);
    read_exactly(&again, words.data);
    for (int i = 0; i < PROFILE_FACTS; i++) {
        assert_true(profile_knows(&again, (enum profile_fact)i));
        assert_int_equal(profile_get(&again, (enum profile_fact)i), facts[i]);
    }
    text_finish(&words);
}

static void test_other_text_tells_nothing(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "run",
        "run\n",
        "run \n",
        "run  4096\n",
        "run \t4096\n",
        "run 4096",
        "run 4096 \n",
        "run +4096\n",
        "run -4096\n",
        "run 0x1000\n",
        "run 4e3\n",
        "run 1023\n",
        "run 1048577\n",
        "run 18446744073709555712\n",
        "streamed 9223372036854775808\n",
        "streamed 99999999999999999999999999999999999999\n",
        "tile 257\n",
        "tile \n\n\n",
        "running 4096\n",
        "\nru\nn 4096\n",
    };
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct profile profile = {{0}};
        read_exactly(&profile, texts[t]);
        for (int i = 0; i < PROFILE_FACTS; i++)
            if (profile_knows(&profile, (enum profile_fact)i))
                fail_msg("'%s' was read", texts[t]);
    }
}

static void test_lines_stand_alone(void **state)
{
    struct profile profile = {{0}};
    (void)state;
    read_exactly(&profile, "unknown 3\ntile \nrun 4096\ntile 512\nrun");
    assert_int_equal(profile_get(&profile, PROFILE_RUN), 4096);
    assert_int_equal(profile_get(&profile, PROFILE_TILE), 512);
    assert_true(profile_knows(&profile, PROFILE_TILE));
    assert_false(profile_knows(&profile, PROFILE_CROSSOVER));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_what_it_wrote),
        cmocka_unit_test(test_other_text_tells_nothing),
        cmocka_unit_test(test_lines_stand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
