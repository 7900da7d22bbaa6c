"""The numbers of the textbook claims, recomputed by a second route: Fractions, NumPy, mpmath, SymPy.

One test for each claim, named after its id. Nothing here imports the kernel or reads what the topic computed; each test says,
besides, that the topic `vanishing` has a step for its claim.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import comb, e, factorial, inf, log, prod, sqrt
from typing import Any

import mpmath
import numpy as np
import sympy
from recomputed import digits, exact, generator, power, spectral_norm, times
from recomputed import shown as shown_by


def shown() -> frozenset[str]:
    """The ids that occur in the steps of the topic."""
    return shown_by("vanishing")


# ------------------------------------------------------------------------------------------- A: powers of one matrix


def test_A1() -> None:
    """W^t = V Λ^t V^{-1}, exactly, for t = 0..8 and t = -3; in floats within c t n ε κ(V) |W|^t."""
    assert "A1" in shown()
    V, L = sympy.Matrix([[1, 2, 0], [1, 3, 1], [0, 1, 2]]), sympy.diag(sympy.Rational(6, 5), sympy.Rational(1, 2), -2)
    turn = sympy.Matrix([[0, -1], [1, 0]])
    U, D = sympy.Matrix([[1, 1], [-sympy.I, sympy.I]]), sympy.diag(sympy.I, -sympy.I)
    for W, vectors, values in ((V * L * V.inv(), V, L), (turn, U, D)):
        for t in (*range(9), -3):
            entries = sympy.diag(*(value**t for value in values.diagonal()))
            assert (W**t - vectors * entries * vectors.inv()).applyfunc(sympy.simplify).is_zero_matrix
    assert max(_share_of_bound(generator(seed)) for seed in range(200)) < 0.008 * 50


def _share_of_bound(draw: np.random.Generator) -> float:
    """W is built from its V and Λ: how far V Λ^t V^{-1} is from the repeated product, divided by t n ε κ(V) |W|^t."""
    n, t = int(draw.integers(2, 7)), int(draw.integers(1, 26))
    V, values = draw.normal(size=(n, n)), draw.uniform(-1.2, 1.2, n)
    W = V @ np.diag(values) @ np.linalg.inv(V)
    found = V @ np.diag(values**t) @ np.linalg.inv(V)
    bound = t * n * 2.0**-52 * np.linalg.cond(V) * spectral_norm(W) ** t
    return spectral_norm(found - np.linalg.matrix_power(W, t)) / bound


def test_A2() -> None:
    """Jordan blocks: entries C(t,j) λ^{t-j}; growth t^{k-1}/(k-1)! on the circle; what `eig` does to them."""
    assert "A2" in shown()
    x = sympy.Symbol("x")
    block = x * sympy.eye(4) + sympy.Matrix(4, 4, lambda i, j: int(j == i + 1))
    for t in range(9):
        assert power(exact([[1, 1], [0, 1]]), t) == exact([[1, t], [0, 1]])
        entries = [[comb(t, j - i) * x ** (t - j + i) if 0 <= j - i <= t else 0 for j in range(4)] for i in range(4)]
        assert (block**t - sympy.Matrix(entries)).applyfunc(sympy.expand).is_zero_matrix
    for k in (2, 3, 4):
        t = 10**5
        large = [[float(comb(t, j - i)) if j >= i else 0.0 for j in range(k)] for i in range(k)]
        assert abs(spectral_norm(large) / (t ** (k - 1) / factorial(k - 1)) - 1) < 1e-3
    values, V = np.linalg.eig(np.array([[1.0, 1.0], [0.0, 1.0]]))
    digits(np.linalg.cond(V), "9e15")
    assert (V @ np.diag(values**20) @ np.linalg.inv(V))[0, 1] == 0 and power(exact([[1, 1], [0, 1]]), 20)[0][1] == 20
    digits(_eig_error(np.eye(4) + np.eye(4, k=1), 20), "1140")
    A = np.array([[3.0, 1.0], [-1.0, 1.0]])
    assert sympy.Matrix([[3, 1], [-1, 1]]).jordan_form()[1] == sympy.Matrix([[2, 1], [0, 2]])
    digits(_eig_error(A, 20) / np.abs(np.linalg.matrix_power(A, 20)).max(), "3e-9")


def _eig_error(A: Any, t: int) -> float:
    values, V = np.linalg.eig(A)
    found = V @ np.diag(values**t) @ np.linalg.inv(V)
    return float(np.abs(found - np.linalg.matrix_power(A, t)).max())


def test_A3() -> None:
    """Half-lives, the band of "near 1", and where floats end."""
    assert "A3" in shown()
    with mpmath.workdps(30):
        digits(mpmath.mpf("1e-3") ** (mpmath.mpf(1) / 50), "0.871")
        digits(mpmath.mpf("1e-3") ** (-mpmath.mpf(1) / 50), "1.148")
        for modulus, printed in (("0.9", "6.6"), ("0.99", "69"), ("0.999", "693")):
            digits(mpmath.log(2) / -mpmath.log(mpmath.mpf(modulus)), printed)
    assert 0.5**1074 > 0 and 0.5**1075 == 0
    assert np.float64(2) ** 1023 < inf
    with np.errstate(over="ignore"):
        assert np.float64(2) ** 1024 == inf
    for q in (Fraction(1, 2), Fraction(9, 10), Fraction(1), Fraction(11, 10), Fraction(2)):
        for delta, t in product((Fraction(1, 1000), Fraction(1, 3)), (1, 5, 50)):
            inside = abs(log(q)) <= log(1 / delta) / t
            assert inside == (delta <= q**t <= 1 / delta)


def test_A4() -> None:
    """State gradients are rescaled by Λ^t; the shared weight's is t w^{t-1}, and peaks at 18.6."""
    assert "A4" in shown()
    V, L = exact([[1, 2, 0], [1, 3, 1], [0, 1, 2]]), [Fraction(6, 5), Fraction(1, 2), Fraction(-2)]
    inverse = exact(sympy.Matrix(V).inv().tolist())
    diagonal = [[L[i] if i == j else Fraction(0) for j in range(3)] for i in range(3)]
    W, g = times(times(V, diagonal), inverse), exact([[1], [-2], [5]])
    for t in range(8):
        assert times(inverse, times(power(W, t), g)) == times(power(diagonal, t), times(inverse, g))
        assert abs(_weight_derivative(1.0, t) - t) < 1e-12
    slopes = {t: t * Fraction(49, 50) ** (t - 1) for t in range(1, 400)}
    assert slopes[49] == slopes[50] == max(slopes.values())
    digits(float(slopes[50]), "18.6")
    for seed in range(20):
        _matrix_derivative(generator(seed))


