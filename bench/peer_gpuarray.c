/* libgpuarray on the same OpenCL device, with memory of its own: it cannot take over ours. */
#include "bench/bench.h"

#ifdef HAVE_GPUARRAY
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

static bool make_array(struct state *state, GpuArray *array, const struct work *work,
                       const void *data)
{
    return GpuArray_empty(array, state->context, type_code(work->dtype), 1, &work->elements,
                          GA_C_ORDER) == GA_NO_ERROR &&
           (!data || GpuArray_write(array, data, state->bytes) == GA_NO_ERROR);
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

/* It has no products of complex numbers. */
static void *open_state(const struct operands *operands)
{
    const struct work *work = operands->work;
    const int type = type_code(work->dtype);
    gpuelemwise_arg arguments[3] = {
        {"y", type, GE_WRITE}, {"a", type, GE_READ}, {"b", type, GE_READ}};
    const bool can = work->dtype != CLW_C64 && work->elements <= CALLS_ONLY;
    struct state *state = can ? calloc(1, sizeof *state) : NULL;
    if (!state)
        return NULL;
    state->bytes = work_array_bytes(work);
    state->context = open_context(operands->context);
    if (state->context && make_array(state, &state->a, work, operands->a) &&
        make_array(state, &state->b, work, operands->b) && make_array(state, &state->y, work, NULL))
        state->kernel = GpuElemwise_new(state->context, "", "y = a * b", 3, arguments, 1, 0);
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

const struct peer peer_gpuarray = {"libgpuarray", open_state, run, read_result, close_state, NULL};
#else
static void *open_state(const struct operands *operands)
{
    (void)operands;
    return NULL;
}

const struct peer peer_gpuarray = {"libgpuarray", open_state, NULL, NULL, NULL, NULL};
#endif
