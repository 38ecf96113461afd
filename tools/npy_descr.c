#include "tools/npy_descr.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define LONG_DTYPE (LONG_MAX > INT32_MAX ? CLW_I64 : CLW_I32)
#define ULONG_DTYPE (LONG_MAX > INT32_MAX ? CLW_U64 : CLW_U32)
#define SIZE_DTYPE (SIZE_MAX > UINT32_MAX ? CLW_I64 : CLW_I32)
#define USIZE_DTYPE (SIZE_MAX > UINT32_MAX ? CLW_U64 : CLW_U32)

static int host_is_little(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static clw_dtype from_letter(char letter)
{
    static const struct {
        char letter;
        unsigned char dtype;
    } letters[] = {{'?', CLW_BOOL},    {'b', CLW_I8},     {'B', CLW_U8},      {'h', CLW_I16},
                   {'H', CLW_U16},     {'i', CLW_I32},    {'I', CLW_U32},     {'l', LONG_DTYPE},
                   {'L', ULONG_DTYPE}, {'q', CLW_I64},    {'Q', CLW_U64},     {'n', SIZE_DTYPE},
                   {'N', USIZE_DTYPE}, {'p', SIZE_DTYPE}, {'P', USIZE_DTYPE}, {'e', CLW_F16},
                   {'f', CLW_F32},     {'d', CLW_F64},    {'F', CLW_C64},     {'D', CLW_C128}};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].letter == letter)
            return letters[i].dtype;
    return CLW_DTYPE_COUNT;
}

static clw_dtype from_kind(char kind, long size)
{
    static const struct {
        char kind, size;
        unsigned char dtype;
    } kinds[] = {{'b', 1, CLW_BOOL}, {'i', 1, CLW_I8},   {'i', 2, CLW_I16}, {'i', 4, CLW_I32},
                 {'i', 8, CLW_I64},  {'u', 1, CLW_U8},   {'u', 2, CLW_U16}, {'u', 4, CLW_U32},
                 {'u', 8, CLW_U64},  {'f', 2, CLW_F16},  {'f', 4, CLW_F32}, {'f', 8, CLW_F64},
                 {'c', 8, CLW_C64},  {'c', 16, CLW_C128}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].kind == kind && kinds[i].size == size)
            return kinds[i].dtype;
    return CLW_DTYPE_COUNT;
}

static clw_dtype from_name(const char *name)
{
    static const struct {
        const char *name;
        unsigned char dtype;
    } names[] = {
        {"bool", CLW_BOOL},       {"bool_", CLW_BOOL},    {"int8", CLW_I8},
        {"byte", CLW_I8},         {"uint8", CLW_U8},      {"ubyte", CLW_U8},
        {"int16", CLW_I16},       {"short", CLW_I16},     {"uint16", CLW_U16},
        {"ushort", CLW_U16},      {"int32", CLW_I32},     {"intc", CLW_I32},
        {"uint32", CLW_U32},      {"uintc", CLW_U32},     {"int64", CLW_I64},
        {"longlong", CLW_I64},    {"uint64", CLW_U64},    {"ulonglong", CLW_U64},
        {"int", SIZE_DTYPE},      {"int_", SIZE_DTYPE},   {"intp", SIZE_DTYPE},
        {"uint", USIZE_DTYPE},    {"uintp", USIZE_DTYPE}, {"long", LONG_DTYPE},
        {"ulong", ULONG_DTYPE},   {"half", CLW_F16},      {"float16", CLW_F16},
        {"single", CLW_F32},      {"float32", CLW_F32},   {"double", CLW_F64},
        {"float", CLW_F64},       {"float64", CLW_F64},   {"csingle", CLW_C64},
        {"complex64", CLW_C64},   {"cdouble", CLW_C128},  {"complex", CLW_C128},
        {"complex128", CLW_C128},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].dtype;
    return CLW_DTYPE_COUNT;
}

clw_dtype npy_descr_parse(const char *text, int *swapped)
{
    const char order = *text;
    const int ordered = order != '\0' && strchr("<>=|", order) != NULL;
    const char *const type = text + ordered;
    *swapped = (order == '<' && !host_is_little()) || (order == '>' && host_is_little());
    if (type[0] == '\0')
        return CLW_DTYPE_COUNT;
    if (type[1] == '\0')
        return from_letter(type[0]);
    char *end;
    const long size = strtol(type + 1, &end, 10);
    if (*end == '\0')
        return from_kind(type[0], size);
    return ordered ? CLW_DTYPE_COUNT : from_name(type);
}

const char *npy_descr(clw_dtype dtype)
{
    static const struct {
        const char *little, *big;
    } descrs[CLW_DTYPE_COUNT] = {
        [CLW_BOOL] = {"|b1", "|b1"}, [CLW_I8] = {"|i1", "|i1"},    [CLW_I16] = {"<i2", ">i2"},
        [CLW_I32] = {"<i4", ">i4"},  [CLW_I64] = {"<i8", ">i8"},   [CLW_U8] = {"|u1", "|u1"},
        [CLW_U16] = {"<u2", ">u2"},  [CLW_U32] = {"<u4", ">u4"},   [CLW_U64] = {"<u8", ">u8"},
        [CLW_F16] = {"<f2", ">f2"},  [CLW_F32] = {"<f4", ">f4"},   [CLW_F64] = {"<f8", ">f8"},
        [CLW_C64] = {"<c8", ">c8"},  [CLW_C128] = {"<c16", ">c16"}};
    return host_is_little() ? descrs[dtype].little : descrs[dtype].big;
}
