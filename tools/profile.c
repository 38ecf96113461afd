#include "tools/profile.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

#include "tools/print.h"

static void print_row(const char *label)
{
    printf("    %-21s ", label);
}

/* "not measured", or a count of what. */
static void print_count(const char *label, int64_t count, const char *what)
{
    print_row(label);
    if (count)
        printf("%" PRId64 " %s\n", count, what);
    else
        printf("not measured\n");
}

void profile_print(const clw_device_profile *profile)
{
    print_row("streaming stores");
    if (profile->streamed == INT64_MAX) {
        printf("never\n");
    } else if (profile->streamed) {
        printf("from ");
        print_size((uint64_t)profile->streamed);
        printf(" on\n");
    } else {
        printf("not measured\n");
    }
    print_row("second tier");
    if (profile->crossover > 0)
        printf("up to %.0f us of work\n", profile->crossover * 1e6);
    else
        printf("none\n");
    print_count("least work of an item", profile->run, "elements");
    print_count("rows of tiles", profile->tile, "bytes");
}

static json_t *count_json(int64_t count)
{
    return count ? json_integer(count) : json_null();
}

json_t *profile_json(const clw_device_profile *profile)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "streamed",
                     profile->streamed == INT64_MAX ? json_false() : count_json(profile->streamed),
                     "crossover",
                     profile->crossover > 0 ? json_real(profile->crossover) : json_null(), "run",
                     count_json(profile->run), "tile", count_json(profile->tile));
}
