#include "runtime/device/drivers.h"

#include <stdlib.h>
#include <string.h>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define HAS_ONE_THREAD __libc_single_threaded
#else
#define HAS_ONE_THREAD 0
#endif

static const char variable[] = "POCL_DEVICES";

int drivers_are_hidden(void)
{
    return getenv(variable) == NULL;
}

int drivers_ask_for_both(void)
{
    return HAS_ONE_THREAD && drivers_are_hidden() && setenv(variable, "basic pthread", 0) == 0;
}

void drivers_restore(int asked)
{
    if (asked)
        unsetenv(variable);
}

static const char *after(const char *name, const char *prefix)
{
    const size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

int drivers_are_twins(const char *large, const char *small)
{
    static const struct {
        const char *large, *small;
    } prefixes[] = {{"pthread-", "basic-"}, {"cpu-", "cpu-minimal-"}};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const char *large_rest = after(large, prefixes[i].large);
        const char *small_rest = after(small, prefixes[i].small);
        if (large_rest && small_rest && strcmp(large_rest, small_rest) == 0)
            return 1;
    }
    return 0;
}
