// erfinv -- the inverse of erf, from -1 to 1
//
//! op        erfinv(x) -> y
//! loop      T -> T            for float
//! use       erfinv
//! function  inverse_error
//! ulp       f16 0.5  bf16 0.5  f32 2  f64 2

static inline R inverse_error(T x)
{
    return FN(erfinv)(x);
}
