// relu -- x, and 0 for negative x
//
//! op        relu(x) -> y
//! loop      T -> T            for int float
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

static inline R relu(T x)
{
    return x <= 0 ? 0 : x;
}

//! op        leaky_relu(x) -> y
//! doc       x, and alpha x for negative x
//! loop      T -> T            for float
//! param     alpha : T = 0.01
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

static inline R leaky_relu(T x, T alpha)
{
    return x > 0 ? x : alpha * x;
}
