// nextafter -- the dtype's next value after a in the direction of b; b if they are equal
//
//! op        nextafter(a, b) -> y
//! loop      T T -> T          for float
//! torch     T T -> T          for float
//! function  neighbour
//! use       pattern

static inline R neighbour(T a, T b)
{
    const int outward = (a == 0) | ((a < b) == (a > 0));
    const T size = FN(from_pattern)(FN(to_pattern)(fabs(a)) + (outward ? 1 : -1));
    const T next = copysign(size, a == 0 ? b : a);
    return a == b ? b : (a != a) | (b != b) ? a + b : next;
}

//! op        spacing(x) -> y
//! doc       distance to the next value away from zero, with the sign of x; NaN for infinities
//! loop      T -> T            for float
//! use       pattern

static inline R spacing(T x)
{
    const T size = fabs(x), next = FN(from_pattern)(FN(to_pattern)(size) + 1);
    return x < 0 ? size - next : next - size;
}
