// exp -- e^x
//
//! op        exp(x) -> y
//! loop      T -> T            for float complex
//! function  exponential
//! use       exp               for float
//! use       complex_exp       for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.76  f64 0.76  c64 2  c128 2

#if T_IS_COMPLEX
static inline R exponential_of(T x, int usual)
{
    T_REAL cosine;
    const T_REAL sine = FN(turn)(x.y, usual, &cosine);
    return FN(complex_exp)(x, sine, cosine);
}

static inline int exponential_is_usual(T x)
{
    return RFN(trig_is_usual)(x.y);
}

static inline R exponential_usual(T x)
{
    return exponential_of(x, 1);
}

static inline R exponential(T x)
{
    return exponential_of(x, 0);
}
#else
static inline R exponential(T x)
{
    return FN(exp)(x);
}
#endif
