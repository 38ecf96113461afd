// asin -- arc sine
//
//! op        asin(x) -> y
//! loop      T -> T            for float
//! alias     arcsin
//! function  arcsine
//! use       asin
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7

static inline R arcsine(T x)
{
    return FN(asin)(x);
}
