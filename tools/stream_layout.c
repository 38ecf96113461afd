#include "tools/stream_layout.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/report.h"

enum { BLOCK_BYTES = 8 << 20 };

static int allocate(struct stream_layout *layout, struct job *job, const struct forecast *forecast,
                    clw_error *error)
{
    layout->lanes = calloc((size_t)(job->nin + forecast->count), sizeof *layout->lanes);
    layout->places = calloc((size_t)(job->nin + forecast->count), sizeof *layout->places);
    if (!layout->lanes || !layout->places)
        return fail(error, "out of memory");
    for (int i = 0; i < job->nin; i++)
        if (job->operands[i].is_array)
            layout->lanes[layout->inputs++] =
                (struct lane){.operand = &job->operands[i],
                              .input = i,
                              .dtype = job->operands[i].file.header.dtype};
    layout->count = layout->inputs;
    for (int i = 0; i < forecast->count; i++)
        layout->lanes[layout->count++] = (struct lane){.input = i, .dtype = forecast->dtypes[i]};
    return DONE;
}

static void place_lanes(struct stream_layout *layout, const struct forecast *forecast)
{
    struct npy_header result = {.ndim = forecast->ndim, .fortran_order = layout->reversed};
    memcpy(result.shape, forecast->shape, sizeof result.shape);
    blocks_init(&layout->blocks, forecast->ndim, forecast->shape, layout->reversed);
    layout->blocks.by_rows = layout->by_rows;
    for (int i = 0; i < layout->count; i++) {
        const struct lane *const lane = &layout->lanes[i];
        if (!lane->operand) {
            result.dtype = lane->dtype;
            result.bytes = forecast->bytes[lane->input];
        }
        blocks_place(&layout->blocks, forecast->ndim, layout->reversed,
                     lane->operand ? &lane->operand->file.header : &result, &layout->places[i]);
    }
    blocks_merge(&layout->blocks, layout->places, layout->count);
}

/* Why an input cannot be read block by block; NULL if it can. */
static const char *whole_reason(const struct stream_layout *layout, int i)
{
    const struct file *const file = &layout->lanes[i].operand->file;
    if (file->array.data)
        return "is an image";
    if (!blocks_are_runs(&layout->blocks, &layout->places[i]))
        return layout->reversed ? "is in C order beside Fortran order"
                                : "is in Fortran order beside C order";
    if (file->input.size == UINT64_MAX && blocks_is_broadcast(&layout->blocks, &layout->places[i]))
        return "is no regular file and is broadcast";
    return NULL;
}

/* What must be whole, and small arrays that blocks would read again and again. */
static void hold_whole(struct stream_layout *layout, const struct limits *limits)
{
    uint64_t held = 0;
    for (int i = 0; i < layout->inputs; i++) {
        layout->places[i].whole = whole_reason(layout, i) != NULL;
        held += layout->places[i].whole ? layout->places[i].bytes : 0;
    }
    for (int i = 0; i < layout->inputs; i++) {
        struct laid_out *const place = &layout->places[i];
        if (place->whole || !blocks_is_broadcast(&layout->blocks, place) ||
            place->bytes > limits->memory / 16 || held + place->bytes > limits->memory / 2)
            continue;
        place->whole = 1;
        held += place->bytes;
    }
}

static int cut(struct stream_layout *layout, const struct forecast *forecast, int reversed,
               const struct limits *limits)
{
    layout->reversed = reversed;
    place_lanes(layout, forecast);
    hold_whole(layout, limits);
    return blocks_cut(&layout->blocks, layout->places, layout->count, limits);
}

static int has_fortran_order(const struct stream_layout *layout)
{
    for (int i = 0; i < layout->inputs; i++)
        if (layout->lanes[i].operand->file.header.fortran_order)
            return 1;
    return 0;
}

static int nothing_fits(const struct stream_layout *layout, uint64_t memory, clw_error *error)
{
    for (int i = 0; i < layout->inputs; i++) {
        const char *const reason = whole_reason(layout, i);
        if (reason)
            return fail(error,
                        "%s: %s, so its %zu bytes must be read at once; with --memory %" PRIu64
                        " they do not fit beside the rest",
                        layout->lanes[i].operand->file.input.name, reason, layout->places[i].bytes,
                        memory);
    }
    if (layout->by_rows)
        return fail(error,
                    "--memory %" PRIu64
                    " is too little for one row of the first axis; rows are not cut, since an op "
                    "asks where an element stands",
                    memory);
    return fail(error, "--memory %" PRIu64 " is too little for one element of each array", memory);
}

int layout_init(struct stream_layout *layout, struct job *job, const struct forecast *forecast,
                uint64_t memory, clw_error *error)
{
    clw_device_info device = {.struct_size = sizeof device};
    struct limits limits = {memory / 4 * 3, 0, BLOCK_BYTES, PIPELINE_SLOTS};
    memset(layout, 0, sizeof *layout);
    const int status = allocate(layout, job, forecast, error);
    if (status != DONE)
        return status;
    if (clw_context_device(job->context, &device, error))
        return FAILED;
    limits.buffer = device.largest_buffer;
    layout->by_rows = clw_op_position_count(job->op) > 0;
    if (cut(layout, forecast, 0, &limits) ||
        (!layout->by_rows && has_fortran_order(layout) && cut(layout, forecast, 1, &limits)))
        return DONE;
    cut(layout, forecast, 0, &limits);
    return nothing_fits(layout, memory, error);
}

void layout_finish(struct stream_layout *layout)
{
    for (int i = 0; i < layout->count && layout->lanes; i++)
        for (int slot = 0; slot < PIPELINE_SLOTS; slot++) {
            clw_array_release(layout->lanes[i].arrays[slot]);
            free(layout->lanes[i].memory[slot]);
        }
    free(layout->lanes);
    free(layout->places);
}

size_t layout_bytes(const struct stream_layout *layout, int lane, int64_t rows)
{
    const struct laid_out *const place = &layout->places[lane];
    return (size_t)block_elements(&layout->blocks, rows, place) * place->element;
}
