// random_bits -- 64 random bits of place `index` in the sequence that `seed` names: words 0 and 1 of Philox 4x32-10
//
//! op        random_bits(index, seed) -> y
//! loop      i64 i64 -> u64
//! loop      u64 u64 -> u64
//! use       philox

static inline R random_bits(T index, T seed)
{
    uint word[4];
    philox((ulong)index, 0, (ulong)seed, word);
    return (ulong)word[1] << 32 | word[0];
}

//! op        random_uniform(index, seed) -> y
//! doc       evenly distributed in [0, 1): the number of place `index` in the sequence that `seed` names
//! loop      u32 u32 -> T       for f32
//! loop      i64 i64 -> T       for f64
//! loop      u64 u64 -> T       for f64
//! use       philox

static inline R random_uniform(T0 index, T1 seed)
{
    uint word[4];
    philox((ulong)index, 0, (ulong)seed, word);
#if T_IS_F64
    // 53 bits; where f64 is demoted to float, its 24.
    const ulong bits = ((ulong)word[1] << 32 | word[0]) >> (T_IS_DOUBLE ? 11 : 40);
    return (T)bits * (T_IS_DOUBLE ? T_C(0x1p-53) : T_C(0x1p-24));
#else
    return (T)(word[0] >> 8) * T_C(0x1p-24);
#endif
}

//! op        random_normal(index, seed) -> y
//! doc       normally distributed, mean 0 and variance 1: the number of place `index` in the sequence that `seed` names
//! loop      u32 u32 -> T       for f32
//! loop      i64 i64 -> T       for f64
//! loop      u64 u64 -> T       for f64
//! use       philox log sin_cos_pi

// G. E. P. Box, M. E. Muller, A note on the generation of random normal deviates, 1958. The tail ends
// at 6.7 (f32) and 8.6 (f64).
static inline R random_normal(T0 index, T1 seed)
{
    uint word[4];
    philox((ulong)index, 0, (ulong)seed, word);
#if T_IS_DOUBLE
    const ulong radius_bits = ((ulong)word[1] << 32 | word[0]) >> 11;
    const ulong angle_bits = ((ulong)word[3] << 32 | word[2]) >> 11;
    const T radius = ((T)radius_bits + T_C(0.5)) * T_C(0x1p-53), angle = (T)angle_bits * T_C(0x1p-52);
#else
    const T radius = ((T)word[0] + T_C(0.5)) * T_C(0x1p-32), angle = (T)(word[1] >> 8) * T_C(0x1p-23);
#endif
    T cosine;
    FN(sin_cos_pi)(angle, &cosine);
    return sqrt(-2 * FN(log)(radius)) * cosine;
}
