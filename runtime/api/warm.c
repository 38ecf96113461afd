/* Kernels built ahead of the calls that need them. */
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"
#include "runtime/plan/request_line.h"

enum { SURELY_SMALL = 1 << 16, SURELY_LARGE = 4 << 20 };

/* A line, and what has become of it. */
struct request_item {
    char *words;
    struct read_request *read;
    clw_op *op;
    struct plan *plan;
    clw_kernel_origin origin;
};

static clw_status find_op(clw_context *context, const struct read_request *read, clw_op **op,
                          clw_error *error)
{
    if (read->expression)
        return clw_op_from_expression(context, read->expression, op, error);
    *op = (clw_op *)(uintptr_t)clw_op_find(context, read->op);
    return *op ? CLW_OK
               : fail(error, CLW_ERROR_NOT_FOUND,
                      "there is no op '%s'; ops of other files are to be loaded first", read->op);
}

static clw_status check_counts(const clw_op *op, const struct read_request *read, clw_error *error)
{
    if (op->split)
        return fail(error, CLW_ERROR_UNSUPPORTED, "%s: it runs as several kernels", op->name);
    if (op->nin != read->nin || op->nout != read->nout)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "%s: takes %d inputs and gives %d outputs, the request has %d and %d", op->name,
                    op->nin, op->nout, read->nin, read->nout);
    return CLW_OK;
}

/* ---- lines ---- */

static clw_status make_plan(clw_context *context, struct request_item *item, clw_error *error)
{
    struct target target = device_target(&context->device);
    item->read->request.op = item->op;
    item->read->request.target = &target;
    clw_status status = check_counts(item->op, item->read, error);
    if (!status)
        status = plan_make(&item->read->request, item->plan, error);
    if (!status && tune_for(context, item->plan)) {
        target = device_target(&context->device);
        status = plan_make(&item->read->request, item->plan, error);
    }
    item->read->request.target = NULL;
    return status;
}

static clw_status open_item(clw_context *context, struct request_item *item, const char *line,
                            clw_error *error)
{
    item->origin = CLW_KERNEL_NONE;
    item->words = memory_copy_text(context->allocator, line, strlen(line));
    item->read = memory_new(context->allocator, 1, sizeof *item->read);
    item->plan = memory_new(context->allocator, 1, sizeof *item->plan);
    clw_status status = item->words && item->read && item->plan
                            ? request_read(item->words, item->read, error)
                            : fail_memory(error);
    if (!status)
        status = find_op(context, item->read, &item->op, error);
    return status ? status : make_plan(context, item, error);
}

static void close_item(clw_context *context, struct request_item *item)
{
    if (item->op && item->read->expression)
        clw_op_release(item->op);
    memory_free(context->allocator, item->plan);
    memory_free(context->allocator, item->read);
    memory_free(context->allocator, item->words);
}

/* ---- kernels ---- */

/* Calls of fewer bytes run on the small tier as a rule, and of more on the large one; between, on
 * either. */
static int may_run_on(const clw_context *context, const struct plan *plan, enum tier_name tier)
{
    const int has_small = context->device.tiers[TIER_SMALL].id != NULL;
    const int64_t bytes = plan_bytes(plan);
    if (plan->elements == 0)
        return 0;
    return tier == TIER_SMALL ? has_small && bytes < SURELY_LARGE
                              : !(has_small && bytes < SURELY_SMALL);
}

static clw_status warm_alone(clw_context *context, struct request_item *item, enum tier_name tier,
                             clw_error *error)
{
    struct kernel_entry *entry;
    clw_kernel_origin found;
    clw_status status = kernels_get(&context->kernels, item->plan, tier, &entry, &found, error);
    if (!status && found == CLW_KERNEL_COMPILED)
        status = launch_nothing(&context->kernels, entry, item->plan, error);
    if (!status && found > item->origin)
        item->origin = found;
    return status;
}

