#include "bench/functions/bars.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define REAL "f32 f64"
#define COMPLEX "c64 c128"

/* A ratio that rows must have: time of the peer over clwise's. */
struct bar {
    enum peer_index peer;
    double at_least;
    const char *functions; /* NULL: all but the copy */
    const char *dtypes;
    const char *platform; /* part of its name; "": any */
};

static const struct bar bars[] = {
    {NUMPY, 1.0, NULL, REAL, ""},
    {TORCH, 1.0, NULL, REAL, ""},
    {TORCH, 1.3, "power lgamma log1p", REAL, ""},
    {TORCH, 1.3, "erf", "f64", ""},
    {TORCH, 1.3, NULL, COMPLEX, ""},
    {BUILTIN, 5.0, "log sin power erf lgamma", REAL, "Portable Computing Language"},
    {BUILTIN, 1 / 1.1, NULL, REAL, "Intel"},
    {BY_HAND, 1 / 1.1, NULL, REAL, "Intel"},
    {COPY, 1 / 1.15, "exp log sin tanh erf", "f32", ""},
};

static bool has_word(const char *words, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(words, word); at; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static bool applies(const struct bar *bar, const struct row *row)
{
    const char *name = row->function->name;
    return has_word(bar->dtypes, clw_dtype_name(row->dtype)) &&
           (bar->functions ? has_word(bar->functions, name) : strcmp(name, "copy") != 0);
}

static void print_misses(FILE *file, const struct bar *bar, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        const double ratio = row_ratio(&rows[i], bar->peer, false);
        if (applies(bar, &rows[i]) && ratio < bar->at_least)
            fprintf(file, "    missed: %s %s %.3f (of least times %.3f)\n", rows[i].op,
                    clw_dtype_name(rows[i].dtype), ratio, row_ratio(&rows[i], bar->peer, true));
    }
}

static void print_bar(FILE *file, const struct bar *bar, const struct row *rows, size_t count)
{
    size_t reached = 0, missed = 0, absent = 0;
    for (size_t i = 0; i < count; ++i) {
        const double ratio = row_ratio(&rows[i], bar->peer, false);
        if (!applies(bar, &rows[i]) || isnan(row_nanoseconds(&rows[i], bar->peer)))
            continue;
        if (isnan(ratio))
            ++absent;
        else if (ratio >= bar->at_least)
            ++reached;
        else
            ++missed;
    }
    if (reached + missed + absent == 0)
        return;
    fprintf(file,
            "%s / clwise at least %.2f, %s, %s: reached %zu, missed %zu, absent in clwise %zu\n",
            peers[bar->peer]->name, bar->at_least, bar->functions ? bar->functions : "all",
            bar->dtypes, reached, missed, absent);
    print_misses(file, bar, rows, count);
}

void print_bars(FILE *file, const clw_device_info *device, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < sizeof bars / sizeof *bars; ++i)
        if (strstr(device->platform_name, bars[i].platform))
            print_bar(file, &bars[i], rows, count);
}
