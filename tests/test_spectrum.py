"""Eigenvalues, norms and diagonalisability of explicit matrices."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from flint import acb, acb_mat, arb, arb_mat, ctx, fmpq, fmpq_mat, fmpq_poly
from hypothesis import given
from hypothesis import strategies as st

from derive.kernel.spectrum import (
    ball_condition,
    ball_norm,
    charpoly,
    distinct_eigenvalues,
    eigenvalue,
    eigenvalues,
    eigenvector_condition,
    exact_squared_radius,
    is_diagonalisable,
    jordan_index,
    minimal_polynomial,
    real_embedding,
    spectral_norm,
    spectral_radius,
)


def rational(rows: list[list[str | int]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(*map(int, str(entry).split("/"))) for entry in row] for row in rows])


def diagonal(*entries: int) -> fmpq_mat:
    return fmpq_mat([[entry if i == j else 0 for j in range(len(entries))] for i, entry in enumerate(entries)])


def gaussian(d: int, seed: int = 1) -> fmpq_mat:
    """A matrix of 53-bit floats."""
    draw = random.Random(seed)
    return fmpq_mat(d, d, [fmpq(*(draw.gauss(0, 1) / d**0.5).as_integer_ratio()) for _ in range(d * d)])


NON_NORMAL = rational([["19/10", "-7/10"], ["7/5", "-1/5"]])
TRANSIENT = rational([["9/10", 100], [0, "4/5"]])
JORDAN = fmpq_mat([[2, 1, 0], [0, 2, 0], [0, 0, 2]])
ROTATION = fmpq_mat([[0, -1], [1, 0]])
GOLDEN = fmpq_mat([[1, 1], [1, 0]])


def near(ball: arb, text: str) -> bool:
    with ctx.workprec(128):
        return bool(abs(ball - arb(text)) < arb("1e-9"))


def test_ledger_numbers() -> None:
    assert exact_squared_radius(NON_NORMAL, 64) == fmpq(36, 25)
    assert near(spectral_radius(NON_NORMAL, 64), "1.2")
    assert near(spectral_norm(NON_NORMAL**10, 64), "19.5772104644")
    assert near(spectral_norm(TRANSIENT**6, 64), "269.2976519722")
    # Unit eigenvectors (1,1) and (1,2): 3 + sqrt 10; times (6/5)^10 that is the 38.2 of the bound.
    kappa = eigenvector_condition(NON_NORMAL, 64)
    assert kappa is not None
    assert near(kappa, "6.16227766017")
    assert near(kappa * arb(fmpq(6, 5)) ** 10, "38.1551990334064")


def test_order_of_eigenvalues() -> None:
    order = eigenvalues(diagonal(1, -3, 2, 3, 0, -3), 64)
    assert [(round(float(root.real.mid())), count) for root, count in order] == [
        (3, 1),
        (-3, 2),
        (2, 1),
        (1, 1),
        (0, 1),
    ]
    upper, lower = eigenvalues(ROTATION, 64)
    assert upper[0].imag == 1
    assert lower[0].imag == -1
    assert upper[0].real == 0
    values = [eigenvalue(diagonal(1, -3, 2, 3, 0, -3), k, 64)[1] for k in range(1, 7)]
    assert values == [(3, 0), (-3, 0), (-3, 0), (2, 0), (1, 0), (0, 0)]
    assert eigenvalue(ROTATION, 2, 64)[1] == (0, -1)
    for k in (0, 3):
        with pytest.raises(ValueError, match="number"):
            eigenvalue(ROTATION, k, 64)


def test_an_order_that_is_not_certain_is_refused() -> None:
    # 1 and a primitive fifth root of unity have the same modulus, which balls cannot tell.
    cyclic = fmpq_mat([[int(j == (i + 1) % 5) for j in range(5)] for i in range(5)])
    with pytest.raises(ValueError, match="not certain"):
        eigenvalue(cyclic, 1, 64)
    assert near(spectral_radius(cyclic, 64), "1")
    assert len(eigenvalues(cyclic, 64)) == 5


def test_multiplicities_are_exact() -> None:
    assert [count for _, count in eigenvalues(JORDAN, 64)] == [3]
    nearly = rational([["3/10", 1], ["-1/100", "1/10"]])
    ((root, count),) = eigenvalues(nearly, 64)
    assert count == 2
    assert root.imag == 0
    # The dyadic neighbours of these decimals have a complex pair instead.
    dyadic = fmpq_mat(2, 2, [fmpq(*float(q).as_integer_ratio()) for q in (0.3, 1, -0.01, 0.1)])
    assert [count for _, count in eigenvalues(dyadic, 64)] == [1, 1]
    assert not is_diagonalisable(nearly)
    assert is_diagonalisable(dyadic)


def test_close_eigenvalues_of_different_multiplicity_are_separated() -> None:
    tiny = fmpq(1, 10**60)
    A = fmpq_mat([[fmpq(1), 0, 0], [0, fmpq(1), 0], [0, 0, 1 + tiny]])
    (first, one), (second, two) = eigenvalues(A, 64)
    assert (one, two) == (1, 2)
    assert not first.overlaps(second)


def test_diagonalisable_or_not() -> None:
    assert is_diagonalisable(NON_NORMAL)
    assert is_diagonalisable(diagonal(1, 1, 1))
    assert is_diagonalisable(ROTATION)
    assert not is_diagonalisable(JORDAN)
    assert not is_diagonalisable(fmpq_mat([[0, 2], [0, 0]]))
    assert distinct_eigenvalues(GOLDEN)
    assert not distinct_eigenvalues(diagonal(1, 1))


def test_jordan_blocks_and_minimal_polynomials() -> None:
    assert minimal_polynomial(JORDAN) == fmpq_poly([4, -4, 1])
    assert minimal_polynomial(GOLDEN) == fmpq_poly([-1, -1, 1])
    assert jordan_index(JORDAN, fmpq_poly([-2, 1])) == 2
    assert jordan_index(JORDAN, fmpq_poly([-3, 1])) == 0
    assert jordan_index(diagonal(2, 2), fmpq_poly([-2, 1])) == 1
    pair = fmpq_mat([[0, -1, 1, 0], [1, 0, 0, 1], [0, 0, 0, -1], [0, 0, 1, 0]])
    assert jordan_index(pair, fmpq_poly([1, 0, 1])) == 2
    with pytest.raises(ValueError, match="degree 1"):
        jordan_index(JORDAN, fmpq_poly([1]))


def test_condition_of_eigenvectors() -> None:
    for symmetric in (diagonal(1, 2, 3), diagonal(5, 5, 5), fmpq_mat([[2, 1], [1, 2]])):
        kappa = eigenvector_condition(symmetric, 64)
        assert kappa is not None
        assert kappa.overlaps(arb(1))
        assert near(kappa, "1")
    for normal in (GOLDEN, ROTATION):
        kappa = eigenvector_condition(normal, 64)
        assert kappa is not None
        assert near(kappa, "1")
    assert eigenvector_condition(JORDAN, 64) is None


@given(st.lists(st.integers(-4, 4), min_size=9, max_size=9))
def test_both_ways_to_the_condition_agree(entries: list[int]) -> None:
    """A rational spectrum done exactly, against the enclosures of the eigenvectors."""
    V = fmpq_mat(3, 3, entries)
    if V.det() == 0:
        return
    A = V * diagonal(1, 2, -3) * V.inv()
    exact = eigenvector_condition(A, 64)
    normalised = [[arb(V[i, j]) for j in range(3)] for i in range(3)]
    with ctx.workprec(200):
        lengths = [sum((normalised[i][j] ** 2 for i in range(3)), arb(0)).sqrt() for j in range(3)]
        balls = arb_mat([[normalised[i][j] / lengths[j] for j in range(3)] for i in range(3)])
        other = ball_norm(balls, 200) * ball_norm(balls.inv(), 200)
        assert exact is not None
        assert exact.overlaps(other)
        assert ball_condition(balls, 200).overlaps(other)


@given(st.lists(st.fractions(-9, 9, max_denominator=7), min_size=9, max_size=9))
def test_eigenvalues_add_up_and_multiply_to_trace_and_determinant(entries: list) -> None:
    A = fmpq_mat(3, 3, [fmpq(q.numerator, q.denominator) for q in entries])
    spectrum = eigenvalues(A, 128)
    assert sum(count for _, count in spectrum) == 3
    with ctx.workprec(128):
        total, product = acb(0), acb(1)
        for root, count in spectrum:
            total, product = total + root * count, product * root**count
        assert total.overlaps(acb(A[0, 0] + A[1, 1] + A[2, 2]))
        assert product.overlaps(acb(A.det()))
        moduli = [abs(root) for root, _ in spectrum]
        assert all(b.lower() <= a.upper() for a, b in pairwise(moduli))
        radius = spectral_radius(A, 128)
        assert radius.overlaps(moduli[0])
        assert radius.lower() <= spectral_norm(A, 128).upper()
        square = exact_squared_radius(A, 128)
        assert square is None or arb(square).sqrt().overlaps(radius)


@given(st.lists(st.fractions(-9, 9, max_denominator=7), min_size=6, max_size=6))
def test_norms_of_balls_contain_norms_of_rational_matrices(entries: list) -> None:
    A = fmpq_mat(2, 3, [fmpq(q.numerator, q.denominator) for q in entries])
    exact = spectral_norm(A, 200)
    for bits in (64, 128):
        with ctx.workprec(bits):
            balls = arb_mat(A)
        assert ball_norm(balls, bits).overlaps(exact)
    wide = arb_mat(2, 3, [arb(entry, fmpq(1, 100)) for entry in A.entries()])
    ball = ball_norm(wide, 64)
    assert ball.contains(exact)
    frobenius = sum((arb(entry) ** 2 for entry in A.entries()), arb(0)).sqrt()
    assert exact.lower() <= frobenius.upper()


def test_complex_matrices_through_the_real_embedding() -> None:
    # The squared singular values have sum 15 and product 5.
    Z = acb_mat([[acb(1, 2), acb(3)], [acb(0), acb(0, 1)]])
    assert near(ball_norm(real_embedding(Z), 128), "3.8286956697599")


def test_entries_of_very_different_size() -> None:
    with ctx.workprec(64):
        tiny = arb(2) ** -(10**6)
        assert ball_norm(arb_mat([[arb(1), tiny ** (10**6)], [tiny, arb(0)]]), 64).overlaps(arb(1))
        with pytest.raises(ValueError, match="too small"):
            ball_norm(arb_mat([[tiny]]), 64)


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        charpoly(fmpq_mat(2, 3))
    with pytest.raises(ValueError, match="128"):
        charpoly(fmpq_mat(129, 129))
    with pytest.raises(ValueError, match="bits"):
        spectral_radius(fmpq_mat([[fmpq(3) ** 4000]]), 64)
    with pytest.raises(ValueError, match="finite"):
        ball_norm(arb_mat([[arb.nan()]]), 64)


def test_a_trained_size() -> None:
    A = gaussian(64)
    radius = spectral_radius(A, 128)
    assert radius.rel_accuracy_bits() >= 50  # fifteen digits
    assert distinct_eigenvalues(A)


def test_condition_of_a_matrix_without_rational_eigenvalues() -> None:
    kappa = eigenvector_condition(gaussian(12), 64)
    assert kappa is not None
    assert kappa > 1
    with ctx.workprec(200):
        values, vectors = acb_mat(gaussian(12)).eig(right=True)
        columns = [[vectors[i, j] for i in range(12)] for j in range(12)]
        lengths = [sum((abs(entry) ** 2 for entry in column), arb(0)).sqrt() for column in columns]
        units = acb_mat([[entry / length for entry in column] for column, length in zip(columns, lengths, strict=True)])
        other = ball_norm(real_embedding(units), 200) * ball_norm(real_embedding(units.inv()), 200)
        assert len(values) == 12
        assert kappa.overlaps(other)
