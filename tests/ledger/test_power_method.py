"""The numbers of A6 to A9 and A11 as the topic `power-method` tells them, by a second route: Fractions, NumPy, mpmath, SymPy."""

from __future__ import annotations

import random
from fractions import Fraction
from math import sqrt

import mpmath
import numpy as np
import sympy
from recomputed import Rows, digits, exact, generator, power, shown, times

DEFAULT = exact([[3, 1, 1], [1, 3, 2], [1, 1, 2]])


def rayleigh(W: Rows, x: Rows) -> Fraction:
    (row,) = [[entry for (entry,) in x]]
    image = times(W, x)
    length = sum((a * a for a in row), Fraction(0))
    return sum((a * b for a, (b,) in zip(row, image, strict=True)), Fraction(0)) / length


def test_A6() -> None:
    """W^t = λ^t P + R^t; the eigenvalues of R; what an output reading and a column reading leave."""
    assert "A6" in shown("power-method")
    z = sympy.Symbol("z")
    W = sympy.Matrix(3, 3, [3, 1, 1, 1, 3, 2, 1, 1, 2])
    P = sympy.Matrix([4, 5, 3]) * sympy.Matrix([[1, 1, 1]]) / 12
    R = W - 5 * P
    for t in range(1, 12):
        assert W**t == 5**t * P + R**t
    assert sympy.roots(W.charpoly(z).as_expr(), z) == {5: 1, 2: 1, 1: 1}
    assert sympy.roots(R.charpoly(z).as_expr(), z) == {0: 1, 2: 1, 1: 1}
    A = exact([[2, 1], [0, 1]])
    (row,) = times(exact([[1, 0]]), power(A, 100))
    assert row == [2**100, 2**100 - 1]
    digits(float(row[1] ** 2 / (row[0] ** 2 + row[1] ** 2)), "0.500000000000")
    assert times(exact([[0, 1]]), power(A, 100)) == exact([[0, 1]])
    assert times(power(A, 100), exact([[0], [1]])) == exact([[2**100 - 1], [1]])


def test_A7() -> None:
    """Rates .5000 and .2500 for the eigenvalues 2, 1, 1/2; the counterexamples; rounding cures a zero overlap in 40 to 60
    steps, exact arithmetic never does."""
    assert "A7" in shown("power-method")
    half, ones = Fraction(1, 2), exact([[1], [1], [1]])
    for W, rate in (
        (exact([[2, 0, 0], [0, 1, 0], [0, 0, half]]), ".2500"),
        (exact([[2, 1, 0], [0, 1, 1], [0, 0, half]]), ".5000"),
    ):
        errors = [abs(rayleigh(W, times(power(W, t), ones)) - 2) for t in (19, 20)]
        digits(float(errors[1] / errors[0]), rate)
    two = exact([[1], [1]])
    assert abs(rayleigh(exact([[1, 0], [0, -2]]), times(power(exact([[1, 0], [0, -2]]), 40), two)) + 2) < Fraction(
        1, 10**20
    )
    assert {tuple(map(tuple, times(power(exact([[1, 0], [0, -1]]), t), two))) for t in range(9)} == {
        ((1,), (1,)),
        ((1,), (-1,)),
    }
    x = exact([[1], [0], [-1]])
    for t in range(30):
        assert sum((entry for (entry,) in times(power(DEFAULT, t), x)), Fraction(0)) == 0
    starts = [(1, 0, -1), (1, -2, 1), (2, -1, -1), (3, -1, -2), (1, 1, -2)]
    assert all(40 <= _cured(start) <= 60 for start in starts)


def _cured(start: tuple[int, ...]) -> int:
    """Steps until the float iterate points within 45 degrees of (4, 5, 3), with NumPy's own arithmetic."""
    W, x, v = np.array(DEFAULT, dtype=float), np.array(start, dtype=float), np.array([4, 5, 3]) / sqrt(50)
    assert x.sum() == 0.0
    for t in range(1, 200):
        x = W @ x
        x /= np.linalg.norm(x)
        if (x @ v) ** 2 > 0.5:
            return t
    return 200


def test_A8() -> None:
    """The two orders agree exactly if Q^2 commutes with Λ^t: random 3 by 3 matrices of both kinds."""
    assert "A8" in shown("power-method")
    draw = generator(8)
    for _ in range(200):
        Q, values = np.linalg.qr(draw.normal(size=(3, 3)))[0], draw.normal(size=3)
        mirror = np.eye(3) - 2 * np.outer(Q[0], Q[0])
        for orthogonal, agree in ((Q, False), (mirror, True)):
            L = np.diag(values**3)
            commute = np.abs(orthogonal @ orthogonal @ L - L @ orthogonal @ orthogonal).max()
            apart = np.abs(orthogonal @ L @ orthogonal.T - orthogonal.T @ L @ orthogonal).max()
            assert (commute < 1e-12) == (apart < 1e-12) == agree
    start = np.array([1.0, 1.0])
    Q = np.array([[1, -1], [1, 1]]) / sqrt(2)
    digits(float(np.linalg.norm(Q @ np.diag([1, 0]) @ Q.T @ start)), "1.41421356")
    assert np.linalg.norm(Q.T @ np.diag([1, 0]) @ Q @ start) < 1e-15


def test_A9() -> None:
    """Symmetric exactly if there is a real orthogonal Q; a column turned changes det Q and not W; coordinates project."""
    assert "A9" in shown("power-method")
    draw = generator(9)
    for _ in range(50):
        B = draw.normal(size=(4, 4))
        values, Q = np.linalg.eigh(B + B.T)
        assert np.abs(Q @ np.diag(values) @ Q.T - (B + B.T)).max() < 1e-12
        turned = Q * np.array([-1, 1, 1, 1])
        assert np.abs(turned @ np.diag(values) @ turned.T - (B + B.T)).max() < 1e-12
        assert abs(np.linalg.det(turned) + np.linalg.det(Q)) < 1e-12
        h = draw.normal(size=4)
        assert np.abs(Q.T @ h - [Q[:, i] @ h for i in range(4)]).max() < 1e-13
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    assert (turn @ turn.T == turn.T @ turn).all() and not (turn == turn.T).all()
    assert np.abs(np.linalg.eigvals(turn).real).max() < 1e-15
    assert round(np.linalg.det(np.array([[0, 1], [1, 0]]))) == -1


def test_A11() -> None:
    """The share of coordinate i is at most |c_i/c_1| |λ_i/λ_1|^t; diag(3, 2): 2.7e-11 after 60 steps, 1.2e18 itself."""
    assert "A11" in shown("power-method")
    draw = random.Random(11)
    for _ in range(100):
        values = sorted((Fraction(draw.randint(-9, 9), 4) for _ in range(4)), key=abs, reverse=True)
        c = [Fraction(draw.randint(1, 9)) for _ in range(4)]
        if abs(values[0]) == abs(values[1]) or values[-1] == 0:
            continue
        for t in (1, 5, 20):
            squares = [(a * b**t) ** 2 for a, b in zip(c, values, strict=True)]
            for i in range(1, 4):
                assert squares[i] / sum(squares) <= (c[i] / c[0]) ** 2 * (values[i] / values[0]) ** (2 * t)
    with mpmath.workdps(40):
        digits(mpmath.mpf(2) ** 60 / mpmath.sqrt(mpmath.mpf(9) ** 60 + mpmath.mpf(4) ** 60), "2.7e-11")
    digits(2**60, "1.2e18")
