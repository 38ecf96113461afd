/* An op is data: a built-in, a user's op file and an expression all become a struct clw_op. */
#ifndef CLWISE_OPS_OP_H
#define CLWISE_OPS_OP_H

#include <stdatomic.h>

#include "runtime/base/dtype.h"
#include "runtime/base/error.h"
#include "runtime/base/hash.h"

enum {
    OP_MAX_INPUTS = 16,     /* of a kernel; an expression may have more, see struct split */
    OP_MAX_LEAF_INPUTS = 8, /* of an op with a body */
    OP_MAX_OUTPUTS = 4,
    OP_MAX_PARAMS = 8,
    OP_MAX_POSITIONS = 4,
    OP_MAX_CALLS = 16,         /* of a body, to other ops */
    OP_MAX_ALL_CALLS = 64,     /* with those of the ops that are called */
    OP_MAX_NODES = 64,         /* of a kernel */
    OP_MAX_KERNEL_PARAMS = 32, /* parameters of all its nodes */
    OP_MAX_KERNEL_POSITIONS = 8,
    OP_NAME_SIZE = 65
};

/* A file of cl/lib that a body calls. */
struct lib_use {
    char name[OP_NAME_SIZE]; /* without ending */
    uint16_t dtypes;         /* bit d: in loops whose T is d */
    uint8_t real;            /* for the dtype of T's real part */
};

/* Another op that a body calls. */
struct called {
    char name[OP_NAME_SIZE];
    const struct clw_op *op; /* in the registry; NULL in an op that is only parsed */
    uint16_t dtypes;         /* bit d: in loops whose T is d */
    int is_t, is_t_real;     /* its inputs are given as T, as T.real */
    clw_dtype dtype;         /* else as this */
    int line;
};

/* One `loop` or `torch` row for concrete dtypes. */
struct loop {
    uint8_t t; /* what T stands for in the body; the first input's dtype if the row has no T */
    uint8_t in[OP_MAX_LEAF_INPUTS], out[OP_MAX_OUTPUTS]; /* clw_dtype */
    uint16_t from;     /* bit d set if dtype d chooses this row: T itself, or what `from` names; 0
                        * for a row with neither */
    uint16_t t_inputs; /* bit i set if input i was written T; all of them for `from` without T */
};

/* A try in NumPy's search for a loop: do the inputs written T cast safely to `place`, and the
 * others to what the row says? */
struct pick {
    uint8_t place;
    uint16_t loop;
};

/* A `numpy_error` or `torch_error` row: under this rule inputs are refused if their dtypes are all
 * in these sets. */
struct refusal {
    clw_promotion rule;
    uint16_t in[OP_MAX_LEAF_INPUTS]; /* bit d: dtype d */
};

struct param {
    char name[OP_NAME_SIZE];
    char default_text[64];
    clw_scalar default_value;
    int is_t; /* declared as T: takes the loop's T; T.real: its real part's dtype */
    int is_t_real;
    clw_dtype dtype; /* else this one */
};

/* An `index` row: where an element of the result stands, as an argument of the body. */
struct position {
    char name[OP_NAME_SIZE];
    int axis;    /* from the first, or negative from the last */
    int is_flat; /* the place in C order; `axis` does not count */
};

enum op_flag {
    OP_COMMUTATIVE = 1,
    OP_EXACT_COMPARE =
        2, /* a host integer that does not fit the array's dtype is compared as i64 or u64 */
    OP_TORCH_SAME = 4,    /* PyTorch's rule: all inputs must have one dtype */
    OP_TORCH_NO_BOOL = 8, /* PyTorch's rule: no input may be bool */
};

/* A piece of OpenCL C text with the place it came from, for #line. */
struct source {
    const char *text;
    size_t length;
    int line;   /* of the first character, counted from 1 */
    char *file; /* as shown in messages; an op's `shared` owns it for `body` too */
};

/* A name that a body gives at file scope. Two instances of the body in one program need two. */
enum helper_kind {
    HELPER_PLAIN,
    HELPER_FN,   /* written FN(name) */
    HELPER_RFN,  /* written RFN(name) */
    HELPER_MACRO /* of #define: it ends with the body */
};
struct helper {
    enum helper_kind kind;
    char name[OP_NAME_SIZE];
};

