#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"
#include "runtime/ops/builtin.h"
#include "runtime/ops/opfile.h"

/* ---- config ---- */

void clw_config_init(clw_config *config)
{
    if (config)
        *config = (clw_config){.struct_size = sizeof *config};
}

/* A caller built against an older header gives a shorter struct: what it lacks has its default. */
static clw_status read_config(const clw_config *given, clw_config *config, clw_error *error)
{
    clw_config_init(config);
    if (!given)
        return CLW_OK;
    if (given->struct_size < offsetof(clw_config, device) + sizeof given->device ||
        given->struct_size > 16 * sizeof *given)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "clw_config.struct_size is %zu; clw_config_init sets it", given->struct_size);
    memcpy(config, given,
           given->struct_size < sizeof *config ? given->struct_size : sizeof *config);
    if (config->promotion != CLW_PROMOTION_NUMPY && config->promotion != CLW_PROMOTION_TORCH)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_config.promotion is %d, which is no rule",
                    (int)config->promotion);
    if (config->fp64 != CLW_FP64_STRICT && config->fp64 != CLW_FP64_DEMOTE)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_config.fp64 is %d, which is no policy",
                    (int)config->fp64);
    if (config->allocator && (!config->allocator->allocate || !config->allocator->release))
        return fail(error, CLW_ERROR_ARGUMENT, "clw_config.allocator lacks a function");
    return CLW_OK;
}

/* ---- life ---- */

clw_status api_status(const char *function, clw_status status, clw_error *error)
{
    if (status)
        error_prefix(error, function);
    return status;
}

int context_demotes(const clw_context *context)
{
    return !context->device.target.fp64 && context->fp64 == CLW_FP64_DEMOTE;
}

void context_own_op(clw_context *context, struct clw_op *op)
{
    op->owner = context;
    op->identity = (struct hash128){.low = ++context->last_identity};
}

void context_own_ops(clw_context *context)
{
    for (int i = 0; i < context->registry.count; i++)
        if (!context->registry.ops[i]->owner)
            context_own_op(context, context->registry.ops[i]);
}

/* The op that copies bits is no user's: it lives beside the skeletons. */
static clw_status load_move(clw_context *context, clw_error *error)
{
    const struct builtin_file *file = builtin_find("kernel", "move.cl");
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count = 0;
    if (!file)
        return fail(error, CLW_ERROR_NOT_FOUND, "there is no kernel/move.cl");
    const clw_status status =
        opfile_parse(context->allocator, file->name, file->text, file->length, ops, &count, error);
    if (status)
        return status;
    context->move = ops[0];
    context_own_op(context, context->move);
    return CLW_OK;
}

static void stop(clw_context *context)
{
    builder_free(context->builder);
    expressions_finish(&context->expressions);
    plan_cache_finish(&context->plans);
    op_destroy(context->move);
    registry_finish(&context->registry);
    pthread_rwlock_destroy(&context->ops_lock);
    kernels_finish(&context->kernels);
    record_close(context->record);
}

/* Everything but the device. */
static clw_status start(clw_context *context, const clw_config *config, clw_error *error)
{
    context->device.pool.limit =
        config->pool_limit ? config->pool_limit : context->device.info.global_memory / POOL_SHARE;
    if (context->device.context)
        context->disk = disk_cache_open(config->cache_dir, config->cache_limit, &context->log,
                                        context->allocator);
    context->record = record_open(config->record, &context->log, context->allocator);
    clw_status status = kernels_init(&context->kernels, &context->device, context->disk, error);
    if (status) {
        record_close(context->record);
        return status;
    }
    if (pthread_rwlock_init(&context->ops_lock, NULL)) {
        kernels_finish(&context->kernels);
        record_close(context->record);
        return fail_memory(error);
    }
    registry_init(&context->registry, context->allocator);
    status = registry_add_builtins(&context->registry, error);
    if (!status) {
        context_own_ops(context);
        status = load_move(context, error);
    }
    if (status)
        stop(context);
    else if (context->device.context)
        tune_start(context);
    if (!status && config->async_build && context->device.context &&
        context->device.target.skeleton == SKELETON_RUNS)
        context->builder = builder_new(&context->kernels, context->allocator);
    return status;
}

static clw_context *new_context(const clw_config *config)
{
    clw_context *context = memory_new(config->allocator, 1, sizeof *context);
    if (!context)
        return NULL;
    atomic_init(&context->references, 1);
    if (config->allocator) {
        context->allocator_storage = *config->allocator;
        context->allocator = &context->allocator_storage;
    }
    context->plans.allocator = context->allocator;
    context->log = (struct log){config->log, config->log_data};
    context->promotion = config->promotion;
    context->fp64 = config->fp64;
    return context;
}

static void free_context(clw_context *context)
{
    const clw_allocator allocator = context->allocator_storage;
    memory_free(context->allocator ? &allocator : NULL, context);
}

/* Objects of the caller's, or NULL. */
struct adopted {
    cl_context context;
    cl_device_id device;
    cl_command_queue queue;
};

static clw_status create(const clw_config *given, const struct adopted *adopted, clw_context **out,
                         clw_error *error)
{
    clw_config config;
    clw_status status = read_config(given, &config, error);
    if (status)
        return status;
    clw_context *context = new_context(&config);
    if (!context)
        return fail_memory(error);
    status = adopted ? device_adopt(&context->device, adopted->context, adopted->device,
                                    adopted->queue, context->allocator, &context->log, error)
                     : device_init(&context->device, config.device, context->allocator,
                                   &context->log, error);
    if (!status) {
        status = start(context, &config, error);
        if (status) {
            disk_cache_close(context->disk);
            device_finish(&context->device);
        }
    }
    if (status)
        free_context(context);
    else
        *out = context;
    return status;
}

clw_status clw_context_create(const clw_config *config, clw_context **out, clw_error *error)
{
    if (!out)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_create: out is NULL");
    return create(config, NULL, out, error);
}

clw_status context_adopt(const clw_config *config, cl_context cl, cl_device_id device,
                         cl_command_queue queue, clw_context **out, clw_error *error)
{
    return create(config, &(struct adopted){cl, device, queue}, out, error);
}

clw_context *clw_context_retain(clw_context *context)
{
    if (context)
        atomic_fetch_add_explicit(&context->references, 1, memory_order_relaxed);
    return context;
}

void clw_context_release(clw_context *context)
{
    if (!context || atomic_fetch_sub_explicit(&context->references, 1, memory_order_acq_rel) != 1)
        return;
    stop(context);
    buffers_finish(&context->device);
    disk_cache_close(context->disk);
    device_finish(&context->device);
    free_context(context);
}

clw_status clw_finish(clw_context *context, clw_error *error)
{
    if (!context)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_finish: context is NULL");
    const clw_status status = device_check(&context->device, error);
    return status ? status : device_wait(&context->device, error);
}
