// gcd -- greatest common divisor, never negative but for wrapping; gcd(0, 0) is 0
//
//! op        gcd(a, b) -> y
//! loop      T T -> T          for int
//! numpy_error bool bool
//! torch     T T -> T          for int
//! flags     commutative
//! identity  0
//! use       gcd

static inline R gcd(T a, T b)
{
    return (R)FN(gcd)(FN(magnitude)(a), FN(magnitude)(b));
}

//! op        lcm(a, b) -> y
//! doc       least common multiple, modulo 2^width; 0 if a or b is 0
//! loop      T T -> T          for int
//! numpy_error bool bool
//! torch     T T -> T          for int
//! flags     commutative
//! identity  1
//! use       gcd

static inline R lcm(T a, T b)
{
    const T_WRAP x = FN(magnitude)(a), y = FN(magnitude)(b), divisor = FN(gcd)(x, y);
    return (R)(divisor ? x / divisor * y : 0);
}
