#include "tools/accuracy/quick.h"

#include <math.h>

static const double pi = 0x1.921fb54442d18p+1;

double quick_exp10(double x)
{
    return (double)powl(10, (long double)x);
}

double quick_rsqrt(double x)
{
    return 1 / sqrt(x);
}

double quick_reciprocal(double x)
{
    return 1 / x;
}

/* Of the distance to the nearest zero, which is exact. */
double quick_sinpi(double x)
{
    const double turn = remainder(x, 2);
    const double near = fabs(turn) > 0.5 ? 1 - fabs(turn) : fabs(turn);
    return copysign(sin(pi * near), turn);
}

double quick_cospi(double x)
{
    return sin(pi * (0.5 - fabs(remainder(x, 2))));
}

double quick_tanpi(double x)
{
    return quick_sinpi(x) / quick_cospi(x);
}

double quick_sinc(double x)
{
    return x == 0 ? 1 : quick_sinpi(x) / (pi * x);
}

double quick_sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

double quick_softplus(double x)
{
    return x > 700 ? x : log1p(exp(x));
}

double quick_silu(double x)
{
    return x * quick_sigmoid(x);
}

double quick_mish(double x)
{
    return x * tanh(quick_softplus(x));
}

double quick_logit(double x)
{
    return fabs(x - 0.5) < 0.25 ? log1p((2 * x - 1) / (1 - x)) : log(x / (1 - x));
}

double quick_entr(double x)
{
    return x == 0 ? 0 : x < 0 ? -HUGE_VAL : -x * log(x);
}

double quick_degrees(double x)
{
    return x * (180 / pi);
}

double quick_radians(double x)
{
    return x * (pi / 180);
}

double quick_ndtr(double x)
{
    return (double)(erfcl((long double)x * -0xb.504f333f9de6484p-4L) / 2);
}

double quick_gelu(double x)
{
    return x * quick_ndtr(x);
}

double quick_lgamma(double x)
{
    int sign = 0;
    return lgamma_r(x, &sign);
}
