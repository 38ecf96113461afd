/* Plain C with OpenMP, built for this processor, on the same memory. */
#include "bench/expressions/expressions.h"
#include "bench/timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned char uchar;

#define SIN sinf
#define EXP expf
#define LOG logf
#define SQRT sqrtf
#define POW powf
#define ERFC erfcf
/* Operands that an expression lacks are the first. */
#define BY_HAND(name, from, to, count, ...)                                                        \
    static void run_##name(const struct job *job)                                                  \
    {                                                                                              \
        const from *const pa = job->operand[0], *const pb = job->operand[(count) > 1 ? 1 : 0];     \
        const from *const pc = job->operand[(count) > 2 ? 2 : 0];                                  \
        const from *const pd = job->operand[(count) > 3 ? 3 : 0];                                  \
        to *const y = job->result;                                                                 \
        const size_t elements = job->elements;                                                     \
        _Pragma("omp parallel for") for (size_t i = 0; i < elements; ++i)                          \
        {                                                                                          \
            const from a = pa[i], b = pb[i], c = pc[i], d = pd[i];                                 \
            (void)b, (void)c, (void)d;                                                             \
            y[i] = (to)(__VA_ARGS__);                                                              \
        }                                                                                          \
    }
#include "bench/expressions/by_hand.h"
#undef BY_HAND

static const struct {
    const char *name;
    void (*run)(const struct job *job);
} table[] = {
#define BY_HAND(name, from, to, count, ...) {#name, run_##name},
#include "bench/expressions/by_hand.h"
#undef BY_HAND
};

struct state {
    struct job job;
    void (*run)(const struct job *job);
};

static void *open_c(const struct job *job, char reason[REASON_BYTES])
{
    struct state *state = calloc(1, sizeof *state);
    for (size_t i = 0; state && i < sizeof table / sizeof *table; ++i)
        if (strcmp(table[i].name, job->expression->by_hand) == 0) {
            *state = (struct state){*job, table[i].run};
            return state;
        }
    free(state);
    snprintf(reason, REASON_BYTES, "not written");
    return NULL;
}

static double run(void *opaque)
{
    const struct state *state = opaque;
    const double begin = now();
    state->run(&state->job);
    return now() - begin;
}

static double value(void *opaque, size_t index)
{
    const struct state *state = opaque;
    return array_value(state->job.result_array, index);
}

const struct peer peer_c = {"C", open_c, run, value, free};
