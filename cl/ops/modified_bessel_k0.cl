// modified_bessel_k0 -- modified Bessel function of the second kind, order 0
//
//! op        modified_bessel_k0(x) -> y
//! loop      T -> T            for float
//! use       bessel_k0
//! ulp       f16 0.51  bf16 0.51  f32 4  f64 4

static inline R modified_bessel_k0(T x)
{
    return FN(bessel_k0)(x);
}
