/* Lines for the user's log callback. */
#ifndef CLWISE_BASE_LOG_H
#define CLWISE_BASE_LOG_H

#include "runtime/base/error.h"

struct log {
    clw_log_fn line; /* NULL: silent */
    void *data;
};

void log_line(const struct log *log, clw_log_level level, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
