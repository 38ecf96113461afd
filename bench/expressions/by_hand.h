/* The expressions as C and OpenCL C: BY_HAND(name, type of operands, type of results, number of
 * operands, value). What includes this defines BY_HAND, and SIN EXP LOG SQRT POW ERFC for floats.
 */
/* clang-format off: products are no pointers. */
BY_HAND(product, double, double, 4, a *b *c *d)
BY_HAND(masked, float, float, 2, a > 0.5f ? a * b : 0)
BY_HAND(multiply_add, float, float, 3, a *b + c)
BY_HAND(
    saxpy_chain, float, float, 2,
    0.5f * (0.5f *
                (0.5f *
                     (0.5f * (0.5f * (0.5f * (0.5f * (0.5f * (0.5f * (0.5f * a + b) + b) + b) + b) +
                                      b) +
                              b) +
                      b) +
                 b) +
            b) +
        b)
BY_HAND(linear, float, float, 1, a <= 0.04045f ? a / 12.92f : POW((a + 0.055f) / 1.055f, 2.4f))
BY_HAND(black_scholes, float, float, 3,
        a * 0.5f * ERFC(-0.70710678f * ((LOG(a / b) + 0.065f * c) / (0.3f * SQRT(c)))) -
            b * EXP(-0.02f * c) * 0.5f *
                ERFC(-0.70710678f *
                     ((LOG(a / b) + 0.065f * c) / (0.3f * SQRT(c)) - 0.3f * SQRT(c))))
BY_HAND(ndvi, uchar, float, 2, ((float)a - (float)b) / ((float)a + (float)b))
BY_HAND(cubic, float, float, 1, 2 * (a * a * a) - 3 * a + SIN(a) * EXP(-a))
/* clang-format on */
