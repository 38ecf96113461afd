// sigmoid -- 1 / (1 + e^-x)
//
//! op        sigmoid(x) -> y
//! loop      T -> T            for float
//! alias     expit
//! use       sigmoid
//! ulp       f16 0.5  bf16 0.5  f32 0.76  f64 0.8

static inline R sigmoid(T x)
{
    return FN(sigmoid)(x);
}
