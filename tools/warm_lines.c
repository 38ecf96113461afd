#include "tools/warm_lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/registry.h"
#include "tools/report.h"
#include "tools/suggest.h"

int lines_add(struct lines *lines, const char *words, clw_error *error)
{
    for (int i = 0; i < lines->count; i++)
        if (strcmp(lines->words[i], words) == 0)
            return DONE;
    if (lines->count == lines->capacity) {
        const int capacity = lines->capacity ? 2 * lines->capacity : 64;
        char **const grown = realloc(lines->words, (size_t)capacity * sizeof *grown);
        if (!grown)
            return fail(error, "out of memory");
        lines->words = grown;
        lines->capacity = capacity;
    }
    lines->words[lines->count] = strdup(words);
    return lines->words[lines->count] && ++lines->count ? DONE : fail(error, "out of memory");
}

void lines_finish(struct lines *lines)
{
    for (int i = 0; i < lines->count; i++)
        free(lines->words[i]);
    free(lines->words);
}

/* ---- from a file ---- */

static int read_all(struct lines *lines, FILE *file, const char *name, clw_error *error)
{
    char *words = NULL;
    size_t room = 0;
    int status = DONE;
    for (ssize_t length; status == DONE && (length = getline(&words, &room, file)) >= 0;) {
        words[strcspn(words, "\n")] = '\0';
        if (*words)
            status = lines_add(lines, words, error);
    }
    free(words);
    if (status == DONE && ferror(file))
        return fail(error, "%s: cannot be read: %s", name, strerror(errno));
    return status;
}

int lines_read(struct lines *lines, const char *path, clw_error *error)
{
    if (strcmp(path, "-") == 0)
        return read_all(lines, stdin, "standard input", error);
    FILE *const file = fopen(path, "r");
    if (!file)
        return fail(error, "%s: cannot be opened: %s", path, strerror(errno));
    const int status = read_all(lines, file, path, error);
    fclose(file);
    return status;
}

/* ---- from names ---- */

/* Large enough for threads to be worth it, and small enough for one to be: of both tiers. */
enum { ROWS = 256, COLUMNS = 256, CHANNELS = 3, LARGE = 1 << 26, WORDS = 4096 };

/* How an input lies. */
enum lie {
    WHOLE,
    FLAT,
    ONE,
    ROW,
    COLUMN,
    TURNED,
    BACKWARDS,
    EVERY_SECOND,
    VAST,
    IMAGE,
    OF_CHANNELS,
    OF_PIXELS
};

/* Of the first inputs, and of the last one. */
static const struct pattern {
    const char *name;
    enum lie first, last;
    int least_inputs;
} patterns_known[] = {
    {"contiguous", FLAT, FLAT, 1},
    {"scalar", FLAT, ONE, 2},
    {"row", WHOLE, ROW, 2},
    {"column", WHOLE, COLUMN, 2},
    {"outer", COLUMN, ROW, 2},
    {"transposed", WHOLE, TURNED, 1},
    {"reversed", WHOLE, BACKWARDS, 1},
    {"strided", WHOLE, EVERY_SECOND, 1},
    {"large", VAST, VAST, 1},
    {"channels", IMAGE, OF_CHANNELS, 2},
    {"pixels", IMAGE, OF_PIXELS, 2},
};
enum { PATTERNS = sizeof patterns_known / sizeof *patterns_known };

static void add_input(char *words, clw_dtype dtype, enum lie lie)
{
    const char *const name = clw_dtype_name(dtype);
    const int size = (int)clw_dtype_size(dtype);
    char *const at = words + strlen(words);
    const size_t room = WORDS - strlen(words);
    switch (lie) {
    case WHOLE:
        snprintf(at, room, " in=%s[%d,%d]{%d,%d}@16", name, ROWS, COLUMNS, COLUMNS * size, size);
        break;
    case FLAT:
        snprintf(at, room, " in=%s[%d]{%d}@16", name, ROWS * COLUMNS, size);
        break;
    case ONE:
        snprintf(at, room, " in=%s[]{}@16", name);
        break;
    case ROW:
        snprintf(at, room, " in=%s[%d]{%d}@16", name, COLUMNS, size);
        break;
    case COLUMN:
        snprintf(at, room, " in=%s[%d,1]{%d,%d}@16", name, ROWS, size, size);
        break;
    case TURNED:
        snprintf(at, room, " in=%s[%d,%d]{%d,%d}@16", name, ROWS, COLUMNS, size, ROWS * size);
        break;
    case BACKWARDS:
        snprintf(at, room, " in=%s[%d,%d]{%d,%d}@%d", name, ROWS, COLUMNS, COLUMNS * size, -size,
                 size);
        break;
    case EVERY_SECOND:
        snprintf(at, room, " in=%s[%d,%d]{%d,%d}@16", name, ROWS, COLUMNS, 2 * COLUMNS * size,
                 2 * size);
        break;
    case VAST:
        snprintf(at, room, " in=%s[%d]{%d}@16", name, LARGE, size);
        break;
    case IMAGE:
        snprintf(at, room, " in=%s[%d,%d]{%d,%d}@16", name, ROWS * COLUMNS, CHANNELS,
                 CHANNELS * size, size);
        break;
    case OF_CHANNELS:
        snprintf(at, room, " in=%s[%d]{%d}@16", name, CHANNELS, size);
        break;
    case OF_PIXELS:
        snprintf(at, room, " in=%s[%d,1]{%d,%d}@16", name, ROWS * COLUMNS, size, size);
        break;
    }
}