def _weight_derivative(w: float, t: int) -> float:
    """d(w^t)/dw by a complex step."""
    value = complex(1)
    for _ in range(t):
        value *= complex(w, 1e-200)
    return value.imag / 1e-200


def _matrix_derivative(draw: np.random.Generator) -> None:
    """A complex step along E against the sum of W^j E W^{t-1-j} and against divided differences in V-coordinates."""
    n, t = int(draw.integers(2, 6)), int(draw.integers(1, 13))
    V, values, E = draw.normal(size=(n, n)), draw.uniform(-1.2, 1.2, n), draw.normal(size=(n, n))
    W = V @ np.diag(values) @ np.linalg.inv(V)
    stepped = np.linalg.matrix_power(W + 1e-200j * E, t).imag / 1e-200
    summed = sum(np.linalg.matrix_power(W, j) @ E @ np.linalg.matrix_power(W, t - 1 - j) for j in range(t))
    factor = np.array([[sum(a**k * b ** (t - 1 - k) for k in range(t)) for b in values] for a in values])
    quotient = np.array(
        [
            [t * a ** (t - 1) if i == j else (a**t - b**t) / (a - b) for j, b in enumerate(values)]
            for i, a in enumerate(values)
        ]
    )
    weighted = V @ (quotient * (np.linalg.inv(V) @ E @ V)) @ np.linalg.inv(V)
    assert np.abs(factor - quotient).max() <= 1e-7 * np.abs(factor).max()
    for other in (summed, weighted):
        assert np.abs(stepped - other).max() <= 1e-7 * np.abs(stepped).max()


SHEAR = exact([["9/10", 100], [0, "4/5"]])


