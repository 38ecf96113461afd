#include "runtime/plan/request_line.h"

#include <inttypes.h>
#include <string.h>

static void add_numbers(struct text *line, const char *around, const int64_t *numbers, int count)
{
    text_add_bytes(line, around, 1);
    for (int i = 0; i < count; i++)
        text_addf(line, "%s%" PRId64, i ? "," : "", numbers[i]);
    text_add_bytes(line, around + 1, 1);
}

static void add_array(struct text *line, const char *role, const struct operand *operand)
{
    text_addf(line, " %s=%s", role, dtype_table[operand->type.dtype].name);
    add_numbers(line, "[]", operand->shape, operand->type.ndim);
    add_numbers(line, "{}", operand->strides, operand->type.ndim);
    text_addf(line, "@%d", operand->alignment);
}

static uint64_t float_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static void add_scalar(struct text *line, clw_scalar scalar)
{
    switch (scalar.kind) {
    case CLW_SCALAR_BOOL:
        text_addf(line, "bool:%d", scalar.value.i != 0);
        break;
    case CLW_SCALAR_INT:
        text_addf(line, "int:%" PRId64, scalar.value.i);
        break;
    case CLW_SCALAR_UINT:
        text_addf(line, "uint:%" PRIu64, scalar.value.u);
        break;
    case CLW_SCALAR_FLOAT:
        text_addf(line, "float:%016" PRIx64, float_bits(scalar.value.f));
        break;
    case CLW_SCALAR_COMPLEX:
        text_addf(line, "complex:%016" PRIx64 ",%016" PRIx64, float_bits(scalar.value.c[0]),
                  float_bits(scalar.value.c[1]));
        break;
    case CLW_SCALAR_NONE:
        break;
    }
}

/* Letters, digits and what stands in formulas; all else as its number. */
static void add_escaped(struct text *line, const char *words)
{
    for (; *words; words++)
        if (*words > ' ' && *words < 127 && *words != '%')
            text_add_bytes(line, words, 1);
        else
            text_addf(line, "%%%02x", (unsigned)(unsigned char)*words);
}

static void add_options(struct text *line, const struct request *request)
{
    const struct promotion *promotion = &request->promotion;
    if (request->mask)
        add_array(line, "mask", request->mask);
    if (promotion->has_dtype)
        text_addf(line, " dtype=%s", dtype_table[promotion->dtype].name);
    if (request->casting != CLW_CASTING_DEFAULT && request->casting != CLW_CASTING_SAME_KIND)
        text_addf(line, " casting=%s", casting_name(request->casting));
    if (request->origin)
        text_addf(line, " origin=%" PRId64, request->origin);
    for (int i = 0; i < request->nparams; i++) {
        text_addf(line, " param=%s:", request->params[i].name);
        add_scalar(line, request->params[i].value);
    }
}

int request_line(const struct request *request, struct text *line)
{
    const struct clw_op *op = request->op;
    const int is_named = !op->graph && atomic_load(&op->references) == 0;
    if (op->split || (op->graph ? !op->doc : !is_named))
        return 0;
    text_add(line, op->graph ? "1 expression=" : "1 op=");
    add_escaped(line, op->graph ? op->doc : op->name);
    text_addf(line, " rule=%s fp64=%s",
              request->promotion.rule == CLW_PROMOTION_TORCH ? "torch" : "numpy",
              request->fp64 == CLW_FP64_DEMOTE ? "demote" : "strict");
    for (int i = 0; i < op->nin; i++) {
        if (request->in[i].type.scalar.kind) {
            text_add(line, " in=");
            add_scalar(line, request->in[i].type.scalar);
        } else {
            add_array(line, "in", &request->in[i]);
        }
    }
    for (int i = 0; i < op->nout; i++)
        if (request->out[i].shape)
            add_array(line, "out", &request->out[i]);
        else
            text_add(line, " out=new");
    add_options(line, request);
    return 1;
}
