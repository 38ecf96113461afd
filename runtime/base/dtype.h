/* The table of dtypes, and what casts between them are. */
#ifndef CLWISE_BASE_DTYPE_H
#define CLWISE_BASE_DTYPE_H

#include <clwise/clwise.h>

enum dtype_kind { KIND_BOOL, KIND_INT, KIND_FLOAT, KIND_COMPLEX };

struct dtype_info {
    const char *name;  /* "bf16" */
    const char *macro; /* "BF16", for T_IS_BF16 */
    enum dtype_kind kind;
    int size; /* bytes in memory */
    int is_signed;
    const char *storage; /* OpenCL C type of one element in memory: "ushort" for bf16 */
    const char *compute; /* OpenCL C type that bodies see: "float" for bf16, "float2" for c64 */
    const char *wrap;    /* unsigned type, at least 32 bits, in which integers wrap; else NULL */
    clw_dtype real;      /* dtype of a complex number's parts; else the dtype itself */
    int order;           /* place in the order in which loops are tried */
};

extern const struct dtype_info dtype_table[CLW_DTYPE_COUNT];
/* The dtypes in the order in which loops are tried: bool i8 u8 i16 u16 ... c64 c128. */
extern const clw_dtype dtype_order[CLW_DTYPE_COUNT];

/* Bit d of row s is set if s casts safely to d, that is without loss. */
extern const uint16_t dtype_safe_casts[CLW_DTYPE_COUNT];

int dtype_is_valid(clw_dtype dtype);
/* The dtype called so, or CLW_DTYPE_COUNT. */
clw_dtype dtype_find(const char *name, size_t length);
/* Least and greatest value of an integer dtype or bool. */
int64_t dtype_least(clw_dtype dtype);
uint64_t dtype_greatest(clw_dtype dtype);
/* False for a host integer outside the range of an integer dtype or bool. */
int dtype_holds(clw_dtype dtype, clw_scalar scalar);
/* f16 or bf16: computed as f32, and rounded after every step. */
int dtype_is_half(clw_dtype dtype);
/* Needs 64-bit floats. */
int dtype_needs_fp64(clw_dtype dtype);
/* f64 to f32 and c128 to c64; others as they are. */
clw_dtype dtype_demoted(clw_dtype dtype);
/* The complex dtype over a float: c128 for f64, c64 for others; complex dtypes as they are. */
clw_dtype dtype_complex(clw_dtype dtype);
/* Smallest dtype to which both cast safely (NumPy's promotion), or CLW_DTYPE_COUNT. */
clw_dtype dtype_promote_numpy(clw_dtype a, clw_dtype b);
/* PyTorch's promotion of two arrays that are not 0-d, or CLW_DTYPE_COUNT. */
clw_dtype dtype_promote_torch(clw_dtype a, clw_dtype b);

#endif
