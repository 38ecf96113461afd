"""Coefficients of cl/lib/erf.clh and erfcx_words.clh. Run: python3 tools/coefficients/erf.py"""
from mpmath import erf, erfc, exp, log, mp, mpf, pi, sqrt

from fit import Fit, round_to

mp.dps = 60


def show(name, dtype, fit):
    digits = {'f32': 9, 'f64': 17}[dtype]
    exact = fit.worst()
    fit.round(dtype)
    print(f'{name}, {dtype}: 2^{mp.nstr(log(exact, 2), 4)}, rounded 2^'
          f'{mp.nstr(log(fit.worst(), 2), 4)}')
    for coefficient in reversed(fit.numerator):
        print('   ', mp.nstr(coefficient, digits, min_fixed=-4))


def near(s):
    return erf(sqrt(s)) / sqrt(s) - 1 if s else 2 / sqrt(pi) - 1


def power(f):
    return (mpf(2)**f - 1) / f


def erf_coefficients(dtype, degrees, top):
    show('erf(sqrt s) / sqrt s - 1', dtype,
         Fit(near, lambda s: 1 / (near(s) + 1), 0, mpf('0.81'), degrees[0]))
    show('log2(erfc(v + 1))', dtype,
         Fit(lambda v: log(erfc(v + 1), 2), lambda v: erfc(v + 1) * log(2) / erf(v + 1),
             mpf('-0.1'), top - 1, degrees[1]))
    show('(2^f - 1) / f', dtype,
         Fit(power, lambda f: f * mpf(2)**-f, mpf(-0.5), mpf(0.5), degrees[2]))


# (x + 3/4) erfcx(x), v = 1 / (x + 3) - center.
def scaled(x):
    return (x + mpf(3) / 4) * exp(x * x) * erfc(x)


def erfcx_coefficients(dtype, degree, top):
    center = mpf(3) / 16

    def value(v):
        return scaled(1 / (v + center) - 3)

    low, high = 1 / (mpf(top) + 3) - center, mpf(1) / 3 - center
    first = Fit(value, lambda v: 1 / value(v), low, high, degree).numerator[0]
    show('((x + 3/4) erfcx(x) - first) / v', dtype,
         Fit(lambda v: (value(v) - first) / v, lambda v: v / value(v), low, high, degree - 1))
    word = round_to(first, dtype)
    print('  first:', mp.nstr(word, 17), mp.nstr(first - word, 17))


if __name__ == '__main__':
    erf_coefficients('f32', (6, 7, 5), mpf('3.95'))
    erf_coefficients('f64', (11, 18, 10), mpf('5.95'))
    erfcx_coefficients('f32', 10, '10.1')
    erfcx_coefficients('f64', 23, '27.3')
