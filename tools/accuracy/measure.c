#include "tools/accuracy/measure.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "tools/accuracy/ulp.h"

enum { THREADS = 2, CHUNK = 256, GUARD_BITS = 40 };

struct work {
    const struct judge *judge;
    const struct points *points;
    size_t first, count;
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

static void keep_worse(struct worst *worst, const struct worst *other)
{
    if (other->ulp > worst->ulp)
        *worst = *other;
}

static void merge(struct measurement *into, const struct measurement *from)
{
    into->points += from->points;
    keep_worse(&into->all, &from->all);
    keep_worse(&into->beyond, &from->beyond);
    into->absolute = fmax(into->absolute, from->absolute);
}

/* Whether a double says already that nothing is learned here. */
static int surely_smaller(const struct judge *judge, double x, double y, double worst)
{
    const double exact = judge->real->quick(x);
    const double size = fabs(exact);
    const struct float_format *const format = judge->format;
    if (!(size >= float_smallest_normal(format) && size <= float_largest(format)) || isinf(y))
        return 0;
    int exponent = 0;
    frexp(exact, &exponent);
    /* At a power of two the exact value may lie in the binade below. */
    const double ulp = ldexp(1, exponent - format->precision - (frexp(size, &exponent) == 0.5));
    return (fabs(y - exact) + size * 0x1p-46) / ulp <= worst;
}

static void consider(const struct judge *judge, struct measurement *found, struct worst *here,
                     double absolute)
{
    keep_worse(&found->all, here);
    if (absolute > judge->bound.absolute)
        keep_worse(&found->beyond, here);
    else if (fabs(here->exact[0]) < 1)
        found->absolute = fmax(found->absolute, absolute);
}

static void judge_real(const struct judge *judge, const struct points *points, size_t at, double y,
                       struct measurement *found, mpfr_ptr exact)
{
    struct worst here = {.y = {y}};
    double arguments[ORACLE_MAX_INPUTS] = {0}, absolute = 0;
    for (int i = 0; i < points->columns; i++)
        here.x[i] = arguments[i] = points->x[i][at];
    for (int i = 0; i < judge->param_count; i++)
        arguments[points->columns + i] = judge->params[i];
    if (judge->real->quick && judge->format->precision <= 24 &&
        surely_smaller(judge, here.x[0], y, judge->bound.absolute > 0 ? 0 : found->all.ulp))
        return;
    oracle_value(judge->real, exact, arguments, points->columns + judge->param_count);
    here.exact[0] = mpfr_get_d(exact, MPFR_RNDN);
    if (y == 0 && mpfr_zero_p(exact) && (judge->real->flags & ANY_ZERO))
        return;
    if (judge->no_subnormals && y == 0 &&
        fabs(here.exact[0]) < float_smallest_normal(judge->format))
        return;
    here.ulp = ulp_error(judge->format, y, exact, &absolute);
    consider(judge, found, &here, absolute);
}

static void *run_worker(void *data)
{
    struct worker *const worker = data;
    struct work *const work = worker->work;
    mpfr_t exact;
    mpfr_init2(exact, work->judge->format->precision + GUARD_BITS);
    for (;;) {
        const size_t start = atomic_fetch_add(&work->next, CHUNK);
        const size_t end = start + CHUNK < work->count ? start + CHUNK : work->count;
        if (start >= work->count)
            break;
        for (size_t i = start; i < end; i++)
            judge_real(work->judge, work->points, work->first + i, work->y[0][i], &worker->found,
                       exact);
        worker->found.points += end - start;
    }
    mpfr_clear(exact);
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
    return NULL;
}

void measure(const struct judge *judge, const struct points *points, size_t first, size_t count,
             double *const y[2], struct measurement *measurement)
{
    struct work work = {.judge = judge, .points = points, .first = first, .count = count, .y = y};
    struct worker workers[THREADS];
    pthread_t threads[THREADS];
    int started[THREADS] = {0};
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
