/* What the handles of the public header are. */
#ifndef CLWISE_API_OBJECTS_H
#define CLWISE_API_OBJECTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "runtime/api/builder.h"
#include "runtime/api/expressions.h"
#include "runtime/api/plan_cache.h"
#include "runtime/api/record.h"
#include "runtime/device/launch.h"
#include "runtime/device/tiers.h"
#include "runtime/ops/registry.h"

struct clw_context {
    atomic_int references;
    clw_allocator allocator_storage;
    const clw_allocator *allocator; /* NULL: malloc */
    struct log log;
    clw_promotion promotion;
    clw_fp64_policy fp64;
    atomic_int demotion_said;
    struct device device;
    atomic_int tuning;    /* a thread measures the device */
    int crossover_is_own; /* of the device's profile: not to be kept */
    struct disk_cache *disk;
    struct builder *builder; /* NULL: calls build what they need */
    struct record *record;   /* of what is planned; NULL: none */
    struct kernels kernels;
    pthread_rwlock_t ops_lock; /* registry, identities and expressions */
    struct registry registry;
    struct clw_op *move; /* copies bits */
    uint64_t last_identity;
    struct expressions expressions; /* of clw_eval */
    struct plan_cache plans;        /* of calls */
};

struct clw_array {
    atomic_int references;
    clw_context *context; /* retained */
    struct buffer *buffer;
    clw_dtype dtype;
    int64_t offset; /* of element 0 in the buffer */
    struct layout layout;
};

struct clw_plan {
    clw_context *context; /* retained */
    struct clw_op *op;    /* retained if it is outside the registry */
    struct plan plan;
    struct plan_kernels kernels; /* none without elements */
    clw_kernel_origin origin;
    double build_seconds;
    char *source, *key, *geometry;
    clw_array *mask;          /* retained */
    clw_call_options options; /* for operands that overlap outputs; params are the plan's copies */
    clw_param *params;
    int nparts;
    struct clw_plan **parts; /* of an op that is split; then there is no kernel */
    struct planned_operand {
        int is_array, ndim;
        clw_dtype dtype;
        clw_scalar scalar;
        int64_t shape[GEOMETRY_MAX_RANK], strides[GEOMETRY_MAX_RANK];
        int alignment;
    } * operands; /* inputs, then outputs */
};

/* ---- context.c ---- */

/* clw_context_adopt_cl. */
clw_status context_adopt(const clw_config *config, cl_context cl, cl_device_id device,
                         cl_command_queue queue, clw_context **out, clw_error *error);
/* The status; the message of a failure begins with the function's name. */
clw_status api_status(const char *function, clw_status status, clw_error *error);
/* 1 if f64 computes in f32. */
int context_demotes(const clw_context *context);
/* Gives an op, or all new ops of the registry, an identity; ops_lock is held for writing. */
void context_own_op(clw_context *context, struct clw_op *op);
void context_own_ops(clw_context *context);

/* ---- array.c ---- */

/* A new array in C order; the layout's strides are not looked at. */
clw_status array_new(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                     clw_array **out, clw_error *error);
/* The same without memory: to plan with. */
clw_status array_header(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                        clw_array **out, clw_error *error);
/* Another array over the same memory, of a shape that broadcasts to the base's: its elements are
 * the first along the axes that it lacks. */
clw_status array_narrow(const clw_array *base, int ndim, const int64_t *shape, clw_array **out,
                        clw_error *error);
/* A 0-d array over the start of a buffer, which it takes, also on failure. */
clw_status array_over(clw_context *context, clw_dtype dtype, struct buffer *buffer, clw_array **out,
                      clw_error *error);
/* clw_array_view of an array that is there. */
clw_status array_view(const clw_array *base, int ndim, const int64_t *shape, const int64_t *strides,
                      int64_t offset, clw_array **out, clw_error *error);
/* The power of two up to 16 that divides the address of element 0. */
int array_alignment(const clw_array *array);

/* ---- call.c ---- */

/* Context and op are there, and of this process. */
clw_status check_handles(const char *function, const clw_context *context, const clw_op *op,
                         clw_error *error);
/* Operands of a call, checked: handles are there and belong to the context. */
clw_status check_call(clw_context *context, const clw_op *op, const clw_operand *in, int nin,
                      clw_array *const *out, int nout, const clw_call_options *options,
                      clw_call_options *checked, clw_error *error);
/* OVERLAP if two outputs share memory. */
clw_status check_outputs_apart(const clw_op *op, clw_array *const *out, clw_error *error);
/* What promotion sees of an operand. */
struct typed type_of(const clw_operand *operand);
/* 1 if the output would destroy an input before it is read. */
int inputs_need_copies(const clw_op *op, const clw_operand *in, clw_array *const *out,
                       const clw_array *mask);
/* clw_call without the checks. */
clw_status call_checked(clw_context *context, const clw_op *op, const clw_operand *in,
                        clw_array **out, const clw_call_options *options, clw_error *error);

/* ---- tune.c ---- */

/* Reads what is known of the device; measures at once what every call asks for, in a millisecond.
 */
void tune_start(clw_context *context);
/* Measures what the plan, of a large call, would have liked to know; 1: something is new, plan
 * again. Takes up to a fifth of a second, once for a device and a driver. */
int tune_for(clw_context *context, const struct plan *plan);

/* ---- run.c ---- */

/* The plan for checked operands; outputs that are NULL are new arrays. */
clw_status plan_call(clw_context *context, const clw_op *op, const clw_operand *in,
                     clw_array *const *out, const clw_call_options *options, struct plan *plan,
                     clw_error *error);
/* Runs a plan on arrays; every output is there. `known` keeps kernels from call to call. */
clw_status launch_call(clw_context *context, const clw_op *op, const struct plan *plan,
                       struct plan_kernels *known, const clw_operand *in, clw_array *const *out,
                       const clw_array *mask, clw_error *error);
/* Finds or makes the plan, makes the outputs that are missing, and launches. */
clw_status run_planned(clw_context *context, const clw_op *op, const clw_operand *in,
                       clw_array **out, const clw_call_options *options, clw_error *error);

/* ---- plan.c ---- */

/* clw_plan_create for checked operands. */
clw_status plan_new(clw_context *context, const clw_op *op, const clw_operand *in,
                    clw_array *const *out, const clw_call_options *options, clw_plan **plan,
                    clw_error *error);

/* ---- copy.c ---- */

/* Copies elements bit by bit between arrays of one dtype and shape, by a kernel if strides ask for
 * it; both are of the context. */
clw_status copy_elements(const clw_array *from, clw_array *to, clw_error *error);

#endif
