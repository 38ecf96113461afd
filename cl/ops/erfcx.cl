// erfcx -- e^(x^2) erfc(x), the scaled complementary error function
//
//! op        erfcx(x) -> y
//! loop      T -> T            for float
//! use       erfcx
//! function  scaled_complement
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9

static inline R scaled_complement(T x)
{
    return FN(erfcx)(x);
}
