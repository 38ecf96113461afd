/* Three stages, such as read, compute and write, that work on different blocks at the same time. */
#ifndef CLWISE_TOOLS_PIPELINE_H
#define CLWISE_TOOLS_PIPELINE_H

#include <clwise/clwise.h>

enum {
    PIPELINE_STAGES = 3,
    PIPELINE_SLOTS = 2 /* blocks between two stages: block n is in slot n % PIPELINE_SLOTS */
};

struct stage {
    int (*run)(void *data, int64_t block, clw_error *error); /* returns an exit status */
    double seconds;                                          /* that it took */
};

/* The middle stage runs in the calling thread. The first failure ends all of them. */
int pipeline_run(struct stage stages[PIPELINE_STAGES], int64_t blocks, void *data,
                 clw_error *error);

#endif
