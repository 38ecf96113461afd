// i0e -- modified Bessel function of the first kind, order 0, times e^-|x|
//
//! op        i0e(x) -> y
//! loop      T -> T            for float
//! use       bessel_i0
//! ulp       f16 0.51  bf16 0.51  f32 4  f64 4

static inline R i0e(T x)
{
    return FN(bessel_i0e)(x);
}
