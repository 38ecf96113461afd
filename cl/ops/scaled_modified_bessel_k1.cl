// scaled_modified_bessel_k1 -- modified Bessel function of the second kind, order 1, times e^x
//
//! op        scaled_modified_bessel_k1(x) -> y
//! loop      T -> T            for float
//! use       bessel_k1
//! ulp       f16 0.51  bf16 0.51  f32 4  f64 4

static inline R scaled_modified_bessel_k1(T x)
{
    return FN(bessel_k1e)(x);
}
