#include "runtime/api/builder.h"

#include <signal.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/device/launch.h"

enum { MOST_JOBS = 32 };

struct job {
    struct plan *plan;
    enum tier_name tier;
};

struct builder {
    struct kernels *kernels;
    const clw_allocator *allocator;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    int has_thread, is_stopping;
    struct job jobs[MOST_JOBS]; /* the first `count`; the one at 0 is next */
    int count;
};

struct builder *builder_new(struct kernels *kernels, const clw_allocator *allocator)
{
    struct builder *builder = memory_new(allocator, 1, sizeof *builder);
    if (!builder)
        return NULL;
    builder->kernels = kernels;
    builder->allocator = allocator;
    if (pthread_mutex_init(&builder->lock, NULL)) {
        memory_free(allocator, builder);
        return NULL;
    }
    if (pthread_cond_init(&builder->changed, NULL)) {
        pthread_mutex_destroy(&builder->lock);
        memory_free(allocator, builder);
        return NULL;
    }
    return builder;
}

/* What fails here is told to the call that needs the kernel next. */
static void build(struct builder *builder, const struct job *job)
{
    struct kernel_entry *entry;
    clw_kernel_origin origin;
    if (kernels_get(builder->kernels, job->plan, job->tier, &entry, &origin, NULL) == CLW_OK &&
        origin == CLW_KERNEL_COMPILED)
        (void)!launch_nothing(builder->kernels, entry, job->plan, NULL);
}

static void *build_all(void *data)
{
    struct builder *builder = data;
    pthread_mutex_lock(&builder->lock);
    while (!builder->is_stopping) {
        if (builder->count == 0) {
            pthread_cond_wait(&builder->changed, &builder->lock);
            continue;
        }
        const struct job job = builder->jobs[0];
        pthread_mutex_unlock(&builder->lock);
        build(builder, &job);
        pthread_mutex_lock(&builder->lock);
        builder->count--;
        memmove(builder->jobs, builder->jobs + 1, (size_t)builder->count * sizeof *builder->jobs);
        memory_free(builder->allocator, job.plan);
    }
    pthread_mutex_unlock(&builder->lock);
    return NULL;
}

/* Signals are for the program's own threads. */
static int start_thread(struct builder *builder)
{
    sigset_t all, before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before))
        return 0;
    builder->has_thread = pthread_create(&builder->thread, NULL, build_all, builder) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return builder->has_thread;
}

/* The lock is held. */
static int is_queued(const struct builder *builder, const struct plan *plan, enum tier_name tier)
{
    for (int i = 0; i < builder->count; i++) {
        const struct plan *other = builder->jobs[i].plan;
        if (builder->jobs[i].tier == tier && other->key_length == plan->key_length &&
            memcmp(other->key, plan->key, plan->key_length) == 0)
            return 1;
    }
    return 0;
}

void builder_add(struct builder *builder, const struct plan *plan, enum tier_name tier)
{
    pthread_mutex_lock(&builder->lock);
    struct plan *copy = NULL;
    if (builder->count < MOST_JOBS && !is_queued(builder, plan, tier) &&
        (builder->has_thread || start_thread(builder)))
        copy = memory_new(builder->allocator, 1, sizeof *copy);
    if (copy) {
        *copy = *plan;
        builder->jobs[builder->count++] = (struct job){copy, tier};
        pthread_cond_signal(&builder->changed);
    }
    pthread_mutex_unlock(&builder->lock);
}

void builder_free(struct builder *builder)
{
    if (!builder)
        return;
    const int is_ours = device_check_process(builder->kernels->device, NULL) == CLW_OK;
    if (is_ours) {
        pthread_mutex_lock(&builder->lock);
        builder->is_stopping = 1;
        pthread_cond_signal(&builder->changed);
        pthread_mutex_unlock(&builder->lock);
        if (builder->has_thread)
            pthread_join(builder->thread, NULL);
        pthread_cond_destroy(&builder->changed);
        pthread_mutex_destroy(&builder->lock);
    }
    for (int i = 0; i < builder->count; i++)
        memory_free(builder->allocator, builder->jobs[i].plan);
    memory_free(builder->allocator, builder);
}
