// isclose -- whether a is within atol + rtol * |b| of b, or equals it
//
//! op        isclose(a, b) -> y
//! loop      T T -> bool       for float complex
//! torch     T T -> bool       for float complex
//! torch     T T -> bool       for f32 from bool i8 u8 i16 u16
//! torch     T T -> bool       for f64 from i32 u32 i64 u64
//! param     rtol : T.real = 1e-5
//! param     atol : T.real = 1e-8
//! param     equal_nan : bool = false
//! flags     torch_same
//! use       complex order

static inline R isclose(T a, T b, T_REAL rtol, T_REAL atol, uchar equal_nan)
{
#if T_IS_COMPLEX
    const T difference = (T)(a.x - b.x, a.y - b.y);
    const T_REAL distance = FN(modulus)(difference), size = FN(modulus)(b);
    const int equal = (a.x == b.x) & (a.y == b.y);
#else
    const T distance = fabs(a - b), size = fabs(b);
    const int equal = a == b;
#endif
    const int near = (size < INFINITY) & (distance <= atol + rtol * size);
    return near | equal | ((equal_nan != 0) & FN(is_nan)(a) & FN(is_nan)(b));
}
