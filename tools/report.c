#include "tools/report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tools/progress.h"

int fail(clw_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return FAILED;
}

int misuse(clw_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return MISUSED;
}

int fail_in(clw_error *error, const char *words, int status)
{
    char sentence[sizeof error->message];
    memcpy(sentence, error->message, sizeof sentence);
    const int length = snprintf(error->message, sizeof error->message, "%s: ", words);
    if (length > 0 && (size_t)length < sizeof error->message) {
        const size_t room = sizeof error->message - (size_t)length;
        snprintf(error->message + length, room, "%.*s", (int)room - 1, sentence);
    }
    return status;
}

void report(const char *words)
{
    char line[1400];
    size_t length = (size_t)snprintf(line, sizeof line, "clwise: ");
    for (const char *at = words; *at && length < sizeof line - 2; at++) {
        const unsigned char byte = (unsigned char)*at;
        const int is_control = byte < ' ' || byte == 0x7f;
        line[length++] = is_control && *at != '\n' ? '?' : *at; /* expressions come with a caret */
    }
    line[length++] = '\n';
    progress_hide();
    fwrite(line, 1, length, stderr);
}

void reportf(const char *format, ...)
{
    char words[1300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    report(words);
}

const char *shape_text(int ndim, const int64_t *shape, char *text, size_t bytes)
{
    size_t length = (size_t)snprintf(text, bytes, "(");
    for (int axis = 0; axis < ndim && length < bytes; axis++)
        length += (size_t)snprintf(text + length, bytes - length, "%s%" PRId64, axis ? ", " : "",
                                   shape[axis]);
    if (length < bytes)
        snprintf(text + length, bytes - length, "%s", ndim == 1 ? ",)" : ")");
    return text;
}
