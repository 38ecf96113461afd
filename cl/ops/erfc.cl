// erfc -- 1 - erf(x), the complementary error function
//
//! op        erfc(x) -> y
//! loop      T -> T            for float
//! use       erfc
//! function  complement
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9

static inline R complement(T x)
{
    return FN(erfc)(x);
}
