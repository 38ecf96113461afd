/* What the parts of clwise-functions share: a function, its data in one dtype, and a peer. */
#ifndef CLWISE_BENCH_FUNCTIONS_H
#define CLWISE_BENCH_FUNCTIONS_H

#define CLWISE_NO_OPS
#include <clwise/clwise.h>

#include "bench/memory.h"
#include "bench/python.h"

#include <stdbool.h>
#include <stddef.h>

enum { MAX_INPUTS = 2 };

struct interval {
    double low, high;
    bool whole; /* whole numbers only */
};

/* Parts of complex inputs are in [-5, 5], whatever the intervals of the real ones. */
struct function {
    const char *name;    /* of the row and of the op */
    const char *builtin; /* OpenCL C of inputs a, b, where one built-in function does it */
    const char *kinds;   /* "r": f32 and f64; "c": c64 and c128 */
    int input_count;
    struct interval inputs[MAX_INPUTS];
    int parameter; /* value of the op's first parameter, where it has one; 0: its default */
};

extern const struct function functions[];
extern const size_t function_count;

const struct function *function_find(const char *name);
bool function_has(const struct function *function, clw_dtype dtype);
/* A special function of groups 14 to 16 of the table of ops, which may take longer to build. */
bool function_is_special(const struct function *function);

/* Default options but for the parameter that the function asks for; it may be NULL. */
void set_parameter(const struct function *function, const clw_op *op, clw_call_options *options,
                   clw_param *param);

/* A function in one dtype, with data. op NULL: clwise has none of that name. */
struct job {
    const struct function *function;
    clw_context *context;
    const clw_op *op;
    clw_dtype dtype, result;
    size_t elements;
    size_t bytes; /* of an input */
    void *in[MAX_INPUTS], *y, *spare;
    clw_array *array_in[MAX_INPUTS], *array_y;
    clw_array
        *array_spare; /* of the dtype of the inputs; for peers that compute no result of ours */
};

bool job_init(struct job *job, clw_error *error); /* what stands before `bytes` is set */
void job_finish(struct job *job);

/* A way to do a job. open returns NULL, and why, where the peer cannot. run returns its seconds,
 * or NAN; the result is there then. value is element `index` of the result, its real part. */
struct peer {
    const char *name;
    void *(*open)(const struct job *job, char reason[REASON_BYTES]);
    double (*run)(void *state);
    double (*value)(void *state, size_t index); /* NULL: nothing to compare */
    void (*close)(void *state);
};

enum peer_index { CLWISE, COPY, BUILTIN, BY_HAND, NUMPY, TORCH, MEMCPY, PEER_COUNT };
extern const struct peer *const peers[PEER_COUNT];

extern const struct peer peer_clwise, peer_copy, peer_builtin, peer_opencl, peer_numpy, peer_torch,
    peer_memcpy;

#endif
