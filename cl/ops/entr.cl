// entr -- entropy: -x log(x); 0 of 0, -inf where x < 0
//
//! op        entr(x) -> y
//! loop      T -> T            for float
//! use       log
//! ulp       f16 0.51  bf16 0.51  f32 2  f64 2

static inline R entr(T x)
{
    return x < 0 ? -INFINITY : x == 0 ? 0 : -x * FN(log)(x);
}
