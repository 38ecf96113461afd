#include "runtime/ops/expression_integer.h"

static const uint64_t lowest_magnitude = (uint64_t)1 << 63; /* of INT64_MIN */

struct integer integer_of(clw_scalar scalar)
{
    if (scalar.kind == CLW_SCALAR_UINT)
        return (struct integer){scalar.value.u, 0};
    const int64_t value = scalar.value.i;
    return (struct integer){value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0};
}

double integer_real(struct integer a)
{
    return a.negative ? -(double)a.magnitude : (double)a.magnitude;
}

static enum folded give(uint64_t magnitude, int negative, clw_scalar *out)
{
    if (negative && magnitude > lowest_magnitude)
        return FOLD_OUT_OF_RANGE;
    *out = (clw_scalar){.kind = CLW_SCALAR_INT};
    if (negative && magnitude)
        out->value.i = -(int64_t)(magnitude - 1) - 1;
    else if (magnitude <= INT64_MAX)
        out->value.i = (int64_t)magnitude;
    else {
        out->kind = CLW_SCALAR_UINT;
        out->value.u = magnitude;
    }
    return FOLD_DONE;
}

enum folded integer_negative(struct integer a, clw_scalar *out)
{
    return give(a.magnitude, !a.negative, out);
}

enum folded integer_add(struct integer a, struct integer b, clw_scalar *out)
{
    if (a.negative == b.negative)
        return a.magnitude > UINT64_MAX - b.magnitude
                   ? FOLD_OUT_OF_RANGE
                   : give(a.magnitude + b.magnitude, a.negative, out);
    if (a.magnitude >= b.magnitude)
        return give(a.magnitude - b.magnitude, a.negative, out);
    return give(b.magnitude - a.magnitude, b.negative, out);
}

enum folded integer_subtract(struct integer a, struct integer b, clw_scalar *out)
{
    b.negative = !b.negative;
    return integer_add(a, b, out);
}

enum folded integer_invert(struct integer a, clw_scalar *out)
{
    a.negative = !a.negative;
    return integer_add(a, (struct integer){1, 1}, out);
}

static int product_fits(uint64_t a, uint64_t b)
{
    return a == 0 || b <= UINT64_MAX / a;
}

enum folded integer_multiply(struct integer a, struct integer b, clw_scalar *out)
{
    if (!product_fits(a.magnitude, b.magnitude))
        return FOLD_OUT_OF_RANGE;
    return give(a.magnitude * b.magnitude, a.negative != b.negative, out);
}

enum folded integer_floor_divide(struct integer a, struct integer b, clw_scalar *out)
{
    if (b.magnitude == 0)
        return FOLD_ZERO_DIVISION;
    const int negative = a.negative != b.negative;
    const uint64_t rest = a.magnitude % b.magnitude;
    return give(a.magnitude / b.magnitude + (negative && rest), negative, out);
}

enum folded integer_remainder(struct integer a, struct integer b, clw_scalar *out)
{
    if (b.magnitude == 0)
        return FOLD_ZERO_DIVISION;
    const uint64_t rest = a.magnitude % b.magnitude;
    return give(rest && a.negative != b.negative ? b.magnitude - rest : rest, b.negative, out);
}

enum folded integer_power(struct integer a, struct integer b, clw_scalar *out)
{
    const int negative = a.negative && b.magnitude % 2;
    if (a.magnitude < 2)
        return give(b.magnitude ? a.magnitude : 1, negative, out);
    if (b.magnitude > 64)
        return FOLD_OUT_OF_RANGE;
    uint64_t product = 1;
    for (uint64_t i = 0; i < b.magnitude; i++) {
        if (!product_fits(product, a.magnitude))
            return FOLD_OUT_OF_RANGE;
        product *= a.magnitude;
    }
    return give(product, negative, out);
}

enum folded integer_left_shift(struct integer a, struct integer b, clw_scalar *out)
{
    if (b.negative)
        return FOLD_NO_VALUE;
    if (a.magnitude && (b.magnitude > 63 || a.magnitude > UINT64_MAX >> b.magnitude))
        return FOLD_OUT_OF_RANGE;
    return give(a.magnitude ? a.magnitude << b.magnitude : 0, a.negative, out);
}

enum folded integer_right_shift(struct integer a, struct integer b, clw_scalar *out)
{
    if (b.negative)
        return FOLD_NO_VALUE;
    if (a.negative)
        return give((b.magnitude > 63 ? 0 : (a.magnitude - 1) >> b.magnitude) + 1, 1, out);
    return give(b.magnitude > 63 ? 0 : a.magnitude >> b.magnitude, 0, out);
}

static uint64_t bits_of(struct integer a)
{
    return a.negative ? 0 - a.magnitude : a.magnitude;
}

/* From the low 64 bits; all bits above are the sign. */
static enum folded give_bits(uint64_t bits, int negative, clw_scalar *out)
{
    if (negative && bits < lowest_magnitude)
        return FOLD_OUT_OF_RANGE;
    return give(negative ? 0 - bits : bits, negative, out);
}

enum folded integer_and(struct integer a, struct integer b, clw_scalar *out)
{
    return give_bits(bits_of(a) & bits_of(b), a.negative & b.negative, out);
}

enum folded integer_or(struct integer a, struct integer b, clw_scalar *out)
{
    return give_bits(bits_of(a) | bits_of(b), a.negative | b.negative, out);
}

enum folded integer_xor(struct integer a, struct integer b, clw_scalar *out)
{
    return give_bits(bits_of(a) ^ bits_of(b), a.negative ^ b.negative, out);
}
