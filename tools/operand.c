#include "tools/operand.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/formats.h"
#include "tools/number.h"
#include "tools/report.h"

static void free_data(void *data, void *unused)
{
    (void)unused;
    free(data);
}

/* The array takes the elements. */
static int load_file(clw_context *context, struct file *file, clw_array **array, clw_error *error)
{
    const int status = file_load(file, error);
    if (status != DONE)
        return status;
    struct host_array *const host = &file->array;
    if (clw_array_wrap_host(context, host->dtype, host->ndim, host->shape, host->strides,
                            host->data, host->bytes, free_data, NULL, array, error))
        return fail_in(error, file->input.name, FAILED);
    host->data = NULL;
    return DONE;
}

/* "f32[2,3]", "f64[]". Returns 0 if the words are nothing like that. */
static int parse_sketch(const char *words, struct npy_header *sketch)
{
    char name[8];
    const char *at = strchr(words, '[');
    const size_t length = at ? (size_t)(at - words) : 0;
    if (length == 0 || length >= sizeof name)
        return 0;
    memcpy(name, words, length);
    name[length] = '\0';
    sketch->dtype = clw_dtype_from_name(name);
    if (sketch->dtype == CLW_DTYPE_COUNT)
        return 0;
    sketch->ndim = 0;
    if (strcmp(at, "[]") == 0)
        return 1;
    do {
        const char *const start = at + 1;
        char *end;
        errno = 0;
        if (*start < '0' || *start > '9' || sketch->ndim == CLW_MAX_NDIM)
            return 0;
        sketch->shape[sketch->ndim++] = strtoll(start, &end, 10);
        if (errno == ERANGE)
            return 0;
        at = end;
    } while (*at == ',');
    return strcmp(at, "]") == 0;
}

int operand_open(struct operand *operand, const char *words, int sketches, uint64_t memory,
                 clw_error *error)
{
    memset(operand, 0, sizeof *operand);
    operand->file.input.fd = -1;
    const enum number_kind kind = number_parse(words, &operand->scalar);
    if (kind == NUMBER_LARGE)
        return misuse(error, "the number %s does not fit in 64 bits", words);
    if (kind == NUMBER_GOOD)
        return DONE;
    operand->is_array = 1;
    operand->is_sketch = sketches && parse_sketch(words, &operand->file.header);
    if (operand->is_sketch)
        return DONE;
    if (!format_of_name(words) && access(words, F_OK))
        return misuse(error, "'%s' is neither a number nor a file", words);
    return file_open(&operand->file, words, memory, error);
}

int operand_load(struct operand *operand, clw_context *context, clw_error *error)
{
    const struct npy_header *const header = &operand->file.header;
    if (!operand->is_array)
        return DONE;
    if (!operand->is_sketch)
        return load_file(context, &operand->file, &operand->array, error);
    return clw_array_empty(context, header->dtype, header->ndim, header->shape, &operand->array,
                           error)
               ? FAILED
               : DONE;
}

clw_operand operand_value(const struct operand *operand)
{
    const clw_operand value = {operand->array, operand->scalar};
    return value;
}

void operand_finish(struct operand *operand)
{
    clw_array_release(operand->array);
    file_close(&operand->file);
}

int where_load(clw_context *context, const char *path, clw_array **array, clw_error *error)
{
    struct file file;
    int status = file_open(&file, path, UINT64_MAX, error);
    if (status == DONE)
        status = load_file(context, &file, array, error);
    file_close(&file);
    if (status != DONE || clw_array_dtype(*array) == CLW_BOOL)
        return status;
    return fail(error, "%s: --where takes bool, not %s", path,
                clw_dtype_name(clw_array_dtype(*array)));
}