def test_A5() -> None:
    """Transient growth to 269.3 at t = 6, below 1 from t = 66; Kreiss; two-sided bounds; κ(V) of the default matrix."""
    assert "A5" in shown()
    norms = [spectral_norm([[float(x) for x in row] for row in power(SHEAR, t)]) for t in range(200)]
    digits(max(norms), "269.3")
    assert norms.index(max(norms)) == 6 and norms[65] > 1 and all(norm < 1 for norm in norms[66:])
    for t in range(12):
        assert power(SHEAR, t)[0][1] == 100 * (Fraction(9, 10) ** t - Fraction(4, 5) ** t) / (
            Fraction(9, 10) - Fraction(4, 5)
        )
    kreiss = _kreiss_constant()
    digits(kreiss, "171.6")
    digits(e * 2 * kreiss, "932.8")
    assert kreiss <= max(norms) <= e * 2 * kreiss
    N = exact([[0, 2], [0, 0]])
    assert power(N, 2) == exact([[0, 0], [0, 0]]) and times(N, exact([[0], [1]])) == exact([[2], [0]])
    for seed in range(300):
        _two_sided(generator(seed))
    _default_matrix()


def _kreiss_constant() -> float:
    """sup (|z|-1) |(zI-W)^{-1}| for |z| > 1. The resolvent's entries are largest at z > 0, since W has no negative ones."""

    def value(z: float) -> float:
        return (z - 1) * spectral_norm(np.linalg.inv(z * np.eye(2) - np.array(SHEAR, dtype=float)))

    low, high = 1.0001, 3.0
    for _ in range(200):  # unimodal there
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (a, high) if value(a) < value(b) else (low, b)
    grid = [value(z) for z in np.linspace(1.001, 20, 20001)]
    assert max(grid) <= value(low) * (1 + 1e-12)
    return value(low)


def _two_sided(draw: np.random.Generator) -> None:
    """ρ^t <= |W^t| <= κ(V) ρ^t for t < 25, with slack 1e-8."""
    n = int(draw.integers(2, 7))
    V, values = draw.normal(size=(n, n)), draw.uniform(-1.1, 1.1, n)
    W = V @ np.diag(values) @ np.linalg.inv(V)
    radius, condition = np.abs(values).max(), np.linalg.cond(V)
    current = np.eye(n)
    for t in range(25):
        norm = spectral_norm(current)
        assert radius**t * (1 - 1e-8) <= norm <= condition * radius**t * (1 + 1e-8)
        current = current @ W


def _default_matrix() -> None:
    """Eigenvalues 6/5 and 1/2; unit columns give κ(V) = 3 + sqrt(10); 6.19 <= 19.6 <= 38.2."""
    W = sympy.Matrix([["19/10", "-7/10"], ["7/5", "-1/5"]]).applyfunc(sympy.Rational)
    assert W.eigenvals() == {sympy.Rational(6, 5): 1, sympy.Rational(1, 2): 1}
    V = sympy.Matrix([[1, 1], [1, 2]]) * sympy.diag(1 / sympy.sqrt(2), 1 / sympy.sqrt(5))
    assert (W * V - V * sympy.diag(sympy.Rational(6, 5), sympy.Rational(1, 2))).is_zero_matrix
    gram = sorted((V.T * V).eigenvals(), key=float)
    assert sympy.simplify(sympy.sqrt(gram[1] / gram[0]) - (3 + sympy.sqrt(10))).equals(0)
    digits(float(3 + sympy.sqrt(10)), "6.1623")
    digits(1.2**10, "6.19")
    digits(spectral_norm((W**10).tolist()), "19.6")
    digits(float((3 + sympy.sqrt(10)) * sympy.Rational(6, 5) ** 10), "38.2")


def test_A6() -> None:
    """Four readings of "components orthogonal to the principal eigenvector are dropped"."""
    assert "A6" in shown()
    A = exact([[2, 1], [0, 1]])
    for t in range(40):
        assert times(exact([[1, 0]]), power(A, t)) == exact([[2**t, 2**t - 1]])
        assert times(power(A, t), exact([[0], [1]])) == exact([[2**t - 1], [1]])
        assert power(exact([[3, 0], [0, 2]]), t)[1][1] == 2**t
        assert power(exact([[1, 0], [0, -1]]), t)[1][1] == (-1) ** t
    with mpmath.workdps(40):
        share = mpmath.mpf(2**100 - 1) / mpmath.hypot(2**100, 2**100 - 1)
        assert abs(share - 1 / mpmath.sqrt(2)) < mpmath.mpf("1e-29")
    for seed in range(100):
        _left_behind(seed, defective=False)
    _left_behind(7, defective=True)


