#include "bench/layouts/bars.h"

#include <math.h>
#include <stdio.h>

/* The time of clwise over the lesser of two peers. */
static const struct rule {
    enum beside beside;
    enum peer_index first, second;
    const char *name;
    double limit;
} rules[] = {
    {BESIDE_CONTIGUOUS, CLWISE_WHOLE, CLWISE_WHOLE, "contiguous less bytes not read", 1.05},
    {BESIDE_BLOCKED, C_BLOCKED, C_OTHER_ORDER, "C in blocks", 1.25},
    {BESIDE_BLOCKED, NUMPY, NUMPY, "NumPy", 1 / 5.0},
    {BESIDE_BLOCKED, TORCH, TORCH, "PyTorch", 1 / 3.0},
    {BESIDE_BLOCKED, JAX, JAX, "JAX", 1 / 1.5},
    {BESIDE_COPY, CLWISE_COPY, C_COPY, "copy of as many bytes", 1.2},
    {BESIDE_GIVEN, CLWISE_GIVEN, CLWISE_GIVEN, "given output", 1.1},
};

/* Part of the bytes that the contiguous work moves. */
static double share(const struct operands *operands)
{
    const struct work *work = operands->work;
    const double whole = 3.0 * (double)(work_elements(work) * clw_dtype_size(work->out));
    return work->beside == BESIDE_CONTIGUOUS ? operands_bytes(operands) / whole : 1;
}

void report_bars(struct report *report, const struct operands *operands,
                 const struct figure figures[PEER_COUNT])
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; ++i) {
        const struct rule *rule = &rules[i];
        const double beside = fmin(figures[rule->first].median, figures[rule->second].median);
        char name[128];
        snprintf(name, sizeof name, "%s / %s", operands->work->name, rule->name);
        if (rule->beside == operands->work->beside)
            report_bar(report,
                       &(struct bar){name, figures[CLWISE].median / (beside * share(operands)),
                                     rule->limit, "x"});
    }
}
