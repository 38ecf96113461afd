// heaviside -- 0 where x < 0, 1 where x > 0, `middle` where x is 0
//
//! op        heaviside(x, middle) -> y
//! loop      T T -> T          for float
//! torch     T T -> T          for bool int float
//! flags     torch_same

static inline R heaviside(T x, T middle)
{
    const R step = x < 0 ? 0 : x > 0 ? 1 : middle;
    return x == x ? step : x;
}
