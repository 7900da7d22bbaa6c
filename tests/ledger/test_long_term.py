"""The numbers of the claims on long-term dependencies, recomputed by a second route. One test for each claim; experiments are run
anew with NumPy's tanh and another seed, and only the printed intervals are asserted."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
from recomputed import digits, exact, generator, power, spectral_norm
from recomputed import shown as shown_by

from derive.binomial import clopper_pearson


def shown() -> frozenset[str]:
    return shown_by("long-term")


def test_E5() -> None:
    """The sum over time against the complex step; every term within C q^(T-k); samples 609, 6.8e4, 9.9e12 for q = .9, .8, .5 at lag 20."""
    assert "E5" in shown()
    w, T = 0.8, 60

    def run(weight: complex) -> list[complex]:
        states = [0j]
        for t in range(1, T + 1):
            states.append(np.tanh(weight * states[-1] + np.cos(t) / 2))
        return states

    states = np.array(run(w)).real
    slopes = 1 - states**2
    terms = [np.prod(w * slopes[k + 1 :]) * slopes[k] * states[k - 1] for k in range(1, T + 1)]
    derivative = run(w + 1e-30j)[-1].imag / 1e-30
    assert abs(sum(terms) / derivative - 1) < 1e-12
    assert all(abs(term) <= w ** (T - k) for k, term in enumerate(terms, 1))
    for q, samples in (("0.9", "609"), ("0.8", "6.8e4"), ("0.5", "9.9e12")):
        digits(9 * mpmath.mpf(q) ** -40, samples)


def test_E6() -> None:
    """The counter: a change of any input changes the end by as much. An orthogonal matrix keeps the length of gradients."""
    assert "E6" in shown()
    inputs = [Fraction(k * k % 7) for k in range(40)]
    for k in (0, 20, 39):
        changed = [u + (i == k) for i, u in enumerate(inputs)]
        assert sum(changed) - sum(inputs) == 1
    Q, _ = np.linalg.qr(generator().normal(size=(6, 6)))
    g = generator(1).normal(size=6)
    assert abs(np.linalg.norm(np.linalg.matrix_power(Q.T, 500) @ g) / np.linalg.norm(g) - 1) < 1e-10


def _success(lengths: tuple[int, ...], runs: int, updates: int, seed: int) -> list[int]:
    """The task of the ledger, one length after the other, Gaussian noise, NumPy's tanh."""
    draw, found = generator(seed), []
    for T in lengths:
        w, learned, right = np.full(runs, 0.5), np.zeros((2, 3, runs)), np.zeros(runs)
        everyone = np.arange(runs)
        for update in range(updates):
            kind = draw.integers(0, 2, runs)
            target = (2 * kind - 1) * 0.8
            inputs = draw.normal(0, 0.2, (T, runs))
            inputs[:3] = learned[kind, :, everyone].T
            x = [np.zeros(runs)]
            for u in inputs:
                x.append(np.tanh(w * x[-1] + u))
            back, slope = 2 * (x[-1] - target), np.zeros(runs)
            for t in range(T, 0, -1):
                back = back * (1 - x[t] ** 2)
                slope += back * x[t - 1]
                if t <= 3:
                    learned[kind, t - 1, everyone] -= 0.1 * back
                back = back * w
            w = w - 0.1 * slope
            right += (x[-1] * target > 0) * (update >= updates - 500)
        found.append(int((right >= 475).sum()))
    return found


def test_E8() -> None:
    """40 seeds, 4000 updates: T = 5 in [91, 100] %, T = 20 in [11, 39] %; at T = 10 most runs succeed. The intervals of [80, 98] % and ours meet."""
    assert "E8" in shown()
    assert "E9" in shown()
    five, ten, twenty = _success((5, 10, 20), 40, 4000, 4)
    assert five >= 0.91 * 40
    assert 0.11 <= twenty / 40 <= 0.39
    low, high = clopper_pearson(ten, 40)
    assert low <= Fraction(98, 100)
    assert high >= Fraction(80, 100)


def test_E10() -> None:
    """Ten orthogonal layers: ratio 1.000000. Ten sigmoid layers of width 32, variance 1/N: about 4.5e-7."""
    assert "E10" in shown()
    draw, product = generator(2), np.eye(32)
    for _ in range(10):
        product = np.linalg.qr(draw.normal(size=(32, 32)))[0] @ product
    digits(spectral_norm(product), "1.000000")
    ratios = []
    for _ in range(50):
        h, jacobian = draw.normal(size=32), np.eye(32)
        for _ in range(10):
            W = draw.normal(size=(32, 32)) / np.sqrt(32)
            h = 1 / (1 + np.exp(-W @ h))
            jacobian = np.diag(h * (1 - h)) @ W @ jacobian
        g = draw.normal(size=32)
        ratios.append(np.linalg.norm(jacobian.T @ g) / np.linalg.norm(g))
    assert 2e-7 < np.median(ratios) < 9e-7


def test_E11() -> None:
    """The bias of a cell collects T terms; 0 of 12 has the exact upper limit 26 %."""
    assert "E11" in shown()
    f, total = Fraction(9, 10), Fraction(0)
    for _ in range(20):
        total = f * total + 1
    digits(float(total), "8.784")
    digits(float(f**19), ".1351")
    assert clopper_pearson(0, 12)[0] == 0
    digits(float(clopper_pearson(0, 12)[1]), ".26")


def test_X1() -> None:
    """|(DW)^30| = 2.7e5 although W^2 = 0; random products stay below (gamma sigma)^t."""
    assert "X1" in shown()
    W = exact([["3/2", "-3/2"], ["3/2", "-3/2"]])
    assert power(W, 2) == exact([[0, 0], [0, 0]])
    digits(spectral_norm(power(exact([["3/2", "-3/2"], [0, 0]]), 30)), "2.7e5")
    draw = generator(6)
    V, product = draw.normal(size=(5, 5)), np.eye(5)
    for t in range(1, 20):
        product = np.diag(draw.uniform(-0.25, 0.25, 5)) @ V @ product
        assert spectral_norm(product) <= (spectral_norm(V) / 4) ** t * (1 + 1e-12)


def test_X2() -> None:
    """[[0, 2], [0, 0]]: largest singular value 2, square 0."""
    assert "X2" in shown()
    N = exact([[0, 2], [0, 0]])
    digits(spectral_norm(N), "2.000")
    assert power(N, 2) == exact([[0, 0], [0, 0]])


def test_X17() -> None:
    """[[.5, 10], [0, .5]]: e_2 is separated 20 times as far as the eigenvector after one step."""
    assert "X17" in shown()
    J = np.array([[0.5, 10], [0, 0.5]])
    digits(np.linalg.norm(J @ [0, 1]) / np.linalg.norm(J @ [1, 0]), "20.02")
    assert max(abs(np.linalg.eigvals(J))) == 0.5
    S = generator(8).normal(size=(6, 6))
    S = S + S.T
    assert abs(spectral_norm(S) / max(abs(np.linalg.eigvalsh(S))) - 1) < 1e-12
