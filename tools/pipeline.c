#include "tools/pipeline.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "tools/report.h"
#include "tools/seconds.h"

struct pipeline {
    struct stage *stages;
    int64_t blocks;
    void *data;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    int64_t done[PIPELINE_STAGES]; /* blocks */
    int status;                    /* of the first failure, with its sentence */
    clw_error *error;
};

struct worker {
    struct pipeline *pipeline;
    int stage;
    pthread_t thread;
};

/* There is a block to take, and a slot to put it. */
static int may_begin(const struct pipeline *pipeline, int stage, int64_t block)
{
    return (stage == 0 || pipeline->done[stage - 1] > block) &&
           (stage == PIPELINE_STAGES - 1 || block - pipeline->done[stage + 1] < PIPELINE_SLOTS);
}

/* Returns 0 if all is over. */
static int wait_for(struct pipeline *pipeline, int stage, int64_t block)
{
    pthread_mutex_lock(&pipeline->lock);
    while (pipeline->status == DONE && !may_begin(pipeline, stage, block))
        pthread_cond_wait(&pipeline->moved, &pipeline->lock);
    const int goes_on = pipeline->status == DONE;
    pthread_mutex_unlock(&pipeline->lock);
    return goes_on;
}

static void end_block(struct pipeline *pipeline, int stage, int status, const clw_error *error)
{
    pthread_mutex_lock(&pipeline->lock);
    pipeline->done[stage]++;
    if (status != DONE && pipeline->status == DONE) {
        pipeline->status = status;
        *pipeline->error = *error;
    }
    pthread_cond_broadcast(&pipeline->moved);
    pthread_mutex_unlock(&pipeline->lock);
}

static void run_stage(struct pipeline *pipeline, int number, int cancellable)
{
    struct stage *const stage = &pipeline->stages[number];
    clw_error error = {CLW_OK, ""};
    int unused;
    for (int64_t block = 0; block < pipeline->blocks; block++) {
        if (!wait_for(pipeline, number, block))
            return;
        const double start = seconds_now();
        if (cancellable)
            pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &unused);
        const int status = stage->run(pipeline->data, block, &error);
        if (cancellable)
            pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &unused);
        stage->seconds += seconds_now() - start;
        end_block(pipeline, number, status, &error);
    }
}

static void *work(void *data)
{
    const struct worker *const worker = data;
    int unused;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &unused);
    run_stage(worker->pipeline, worker->stage, 1);
    return NULL;
}

/* Signals stay with the calling thread. */
static int start(struct worker *worker)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int failed = pthread_create(&worker->thread, NULL, work, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !failed;
}

/* After a failure nobody waits for a stage that is held up by a pipe. */
static void stop(struct pipeline *pipeline, struct worker *worker)
{
    pthread_mutex_lock(&pipeline->lock);
    const int failed = pipeline->status != DONE;
    pthread_mutex_unlock(&pipeline->lock);
    if (failed)
        pthread_cancel(worker->thread);
    pthread_join(worker->thread, NULL);
}

int pipeline_run(struct stage stages[PIPELINE_STAGES], int64_t blocks, void *data, clw_error *error)
{
    struct pipeline pipeline = {.stages = stages, .blocks = blocks, .data = data, .error = error};
    struct worker first = {.pipeline = &pipeline, .stage = 0};
    struct worker last = {.pipeline = &pipeline, .stage = PIPELINE_STAGES - 1};
    pthread_mutex_init(&pipeline.lock, NULL);
    pthread_cond_init(&pipeline.moved, NULL);
    const clw_error no_thread = {CLW_ERROR_MEMORY, "no thread can be started"};
    const int has_first = start(&first), has_last = has_first && start(&last);
    if (has_last)
        run_stage(&pipeline, 1, 0);
    else
        end_block(&pipeline, 1, FAILED, &no_thread);
    if (has_first)
        stop(&pipeline, &first);
    if (has_last)
        stop(&pipeline, &last);
    pthread_cond_destroy(&pipeline.moved);
    pthread_mutex_destroy(&pipeline.lock);
    return pipeline.status;
}
