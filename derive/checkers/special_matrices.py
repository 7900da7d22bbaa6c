"""Matrices at the edge of their set: zero, of rank one, nilpotent, reflections, singular semidefinite, nearly degenerate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from derive.core import Matrix

EVERY = 4
"""Every so many points the matrices are special."""

Rows = Sequence[Sequence[int | Fraction]]
Entry = Callable[[int, int], int]


def special_matrix(rows: int, columns: int, properties: tuple[str, ...], turn: int, place: int) -> Matrix | None:
    """A special matrix for this turn, or None where it is the turn of a generic one: sometimes vectors are generic beside
    special matrices. ``place`` tells letters apart."""
    if turn % EVERY != EVERY - 1 and (columns == 1 or turn % (2 * EVERY) != EVERY + 1):
        return None
    kind = turn // EVERY + (place if turn // EVERY % 2 == 0 else 0)  # at every other such turn letters are equal
    wanted = set(properties)
    if "orthogonal" in wanted:
        return _matrix(_orthogonal(rows, kind))
    if "positive_definite" in wanted:
        return _matrix(_diagonal(rows, [Fraction(1, 1000), 1, 1] if kind % 2 else [1]))
    if "invertible" in wanted:
        return _matrix(_diagonal(rows, [1, -1, 2] if kind % 2 else [1]))
    if {"symmetric", "diagonal", "positive_semidefinite"} & wanted:
        return _matrix(_diagonal(rows, ([0], [1, 0, 0], [1], [0, 2, 1])[kind % 4]))
    return _matrix(_plain(rows, columns, kind))


def _plain(rows: int, columns: int, kind: int) -> Rows:
    """0, then 1 in one corner, then everywhere 1, then 1 beside the diagonal (in the second entry of a column)."""
    choices: tuple[Entry, ...] = (
        lambda i, j: 0,
        lambda i, j: int(i == 0 and j == 0),
        lambda i, j: 1,
        lambda i, j: int(j == i + 1) if columns > 1 else int(i == 1),
        lambda i, j: -1 if i == j else 0,
    )
    entry = choices[kind % len(choices)]
    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def _diagonal(size: int, entries: Sequence[int | Fraction]) -> Rows:
    return [[entries[min(i, len(entries) - 1)] if i == j else 0 for j in range(size)] for i in range(size)]


def _orthogonal(size: int, kind: int) -> Rows:
    """The identity, a reflection, a cyclic permutation."""
    if kind % 3 == 2:
        return [[int(j == (i + 1) % size) for j in range(size)] for i in range(size)]
    return _diagonal(size, [-1, 1] if kind % 3 else [1])


def _matrix(rows: Rows) -> Matrix:
    return Matrix(tuple(tuple(Fraction(entry) for entry in row) for row in rows))
