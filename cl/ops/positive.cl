// positive -- the number as it is
//
//! op        positive(x) -> y
//! loop      T -> T            for int float complex
//! numpy_error bool
//! torch     T -> T            for int float complex

static inline R positive(T x)
{
    return x;
}
