#include "runtime/base/log.h"

#include <stdarg.h>
#include <stdio.h>

void log_line(const struct log *log, clw_log_level level, const char *format, ...)
{
    if (!log || !log->line)
        return;
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    log->line(log->data, level, line);
}
