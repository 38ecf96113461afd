/* Random operands of a call: shapes that mostly broadcast together, strides and offsets. */
#ifndef CLWISE_TESTS_GEOMETRY_CASES_H
#define CLWISE_TESTS_GEOMETRY_CASES_H

#include "runtime/plan/geometry.h"
#include "tests/unit/random_stream.h"

enum { CASE_OPERANDS = 4, CASE_SMALL = 96 };

struct geometry_case {
    int noperands;
    size_t itemsizes[CASE_OPERANDS];
    struct layout operands[CASE_OPERANDS];
    int64_t offsets[CASE_OPERANDS];
};

void draw_case(struct random_stream *stream, struct geometry_case *out);
void print_case(const struct geometry_case *c);
/* A stride, offset or extent from anywhere in 64 bits, with a liking for the ends. */
int64_t draw_any(struct random_stream *stream);

#endif
