// chebyshev_polynomial_t -- Chebyshev polynomial of the first kind and degree n
//
//! op     chebyshev_polynomial_t(x, n) -> y
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R chebyshev_polynomial_t(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(x, 0), n, 0);
}

//! op     chebyshev_polynomial_u(x, n) -> y
//! doc    Chebyshev polynomial of the second kind and degree n
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R chebyshev_polynomial_u(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(x, 0), n, 1);
}

//! op     chebyshev_polynomial_v(x, n) -> y
//! doc    Chebyshev polynomial of the third kind and degree n
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R chebyshev_polynomial_v(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(x, 0), n, 2);
}

//! op     chebyshev_polynomial_w(x, n) -> y
//! doc    Chebyshev polynomial of the fourth kind and degree n
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R chebyshev_polynomial_w(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(x, 0), n, 3);
}

//! op     shifted_chebyshev_polynomial_t(x, n) -> y
//! doc    Chebyshev polynomial of the first kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R shifted_chebyshev_polynomial_t(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(2 * x, -1), n, 0);
}

//! op     shifted_chebyshev_polynomial_u(x, n) -> y
//! doc    Chebyshev polynomial of the second kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R shifted_chebyshev_polynomial_u(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(2 * x, -1), n, 1);
}

//! op     shifted_chebyshev_polynomial_v(x, n) -> y
//! doc    Chebyshev polynomial of the third kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R shifted_chebyshev_polynomial_v(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(2 * x, -1), n, 2);
}

//! op     shifted_chebyshev_polynomial_w(x, n) -> y
//! doc    Chebyshev polynomial of the fourth kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline R shifted_chebyshev_polynomial_w(T x, T n)
{
    return FN(chebyshev_polynomial)(FN(words_of)(2 * x, -1), n, 3);
}
