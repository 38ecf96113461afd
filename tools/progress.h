/* What the program is busy with, on a terminal, once that takes more than a second. */
#ifndef CLWISE_TOOLS_PROGRESS_H
#define CLWISE_TOOLS_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

/* A phase such as "reading" "a.npy" of `total` bytes: a bar with rate and remaining time; total 0:
 * the seconds that passed. Phases do not nest. Both strings are borrowed until the end. */
void progress_begin(const char *verb, const char *object, uint64_t total);
/* The same where `total` counts things. */
void progress_begin_count(const char *verb, const char *object, uint64_t total);
void progress_advance(uint64_t by);
void progress_end(void);
/* Clears the line so that a message can be written; it comes back by itself. */
void progress_hide(void);

#endif
