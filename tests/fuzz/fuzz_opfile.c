/* Any bytes are ops that keep what op.h promises, or an error with a line; the same when memory
 * runs out. Built with -fsanitize=fuzzer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/ops/opfile.h"
#include "runtime/plan/promote.h"
#include "tests/unit/failing_allocator.h"

#define REQUIRE(condition) ((condition) ? (void)0 : broken(#condition, __LINE__))

_Noreturn static void broken(const char *condition, int line)
{
    fprintf(stderr, "fuzz_opfile.c:%d: not so: %s\n", line, condition);
    abort();
}

static void check_loop(const struct clw_op *op, const struct loop *loop)
{
    REQUIRE(loop->t < CLW_DTYPE_COUNT);
    for (int i = 0; i < op->nin; i++)
        REQUIRE(loop->in[i] < CLW_DTYPE_COUNT);
    for (int i = 0; i < op->nout; i++)
        REQUIRE(loop->out[i] < CLW_DTYPE_COUNT);
    REQUIRE(loop->t_inputs >> op->nin == 0);
    REQUIRE(!loop->from == !loop->t_inputs);
}

static void check_names(const struct clw_op *op)
{
    REQUIRE(op_name_is_valid(op->name) && op_name_is_valid(op->function));
    REQUIRE(op->nin >= 1 && op->nin <= OP_MAX_LEAF_INPUTS);
    REQUIRE(op->nout >= 1 && op->nout <= OP_MAX_OUTPUTS);
    for (int i = 0; i < op->nin; i++)
        REQUIRE(op_name_is_valid(op->in_name[i]));
    for (int i = 0; i < op->nout; i++)
        REQUIRE(op_name_is_valid(op->out_name[i]));
    for (int i = 0; i < op->naliases; i++)
        REQUIRE(op_name_is_valid(op->aliases[i]));
    for (int i = 0; i < op->nuses; i++)
        REQUIRE(op_name_is_valid(op->uses[i].name));
    for (int i = 0; i < op->nparams; i++)
        REQUIRE(op_name_is_valid(op->params[i].name));
    for (int i = 0; i < op->npositions; i++) {
        REQUIRE(op_name_is_valid(op->positions[i].name));
        REQUIRE(op->positions[i].axis >= -CLW_MAX_NDIM && op->positions[i].axis < CLW_MAX_NDIM);
    }
    for (int i = 0; i < op->nhelpers; i++)
        REQUIRE(op_name_is_valid(op->helpers[i].name));
    for (int i = 0; i < op->ncalls; i++) {
        const struct called *call = &op->calls[i];
        REQUIRE(op_name_is_valid(call->name) && call->dtypes && !call->op && call->line >= 1);
        REQUIRE(call->is_t || call->is_t_real || call->dtype < CLW_DTYPE_COUNT);
    }
    REQUIRE(op->doc && op->ulp && strlen(op->doc) < OPFILE_MAX_BYTES);
}

static void check_source(const struct source *source, const char *text, size_t length)
{
    REQUIRE(source->length <= length && source->line >= 1);
    int line = 1;
    const char *at = text;
    while (at < text + length && line < source->line)
        line += *at++ == '\n';
    REQUIRE(line == source->line || at == text + length);
    REQUIRE((size_t)(text + length - at) >= source->length);
    REQUIRE(memcmp(at, source->text, source->length) == 0);
}

/* Promotion of arrays of every pair of dtypes answers, and with a loop of the op. */
static void check_promotion(const struct clw_op *op)
{
    for (int k = 0; k < 2 * CLW_DTYPE_COUNT * CLW_DTYPE_COUNT; k++) {
        const struct promotion how = {.rule = k & 1 ? CLW_PROMOTION_TORCH : CLW_PROMOTION_NUMPY};
        struct typed in[OP_MAX_LEAF_INPUTS];
        for (int i = 0; i < op->nin; i++) {
            const int dtype = i % 2 ? k / 2 % CLW_DTYPE_COUNT : k / 2 / CLW_DTYPE_COUNT;
            in[i] = (struct typed){(clw_dtype)dtype, i == 2, {CLW_SCALAR_NONE, {0}}};
            if (i == 3)
                in[i].scalar = CLW_INT(k * 97 - 20000).scalar;
        }
        struct loop loop;
        clw_error error = {CLW_OK, ""};
        if (promote(op, in, &how, &loop, &error))
            REQUIRE(strstr(error.message, op->name) == error.message);
        else
            check_loop(op, &loop);
    }
}

static void check_op(const struct clw_op *op, const char *text, size_t length)
{
    check_names(op);
    check_source(&op->shared, text, length);
    check_source(&op->body, text, length);
    REQUIRE(op->nloops > 0 && op->npicks > 0);
    for (int i = 0; i < op->nloops; i++)
        check_loop(op, &op->loops[i]);
    for (int i = 0; i < op->ntorch; i++)
        check_loop(op, &op->torch[i]);
    for (int i = 0; i < op->npicks; i++)
        REQUIRE(op->picks[i].loop < op->nloops && op->picks[i].place < CLW_DTYPE_COUNT);
    check_promotion(op);
}

static int parse(const char *text, size_t length, int fail_at)
{
    struct failing_allocator failing;
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count;
    clw_error error = {CLW_OK, ""};
    failing_init(&failing, fail_at);
    const clw_status status =
        opfile_parse(&failing.allocator, "fuzz", text, length, ops, &count, &error);
    REQUIRE(status == error.code);
    if (status == CLW_ERROR_SYNTAX)
        REQUIRE(strncmp(error.message, "fuzz:", 5) == 0 && atoi(error.message + 5) > 0);
    else if (status)
        REQUIRE(status == CLW_ERROR_MEMORY && fail_at > 0 && failing.calls >= fail_at);
    REQUIRE(status ? count == 0 : count > 0);
    for (int i = 0; i < count; i++) {
        check_op(ops[i], text, length);
        op_destroy(ops[i]);
    }
    REQUIRE(failing.alive == 0);
    return failing.calls;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    REQUIRE(text);
    if (size)
        memcpy(text, data, size);
    const int calls = parse(text, size, 0);
    for (int n = 1; n <= calls && n <= 16; n++)
        parse(text, size, n);
    free(text);
    return 0;
}
