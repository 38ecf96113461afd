/* What the parts of clwise-layouts share: a work, its operands, and a peer that can do it. */
#ifndef CLWISE_BENCH_LAYOUTS_H
#define CLWISE_BENCH_LAYOUTS_H

#define CLWISE_NO_OPS
#include <clwise/clwise.h>

#include "bench/peer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_AXES = 3, INPUTS = 2 };

/* How an input lies under the output; what is named is the view of a larger or other array. */
enum layout {
    WHOLE,      /* the output's shape, C order */
    ROW,        /* one axis, the last */
    COLUMN,     /* an extent of 1 along the last axis */
    SCALAR,     /* one element */
    TRANSPOSED, /* x.T */
    REVERSED,   /* x[:, ::-1] */
    SECOND,     /* x[:, ::2] */
    PERMUTED,   /* x.transpose(2, 1, 0) */
    INNER,      /* x[1:-1, 1:-1] */
    PLANES,     /* x.transpose(1, 2, 0): the last axis is the first of x */
    PIXELS,     /* x.transpose(2, 0, 1): the first axis is the last of x */
    LAYOUT_COUNT
};

extern const char *const layout_names[LAYOUT_COUNT];

/* What stands beside clwise. */
enum beside {
    BESIDE_CONTIGUOUS, /* clwise on whole operands, less the bytes that are not read */
    BESIDE_BLOCKED,    /* C in blocks, and libraries of Python */
    BESIDE_COPY,       /* a copy of as many bytes */
    BESIDE_GIVEN       /* clwise with the output given, against a new one */
};

struct work {
    const char *name, *op;
    clw_dtype in[INPUTS], out;
    enum layout layouts[INPUTS];
    int ndim;
    int64_t shape[MAX_AXES];
    enum beside beside;
    bool masked; /* where= of about every second element */
    bool quick;
};

extern const struct work works[];
extern const size_t work_count;

size_t work_elements(const struct work *work);

/* The view of an input, and the array that it is of. Strides and offset count bytes. */
struct view {
    int ndim, base_ndim;
    int64_t shape[MAX_AXES], strides[MAX_AXES], base_shape[MAX_AXES], offset;
    size_t base_elements;
};

struct view view_of(const struct work *work, enum layout layout, clw_dtype dtype);

struct operands {
    const struct work *work;
    clw_context *context;
    struct view views[INPUTS];
    void *in[INPUTS], *mask, *y, *expected;
    clw_array *array_in[INPUTS], *array_mask, *array_y;
};

bool operands_init(struct operands *operands, const struct work *work, clw_context *context,
                   clw_error *error);
void operands_finish(struct operands *operands);
double operands_bytes(const struct operands *operands); /* read and written, each once */
/* Element by element, with nothing clever: what every result is compared with. */
void operands_expect(const struct operands *operands);

/* Values that every dtype here has exactly, and sums and products of two of them too. */
void element_fill(void *memory, clw_dtype dtype, size_t elements, uint32_t state);
double element_load(const void *memory, clw_dtype dtype);
void element_store(void *memory, clw_dtype dtype, double value);

enum peer_index {
    CLWISE,
    CLWISE_GIVEN,
    CLWISE_WHOLE,
    CLWISE_COPY,
    C_COPY,
    C_BLOCKED,
    C_OTHER_ORDER,
    NUMPY, /* from here on, in the order in which peer_python.py tells of them */
    TORCH,
    JAX,
    PEER_COUNT
};

extern const struct peer *const peers[PEER_COUNT];

extern const struct peer peer_clwise, peer_clwise_given, peer_clwise_whole, peer_clwise_copy;
extern const struct peer peer_c_copy, peer_c_blocked, peer_c_other_order;
extern const struct peer peer_numpy, peer_torch, peer_jax;

bool read_memory(const struct operands *operands, void *y); /* of a result that C wrote */

#endif
