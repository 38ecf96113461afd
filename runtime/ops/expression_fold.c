#include "runtime/ops/expression_fold.h"

#include <math.h>

static enum folded give_float(double value, clw_scalar *out)
{
    *out = (clw_scalar){.kind = CLW_SCALAR_FLOAT};
    out->value.f = value;
    return FOLD_DONE;
}

static enum folded give_complex(double real, double imaginary, clw_scalar *out)
{
    *out = (clw_scalar){.kind = CLW_SCALAR_COMPLEX};
    out->value.c[0] = real;
    out->value.c[1] = imaginary;
    return FOLD_DONE;
}

/* ---- Floats ---- */

static enum folded float_add(double a, double b, clw_scalar *out)
{
    return give_float(a + b, out);
}

static enum folded float_subtract(double a, double b, clw_scalar *out)
{
    return give_float(a - b, out);
}

static enum folded float_multiply(double a, double b, clw_scalar *out)
{
    return give_float(a * b, out);
}

static enum folded float_divide(double a, double b, clw_scalar *out)
{
    return b == 0 ? FOLD_ZERO_DIVISION : give_float(a / b, out);
}

/* fmod is exact; the sign of the divisor costs one rounding. */
static double floor_remainder(double a, double b)
{
    const double rest = fmod(a, b);
    if (rest == 0)
        return copysign(0.0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

static enum folded float_remainder(double a, double b, clw_scalar *out)
{
    return b == 0 ? FOLD_ZERO_DIVISION : give_float(floor_remainder(a, b), out);
}

static enum folded float_floor_divide(double a, double b, clw_scalar *out)
{
    if (b == 0)
        return FOLD_ZERO_DIVISION;
    const double rest = fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0))
        quotient -= 1;
    if (quotient == 0)
        return give_float(copysign(0.0, a / b), out);
    return give_float(rint(quotient), out);
}

static enum folded float_power(double a, double b, clw_scalar *out)
{
    if (a == 0 && b < 0)
        return FOLD_ZERO_DIVISION;
    const double power = pow(a, b);
    if (isfinite(a) && isfinite(b) && !isfinite(power))
        return isnan(power) ? FOLD_NO_VALUE : FOLD_OUT_OF_RANGE;
    return give_float(power, out);
}

static enum folded float_negative(double a, double b, clw_scalar *out)
{
    (void)b;
    return give_float(-a, out);
}

static enum folded float_positive(double a, double b, clw_scalar *out)
{
    (void)b;
    return give_float(a, out);
}

/* ---- Complex numbers ---- */

static enum folded complex_add(const double a[2], const double b[2], clw_scalar *out)
{
    return give_complex(a[0] + b[0], a[1] + b[1], out);
}

static enum folded complex_subtract(const double a[2], const double b[2], clw_scalar *out)
{
    return give_complex(a[0] - b[0], a[1] - b[1], out);
}

static enum folded complex_multiply(const double a[2], const double b[2], clw_scalar *out)
{
    return give_complex(a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0], out);
}

/* Smith's method: both parts of b are divided by the larger one, so that no square overflows. */
static enum folded complex_divide(const double a[2], const double b[2], clw_scalar *out)
{
    if (b[0] == 0 && b[1] == 0)
        return FOLD_ZERO_DIVISION;
    if (fabs(b[0]) >= fabs(b[1])) {
        const double ratio = b[1] / b[0];
        const double divisor = b[0] + b[1] * ratio;
        return give_complex((a[0] + a[1] * ratio) / divisor, (a[1] - a[0] * ratio) / divisor, out);
    }
    const double ratio = b[0] / b[1];
    const double divisor = b[0] * ratio + b[1];
    return give_complex((a[0] * ratio + a[1]) / divisor, (a[1] * ratio - a[0]) / divisor, out);
}

static enum folded complex_negative(const double a[2], const double b[2], clw_scalar *out)
{
    (void)b;
    return give_complex(-a[0], -a[1], out);
}

