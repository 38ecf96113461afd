#include "tools/accuracy/bound.h"

#include <stdio.h>
#include <string.h>

struct bound bound_parse(const char *text, clw_dtype dtype)
{
    struct bound bound = {0};
    char name[16], value[64];
    int length = 0;
    while (sscanf(text, "%15s %63s%n", name, value, &length) == 2) {
        text += length;
        if (strcmp(name, clw_dtype_name(dtype)) != 0)
            continue;
        bound.stated = sscanf(value, "%lf|%lf", &bound.ulp, &bound.absolute) >= 1;
    }
    return bound;
}
