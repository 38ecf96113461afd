// hardtanh -- x, but no less than min_val and no more than max_val
//
//! op        hardtanh(x) -> y
//! loop      T -> T            for signed float
//! param     min_val : T = -1
//! param     max_val : T = 1
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

static inline R hardtanh(T x, T min_val, T max_val)
{
    const T raised = x < min_val ? min_val : x;
    return raised > max_val ? max_val : raised;
}
