// i1 -- modified Bessel function of the first kind, order 1
//
//! op        i1(x) -> y
//! loop      T -> T            for float
//! alias     modified_bessel_i1
//! use       bessel_i1
//! ulp       f16 0.51  bf16 0.51  f32 4  f64 4

static inline R i1(T x)
{
    return FN(bessel_i1)(x);
}
