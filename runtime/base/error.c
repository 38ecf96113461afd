#include "runtime/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

clw_status fail(clw_error *error, clw_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        error->code = status;
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

clw_status fail_memory(clw_error *error)
{
    return fail(error, CLW_ERROR_MEMORY, "out of host memory");
}

void error_prefix(clw_error *error, const char *prefix)
{
    if (!error)
        return;
    const size_t length = strlen(prefix);
    if (strncmp(error->message, prefix, length) == 0 && error->message[length] == ':')
        return;
    clw_error old = *error;
    const int written = snprintf(error->message, sizeof error->message, "%s: ", prefix);
    const size_t at = written < 0 ? 0 : (size_t)written;
    if (at < sizeof error->message)
        snprintf(error->message + at, sizeof error->message - at, "%s", old.message);
}
