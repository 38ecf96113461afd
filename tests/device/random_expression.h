/* Random expressions: as a text, and as calls of ops one after the other. */
#ifndef TESTS_DEVICE_RANDOM_EXPRESSION_H
#define TESTS_DEVICE_RANDOM_EXPRESSION_H

#include "tests/device/fixture.h"

enum {
    EXPRESSION_INPUTS = 8, /* x0, x1, ... */
    EXPRESSION_NODES = 8,  /* operands among them */
    EXPRESSION_TEXT = 400
};

/* An op and how a call is written, with ? for operands. */
struct operation {
    const char *name, *text;
    int nin;
};

/* Few dtypes and ops at a time, so that the kernels of single ops come back. */
struct choice {
    clw_dtype dtypes[4];
    const struct operation *operations[14];
};

enum kind { KIND_INPUT, KIND_LITERAL, KIND_CALL, KIND_CAST };

/* A value: an input, a literal, or a call of an op or a cast of earlier nodes. */
struct node {
    enum kind kind;
    int index; /* of the input, literal, or operation; the dtype of a cast */
    int in[3], nin;
};

struct expression {
    struct node nodes[EXPRESSION_NODES]; /* the last is the result */
    int count;
    char text[EXPRESSION_TEXT];
    clw_array *result; /* of the calls one by one; NULL before */
};

/* From 0 to limit - 1. */
int random_below(uint64_t *seed, int limit);
void choice_draw(struct choice *choice, const clw_device_info *device, uint64_t *seed);
/* 0 if the text would be too long. */
int expression_draw(struct expression *drawn, const struct choice *choice, uint64_t *seed);
/* Calls the ops: expression->result, or what the first call that fails returns. */
clw_status expression_call(struct expression *expression, clw_context *context,
                           clw_array *const *inputs, clw_error *error);
clw_status expression_cast(clw_context *context, clw_array *from, clw_dtype dtype, clw_array **to,
                           clw_error *error);

#endif
