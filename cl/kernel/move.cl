// move -- copies bits; the runtime's own, for reading and writing arrays that are not contiguous
//
//! op    move(x) -> y
//! loop  T -> T        for unsigned

static inline R move(T x)
{
    return x;
}
