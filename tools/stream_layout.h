/* The arrays of a stream, and how they are cut into blocks. */
#ifndef CLWISE_TOOLS_STREAM_LAYOUT_H
#define CLWISE_TOOLS_STREAM_LAYOUT_H

#include "tools/blocks.h"
#include "tools/forecast.h"
#include "tools/pipeline.h"

/* An input or a result. */
struct lane {
    struct operand *operand; /* NULL: a result */
    int input;               /* of the op; for results: output */
    clw_dtype dtype;
    void *memory[PIPELINE_SLOTS]; /* of blocks; an array over it */
    clw_array *arrays[PIPELINE_SLOTS];
    clw_array *view; /* of the block that is computed */
};

struct stream_layout {
    struct blocks blocks;
    struct lane *lanes; /* inputs that are arrays, then results */
    struct laid_out *places;
    int count, inputs;
    int by_rows;  /* ops ask for positions, which are counted along the first axis */
    int reversed; /* axes are walked from the last to the first, as Fortran stores them */
};

/* layout_finish is due in every case. */
int layout_init(struct stream_layout *layout, struct job *job, const struct forecast *forecast,
                uint64_t memory, clw_error *error);
void layout_finish(struct stream_layout *layout);
/* Bytes of a block of a lane. */
size_t layout_bytes(const struct stream_layout *layout, int lane, int64_t rows);

#endif
