// power -- a to the power b; of integers, modulo 2^width
//
//! op          power(a, b) -> y
//! loop        T T -> T        for int
//! torch       T T -> T        for int
//! alias       pow
//! nonnegative b

// By squaring. A negative exponent gives 1 / a^-b toward zero: 0, but for a = 1 and a = -1.
static inline R power(T a, T b)
{
    T_WRAP result = 1, square = (T_WRAP)a;
    for (T_UNSIGNED exponent = (T_UNSIGNED)b; exponent; exponent >>= 1) {
        result *= exponent & 1 ? square : 1;
        square *= square;
    }
#if T_IS_SIGNED
    const T inverse = a == 1 ? 1 : a == -1 ? (b & 1 ? -1 : 1) : 0;
    return b < 0 ? inverse : (R)result;
#else
    return (R)result;
#endif
}
