// power -- a to the power b; of integers, modulo 2^width; of complex numbers, to its bound for parts of b up to 100
//
//! op          power(a, b) -> y
//! loop        T T -> T        for int float complex
//! torch       T T -> T        for int float complex
//! alias       pow
//! nonnegative b
//! use         power for float
//! use         complex_power for complex
//! usual       for float complex
//! ulp         f16 0.5  bf16 0.5  f32 0.8  f64 0.8  c64 3  c128 3

#if T_IS_COMPLEX
static inline int power_is_usual(T a, T b)
{
    return FN(power_is_usual)(b);
}

static inline R power_usual(T a, T b)
{
    return FN(complex_power)(a, b, 1);
}

static inline R power(T a, T b)
{
    return FN(complex_power)(a, b, 0);
}
#elif T_IS_FLOAT
static inline int power_is_usual(T a, T b)
{
    return FN(power_is_usual)(a, b);
}

static inline R power_usual(T a, T b)
{
    return FN(power_usual)(a, b);
}

static inline R power(T a, T b)
{
    return FN(power)(a, b);
}
#else
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
#endif

//! op          float_power(a, b) -> y
//! doc         a to the power b, in double
//! loop        f64 f64 -> f64
//! loop        c128 c128 -> c128
//! use         power for float
//! use         complex_power for complex
//! usual
//! ulp         f64 0.85  c128 3

#if T_IS_COMPLEX
static inline int float_power_is_usual(T a, T b)
{
    return FN(power_is_usual)(b);
}

static inline R float_power_usual(T a, T b)
{
    return FN(complex_power)(a, b, 1);
}

static inline R float_power(T a, T b)
{
    return FN(complex_power)(a, b, 0);
}
#else
static inline int float_power_is_usual(T a, T b)
{
    return FN(power_is_usual)(a, b);
}

static inline R float_power_usual(T a, T b)
{
    return FN(power_usual)(a, b);
}

static inline R float_power(T a, T b)
{
    return FN(power)(a, b);
}
#endif
