/* Binary floating-point formats, their numbers held as doubles. */
#ifndef CLWISE_TOOLS_ACCURACY_FLOAT_FORMAT_H
#define CLWISE_TOOLS_ACCURACY_FLOAT_FORMAT_H

#include <clwise/clwise.h>

struct float_format {
    clw_dtype dtype;
    int bytes;
    int precision;    /* bits of the significand, the hidden one too */
    int min_exponent; /* of the smallest normal number */
    int max_exponent; /* of the largest finite number */
    double smallest_normal, largest;
};

/* The format of a dtype's numbers, or of the parts of complex ones; NULL: no float. */
const struct float_format *float_format_of(clw_dtype dtype);
int dtype_is_complex(clw_dtype dtype);

double float_decode(const struct float_format *format, uint64_t bits);
/* The bits of the nearest number of the format, ties to even. */
uint64_t float_encode(const struct float_format *format, double value);
double float_round(const struct float_format *format, double value);
double float_smallest(const struct float_format *format);
/* `steps` numbers further up; stays at infinity. The value is not NaN. */
double float_step(const struct float_format *format, double value, int64_t steps);

/* One element of an array in memory. */
double float_load(const struct float_format *format, const void *memory, size_t index);
void float_store(const struct float_format *format, void *memory, size_t index, double value);

#endif
