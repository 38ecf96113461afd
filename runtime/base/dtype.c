#include "runtime/base/dtype.h"

#include <string.h>

const struct dtype_info dtype_table[] = {
    [CLW_BOOL] = {"bool", "BOOL", KIND_BOOL, 1, 0, "uchar", "uchar", NULL, CLW_BOOL, 0},
    [CLW_I8] = {"i8", "I8", KIND_INT, 1, 1, "char", "char", "uint", CLW_I8, 1},
    [CLW_I16] = {"i16", "I16", KIND_INT, 2, 1, "short", "short", "uint", CLW_I16, 3},
    [CLW_I32] = {"i32", "I32", KIND_INT, 4, 1, "int", "int", "uint", CLW_I32, 5},
    [CLW_I64] = {"i64", "I64", KIND_INT, 8, 1, "long", "long", "ulong", CLW_I64, 7},
    [CLW_U8] = {"u8", "U8", KIND_INT, 1, 0, "uchar", "uchar", "uint", CLW_U8, 2},
    [CLW_U16] = {"u16", "U16", KIND_INT, 2, 0, "ushort", "ushort", "uint", CLW_U16, 4},
    [CLW_U32] = {"u32", "U32", KIND_INT, 4, 0, "uint", "uint", "uint", CLW_U32, 6},
    [CLW_U64] = {"u64", "U64", KIND_INT, 8, 0, "ulong", "ulong", "ulong", CLW_U64, 8},
    [CLW_F16] = {"f16", "F16", KIND_FLOAT, 2, 1, "ushort", "float", NULL, CLW_F16, 9},
    [CLW_BF16] = {"bf16", "BF16", KIND_FLOAT, 2, 1, "ushort", "float", NULL, CLW_BF16, 10},
    [CLW_F32] = {"f32", "F32", KIND_FLOAT, 4, 1, "float", "float", NULL, CLW_F32, 11},
    [CLW_F64] = {"f64", "F64", KIND_FLOAT, 8, 1, "double", "double", NULL, CLW_F64, 12},
    [CLW_C64] = {"c64", "C64", KIND_COMPLEX, 8, 1, "float2", "float2", NULL, CLW_F32, 13},
    [CLW_C128] = {"c128", "C128", KIND_COMPLEX, 16, 1, "double2", "double2", NULL, CLW_F64, 14},
};
_Static_assert(sizeof dtype_table / sizeof *dtype_table == CLW_DTYPE_COUNT, "a row a dtype");

const clw_dtype dtype_order[] = {
    CLW_BOOL, CLW_I8,  CLW_U8,   CLW_I16, CLW_U16, CLW_I32, CLW_U32,  CLW_I64,
    CLW_U64,  CLW_F16, CLW_BF16, CLW_F32, CLW_F64, CLW_C64, CLW_C128,
};
_Static_assert(sizeof dtype_order / sizeof *dtype_order == CLW_DTYPE_COUNT, "every dtype once");

#define BIT(dtype) (1u << CLW_##dtype)
#define COMPLEX (BIT(C64) | BIT(C128))
#define F64_UP (BIT(F64) | BIT(C128))
#define F32_UP (BIT(F32) | BIT(F64) | COMPLEX)
#define FLOAT_UP (BIT(F16) | BIT(BF16) | F32_UP)

const uint16_t dtype_safe_casts[] = {
    [CLW_BOOL] = (1u << CLW_DTYPE_COUNT) - 1,
    [CLW_I8] = BIT(I8) | BIT(I16) | BIT(I32) | BIT(I64) | FLOAT_UP,
    [CLW_I16] = BIT(I16) | BIT(I32) | BIT(I64) | F32_UP,
    [CLW_I32] = BIT(I32) | BIT(I64) | F64_UP,
    [CLW_I64] = BIT(I64) | F64_UP,
    [CLW_U8] = BIT(U8) | BIT(U16) | BIT(U32) | BIT(U64) | BIT(I16) | BIT(I32) | BIT(I64) | FLOAT_UP,
    [CLW_U16] = BIT(U16) | BIT(U32) | BIT(U64) | BIT(I32) | BIT(I64) | F32_UP,
    [CLW_U32] = BIT(U32) | BIT(U64) | BIT(I64) | F64_UP,
    [CLW_U64] = BIT(U64) | F64_UP,
    [CLW_F16] = BIT(F16) | F32_UP,
    [CLW_BF16] = BIT(BF16) | F32_UP,
    [CLW_F32] = F32_UP,
    [CLW_F64] = F64_UP,
    [CLW_C64] = COMPLEX,
    [CLW_C128] = BIT(C128),
};
_Static_assert(sizeof dtype_safe_casts / sizeof *dtype_safe_casts == CLW_DTYPE_COUNT,
               "a row a dtype");

