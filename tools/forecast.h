/* What the results of a job will be, told before any elements are read. */
#ifndef CLWISE_TOOLS_FORECAST_H
#define CLWISE_TOOLS_FORECAST_H

#include "tools/elements.h"
#include "tools/job.h"

struct forecast {
    int count;
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    clw_dtype dtypes[MAX_OUTPUTS];
    size_t bytes[MAX_OUTPUTS];
    uint64_t all_bytes; /* of inputs and results together */
    uint64_t largest;   /* bytes of the largest one */
};

int forecast_make(struct forecast *forecast, const struct job *job, clw_error *error);
/* dtype and shape alone. */
struct elements forecast_elements(const struct forecast *forecast, int index);

#endif
