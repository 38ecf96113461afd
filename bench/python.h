/* Libraries of Python as peers: a process that waits while others are timed. */
#ifndef CLWISE_BENCH_PYTHON_H
#define CLWISE_BENCH_PYTHON_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { REASON_BYTES = 256 };

/* `python SCRIPT THREADS`; python NULL: none. Each of the libraries that the script has prints a
 * line as it starts: "ok" and its version, or why it is absent; what comes after "ok " goes to
 * facts. */
void python_start(const char *python, const char *script, int threads, char (*facts)[REASON_BYTES],
                  size_t libraries);
void python_stop(void);
bool python_is_there(void);

/* Sends a line, and reads one; false if there is no process, and answer says so. */
bool python_ask(char answer[REASON_BYTES], const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Sends a line, and reads a number; NAN if it is none. */
double python_number(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Bytes for the file that the script has as descriptor 3, and from its start. */
bool python_give(const void *memory, size_t bytes, off_t at);
bool python_take(void *memory, size_t bytes);

#endif
