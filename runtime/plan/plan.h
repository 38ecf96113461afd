/* Planning a call: op + operands -> steps, geometry and key. Pure; no device, no allocation. */
#ifndef CLWISE_PLAN_PLAN_H
#define CLWISE_PLAN_PLAN_H

#include "runtime/base/text.h"
#include "runtime/plan/geometry.h"
#include "runtime/plan/resolve.h"

enum {
    TILE_SIDE = 32, /* of a tile in local memory */
    PLAN_MAX_OPERANDS = OP_MAX_INPUTS + OP_MAX_OUTPUTS + 1,
    PLAN_MAX_POSITIONS = OP_MAX_KERNEL_POSITIONS,
    PLAN_MAX_WALKED = PLAN_MAX_OPERANDS + PLAN_MAX_POSITIONS,
    PLAN_KEY_SIZE = 2048,
    MAX_KERNEL_RANK = 12 /* axes that a kernel walks itself */
};
_Static_assert((int)PLAN_MAX_WALKED <= (int)COALESCE_MAX_OPERANDS, "a walk holds a plan");

/* An operand as the caller gives it. */
struct operand {
    struct typed type;    /* scalar.kind != NONE: weak; then nothing else counts */
    const int64_t *shape; /* type.ndim extents and strides; the caller's */
    const int64_t *strides;
    int alignment; /* the largest power of two up to 16 that divides element 0's address */
};

/* How work-items walk over arrays: one file of cl/kernel each, but that SHORT shares that of RUNS.
 * Of VECTORS, STRIDES and LOCAL, which are those of GPUs, a target names the first. */
enum skeleton {
    SKELETON_RUNS,
    SKELETON_GRID,
    SKELETON_ITEMS,
    SKELETON_TILES,
    SKELETON_VECTORS,
    SKELETON_STRIDES,
    SKELETON_LOCAL,
    SKELETON_SHORT
};

/* What a compiler must not see, because it takes 0 - x for -x, x + 0 for x, 0 * x or x - x for 0:
 * of expressions the literals, or also what its steps give each other. */
enum hiding { HIDE_NOTHING, HIDE_LITERALS, HIDE_VALUES };

