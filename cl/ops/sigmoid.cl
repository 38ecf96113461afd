// sigmoid -- 1 / (1 + e^-x)
//
//! op        sigmoid(x) -> y
//! loop      T -> T            for float complex
//! alias     expit
//! use       sigmoid for float
//! use       complex_forms complex_sigmoid for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.99  f64 1  c64 4  c128 4

#if T_IS_COMPLEX
CLW_FORMS(sigmoid, x.y, FN(complex_sigmoid)(x, sine, cosine))
#else
static inline R sigmoid(T x)
{
    return FN(sigmoid)(x);
}
#endif
