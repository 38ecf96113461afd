#include "tests/conformance/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- tables ---- */

static char *read_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be read: CLWISE_SHARED must name the folder that has golden/", path);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *length, file), *length);
    fclose(file);
    text[*length] = '\0';
    return text;
}

static void split_row(char *line, struct golden_row *row, int columns, const char *name)
{
    for (int c = 0; c < columns; c++) {
        if (!line)
            fail_msg("%s: a row has fewer than %d columns", name, columns);
        row->columns[c] = line;
        line = strchr(line, '\t');
        if (line)
            *line++ = '\0';
    }
}

void golden_read(struct golden_table *table, const char *name, int columns)
{
    char path[4096];
    size_t length;
    const char *shared = getenv("CLWISE_SHARED");
    snprintf(path, sizeof path, "%s/golden/%s.tsv", shared ? shared : "../shared", name);
    table->text = read_text(path, &length);
    int lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += table->text[i] == '\n';
    table->rows = calloc((size_t)lines + 1, sizeof *table->rows);
    assert_non_null(table->rows);
    table->count = 0;
    char *line = strchr(table->text, '\n') + 1; /* past the header */
    while (*line) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        split_row(line, &table->rows[table->count++], columns, name);
        line = end + 1;
    }
}

void golden_free(struct golden_table *table)
{
    free(table->rows);
    free(table->text);
}

int golden_words(char *text, char *words[], int most)
{
    int count = 0;
    if (strcmp(text, "-") == 0)
        return 0;
    for (char *rest = text; *rest && count < most;) {
        words[count++] = rest;
        rest += strcspn(rest, " ");
        if (*rest)
            *rest++ = '\0';
    }
    return count;
}

/* ---- bit patterns ---- */

static int part_count(clw_dtype dtype)
{
    return dtype == CLW_C64 || dtype == CLW_C128 ? 2 : 1;
}

static clw_dtype part_dtype(clw_dtype dtype)
{
    return dtype == CLW_C64 ? CLW_F32 : dtype == CLW_C128 ? CLW_F64 : dtype;
}

static const char *part_word(const char *word, int part)
{
    return part ? strchr(word, ',') + 1 : word;
}

void golden_element(const char *word, clw_dtype dtype, unsigned char *element)
{
    const size_t size = clw_dtype_size(part_dtype(dtype));
    for (int part = 0; part < part_count(dtype); part++) {
        const unsigned long long bits = strtoull(part_word(word, part), NULL, 16);
        memcpy(element + size * (size_t)part, &bits, size);
    }
}

/* Bits of exponent and of fraction. */
static int float_format(clw_dtype dtype, int *exponent, int *fraction)
{
    static const struct {
        clw_dtype dtype;
        int exponent, fraction;
    } formats[] = {{CLW_F16, 5, 10}, {CLW_BF16, 8, 7}, {CLW_F32, 8, 23}, {CLW_F64, 11, 52}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].dtype == dtype) {
            *exponent = formats[i].exponent;
            *fraction = formats[i].fraction;
            return 1;
        }
    return 0;
}

/* The exponent and fraction fields as they stand; 0 if the dtype is no float. */
static int float_fields(clw_dtype dtype, unsigned long long bits, unsigned long long *exponent,
                        unsigned long long *fraction, unsigned long long *top)
{
    int e, f;
    if (!float_format(dtype, &e, &f))
        return 0;
    *top = (1ULL << e) - 1;
    *exponent = bits >> f & *top;
    *fraction = bits & ((1ULL << f) - 1);
    return 1;
}

int golden_matches(const char *word, clw_dtype dtype, const unsigned char *element)
{
    const clw_dtype real = part_dtype(dtype);
    const size_t size = clw_dtype_size(real);
    for (int part = 0; part < part_count(dtype); part++) {
        const char *wanted = part_word(word, part);
        unsigned long long bits = 0, exponent, fraction, top;
        memcpy(&bits, element + size * (size_t)part, size);
        const int same = strncmp(wanted, "nan", 3) == 0
                             ? float_fields(real, bits, &exponent, &fraction, &top) &&
                                   exponent == top && fraction
                             : bits == strtoull(wanted, NULL, 16);
        if (!same)
            return 0;
    }
    return 1;
}

int golden_is_subnormal(const char *word, clw_dtype dtype)
{
    const clw_dtype real = part_dtype(dtype);
    if (real == CLW_F16) /* computes as a float, in which its subnormals are normal */
        return 0;
    for (int part = 0; part < part_count(dtype); part++) {
        unsigned long long exponent, fraction, top;
        const char *pattern = part_word(word, part);
        if (strncmp(pattern, "nan", 3) != 0 &&
            float_fields(real, strtoull(pattern, NULL, 16), &exponent, &fraction, &top) &&
            exponent == 0 && fraction)
            return 1;
    }
    return 0;
}

/* ---- contexts ---- */

clw_context *golden_context(clw_promotion promotion, clw_device_info *info)
{
    clw_error error = {CLW_OK, ""};
    clw_config config;
    clw_context *context = NULL;
    clw_config_init(&config);
    config.promotion = promotion;
    if (clw_context_create(&config, &context, &error))
        fail_msg("%s", error.message);
    info->struct_size = sizeof *info;
    if (clw_context_device(context, info, &error))
        fail_msg("%s", error.message);
    return context;
}

int golden_lacks(const clw_device_info *info, clw_dtype dtype)
{
    return !info->fp64 && (dtype == CLW_F64 || dtype == CLW_C128);
}

static int share_index, share_count = 1;

void golden_share(int argc, char **argv)
{
    if (argc > 1 && sscanf(argv[1], "%d/%d", &share_index, &share_count) != 2)
        share_count = 1;
}

int golden_is_mine(int group)
{
    return group % share_count == share_index;
}
