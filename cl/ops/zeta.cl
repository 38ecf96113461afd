// zeta -- Hurwitz's zeta function of order s: the sum of (q + k)^-s over k = 0, 1, ...
//
//! op        zeta(s, q) -> y
//! loop      T T -> T          for float
//! use       zeta
//! ulp       f16 0.5  bf16 0.5  f32 1|3e-8  f64 1|1e-16

static inline R zeta(T s, T q)
{
    return FN(zeta)(s, q);
}
