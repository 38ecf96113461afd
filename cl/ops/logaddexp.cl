// logaddexp -- log(e^a + e^b)
//
//! op        logaddexp(a, b) -> y
//! loop      T T -> T          for float
//! torch     T T -> T          for float
//! function  logaddexp_
//! use       logaddexp
//! flags     commutative
//! ulp       f16 0.52  bf16 0.51  f32 1|2e-8  f64 1|4e-17

static inline R logaddexp_(T a, T b)
{
    return FN(logaddexp)(a, b);
}

//! op        logaddexp2(a, b) -> y
//! doc       the logarithm to base 2 of 2^a + 2^b
//! loop      T T -> T          for float
//! torch     T T -> T          for float
//! function  logaddexp2_
//! use       logaddexp
//! flags     commutative
//! ulp       f16 0.52  bf16 0.51  f32 1|2e-8  f64 1|4e-17

static inline R logaddexp2_(T a, T b)
{
    return FN(logaddexp2)(a, b);
}
