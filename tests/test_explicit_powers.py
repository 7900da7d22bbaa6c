"""Matrices of numbers: powers for every exponent, their certificates; letters of small size entry by entry; sums of powers; what
equations among the hypotheses make of a matrix."""

from __future__ import annotations

import random

import pytest
from flint import fmpq, fmpq_mat

from derive.checkers import search
from derive.core import Status
from derive.formula.claims import read_claim
from derive.kernel import admit
from derive.kernel.diagonalisation import diagonalises, is_invertible, spectral_parts

TRUE = [
    (r"A^2 - \operatorname{tr}(A) A + \det(A) I = 0", "A in R^{2x2}"),
    (r"\det(A) = \frac{1}{2} \left((\operatorname{tr}(A))^2 - \operatorname{tr}(A^2)\right)", "A in R^{2x2}"),
    (
        r"\nabla_x \left(x^\top \begin{pmatrix} 1 & 2 \\ 0 & 3 \end{pmatrix} x\right) = \begin{pmatrix} 2 & 2 \\ 2 & 6 \end{pmatrix} x",
        "x in R^2",
    ),
    (
        r"\begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}^t = \frac{1}{2} \begin{pmatrix} 3^t + 1 & 3^t - 1 \\ 3^t - 1 & 3^t + 1 \end{pmatrix}",
        "t in N_0",
    ),
    (
        r"\begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}^t = 2^{t-1} \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}",
        "t in N",
    ),
    (r"\operatorname{tr}\left(\begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}^t\right) = 3^t + 1", "t in N_0"),
    (r"\begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}^{2 t} = I", "t in N_0"),
    (r"\left\|\begin{pmatrix} a \\ b \end{pmatrix}\right\|_1 = |a| + |b|", ""),
    (r"\left\|\begin{pmatrix} a & b \\ c & d \end{pmatrix}\right\|_F^2 = a^2 + b^2 + c^2 + d^2", ""),
    (r"(I - A) \sum_{k=0}^{n} A^k = I - A^{n+1}", "A in R^{d x d}; n in N_0"),
    (r"(I - A) \sum_{k=1}^{n} A^k = A - A^{n+1}", "A in R^{d x d}; n in N"),
    (r"\sum_{k=0}^{n-1} A^k = (I - A)^{-1} (I - A^n)", "A in R^{d x d}; n in N"),
    (r"B = C", r"A, B, C in R^{n x n}; A B = A C; \det(A) \ne 0"),
    (r"A = 0", "A in R^{n x n} symmetric; A^2 = 0"),
    (r"A = 0", r"A in R^{m x n}; A^\top A = 0"),
    (r"\operatorname{tr}(A B A B) = \operatorname{tr}(A^2 B^2)", "A, B in R^{n x n} symmetric; A B = B A"),
    (r"(A + B) (A - B) = A^2 - B^2", "A, B in R^{n x n}; A B = B A"),
    (r"\|x - y\| > 0", "x, y in R^n; x != y"),
    (
        r"\|X v - y\|^2 > \|X w - y\|^2",
        r"X in R^{n x d}; v, w in R^d; y in R^n; X^\top X w = X^\top y; v != w; \det(X^\top X) \ne 0",
    ),
]

FALSE = [
    (r"A^2 - \operatorname{tr}(A) A - \det(A) I = 0", "A in R^{2x2}"),
    (r"\det(A) = \frac{1}{2} (\operatorname{tr}(A))^2", "A in R^{2x2}"),
    (
        r"\begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}^t = \frac{1}{2} \begin{pmatrix} 3^t + 1 & 3^t - 1 \\ 3^t - 1 & 3^t - 1 \end{pmatrix}",
        "t in N_0",
    ),
    # 0^0 = 1: wrong at t = 0 alone
    (
        r"\begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}^t = 2^{t-1} \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}",
        "t in N_0",
    ),
    (r"(I - A) \sum_{k=0}^{n} A^k = I - A^{n}", "A in R^{d x d}; n in N_0"),
    (r"\sum_{k=0}^{n} A^k = (I - A)^{-1} (I - A^n)", "A in R^{d x d}; n in N"),
    (r"B = C", "A, B, C in R^{n x n}; A B = A C"),
    (r"B = C", "A, B, C in R^{n x n}; A B = C A"),
    (r"A = 0", "A in R^{n x n}; A^2 = 0"),
    (r"\operatorname{tr}(A B A B) = \operatorname{tr}(A^2 B^2)", "A, B in R^{n x n} symmetric"),
    (r"\|x - y\| > 0", "x, y in R^n"),
    (r"\|X v - y\|^2 > \|X w - y\|^2", r"X in R^{n x d}; v, w in R^d; y in R^n; X^\top X w = X^\top y; v != w"),
]


def statuses(latex: str, given: str) -> set[Status]:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    evidence = [e for e in (found.proof, found.refutation, found.support) if e is not None]
    return {admit(claim, e, found.witness).status for e in evidence}


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_claims_are_proved(latex: str, given: str) -> None:
    assert statuses(latex, given) == {Status.PROVED}


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_false_claims_are_refuted(latex: str, given: str) -> None:
    assert statuses(latex, given) == {Status.REFUTED}


def unimodular(d: int, seed: int) -> fmpq_mat:
    rng = random.Random(seed)
    low = fmpq_mat([[rng.randint(-1, 1) if j < i else int(i == j) for j in range(d)] for i in range(d)])
    up = fmpq_mat([[rng.randint(-1, 1) if j > i else int(i == j) for j in range(d)] for i in range(d)])
    return low * up


def diagonal(entries: list[int]) -> fmpq_mat:
    return fmpq_mat([[x if i == j else 0 for j in range(len(entries))] for i, x in enumerate(entries)])


@pytest.mark.parametrize("seed", range(20))
def test_certificates_of_diagonalisations(seed: int) -> None:
    V, D = unimodular(5, seed), diagonal([seed % 3, 1, 2, 2, -3])
    W = V * D * V.inv()
    assert diagonalises(W, V, D)
    broken = fmpq_mat(V)
    broken[2, 3] += 1
    assert not diagonalises(W, broken, D) or W * broken == broken * D
    assert not diagonalises(W + diagonal([1, 0, 0, 0, 0]), V, D)
    assert not diagonalises(W, fmpq_mat(5, 5), D)  # W 0 = 0 D, but 0 is not invertible
    assert not diagonalises(W, V, V)


def test_a_determinant_that_a_prime_divides_is_looked_at_again() -> None:
    assert is_invertible(diagonal([4611686018427388039, 4611686018427387761]))
    assert not is_invertible(fmpq_mat([[1, 2], [2, 4]]))


@pytest.mark.parametrize("seed", range(10))
def test_spectral_parts_give_every_power(seed: int) -> None:
    V = unimodular(4, seed)
    W = V * diagonal([2, -1, 0, 2]) * V.inv()
    parts = spectral_parts(W)
    assert parts is not None
    power = diagonal([1] * 4)
    for t in range(6):
        total = fmpq_mat(4, 4)
        for x, P in parts:
            total += P * (x**t if t else fmpq(1))
        assert total == power
        power = power * W


def test_what_has_no_spectral_parts() -> None:
    assert spectral_parts(fmpq_mat([[1, 1], [0, 1]])) is None
    assert spectral_parts(fmpq_mat([[1, 1], [1, 0]])) is None
