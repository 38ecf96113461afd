// xlogy -- x log(y); 0 where x = 0, unless y is NaN
//
//! op        xlogy(x, y) -> z
//! loop      T T -> T          for float
//! function  xlogy_
//! use       log_product
//! ulp       f16 0.501  bf16 0.501  f32 1.5  f64 1.5

static inline R xlogy_(T x, T y)
{
    return FN(xlogy)(x, y);
}

//! op        xlog1py(x, y) -> z
//! doc       x log(1 + y); 0 where x = 0, unless y is NaN
//! loop      T T -> T          for float
//! function  xlog1py_
//! use       log_product
//! ulp       f16 0.501  bf16 0.501  f32 1.5  f64 1.5

static inline R xlog1py_(T x, T y)
{
    return FN(xlog1py)(x, y);
}
