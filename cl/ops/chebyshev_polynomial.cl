// chebyshev_polynomial_t -- Chebyshev polynomial of the first kind and degree n
//
//! op     chebyshev_polynomial_t(x, n) -> y
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int chebyshev_polynomial_t_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R chebyshev_polynomial_t_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 0, 0);
}

static inline R chebyshev_polynomial_t(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 0, 0);
}

//! op     chebyshev_polynomial_u(x, n) -> y
//! doc    Chebyshev polynomial of the second kind and degree n
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int chebyshev_polynomial_u_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R chebyshev_polynomial_u_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 1, 0);
}

static inline R chebyshev_polynomial_u(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 1, 0);
}

//! op     chebyshev_polynomial_v(x, n) -> y
//! doc    Chebyshev polynomial of the third kind and degree n
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int chebyshev_polynomial_v_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R chebyshev_polynomial_v_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 2, 0);
}

static inline R chebyshev_polynomial_v(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 2, 0);
}

//! op     chebyshev_polynomial_w(x, n) -> y
//! doc    Chebyshev polynomial of the fourth kind and degree n
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int chebyshev_polynomial_w_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R chebyshev_polynomial_w_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 3, 0);
}

static inline R chebyshev_polynomial_w(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 3, 0);
}

//! op     shifted_chebyshev_polynomial_t(x, n) -> y
//! doc    Chebyshev polynomial of the first kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int shifted_chebyshev_polynomial_t_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R shifted_chebyshev_polynomial_t_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 0, 1);
}

static inline R shifted_chebyshev_polynomial_t(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 0, 1);
}

//! op     shifted_chebyshev_polynomial_u(x, n) -> y
//! doc    Chebyshev polynomial of the second kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int shifted_chebyshev_polynomial_u_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R shifted_chebyshev_polynomial_u_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 1, 1);
}

static inline R shifted_chebyshev_polynomial_u(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 1, 1);
}

//! op     shifted_chebyshev_polynomial_v(x, n) -> y
//! doc    Chebyshev polynomial of the third kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int shifted_chebyshev_polynomial_v_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R shifted_chebyshev_polynomial_v_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 2, 1);
}

static inline R shifted_chebyshev_polynomial_v(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 2, 1);
}

//! op     shifted_chebyshev_polynomial_w(x, n) -> y
//! doc    Chebyshev polynomial of the fourth kind and degree n, of 2 x - 1
//! loop   T T -> T        for float
//! use    chebyshev
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int shifted_chebyshev_polynomial_w_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R shifted_chebyshev_polynomial_w_usual(T x, T n)
{
    return FN(chebyshev_usual)(x, n, 3, 1);
}

static inline R shifted_chebyshev_polynomial_w(T x, T n)
{
    return FN(chebyshev_polynomial)(x, n, 3, 1);
}
