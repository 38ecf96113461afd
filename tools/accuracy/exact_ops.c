#include "tools/accuracy/exact_ops.h"

#include <string.h>

/* Ops whose every bit the semantics define, as one rounding, as a sequence of roundings, or as a
 * choice. Tables of golden values and test vectors judge them. */
static const char *const names[] = {
    "absolute",   "add",           "addcdiv",        "addcmul",
    "ceil",       "clip",          "complex",        "conj",
    "copy",       "copysign",      "divide",         "divmod",
    "fabs",       "floor",         "floor_divide",   "fmax",
    "fmin",       "fmod",          "frac",           "frexp",
    "hardtanh",   "heaviside",     "imag",           "ldexp",
    "leaky_relu", "lerp",          "maximum",        "minimum",
    "modf",       "multiply",      "nan_to_num",     "negative",
    "nextafter",  "positive",      "real",           "reciprocal",
    "relu",       "remainder",     "rint",           "sign",
    "spacing",    "square",        "subtract",       "trunc",
    "where",      "random_normal", "random_uniform", "squared_difference",
};

int op_is_exact(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name))
            return 1;
    return 0;
}
