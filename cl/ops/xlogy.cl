// xlogy -- x log(y); 0 where x = 0, unless y is NaN
//
//! op        xlogy(x, y) -> z
//! loop      T T -> T          for float
//! use       log
//! ulp       f16 0.51  bf16 0.51  f32 2  f64 2

static inline R xlogy(T x, T y)
{
    return (x == 0) & (y == y) ? 0 : x * FN(log)(y);
}

//! op        xlog1py(x, y) -> z
//! doc       x log(1 + y); 0 where x = 0, unless y is NaN
//! loop      T T -> T          for float
//! use       log1p
//! ulp       f16 0.51  bf16 0.51  f32 2  f64 2

static inline R xlog1py(T x, T y)
{
    return (x == 0) & (y == y) ? 0 : x * FN(log1p)(y);
}
