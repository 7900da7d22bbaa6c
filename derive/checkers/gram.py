"""Polynomials as sums of weights times squares: the linear equations for the Gram matrices, and their rational solutions.

A block is a weight (a product of constraints that are >= 0) with a basis of polynomials. Zeros of the polynomial cut the bases
down to what vanishes there; what is left has solutions inside the cone, where there are any, so that they may be rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mat, fmpq_mpoly

from derive.checkers.semidefinite import interior_point
from derive.kernel.budget import spend
from derive.kernel.ratio import fraction

MOST_UNKNOWNS = 420
DENOMINATORS = (1, 2, 6, 60, 2520, 10**5, 10**8)

Exponents = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """``weight`` times the squares of combinations of ``basis``; ``factors`` are the constraints in the weight, by number."""

    factors: tuple[int, ...]
    weight: fmpq_mpoly
    basis: tuple[fmpq_mpoly, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """coefficient times weight of the block times root squared."""

    coefficient: Fraction
    factors: tuple[int, ...]
    root: fmpq_mpoly


def vanishing(basis: Sequence[fmpq_mpoly], zeros: Sequence[tuple[fmpq, ...]]) -> tuple[fmpq_mpoly, ...]:
    """A basis of the combinations that vanish at all the points."""
    if not zeros or not basis:
        return tuple(basis)
    values = fmpq_mat([[polynomial(*zero) for polynomial in basis] for zero in zeros])
    return tuple(_combined(basis, row) for row in kernel_of(values))


def _combined(basis: Sequence[fmpq_mpoly], row: Sequence[fmpq]) -> fmpq_mpoly:
    total = basis[0] * 0
    for polynomial, coefficient in zip(basis, row, strict=True):
        if coefficient:
            total += polynomial * coefficient
    return total


def kernel_of(matrix: fmpq_mat) -> list[list[fmpq]]:
    """A basis of the vectors that the matrix maps to 0."""
    reduced, rank = matrix.rref()
    columns = matrix.ncols()
    pivots = [next(j for j in range(columns) if reduced[i, j] != 0) for i in range(rank)]
    found = []
    for free in (j for j in range(columns) if j not in pivots):
        row = [fmpq(0)] * columns
        row[free] = fmpq(1)
        for i, pivot in enumerate(pivots):
            row[pivot] = -reduced[i, free]
        found.append(row)
    return found


def weighted_squares(target: fmpq_mpoly, blocks: Sequence[Block]) -> list[Weighted] | None:
    """``target`` as a sum over the blocks, exactly; None where none is found."""
    blocks = [block for block in blocks if block.basis]
    unknowns = [
        (b, i, j)
        for b, block in enumerate(blocks)
        for i, j in combinations_with_replacement(range(len(block.basis)), 2)
    ]
    if not unknowns or len(unknowns) > MOST_UNKNOWNS:
        return None
    spend(20 * len(unknowns))
    solution = _affine(target, blocks, unknowns)
    if solution is None:
        return None
    particular, free = solution
    return _inside(particular, free, blocks, unknowns)


def _affine(
    target: fmpq_mpoly, blocks: Sequence[Block], unknowns: Sequence[tuple[int, int, int]]
) -> tuple[list[fmpq], list[list[fmpq]]] | None:
    """One solution of the equations for the coefficients, and a basis of the differences of solutions."""
    products = []
    for b, i, j in unknowns:
        product = blocks[b].weight * blocks[b].basis[i] * blocks[b].basis[j]
        products.append((product if i == j else 2 * product).to_dict())
    wanted = target.to_dict()
    rows = sorted({e for product in products for e in product} | set(wanted))
    if any(all(e not in product for product in products) for e in wanted):
        return None
    matrix = fmpq_mat([[product.get(e, fmpq(0)) for product in products] + [wanted.get(e, fmpq(0))] for e in rows])
    reduced, rank = matrix.rref()
    columns = len(products)
    pivots = [next(j for j in range(columns + 1) if reduced[i, j] != 0) for i in range(rank)]
    if columns in pivots:
        return None
    particular = [fmpq(0)] * columns
    for i, pivot in enumerate(pivots):
        particular[pivot] = reduced[i, columns]
    free = []
    for column in (j for j in range(columns) if j not in pivots):
        row = [fmpq(0)] * columns
        row[column] = fmpq(1)
        for i, pivot in enumerate(pivots):
            row[pivot] = -reduced[i, column]
        free.append(row)
    return particular, free


def _inside(
    particular: list[fmpq],
    free: list[list[fmpq]],
    blocks: Sequence[Block],
    unknowns: Sequence[tuple[int, int, int]],
) -> list[Weighted] | None:
    import numpy as np

    def matrices(vector: Sequence[fmpq]) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
        found = [np.zeros((len(block.basis), len(block.basis))) for block in blocks]
        for (b, i, j), value in zip(unknowns, vector, strict=True):
            found[b][i, j] = found[b][j, i] = float(fraction(value))
        return found

    if not free:
        return _decomposed(particular, blocks, unknowns)
    parts = [matrices(row) for row in free]
    directions = [np.array([part[b] for part in parts]) for b in range(len(blocks))]
    y, least = interior_point(matrices(particular), directions)
    if least < -1e-4:
        return None
    for most in DENOMINATORS:
        rounded = [Fraction(float(value)).limit_denominator(most) for value in y]
        vector = list(particular)
        for value, row in zip(rounded, free, strict=True):
            if value:
                scale = fmpq(value.numerator, value.denominator)
                vector = [entry + scale * way for entry, way in zip(vector, row, strict=True)]
        found = _decomposed(vector, blocks, unknowns)
        if found is not None:
            return found
    return None


def _decomposed(
    vector: Sequence[fmpq], blocks: Sequence[Block], unknowns: Sequence[tuple[int, int, int]]
) -> list[Weighted] | None:
    """The squares of each Gram matrix, or None where one is not positive semidefinite."""
    grams = [[[fmpq(0)] * len(block.basis) for _ in block.basis] for block in blocks]
    for (b, i, j), value in zip(unknowns, vector, strict=True):
        grams[b][i][j] = grams[b][j][i] = value
    found = []
    for block, gram in zip(blocks, grams, strict=True):
        squares = _squares(gram)
        if squares is None:
            return None
        found += [Weighted(fraction(pivot), block.factors, _combined(block.basis, row)) for pivot, row in squares]
    return found


def _squares(gram: list[list[fmpq]]) -> list[tuple[fmpq, list[fmpq]]] | None:
    """gram = sum of pivot row^T row by elimination; None where a pivot is negative, or 0 with a row that is not."""
    size, found = len(gram), []
    gram = [list(row) for row in gram]
    for k in range(size):
        pivot = gram[k][k]
        if pivot < 0 or (pivot == 0 and any(gram[k][j] != 0 for j in range(k, size))):
            return None
        if pivot == 0:
            continue
        row = [gram[k][j] / pivot if j >= k else fmpq(0) for j in range(size)]
        found.append((pivot, row))
        for i in range(k + 1, size):
            for j in range(k + 1, size):
                gram[i][j] -= pivot * row[i] * row[j]
    return found
