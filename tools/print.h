/* Standard output. */
#ifndef CLWISE_TOOLS_PRINT_H
#define CLWISE_TOOLS_PRINT_H

#include <jansson.h>

#include "tools/elements.h"

/* Words from outside, with control characters made visible. */
void print_words(const char *words);
void print_size(uint64_t bytes); /* "1.5 GiB" */

/* As a JSON string, also where it is not UTF-8. */
json_t *json_words(const char *words);
/* Prints and releases; NULL, or what jansson had no memory for, fails. */
int print_json(json_t *value, clw_error *error);

/* "name  f64 (2, 3)", then the elements in brackets. */
enum { PRINT_MAX_ELEMENTS = 1000 };
/* Whether they are few enough to be printed; else a sentence. */
int print_check(const char *name, const struct elements *elements, clw_error *error);
int print_elements(const char *name, const struct elements *elements, clw_error *error);

#endif
