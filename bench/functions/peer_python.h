/* The Python process that NumPy and PyTorch run in. */
#ifndef CLWISE_BENCH_FUNCTIONS_PEER_PYTHON_H
#define CLWISE_BENCH_FUNCTIONS_PEER_PYTHON_H

#include "bench/functions/functions.h"

/* Starts `python` (NULL: none, its peers stay absent) and writes what NumPy and PyTorch are, or why
 * they are absent. */
void python_start(const char *python, int threads, char numpy[REASON_BYTES],
                  char torch[REASON_BYTES]);
void python_stop(void);

#endif
