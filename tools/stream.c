#include "tools/stream.h"

#include <stdlib.h>
#include <string.h>

#include "tools/npy.h"
#include "tools/progress.h"
#include "tools/report.h"
#include "tools/seconds.h"
#include "tools/stream_layout.h"

struct stream {
    struct job *job;
    const struct forecast *forecast;
    struct output *outputs;
    struct stream_layout layout;
    uint64_t *starts; /* of the elements in the file of a lane */
};

int stream_is_needed(const struct job *job, const struct forecast *forecast, uint64_t memory)
{
    clw_device_info device = {.struct_size = sizeof device};
    clw_error unused;
    return forecast->all_bytes > memory ||
           (clw_context_device(job->context, &device, &unused) == CLW_OK &&
            forecast->largest > device.largest_buffer);
}

static int is_in_blocks(const struct stream *stream, int lane)
{
    return !stream->layout.places[lane].whole || !stream->layout.lanes[lane].operand;
}

/* ---- the three stages ---- */

static int read_lane(struct stream *stream, int lane, const struct block *block, void *memory,
                     clw_error *error)
{
    const struct stream_layout *const layout = &stream->layout;
    struct file *const file = &layout->lanes[lane].operand->file;
    const uint64_t from = (uint64_t)block_offset(&layout->blocks, block, &layout->places[lane]);
    const size_t bytes = layout_bytes(layout, lane, block->rows);
    size_t got;
    int status =
        input_read_at(&file->input, stream->starts[lane] + from, memory, bytes, &got, error);
    if (status == DONE && got < bytes)
        status = npy_truncated(&file->header, from + got, error);
    if (status != DONE)
        return fail_in(error, file->input.name, status);
    if (file->header.swapped)
        npy_swap(file->header.dtype, memory, bytes);
    progress_advance(bytes);
    return DONE;
}

static int read_block(void *data, int64_t number, clw_error *error)
{
    struct stream *const stream = data;
    const struct block block = blocks_at(&stream->layout.blocks, number);
    int status = DONE;
    for (int i = 0; i < stream->layout.inputs && status == DONE; i++)
        if (is_in_blocks(stream, i))
            status = read_lane(stream, i, &block,
                               stream->layout.lanes[i].memory[number % PIPELINE_SLOTS], error);
    return status;
}

/* The axes of the block that an array does not have. Ops may count along those that it has; and 0-d
 * stays 0-d, for PyTorch's promotion. */
static int absent_axes(const struct stream *stream, const struct lane *lane)
{
    const struct blocks *const blocks = &stream->layout.blocks;
    const int ndim = lane->operand ? lane->operand->file.header.ndim : stream->forecast->ndim;
    return ndim == 0 || blocks->by_rows ? blocks->ndim - blocks->axis - ndim : 0;
}

/* The part of an array that belongs to the block. */
static int make_view(const struct stream *stream, int lane, const struct block *block, int slot,
                     clw_error *error)
{
    const struct blocks *const blocks = &stream->layout.blocks;
    const struct laid_out *const place = &stream->layout.places[lane];
    struct lane *const own = &stream->layout.lanes[lane];
    int64_t shape[CLW_MAX_NDIM];
    const int in_blocks = is_in_blocks(stream, lane);
    const int first = blocks->axis + absent_axes(stream, own);
    int ndim = 0;
    for (int axis = first; axis < blocks->ndim; axis++) {
        const int64_t extent = axis == blocks->axis ? block->rows : blocks->shape[axis];
        shape[ndim++] = place->strides[axis] != 0 ? extent : 1;
    }
    return clw_array_view(in_blocks ? own->arrays[slot] : own->operand->array, ndim, shape,
                          in_blocks ? NULL : place->strides + first,
                          in_blocks ? 0 : block_offset(blocks, block, place), &own->view, error)
               ? FAILED
               : DONE;
}

