/* Where functions are measured. */
#ifndef CLWISE_TOOLS_ACCURACY_POINTS_H
#define CLWISE_TOOLS_ACCURACY_POINTS_H

#include "tools/accuracy/float_format.h"

enum { MAX_COLUMNS = 8, MAX_INTERVALS = 8, MAX_ZEROS = 8 };

struct interval {
    double low, high;
};

/* One column for each real input, two for each complex one: numbers of the format. */
struct points {
    int columns;
    size_t count, room;
    double *x[MAX_COLUMNS];
};

struct point_choice {
    const struct float_format *format;
    const char *op; /* its intervals are of interest */
    int columns;
    size_t random; /* how many random points beside the edges */
    uint64_t seed;
    struct interval range; /* also; ignored if empty */
    int no_subnormals;     /* the device flushes them */
    int finite;            /* neither infinities nor NaN */
    int degree;            /* the last column is the degree of a polynomial */
    int reduced;           /* the function reduces its argument by multiples of pi / 2 */
    int sparse;            /* exact values are dear: fewer edges */
};

/* 0, or -1 without memory. */
int points_make(const struct point_choice *choice, struct points *points);
/* The numbers of the format with bits first.. instead. */
int points_consecutive(const struct point_choice *choice, uint64_t first, size_t count,
                       struct points *points);
void points_finish(struct points *points);
int points_add(struct points *points, const double *x);

/* The intervals of interest of an op; every op has some. Returns how many. */
int intervals_of(const char *op, struct interval intervals[MAX_INTERVALS]);
/* Where the function is 0 though its argument is not special. Returns how many. */
int zeros_of(const char *op, double x[MAX_ZEROS]);

#endif
