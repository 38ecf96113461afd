/* Keeping threads off each other's cache lines. */
#ifndef CLWISE_BASE_THREAD_H
#define CLWISE_BASE_THREAD_H

#include <pthread.h>
#include <stdint.h>

#include "runtime/base/cache_line.h"

/* 32 bits that tell this thread from others, as a rule: threads differ in the address of what they
 * are. */
static inline unsigned thread_bits(void)
{
    return (unsigned)((uint64_t)pthread_self() * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

#endif