def _left_behind(seed: int, defective: bool) -> None:
    """x ⊥ v (right eigenvector of λ1 = 4) gives |x^T W^t| / 4^t -> 0 for a non-normal 5 by 5 matrix, in exact powers."""
    draw = random.Random(seed)
    J = [[Fraction(0)] * 5 for _ in range(5)]
    for i, value in enumerate((4, 2, -1, 1, draw.randint(-2, 2))):
        J[i][i] = Fraction(value)
    if defective:
        J[2][2], J[1][2] = Fraction(2), Fraction(1)
    S = [[Fraction(draw.randint(-2, 2)) if j > i else Fraction(i == j) for j in range(5)] for i in range(5)]
    S = times(S, [[Fraction(draw.randint(-2, 2)) if j < i else Fraction(i == j) for j in range(5)] for i in range(5)])
    inverse = exact(sympy.Matrix(S).inv().tolist())
    W = times(times(S, J), inverse)
    transposed = [list(column) for column in zip(*W, strict=True)]
    assert defective or seed == 0 or times(W, transposed) != times(transposed, W)
    v = [row[0] for row in S]
    x = [Fraction(draw.randint(-3, 3)) for _ in range(5)]
    overlap = sum(a * b for a, b in zip(x, v, strict=True)) / sum(a * a for a in v)
    x = [a - overlap * b for a, b in zip(x, v, strict=True)]
    left = times([x], power(W, 60))[0]
    assert float(max(map(abs, left)) / 4**60) < 1e-9


def test_A8() -> None:
    """Q^T Λ^t Q is not Q Λ^t Q^T: √2 against 0; operator norms cannot see it, nor a symmetric Q."""
    assert "A8" in shown()
    Q, L = sympy.Matrix([[1, -1], [1, 1]]) / sympy.sqrt(2), sympy.diag(1, 0)
    half, ones = sympy.Rational(1, 2), sympy.Matrix([1, 1])
    assert Q * L * Q.T == half * sympy.Matrix([[1, 1], [1, 1]])
    assert Q.T * L * Q == half * sympy.Matrix([[1, -1], [-1, 1]])
    assert (Q * L * Q.T * ones).norm() == sympy.sqrt(2) and (Q.T * L * Q * ones).norm() == 0
    assert Q**2 * L != L * Q**2
    for seed in range(20):
        draw = generator(seed)
        orthogonal, values = np.linalg.qr(draw.normal(size=(4, 4)))[0], draw.normal(size=4)
        for t in range(6):
            right = orthogonal @ np.diag(values**t) @ orthogonal.T
            slip = orthogonal.T @ np.diag(values**t) @ orthogonal
            assert abs(spectral_norm(right) - spectral_norm(slip)) < 1e-12 * max(1, spectral_norm(right))
            assert t == 0 or np.abs(right - slip).max() > 1e-6
    symmetric = 0
    draw = generator()
    for _ in range(2000):
        A = draw.normal(size=(2, 2))
        found = np.linalg.eigh(A + A.T)[1]
        symmetric += bool(np.allclose(found, found.T))
    # 1032 of 2000 in another draw: two binomial counts differ by less than 5 standard deviations of the difference
    assert abs(symmetric - 1032) < 5 * sqrt(2 * 2000 / 4)


def test_A10() -> None:
    """-2 is less than one."""
    assert "A10" in shown()
    assert abs(Fraction(-2) ** 10) == 1024 and -2 < 1
    assert all(abs(Fraction(-1) ** t) == 1 for t in range(50))


def test_A11() -> None:
    """diag(3, 2) after 60 steps: the second coordinate is 1.2e18, its share 2.7e-11."""
    assert "A11" in shown()
    state = times(power(exact([[3, 0], [0, 2]]), 60), exact([[1], [1]]))
    digits(int(state[1][0]), "1.2e18")
    with mpmath.workdps(40):
        first, second = (mpmath.mpf(int(row[0])) for row in state)
        digits(second / mpmath.hypot(first, second), "2.7e-11")


def test_A14() -> None:
    """A hundred different weights vanish; a shared orthogonal matrix keeps lengths; the last weight reaches any product."""
    assert "A14" in shown()
    weights = [Fraction(4, 5) + Fraction(3, 20) * Fraction(i, 99) for i in range(100)]
    assert len(set(weights)) == 100 and (weights[0], weights[-1]) == (Fraction(4, 5), Fraction(19, 20))
    digits(float(prod(weights)), "1.4e-6")
    draw = generator()
    Q = np.linalg.qr(draw.normal(size=(6, 6)))[0]
    x = draw.normal(size=6)
    start = np.linalg.norm(x)
    for _ in range(1000):
        x = Q @ x
    assert abs(np.linalg.norm(x) / start - 1) < 1e-10
    p, c = prod(weights[:-1]), Fraction(22, 7)
    assert p * (c / p) == c


