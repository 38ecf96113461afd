/* What the parts of codegen share: the program so far, and which pieces of cl/ are in it. */
#ifndef CLWISE_CODEGEN_GENERATOR_H
#define CLWISE_CODEGEN_GENERATOR_H

#include "runtime/codegen/codegen.h"
#include "runtime/ops/builtin.h"

enum { MAX_PIECES = 1024, MAX_CALLED = 64 };

/* A file of cl/lib in the program, for one dtype. */
struct piece {
    const struct builtin_file *file;
    clw_dtype dtype;
};

/* An op's body in the program: its names begin with prefix and index. */
struct instance {
    const struct clw_op *op;
    const struct loop *loop;
    const char *prefix;
    int index;
};

/* An op that a body calls. */
struct called_instance {
    const struct clw_op *op;
    struct loop loop;
};

struct generator {
    const struct plan *plan;
    struct text *text;
    const char *own; /* before names of one of several kernels; "" if it is alone */
    int demoted;     /* f64 in memory computes as float */
    int npieces;
    struct piece pieces[MAX_PIECES];
    uint16_t casts[CLW_DTYPE_COUNT]; /* bit `to` of casts[from]: the cast is in the program */
    uint8_t instance[OP_MAX_NODES];  /* of a step: the step whose function it calls */
    int ncalled, nwrappers;
    struct called_instance called[MAX_CALLED];
    clw_error *error;
};

/* ---- codegen.c ---- */

/* cl/FOLDER/NAME. */
clw_status add_file(struct generator *g, const char *folder, const char *name);

/* ---- pieces.c ---- */

/* Defines T and FN for a dtype; puts lib/NAME.clh in for it, or for the dtype of its real part,
 * once a dtype; undefines them. */
void begin_t(struct generator *g, clw_dtype dtype);
clw_status add_lib(struct generator *g, const char *name, clw_dtype dtype, int is_real);
void end_t(struct generator *g);
/* load_D, store_D and round_D; cast_F_T. Each once. */
clw_status add_memory(struct generator *g, clw_dtype dtype);
clw_status add_cast(struct generator *g, clw_dtype from, clw_dtype to);

/* ---- instance.c ---- */

enum form { FORM_FULL, FORM_USUAL, FORM_JUDGE, FORM_COUNT };
/* What is added to the name of an op's function for each form. */
extern const char *const form_suffix[FORM_COUNT];
int op_has_usual(const struct clw_op *op, const struct loop *loop);
/* The op's body, its function renamed so that several loops fit in one program. */
clw_status add_instance(struct generator *g, const struct instance *instance);
/* The next line of the program is that line of the file. */
void add_line(struct generator *g, int line, const char *file);

/* ---- steps.c ---- */

/* The functions of all ops of the plan, and the casts between them. */
clw_status add_functions(struct generator *g);
/* Which functions of an op the statements call: NAME; NAME_usual where the op has it; or that and,
 * into `usual`, NAME_is_usual. */
int has_usual_form(const struct generator *g);
/* A value of dtype `from`, cast to `to`. */
void add_cast_value(struct generator *g, const char *value, clw_dtype from, clw_dtype to);
/* The statements that compute one element from the values of arrays and scalars. */
void add_statements(struct generator *g, enum form form);
/* The expression that output `index` has after them, in the dtype of its array. */
void add_output_value(struct generator *g, int index);

/* ---- element.c ---- */

/* struct geometry, function `element`, and the macros that the skeleton is written in. */
void add_element(struct generator *g);
/* 1 for a skeleton of GPUs: functions take values, and give them through pointers. */
int has_batches(const struct generator *g);
const struct dtype_info *info_of(const struct kernel_array *array);
/* 1 for an operand that does not move along the innermost axis: it is loaded once a row. */
int is_held(const struct generator *g, const struct kernel_array *array);
int is_masked(const struct generator *g);
/* What load and store of the array end in. */
const char *access_suffix(const struct kernel_array *array);
/* Distance of neighbours along the innermost axis, as text: a constant where it is known. */
void add_inner_step(struct generator *g, int k);
/* Scalars and parameters, as a function with these parameters passes them on. */
void add_scalar_arguments(struct generator *g);
/* Of the function of each form, and of its macro with or without batches. */
extern const char *const form_name[FORM_COUNT], *const form_macro[FORM_COUNT];
/* 1 if tiles of the array are turned before they are read. */
int is_turned(const struct generator *g, const struct kernel_array *array);
/* 1 if whole lines of the array, an output, go past the caches. */
int is_streamed(const struct generator *g, const struct kernel_array *array);
/* The type of its parts in memory: "uint". */
const char *word_type(const struct kernel_array *array);
void add_name(struct generator *g, const struct kernel_array *array);

/* ---- batch.c ---- */

/* The macros that skeletons of GPUs are written in. */
void add_batch(struct generator *g);
/* Of skeleton LOCAL: the tiles, and what fills them. */
void add_local_tiles(struct generator *g);

/* ---- stage.c ---- */

/* For the skeleton of tiles: the functions that turn tiles, and the macros that call them. */
clw_status add_stages(struct generator *g);

/* ---- short_rows.c ---- */

int is_short(const struct generator *g);
/* 1 if rows of the array are spread in private memory. */
int is_spread(const struct generator *g, int k);
/* Distance of neighbours along the axis of runs, as text. */
void add_step_along(struct generator *g, int k);
/* For short rows that are computed as one: their memory, and what fills and stores it. */
void add_short_rows(struct generator *g);

/* ---- stream.c ---- */

/* For skeletons that walk rows: how outputs go past the caches, if some do. */
clw_status add_streams(struct generator *g);

#endif
