// entr -- entropy: -x log(x); 0 of 0, -inf where x < 0
//
//! op        entr(x) -> y
//! loop      T -> T            for float
//! use       log_product
//! ulp       f16 0.5  bf16 0.5  f32 1.5  f64 1.5

static inline R entr(T x)
{
    return x < 0 ? -INFINITY : FN(xlogy)(-x, x);
}
