/* The largest error of results at points. */
#ifndef CLWISE_TOOLS_ACCURACY_MEASURE_H
#define CLWISE_TOOLS_ACCURACY_MEASURE_H

#include "tools/accuracy/bound.h"
#include "tools/accuracy/oracle.h"
#include "tools/accuracy/points.h"

struct worst {
    double ulp;
    double x[MAX_COLUMNS], y[2], exact[2];
};

struct measurement {
    size_t points;
    struct worst all;    /* over all points */
    struct worst beyond; /* over those whose absolute error exceeds the absolute bound */
    double absolute;     /* the largest absolute error at |exact| < 1 that is within that bound */
};

struct judge {
    const struct oracle *real;
    const struct complex_oracle *complex; /* one of the two */
    const struct float_format *format;    /* of the output */
    struct bound bound;
    const double *params;
    int param_count;
    int complex_result;
    int no_subnormals;
};

/* Results y of points first..first+count; adds to the measurement. */
void measure(const struct judge *judge, const struct points *points, size_t first, size_t count,
             double *const y[2], struct measurement *measurement);

/* What the bound is about. */
const struct worst *measured(const struct measurement *measurement, const struct bound *bound);
int within(const struct measurement *measurement, const struct bound *bound);

#endif
