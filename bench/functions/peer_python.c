/* NumPy and PyTorch: a Python process that waits while others are timed. */
#include "bench/functions/peer_python.h"

#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* to NULL: there is none. data: where it finds the inputs. */
static struct {
    pid_t pid;
    FILE *to, *from;
    int data;
} child;

static void copy_reason(char reason[REASON_BYTES], const char *text)
{
    snprintf(reason, REASON_BYTES, "%.*s", REASON_BYTES - 1, text);
}

static bool read_answer(char answer[REASON_BYTES])
{
    if (child.from && fgets(answer, REASON_BYTES, child.from)) {
        answer[strcspn(answer, "\n")] = '\0';
        return true;
    }
    copy_reason(answer, "absent: its process ended");
    return false;
}

__attribute__((format(printf, 2, 3))) static bool ask(char answer[REASON_BYTES], const char *format,
                                                      ...)
{
    va_list arguments;
    if (!child.to) {
        copy_reason(answer, "absent: no Python");
        return false;
    }
    va_start(arguments, format);
    vfprintf(child.to, format, arguments);
    va_end(arguments);
    return fputc('\n', child.to) != EOF && fflush(child.to) == 0 && read_answer(answer);
}

static bool spawn(const char *python, int threads, const int to[2], const int from[2])
{
    char count[16];
    char *const arguments[] = {(char *)(uintptr_t)python, (char *)(uintptr_t)PYTHON_PEERS, count,
                               NULL};
    posix_spawn_file_actions_t actions;
    snprintf(count, sizeof count, "%d", threads);
    /* Threads that spin for their next work would take the cores of the peers after them. */
    setenv("OMP_WAIT_POLICY", "passive", 1);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, child.data, 3);
    const int failed = posix_spawnp(&child.pid, python, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return !failed;
}

/* Pipes that the child does not inherit by themselves. */
static bool start(const char *python, int threads)
{
    int to[2], from[2];
    child.data = memfd_create("inputs", MFD_CLOEXEC);
    if (child.data < 0 || pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
        return false;
    const bool started = spawn(python, threads, to, from);
    close(to[0]);
    close(from[1]);
    if (!started)
        return false;
    child.to = fdopen(to[1], "w");
    child.from = fdopen(from[0], "r");
    return child.to && child.from;
}

void python_start(const char *python, int threads, char numpy[REASON_BYTES],
                  char torch[REASON_BYTES])
{
    char *const answers[] = {numpy, torch};
    if (python && !start(python, threads))
        child.to = NULL;
    for (size_t i = 0; i < 2; ++i) {
        char answer[REASON_BYTES];
        if (!python)
            copy_reason(answers[i], "absent: no --python");
        else if (!child.to)
            snprintf(answers[i], REASON_BYTES, "absent: cannot start %.200s", python);
        else {
            read_answer(answer);
            copy_reason(answers[i], strncmp(answer, "ok ", 3) == 0 ? answer + 3 : answer);
        }
    }
}

void python_stop(void)
{
    if (!child.to)
        return;
    fclose(child.to);
    fclose(child.from);
    close(child.data);
    waitpid(child.pid, NULL, 0);
    child.to = child.from = NULL;
}

static bool write_inputs(const struct job *job)
{
    for (int i = 0; i < job->function->input_count; ++i)
        for (size_t at = 0; at < job->bytes;) {
            const ssize_t wrote = pwrite(child.data, (char *)job->in[i] + at, job->bytes - at,
                                         (off_t)((size_t)i * job->bytes + at));
            if (wrote <= 0)
                return false;
            at += (size_t)wrote;
        }
    return true;
}

static void *open_library(const char *library, const struct job *job, char reason[REASON_BYTES])
{
    if (child.to && !write_inputs(job)) {
        copy_reason(reason, "cannot hand over the inputs");
        return NULL;
    }
    if (ask(reason, "open %s %s %s %zu %d %d", library, job->function->name,
            clw_dtype_name(job->dtype), job->elements, job->function->input_count,
            job->function->parameter) &&
        strcmp(reason, "ok") == 0)
        return (void *)(uintptr_t)library;
    return NULL;
}

static void *open_numpy(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("NumPy", job, reason);
}

static void *open_torch(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("PyTorch", job, reason);
}

static double number(const char *answer)
{
    char *end;
    const double value = strtod(answer, &end);
    return end != answer && *end == '\0' ? value : NAN;
}

static double run(void *library)
{
    char answer[REASON_BYTES];
    return ask(answer, "run %s", (char *)library) ? number(answer) : NAN;
}

static double value(void *library, size_t index)
{
    char answer[REASON_BYTES];
    return ask(answer, "value %s %zu", (char *)library, index) ? number(answer) : NAN;
}

static void close_library(void *library)
{
    char answer[REASON_BYTES];
    ask(answer, "close %s", (char *)library);
}

const struct peer peer_numpy = {"NumPy", open_numpy, run, value, close_library};
const struct peer peer_torch = {"PyTorch", open_torch, run, value, close_library};
