#include "bench/crowd.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST_THREADS = 4 };
static const size_t sizes[CROWD_SIZES] = {1, 2, 4};

struct crowd {
    struct operands operands[MOST_THREADS];
    void *states[MOST_THREADS][PEER_COUNT];
};

static const enum peer_index runners[] = {CALL, OPENCL};
enum { RUNNERS = sizeof runners / sizeof *runners };

static bool open_thread(struct crowd *crowd, size_t thread, clw_context *context)
{
    clw_error error;
    if (!operands_init(&crowd->operands[thread], work_find("f32 multiply 64"), context, &error))
        return false;
    for (size_t i = 0; i < RUNNERS; ++i)
        crowd->states[thread][runners[i]] = peers[runners[i]]->open(&crowd->operands[thread]);
    return true;
}

static void close_thread(struct crowd *crowd, size_t thread)
{
    for (size_t i = 0; i < RUNNERS; ++i)
        if (crowd->states[thread][runners[i]])
            peers[runners[i]]->close(crowd->states[thread][runners[i]]);
    if (crowd->operands[thread].context)
        operands_finish(&crowd->operands[thread]);
}

/* Seconds from one call to the next of any thread, each of which has operands of its own. */
static double sample(const struct crowd *crowd, enum peer_index peer, size_t threads,
                     double seconds)
{
    size_t calls = 0;
    bool right = true;
    const double begin = now();
#pragma omp parallel for num_threads(threads) schedule(static, 1) reduction(+ : calls)             \
    reduction(&& : right)
    for (size_t thread = 0; thread < threads; ++thread) {
        void *state = crowd->states[thread][peer];
        for (right = state; right && now() - begin < seconds; calls += 16)
            for (int i = 0; i < 16; ++i)
                right = peers[peer]->run(state) && right;
    }
    return right ? (now() - begin) / (double)calls : NAN;
}

static void measure(struct report *report, const struct crowd *crowd, double seconds,
                    struct figure figures[CROWD_SIZES][PEER_COUNT])
{
    double samples[CROWD_SIZES][RUNNERS][ROUNDS];
    for (size_t round = 0; round < ROUNDS; ++round) {
        report_progress(report, "threads that call at once", round, ROUNDS);
        for (size_t size = 0; size < CROWD_SIZES; ++size)
            for (size_t i = 0; i < RUNNERS; ++i)
                samples[size][i][round] = sample(crowd, runners[i], sizes[size], seconds);
    }
    report_progress(report, "threads that call at once", ROUNDS, ROUNDS);
    for (size_t size = 0; size < CROWD_SIZES; ++size) {
        for (size_t i = 0; i < PEER_COUNT; ++i)
            figures[size][i] = figure_of(&(double){NAN}, 1);
        for (size_t i = 0; i < RUNNERS; ++i)
            figures[size][runners[i]] = figure_of(samples[size][i], ROUNDS);
    }
}

/* Threads beyond the cores gain nothing. */
static void report_size(struct report *report, struct figure figures[CROWD_SIZES][PEER_COUNT],
                        size_t size)
{
    const double cores = fmin((double)sysconf(_SC_NPROCESSORS_ONLN), (double)sizes[size]);
    const struct work *work = work_find("f32 multiply 64");
    char name[96];
    snprintf(name, sizeof name, "%s, %zu threads calling", work->name, sizes[size]);
    report_work(report,
                &(struct report_row){name, work->elements, 3 * (double)work_array_bytes(work)},
                figures[size]);
    if (size == 0)
        return;
    snprintf(name, sizeof name, "%s, %zu threads calling, clwise call / linear", work->name,
             sizes[size]);
    report_bar(report,
               &(struct bar){name, figures[size][CALL].median * cores / figures[0][CALL].median,
                             1 / 0.9, "x"});
    snprintf(name, sizeof name, "%s, %zu threads calling, clwise call / raw OpenCL", work->name,
             sizes[size]);
    report_bar(
        report,
        &(struct bar){name, figures[size][CALL].median / figures[size][OPENCL].median, 1.4, "x"});
}

void measure_crowd(struct report *report, clw_context *context, double seconds)
{
    struct crowd crowd = {0};
    struct figure figures[CROWD_SIZES][PEER_COUNT];
    bool opened = true;
    for (size_t thread = 0; opened && thread < MOST_THREADS; ++thread)
        opened = open_thread(&crowd, thread, context);
    if (opened) {
        measure(report, &crowd, seconds, figures);
        for (size_t size = 0; size < CROWD_SIZES; ++size)
            report_size(report, figures, size);
    }
    for (size_t thread = 0; thread < MOST_THREADS; ++thread)
        close_thread(&crowd, thread);
}
