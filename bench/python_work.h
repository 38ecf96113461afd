/* A work that a library of the Python process has open: what the tables of peers need of it. The
 * script counts and times the runs itself, so that a word by pipe costs none of them anything. */
#ifndef CLWISE_BENCH_PYTHON_WORK_H
#define CLWISE_BENCH_PYTHON_WORK_H

#include <stdbool.h>
#include <stddef.h>

/* After inputs were given: asks `open LIBRARY` and what is formatted, a result of so many bytes.
 * NULL: the library has no such work. */
void *python_work_open(const char *library, size_t result_bytes, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool python_work_run(void *work);
double python_work_sample(void *work, double seconds); /* of a run; NAN if it fails */
bool python_work_read(void *work, void *result);       /* of the last run */
void python_work_close(void *work);

#endif
