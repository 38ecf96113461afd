// ndtri -- the inverse of ndtr: below it the normal distribution has the part p
//
//! op        ndtri(p) -> y
//! loop      T -> T            for float
//! use       ndtri
//! function  normal_quantile
//! ulp       f16 0.5  bf16 0.5  f32 2  f64 2

static inline R normal_quantile(T p)
{
    return FN(ndtri)(p);
}