# --------------------------------------------------------------------------------------- B: products of random weights


def test_B1() -> None:
    """h_0 = 1 and h_t = w_t h_{t-1} give the product of the weights."""
    assert "B1" in shown()
    weights = sympy.symbols("w1:9")
    state = sympy.Integer(1)
    for n, w in enumerate(weights, start=1):
        state = w * state
        assert state == sympy.prod(weights[:n])


Atoms = dict[Fraction, Fraction]


def _product_law(factors: list[Atoms]) -> Atoms:
    """The exact law of a product of independent finite variables."""
    law: Atoms = {Fraction(1): Fraction(1)}
    for factor in factors:
        new: Atoms = {}
        for (a, p), (b, q) in product(law.items(), factor.items()):
            new[a * b] = new.get(a * b, Fraction(0)) + p * q
        law = new
    return law


def _moment(law: Atoms, k: int) -> Fraction:
    return sum((p * a**k for a, p in law.items()), Fraction(0))


def test_B2() -> None:
    """Var = v^n exactly: finite laws in Fractions, mixed laws, a symbolic two-point law, the full Gauss-Hermite grid."""
    assert "B2" in shown()
    half = Fraction(1, 2)
    # atoms ±1/2, ±1 with variance 7/10: p/4 + (1-p) = 7/10
    p = Fraction(2, 5)
    plain: Atoms = {half: p / 2, -half: p / 2, Fraction(1): (1 - p) / 2, Fraction(-1): (1 - p) / 2}
    other: Atoms = {Fraction(-1): Fraction(2, 3), Fraction(2): Fraction(1, 3)}
    assert _moment(plain, 2) == Fraction(7, 10) and _moment(plain, 1) == _moment(other, 1) == 0
    for n in range(1, 13):
        law = _product_law([plain] * n)
        assert _moment(law, 1) == 0 and _moment(law, 2) == Fraction(7, 10) ** n
        mixed = _product_law([plain if k % 2 else other for k in range(n)])
        assert _moment(mixed, 2) == prod(Fraction(7, 10) if k % 2 else Fraction(2) for k in range(n))
    _symbolic_two_point()
    assert _full_grid_error() < 5e-15


def _symbolic_two_point() -> None:
    """Atoms -a and b with mean 0 have variance a b."""
    a, b = sympy.symbols("a b", positive=True)
    atoms = ((-a, b / (a + b)), (b, a / (a + b)))
    for n in range(1, 6):
        second = sum(sympy.prod([x**2 * q for x, q in choice]) for choice in product(atoms, repeat=n))
        assert sympy.factor(second - (a * b) ** n) == 0


