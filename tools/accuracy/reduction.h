/* Arguments of sin, cos and tan that are hard to reduce. */
#ifndef CLWISE_TOOLS_ACCURACY_REDUCTION_H
#define CLWISE_TOOLS_ACCURACY_REDUCTION_H

#include "tools/accuracy/float_format.h"

enum { MAX_REDUCTION_POINTS = 2 * 1100 };

/* Numbers of the format that come nearest to multiples of pi / 2, of all magnitudes. Returns how
 * many. */
int reduction_points(const struct float_format *format, double x[MAX_REDUCTION_POINTS]);

#endif
