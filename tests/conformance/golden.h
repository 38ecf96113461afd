/* Golden tables: tab-separated files in $CLWISE_SHARED/golden, and bit patterns in words. */
#ifndef TESTS_CONFORMANCE_GOLDEN_H
#define TESTS_CONFORMANCE_GOLDEN_H

#include <clwise/clwise.h>

enum { GOLDEN_MAX_COLUMNS = 8, GOLDEN_MAX_WORDS = 8 };

struct golden_row {
    char *columns[GOLDEN_MAX_COLUMNS];
};

struct golden_table {
    char *text;
    struct golden_row *rows;
    int count;
};

/* Reads $CLWISE_SHARED/golden/NAME.tsv without its header line; fails the test if it cannot. */
void golden_read(struct golden_table *table, const char *name, int columns);
void golden_free(struct golden_table *table);

/* Splits at spaces, in place; returns how many; "-" is none. */
int golden_words(char *text, char *words[], int most);
/* "0x3f800000" or "0x..,0x.." as one element of dtype in memory. */
void golden_element(const char *word, clw_dtype dtype, unsigned char *element);
/* 1 if the element is what the word says; "nan" is any NaN, also as one part of a complex number.
 */
int golden_matches(const char *word, clw_dtype dtype, const unsigned char *element);
/* 1 if the pattern is a subnormal of a float that computes as one: f32, bf16, f64 or part of a
 * complex number. */
int golden_is_subnormal(const char *word, clw_dtype dtype);

/* The context for tests: device of $CLWISE_DEVICE, log off; fails the test if there is none. */
clw_context *golden_context(clw_promotion promotion, clw_device_info *info);
/* 1 if the device cannot compute in the dtype. */
int golden_lacks(const clw_device_info *info, clw_dtype dtype);

/* "K/N" on the command line: this process takes group g if g % N == K. */
void golden_share(int argc, char **argv);
int golden_is_mine(int group);

#endif