/* Where the device works on the host's memory, this copies nothing. */
static int send(const struct stream *stream, const struct block *block, int slot, clw_error *error)
{
    const struct stream_layout *const layout = &stream->layout;
    for (int i = 0; i < layout->inputs; i++)
        if (is_in_blocks(stream, i) &&
            clw_array_write(layout->lanes[i].view, layout->lanes[i].memory[slot],
                            layout_bytes(layout, i, block->rows), error))
            return FAILED;
    return DONE;
}

static int fetch(const struct stream *stream, const struct block *block, int slot, clw_error *error)
{
    const struct stream_layout *const layout = &stream->layout;
    for (int i = layout->inputs; i < layout->count; i++)
        if (clw_array_read(layout->lanes[i].view, layout->lanes[i].memory[slot],
                           layout_bytes(layout, i, block->rows), error))
            return FAILED;
    return DONE;
}

static int call(const struct stream *stream, const struct block *block, clw_error *error)
{
    struct job *const job = stream->job;
    clw_array *out[MAX_OUTPUTS];
    for (int i = 0; i < stream->layout.count; i++) {
        const struct lane *const lane = &stream->layout.lanes[i];
        if (lane->operand)
            job->in[lane->input].array = lane->view;
        else
            out[lane->input] = lane->view;
    }
    if (stream->layout.by_rows)
        job->options.origin = block->index[0];
    return clw_call(job->context, job->op, job->in, job->nin, out, stream->forecast->count,
                    &job->options, error) ||
                   clw_finish(job->context, error)
               ? FAILED
               : DONE;
}

static int compute_block(void *data, int64_t number, clw_error *error)
{
    struct stream *const stream = data;
    const struct block block = blocks_at(&stream->layout.blocks, number);
    const int slot = (int)(number % PIPELINE_SLOTS);
    int status = DONE;
    for (int i = 0; i < stream->layout.count && status == DONE; i++)
        status = make_view(stream, i, &block, slot, error);
    if (status == DONE)
        status = send(stream, &block, slot, error);
    if (status == DONE)
        status = call(stream, &block, error);
    if (status == DONE)
        status = fetch(stream, &block, slot, error);
    for (int i = 0; i < stream->layout.count; i++) {
        clw_array_release(stream->layout.lanes[i].view);
        stream->layout.lanes[i].view = NULL;
    }
    return status;
}

static int write_block(void *data, int64_t number, clw_error *error)
{
    struct stream *const stream = data;
    const struct stream_layout *const layout = &stream->layout;
    const struct block block = blocks_at(&layout->blocks, number);
    int status = DONE;
    for (int i = layout->inputs; i < layout->count && status == DONE; i++) {
        const size_t bytes = layout_bytes(layout, i, block.rows);
        status =
            output_write_sparse(&stream->outputs[layout->lanes[i].input],
                                layout->lanes[i].memory[number % PIPELINE_SLOTS], bytes, error);
        progress_advance(bytes);
    }
    return status;
}

/* ---- before and after ---- */

static int make_slots(struct stream *stream, int lane, clw_error *error)
{
    struct lane *const own = &stream->layout.lanes[lane];
    const size_t bytes = layout_bytes(&stream->layout, lane, stream->layout.blocks.rows);
    const int64_t count = (int64_t)(bytes / clw_dtype_size(own->dtype));
    for (int slot = 0; slot < PIPELINE_SLOTS; slot++) {
        own->memory[slot] = host_memory(bytes);
        if (!own->memory[slot])
            return fail(error, "no memory for %zu bytes", bytes);
        if (clw_array_wrap_host(stream->job->context, own->dtype, 1, &count, NULL,
                                own->memory[slot], bytes, NULL, NULL, &own->arrays[slot], error))
            return FAILED;
    }
    return DONE;
}

static int check_length(struct stream *stream, int lane, clw_error *error)
{
    const struct file *const file = &stream->layout.lanes[lane].operand->file;
    const struct input *const input = &file->input;
    stream->starts[lane] = input->position;
    if (input->size == UINT64_MAX || input->size - input->position >= file->header.bytes)
        return DONE;
    npy_truncated(&file->header, input->size - input->position, error);
    return fail_in(error, input->name, FAILED);
}

