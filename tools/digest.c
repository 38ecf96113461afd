#include "tools/digest.h"

#define XXH_INLINE_ALL
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "tools/accuracy/float_format.h"

/* Whether devices that flush subnormals do so to numbers of the format. */
static int is_flushed(const struct float_format *format)
{
    return format->dtype == CLW_F32 || format->dtype == CLW_BF16;
}

/* Nothing so small that what is below its last place, or its cube, would be subnormal. */
static const double least_input = 0x1p-40, least_result = 0x1p-80;

static double canonical(const struct float_format *format, double least, double x)
{
    return is_flushed(format) && fabs(x) < least ? copysign(0, x) : x;
}

static double random_float(const struct float_format *format, struct random_stream *stream)
{
    static const double specials[] = {0.0, -0.0, 1, -1, HUGE_VAL, -HUGE_VAL, NAN, 0.5, 2, 3};
    const uint64_t kind = random_bits(stream) % 16;
    const int mantissa = format->precision - 1;
    const uint64_t bits = random_bits(stream) >> (64 - 8 * format->bytes);
    double x = float_decode(format, bits);
    if (kind == 0)
        x = specials[random_bits(stream) % (sizeof specials / sizeof *specials)];
    else if (kind < 8)
        x = float_round(format, (random_unit(stream) - 0.5) * 20);
    else if (kind < 10)
        x = float_round(format, random_unit(stream) * 2 - 1);
    else if (kind < 11)
        x = (double)(int64_t)(random_bits(stream) %
                              ((uint64_t)1 << (mantissa < 20 ? mantissa : 20)));
    return canonical(format, least_input, x);
}

/* Complex numbers whose angle, and what is below its last place, would be subnormal get a part 0.
 */
static void straighten(const struct float_format *format, unsigned char *memory, size_t count)
{
    for (size_t i = 0; is_flushed(format) && i < 2 * count; i++) {
        const double x = float_load(format, memory, i), other = float_load(format, memory, i ^ 1);
        if (fabs(x) < 0x1p-40 * fabs(other))
            float_store(format, memory, i, copysign(0, x));
    }
}

/* Elements of any dtype; bool as 0 and 1. */
static void fill(clw_dtype dtype, unsigned char *memory, size_t count, struct random_stream *stream)
{
    const struct float_format *const format = float_format_of(dtype);
    const size_t parts = dtype_is_complex(dtype) ? 2 : 1;
    const size_t bytes = clw_dtype_size(dtype);
    for (size_t i = 0; i < count * parts; i++) {
        const uint64_t bits = random_bits(stream);
        if (format)
            float_store(format, memory, i, random_float(format, stream));
        else if (dtype == CLW_BOOL)
            memory[i] = bits & 1;
        else
            memcpy(memory + i * bytes, &bits, bytes);
    }
    if (parts == 2)
        straighten(format, memory, count);
}

static void make_canonical(clw_dtype dtype, unsigned char *memory, size_t count)
{
    const struct float_format *const format = float_format_of(dtype);
    const size_t parts = dtype_is_complex(dtype) ? 2 : 1;
    for (size_t i = 0; format && i < count * parts; i++) {
        const double x = float_load(format, memory, i);
        float_store(format, memory, i, isnan(x) ? (double)NAN : canonical(format, least_result, x));
    }
}

clw_status digest_inputs(clw_context *context, clw_dtype dtype, size_t count,
                         struct random_stream *stream, clw_array **out, clw_error *error)
{
    const int64_t shape[] = {(int64_t)count};
    unsigned char *const memory = malloc(count * clw_dtype_size(dtype));
    clw_status status = CLW_ERROR_MEMORY;
    if (memory) {
        fill(dtype, memory, count, stream);
        status = clw_array_from_host(context, dtype, 1, shape, NULL, memory, out, error);
    }
    free(memory);
    return status;
}

static clw_status hash_array(const clw_array *array, size_t count, XXH64_state_t *state,
                             clw_error *error)
{
    const clw_dtype dtype = clw_array_dtype(array);
    const size_t bytes = count * clw_dtype_size(dtype);
    unsigned char *const memory = malloc(bytes);
    clw_status status = CLW_ERROR_MEMORY;
    if (memory)
        status = clw_array_read(array, memory, bytes, error);
    if (!status) {
        make_canonical(dtype, memory, count);
        XXH64_update(state, memory, bytes);
    }
    free(memory);
    return status;
}

clw_status digest_loop(clw_context *context, const clw_op *op, const clw_dtype *dtypes,
                       size_t points, uint64_t seed, uint64_t *digest, clw_error *error)
{
    clw_array *in[DIGEST_MAX_DTYPES] = {NULL}, *out[DIGEST_MAX_DTYPES] = {NULL};
    clw_operand operands[DIGEST_MAX_DTYPES];
    struct random_stream stream = {seed};
    XXH64_state_t state;
    clw_status status = CLW_OK;
    const int inputs = clw_op_input_count(op), outputs = clw_op_output_count(op);
    XXH64_reset(&state, 0);
    for (int i = 0; i < inputs && !status; i++) {
        status = digest_inputs(context, dtypes[i], points, &stream, &in[i], error);
        operands[i] = clw_operand_array(in[i]);
    }
    if (!status)
        status = clw_call(context, op, operands, inputs, out, outputs, NULL, error);
    for (int i = 0; i < outputs && !status; i++)
        status = hash_array(out[i], points, &state, error);
    for (int i = 0; i < DIGEST_MAX_DTYPES; i++) {
        clw_array_release(in[i]);
        clw_array_release(out[i]);
    }
    *digest = XXH64_digest(&state);
    return status;
}
