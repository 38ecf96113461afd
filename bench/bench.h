/* What the parts of clwise-bench share: a work, its operands, and a peer that can do it. */
#ifndef CLWISE_BENCH_H
#define CLWISE_BENCH_H

#define CLWISE_NO_OPS
#include <clwise/clwise_cl.h>

#include "bench/peer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which bars a work of this size has. */
enum {
    SIZE_SMALL = 1,     /* what a call costs */
    SIZE_CACHED = 2,    /* operands in the cache */
    SIZE_MEMORY = 4,    /* operands in memory */
    SIZE_LIBRARIES = 8, /* what a call of other libraries costs */
    SIZE_GROWTH = 16    /* whether time grows as bytes do; by plan and C alone */
};

/* The product of two arrays. */
struct work {
    const char *name;
    clw_dtype dtype;
    size_t elements;
    unsigned sizes;
    bool quick; /* part of --quick */
};

/* Libraries that stand beside clwise for what a call of theirs costs take part up to so many
 * elements: from memory they are many times slower. */
enum { CALLS_ONLY = 1 << 20 };

extern const struct work works[];
extern const size_t work_count;

const struct work *work_find(const char *name);
/* Products of 2^6, 2^7, ... elements of f32; NULL after the last. */
const struct work *work_of_size(size_t i);
/* Products of 2^10, 2^12, ... elements of u8, as far as there is memory; NULL after the last. */
const struct work *work_of_growth(size_t i, bool quick);
size_t work_array_bytes(const struct work *work);

/* Host memory of a work, filled with data, and clwise arrays that wrap it. Every peer that can use
 * the memory of others uses this one, so that no peer is lucky with its pages. */
struct operands {
    const struct work *work;
    clw_context *context;
    void *a, *b, *y, *expected;
    clw_array *array_a, *array_b, *array_y;
};

bool operands_init(struct operands *operands, const struct work *work, clw_context *context,
                   clw_error *error);
void operands_finish(struct operands *operands);

extern const struct peer peer_clwise_call, peer_clwise_plan, peer_clwise_eval;
extern const struct peer peer_opencl, peer_opencl_streaming;
extern const struct peer peer_c, peer_c_one, peer_c_streaming;
extern const struct peer peer_gpuarray;
extern const struct peer peer_numpy, peer_torch, peer_numexpr, peer_jax, peer_pyopencl;

enum peer_index {
    CALL,
    PLAN,
    EVAL,
    OPENCL,
    OPENCL_STREAMING,
    PLAIN_C,
    ONE_C,
    C_STREAMING,
    GPUARRAY,
    NUMPY, /* from here on, in the order in which peer_python.py tells of them */
    TORCH,
    NUMEXPR,
    JAX,
    PYOPENCL,
    PEER_COUNT
};

extern const struct peer *const peers[PEER_COUNT];

/* The hand-written kernels, step by step. buffers: a, b, y. */
cl_program opencl_build(cl_context context, cl_device_id device, const struct work *work,
                        bool streaming);
bool opencl_set_arguments(cl_kernel kernel, const struct work *work, const cl_mem buffers[3]);
size_t opencl_items(cl_device_id device, const struct work *work); /* global size; local size 1 */
bool opencl_run(cl_command_queue queue, cl_kernel kernel, size_t items); /* and waits */

#endif
