"""Coefficients of cl/lib/igamma_phi.clh and cl/lib/igamma_uniform.clh.

Run: python3 tools/coefficients/igamma.py
"""
from fit import Fit, round_to
from mpmath import atanh, log, mp, mpf, nstr, sqrt

mp.dps = 60
DIGITS = {'f32': 9, 'f64': 17}


def uniform(count):
    """eta / (lambda - 1) as a series in eta, where eta^2 / 2 = lambda - 1 - log lambda.

    With m = lambda - 1 = eta + c2 eta^2 + ..., m m' = eta (1 + m): DLMF 8.12.1.
    """
    c = [mpf(0), mpf(1)]
    for n in range(2, count + 2):
        known = sum(c[i] * (n + 1 - i) * c[n + 1 - i] for i in range(2, n))
        c.append((c[n - 1] - known) / (n + 1))
    d = [mpf(1)]
    for n in range(1, count + 1):
        d.append(-sum(c[i + 1] * d[n - i] for i in range(1, n + 1)))
    return d


def atanh_rest(z):
    """atanh s = s + s^3 (1/3 + z (1/5 + z Q(z))), z = s^2."""
    s = sqrt(z)
    return (((atanh(s) / s - 1) / z - mpf(1) / 3) / z - mpf(1) / 5) / z


if __name__ == '__main__':
    for dtype, count, degree in (('f32', 16, 2), ('f64', 32, 6)):
        digits = DIGITS[dtype]
        print('series in eta,', dtype)
        for n, d in enumerate(uniform(count)):
            print('   ', n, nstr(round_to(d, dtype), digits, min_fixed=-4))
        # |lambda - 1| <= 1/4 and a little more
        fit = Fit(atanh_rest, lambda z: z**2, mpf(10)**-12, mpf('0.0205'), degree).round(dtype)
        print(f'Q, {dtype}: error 2^{nstr(log(fit.worst(), 2), 4)}')
        for q in reversed(fit.numerator):
            print('   ', nstr(q, digits, min_fixed=-4))
