/* Numbers on the command line, as Python writes them. */
#ifndef CLWISE_TOOLS_NUMBER_H
#define CLWISE_TOOLS_NUMBER_H

#include <clwise/clwise.h>

enum number_kind {
    NUMBER_NONE,  /* the text is something else */
    NUMBER_LARGE, /* an integer of more than 64 bits */
    NUMBER_GOOD
};

/* True, 12, -0x1f, 2.5e3, -inf, nan, 1+2j. The locale must be C, as it is in a program that does
 * not set one. */
enum number_kind number_parse(const char *text, clw_scalar *value);

#endif
