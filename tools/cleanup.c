#include "tools/cleanup.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

enum { SLOTS = 16 };

static const char *volatile paths[SLOTS];
static volatile sig_atomic_t held, waiting;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};

static void remove_all(void)
{
    for (int slot = 0; slot < SLOTS; slot++)
        if (paths[slot])
            unlink(paths[slot]);
}

static void on_signal(int number)
{
    if (held) {
        waiting = number;
        return;
    }
    remove_all();
    signal(number, SIG_DFL);
    raise(number);
}

static void install_handlers(void)
{
    static int installed;
    if (installed++)
        return;
    atexit(remove_all);       /* drivers may call exit */
    signal(SIGXFSZ, SIG_IGN); /* a file past the size limit is then an error of write */
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction action;
        if (sigaction(signals[i], NULL, &action) || action.sa_handler == SIG_IGN)
            continue;
        action.sa_handler = on_signal;
        action.sa_flags = SA_RESTART;
        sigfillset(&action.sa_mask);
        sigaction(signals[i], &action, NULL);
    }
}

int cleanup_add(const char *path)
{
    install_handlers();
    for (int slot = 0; slot < SLOTS; slot++)
        if (!paths[slot]) {
            paths[slot] = path;
            return slot;
        }
    return -1;
}

void cleanup_remove(int slot)
{
    if (slot >= 0)
        paths[slot] = NULL;
}

void cleanup_hold(void)
{
    held = 1;
}

void cleanup_release(void)
{
    held = 0;
    if (waiting)
        raise((int)waiting);
}
