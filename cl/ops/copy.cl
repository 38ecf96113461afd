// copy -- the value as it is, in the dtype of the output
//
//! op        copy(x) -> y
//! loop      T -> T            for any

static inline R copy(T x)
{
    return x;
}
