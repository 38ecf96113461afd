#include "tools/progress.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, REDRAW_MS = 100, BAR_WIDTH = 24, MAX_COLUMNS = 200 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    pthread_t thread;
    int running, drawn, counts;
    const char *verb, *object;
    uint64_t done, total;
    struct timespec start;
} progress = {.lock = PTHREAD_MUTEX_INITIALIZER};

static double seconds_since(const struct timespec *start)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) * 1e-9;
}

static void compose_bar(char *line, size_t room, double elapsed)
{
    const double part = (double)progress.done / (double)progress.total;
    const double rate = (double)progress.done / elapsed;
    const int filled = (int)(part * BAR_WIDTH + 0.5);
    char bar[BAR_WIDTH + 1];
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', (size_t)filled);
    bar[BAR_WIDTH] = '\0';
    const double left = rate > 0 ? (double)(progress.total - progress.done) / rate : 0;
    const double shown = progress.counts ? rate : rate / 1e6;
    snprintf(line, room, "%3d %% [%s] %.1f%s/s, %.0f s left  %s %s", (int)(part * 100), bar, shown,
             progress.counts ? "" : " MB", left, progress.verb, progress.object);
}

static int columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col == 0)
        return 80;
    return size.ws_col < MAX_COLUMNS ? size.ws_col : MAX_COLUMNS;
}

static void erase(void)
{
    if (progress.drawn)
        fprintf(stderr, "\r%*s\r", columns() - 1, "");
    progress.drawn = 0;
}

static void draw(void)
{
    char line[MAX_COLUMNS + 1];
    const double elapsed = seconds_since(&progress.start);
    if (elapsed * 1000 < PATIENCE_MS)
        return;
    if (progress.total > 0)
        compose_bar(line, sizeof line, elapsed);
    else
        snprintf(line, sizeof line, "%.0f s  %s %s", elapsed, progress.verb, progress.object);
    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
    const int width = columns() - 1;
    fprintf(stderr, "\r%-*.*s", width, width, line);
    progress.drawn = 1;
}

static struct timespec next_redraw(void)
{
    struct timespec when = {0};
    clock_gettime(CLOCK_MONOTONIC, &when);
    when.tv_nsec += REDRAW_MS * 1000000L;
    if (when.tv_nsec >= 1000000000L) {
        when.tv_sec++;
        when.tv_nsec -= 1000000000L;
    }
    return when;
}

static void *draw_until_end(void *unused)
{
    pthread_mutex_lock(&progress.lock);
    while (progress.running) {
        const struct timespec when = next_redraw();
        pthread_cond_timedwait(&progress.ended, &progress.lock, &when);
        if (progress.running)
            draw();
    }
    erase();
    pthread_mutex_unlock(&progress.lock);
    return unused;
}

static int start_thread(void)
{
    static int initialised;
    if (!initialised) {
        pthread_condattr_t attributes;
        pthread_condattr_init(&attributes);
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        pthread_cond_init(&progress.ended, &attributes);
        pthread_condattr_destroy(&attributes);
        initialised = 1;
    }
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int failed = pthread_create(&progress.thread, NULL, draw_until_end, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !failed;
}

static void begin(const char *verb, const char *object, uint64_t total, int counts)
{
    if (!isatty(STDERR_FILENO))
        return;
    progress.counts = counts;
    progress.verb = verb;
    progress.object = object;
    progress.done = 0;
    progress.total = total;
    clock_gettime(CLOCK_MONOTONIC, &progress.start);
    pthread_mutex_lock(&progress.lock);
    progress.running = 1;
    if (!start_thread())
        progress.running = 0;
    pthread_mutex_unlock(&progress.lock);
}

void progress_begin(const char *verb, const char *object, uint64_t total)
{
    begin(verb, object, total, 0);
}

void progress_begin_count(const char *verb, const char *object, uint64_t total)
{
    begin(verb, object, total, 1);
}

void progress_advance(uint64_t by)
{
    if (!progress.running)
        return;
    pthread_mutex_lock(&progress.lock);
    progress.done += by;
    if (progress.done > progress.total)
        progress.done = progress.total;
    pthread_mutex_unlock(&progress.lock);
}

void progress_end(void)
{
    if (!progress.running)
        return;
    pthread_mutex_lock(&progress.lock);
    progress.running = 0;
    pthread_cond_signal(&progress.ended);
    pthread_mutex_unlock(&progress.lock);
    pthread_join(progress.thread, NULL);
}

void progress_hide(void)
{
    pthread_mutex_lock(&progress.lock);
    erase();
    pthread_mutex_unlock(&progress.lock);
}
