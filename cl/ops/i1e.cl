// i1e -- modified Bessel function of the first kind, order 1, times e^-|x|
//
//! op        i1e(x) -> y
//! loop      T -> T            for float
//! use       bessel_i1
//! ulp       f16 0.51  bf16 0.51  f32 4  f64 4

static inline R i1e(T x)
{
    return FN(bessel_i1e)(x);
}
