/* One result against its exact value. */
#ifndef CLWISE_TOOLS_ACCURACY_JUDGE_H
#define CLWISE_TOOLS_ACCURACY_JUDGE_H

#include "tools/accuracy/measure.h"

/* The memory of a thread that judges. */
struct verdict {
    mpc_t exact; /* its real part alone for real functions */
};

void verdict_init(struct verdict *verdict, const struct judge *judge);
void verdict_finish(struct verdict *verdict);
void judge_point(const struct judge *judge, const struct points *points, size_t at,
                 const double y[2], struct measurement *found, struct verdict *verdict);
void keep_worse(struct worst *worst, const struct worst *other);

#endif
