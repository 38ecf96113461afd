/* What the parts of clwise-expressions share: an expression, its operands, and a peer. */
#ifndef CLWISE_BENCH_EXPRESSIONS_H
#define CLWISE_BENCH_EXPRESSIONS_H

#define CLWISE_NO_OPS
#include <clwise/clwise.h>

#include "bench/memory.h"
#include "bench/python.h"

#include <stdbool.h>
#include <stddef.h>

enum { MAX_OPERANDS = 5 };

/* Operands are a, b, c, ... Elements of an operand are spread evenly over [low, high]. */
struct expression {
    const char *name;
    const char *text;    /* as clwise reads it */
    const char *steps;   /* the same with one op a statement; each gives its name an array */
    const char *python;  /* as NumPy, numexpr, PyTorch and JAX read it; NULL: as text */
    const char *by_hand; /* C and OpenCL C of scalars a, b, ...: a name in by_hand.h */
    clw_dtype operand, result;
    size_t elements;
    int operands;
    double low[MAX_OPERANDS], high[MAX_OPERANDS];
};

extern const struct expression expressions[];
extern const size_t expression_count;

/* An expression with data. */
struct job {
    const struct expression *expression;
    clw_context *context;
    size_t elements;
    size_t bytes; /* of an operand */
    void *operand[MAX_OPERANDS], *result;
    clw_array *operand_array[MAX_OPERANDS], *result_array;
};

bool job_init(struct job *job, clw_error *error); /* what stands before `bytes` is set */
void job_finish(struct job *job);

/* A way to do a job; as in bench/functions. */
struct peer {
    const char *name;
    void *(*open)(const struct job *job, char reason[REASON_BYTES]);
    double (*run)(void *state);
    double (*value)(void *state, size_t index);
    void (*close)(void *state);
};

enum peer_index { CLWISE, ONE_BY_ONE, OPENCL, PLAIN_C, NUMPY, NUMEXPR, TORCH, JAX, PEER_COUNT };
extern const struct peer *const peers[PEER_COUNT];
extern const struct peer peer_clwise, peer_one_by_one, peer_opencl, peer_c, peer_numpy,
    peer_numexpr, peer_torch, peer_jax;

#endif
