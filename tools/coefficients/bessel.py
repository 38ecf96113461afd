"""Coefficients of the Bessel and Airy functions: prints functions of OpenCL C for cl/lib.

    python3 tools/coefficients/bessel.py [NAME...]

needs mpmath. Each piece approximates R(t) in F(x) = first(x) + factor(x) R(t), so that the error of
F is level: relative, or absolute in units of `scale`. Degrees are of numerator and denominator.
"""
import sys
from collections import namedtuple
from functools import lru_cache

from mpmath import (airyai, airyaizero, airybi, arg, besseli, besselj, besseljzero, besselk,
                    bessely, besselyzero, exp, log, mp, mpc, mpf, pi, sqrt)

from fit import Fit, horner

ZERO = mpf(10)**-12  # t = 0 is infinity of x, or a removable singularity

Piece = namedtuple('Piece', 'function first factor x low high f64 f32 scale')


def piece(function, first, factor, x, low, high, f64, f32, scale=None):
    return Piece(function, first, factor, x, low, high, f64, f32, scale or function)


def one(_):
    return mpf(1)


def none(_):
    return mpf(0)


def inverse(t):
    return 1 / t


def inverse_root(t):
    return 1 / sqrt(t)


@lru_cache(None)
def hankel(order, x):
    """Modulus and phase, DLMF 10.18, less their leading terms: 1 + ..., 0 + ..."""
    turn = exp(mpc(0, -1) * (x - (2 * order + 1) * pi / 4))
    h = sqrt(pi * x / 2) * turn * mpc(besselj(order, x), bessely(order, x))
    return abs(h), arg(h)


def zeta(x):
    return mpf(2) / 3 * sqrt(x)**3


def of_zeta(z):
    return (3 * z / 2)**(mpf(2) / 3)


@lru_cache(None)
def airy_wave(x):
    """The same for Ai(-x) = modulus cos(zeta - pi/4 + phase), DLMF 9.8."""
    turn = exp(mpc(0, -1) * (zeta(x) - pi / 4))
    h = sqrt(pi) * sqrt(sqrt(x)) * turn * mpc(airyai(-x), -airybi(-x))
    return abs(h), arg(h)


def first_kind(order, near, far, f64, f32):
    """I0 and I1 of x^2 (near) and 1/x (far)."""
    def function(x):
        return besseli(order, x)

    def leading(x):
        return (x / 2)**order

    def growth(x):
        return exp(x) / sqrt(2 * pi * x)

    for dtype, limit in (('f64', near), ('f32', far)):
        degrees = f64 if dtype == 'f64' else f32
        wide = (None, degrees[0]) if dtype == 'f32' else (degrees[0], None)
        tall = (None, degrees[1]) if dtype == 'f32' else (degrees[1], None)
        yield f'i{order}_near', piece(function, leading, lambda x: leading(x) * x**2, sqrt, ZERO,
                                      limit**2, *wide)
        yield f'i{order}_far', piece(function, growth, lambda x: growth(x) / x, inverse,
                                     ZERO * 10**6, 1 / mpf(limit), *tall)


def second_kind(order, f64, f32):
    """K0 and K1 of x^2 up to 1, of 1/x from there."""
    def function(x):
        return besselk(order, x)

    def decay(x):
        return exp(-x) / sqrt(x)

    sign = -1 if order == 0 else 1

    def near(x):
        return order / x + sign * log(x) * besseli(order, x)

    yield f'k{order}_first_kind', piece(lambda x: besseli(order, x), lambda x: (x / 2)**order,
                                        lambda x: x**(2 + order), sqrt, ZERO, 1, f64[0], f32[0])
    yield f'k{order}_near', piece(function, near, lambda x: x**order, sqrt, ZERO, 1, f64[1], f32[1])
    yield f'k{order}_far', piece(function, lambda x: sqrt(pi / 2) * decay(x), lambda x: decay(x) / x,
                                 inverse, ZERO * 10**6, 1, f64[2], f32[2])


def oscillating(order, small, limit, near, modulus, phase):
    """J and Y: by x^2 up to the limit, their first zeros as factors; modulus and phase beyond."""
    def j(x):
        return besselj(order, x)

    def y(x):
        return bessely(order, x)

    def logarithm(x):
        return 2 / pi * log(x / y_zero) * besselj(order, x)

    def from_square(t):
        return sqrt(limit**2 - t)

    j_zero, y_zero = besseljzero(order, 1), besselyzero(order, 1)
    yield f'j{order}_small', piece(j, lambda x: (x / 2)**order, lambda x: x**(2 + order), sqrt,
                                   ZERO, (order + 1)**2, *small)
    yield f'j{order}_near', piece(j, none, lambda x: x**order * (x - j_zero) * (x + j_zero),
                                  from_square, 0, limit**2 - (order + 1)**2, *near)
    yield f'y{order}_near', piece(y, logarithm, lambda x: (x - y_zero) * (x + y_zero) / x**order,
                                  from_square, 0, limit**2 - ZERO, *near,
                                  lambda x: (x - y_zero) / x)
    if order == 1:
        yield 'y1_small', piece(y, lambda x: logarithm(x) - 2 / (pi * x), lambda x: x, sqrt, ZERO,
                                1, (7, 0), (4, 0))
    slope, high = mpf(4 * order**2 - 1) / 8, 1 / limit**2
    yield f'modulus{order}', piece(lambda x: hankel(order, x)[0], one, lambda x: 1 / x**2,
                                   inverse_root, ZERO, high, *modulus, one)
    yield f'phase{order}', piece(lambda x: hankel(order, x)[1], lambda x: slope / x,
                                 lambda x: 1 / x**3, inverse_root, ZERO, high, *phase, one)


