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

static int load_file(clw_context *context, const char *path, clw_array **array, clw_error *error)
{
    struct host_array host;
    const int status = file_read(path, &host, error);
    if (status != DONE)
        return status;
    if (clw_array_wrap_host(context, host.dtype, host.ndim, host.shape, host.strides, host.data,
                            host.bytes, free_data, NULL, array, error) == CLW_OK)
        return DONE;
    host_array_finish(&host);
    return fail_in(error, path, FAILED);
}

/* "f32[2,3]", "f64[]". Returns 0 if the words are nothing like that. */
static int parse_sketch(const char *words, clw_dtype *dtype, int *ndim, int64_t *shape)
{
    char name[8];
    const char *at = strchr(words, '[');
    const size_t length = at ? (size_t)(at - words) : 0;
    if (length == 0 || length >= sizeof name)
        return 0;
    memcpy(name, words, length);
    name[length] = '\0';
    *dtype = clw_dtype_from_name(name);
    if (*dtype == CLW_DTYPE_COUNT)
        return 0;
    *ndim = 0;
    if (strcmp(at, "[]") == 0)
        return 1;
    do {
        const char *const start = at + 1;
        char *end;
        errno = 0;
        if (*start < '0' || *start > '9' || *ndim == CLW_MAX_NDIM)
            return 0;
        shape[(*ndim)++] = strtoll(start, &end, 10);
        if (errno == ERANGE)
            return 0;
        at = end;
    } while (*at == ',');
    return strcmp(at, "]") == 0;
}

int operand_load(clw_context *context, const char *words, int sketches, clw_operand *operand,
                 clw_array **array, clw_error *error)
{
    clw_dtype dtype;
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    const enum number_kind kind = number_parse(words, &operand->scalar);
    operand->array = NULL;
    if (kind == NUMBER_LARGE)
        return misuse(error, "the number %s does not fit in 64 bits", words);
    if (kind == NUMBER_GOOD)
        return DONE;
    if (sketches && parse_sketch(words, &dtype, &ndim, shape)) {
        if (clw_array_empty(context, dtype, ndim, shape, array, error))
            return FAILED;
        operand->array = *array;
        return DONE;
    }
    if (!format_of_name(words) && access(words, F_OK))
        return misuse(error, "'%s' is neither a number nor a file", words);
    const int status = load_file(context, words, array, error);
    operand->array = *array;
    return status;
}

int where_load(clw_context *context, const char *path, clw_array **array, clw_error *error)
{
    const int status = load_file(context, path, array, error);
    if (status != DONE || clw_array_dtype(*array) == CLW_BOOL)
        return status;
    return fail(error, "%s: --where takes bool, not %s", path,
                clw_dtype_name(clw_array_dtype(*array)));
}
