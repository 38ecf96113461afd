/* Python's numbers: 12, 1_000, 0x1f, 1.5e3, 2j. */
#ifndef CLWISE_TOOLS_LITERAL_NUMBER_H
#define CLWISE_TOOLS_LITERAL_NUMBER_H

#include "tools/literal.h"

/* A letter, digit, underscore or anything beyond ASCII. */
int literal_is_identifier(unsigned char byte);
/* Sets the value's kind and integer. Returns 0 if the number is malformed. */
int literal_parse_number(struct literal_parser *parser, struct literal *value);

#endif