struct target {         /* what planning must know of a device */
    int fp64;           /* computes in double */
    int max_parameters; /* bytes of kernel arguments */
    enum skeleton skeleton;
    enum hiding hiding;
    int64_t
        streamed; /* bytes of all arrays from which stores go past the caches; 0: they never do */
    int tile;     /* bytes of a row of a tile, a power of two; 0: what is usual */
    int generic;  /* plan for a kernel that serves any layout, where work-items loop */
    int wide;     /* 64-bit indices also where 32 bits would do */
    int group;    /* work-items of a group; of GPUs' skeletons */
    int64_t
        tile_room;    /* bytes of a group's own fast memory that tiles may take; 0: there is none */
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

/* How an operand moves along an axis of the walk. Four of them are for the innermost axis where
 * CPUs walk it in loops: BACK and TWO, steps of -1 and 2 elements, which compilers turn into whole
 * loads if they know them; TURNED, a far step where the one along the axis before is small: tiles
 * of the operand are turned before they are read; STREAMED, a unit step of an output that no cache
 * holds: whole lines of it go past the caches. DENSE is for the axis before a short innermost one:
 * rows of it lie one behind the other. */
enum step_pattern {
    STEP_ZERO = '0',
    STEP_UNIT = '1',
    STEP_ANY = 's',
    STEP_BACK = 'r',
    STEP_TWO = '2',
    STEP_TURNED = 't',
    STEP_STREAMED = 'n',
    STEP_DENSE = 'd'
};

/* An array that the kernel reads or writes. Or a position, which moves as an operand does, by its
 * strides, and whose byte offset is its value: dtype CLW_I64, but no memory. */
struct kernel_array {
    clw_dtype dtype; /* in memory */
    int input;       /* index of the input; -1: not one */
    int output;      /* index of the output; -1: not one; both -1: the mask, or a position */
    int is_position;
    int aligned;   /* every address is a multiple of the size of the element's parts */
    int alignment; /* the largest power of two up to 16 that divides the address of every row */
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
    enum hiding hiding;
    enum skeleton skeleton;
    int tile;  /* bytes of a row, for the skeleton TILES */
    int group; /* work-items of a group; of GPUs' skeletons */
    size_t key_length;
    unsigned char key[PLAN_KEY_SIZE]; /* equal keys: equal kernels within a context */
};

/* Fills *plan. ARGUMENT, SHAPE, DTYPE, CAST, RANGE, NOT_FOUND, OVERFLOW, UNSUPPORTED; OVERLAP if a
 * given output overlaps itself. */
clw_status plan_make(const struct request *request, struct plan *plan, clw_error *error);

/* Bytes between neighbours of the pattern in the loop over elements; 0 if the kernel is told. */
int64_t plan_known_step(const struct plan *plan, int k);

/* Fills key and key_length of a plan of which all else is set. */
void plan_make_key(const struct request *request, struct plan *plan);

/* 1 for skeletons that walk stretches of memory, whose outputs may go past the caches. */
int plan_has_runs(const struct plan *plan);

/* Of all arrays that have memory, broadcast ones as large as the others; INT64_MAX: more. */
int64_t plan_bytes(const struct plan *plan);

/* How far neighbours of unit stride lie apart. */
int64_t kernel_array_size(const struct kernel_array *array);

/* ---- tiles.c ---- */

/* Once kernel_rank and alignment are known, for the skeleton RUNS: if operands are better read in
 * tiles, moves the other axis of these to the place before the innermost, and chooses TILES. */
void tiles_choose(struct plan *plan);
/* The same for the skeleton of GPUs: 1, and LOCAL, if the tiles have room in that many bytes. */
int tiles_choose_local(struct plan *plan, int64_t room);
/* 1 if the array is one whose tiles are turned. */
int tiles_turn(const struct plan *plan, int k);
/* Extents of a tile, the same for equal keys. */
int tiles_columns(const struct plan *plan);
int tiles_rows(const struct plan *plan);

/* ---- short_rows.c ---- */

/* Once kernel_rank and alignment are known, for the skeleton RUNS: 1, and SHORT, if the innermost
 * axis of the walk or of an array is too short for runs along it; it is then the walk's. Work-items
 * take many rows of it as one: an array whose rows do not lie one behind the other is spread so in
 * private memory. */
int short_rows_choose(struct plan *plan, int is_masked);
/* 1 if the array is spread. */
int short_rows_spread(const struct plan *plan, int k);
/* So many rows, the same for equal keys. */
int short_rows_together(const struct plan *plan);

/* ---- batch.c ---- */

/* Elements that a work-item of a GPU has at a time, the same for equal keys; for other skeletons 0.
 */
int batch_count(const struct plan *plan);
/* Once kernel_rank and alignment are known, for the skeleton VECTORS: vectors where rows are such,
 * tiles in local memory where operands are turned (the axes are then in another order), or else
 * elements that lie a group apart. */
void batch_choose(const struct target *target, struct plan *plan);

/* Once patterns are known, for the skeleton RUNS: makes outputs STREAMED where the device gains. */
void streams_choose(const struct request *request, struct plan *plan);

/* Walks positions beside the plan's arrays, and tells the steps which are theirs. ARGUMENT,
 * OVERFLOW. */
clw_status positions_add(const struct request *request, struct plan *plan, clw_error *error);

/* `multiply|f32,f32>f32|r2|i32|a:s1 b:01 y:s1` */
void plan_key_words(const struct plan *plan, struct text *words);
/* A few lines on the walk, for people. */
void plan_geometry_words(const struct plan *plan, struct text *words);

#endif
