// erfinv -- the inverse of erf, from -1 to 1
//
//! op        erfinv(x) -> y
//! loop      T -> T            for float
//! use       erfinv
//! function  inverse_error
//! usual     for f64
//! ulp       f16 0.5  bf16 0.5  f32 2  f64 2

#if T_IS_DOUBLE
static inline int inverse_error_is_usual(T x)
{
    return FN(erfinv_is_usual)(x);
}

static inline R inverse_error_usual(T x)
{
    return FN(erfinv)(1, x);
}
#endif

static inline R inverse_error(T x)
{
    return FN(erfinv)(0, x);
}
