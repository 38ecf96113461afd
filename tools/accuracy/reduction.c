#include "tools/accuracy/reduction.h"

#include <math.h>
#include <mpfr.h>

enum { SPARE_BITS = 64 };

/* m 2^exponent is near a multiple of pi / 2 where m (2^exponent 2 / pi) is near an integer: the
 * best m are denominators of the continued fraction (J.-M. Muller, Elementary Functions, 2nd
 * ed., 10.2). The last two below 2^precision into m. */
static void best_multiples(mpfr_t fraction, int precision, double m[2])
{
    double before = 0, last = 1;
    m[0] = m[1] = 1;
    while (mpfr_regular_p(fraction)) {
        mpfr_t whole;
        mpfr_init2(whole, 64);
        mpfr_ui_div(fraction, 1, fraction, MPFR_RNDN);
        mpfr_floor(whole, fraction);
        mpfr_frac(fraction, fraction, MPFR_RNDN);
        const double next = mpfr_get_d(whole, MPFR_RNDN) * last + before;
        mpfr_clear(whole);
        if (next >= ldexp(1, precision))
            break;
        before = last;
        last = next;
        m[0] = before;
        m[1] = last;
    }
}

int reduction_points(const struct float_format *format, double x[MAX_REDUCTION_POINTS])
{
    int count = 0;
    mpfr_t ratio;
    mpfr_init2(ratio, format->max_exponent + 2 * format->precision + SPARE_BITS);
    for (int exponent = 1 - format->precision;
         exponent <= format->max_exponent + 1 - format->precision &&
         count + 2 <= MAX_REDUCTION_POINTS;
         exponent++) {
        double m[2];
        mpfr_const_pi(ratio, MPFR_RNDN);
        mpfr_ui_div(ratio, 2, ratio, MPFR_RNDN);
        mpfr_mul_2si(ratio, ratio, exponent, MPFR_RNDN);
        mpfr_frac(ratio, ratio, MPFR_RNDN);
        best_multiples(ratio, format->precision, m);
        x[count++] = ldexp(m[0], exponent);
        x[count++] = ldexp(m[1], exponent);
    }
    mpfr_clear(ratio);
    return count;
}
