/* Floats of 16 bits, as the host has no type for them. */
#ifndef CLWISE_TOOLS_FLOAT16_H
#define CLWISE_TOOLS_FLOAT16_H

#include <stdint.h>

double float16_value(uint16_t bits);  /* IEEE 754 binary16 */
double bfloat16_value(uint16_t bits); /* the upper half of a float */

#endif