/* Those of the items that may run on the tier and are not there, in one program. */
static clw_status warm_together(clw_context *context, struct request_item *const *items, int count,
                                enum tier_name tier, clw_error *error)
{
    struct kernel_entry *entries[KERNELS_TOGETHER];
    clw_kernel_origin origins[KERNELS_TOGETHER];
    const struct plan *plans[KERNELS_TOGETHER] = {NULL};
    clw_status status = CLW_OK;
    for (int i = 0; i < count; i++)
        plans[i] = items[i]->plan;
    kernels_make_together(&context->kernels, plans, count, tier, entries, origins);
    for (int i = 0; !status && i < count; i++) {
        if (entries[i]) {
            items[i]->origin = CLW_KERNEL_COMPILED;
            status = launch_nothing(&context->kernels, entries[i], plans[i], error);
        } else if (origins[i] > items[i]->origin) {
            items[i]->origin = origins[i];
        }
    }
    if (!status)
        kernels_keep_together(&context->kernels, entries, count);
    for (int i = 0; !status && i < count; i++)
        if (!entries[i] && origins[i] == CLW_KERNEL_NONE)
            status = warm_alone(context, items[i], tier, error);
    return status;
}

static clw_status warm_tier(clw_context *context, struct request_item *items, int count,
                            enum tier_name tier, clw_error *error)
{
    struct request_item *wanted[KERNELS_TOGETHER];
    int found = 0;
    for (int i = 0; i < count; i++)
        if (may_run_on(context, items[i].plan, tier))
            wanted[found++] = &items[i];
    if (found == 1 || context->device.target.skeleton != SKELETON_RUNS) {
        clw_status status = CLW_OK;
        for (int i = 0; !status && i < found; i++)
            status = warm_alone(context, wanted[i], tier, error);
        return status;
    }
    return found ? warm_together(context, wanted, found, tier, error) : CLW_OK;
}

/* At most KERNELS_TOGETHER. */
static clw_status warm_some(clw_context *context, const char *const *lines, int count,
                            clw_kernel_origin *origins, clw_error *error)
{
    struct request_item items[KERNELS_TOGETHER] = {{0}};
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < count; i++)
        status = open_item(context, &items[i], lines[i], error);
    for (int tier = 0; !status && tier < TIERS; tier++)
        status = warm_tier(context, items, count, (enum tier_name)tier, error);
    for (int i = 0; i < count; i++) {
        if (!status && origins)
            origins[i] = items[i].origin;
        close_item(context, &items[i]);
    }
    return status;
}

static clw_status check_lines(const clw_context *context, const char *const *lines, int count,
                              clw_error *error)
{
    if (!context || !lines)
        return fail(error, CLW_ERROR_ARGUMENT, "%s is NULL", context ? "lines" : "context");
    if (count < 0)
        return fail(error, CLW_ERROR_ARGUMENT, "count is %d", count);
    for (int i = 0; i < count; i++)
        if (!lines[i])
            return fail(error, CLW_ERROR_ARGUMENT, "line %d is NULL", i);
    return CLW_OK;
}

clw_status clw_warm_lines(clw_context *context, const char *const *lines, int count,
                          clw_kernel_origin *origins, clw_error *error)
{
    clw_status status = check_lines(context, lines, count, error);
    if (!status)
        status = device_check(&context->device, error);
    for (int i = 0; !status && i < count; i += KERNELS_TOGETHER) {
        const int some = count - i < KERNELS_TOGETHER ? count - i : KERNELS_TOGETHER;
        status = warm_some(context, lines + i, some, origins ? origins + i : NULL, error);
    }
    return api_status("clw_warm_lines", status, error);
}

clw_status clw_warm(clw_context *context, const char *line, clw_kernel_origin *origin,
                    clw_error *error)
{
    clw_status status = context && line ? device_check(&context->device, error)
                                        : fail(error, CLW_ERROR_ARGUMENT, "%s is NULL",
                                               context ? "line" : "context");
    if (!status)
        status = warm_some(context, &line, 1, origin, error);
    return api_status("clw_warm", status, error);
}
