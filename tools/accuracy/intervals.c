/* Where the functions are interesting: random points are taken evenly from there too. */
#include <string.h>

#include "tools/accuracy/points.h"

static const struct {
    const char *op; /* NULL: all ops */
    struct interval interval;
} table[] = {
    {NULL, {-1, 1}},          {NULL, {-10, 10}},        {NULL, {-100, 100}},
    {"exp", {-104, 89}},      {"exp", {-746, 710}},     {"expm1", {-40, 89}},
    {"expm1", {-1, 710}},     {"exp2", {-150, 128}},    {"exp2", {-1075, 1024}},
    {"exp10", {-45, 39}},     {"exp10", {-324, 309}},   {"log", {0.5, 2}},
    {"log2", {0.5, 2}},       {"log10", {0.5, 2}},      {"log1p", {-1, 1}},
    {"sinh", {-90, 90}},      {"sinh", {-711, 711}},    {"cosh", {-90, 90}},
    {"cosh", {-711, 711}},    {"sin", {-10000, 10000}}, {"cos", {-10000, 10000}},
    {"tan", {-10000, 10000}}, {"sin", {-1e6, 1e6}},     {"cos", {-1e6, 1e6}},
    {"tan", {-1e6, 1e6}},     {"erfc", {-1, 28}},       {"erf", {-6, 6}},
    {"lgamma", {-4, 0}},      {"lgamma", {0.5, 3}},     {"digamma", {-4, 0}},
    {"digamma", {1, 2}},      {"logit", {0, 1}},        {"asin", {0.4, 1}},
    {"acos", {0.4, 1}},       {"acosh", {1, 2}},        {"ndtr", {-40, 10}},
    {"log_ndtr", {-40, 10}},  {"ndtri", {0, 1}},        {"sigmoid", {-750, 40}},
};

int intervals_of(const char *op, struct interval intervals[MAX_INTERVALS])
{
    int count = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table && count < MAX_INTERVALS; i++)
        if (!table[i].op || !strcmp(table[i].op, op))
            intervals[count++] = table[i].interval;
    return count;
}
