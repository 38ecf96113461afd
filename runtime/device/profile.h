/* What a device does not tell of itself and is measured once: a few numbers, kept beside its
 * kernels in the disk cache. Threads may read and set them at any time. */
#ifndef CLWISE_DEVICE_PROFILE_H
#define CLWISE_DEVICE_PROFILE_H

#include <stdatomic.h>

#include "runtime/base/text.h"

enum profile_fact {
    PROFILE_CROSSOVER, /* nanoseconds of small work from which the large tier is faster */
    PROFILE_STREAMED,  /* bytes of a call's arrays from which stores go past the caches */
    PROFILE_RUN,       /* elements, the least that a work-item walks */
    PROFILE_TILE,      /* bytes of a row of a tile of a transposed operand */
    PROFILE_FACTS
};
#define PROFILE_NEVER INT64_MAX

struct profile {
    atomic_int_least64_t facts[PROFILE_FACTS]; /* 0: not measured */
};

/* The fact, or what is usual where it is not measured. */
int64_t profile_get(const struct profile *profile, enum profile_fact fact);
int profile_knows(const struct profile *profile, enum profile_fact fact);
void profile_set(struct profile *profile, enum profile_fact fact, int64_t value);

/* As text, a line for each fact that is known; and back. Text that is not of that kind, or a value
 * out of reason, tells nothing. */
void profile_words(const struct profile *profile, struct text *words);
void profile_read(struct profile *profile, const char *words, size_t length);

#endif
