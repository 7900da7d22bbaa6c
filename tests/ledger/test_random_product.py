"""The numbers of the textbook claims on random products and wide layers, recomputed by a second route: Fractions, mpmath, NumPy.

One test for each claim, named after its id. Nothing here imports the kernel or reads what the topic computed; each test says,
besides, that the topic `random-product` has a step for its claim.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod, sqrt

import mpmath
import numpy as np
from recomputed import digits as rounds_to
from recomputed import generator
from recomputed import shown as shown_by


def digits(value: object, printed: str) -> None:
    exact = mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    rounds_to(exact, printed)


Law = list[tuple[Fraction, Fraction]]


def shown() -> frozenset[str]:
    return shown_by("random-product")


def law(*atoms: tuple[str, str]) -> Law:
    return [(Fraction(x), Fraction(p)) for x, p in atoms]


def of_product(*laws: Law) -> dict[Fraction, Fraction]:
    """The exact law of a product of independent factors."""
    found = {Fraction(1): Fraction(1)}
    for atoms in laws:
        grown: dict[Fraction, Fraction] = {}
        for x, p in found.items():
            for y, q in atoms:
                grown[x * y] = grown.get(x * y, Fraction(0)) + p * q
        found = grown
    return found


def variance(found: dict[Fraction, Fraction]) -> Fraction:
    mean = sum((p * x for x, p in found.items()), Fraction(0))
    return sum((p * x * x for x, p in found.items()), Fraction(0)) - mean**2


def log_chi_square(N: int) -> mpmath.mpf:
    return mpmath.digamma(mpmath.mpf(N) / 2) + mpmath.log(2)


SEVEN_TENTHS = law(("-1", "3/10"), ("-1/2", "1/5"), ("1/2", "1/5"), ("1", "3/10"))


def test_B1() -> None:
    """The state is the product of the weights."""
    assert "B1" in shown()
    weights = [Fraction(k, k + 3) for k in range(1, 12)]
    state = Fraction(1)
    for weight in weights:
        state *= weight
    assert state == prod(weights)


def test_B2() -> None:
    """(7/10)^n by the exact law, different laws mixed, and the Gaussian case on the whole grid of 3^10 nodes."""
    assert "B2" in shown()
    for n in range(1, 13):
        assert variance(of_product(*n * [SEVEN_TENTHS])) == Fraction(7, 10) ** n
    other = law(("-2", "1/3"), ("1", "2/3"))
    assert variance(of_product(SEVEN_TENTHS, other, other)) == Fraction(7, 10) * 2 * 2
    nodes, weights = np.polynomial.hermite_e.hermegauss(3)
    weights = weights / weights.sum()
    squares, chances = np.ones(1), np.ones(1)
    for _ in range(10):
        squares = np.outer(squares, nodes**2).ravel()
        chances = np.outer(chances, weights).ravel()
    assert squares.size == 59_049 and abs(float(squares @ chances) - 1) < 3e-14


def test_B3() -> None:
    """Three pairwise independent signs, two uncorrelated weights, one shared Gaussian weight."""
    assert "B3" in shown()
    signs = list(product((1, -1), repeat=2))
    triples = [(a, b, a * b) for a, b in signs]
    assert {a * b * c for a, b, c in triples} == {1}
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert sorted((t[i], t[j]) for t in triples) == sorted(signs)
    cross = [(1, 0), (-1, 0), (0, 1), (0, -1)]
    assert {x * y for x, y in cross} == {0} and sum(x * x for x, _ in cross) / 4 * sum(
        y * y for _, y in cross
    ) / 4 == 1 / 4
    ratios = []
    for n in range(1, 9):
        square = mpmath.quad(lambda w, n=n: w ** (2 * n) * mpmath.npdf(w), [-mpmath.inf, 0, mpmath.inf])
        mean = mpmath.quad(lambda w, n=n: w**n * mpmath.npdf(w), [-mpmath.inf, 0, mpmath.inf])
        ratios.append(int(mpmath.nint(square - mean**2)))
    assert ratios == [1, 2, 15, 96, 945, 10170, 135135, 2016000]
    n = 400
    assert abs(mpmath.fac2(2 * n - 1) / (mpmath.sqrt(2) * (2 * n / mpmath.e) ** n) - 1) < 1e-3


def test_B4() -> None:
    """(v + m^2)^n - m^(2n) for the law on {0, 1, 5/2}; (1.01)^10 - 1."""
    assert "B4" in shown()
    atoms = law(("0", "1/4"), ("1", "1/2"), ("5/2", "1/4"))
    mean = sum((p * x for x, p in atoms), Fraction(0))
    spread = variance(of_product(atoms))
    for n in range(1, 11):
        assert variance(of_product(*n * [atoms])) == (spread + mean**2) ** n - mean ** (2 * n)
    digits(Fraction("1.01") ** 10 - 1, "0.10462")


def test_B5() -> None:
    assert "B5" in shown()
    for n, printed in ((1, "0.25"), (2, "0.5"), (10, "0.8706"), (100, "0.98623")):
        digits(mpmath.mpf(1) / 4 ** (mpmath.mpf(1) / n), printed)
    digits(Fraction("1.01") ** 100, "2.70")


def gaussian_moment(s: mpmath.mpf) -> mpmath.mpf:
    return 2 ** (s / 2) * mpmath.gamma((1 + s) / 2) / mpmath.sqrt(mpmath.pi)


def share_below(n: int, level: mpmath.mpf) -> mpmath.mpf:
    """P(|w_1 ... w_n| < level) for standard Gaussian weights: the Mellin integral over Re z = -1/2."""

    def integrand(y: mpmath.mpf) -> mpmath.mpf:
        z = mpmath.mpc(-0.5, y)
        return (gaussian_moment(z) ** n * level ** (-z) / z).real

    return -mpmath.quad(integrand, [0, 1, 2, 4, 8, 16, 32]) / mpmath.pi


def test_B6() -> None:
    assert "B6" in shown()
    digits(mpmath.quad(lambda w: 2 * mpmath.log(w) * mpmath.npdf(w), [0, 1, mpmath.inf]), "-0.6351814227307391")
    digits(-(mpmath.euler + mpmath.log(2)) / 2, "-0.6351814227307391")
    second = mpmath.quad(lambda w: 2 * mpmath.log(w) ** 2 * mpmath.npdf(w), [0, 1, mpmath.inf])
    assert abs(second - mpmath.mpf("0.6351814227307391") ** 2 - mpmath.pi**2 / 8) < 1e-12
    digits(share_below(10, mpmath.mpf(1)), "0.981003447589")
    digits(share_below(20, mpmath.mpf(1)), "0.99857")
    assert share_below(10, mpmath.mpf("0.00230745")) < 0.5 < share_below(10, mpmath.mpf("0.00230755"))
    digits(mpmath.ncdf(10 * 0.6351814227307391 / mpmath.sqrt(10 * mpmath.pi**2 / 8)), "0.9647")
    digits(mpmath.exp(-100 * mpmath.mpf("0.6351814227307391")), "2.6e-28")
    uniform = mpmath.quad(lambda w: mpmath.log(w) / mpmath.sqrt(3), [0, 1, mpmath.sqrt(3)])
    laplace = mpmath.quad(
        lambda w: mpmath.log(w) * mpmath.sqrt(2) * mpmath.exp(-mpmath.sqrt(2) * w), [0, 1, mpmath.inf]
    )
    digits(uniform, "-0.4507")
    digits(laplace, "-0.9238")
    best = mpmath.findroot(lambda s: mpmath.diff(lambda t: mpmath.log(gaussian_moment(t)), s), 0.9)
    digits(best, "0.866")
    digits(gaussian_moment(best), "0.79474")
    digits(mpmath.exp((mpmath.euler + mpmath.log(2)) / 2), "1.887364521")
    digits(mpmath.exp(mpmath.euler + mpmath.log(2)), "3.5621")
    draw = generator()
    below = (abs(np.prod(draw.standard_normal((10, 20_000)), axis=0)) < 1).mean()
    assert abs(below - 0.981) < 0.005


def test_B7() -> None:
    """The plain average: its relative variance, the draws it needs, the region it misses, and how it fails."""
    assert "B7" in shown()
    needed = {
        Fraction(3): ("2.4e4", "5.9e6", "3.5e11", "7.2e25"),
        Fraction(9, 5): ("1.8e3", "3.6e4", "1.3e7", "5.8e14"),
        Fraction(6): ("7.8e5", "6.0e9", "3.7e17", "8e40"),
    }
    for kappa, printed in needed.items():
        for n, numeral in zip((5, 10, 20, 50), printed, strict=True):
            digits((kappa**n - 1) * 100, numeral)
    tilted = mpmath.quad(lambda w: 2 * w**2 * mpmath.npdf(w) * mpmath.log(w**2), [0, 1, mpmath.inf])
    digits(tilted, "0.72964")
    for n, printed in ((10, "1.5e3"), (20, "2.2e6"), (50, "7e15")):
        digits(mpmath.exp(n * tilted), printed)
    digits(mpmath.log(3) - mpmath.mpf(2) / 3, "0.43195")
    digits(mpmath.quad(lambda t: 3 * t**2 * mpmath.log(3 * t**2), [0, 0.5, 1]), "0.43195")
    draw, covered, wrong = generator(), 0, 0
    for _ in range(300):
        squares = np.prod(draw.standard_normal((10, 10_000)), axis=0) ** 2
        mean, error = squares.mean(), squares.std(ddof=1) / 100
        covered += abs(mean - 1) <= 1.96 * error
        wrong += abs(mean - 0.95**10) <= 3 * error
    assert 0.45 < covered / 300 < 0.68  # the ledger: 56 %
    assert wrong / 300 > 0.85  # a wrong law, accepted nearly always


def test_B8() -> None:
    """The full grid and the tilt: their second moments, their bounds, their sizes."""
    assert "B8" in shown()
    for M, n, kappa in ((4, 3, 3), (10, 5, 6)):
        relative = (1 + Fraction(kappa - 1, M)) ** n - 1
        assert relative >= Fraction(n * (kappa - 1), M)
    drawn = law(("0", "1/2"), ("2", "1/2"))  # mean 1, E x^2 = 2
    means = {(x + y) / 2: Fraction(0) for x, _ in drawn for y, _ in drawn}
    for (x, p), (y, q) in product(drawn, drawn):
        means[(x + y) / 2] += p * q
    assert sum(p * x * x for x, p in means.items()) == 1 + Fraction(1, 2)
    digits(20 * mpmath.exp(-mpmath.mpf("2e6") * mpmath.mpf("1e-4") / 8), "2.8e-10")
    digits(mpmath.mpf("0.99") ** 10, "0.9044")
    digits(mpmath.mpf("1.01") ** 10, "1.1046")

    def second(s: mpmath.mpf) -> mpmath.mpf:
        return mpmath.quad(
            lambda x: x**4 * mpmath.npdf(x) ** 2 / mpmath.npdf(x, 0, mpmath.sqrt(s)), [-mpmath.inf, 0, mpmath.inf]
        )

    digits(second(mpmath.mpf(3)), "1.448972")
    assert second(mpmath.mpf("2.9")) > second(mpmath.mpf(3)) < second(mpmath.mpf("3.1"))
    digits(100 * (mpmath.mpf("1.448972") ** 10 - 1), "4.0e3")


def test_B9() -> None:
    """‖Wx‖² is chi-square; drift and spread of the log length."""
    assert "B9" in shown()
    for N, D, mean, spread in ((1, 50, "-31.8", None), (100, 50, "-0.251", "0.503"), (100, 400, "-2.0", "1.4")):
        digits(mpmath.mpf(D) / 2 * (log_chi_square(N) - mpmath.log(N)), mean)
        if spread is not None:
            digits(mpmath.sqrt(mpmath.mpf(D) / 4 * mpmath.polygamma(1, mpmath.mpf(N) / 2)), spread)
    draw, N = generator(), 20
    x = draw.standard_normal(N)
    squares = np.array([float(np.sum((draw.standard_normal((N, N)) @ x) ** 2) / (x @ x)) for _ in range(4000)])
    assert abs(squares.mean() / N - 1) < 5 * sqrt(2 / N / 4000)
    assert abs(np.log(squares).mean() - float(log_chi_square(N))) < 5 * sqrt(float(mpmath.polygamma(1, N / 2)) / 4000)


def test_F4() -> None:
    assert "F4" in shown()
    digits(Fraction("1.1") ** 10 - 1, "1.594")
    digits(mpmath.e - 1, "1.718")
    atoms = law(("9/10", "1/2"), ("11/10", "1/2"))
    assert variance(of_product(*5 * [atoms])) == (1 + Fraction(1, 100)) ** 5 - 1
    drift = float(mpmath.quad(lambda w: mpmath.log(1 + w) / 0.6, [-0.3, 0, 0.3]))
    assert abs(drift / (-0.03 / 2) - 1) < 0.05 and drift < -0.03 / 2  # v = 0.3^2/3 = 0.03


def test_X8() -> None:
    assert "X8" in shown()
    for N, exact, rule in ((1, "1.8874", "1.6487"), (100, "1.005029", "1.005013")):
        digits(mpmath.exp(-(log_chi_square(N) - mpmath.log(N)) / 2), exact)
        digits(mpmath.exp(mpmath.mpf(1) / (2 * N)), rule)
    for N in (10**3, 10**4):  # asymptotically the same
        assert abs(-N * (log_chi_square(N) - mpmath.log(N)) - 1) < 1 / N


def test_X9() -> None:
    """The fit against E[ln chi^2_B | B >= 1], B binomial."""
    assert "X9" in shown()

    def off(N: int) -> float:
        weights = [mpmath.binomial(N, b) for b in range(1, N + 1)]
        mean = sum(w * log_chi_square(b) for b, w in enumerate(weights, 1)) / sum(weights)
        exact = mpmath.exp(-(mean - mpmath.log(N)) / 2)
        fit = mpmath.sqrt(2) * mpmath.exp(mpmath.mpf("1.2") / (max(N, 6) - mpmath.mpf("2.4")))
        return float(100 * (fit / exact - 1))

    digits(off(6), "6.7")
    found = [off(N) for N in (*range(10, 40), 50, 60, 80, 100, 150, 200)]
    digits(min(found), "-0.07")
    digits(max(found), "0.42")


def test_X10() -> None:
    """Orthogonal layers keep lengths; the Lyapunov exponents of Gaussian products, 6 of them within 5 standard errors."""
    assert "X10" in shown()
    N, draw = 6, generator()
    Q, _ = np.linalg.qr(draw.standard_normal((N, N)))
    assert abs(np.linalg.svd(np.linalg.matrix_power(Q, 1000))[1] - 1).max() < 1e-11
    exponents = [(log_chi_square(N - k + 1) - mpmath.log(N)) / 2 for k in range(1, N + 1)]
    digits(50 * (exponents[0] - exponents[-1]), "72")
    steps = 4000
    logs, frame = np.zeros((steps, N)), np.eye(N)
    for step in range(steps):
        frame, R = np.linalg.qr(draw.standard_normal((N, N)) / sqrt(N) @ frame)
        logs[step] = np.log(abs(np.diag(R)))
    for k, wanted in enumerate(exponents):
        error = logs[:, k].std(ddof=1) / sqrt(steps)
        assert abs(logs[:, k].mean() - float(wanted)) < 5 * error
