/* The distance of a result from the exact value, in units in the last place. */
#ifndef CLWISE_TOOLS_ACCURACY_ULP_H
#define CLWISE_TOOLS_ACCURACY_ULP_H

#include <mpfr.h>

#include "tools/accuracy/float_format.h"

/* The place value of the last bit in the binade of `magnitude`, at least the smallest subnormal:
 * the exponent of two. */
int ulp_exponent(const struct float_format *format, mpfr_srcptr magnitude);

/* |result - exact| / ulp(exact). Infinity, as a result, counts as the number after the largest
 * finite one; an exact value that rounds to it is met by it. HUGE_VAL where NaN, a pole's sign or
 * a zero's sign is not met. *absolute (may be NULL) is |result - exact|. */
double ulp_error(const struct float_format *format, double result, mpfr_srcptr exact,
                 double *absolute);
/* The same in the norm, finite values only: |result - exact| / ulp(|exact|). */
double ulp_error_complex(const struct float_format *format, const double result[2],
                         mpfr_srcptr real, mpfr_srcptr imaginary, double *absolute);

#endif
