#include "bench/bars.h"

#include <math.h>
#include <stdio.h>

#define BIT(peer) (1u << (peer))

/* The peer's time over the least of those beside it. */
static const struct rule {
    unsigned sizes;
    enum peer_index ours;
    unsigned beside;
    const char *name;
    double limit;
} rules[] = {
    {SIZE_MEMORY, CALL, BIT(PLAIN_C) | BIT(C_STREAMING), "C, plain or streaming stores", 1.05},
    {SIZE_MEMORY, CALL, BIT(OPENCL) | BIT(OPENCL_STREAMING), "hand-written OpenCL", 1.05},
    {SIZE_MEMORY, CALL, BIT(NUMPY) | BIT(TORCH) | BIT(NUMEXPR), "fastest of Python's", 1},
    {SIZE_MEMORY, CALL, BIT(NUMPY), "NumPy", 1 / 1.5},
    {SIZE_CACHED, PLAN, BIT(PLAIN_C) | BIT(ONE_C), "C, one thread or all", 1.25},
    {SIZE_SMALL, PLAN, BIT(OPENCL), "raw enqueue and finish", 1.15},
    {SIZE_SMALL, CALL, BIT(OPENCL), "raw enqueue and finish", 1.4},
    {SIZE_SMALL, EVAL, BIT(OPENCL), "raw enqueue and finish", 1.6},
    {SIZE_LIBRARIES, CALL, BIT(NUMPY), "NumPy", 1},
    {SIZE_LIBRARIES, CALL, BIT(TORCH), "PyTorch", 1 / 1.5},
    {SIZE_LIBRARIES, CALL, BIT(GPUARRAY), "libgpuarray", 1 / 20.0},
    {SIZE_LIBRARIES, CALL, BIT(PYOPENCL), "PyOpenCL", 1 / 20.0},
};

/* fmin takes the number where the other is absent. */
static double least(const struct figure figures[PEER_COUNT], unsigned of)
{
    double seconds = NAN;
    for (size_t i = 0; i < PEER_COUNT; ++i)
        if (of & BIT(i))
            seconds = fmin(seconds, figures[i].median);
    return seconds;
}

void report_bars(struct report *report, const struct work *work,
                 const struct figure figures[PEER_COUNT])
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; ++i) {
        const struct rule *rule = &rules[i];
        char name[128];
        snprintf(name, sizeof name, "%s, %s / %s", work->name, peers[rule->ours]->name, rule->name);
        if (rule->sizes & work->sizes)
            report_bar(report, &(struct bar){
                                   name, figures[rule->ours].median / least(figures, rule->beside),
                                   rule->limit, "x"});
    }
}

void growth_add(struct growth *growth, const struct work *work,
                const struct figure figures[PEER_COUNT])
{
    const double clwise = figures[PLAN].median;
    const double c = least(figures, BIT(PLAIN_C) | BIT(ONE_C) | BIT(C_STREAMING));
    const double step = clwise / growth->clwise / fmax(4, c / growth->c);
    if (growth->clwise > 0 && step > growth->step) {
        growth->step = step;
        snprintf(growth->at, sizeof growth->at, "%s", work->name);
    }
    growth->clwise = clwise;
    growth->c = c;
}

void growth_report(struct report *report, const struct growth *growth)
{
    char name[128];
    snprintf(name, sizeof name, "u8 2^10 to 2^30, greatest step (%s) / linear, or C", growth->at);
    report_bar(report, &(struct bar){name, growth->step, 1.3, "x"});
}