static enum folded complex_positive(const double a[2], const double b[2], clw_scalar *out)
{
    (void)b;
    return give_complex(a[0], a[1], out);
}

/* ---- Integers, where they differ ---- */

static enum folded integers_divide(struct integer a, struct integer b, clw_scalar *out)
{
    return float_divide(integer_real(a), integer_real(b), out);
}

static enum folded integers_power(struct integer a, struct integer b, clw_scalar *out)
{
    if (b.negative)
        return float_power(integer_real(a), integer_real(b), out);
    return integer_power(a, b, out);
}

static enum folded integers_negative(struct integer a, struct integer b, clw_scalar *out)
{
    (void)b;
    return integer_negative(a, out);
}

static enum folded integers_positive(struct integer a, struct integer b, clw_scalar *out)
{
    (void)b;
    return integer_add(a, (struct integer){0, a.negative}, out);
}

static enum folded integers_invert(struct integer a, struct integer b, clw_scalar *out)
{
    (void)b;
    return integer_invert(a, out);
}

const struct folding fold_add = {integer_add, float_add, complex_add};
const struct folding fold_subtract = {integer_subtract, float_subtract, complex_subtract};
const struct folding fold_multiply = {integer_multiply, float_multiply, complex_multiply};
const struct folding fold_divide = {integers_divide, float_divide, complex_divide};
const struct folding fold_floor_divide = {integer_floor_divide, float_floor_divide, NULL};
const struct folding fold_remainder = {integer_remainder, float_remainder, NULL};
const struct folding fold_power = {integers_power, float_power, NULL};
const struct folding fold_left_shift = {integer_left_shift, NULL, NULL};
const struct folding fold_right_shift = {integer_right_shift, NULL, NULL};
const struct folding fold_and = {integer_and, NULL, NULL};
const struct folding fold_or = {integer_or, NULL, NULL};
const struct folding fold_xor = {integer_xor, NULL, NULL};
const struct folding fold_negative = {integers_negative, float_negative, complex_negative};
const struct folding fold_positive = {integers_positive, float_positive, complex_positive};
const struct folding fold_invert = {integers_invert, NULL, NULL};

/* ---- The kind in which two literals meet ---- */

static int is_integer(clw_scalar_kind kind)
{
    return kind == CLW_SCALAR_INT || kind == CLW_SCALAR_UINT;
}

/* Of a float or an integer. */
static double real_part(clw_scalar scalar)
{
    return is_integer(scalar.kind) ? integer_real(integer_of(scalar)) : scalar.value.f;
}

static void complex_parts(clw_scalar scalar, double parts[2])
{
    const int is_complex = scalar.kind == CLW_SCALAR_COMPLEX;
    parts[0] = is_complex ? scalar.value.c[0] : real_part(scalar);
    parts[1] = is_complex ? scalar.value.c[1] : 0;
}

enum folded fold(const struct folding *folding, clw_scalar a, clw_scalar b, clw_scalar *out)
{
    if (!folding || a.kind == CLW_SCALAR_BOOL || b.kind == CLW_SCALAR_BOOL)
        return FOLD_NOT;
    if (a.kind == CLW_SCALAR_COMPLEX || b.kind == CLW_SCALAR_COMPLEX) {
        double first[2], second[2];
        complex_parts(a, first);
        complex_parts(b, second);
        return folding->complexes ? folding->complexes(first, second, out) : FOLD_NOT;
    }
    if (is_integer(a.kind) && is_integer(b.kind))
        return folding->integers(integer_of(a), integer_of(b), out);
    return folding->floats ? folding->floats(real_part(a), real_part(b), out) : FOLD_NOT;
}

const char *fold_problem(enum folded folded)
{
    static const char *const problems[] = {
        [FOLD_OUT_OF_RANGE] = "the result is out of range",
        [FOLD_ZERO_DIVISION] = "division by zero",
        [FOLD_NO_VALUE] = "the operator has no value for these numbers",
    };
    return problems[folded];
}