/* Buffers for blocks; what is held whole is read. */
static int prepare(struct stream *stream, clw_error *error)
{
    struct stream_layout *const layout = &stream->layout;
    struct job *const job = stream->job;
    int status = DONE;
    stream->starts = calloc((size_t)layout->count, sizeof *stream->starts);
    if (!stream->starts)
        return fail(error, "out of memory");
    for (int i = 0; i < job->nin; i++)
        job->in[i] = operand_value(&job->operands[i]);
    for (int i = 0; i < layout->inputs && status == DONE; i++)
        status = is_in_blocks(stream, i)
                     ? check_length(stream, i, error)
                     : operand_load(layout->lanes[i].operand, job->context, error);
    for (int i = 0; i < layout->count && status == DONE; i++)
        if (is_in_blocks(stream, i))
            status = make_slots(stream, i, error);
    return status;
}

static int write_headers(const struct stream *stream, clw_error *error)
{
    const struct forecast *const forecast = stream->forecast;
    char header[NPY_HEADER_ROOM];
    int status = DONE;
    for (int i = 0; i < forecast->count && status == DONE; i++) {
        const size_t length =
            npy_header_write(forecast->dtypes[i], forecast->ndim, forecast->shape,
                             stream->layout.reversed && forecast->ndim > 1, header);
        status = output_write(&stream->outputs[i], header, length, error);
    }
    return status;
}

/* That the stages read and write: broadcast arrays may be read several times. */
static uint64_t bytes_to_move(const struct stream *stream)
{
    const struct blocks *const blocks = &stream->layout.blocks;
    uint64_t total = 0;
    for (int i = 0; i < stream->layout.count; i++) {
        const struct laid_out *const place = &stream->layout.places[i];
        uint64_t bytes = is_in_blocks(stream, i) ? place->bytes : 0;
        for (int axis = 0; axis <= blocks->axis; axis++)
            if (place->strides[axis] == 0)
                bytes *= (uint64_t)(axis < blocks->axis ? blocks->shape[axis] : blocks->rounds);
        total += bytes;
    }
    return total;
}

static int run_stages(struct stream *stream, struct stream_report *report, clw_error *error)
{
    const struct stream_layout *const layout = &stream->layout;
    struct stage stages[PIPELINE_STAGES] = {{read_block, 0}, {compute_block, 0}, {write_block, 0}};
    const double start = seconds_now();
    progress_begin("evaluating", clw_op_doc(stream->job->op), bytes_to_move(stream));
    const int status = pipeline_run(stages, layout->blocks.count, stream, error);
    progress_end();
    report->blocks = layout->blocks.count;
    for (int i = 0; i < layout->count; i++)
        if (is_in_blocks(stream, i))
            report->block_bytes += (int64_t)layout_bytes(layout, i, layout->blocks.rows);
    report->read_seconds = stages[0].seconds;
    report->execute_seconds = stages[1].seconds;
    report->write_seconds = stages[2].seconds;
    report->seconds = seconds_now() - start;
    return status;
}

int stream_run(struct job *job, const struct forecast *forecast, struct output *outputs,
               uint64_t memory, struct stream_report *report, clw_error *error)
{
    struct stream stream = {.job = job, .forecast = forecast, .outputs = outputs};
    const struct elements result = forecast_elements(forecast, 0);
    const int is_empty = elements_count(&result) == 0;
    memset(report, 0, sizeof *report);
    int status = is_empty ? DONE : layout_init(&stream.layout, job, forecast, memory, error);
    if (status == DONE)
        status = write_headers(&stream, error);
    if (status == DONE && !is_empty)
        status = prepare(&stream, error);
    if (status == DONE && !is_empty)
        status = run_stages(&stream, report, error);
    layout_finish(&stream.layout);
    free(stream.starts);
    return status;
}
