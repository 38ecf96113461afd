/* How a broadcast result is cut into blocks: along the outermost axis of which rows fit. */
#ifndef CLWISE_TOOLS_BLOCKS_H
#define CLWISE_TOOLS_BLOCKS_H

#include "tools/npy_header.h"

/* One input or output, as it lies along the result's axes. */
struct laid_out {
    size_t element;                /* bytes */
    size_t bytes;                  /* of all elements */
    int64_t strides[CLW_MAX_NDIM]; /* bytes; 0: broadcast */
    int whole;                     /* held in memory at once; else block by block */
};

struct blocks {
    int ndim; /* axes of extent 1 are dropped, and neighbours merged where all operands allow it */
    int64_t shape[CLW_MAX_NDIM];
    int by_rows;    /* axes stay as they are, and the first one is cut */
    int axis;       /* that is cut; each index along those before has blocks of its own */
    int64_t rows;   /* of that axis in a block; the last one may have fewer */
    int64_t rounds; /* blocks for one index along the axes before */
    int64_t count;  /* of blocks */
};

/* One block. */
struct block {
    int64_t index[CLW_MAX_NDIM]; /* along the axes before `axis`, then its first row */
    int64_t rows;
};

struct limits {
    uint64_t memory; /* bytes for all arrays together */
    uint64_t buffer; /* bytes of the largest array that the device takes */
    size_t block;    /* bytes of an array in a block that are enough */
    int slots;       /* blocks of each array that are held at once */
};

/* Axes from the outermost in C order, or, if `reversed`, from the last to the first. */
void blocks_init(struct blocks *blocks, int ndim, const int64_t *shape, int reversed);
/* The place of an array with this header; that of a result, packed in the order of the axes. */
void blocks_place(const struct blocks *blocks, int ndim, int reversed,
                  const struct npy_header *header, struct laid_out *place);
/* Merges axes, unless they stay as they are. */
void blocks_merge(struct blocks *blocks, struct laid_out *places, int count);
/* Its blocks are runs of bytes, one after the other if it is not broadcast. */
int blocks_are_runs(const struct blocks *blocks, const struct laid_out *place);
int blocks_is_broadcast(const struct blocks *blocks, const struct laid_out *place);
/* Chooses axis and rows; what a block needs all of becomes whole. Returns 0 if nothing fits. */
int blocks_cut(struct blocks *blocks, struct laid_out *places, int count,
               const struct limits *limits);

struct block blocks_at(const struct blocks *blocks, int64_t number);
/* Bytes from the array's first element to the block's. */
int64_t block_offset(const struct blocks *blocks, const struct block *block,
                     const struct laid_out *place);
/* Elements of a block of that many rows. */
int64_t block_elements(const struct blocks *blocks, int64_t rows, const struct laid_out *place);

#endif
