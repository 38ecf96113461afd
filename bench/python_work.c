#include "bench/python_work.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/python.h"

enum { WORDS = 512 };

struct python_work {
    const char *library;
    size_t bytes;
};

static bool agrees(const char *command, const char *library, const char *words)
{
    char answer[REASON_BYTES];
    return python_ask(answer, "%s %s%s%s", command, library, *words ? " " : "", words) &&
           strcmp(answer, "ok") == 0;
}

void *python_work_open(const char *library, size_t result_bytes, const char *format, ...)
{
    char words[WORDS];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= WORDS || !agrees("open", library, words))
        return NULL;
    struct python_work *work = malloc(sizeof *work);
    if (work)
        *work = (struct python_work){library, result_bytes};
    return work;
}

bool python_work_run(void *opaque)
{
    const struct python_work *work = opaque;
    return isfinite(python_number("run %s", work->library));
}

double python_work_sample(void *opaque, double seconds)
{
    const struct python_work *work = opaque;
    return python_number("sample %s %.9f", work->library, seconds);
}

bool python_work_read(void *opaque, void *result)
{
    const struct python_work *work = opaque;
    return agrees("result", work->library, "") && python_take(result, work->bytes);
}

void python_work_close(void *opaque)
{
    struct python_work *work = opaque;
    agrees("close", work->library, "");
    free(work);
}
