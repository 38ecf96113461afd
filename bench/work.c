/* The table of works, and the memory that they work on. */
#include "bench/bench.h"
#include "bench/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KI ((size_t)1 << 10)
#define MI ((size_t)1 << 20)

const struct work works[] = {
    {"f32 multiply 1", CLW_F32, 1, SIZE_SMALL, true},
    {"f32 multiply 64", CLW_F32, 64, SIZE_SMALL | SIZE_LIBRARIES, true},
    {"f32 multiply 4096", CLW_F32, 4 * KI, SIZE_SMALL | SIZE_CACHED, true},
    {"f32 multiply 65536", CLW_F32, 64 * KI, SIZE_CACHED, true},
    {"f32 multiply 1M", CLW_F32, MI, SIZE_CACHED, true},
    {"f32 multiply 16M", CLW_F32, 16 * MI, SIZE_MEMORY, true},
    {"f64 multiply 16M", CLW_F64, 16 * MI, SIZE_MEMORY, false},
    {"u8 multiply 16M", CLW_U8, 16 * MI, SIZE_MEMORY, false},
    {"c64 multiply 16M", CLW_C64, 16 * MI, SIZE_MEMORY, false},
    {"f32 multiply 64M", CLW_F32, 64 * MI, SIZE_MEMORY, false},
    {"f64 multiply 64M", CLW_F64, 64 * MI, SIZE_MEMORY, false},
    {"u8 multiply 64M", CLW_U8, 64 * MI, SIZE_MEMORY, false},
    {"c64 multiply 64M", CLW_C64, 64 * MI, SIZE_MEMORY, false},
};
const size_t work_count = sizeof works / sizeof *works;

const struct work *work_find(const char *name)
{
    for (size_t i = 0; i < work_count; ++i)
        if (strcmp(works[i].name, name) == 0)
            return &works[i];
    return NULL;
}

const struct work *work_of_size(size_t i)
{
    enum { FIRST = 6, LAST = 26 };
    static char name[32];
    static struct work work = {name, CLW_F32, 0, 0, true};
    if (FIRST + i > LAST)
        return NULL;
    work.elements = (size_t)1 << (FIRST + i);
    snprintf(name, sizeof name, "f32 multiply 2^%zu", FIRST + i);
    return &work;
}

const struct work *work_of_growth(size_t i, bool quick)
{
    enum { FIRST = 10, LAST = 30, LAST_QUICK = 22, ARRAYS = 5 };
    static char name[32];
    static struct work work = {name, CLW_U8, 0, SIZE_GROWTH, true};
    const size_t power = FIRST + 2 * i, pages = (size_t)sysconf(_SC_AVPHYS_PAGES);
    work.elements = (size_t)1 << power;
    if (power > (quick ? LAST_QUICK : LAST) ||
        work.elements / (size_t)sysconf(_SC_PAGESIZE) * ARRAYS > pages)
        return NULL;
    snprintf(name, sizeof name, "u8 multiply 2^%zu", power);
    return &work;
}

size_t work_array_bytes(const struct work *work)
{
    return work->elements * clw_dtype_size(work->dtype);
}

/* Numbers in [-1, 1) and their like, the same on every run: a linear congruential generator. Those
 * of complex numbers are short, so that a product has the same bits with fused operations. */
static void fill(void *memory, clw_dtype dtype, size_t elements, uint32_t state)
{
    const size_t numbers = dtype == CLW_C64 ? 2 * elements : elements;
    for (size_t i = 0; i < numbers; ++i) {
        state = state * 1664525u + 1013904223u;
        const double value = (double)(int32_t)state / 2147483648.0;
        if (dtype == CLW_U8)
            ((uint8_t *)memory)[i] = (uint8_t)(state >> 24);
        else if (dtype == CLW_C64)
            ((float *)memory)[i] = (float)(int8_t)(state >> 24) / 128.0f;
        else if (dtype == CLW_F32)
            ((float *)memory)[i] = (float)value;
        else
            ((double *)memory)[i] = value;
    }
}

/* Element by element, with nothing clever: what every peer's result is compared with. */
static void expect(const struct operands *operands)
{
    const void *a = operands->a, *b = operands->b;
    void *y = operands->expected;
    for (size_t i = 0; i < operands->work->elements; ++i) {
        const float *u = (const float *)a + 2 * i, *v = (const float *)b + 2 * i;
        if (operands->work->dtype == CLW_F32)
            ((float *)y)[i] = ((const float *)a)[i] * ((const float *)b)[i];
        else if (operands->work->dtype == CLW_F64)
            ((double *)y)[i] = ((const double *)a)[i] * ((const double *)b)[i];
        else if (operands->work->dtype == CLW_U8)
            ((uint8_t *)y)[i] = (uint8_t)(((const uint8_t *)a)[i] * ((const uint8_t *)b)[i]);
        else {
            ((float *)y)[2 * i] = u[0] * v[0] - u[1] * v[1];
            ((float *)y)[2 * i + 1] = u[0] * v[1] + u[1] * v[0];
        }
    }
}

static bool wrap(const struct operands *operands, void *memory, clw_array **array, clw_error *error)
{
    const struct work *work = operands->work;
    return memory_wrap(operands->context, work->dtype, work->elements, memory, array, error);
}

bool operands_init(struct operands *operands, const struct work *work, clw_context *context,
                   clw_error *error)
{
    const size_t bytes = work_array_bytes(work);
    *operands = (struct operands){
        .work = work,
        .context = context,
        .a = memory_pages(bytes),
        .b = memory_pages(bytes),
        .y = memory_pages(bytes),
        .expected = memory_pages(bytes),
    };
    *error = (clw_error){CLW_ERROR_MEMORY, "no memory for the operands"};
    if (operands->a && operands->b && operands->y && operands->expected) {
        fill(operands->a, work->dtype, work->elements, 20240229);
        fill(operands->b, work->dtype, work->elements, 20261123);
        expect(operands);
        if (wrap(operands, operands->a, &operands->array_a, error) &&
            wrap(operands, operands->b, &operands->array_b, error) &&
            wrap(operands, operands->y, &operands->array_y, error))
            return true;
    }
    operands_finish(operands);
    return false;
}

void operands_finish(struct operands *operands)
{
    clw_array_release(operands->array_a);
    clw_array_release(operands->array_b);
    clw_array_release(operands->array_y);
    /* The memory is borrowed until the last use of the arrays, which queued work may be. */
    if (clw_finish(operands->context, NULL) == CLW_OK) {
        free(operands->a);
        free(operands->b);
        free(operands->y);
    }
    free(operands->expected);
    *operands = (struct operands){0};
}
