// log_ndtr -- logarithm of the normal distribution: of ndtr, also where that is 0
//
//! op        log_ndtr(x) -> y
//! loop      T -> T            for float
//! use       double_word erfcx ndtr log log1p
//! ulp       f16 0.52  bf16 0.52  f32 4  f64 4

// Left of 0: log(e^(-x^2 / 2) erfcx(-x / sqrt 2) / 2) (DLMF 7.2.3, 7.17), the square in two words; right of it
// log(1 - ndtr(-x)).
static inline R log_ndtr(T x)
{
    const int left = x < 0;
    T low;
    const T square = FN(two_product)(T_C(-0.5) * x, x, &low);
    const T rest = square > -INFINITY ? low : 0;
    const T factor = FN(erfcx)(left ? -x * T_C(0.70710678118654752440) : 0);
    const T below = FN(last_sum)(square, FN(log)(T_C(0.5) * factor) + rest);
    const T above = FN(log1p)(-FN(ndtr)(left ? 0 : -x));
    return left ? (x == -INFINITY ? x : below) : above;
}
