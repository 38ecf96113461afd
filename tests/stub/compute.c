/* What kernels of a few ops would do, on the host. A kernel's program begins with the key of its
 * plan in words (plan_key_words), and its geometry is laid out as runtime/codegen/codegen.h says:
 * that is all it takes. Kernels of other ops change nothing and are counted. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stub/object.h"

enum { RANK = 8, ARRAYS = 4, NAME = 64, SCALARS = 4 };

static atomic_uint strangers;

unsigned compute_strangers(void)
{
    return atomic_load(&strangers);
}

/* ---- elements ---- */

#define ELEMENT_FUNCTIONS(type, name, wide)                                                        \
    static void add_##name(const void *a, const void *b, void *y)                                  \
    {                                                                                              \
        *(type *)y = (type)((wide) * (const type *)a + (wide) * (const type *)b);                  \
    }                                                                                              \
    static void multiply_##name(const void *a, const void *b, void *y)                             \
    {                                                                                              \
        *(type *)y = (type)((wide) * (const type *)a * (wide) * (const type *)b);                  \
    }                                                                                              \
    static void negative_##name(const void *a, const void *b, void *y)                             \
    {                                                                                              \
        (void)b;                                                                                   \
        *(type *)y = (type)(-(wide) * (const type *)a);                                            \
    }

ELEMENT_FUNCTIONS(float, f32, float)
ELEMENT_FUNCTIONS(double, f64, double)
ELEMENT_FUNCTIONS(int32_t, i32, uint32_t)
ELEMENT_FUNCTIONS(int64_t, i64, uint64_t)

#define MOVE(type, name)                                                                           \
    static void move_##name(const void *a, const void *b, void *y)                                 \
    {                                                                                              \
        (void)b;                                                                                   \
        *(type *)y = *(const type *)a;                                                             \
    }

MOVE(uint8_t, u8)
MOVE(uint16_t, u16)
MOVE(uint32_t, u32)
MOVE(uint64_t, u64)

/* By op and dtypes as they stand in the key. */
static const struct element {
    const char *key;
    int inputs;
    void (*run)(const void *a, const void *b, void *y);
} elements[] = {
    {"add|f32,f32>f32|f32,f32>f32|", 2, add_f32},
    {"add|f64,f64>f64|f64,f64>f64|", 2, add_f64},
    {"add|i32,i32>i32|i32,i32>i32|", 2, add_i32},
    {"add|i64,i64>i64|i64,i64>i64|", 2, add_i64},
    {"multiply|f32,f32>f32|f32,f32>f32|", 2, multiply_f32},
    {"multiply|f64,f64>f64|f64,f64>f64|", 2, multiply_f64},
    {"multiply|i32,i32>i32|i32,i32>i32|", 2, multiply_i32},
    {"multiply|i64,i64>i64|i64,i64>i64|", 2, multiply_i64},
    {"negative|f32>f32|f32>f32|", 1, negative_f32},
    {"negative|f64>f64|f64>f64|", 1, negative_f64},
    {"negative|i32>i32|i32>i32|", 1, negative_i32},
    {"negative|i64>i64|i64>i64|", 1, negative_i64},
    {"move|u8>u8|u8>u8|", 1, move_u8},
    {"move|u16>u16|u16>u16|", 1, move_u16},
    {"move|u32>u32|u32>u32|", 1, move_u32},
    {"move|u64>u64|u64>u64|", 1, move_u64},
};

/* ---- geometry ---- */

struct layout {
    int rank, wide, arrays;
    int64_t extent;
    int64_t shape[RANK], base[ARRAYS], step[ARRAYS][RANK];
    unsigned char *memory[ARRAYS];
};

static int64_t take(const unsigned char **at, int wide)
{
    int64_t value = 0;
    int32_t narrow;
    if (wide) {
        memcpy(&value, *at, sizeof value);
        *at += sizeof value;
        return value;
    }
    memcpy(&narrow, *at, sizeof narrow);
    *at += sizeof narrow;
    return narrow;
}

/* `inputs` arrays and the output; 0 if the arguments are not these. */
static int read_layout(cl_kernel kernel, const char *key, int inputs, struct layout *layout)
{
    char skeleton[NAME];
    const unsigned char *at = kernel->arguments[inputs + 1].bytes;
    if (sscanf(key, "r%d|i%d|%63[a-z]|", &layout->rank, &layout->wide, skeleton) != 3 ||
        layout->rank > RANK || !at)
        return 0;
    layout->wide = layout->wide == 64;
    layout->arrays = inputs + 1;
    for (int k = 0; k < layout->arrays; k++) {
        if (kernel->arguments[k].size != sizeof(cl_mem))
            return 0;
        cl_mem memory;
        memcpy(&memory, kernel->arguments[k].bytes, sizeof memory);
        layout->memory[k] = memory->bytes;
    }
    for (int k = 0; k < layout->arrays; k++)
        layout->base[k] = take(&at, 1);
    layout->extent = take(&at, layout->wide);
    for (int i = 1; i < SCALARS; i++)
        take(&at, layout->wide);
    for (int d = 0; d < layout->rank; d++)
        layout->shape[d] = take(&at, layout->wide);
    for (int k = 0; k < layout->arrays; k++)
        for (int d = 0; d < layout->rank; d++)
            layout->step[k][d] = take(&at, layout->wide);
    return 1;
}

static void walk(const struct layout *layout, const struct element *element)
{
    int64_t position[RANK] = {0};
    const unsigned char *in[2] = {NULL, NULL};
    for (;;) {
        unsigned char *place[ARRAYS];
        int d = layout->rank - 1;
        for (int k = 0; k < layout->arrays; k++) {
            place[k] = layout->memory[k] + layout->base[k];
            for (int axis = 0; axis < layout->rank; axis++)
                place[k] += position[axis] * layout->step[k][axis];
        }
        for (int i = 0; i < element->inputs; i++)
            in[i] = place[i];
        element->run(in[0], in[1], place[element->inputs]);
        while (d >= 0 && ++position[d] == layout->shape[d])
            position[d--] = 0;
        if (d < 0)
            return;
    }
}

static const struct element *element_of(const char *key)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strncmp(key, elements[i].key, strlen(elements[i].key)) == 0)
            return &elements[i];
    return NULL;
}

/* An extent of 0 is how kernels are launched that are only to be specialised. */
void compute(cl_kernel kernel)
{
    struct layout layout;
    const char *key = kernel->key && strncmp(kernel->key, "// ", 3) == 0 ? kernel->key + 3 : "";
    const struct element *element = element_of(key);
    if (!element || !read_layout(kernel, key + strlen(element->key), element->inputs, &layout)) {
        atomic_fetch_add(&strangers, 1);
        return;
    }
    if (layout.extent > 0)
        walk(&layout, element);
}
