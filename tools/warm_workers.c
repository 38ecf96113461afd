#include "tools/warm_workers.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/progress.h"
#include "tools/registry.h"
#include "tools/report.h"

/* Lines that are built together, as clw_warm_lines does. */
enum { MOST_WORKERS = 64, MOST_TOGETHER = 4 };

struct task {
    int first, count; /* lines; none: 0 */
};

/* From a worker: what became of the line that it was given. */
struct answer {
    clw_status status;
    clw_kernel_origin origin;
    char message[sizeof((clw_error *)0)->message];
};

struct worker {
    pid_t process;           /* 0: none */
    int to, from;            /* pipes */
    struct task task, alone; /* `alone`: lines of which one ended the process before this one */
};

struct pool {
    const struct settings *settings;
    const struct lines *lines;
    struct warmed *warmed;
    struct worker workers[MOST_WORKERS];
    int jobs, next, together;
};

/* ---- in a worker ---- */

static int read_whole(int file, void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        const ssize_t step = read(file, (char *)bytes + done, count - done);
        if (step == 0 || (step < 0 && errno != EINTR))
            return 0;
        done += step > 0 ? (size_t)step : 0;
    }
    return 1;
}

static int write_whole(int file, const void *bytes, size_t count)
{
    for (size_t done = 0; done < count;) {
        const ssize_t step = write(file, (const char *)bytes + done, count - done);
        if (step < 0 && errno != EINTR)
            return 0;
        done += step > 0 ? (size_t)step : 0;
    }
    return 1;
}

/* Where one of the lines fails, each alone tells which. */
static void do_task(clw_context *context, const char *const *lines, int count,
                    struct answer *answers)
{
    clw_kernel_origin origins[MOST_TOGETHER];
    clw_error error;
    const int done = clw_warm_lines(context, lines, count, origins, &error) == CLW_OK;
    for (int i = 0; i < count; i++) {
        answers[i] = (struct answer){.status = CLW_OK, .origin = origins[i]};
        if (!done)
            answers[i].status = clw_warm(context, lines[i], &answers[i].origin, &error);
        if (answers[i].status)
            snprintf(answers[i].message, sizeof answers[i].message, "%s", error.message);
    }
}

static void work(const struct pool *pool, int from, int to)
{
    clw_error error = {CLW_OK, ""};
    clw_context *context = NULL;
    struct answer answers[MOST_TOGETHER];
    const int opened = registry_open(pool->settings, NULL, &context, &error);
    for (struct task task; read_whole(from, &task, sizeof task);) {
        const char *lines[MOST_TOGETHER];
        for (int i = 0; i < task.count; i++) {
            lines[i] = pool->lines->words[task.first + i];
            answers[i] = (struct answer){.status = CLW_ERROR_DEVICE};
            snprintf(answers[i].message, sizeof answers[i].message, "%s", error.message);
        }
        if (opened == DONE)
            do_task(context, lines, task.count, answers);
        if (!write_whole(to, answers, (size_t)task.count * sizeof *answers))
            break;
    }
    clw_context_release(context);
}

/* ---- in this process ---- */

/* Pipes of other workers stay open in a new one no longer than until it closes them: else an end
 * would not be seen. */
static void close_others(const struct pool *pool)
{
    for (int i = 0; i < pool->jobs; i++)
        if (pool->workers[i].process) {
            close(pool->workers[i].to);
            close(pool->workers[i].from);
        }
}

static int start(struct pool *pool, struct worker *worker, clw_error *error)
{
    int to[2], from[2];
    if (pipe(to) < 0)
        return fail(error, "no pipe to another process: %s", strerror(errno));
    if (pipe(from) < 0) {
        close(to[0]);
        close(to[1]);
        return fail(error, "no pipe to another process: %s", strerror(errno));
    }
    const pid_t process = fork();
    if (process == 0) {
        close_others(pool);
        close(to[1]);
        close(from[0]);
        work(pool, to[0], from[1]);
        _exit(0);
    }
    close(to[0]);
    close(from[1]);
    if (process < 0) {
        close(to[1]);
        close(from[0]);
        return fail(error, "no other process can be made: %s", strerror(errno));
    }
    *worker = (struct worker){.process = process, .to = to[1], .from = from[0]};
    return DONE;
}

