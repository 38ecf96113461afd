/* The key of a plan: what its kernel depends on, in bytes. */
#include "runtime/base/cache_line.h"
#include "runtime/plan/plan.h"

#include <string.h>

static void key_add(struct plan *plan, const void *bytes, size_t count)
{
    memcpy(plan->key + plan->key_length, bytes, count);
    plan->key_length += count;
}

static void key_add_byte(struct plan *plan, int byte)
{
    plan->key[plan->key_length++] = (unsigned char)byte;
}

_Static_assert(25 + OP_MAX_NODES * (1 + OP_MAX_LEAF_INPUTS + OP_MAX_OUTPUTS + OP_MAX_POSITIONS) +
                       PLAN_MAX_WALKED * (5 + MAX_KERNEL_RANK) + RESOLVED_MAX_SCALARS <
                   PLAN_KEY_SIZE,
               "a key has room for every plan");

/* What the kernel is told of extents when it is built. */
static int extent_in_key(const struct plan *plan)
{
    return plan->skeleton == SKELETON_TILES   ? plan->tile / CACHE_LINE
           : plan->skeleton == SKELETON_SHORT ? (int)plan->walk.shape[plan->walk.rank - 1]
                                              : 0;
}

void plan_make_key(const struct request *request, struct plan *plan)
{
    plan->key_length = 0;
    key_add(plan, &request->op->identity, sizeof request->op->identity);
    key_add_byte(plan, plan->wide | plan->demoted << 1 | (int)plan->skeleton << 2);
    key_add_byte(plan, plan->kernel_rank);
    key_add_byte(plan, extent_in_key(plan));
    for (int i = 0; i < plan->resolved.nsteps; i++) {
        const struct step *step = &plan->resolved.steps[i];
        key_add_byte(plan, step->loop.t);
        key_add(plan, step->loop.in, (size_t)step_input_count(step));
        key_add(plan, step->loop.out, (size_t)step_output_count(step));
        key_add(plan, step->position, (size_t)(step->op ? step->op->npositions : 0));
    }
    for (int i = 0; i < plan->resolved.nscalars; i++)
        key_add_byte(plan, plan->resolved.scalars[i].input);
    for (int k = 0; k < plan->narrays; k++) {
        const struct kernel_array *array = &plan->arrays[k];
        key_add_byte(plan, (int)array->dtype);
        key_add_byte(plan, array->input);
        key_add_byte(plan, array->output);
        key_add_byte(plan, array->aligned);
        key_add_byte(plan, array->is_position);
        key_add(plan, array->pattern, (size_t)plan->kernel_rank);
    }
}
