"""Coefficients of cl/lib/lgamma_pieces.clh, cl/lib/digamma.clh and cl/lib/zeta_sum.clh.

Run: python3 tools/coefficients/gamma.py
"""
from fit import Fit, round_to
from mpmath import (bernoulli, digamma, euler, factorial, findroot, log, loggamma, mp, mpf, nstr, pi,
                    sin, sqrt, tan, taylor, zeta)

mp.dps = 80
HALF = mpf(1) / 2


def words(value, dtype):
    high = round_to(value, dtype)
    return high, round_to(value - high, dtype)


def show(label, fit, dtype):
    fit.round(dtype)
    print(f'{label}, {dtype}: error 2^{nstr(log(fit.worst(), 2), 4)}')
    for coefficient in reversed(fit.numerator):
        print('   ', nstr(coefficient, 17 if dtype == 'f64' else 9))


def show_words(label, value):
    for dtype, digits in (('f32', 9), ('f64', 17)):
        high, low = words(value, dtype)
        print(f'{label}, {dtype}:', nstr(high, digits), nstr(low, digits))


def without(value, t, taylor_terms):
    """What is left of value(t) after the first terms of its series, over the power of t."""
    for term in taylor_terms:
        value = (value - term) / t
    return value


# log Gamma(2 + t) = t (1 - euler + t (c1 + t (c2 + t R(t)))), DLMF 5.7.3.
TAYLOR = [1 - euler, (zeta(2) - 1) / 2, -(zeta(3) - 1) / 3]


def lgamma_rest(t):
    return without(loggamma(2 + t) / t, t, TAYLOR)


def binet(w):
    """What Stirling's series of log Gamma sums, over 1/z, with w = 1 / z^2: DLMF 5.11.1."""
    z = 1 / sqrt(w)
    return z * (loggamma(z) - (z - HALF) * log(z) + z - log(2 * pi) / 2)


def log_sine_rest(s):
    """log(sin(pi d) / (pi d)) = s (-zeta(2) + s R(s)), s = d^2: DLMF 4.22.1."""
    d = sqrt(s)
    return (log(sin(pi * d) / (pi * d)) / s + zeta(2)) / s


def digamma_binet(w):
    """DLMF 5.11.2: (log z - 1 / (2 z) - psi(z)) z^2."""
    z = 1 / sqrt(w)
    return (log(z) - 1 / (2 * z) - digamma(z)) / w


ROOT = findroot(digamma, mpf('1.46'))


def digamma_slope(s):
    return digamma(s + 3 * HALF) / (s + 3 * HALF - ROOT)


SLOPE_TAYLOR = taylor(digamma_slope, 0, 2)


def digamma_rest(s):
    return without(digamma_slope(s), s, SLOPE_TAYLOR)


# pi cot(pi d) = 1 / d - d (2 zeta(2) + s (2 zeta(4) + s R(s))), s = d^2: DLMF 4.22.3, 25.2.1.
COTANGENT_TAYLOR = [2 * zeta(2), 2 * zeta(4)]


def cotangent_rest(s):
    d = sqrt(s)
    return without((1 / d - pi / tan(pi * d)) / d, s, COTANGENT_TAYLOR)


if __name__ == '__main__':
    for coefficient in TAYLOR + [log(2 * pi) / 2, -zeta(2)]:
        show_words('constant', coefficient)
    for dtype, degree, tail_degree in (('f32', 6, 5), ('f64', 16, 12)):
        show('R', Fit(lgamma_rest, lambda t: t**3, -HALF, HALF, degree), dtype)
        show('Binet from 2.5', Fit(binet, sqrt, mpf(10)**-12, mpf(4) / 25, tail_degree), dtype)

    for dtype, degree in (('f32', 6), ('f64', 13)):
        show('log sine', Fit(log_sine_rest, lambda s: s**2, mpf(10)**-12, HALF**2, degree), dtype)
    # psi(3/2 + s) = (3/2 + s - root) (p0 + s (p1 + s (p2 + s R(s))))
    for constant in [ROOT] + SLOPE_TAYLOR + COTANGENT_TAYLOR:
        show_words('constant', constant)
    for dtype, degree, tail_degree in (('f32', 9, 6), ('f64', 19, 15)):
        show('R', Fit(digamma_rest, lambda s: s**3, -HALF, HALF, degree), dtype)
        show('digamma Binet from 2',
             Fit(digamma_binet, lambda w: w, mpf(10)**-12, HALF**2, tail_degree), dtype)
    for dtype, degree in (('f32', 6), ('f64', 13)):
        show('cotangent', Fit(cotangent_rest, lambda s: s**2, mpf(10)**-12, HALF**2, degree), dtype)
    # B_2j / (2j)!, DLMF 24.8.1
    for j in range(16, 0, -1):
        show_words(f'Bernoulli {j}', bernoulli(2 * j) / factorial(2 * j))
