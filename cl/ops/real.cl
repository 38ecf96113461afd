// real -- real part
//
//! op        real(x) -> y
//! loop      T -> T            for bool int float
//! loop      T -> T.real       for complex

static inline R real(T x)
{
#if T_IS_COMPLEX
    return x.x;
#else
    return x;
#endif
}

//! op        imag(x) -> y
//! doc       imaginary part, 0 of real numbers
//! loop      T -> T            for bool int float
//! loop      T -> T.real       for complex
//! torch     T -> T.real       for complex

static inline R imag(T x)
{
#if T_IS_COMPLEX
    return x.y;
#else
    return 0;
#endif
}

//! op        conj(x) -> y
//! doc       complex conjugate; real numbers as they are
//! loop      T -> T            for int float complex
//! torch     T -> T            for any
//! alias     conjugate conj_physical

static inline R conj(T x)
{
#if T_IS_COMPLEX
    return (R)(x.x, -x.y);
#else
    return x;
#endif
}

//! op        complex(re, im) -> y
//! doc       complex number of a real and an imaginary part
//! loop      T T -> T.complex  for float
//! torch     T T -> T.complex  for f32 f64
//! flags     torch_same
//! function  complex_of

static inline R complex_of(T re, T im)
{
    return (R)(re, im);
}

//! op        isreal(x) -> y
//! doc       whether the imaginary part is 0
//! loop      T -> bool         for any

static inline R isreal(T x)
{
#if T_IS_COMPLEX
    return x.y == 0;
#else
    return 1;
#endif
}
