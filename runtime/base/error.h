/* Filling the caller's clw_error. */
#ifndef CLWISE_BASE_ERROR_H
#define CLWISE_BASE_ERROR_H

#include <clwise/clwise.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(words, first) __attribute__((format(printf, words, first)))
#else
#define PRINTF_LIKE(words, first)
#endif

/* Sets *error (may be NULL) and returns status, for `return fail(...)`. Numbers in the format must
 * be integers or strings: the process's locale decides how others look. */
clw_status fail(clw_error *error, clw_status status, const char *format, ...) PRINTF_LIKE(3, 4);
clw_status fail_memory(clw_error *error);
/* Puts "prefix: " before the message, unless it stands there already. */
void error_prefix(clw_error *error, const char *prefix);

#endif
