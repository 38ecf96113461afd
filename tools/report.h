/* Exit statuses, and the one sentence that goes with each failure. */
#ifndef CLWISE_TOOLS_REPORT_H
#define CLWISE_TOOLS_REPORT_H

#include <clwise/clwise.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(words, first) __attribute__((format(printf, words, first)))
#else
#define PRINTF_LIKE(words, first)
#endif

enum exit_status { DONE = 0, FAILED = 1, MISUSED = 2 };

/* Both put a sentence into `error`; fail returns FAILED, misuse returns MISUSED. */
int fail(clw_error *error, const char *format, ...) PRINTF_LIKE(2, 3);
int misuse(clw_error *error, const char *format, ...) PRINTF_LIKE(2, 3);
/* Puts "WORDS: " before the sentence in `error`; returns `status`. */
int fail_in(clw_error *error, const char *words, int status);

/* Write "clwise: ..." and a newline to stderr, with control characters made visible. */
void report(const char *words);
void reportf(const char *format, ...) PRINTF_LIKE(1, 2);

/* "(2, 3)", "(4,)", "()" into text[0..bytes), cut where it does not fit; returns text. */
const char *shape_text(int ndim, const int64_t *shape, char *text, size_t bytes);
enum { SHAPE_TEXT_BYTES = CLW_MAX_NDIM * 22 + 4 };

#endif
