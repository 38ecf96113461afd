#include "tools/accuracy/measure.h"

#include <pthread.h>
#include <stdatomic.h>

#include "tools/accuracy/judge.h"
#include "tools/progress.h"

enum { THREADS = 2, MAX_CHUNK = 4096, CHUNKS = 64 };

struct work {
    const struct judge *judge;
    const struct points *points;
    size_t first, count, chunk;
    double *const *y;
    atomic_size_t next;
};

struct worker {
    struct work *work;
    struct measurement found;
};

const struct worst *measured(const struct measurement *measurement, const struct bound *bound)
{
    return bound->absolute > 0 ? &measurement->beyond : &measurement->all;
}

int within(const struct measurement *measurement, const struct bound *bound)
{
    return bound->stated && measured(measurement, bound)->ulp <= bound->ulp + 1e-9;
}

static void *run_worker(void *data)
{
    struct worker *const worker = data;
    struct work *const work = worker->work;
    struct verdict verdict;
    verdict_init(&verdict, work->judge);
    for (;;) {
        const size_t start = atomic_fetch_add(&work->next, work->chunk);
        const size_t end = start + work->chunk < work->count ? start + work->chunk : work->count;
        if (start >= work->count)
            break;
        for (size_t i = start; i < end; i++) {
            const double y[2] = {work->y[0][i], work->y[1] ? work->y[1][i] : 0};
            judge_point(work->judge, work->points, work->first + i, y, &worker->found, &verdict);
        }
        progress_advance((end - start) * (uint64_t)work->judge->format->bytes);
    }
    verdict_finish(&verdict);
    return NULL;
}

static void merge(struct measurement *into, const struct measurement *from)
{
    into->points += from->points;
    keep_worse(&into->all, &from->all);
    keep_worse(&into->beyond, &from->beyond);
    into->absolute = into->absolute > from->absolute ? into->absolute : from->absolute;
}

void measure(const struct judge *judge, const struct points *points, size_t first, size_t count,
             double *const y[2], struct measurement *measurement)
{
    struct work work = {.judge = judge, .points = points, .first = first, .count = count, .y = y};
    struct worker workers[THREADS];
    pthread_t threads[THREADS];
    int started[THREADS] = {0};
    work.chunk = count / CHUNKS < MAX_CHUNK ? count / CHUNKS + 1 : MAX_CHUNK;
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){&work, *measurement};
        workers[i].found.points = 0;
        if (i > 0)
            started[i] = !pthread_create(&threads[i], NULL, run_worker, &workers[i]);
    }
    run_worker(&workers[0]);
    for (int i = 0; i < THREADS; i++) {
        if (started[i])
            pthread_join(threads[i], NULL);
        if (i == 0 || started[i])
            merge(measurement, &workers[i].found);
    }
}
