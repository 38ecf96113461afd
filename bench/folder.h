/* Folders for caches that are cold, and go away. */
#ifndef CLWISE_BENCH_FOLDER_H
#define CLWISE_BENCH_FOLDER_H

#include <stdbool.h>

enum { FOLDER_PATH = 512 };

/* A new one in $TMPDIR, or /tmp; false, and stderr says why. */
bool folder_make(char path[FOLDER_PATH]);
/* With all that is in it; what stays is told on stderr. */
void folder_remove(const char *path);

#endif
