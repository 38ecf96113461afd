// fabs -- absolute value, always as a float
//
//! op        fabs(x) -> y
//! loop      T -> T            for float
//! function  float_absolute

static inline R float_absolute(T x)
{
    return fabs(x);
}