int dtype_is_valid(clw_dtype dtype)
{
    return (unsigned)dtype < CLW_DTYPE_COUNT;
}

clw_dtype dtype_find(const char *name, size_t length)
{
    for (int i = 0; i < CLW_DTYPE_COUNT; i++)
        if (strlen(dtype_table[i].name) == length && !memcmp(dtype_table[i].name, name, length))
            return (clw_dtype)i;
    return CLW_DTYPE_COUNT;
}

int64_t dtype_least(clw_dtype dtype)
{
    const struct dtype_info *info = &dtype_table[dtype];
    return info->is_signed ? INT64_MIN / ((int64_t)1 << (64 - 8 * info->size)) : 0;
}

uint64_t dtype_greatest(clw_dtype dtype)
{
    const struct dtype_info *info = &dtype_table[dtype];
    return info->kind == KIND_BOOL ? 1 : UINT64_MAX >> (64 - 8 * info->size + info->is_signed);
}

int dtype_holds(clw_dtype dtype, clw_scalar scalar)
{
    if (dtype_table[dtype].kind > KIND_INT)
        return 1;
    if (scalar.kind == CLW_SCALAR_INT && scalar.value.i < 0)
        return scalar.value.i >= dtype_least(dtype);
    const int is_integer = scalar.kind == CLW_SCALAR_INT || scalar.kind == CLW_SCALAR_UINT;
    return !is_integer || scalar.value.u <= dtype_greatest(dtype);
}

int dtype_is_half(clw_dtype dtype)
{
    return dtype == CLW_F16 || dtype == CLW_BF16;
}

int dtype_needs_fp64(clw_dtype dtype)
{
    return dtype_table[dtype].real == CLW_F64;
}

clw_dtype dtype_demoted(clw_dtype dtype)
{
    return dtype == CLW_F64 ? CLW_F32 : dtype == CLW_C128 ? CLW_C64 : dtype;
}

clw_dtype dtype_complex(clw_dtype dtype)
{
    return dtype_table[dtype].kind == KIND_COMPLEX ? dtype : dtype == CLW_F64 ? CLW_C128 : CLW_C64;
}

clw_dtype dtype_promote_numpy(clw_dtype a, clw_dtype b)
{
    const unsigned both = dtype_safe_casts[a] & dtype_safe_casts[b];
    for (int i = 0; i < CLW_DTYPE_COUNT; i++)
        if (both >> dtype_order[i] & 1)
            return dtype_order[i];
    return CLW_DTYPE_COUNT;
}

/* u16, u32 and u64 came to PyTorch late, and it promotes them with real floats only. */
static int is_wide_unsigned(clw_dtype dtype)
{
    return dtype == CLW_U16 || dtype == CLW_U32 || dtype == CLW_U64;
}

clw_dtype dtype_promote_torch(clw_dtype a, clw_dtype b)
{
    if (a == b)
        return a;
    const enum dtype_kind kind_a = dtype_table[a].kind, kind_b = dtype_table[b].kind;
    const enum dtype_kind above = kind_a > kind_b ? kind_a : kind_b;
    if ((is_wide_unsigned(a) || is_wide_unsigned(b)) && above != KIND_FLOAT)
        return CLW_DTYPE_COUNT;
    if (kind_a != kind_b && (kind_a <= KIND_INT || kind_b <= KIND_INT))
        return kind_a > kind_b ? a : b;
    return dtype_promote_numpy(a, b);
}
