"""Coefficients of cl/lib/erfinv_words.clh. Run: python3 tools/coefficients/erfinv.py"""
from functools import lru_cache

from mpmath import erfc, erfinv, exp, log, mp, mpf, pi, sqrt

from fit import Fit

mp.dps = 60
FIRST = sqrt(pi) / 2


@lru_cache(None)
def center(s):
    """(erfinv(y) / y - sqrt(pi) / 2) / s, s = y^2"""
    y = sqrt(s)
    return (erfinv(y) / y - FIRST) / s


@lru_cache(None)
def tail(r):
    """The z of erfc(z) = e^(-r^2), by Newton's steps on the logarithms."""
    z = r * mpf('0.9')
    step = mpf(1)
    while abs(step) > mpf(10)**-50:
        logarithm = log(erfc(z))
        step = (logarithm + r * r) * exp(z * z + logarithm) * FIRST
        z += step
    return z


def show(name, dtype, fit):
    exact = fit.worst()
    fit.round(dtype)
    print(f'{name}, {dtype}: 2^{mp.nstr(log(exact, 2), 4)}, rounded 2^'
          f'{mp.nstr(log(fit.worst(), 2), 4)}')
    for part, coefficients in (('n', fit.numerator), ('d', fit.denominator)):
        print('   ', part, *(mp.nstr(c, {'f32': 9, 'f64': 17}[dtype], min_fixed=-4)
                             for c in reversed(coefficients)))


def erfinv_coefficients(dtype, degree, bounds):
    # From ends where all coefficients of a denominator are positive.
    origin, limit = mpf('0.75'), mpf('0.85')**2
    show(f'{origin} - s', dtype,
         Fit(lambda t: center(origin - t), lambda t: (origin - t) / (FIRST + (origin - t) * center(origin - t)),
             origin - limit, origin - mpf(10)**-9, degree, degree))
    for low, high in zip(bounds, bounds[1:]):
        show(f'r - {low}', dtype,
             Fit(lambda t: tail(t + low) - t - low, lambda t: 1 / tail(t + low), 0, high - low,
                 degree, degree))


if __name__ == '__main__':
    erfinv_coefficients('f32', 4, (mpf('1.375'), mpf('10.2')))
    erfinv_coefficients('f64', 7, (mpf('1.375'), mpf('3.5'), mpf(9), mpf('27.3')))