static void deal(struct pool *pool, struct worker *worker)
{
    const int left = pool->lines->count - pool->next;
    if (worker->alone.count) {
        worker->task = (struct task){worker->alone.first++, 1};
        worker->alone.count--;
    } else {
        worker->task = (struct task){pool->next, left < pool->together ? left : pool->together};
        pool->next += worker->task.count;
    }
    if (worker->task.count)
        write_whole(worker->to, &worker->task, sizeof worker->task);
}

/* Waits for its end; the signal that ended it, or 0. */
static int stop(struct worker *worker)
{
    int status = 0;
    close(worker->to);
    close(worker->from);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        ;
    worker->process = 0;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void tell_failure(const struct pool *pool, int line, const char *why)
{
    progress_hide();
    pool->warmed->failed++;
    reportf("%.200s: %s", pool->lines->words[line], why);
}

static void take(struct pool *pool, const struct task *task, const struct answer *answers)
{
    for (int i = 0; i < task->count; i++) {
        if (answers[i].status)
            tell_failure(pool, task->first + i, answers[i].message);
        else if (answers[i].origin == CLW_KERNEL_COMPILED)
            pool->warmed->compiled++;
        else
            pool->warmed->found++;
    }
    progress_advance((uint64_t)task->count);
}

/* A driver may end the process that it is in: another one goes on, with lines that were built
 * together alone. */
static int replace(struct pool *pool, struct worker *worker, clw_error *error)
{
    char why[80];
    const struct task task = worker->task;
    struct task alone = worker->alone;
    const int code = stop(worker);
    if (task.count > 1) {
        alone = task;
    } else {
        snprintf(why, sizeof why, "the driver ended the process (signal %d)", code);
        tell_failure(pool, task.first, why);
        progress_advance(1);
    }
    const int status = start(pool, worker, error);
    worker->alone = alone;
    if (status == DONE)
        deal(pool, worker);
    return status;
}

/* Waits until one of the workers has something to say. */
static int listen_once(struct pool *pool, clw_error *error)
{
    struct pollfd files[MOST_WORKERS];
    struct answer answers[MOST_TOGETHER];
    for (int i = 0; i < pool->jobs; i++)
        files[i] =
            (struct pollfd){pool->workers[i].task.count ? pool->workers[i].from : -1, POLLIN, 0};
    if (poll(files, (nfds_t)pool->jobs, -1) < 0 && errno != EINTR)
        return fail(error, "waiting for other processes fails: %s", strerror(errno));
    for (int i = 0; i < pool->jobs; i++) {
        struct worker *const worker = &pool->workers[i];
        if (files[i].fd < 0 || !files[i].revents)
            continue;
        if (read_whole(worker->from, answers, (size_t)worker->task.count * sizeof *answers)) {
            take(pool, &worker->task, answers);
            deal(pool, worker);
        } else if (replace(pool, worker, error) != DONE) {
            return FAILED;
        }
    }
    return DONE;
}

static int is_busy(const struct pool *pool)
{
    for (int i = 0; i < pool->jobs; i++)
        if (pool->workers[i].process && pool->workers[i].task.count)
            return 1;
    return 0;
}

int warm_all(const struct settings *settings, const struct lines *lines, int jobs,
             struct warmed *warmed, clw_error *error)
{
    struct pool pool = {.settings = settings, .lines = lines, .warmed = warmed};
    const int most = jobs < MOST_WORKERS ? jobs : MOST_WORKERS;
    int status = DONE;
    *warmed = (struct warmed){0};
    while (status == DONE && pool.jobs < most && pool.jobs < lines->count) {
        status = start(&pool, &pool.workers[pool.jobs], error);
        pool.jobs += status == DONE;
    }
    if (pool.jobs)
        pool.together = (lines->count + pool.jobs - 1) / pool.jobs;
    if (pool.together > MOST_TOGETHER)
        pool.together = MOST_TOGETHER;
    progress_begin_count("building", "kernels", (uint64_t)lines->count);
    for (int i = 0; i < pool.jobs; i++)
        deal(&pool, &pool.workers[i]);
    while (status == DONE && is_busy(&pool))
        status = listen_once(&pool, error);
    progress_end();
    for (int i = 0; i < pool.jobs; i++)
        if (pool.workers[i].process)
            stop(&pool.workers[i]);
    return status;
}
