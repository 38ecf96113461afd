/* A job in blocks: files are read, computed and written at the same time, in bounded memory. */
#ifndef CLWISE_TOOLS_STREAM_H
#define CLWISE_TOOLS_STREAM_H

#include "tools/forecast.h"

/* Whether inputs and results exceed `memory` bytes, or one of them what the device takes. */
int stream_is_needed(const struct job *job, const struct forecast *forecast, uint64_t memory);

struct stream_report {
    int64_t blocks;
    int64_t block_bytes; /* of all arrays in a block */
    double read_seconds, execute_seconds, write_seconds, seconds;
};

/* Writes .npy files to outputs that are open. */
int stream_run(struct job *job, const struct forecast *forecast, struct output *outputs,
               uint64_t memory, struct stream_report *report, clw_error *error);

#endif