def _full_grid_error() -> float:
    """The relative error of E P^2 = 1 by all 59 049 combinations of 3 Gauss-Hermite nodes, ten standard Gaussian factors."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(3)
    weights = weights / weights.sum()
    value, mass = np.ones(1), np.ones(1)
    for _ in range(10):
        value, mass = np.outer(value, nodes).ravel(), np.outer(mass, weights).ravel()
    assert value.size == 59_049
    return abs(float(np.sum(mass * value**2)) - 1)


def test_B5() -> None:
    """The n-th roots of 1/4, and what one per cent too much does in a hundred layers."""
    assert "B5" in shown()
    with mpmath.workdps(30):
        for n, printed in ((1, "0.25"), (2, "0.5"), (10, "0.8706"), (100, "0.98623")):
            digits(mpmath.mpf("0.25") ** (mpmath.mpf(1) / n), printed)
    digits(float(Fraction(101, 100) ** 100), "2.70")


# ----------------------------------------------------------------------------- B6: unit variance and almost sure collapse


def _mellin(s: Any) -> Any:
    """E |w|^s for a standard Gaussian w."""
    return mpmath.mpf(2) ** (s / 2) * mpmath.gamma((s + 1) / 2) / mpmath.sqrt(mpmath.pi)


def _tail(n: int, c: Any) -> Any:
    """P(|P_n| > c) by Mellin inversion on the line Re s = 4/5; the trapezoidal rule converges exponentially."""
    line, h = mpmath.mpf("0.8"), mpmath.mpf("0.05")
    total, k = mpmath.mpf(0), 0
    while True:
        s = mpmath.mpc(line, k * h)
        size = _mellin(s) ** n * mpmath.power(c, -s) / s
        total += size.real if k == 0 else 2 * size.real
        k += 1
        if abs(size) < mpmath.mpf(10) ** -25:
            return total * h / (2 * mpmath.pi)


def _log_mean(density: Any, points: list[Any]) -> Any:
    """E ln|w| by quadrature, for a density symmetric about 0."""
    return 2 * mpmath.quad(lambda x: mpmath.log(x) * density(x), points)


def test_B6() -> None:
    """The drift -0.635..., the best Markov exponent, the law of |P_n| for n = 10 and 20."""
    assert "B6" in shown()
    with mpmath.workdps(30):
        drift = -(mpmath.euler + mpmath.log(2)) / 2
        digits(drift, "-0.6351814227307391")
        gaussian = mpmath.npdf
        assert abs(_log_mean(gaussian, [0, 1, 4, 12]) - drift) < mpmath.mpf("1e-20")
        square = 2 * mpmath.quad(lambda x: mpmath.log(x) ** 2 * gaussian(x), [0, 1, 4, 12])
        assert abs(square - drift**2 - mpmath.pi**2 / 8) < mpmath.mpf("1e-20")
        best = mpmath.findroot(lambda s: mpmath.diff(lambda x: mpmath.log(_mellin(x)), s), 0.87)
        digits(best, "0.866")
        digits(_mellin(best), "0.79474")
        assert abs(_mellin(mpmath.mpf(1)) - mpmath.sqrt(2 / mpmath.pi)) < mpmath.mpf("1e-25")
        digits(mpmath.exp(100 * drift), "2.6e-28")
        digits(100 * drift, "-63.5")
        _other_laws()
        digits(mpmath.exp(-drift), "1.887364521")
        digits(mpmath.exp(-2 * drift), "3.5621")
        _law_of_the_product(drift)


def _other_laws() -> None:
    """Drifts at unit variance: uniform, Laplace, signs."""
    edge = mpmath.sqrt(3)
    digits(_log_mean(lambda x: 1 / (2 * edge), [0, 1, edge]), "-0.4507")
    scale = 1 / mpmath.sqrt(2)
    digits(_log_mean(lambda x: mpmath.exp(-x / scale) / (2 * scale), [0, 1, 5, 60]), "-0.9238")
    assert mpmath.log(abs(mpmath.mpf(-1))) == 0


def _law_of_the_product(drift: Any) -> None:
    assert abs(_tail(1, mpmath.mpf(1)) - mpmath.erfc(1 / mpmath.sqrt(2))) < mpmath.mpf("1e-20")
    bessel = 2 / mpmath.pi * mpmath.quad(lambda x: mpmath.besselk(0, x), [1, 4, 12, 60])
    assert abs(_tail(2, mpmath.mpf(1)) - bessel) < mpmath.mpf("1e-18")
    digits(1 - _tail(10, mpmath.mpf(1)), "0.981003447589")
    digits(1 - _tail(20, mpmath.mpf(1)), "0.99857")
    middle = mpmath.findroot(
        lambda x: _tail(10, mpmath.exp(x)) - mpmath.mpf(1) / 2, (mpmath.log("0.0022"), mpmath.log("0.0024")), tol=1e-12
    )
    digits(mpmath.exp(middle), "0.0023075")
    digits(mpmath.ncdf(-10 * drift / mpmath.sqrt(10 * mpmath.pi**2 / 8)), ".9647")


# ------------------------------------------------------------------------------------------------ X: a tanh in the loop


def test_X1() -> None:
    """|∏ J_k| <= (γ σ_max)^t for tanh networks; a nilpotent W whose gated power has norm 2.7e5 at t = 30."""
    assert "X1" in shown()
    W, D = exact([["3/2", "-3/2"], ["3/2", "-3/2"]]), exact([[1, 0], [0, 0]])
    assert power(W, 2) == exact([[0, 0], [0, 0]])
    gated = power(times(D, W), 30)
    assert gated == [[Fraction(3, 2) ** 30, -(Fraction(3, 2) ** 30)], [Fraction(0), Fraction(0)]]
    digits(spectral_norm([[float(x) for x in row] for row in gated]), "2.7e5")
    for seed in range(100):
        draw = generator(seed)
        recurrent, state, jacobian = draw.normal(size=(5, 5)), draw.normal(size=5), np.eye(5)
        for t in range(1, 15):
            state = np.tanh(recurrent @ state)
            jacobian = np.diag(1 - state**2) @ recurrent @ jacobian
            assert spectral_norm(jacobian) <= spectral_norm(recurrent) ** t * (1 + 1e-12)
