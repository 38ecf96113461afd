#include "runtime/plan/request_key.h"

#include <string.h>

#include "runtime/base/bits.h"
#include "runtime/base/hash.h"

/* The first word of an operand. */
enum { HEAD_ABSENT, HEAD_ARRAY, HEAD_SCALAR };

/* Counts on where words do not fit, which request_key then sees. */
static void add(struct request_key *key, uint64_t word)
{
    if (key->count < REQUEST_KEY_WORDS)
        key->words[key->count] = word;
    key->count++;
}

static void add_all(struct request_key *key, const void *words, int count)
{
    if (key->count + count <= REQUEST_KEY_WORDS)
        memcpy(&key->words[key->count], words, (size_t)count * sizeof *key->words);
    key->count += count;
}

static void add_hash(struct request_key *key, struct hash128 hash)
{
    add(key, hash.low);
    add(key, hash.high);
}

static void add_array(struct request_key *key, const struct operand *operand)
{
    const int ndim = operand->type.ndim;
    add(key, HEAD_ARRAY | (uint64_t)operand->type.dtype << 8 | (uint64_t)ndim << 16 |
                 (uint64_t)operand->alignment << 24);
    add_all(key, operand->shape, ndim);
    add_all(key, operand->strides, ndim);
}

uint64_t scalar_class(clw_scalar scalar)
{
    if (scalar.kind == CLW_SCALAR_INT && scalar.value.i < 0)
        return 128 | (uint64_t)bit_length(~scalar.value.u);
    const int is_integer = scalar.kind == CLW_SCALAR_INT || scalar.kind == CLW_SCALAR_UINT;
    return is_integer ? (uint64_t)bit_length(scalar.value.u) : 0;
}

static void add_operand(struct request_key *key, const struct operand *operand)
{
    const clw_scalar scalar = operand->type.scalar;
    if (scalar.kind)
        add(key, HEAD_SCALAR | (uint64_t)scalar.kind << 8 | scalar_class(scalar) << 16);
    else
        add_array(key, operand);
}

/* Values of parameters are in the plan. */
static int add_param(struct request_key *key, const clw_param *param)
{
    uint64_t name[OP_NAME_SIZE / sizeof(uint64_t) + 1] = {0}, value[2] = {0};
    if (!param->name || strlen(param->name) >= sizeof name)
        return 0;
    const int words = (int)(strlen(param->name) / sizeof *name) + 1;
    memcpy(name, param->name, strlen(param->name));
    memcpy(value, &param->value.value,
           param->value.kind == CLW_SCALAR_COMPLEX ? sizeof value : sizeof *value);
    add(key, (uint64_t)param->value.kind << 8 | (uint64_t)words);
    add_all(key, name, words);
    add_all(key, value, 2);
    return 1;
}

static void add_options(struct request_key *key, const struct request *request)
{
    const struct promotion *promotion = &request->promotion;
    add(key, (uint64_t)request->casting | (uint64_t)(promotion->has_dtype != 0) << 8 |
                 (uint64_t)(promotion->has_dtype ? promotion->dtype : 0) << 16 |
                 (uint64_t)(request->mask != NULL) << 24 |
                 (uint64_t)(unsigned)request->nparams << 32);
    add(key, (uint64_t)request->origin);
}

int request_key(const struct request *request, struct request_key *key)
{
    const struct clw_op *op = request->op;
    key->count = 0;
    add_hash(key, op->identity);
    add_hash(key, op->values);
    add_options(key, request);
    for (int i = 0; i < op->nin; i++)
        add_operand(key, &request->in[i]);
    if (request->mask)
        add_array(key, request->mask);
    for (int i = 0; i < op->nout; i++)
        if (request->out[i].shape)
            add_array(key, &request->out[i]);
        else
            add(key, HEAD_ABSENT);
    for (int i = 0; i < request->nparams; i++)
        if (!add_param(key, &request->params[i]))
            return 0;
    if (key->count > REQUEST_KEY_WORDS)
        return 0;
    key->hash = hash_bytes(key->words, (size_t)key->count * sizeof *key->words).low | 1;
    return 1;
}

int request_keys_equal(const struct request_key *a, const struct request_key *b)
{
    return a->hash == b->hash && a->count == b->count &&
           memcmp(a->words, b->words, (size_t)a->count * sizeof *a->words) == 0;
}
