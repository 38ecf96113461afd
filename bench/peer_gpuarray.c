/* libgpuarray on the same OpenCL device, with memory of its own: it cannot take over ours. */
#include "bench/bench.h"

#include <gpuarray/array.h>
#include <gpuarray/elemwise.h>
#include <gpuarray/error.h>
#include <stdlib.h>

struct state {
    gpucontext *context;
    GpuElemwise *kernel;
    GpuArray a, b, y;
    size_t bytes;
};

static int type_code(clw_dtype dtype)
{
    return dtype == CLW_U8 ? GA_UBYTE : dtype == CLW_F32 ? GA_FLOAT : GA_DOUBLE;
}

static gpucontext *open_context(clw_context *clwise)
{
    clw_device_info device = {.struct_size = sizeof device};
    gpucontext_props *properties = NULL;
    gpucontext *context = NULL;
    if (clw_context_device(clwise, &device, NULL) ||
        gpucontext_props_new(&properties) != GA_NO_ERROR)
        return NULL;
    if (gpucontext_props_opencl_dev(properties, device.platform, device.device) != GA_NO_ERROR) {
        gpucontext_props_del(properties);
        return NULL;
    }
    /* It takes over the properties. */
    return gpucontext_init(&context, "opencl", properties) == GA_NO_ERROR ? context : NULL;
}

static bool make_array(GpuArray *array, gpucontext *context, clw_dtype dtype, const size_t shape[2],
                       const void *data)
{
    return GpuArray_empty(array, context, type_code(dtype), 2, shape, GA_C_ORDER) == GA_NO_ERROR &&
           (!data || GpuArray_write(array, data, shape[0] * shape[1] * clw_dtype_size(dtype)) ==
                         GA_NO_ERROR);
}

static bool make_second(struct state *state, const struct operands *operands)
{
    const struct work *work = operands->work;
    const size_t shapes[][2] = {[PATTERN_FLAT] = {work->rows, work->columns},
                                [PATTERN_ROW] = {1, work->columns},
                                [PATTERN_COLUMN] = {work->rows, 1},
                                [PATTERN_TRANSPOSED] = {work->columns, work->rows}};
    const unsigned axes[2] = {1, 0};
    if (work->pattern == PATTERN_SCALE)
        return true;
    return make_array(&state->b, state->context, work->input, shapes[work->pattern], operands->b) &&
           (work->pattern != PATTERN_TRANSPOSED ||
            GpuArray_transpose_inplace(&state->b, axes) == GA_NO_ERROR);
}

static void close_state(void *opaque)
{
    struct state *state = opaque;
    if (state->kernel)
        GpuElemwise_free(state->kernel);
    GpuArray_clear(&state->a);
    GpuArray_clear(&state->b);
    GpuArray_clear(&state->y);
    if (state->context)
        gpucontext_deref(state->context);
    free(state);
}

static void *open_state(const struct operands *operands)
{
    const struct work *work = operands->work;
    const size_t shape[2] = {work->rows, work->columns};
    const bool scale = work->pattern == PATTERN_SCALE;
    gpuelemwise_arg arguments[3] = {{"y", type_code(work->output), GE_WRITE},
                                    {"a", type_code(work->input), GE_READ},
                                    {"b", type_code(work->input), GE_READ}};
    struct state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->bytes = work_elements(work) * clw_dtype_size(work->output);
    state->context = open_context(operands->context);
    if (state->context && make_array(&state->a, state->context, work->input, shape, operands->a) &&
        make_array(&state->y, state->context, work->output, shape, NULL) &&
        make_second(state, operands))
        state->kernel =
            GpuElemwise_new(state->context, "", scale ? "y = (float)a / 255" : "y = a * b",
                            scale ? 2 : 3, arguments, 2, 0);
    if (state->kernel)
        return state;
    close_state(state);
    return NULL;
}

static bool run(void *opaque)
{
    struct state *state = opaque;
    void *arguments[3] = {&state->y, &state->a, &state->b};
    return GpuElemwise_call(state->kernel, arguments, GE_BROADCAST) == GA_NO_ERROR &&
           GpuArray_sync(&state->y) == GA_NO_ERROR;
}

static bool read_result(void *opaque, void *y)
{
    struct state *state = opaque;
    return GpuArray_read(y, state->bytes, &state->y) == GA_NO_ERROR;
}

const struct peer peer_gpuarray = {"libgpuarray", open_state, run, read_result, close_state};
