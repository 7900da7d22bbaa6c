"""Gradients and Hessians: true identities are proved, near misses are refuted, ties and corners are refused."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from flint import arb_mat, fmpq_mat

from derive.checkers import search
from derive.checkers.sampling import sample
from derive.core import Matrix, Status
from derive.formula.claims import read_claim
from derive.kernel import admit
from derive.kernel.balls import Undefined, compute
from derive.kernel.facts import facts_of
from derive.kernel.gradient import without_gradients

QUADRATIC = "A in R^{n x n}; b, x in R^n"
LEAST_SQUARES = "X in R^{n x d}; w in R^d; y in R^n; lambda > 0"

TRUE = [
    (r"\nabla_x (b^\top x) = b", QUADRATIC),
    (r"\nabla_x (x^\top A x) = (A + A^\top) x", QUADRATIC),
    (r"\nabla_x (x^\top A x + b^\top x) = 2 A x + b", QUADRATIC + "; A^T = A"),
    (r"\nabla_x (x^\top A x + b^\top x) = 2 A x + b", "A in R^{n x n} symmetric; b, x in R^n"),
    (r"\nabla_x^2 (x^\top A x + b^\top x) = A + A^\top", QUADRATIC),
    (r"\nabla_x (x^\top A x)^2 = 2 (x^\top A x) (A + A^\top) x", QUADRATIC),
    (r"\nabla_x \|A x - b\|^2 = 2 A^\top (A x - b)", QUADRATIC),
    (r"\nabla_x \|A x - b\| = \frac{A^\top (A x - b)}{\|A x - b\|}", QUADRATIC),
    (r"\nabla_x \|x\|^3 = 3 \|x\| x", QUADRATIC),
    (r"\nabla_x \langle b, x \rangle = b", QUADRATIC),
    (r"\nabla_x \ln(1 + e^{-b^\top x}) = -\frac{1}{1 + e^{b^\top x}} b", QUADRATIC),
    (r"\nabla_x^2 \ln(1 + e^{b^\top x}) = \frac{e^{b^\top x}}{(1 + e^{b^\top x})^2} b b^\top", QUADRATIC),
    (r"\nabla_w^2 \left(\|X w - y\|^2 + \lambda \|w\|^2\right) = 2 X^\top X + 2 \lambda I", LEAST_SQUARES),
    (
        r"\nabla_x \frac{x^\top A x}{x^\top x} = \frac{(A + A^\top) x}{x^\top x} - \frac{2 (x^\top A x) x}{(x^\top x)^2}",
        QUADRATIC,
    ),
    (
        r"\nabla_\mu \left(-\frac{1}{2} (x - \mu)^\top S^{-1} (x - \mu)\right) = S^{-1} (x - \mu)",
        r"S in R^{n x n} positive definite; x in R^n; \mu in R^n",
    ),
    (r"\nabla_X \operatorname{tr}(X) = I", "X in R^{n x n}"),
    (r"\nabla_X \operatorname{tr}(X^\top A X) = (A + A^\top) X", "A in R^{n x n}; X in R^{n x m}"),
    (r"\nabla_X \operatorname{tr}(A X B) = A^\top B^\top", "A in R^{p x n}; X in R^{n x m}; B in R^{m x p}"),
    (r"\nabla_X \|X\|_F^2 = 2 X", "X in R^{n x m}"),
    (r"\nabla_X (a^\top X b) = a b^\top", "X in R^{n x m}; a in R^n; b in R^m"),
    (r"\nabla_X (a^\top X^{-1} b) = -X^{-\top} a b^\top X^{-\top}", "X in R^{n x n}; a, b in R^n"),
    (r"\nabla_X \det(X) = \det(X) X^{-\top}", "X in R^{n x n}"),
    (r"\nabla_X \ln \det(X) = X^{-1}", "X in R^{n x n} positive definite"),
    (r"\nabla_X \operatorname{tr}(X^2) = 2 X^\top", "X in R^{n x n}"),
    (r"\nabla_X \operatorname{tr}(X^3) = 3 (X^2)^\top", "X in R^{n x n}"),
]

FALSE = [
    (r"\nabla_x (x^\top A x) = 2 A x", QUADRATIC),
    (r"\nabla_x (x^\top A x) = (A + A^\top) x + b", QUADRATIC),
    (r"\nabla_x^2 (x^\top A x) = 2 A", QUADRATIC),
    (r"\nabla_X \operatorname{tr}(A X) = A", "A, X in R^{n x n}"),
    (r"\nabla_X (a^\top X b) = b a^\top", "X in R^{n x n}; a, b in R^n"),
    (r"\nabla_X \ln \det(X) = X^{-1}", "X in R^{n x n}"),
    (r"\nabla_X (a^\top X^{-1} b) = -X^{-1} a b^\top X^{-1}", "X in R^{n x n}; a, b in R^n"),
    (r"\nabla_x \ln(1 + e^{-b^\top x}) = \frac{1}{1 + e^{b^\top x}} b", QUADRATIC),
    (r"\nabla_x^2 e^{b^\top x} = e^{b^\top x} b^\top b I", QUADRATIC),
    (r"\nabla_x \|A x - b\|^2 = 2 A (A x - b)", QUADRATIC),
    (r"\nabla_x |b^\top x| = b", "b, x in R^n"),
]

REFUSED = [
    # the letter is tied to another one of the body
    (r"\nabla_x (b^\top x) = b", "b, x in R^n; b = 2 x"),
    (r"\nabla_x (b^\top x) = 2 b", "b, x in R^n; b = 2 x"),
    # the entries of the letter are tied to each other
    (r"\nabla_X \operatorname{tr}(A X) = A^\top", "A in R^{n x n}; X in R^{n x n} symmetric"),
    (r"\nabla_X \operatorname{tr}(A X) = \frac{1}{2} (A + A^\top)", "A in R^{n x n}; X in R^{n x n} symmetric"),
    (r"\nabla_X \operatorname{tr}(X^2) = 2 X", "X in R^{n x n} diagonal"),
    # complex letters: the norm is no polynomial
    (r"\nabla_x \|A x\|^2 = 2 A^\top A x", "A in C^{n x n}; x in R^n"),
    # a spectral norm
    (r"\nabla_X \|X\|^2 = 2 X", "X in R^{n x n}"),
]


def statuses(latex: str, given: str) -> set[Status]:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    evidence = [e for e in (found.proof, found.refutation, found.support) if e is not None]
    return {admit(claim, e, found.witness).status for e in evidence}


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_identities_are_proved(latex: str, given: str) -> None:
    assert statuses(latex, given) == {Status.PROVED}


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_near_misses_are_refuted(latex: str, given: str) -> None:
    assert statuses(latex, given) == {Status.REFUTED}


@pytest.mark.parametrize(("latex", "given"), REFUSED)
def test_what_has_no_free_gradient_is_left_alone(latex: str, given: str) -> None:
    assert statuses(latex, given) == set()


def number_of(value: object) -> float:
    return float(value[0, 0]) if isinstance(value, fmpq_mat | arb_mat) else float(value)  # type: ignore[arg-type,index]


@pytest.mark.parametrize(
    ("latex", "given"),
    [pair for pair in TRUE if r"\nabla^2" not in pair[0] and "_x^2" not in pair[0] and "_w^2" not in pair[0]],
)
def test_gradients_agree_with_difference_quotients(latex: str, given: str) -> None:
    """(f(x + h e) - f(x - h e)) / 2h in exact rational points, for each entry, independent of the rules."""
    claim = read_claim(latex, given)
    body, letter = claim.lhs.args
    slope = without_gradients(claim.lhs, facts_of(claim.scope), checked=False)
    step, checked = Fraction(1, 10**5), 0
    for point in sample(claim.scope, 24, seed=random.Random(latex).randrange(1000)):
        values = dict(point)
        base = values[str(letter.value)]
        assert isinstance(base, Matrix)
        try:
            found = compute(slope, values, 256)
            for i, row in enumerate(base.rows):
                for j in range(len(row)):
                    up, down = (
                        compute(body, {**values, str(letter.value): moved(base, i, j, h)}, 256) for h in (step, -step)
                    )
                    quotient = (number_of(up) - number_of(down)) / float(2 * step)
                    entry = float(found[i, j]) if isinstance(found, fmpq_mat | arb_mat) else float(i == j)
                    assert abs(quotient - entry) <= 1e-4 * (1 + abs(entry))
        except Undefined:
            continue
        checked += 1
    assert checked >= 3


def moved(matrix: Matrix, i: int, j: int, h: Fraction) -> Matrix:
    rows = [list(row) for row in matrix.rows]
    rows[i][j] = rows[i][j] + h  # type: ignore[operator]
    return Matrix(tuple(map(tuple, rows)))
