"""Near-minimax polynomials and rational functions with coefficients that are floats or doubles.

Weighted least squares on Chebyshev points, with Lawson's weights (C. L. Lawson, Contributions to
the theory of linear least maximum approximations, 1961) that level the error, and Loeb's for the
denominator (H. L. Loeb, On rational fraction approximations at discrete points, 1957). Then the
coefficients are rounded one by one, the lowest first, and those that remain are fitted again.
"""
import struct

from mpmath import cos, lu_solve, matrix, mp, mpf, pi

mp.dps = 100


def round_to(value, dtype):
    code = {'f32': 'f', 'f64': 'd'}[dtype]
    return mpf(struct.unpack(code, struct.pack(code, float(value)))[0])


def horner(coefficients, t):
    value = mpf(0)
    for coefficient in reversed(coefficients):
        value = value * t + coefficient
    return value


def chebyshev_points(low, high, count):
    return [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * k + 1) / (2 * count))
            for k in range(count)]


def least_squares(rows, values):
    return list(lu_solve(matrix(rows), matrix(values)))


class Fit:
    """value(t) by numerator / denominator; weight(t) turns its error into the one to be level."""

    def __init__(self, value, weight, low, high, degree, denominator_degree=0):
        self.degree, self.denominator_degree = degree, denominator_degree
        unknowns = degree + denominator_degree + 1
        self.t = chebyshev_points(mpf(low), mpf(high), 6 * unknowns)
        self.value = [value(t) for t in self.t]
        self.weight = [abs(weight(t)) for t in self.t]
        self.denominator = [mpf(1)]
        self.solve()

    @staticmethod
    def same(text, value, dtype):
        return round_to(mpf(text), dtype) == value

    def errors(self):
        return [(horner(self.numerator, t) / horner(self.denominator, t) - f) * w
                for t, f, w in zip(self.t, self.value, self.weight)]

    def worst(self):
        return max(abs(e) for e in self.errors())

    def solve(self, iterations=12):
        lawson = [mpf(1)] * len(self.t)
        for _ in range(iterations):
            rows, right = [], []
            for t, f, w, level in zip(self.t, self.value, self.weight, lawson):
                scale = w * level / horner(self.denominator, t)
                rows.append([scale * t**k for k in range(self.degree + 1)] +
                            [-scale * f * t**k for k in range(1, self.denominator_degree + 1)])
                right.append(scale * f)
            found = least_squares(rows, right)
            self.numerator = found[:self.degree + 1]
            self.denominator = [mpf(1)] + found[self.degree + 1:]
            errors = [abs(e) for e in self.errors()]
            mean = sum(errors) / len(errors)
            lawson = [(level * level * (e / mean + mpf(1) / 50))**mpf('0.5')
                      for level, e in zip(lawson, errors)]
        self.lawson = lawson

    def round(self, dtype):
        self.denominator = [round_to(c, dtype) for c in self.denominator]
        fixed = []
        for first in range(self.degree + 1):
            rows, right = [], []
            for t, f, w, level in zip(self.t, self.value, self.weight, self.lawson):
                below = horner(self.denominator, t)
                scale = w * level / below
                rows.append([scale * t**k for k in range(first, self.degree + 1)])
                right.append(scale * (f * below - horner(fixed, t)))
            fixed.append(round_to(least_squares(rows, right)[0], dtype))
        self.numerator = fixed
        return self
