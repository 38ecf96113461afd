/* Any bytes as a line of a record: read or refused in a sentence; what is read may be planned.
 * Build with clang -fsanitize=fuzzer,address,undefined. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plan/request_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(const struct read_request *read)
{
    assert((read->op != NULL) != (read->expression != NULL));
    assert(read->nin <= OP_MAX_INPUTS && read->nout <= OP_MAX_OUTPUTS);
    for (int i = 0; i < read->nin; i++) {
        const struct operand *in = &read->in[i];
        int64_t low, high;
        assert(in->type.scalar.kind || (in->shape && in->type.dtype < CLW_DTYPE_COUNT));
        if (in->shape) {
            struct layout layout = {.ndim = in->type.ndim};
            memcpy(layout.shape, in->shape, sizeof *in->shape * (size_t)in->type.ndim);
            memcpy(layout.strides, in->strides, sizeof *in->strides * (size_t)in->type.ndim);
            assert(layout_extent(&layout, (size_t)dtype_table[in->type.dtype].size, &low, &high,
                                 NULL) == CLW_OK);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct read_request read;
    clw_error error = {CLW_OK, ""};
    char *const line = malloc(size + 1);
    assert(line);
    memcpy(line, bytes, size);
    line[size] = '\0';
    if (request_read(line, &read, &error) == CLW_OK)
        check(&read);
    else
        assert(error.message[0] != '\0');
    free(line);
    return 0;
}
