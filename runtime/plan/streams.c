/* Outputs that no cache holds. */
#include "runtime/plan/plan.h"

enum { LEAST_STREAMED = 1024 }; /* bytes of a row, whose ends are no whole lines */

/* Elements that a mask leaves out keep what they have, which is not read. */
static int may_stream(const struct request *request, const struct plan *plan)
{
    return plan_has_runs(plan) && !request->target->generic && request->target->streamed &&
           !request->mask && plan_bytes(plan) >= request->target->streamed;
}

/* Elements that lie side by side. */
static int64_t row_length(const struct plan *plan, int k)
{
    const int64_t *const inner = plan->walk.shape + plan->walk.rank - 1;
    if (plan->skeleton != SKELETON_SHORT)
        return inner[0];
    return short_rows_spread(plan, k) ? 0 : inner[0] * inner[-1];
}

void streams_choose(const struct request *request, struct plan *plan)
{
    const int inner = plan->kernel_rank - 1;
    if (!may_stream(request, plan))
        return;
    for (int k = 0; k < plan->nbuffers; k++) {
        struct kernel_array *array = &plan->arrays[k];
        if (array->output >= 0 && array->aligned && array->pattern[inner] == STEP_UNIT &&
            row_length(plan, k) * kernel_array_size(array) >= LEAST_STREAMED)
            array->pattern[inner] = STEP_STREAMED;
    }
}
