// logaddexp -- log(e^a + e^b)
//
//! op        logaddexp(a, b) -> y
//! loop      T T -> T          for float
//! torch     T T -> T          for float complex
//! function  log_of_sum
//! use       logaddexp for float
//! use       complex_exp complex_log choose for complex
//! use_real  atan2 sin_cos for complex
//! flags     commutative
//! ulp       f16 0.52  bf16 0.51  f32 1|2e-8  f64 1|4e-17

#if T_IS_COMPLEX
// The larger real part leads: a + log(1 + e^(b - a)).
static inline R log_of_sum(T a, T b)
{
    const int first = a.x >= b.x;
    const T larger = FN(choose)(first, a, b), smaller = FN(choose)(first, b, a);
    const T difference = smaller - larger;
    T_REAL cosine, low, k;
    const T_REAL sine = RFN(sin_cos)(difference.y, &cosine);
    const T power = FN(complex_exp)(difference, 0, sine, cosine);
    const T_REAL above = RFN(two_sum)(1, power.x, &low);
    const T_REAL rest = FN(log_modulus)(above, low, power.y, &k);
    const T_REAL size = FN(log_of_size)((T)(above, power.y), FN(natural)(k, rest));
    const T y = larger + (T)(size, RFN(atan2)(power.y, above));
    const int infinite = (a.x == b.x) & (fabs(a.x) == INFINITY);
    return FN(choose)(infinite, smaller, y);
}
#else
static inline R log_of_sum(T a, T b)
{
    return FN(logaddexp)(a, b);
}
#endif

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
