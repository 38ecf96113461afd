// acos -- arc cosine
//
//! op        acos(x) -> y
//! loop      T -> T            for float
//! alias     arccos
//! function  arccosine
//! use       acos
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7

static inline R arccosine(T x)
{
    return FN(acos)(x);
}
