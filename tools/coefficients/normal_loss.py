"""Coefficients of cl/lib/normal_loss.clh. Run: python3 tools/coefficients/normal_loss.py"""
from mpmath import erfc, exp, log, mp, mpf, sqrt

from fit import Fit

mp.dps = 40
SHIFT, TOP = 3, mpf('14.5')
MIDDLE = mpf('0.3203125')  # so that the first coefficient is nearly a float


def value(v):
    fraction = v + MIDDLE
    x = SHIFT * fraction / (1 - fraction)
    return (x + SHIFT) * exp(x * x / 2) * erfc(x / sqrt(mpf(2))) / 2


if __name__ == '__main__':
    fit = Fit(value, lambda v: 1 / value(v), -MIDDLE, TOP / (TOP + SHIFT) - MIDDLE, 10)
    fit.round('f32')
    print('2^' + mp.nstr(log(fit.worst(), 2), 4))
    for coefficient in fit.numerator:
        print(mp.nstr(coefficient, 9))
