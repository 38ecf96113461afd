#include "bench/python.h"

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

static bool ask(char answer[REASON_BYTES], const char *format, va_list arguments)
{
    if (!child.to) {
        copy_reason(answer, "absent: no Python");
        return false;
    }
    vfprintf(child.to, format, arguments);
    return fputc('\n', child.to) != EOF && fflush(child.to) == 0 && read_answer(answer);
}

bool python_ask(char answer[REASON_BYTES], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const bool answered = ask(answer, format, arguments);
    va_end(arguments);
    return answered;
}

double python_number(const char *format, ...)
{
    char answer[REASON_BYTES], *end = answer;
    double value = NAN;
    va_list arguments;
    va_start(arguments, format);
    if (ask(answer, format, arguments))
        value = strtod(answer, &end);
    va_end(arguments);
    return end != answer && *end == '\0' ? value : NAN;
}

static bool spawn(const char *python, const char *script, int threads, const int to[2],
                  const int from[2])
{
    char count[16];
    char *const arguments[] = {(char *)(uintptr_t)python, (char *)(uintptr_t)script, count, NULL};
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
static bool start(const char *python, const char *script, int threads)
{
    int to[2], from[2];
    child.data = memfd_create("inputs", MFD_CLOEXEC);
    if (child.data < 0 || pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
        return false;
    const bool started = spawn(python, script, threads, to, from);
    close(to[0]);
    close(from[1]);
    if (!started)
        return false;
    child.to = fdopen(to[1], "w");
    child.from = fdopen(from[0], "r");
    return child.to && child.from;
}

void python_start(const char *python, const char *script, int threads, char (*facts)[REASON_BYTES],
                  size_t libraries)
{
    if (python && !start(python, script, threads))
        child.to = NULL;
    for (size_t i = 0; i < libraries; ++i) {
        char answer[REASON_BYTES];
        if (!python)
            copy_reason(facts[i], "absent: no --python");
        else if (!child.to)
            snprintf(facts[i], REASON_BYTES, "absent: cannot start %.200s", python);
        else {
            read_answer(answer);
            copy_reason(facts[i], strncmp(answer, "ok ", 3) == 0 ? answer + 3 : answer);
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

bool python_is_there(void)
{
    return child.to != NULL;
}

bool python_give(const void *memory, size_t bytes, off_t at)
{
    for (size_t done = 0; done < bytes;) {
        const ssize_t wrote =
            pwrite(child.data, (const char *)memory + done, bytes - done, at + (off_t)done);
        if (wrote <= 0)
            return false;
        done += (size_t)wrote;
    }
    return true;
}

bool python_take(void *memory, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        const ssize_t got = pread(child.data, (char *)memory + done, bytes - done, (off_t)done);
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}
