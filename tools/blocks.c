#include "tools/blocks.h"

#include <string.h>

void blocks_init(struct blocks *blocks, int ndim, const int64_t *shape, int reversed)
{
    memset(blocks, 0, sizeof *blocks);
    blocks->ndim = ndim;
    for (int axis = 0; axis < ndim; axis++)
        blocks->shape[axis] = shape[reversed ? ndim - 1 - axis : axis];
}

void blocks_place(const struct blocks *blocks, int ndim, int reversed,
                  const struct npy_header *header, struct laid_out *place)
{
    memset(place, 0, sizeof *place);
    place->element = clw_dtype_size(header->dtype);
    place->bytes = header->bytes;
    int64_t stride = (int64_t)place->element;
    for (int i = 0; i < header->ndim; i++) {
        const int own = header->fortran_order ? i : header->ndim - 1 - i;
        const int among = own + ndim - header->ndim;
        const int64_t extent = header->shape[own];
        const int axis = reversed ? blocks->ndim - 1 - among : among;
        place->strides[axis] = extent == 1 ? 0 : stride;
        stride *= extent;
    }
}

static int can_merge(const struct blocks *blocks, const struct laid_out *places, int count,
                     int outer, int inner)
{
    for (int i = 0; i < count; i++)
        if (places[i].strides[outer] != places[i].strides[inner] * blocks->shape[inner])
            return 0;
    return 1;
}

void blocks_merge(struct blocks *blocks, struct laid_out *places, int count)
{
    int last = -1;
    if (blocks->by_rows)
        return;
    for (int axis = 0; axis < blocks->ndim; axis++) {
        if (blocks->shape[axis] == 1)
            continue;
        if (last >= 0 && can_merge(blocks, places, count, last, axis))
            blocks->shape[last] *= blocks->shape[axis];
        else
            blocks->shape[++last] = blocks->shape[axis];
        for (int i = 0; i < count; i++)
            places[i].strides[last] = places[i].strides[axis];
    }
    blocks->ndim = last + 1;
    if (blocks->ndim > 0)
        return;
    blocks->ndim = 1; /* of one element */
    blocks->shape[0] = 1;
    for (int i = 0; i < count; i++)
        places[i].strides[0] = 0;
}

int blocks_are_runs(const struct blocks *blocks, const struct laid_out *place)
{
    int64_t stride = (int64_t)place->element;
    for (int axis = blocks->ndim - 1; axis >= 0; axis--) {
        if (place->strides[axis] == 0)
            continue;
        if (place->strides[axis] != stride)
            return 0;
        stride *= blocks->shape[axis];
    }
    return 1;
}

int blocks_is_broadcast(const struct blocks *blocks, const struct laid_out *place)
{
    for (int axis = 0; axis < blocks->ndim; axis++)
        if (place->strides[axis] == 0)
            return 1;
    return 0;
}

/* Elements of a row of `axis`. */
static int64_t row_elements(const struct blocks *blocks, int axis, const struct laid_out *place)
{
    int64_t count = 1;
    for (int i = axis + 1; i < blocks->ndim; i++)
        if (place->strides[i] != 0)
            count *= blocks->shape[i];
    return count;
}

/* It is the same for all blocks. */
static int is_constant(const struct laid_out *place, int axis)
{
    for (int i = 0; i <= axis; i++)
        if (place->strides[i] != 0)
            return 0;
    return 1;
}

/* How many rows of `axis` fit; 0: none. */
static int64_t rows_that_fit(const struct blocks *blocks, const struct laid_out *places, int count,
                             int axis, const struct limits *limits)
{
    const uint64_t slots = (uint64_t)limits->slots;
    uint64_t fixed = 0, each = 0, largest = 1;
    for (int i = 0; i < count; i++) {
        const struct laid_out *const place = &places[i];
        const uint64_t bytes = (uint64_t)row_elements(blocks, axis, place) * place->element;
        if (place->whole || is_constant(place, axis))
            fixed += place->bytes;
        else if (place->strides[axis] == 0)
            fixed += slots * bytes;
        else
            each += slots * bytes;
        if (!place->whole && bytes > largest)
            largest = bytes;
    }
    if (fixed > limits->memory || largest > limits->buffer)
        return 0;
    uint64_t rows = each > 0 ? (limits->memory - fixed) / each : 1;
    const uint64_t most = limits->buffer / largest, enough = limits->block / largest + 1;
    rows = rows < most ? rows : most;
    rows = rows < enough ? rows : enough;
    return rows < (uint64_t)blocks->shape[axis] ? (int64_t)rows : blocks->shape[axis];
}

int blocks_cut(struct blocks *blocks, struct laid_out *places, int count,
               const struct limits *limits)
{
    const int axes = blocks->by_rows ? 1 : blocks->ndim;
    blocks->rows = 0;
    for (blocks->axis = 0; blocks->axis < axes; blocks->axis++) {
        blocks->rows = rows_that_fit(blocks, places, count, blocks->axis, limits);
        if (blocks->rows > 0)
            break;
    }
    if (blocks->rows == 0)
        return 0;
    for (int i = 0; i < count; i++)
        places[i].whole = places[i].whole || is_constant(&places[i], blocks->axis);
    blocks->rounds = (blocks->shape[blocks->axis] - 1) / blocks->rows + 1;
    blocks->count = blocks->rounds;
    for (int axis = 0; axis < blocks->axis; axis++)
        blocks->count *= blocks->shape[axis];
    return 1;
}

struct block blocks_at(const struct blocks *blocks, int64_t number)
{
    struct block block;
    int64_t outer = number / blocks->rounds;
    const int64_t first = number % blocks->rounds * blocks->rows;
    const int64_t left = blocks->shape[blocks->axis] - first;
    block.index[blocks->axis] = first;
    block.rows = left < blocks->rows ? left : blocks->rows;
    for (int axis = blocks->axis - 1; axis >= 0; axis--) {
        block.index[axis] = outer % blocks->shape[axis];
        outer /= blocks->shape[axis];
    }
    return block;
}

int64_t block_offset(const struct blocks *blocks, const struct block *block,
                     const struct laid_out *place)
{
    int64_t offset = 0;
    for (int axis = 0; axis <= blocks->axis; axis++)
        offset += block->index[axis] * place->strides[axis];
    return offset;
}

int64_t block_elements(const struct blocks *blocks, int64_t rows, const struct laid_out *place)
{
    const int64_t row = row_elements(blocks, blocks->axis, place);
    return place->strides[blocks->axis] != 0 ? rows * row : row;
}
