/* What the parts of clwise-bench share: a work, its operands, and a peer that can do it. */
#ifndef CLWISE_BENCH_H
#define CLWISE_BENCH_H

#define CLWISE_NO_OPS
#include <clwise/clwise_cl.h>

#include "bench/timing.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the second operand lies under the output, whose shape is (rows, columns). */
enum pattern {
    PATTERN_FLAT,       /* the same shape; one axis */
    PATTERN_ROW,        /* (columns,) */
    PATTERN_COLUMN,     /* (rows, 1) */
    PATTERN_TRANSPOSED, /* a (columns, rows) array, transposed */
    PATTERN_SCALE       /* none: the first operand over 255 */
};

struct work {
    const char *name;
    const char *op;
    enum pattern pattern;
    clw_dtype input, output;
    size_t rows, columns;
    bool quick; /* part of --quick */
};

extern const struct work works[];
extern const size_t work_count;

const struct work *work_find(const char *name);
size_t work_elements(const struct work *work);
size_t work_second_elements(const struct work *work);
double work_bytes(const struct work *work); /* read and written, each once */

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

/* A way to do a work. open returns NULL where the peer cannot do it; run ends when the result is
 * there; read copies the result to `y`. */
struct peer {
    const char *name;
    void *(*open)(const struct operands *operands);
    bool (*run)(void *state);
    bool (*read)(void *state, void *y);
    void (*close)(void *state);
};

extern const struct peer peer_clwise_call, peer_clwise_plan;
extern const struct peer peer_opencl, peer_opencl_streaming;
extern const struct peer peer_c, peer_c_streaming;
extern const struct peer peer_gpuarray; /* with HAVE_GPUARRAY */

/* The hand-written kernels, step by step. buffers: a, b, y. */
cl_program opencl_build(cl_context context, cl_device_id device, const struct work *work,
                        bool streaming);
const char *opencl_kernel_name(enum pattern pattern);
bool opencl_set_arguments(cl_kernel kernel, const struct work *work, const cl_mem buffers[3]);
size_t opencl_items(cl_device_id device, const struct work *work); /* global size; local size 1 */
bool opencl_run(cl_command_queue queue, cl_kernel kernel, size_t items); /* and waits */

#endif
