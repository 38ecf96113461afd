/* Whether this is still the process that made something, or one that was forked from it. */
#ifndef CLWISE_BASE_PROCESS_H
#define CLWISE_BASE_PROCESS_H

#include <sys/types.h>

struct process {
    pid_t id;
    const volatile unsigned char *mark; /* 1; 0 in a child; NULL where the system cannot do that */
};

void process_remember(struct process *process);
void process_forget(struct process *process);
/* Asks the system only if it must: a system call costs as much as a fifth of a small call. */
int process_is_same(const struct process *process);

#endif
