// sqrt -- square root; of complex numbers, the one with a real part that is not negative
//
//! op        sqrt(x) -> y
//! loop      T -> T            for float complex
//! function  square_root
//! use       complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5  c64 2  c128 2

#if T_IS_COMPLEX
static inline R square_root(T x)
{
    return FN(complex_sqrt)(x);
}
#else
static inline R square_root(T x)
{
    return sqrt(x);
}
#endif
