// i0 -- modified Bessel function of the first kind, order 0
//
//! op        i0(x) -> y
//! loop      T -> T            for f64 from bool int
//! loop      T -> T            for float
//! alias     modified_bessel_i0
//! use       bessel_i0
//! ulp       f16 0.51  bf16 0.51  f32 4  f64 4

static inline R i0(T x)
{
    return FN(bessel_i0)(x);
}
