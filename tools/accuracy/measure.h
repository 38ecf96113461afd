/* The largest error of results at points. */
#ifndef CLWISE_TOOLS_ACCURACY_MEASURE_H
#define CLWISE_TOOLS_ACCURACY_MEASURE_H

#include "tools/accuracy/bound.h"
#include "tools/accuracy/oracle.h"
#include "tools/accuracy/points.h"

enum { EXACT_TEXT = 56 };

struct worst {
    double ulp;
    double x[MAX_COLUMNS], y[2];
    char exact[2][EXACT_TEXT];
    double params[ORACLE_MAX_PARAMS];
};

struct measurement {
    size_t points;       /* that were judged */
    struct worst all;    /* over all of them */
    struct worst beyond; /* over those whose absolute error exceeds the absolute bound */
    double absolute;     /* the largest absolute error within that bound, at |exact| < 1 */
};

struct judge {
    const struct oracle *real;
    const struct complex_oracle *complex; /* one of the two */
    const struct float_format *format;    /* of the output, or of its parts */
    struct bound bound;
    double params[ORACLE_MAX_PARAMS];
    int param_count;
    int inputs;
    int complex_input[ORACLE_MAX_INPUTS];
    int complex_result;
    int no_subnormals; /* the device flushes them */
};

/* Of results y at points first..first + count; adds to the measurement. */
void measure(const struct judge *judge, const struct points *points, size_t first, size_t count,
             double *const y[2], struct measurement *measurement);

/* What the bound is about, and whether it holds. */
const struct worst *measured(const struct measurement *measurement, const struct bound *bound);
int within(const struct measurement *measurement, const struct bound *bound);

#endif