def airy():
    """Ai: four pieces, the second with the first zero as a factor."""
    def decay(x):
        return exp(-zeta(x)) / (2 * sqrt(pi) * sqrt(sqrt(x)))

    first_zero, high, low = airyaizero(1), mpf(3) / 2, mpf('3.25')
    yield 'airy_far', piece(airyai, decay, lambda x: decay(x) / zeta(x), lambda t: of_zeta(1 / t),
                            ZERO * 10**9, 1 / zeta(high), (8, 7), (3, 3))
    yield 'airy_near', piece(airyai, none, one, lambda t: high - t, 0, high, (17, 0), (9, 0))
    yield 'airy_below', piece(airyai, none, lambda x: x - first_zero, lambda t: t - 1, 1 - low, 1,
                              (22, 0), (12, 0), lambda x: x - first_zero)
    highest = 1 / zeta(low)**2
    yield 'airy_modulus', piece(lambda x: airy_wave(x)[0], one, lambda x: 1 / zeta(x)**2,
                                lambda t: of_zeta(1 / sqrt(t)), ZERO, highest, (6, 6), (4, 0), one)
    yield 'airy_phase', piece(lambda x: airy_wave(x)[1], lambda x: -5 / (72 * zeta(x)),
                              lambda x: 1 / zeta(x)**3, lambda t: of_zeta(1 / sqrt(t)), ZERO,
                              highest, (7, 6), (6, 0), one)


def pieces():
    yield from first_kind(0, 9, 6, ((15, 0), (20, 0)), ((7, 0), (7, 0)))
    yield from first_kind(1, 9, 6, ((15, 0), (20, 0)), ((7, 0), (7, 0)))
    yield from second_kind(0, ((6, 0), (7, 0), (8, 8)), ((3, 0), (4, 0), (3, 3)))
    yield from second_kind(1, ((6, 0), (7, 0), (8, 8)), ((3, 0), (4, 0), (3, 3)))
    yield from oscillating(0, ((6, 0), (3, 0)), mpf(3), ((9, 0), (5, 0)), ((7, 7), (6, 0)),
                           ((8, 7), (7, 0)))
    yield from oscillating(1, ((7, 0), (4, 0)), mpf('3.75'), ((11, 0), (6, 0)), ((7, 6), (5, 0)),
                           ((7, 6), (6, 0)))
    yield from airy()


def literal(value, dtype):
    if dtype == 'f64':
        return repr(float(value))
    text = next(t for t in (f'{float(value):.{n}g}' for n in range(6, 10))
                if Fit.same(t, value, 'f32'))
    return (text if '.' in text or 'e' in text else text + '.0') + 'f'


def print_horner(name, coefficients, dtype):
    print(f'    T {name} = {literal(coefficients[-1], dtype)};')
    for c in reversed(coefficients[:-1]):
        print(f'    {name} = fma({name}, t, {literal(c, dtype)});')


def print_fit(name, p, dtype):
    degrees = p.f64 if dtype == 'f64' else p.f32
    if not degrees:
        return

    def value(t):
        return (p.function(p.x(t)) - p.first(p.x(t))) / p.factor(p.x(t))

    def weight(t):
        return p.factor(p.x(t)) / p.scale(p.x(t))

    fit = Fit(value, weight, p.low, p.high, *degrees)
    before = log(fit.worst(), 2)
    fit.round(dtype)
    after = log(fit.worst(), 2)
    size = max(sum(abs(c) * abs(t)**k for k, c in enumerate(fit.numerator)) /
               abs(horner(fit.numerator, t)) for t in fit.t)
    print(f'// {name} {dtype}: 2^{float(before):.1f}, rounded 2^{float(after):.1f}, '
          f'condition {float(size):.1f}')
    print_horner('n' if degrees[1] else 'p', fit.numerator, dtype)
    if degrees[1]:
        print_horner('d', fit.denominator, dtype)
    sys.stdout.flush()


def main():
    mp.dps = 120
    for name, p in pieces():
        if not sys.argv[1:] or name in sys.argv[1:]:
            for dtype in ('f64', 'f32'):
                print_fit(name, p, dtype)


if __name__ == '__main__':
    main()