/* What a node of an expression reads. */
enum node_ref_kind { NODE_INPUT, NODE_LITERAL, NODE_VALUE };
struct node_ref {
    uint8_t kind;
    uint8_t output; /* NODE_VALUE: which output of the node */
    int index; /* NODE_INPUT: input of the op; NODE_LITERAL: literal; NODE_VALUE: earlier node */
};

struct node {
    const struct clw_op *op; /* an op with a body; borrowed from the registry or retained */
    struct node_ref in[OP_MAX_LEAF_INPUTS];
    int cast;        /* >= 0: no op, a cast of in[0] to this dtype */
    int first_param; /* its nparams parameter values, in graph.params; defaults where absent */
    int nparams;
};

struct graph {
    int nnodes, nliterals, nparams;
    struct node *nodes;   /* in an order in which values come before their use */
    clw_scalar *literals; /* weak scalars */
    clw_param *params;    /* names are the leaf op's */
    struct node_ref out[OP_MAX_OUTPUTS];
};

/* One kernel of a graph that is larger than a kernel. Values that later parts read are temporaries.
 */
struct part {
    struct clw_op *op;              /* owned */
    int in[OP_MAX_INPUTS];          /* >= 0: an input of the whole; else temporary -1 - in[i] */
    int out[OP_MAX_OUTPUTS];        /* temporaries; not set in the last part, whose outputs are the
                                     * whole's */
    unsigned reads[OP_MAX_OUTPUTS]; /* bit i: that output depends on input i of the part */
};

struct split {
    int nparts, ntemporaries;
    struct part *parts; /* in the order in which they run */
    int *last_reader;   /* of a temporary: the part after which it is not needed */
};

struct clw_op {
    const clw_allocator *allocator; /* the context's copy; outlives the op */
    atomic_int references;          /* 0 in the registry */
    void *owner;                    /* the context; what an op outside the registry retains */
    struct hash128 identity; /* the op in kernel keys: of the registry a number that the context
                              * gives; else a hash of its text and what it calls */
    struct hash128 values;   /* of the parameters that an expression's calls give: identity leaves
                              * them out, since they are arguments of its kernel */
    char name[OP_NAME_SIZE];
    char function[OP_NAME_SIZE]; /* what the body calls it */
    char *doc, *ulp;
    int nin, nout, naliases, nparams, npositions, nloops, ntorch, nuses, ncalls, npicks, nrefusals;
    char (*in_name)[OP_NAME_SIZE]; /* few_in_names, or its own memory */
    char few_in_names[OP_MAX_INPUTS][OP_NAME_SIZE];
    char out_name[OP_MAX_OUTPUTS][OP_NAME_SIZE];
    char (*aliases)[OP_NAME_SIZE];
    struct called *calls;
    struct lib_use *uses; /* in the order written */
    struct param params[OP_MAX_PARAMS];
    struct position positions[OP_MAX_POSITIONS];
    struct loop *loops; /* in the order of their T */
    struct loop *torch; /* loops under PyTorch's rule; ntorch 0: derived from `loops` */
    struct pick *picks; /* in the order in which NumPy's rule tries them */
    struct refusal *refusals;
    unsigned t_inputs; /* bit i set if any loop has input i written T; 0: none of them has a T */
    unsigned flags;    /* enum op_flag */
    int require_fp64;
    uint16_t usual;  /* bit d: for T = d the body has NAME_usual and NAME_is_usual beside NAME */
    int nonnegative; /* input whose weak integer must not be negative in an integer loop; -1 */
    char *path;      /* of the file it was loaded from, without links in its folders; or NULL */
    char *text;      /* owns what `shared` and `body` point into */
    struct helper *helpers;
    int nhelpers;
    int has_function; /* its name is in the body */
    int is_builtin;
    int line;                   /* of its `op` */
    struct source shared, body; /* file-level text before the first op, and the op's own section */
    struct graph *graph;        /* an expression; then there is no body */
    struct split *split;        /* of a graph that one kernel does not take; else NULL */
};

/* An empty op without references and identity, or NULL if memory ran out. */
struct clw_op *op_new(const clw_allocator *allocator);
void op_destroy(struct clw_op *op);
/* Memory of its own for the names of inputs; 0 if it ran out. */
int op_make_room(struct clw_op *op, int nin);
/* A copy with memory of its own, or NULL. */
struct graph *graph_copy(const clw_allocator *allocator, const struct graph *from);

/* A name that may reach source text: [A-Za-z_][A-Za-z0-9_]{0,63}. */
int op_name_is_valid(const char *name);

#endif