static int add_line(struct lines *lines, const clw_op *op, const clw_dtype *dtypes,
                    const struct pattern *pattern, clw_error *error)
{
    char words[WORDS];
    const int nin = clw_op_input_count(op);
    if (nin < pattern->least_inputs)
        return DONE;
    snprintf(words, sizeof words, "1 op=%s rule=numpy fp64=strict", clw_op_name(op));
    for (int i = 0; i < nin; i++)
        add_input(words, dtypes[i], i == nin - 1 ? pattern->last : pattern->first);
    for (int i = 0; i < clw_op_output_count(op); i++)
        snprintf(words + strlen(words), sizeof words - strlen(words), " out=new");
    return lines_add(lines, words, error);
}

/* ---- lists of names ---- */

/* 1 if the list has the name, or is "all". */
static int is_listed(const char *list, const char *name)
{
    const size_t length = strlen(name);
    if (strcmp(list, "all") == 0)
        return 1;
    for (const char *at = list; at; at = strchr(at, ','), at = at ? at + 1 : NULL)
        if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0'))
            return 1;
    return 0;
}

/* What the names of a list may be. */
struct names {
    const char *option;
    int (*is_one)(clw_context *context, const char *name, struct suggestion *suggestion);
};

static int is_op(clw_context *context, const char *name, struct suggestion *suggestion)
{
    for (int i = 0; i < clw_op_count(context); i++)
        suggestion_consider(suggestion, clw_op_name(clw_op_at(context, i)));
    const clw_op *const op = clw_op_find(context, name);
    if (op)
        suggestion->best = clw_op_name(op); /* it may be an alias */
    return op && strcmp(clw_op_name(op), name) == 0;
}

static int is_dtype(clw_context *context, const char *name, struct suggestion *suggestion)
{
    (void)context;
    for (int i = 0; i < CLW_DTYPE_COUNT; i++)
        suggestion_consider(suggestion, clw_dtype_name((clw_dtype)i));
    return clw_dtype_from_name(name) != CLW_DTYPE_COUNT;
}

static int is_pattern(clw_context *context, const char *name, struct suggestion *suggestion)
{
    int found = 0;
    (void)context;
    for (int i = 0; i < PATTERNS; i++) {
        suggestion_consider(suggestion, patterns_known[i].name);
        found |= strcmp(name, patterns_known[i].name) == 0;
    }
    return found;
}

static int check_list(const struct names *names, clw_context *context, const char *list,
                      clw_error *error)
{
    char name[80], words[120];
    for (const char *at = list; at; at = strchr(at, ','), at = at ? at + 1 : NULL) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at, ","), at);
        struct suggestion suggestion = suggestion_for(name);
        if (strcmp(name, "all") != 0 && !names->is_one(context, name, &suggestion))
            return misuse(error, "%s: there is none called '%s'%s", names->option, name,
                          suggestion_words(&suggestion, words, sizeof words));
    }
    return DONE;
}

/* ---- loops ---- */

enum { MOST_DTYPES = 16 };

/* 1 if input i has the same dtype in every loop. */
static int is_fixed(const clw_op *op, int i)
{
    clw_dtype first[MOST_DTYPES], dtypes[MOST_DTYPES];
    clw_op_loop(op, 0, first, MOST_DTYPES);
    for (int k = 1; k < clw_op_loop_count(op); k++)
        if (clw_op_loop(op, k, dtypes, MOST_DTYPES) <= i || dtypes[i] != first[i])
            return 0;
    return 1;
}

/* 1 if each of the loop's inputs has a dtype of the list, or one that it has in every loop. */
static int is_wanted(const clw_op *op, const clw_dtype *dtypes, const char *list)
{
    int listed = 0;
    for (int i = 0; i < clw_op_input_count(op); i++) {
        const int is_in_list = is_listed(list, clw_dtype_name(dtypes[i]));
        if (!is_in_list && !is_fixed(op, i))
            return 0;
        listed += is_in_list;
    }
    return listed > 0;
}

static int add_op(struct lines *lines, const clw_op *op, const char *dtypes, const char *patterns,
                  clw_error *error)
{
    int status = DONE;
    for (int k = 0; status == DONE && k < clw_op_loop_count(op); k++) {
        clw_dtype loop[MOST_DTYPES];
        if (clw_op_loop(op, k, loop, MOST_DTYPES) == 0 || !is_wanted(op, loop, dtypes))
            continue;
        for (int p = 0; status == DONE && p < PATTERNS; p++)
            if (is_listed(patterns, patterns_known[p].name))
                status = add_line(lines, op, loop, &patterns_known[p], error);
    }
    return status;
}

int lines_make(struct lines *lines, clw_context *context, const char *ops, const char *dtypes,
               const char *patterns, clw_error *error)
{
    int status = check_list(&(struct names){"--ops", is_op}, context, ops, error);
    if (status == DONE)
        status = check_list(&(struct names){"--dtypes", is_dtype}, context, dtypes, error);
    if (status == DONE)
        status = check_list(&(struct names){"--patterns", is_pattern}, context, patterns, error);
    for (int i = 0; status == DONE && i < clw_op_count(context); i++) {
        const clw_op *const op = clw_op_at(context, i);
        if (is_listed(ops, clw_op_name(op)) && clw_op_input_count(op) > 0)
            status = add_op(lines, op, dtypes, patterns, error);
    }
    return status;
}
