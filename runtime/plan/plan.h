/* Planning a call: op + operands -> steps, geometry and key. Pure; no device, no allocation. */
#ifndef CLWISE_PLAN_PLAN_H
#define CLWISE_PLAN_PLAN_H

#include "runtime/base/text.h"
#include "runtime/plan/geometry.h"
#include "runtime/plan/resolve.h"

enum {
    PLAN_MAX_OPERANDS = OP_MAX_INPUTS + OP_MAX_OUTPUTS + 1,
    PLAN_MAX_POSITIONS = 8,
    PLAN_MAX_WALKED = PLAN_MAX_OPERANDS + PLAN_MAX_POSITIONS,
    PLAN_KEY_SIZE = 2048
};
_Static_assert((int)PLAN_MAX_WALKED <= (int)COALESCE_MAX_OPERANDS, "a walk holds a plan");

/* An operand as the caller gives it. */
struct operand {
    struct typed type;    /* scalar.kind != NONE: weak; then nothing else counts */
    const int64_t *shape; /* type.ndim extents and strides; the caller's */
    const int64_t *strides;
    int alignment; /* the largest power of two up to 16 that divides element 0's address */
};

/* How work-items walk over arrays: one file of cl/kernel each. */
enum skeleton { SKELETON_RUNS, SKELETON_GRID, SKELETON_ITEMS };

struct target {         /* what planning must know of a device */
    int fp64;           /* computes in double */
    int max_parameters; /* bytes of kernel arguments */
    enum skeleton skeleton;
    const char *name; /* for messages; "" if none */
};

struct request {
    const struct clw_op *op;
    const struct operand *in;   /* op->nin */
    const struct operand *out;  /* op->nout; shape NULL: a new array in C order */
    const struct operand *mask; /* NULL: none */
    struct promotion promotion;
    clw_casting casting; /* into given outputs */
    clw_fp64_policy fp64;
    const clw_param *params;
    int nparams;
    int64_t origin; /* of positions along axis 0: a block of a larger result */
    const struct target *target;
};

/* How an operand moves along an axis of the walk. */
enum step_pattern { STEP_ZERO = '0', STEP_UNIT = '1', STEP_ANY = 's' };

/* An array that the kernel reads or writes. Or a position, which moves as an operand does, by its
 * strides, and whose byte offset is its value: dtype CLW_I64, but no memory. */
struct kernel_array {
    clw_dtype dtype; /* in memory */
    int input;       /* index of the input; -1: not one */
    int output;      /* index of the output; -1: not one; both -1: the mask, or a position */
    int is_position;
    int aligned; /* every address is a multiple of the size of the element's parts */
    unsigned char pattern[GEOMETRY_MAX_RANK];
};

struct plan {
    struct resolved resolved;
    int ndim; /* of the broadcast shape */
    int64_t shape[CLW_MAX_NDIM];
    int64_t elements;                    /* 0: nothing to run, and what follows is not set */
    clw_dtype out_dtype[OP_MAX_OUTPUTS]; /* of the output arrays */
    int demoted;                         /* f64 computes in f32 */
    clw_promotion rule;
    clw_dtype called_wide; /* of ops that bodies call: a dtype that needs doubles, or COUNT */
    int narrays;           /* with positions */
    int nbuffers;          /* without: as many have memory */
    struct kernel_array arrays[PLAN_MAX_WALKED]; /* inputs, mask, outputs; positions */
    struct walk walk;                            /* of all arrays, coalesced */
    int kernel_rank; /* innermost axes that the kernel walks; the host walks the rest */
    int wide;        /* 64-bit indices */
    enum skeleton skeleton;
    size_t key_length;
    unsigned char key[PLAN_KEY_SIZE]; /* equal keys: equal kernels within a context */
};

/* Fills *plan. ARGUMENT, SHAPE, DTYPE, CAST, RANGE, NOT_FOUND, OVERFLOW, UNSUPPORTED; OVERLAP if a
 * given output overlaps itself. */
clw_status plan_make(const struct request *request, struct plan *plan, clw_error *error);

/* How far neighbours of unit stride lie apart. */
int64_t kernel_array_size(const struct kernel_array *array);

/* Walks positions beside the plan's arrays, and tells the steps which are theirs. ARGUMENT,
 * OVERFLOW. */
clw_status positions_add(const struct request *request, struct plan *plan, clw_error *error);

/* `multiply|f32,f32>f32|r2|i32|a:s1 b:01 y:s1` */
void plan_key_words(const struct plan *plan, struct text *words);
/* A few lines on the walk, for people. */
void plan_geometry_words(const struct plan *plan, struct text *words);

#endif
