/* What the files of the op-file parser share. */
#ifndef CLWISE_OPS_OPFILE_PARSER_H
#define CLWISE_OPS_OPFILE_PARSER_H

#include "runtime/ops/opfile.h"

enum { OPFILE_MAX_ROWS = 256, OPFILE_MAX_NAMES = 16, OPFILE_MAX_REFUSALS = 8 };

/* What is left of a directive's line. */
struct words {
    const char *at, *end;
};

/* Text between blanks, "->", or one of "(),:="; length 0 at the end of the line. */
struct word {
    const char *text;
    int length;
};

/* Rows of one kind of the op in hand. */
struct rows {
    struct loop loop[OPFILE_MAX_ROWS];
    int count;
};

/* Aliases of the op in hand. */
struct names {
    char name[OPFILE_MAX_NAMES][OP_NAME_SIZE];
    int count;
};

struct uses {
    struct lib_use use[OPFILE_MAX_NAMES];
    int count;
};

struct calls {
    struct called call[OP_MAX_CALLS];
    int count;
};

/* The lists of the op in hand, before they are copied into it. */
struct draft {
    struct rows loops, torch;
    struct names aliases;
    struct uses uses;
    struct calls calls;
    struct refusal refusals[OPFILE_MAX_REFUSALS];
    int line;      /* of its `op` */
    unsigned seen; /* bit d: directive d of the table was given */
};

struct opfile {
    const clw_allocator *allocator;
    const char *file, *text;
    size_t length;
    int line;                 /* of the directive in hand */
    const char *start, *next; /* that line and the one after it, in text */
    struct clw_op **ops;
    int count;
    struct clw_op *op; /* the op in hand; NULL before the first */
    struct draft draft;
    clw_error *error;
};

struct word words_next(struct words *words);
/* The next word without taking it. */
struct word words_peek(const struct words *words);
int word_is(struct word word, const char *text);
/* Takes the next word if it is `text`. */
int words_take(struct words *words, const char *text);
/* The rest of the line without blanks around it. */
struct word words_rest(struct words *words);

/* SYNTAX with "file:line: " before the sentence. */
clw_status opfile_fail(const struct opfile *parser, const char *format, ...) PRINTF_LIKE(2, 3);
/* "expected WHAT, found 'WORD'" */
clw_status opfile_expected(const struct opfile *parser, const char *what, struct word found);
/* Takes a name that may reach source text; `what` says what it would be. */
clw_status opfile_name(const struct opfile *parser, struct words *words, const char *what,
                       char name[OP_NAME_SIZE]);
/* An introduction such as `for` and the classes after it, added to *dtypes; or nothing. */
clw_status opfile_classes(const struct opfile *parser, struct words *words,
                          const char *introduction, unsigned *dtypes);
/* The end of the line must be here. */
/* Whether an input, index or parameter of the op is called so. */
int opfile_is_argument(const struct clw_op *op, const char *name);
/* A dtype, T or T.real. */
clw_status opfile_type(const struct opfile *parser, struct words *words, int *is_t, int *is_t_real,
                       clw_dtype *dtype);
clw_status opfile_end(const struct opfile *parser, struct words *words);

/* 1 for words of OpenCL C and the macros that a body sees. */
int opfile_is_reserved(const char *name);
/* The same for what is an argument of the body's function: no reserved word. */
clw_status opfile_argument_name(const struct opfile *parser, struct words *words, const char *what,
                                char name[OP_NAME_SIZE]);
/* Reads the text of the op in hand: helpers, and errors that no compiler would report well. SYNTAX,
 * MEMORY. */
clw_status opfile_body(struct opfile *parser);

/* What follows "//!" on a line. */
clw_status opfile_directive(struct opfile *parser, struct words words);
/* Copies the draft into the op in hand, whose section ends at `end`; nothing without an op. */
clw_status opfile_end_op(struct opfile *parser, const char *end);

/* Takes the aliases that are left of the line: new in the file. */
clw_status opfile_aliases(struct opfile *parser, struct words *words);

/* Directives with files of their own. */
clw_status opfile_begin_op(struct opfile *parser, struct words *words);
clw_status opfile_loop(struct opfile *parser, struct words *words);
clw_status opfile_torch(struct opfile *parser, struct words *words);
clw_status opfile_numpy_error(struct opfile *parser, struct words *words);
clw_status opfile_torch_error(struct opfile *parser, struct words *words);
clw_status opfile_param(struct opfile *parser, struct words *words);
clw_status opfile_call(struct opfile *parser, struct words *words);
clw_status opfile_index(struct opfile *parser, struct words *words);

/* Rows of the draft into op->loops, op->torch, op->picks, in order. SYNTAX, MEMORY. */
clw_status opfile_end_rows(struct opfile *parser);

#endif
