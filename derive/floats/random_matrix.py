"""Random matrices with declared properties: generic and not normal unless declared so. Entries are short dyadic rationals,
so that the matrices (but for orthogonal ones) are exact."""

from __future__ import annotations

from dataclasses import replace
from random import Random as Generator
from typing import Any

import numpy as np

from derive.core import Declaration
from derive.floats.ball import Ball, NoNumericForm, add, div, matmul, matrix, mul, neg, transpose
from derive.floats.matrices import inverse

MATRIX_SCALES = (0.125, 0.25, 0.5, 1.0, 1.0)

POSITIVE = {"positive_definite", "positive_semidefinite"}


def signs(rng: Generator, count: int) -> Any:
    """+1 or -1."""
    return np.array([1.0 - 2.0 * rng.getrandbits(1) for _ in range(count)])


def entries(d: Declaration, rng: Generator, shape: tuple[int, ...]) -> Any:
    """Multiples of 1/8 up to 1.5 (complex: in both parts); integers for an integer matrix."""
    count = int(np.prod(shape))
    if d.domain == "integer":
        return np.array([float(rng.randint(-3, 3)) for _ in range(count)]).reshape(shape)
    real = np.array([float((rng.getrandbits(10) % 25) - 12) for _ in range(count)]).reshape(shape) / 8
    if d.domain != "complex":
        return real
    return real + 1j * entries(replace(d, domain="real"), rng, shape)


def nonzero(d: Declaration, rng: Generator, shape: tuple[int, ...]) -> Any:
    """Numbers of modulus 1/2 to 2 (1 for integers)."""
    count = int(np.prod(shape))
    chosen = signs(rng, count).reshape(shape)
    if d.domain == "integer":
        return chosen
    size = np.array([float(rng.randint(4, 16)) for _ in range(count)]).reshape(shape) / 8
    if d.domain != "complex":
        return chosen * size
    quarter_turns = np.array([1, 1j, -1, -1j])[[rng.getrandbits(2) for _ in range(count)]]
    return chosen * size * quarter_turns.reshape(shape)


def random_matrix(d: Declaration, rng: Generator, points: int, rows: int, columns: int) -> Ball:
    """A matrix with the declared properties. Raises NoNumericForm for a combination without a recipe."""
    wanted = set(d.properties)
    if wanted and rows != columns:
        raise NoNumericForm("a property of square matrices declared for another shape")
    if {"invertible", "positive_semidefinite"} <= wanted:
        wanted.add("positive_definite")
    if "diagonal" in wanted:
        return matrix(_diagonal(d, wanted, rng, points, rows))
    if "orthogonal" in wanted and wanted & POSITIVE:
        raise NoNumericForm("a positive definite orthogonal matrix that is not declared diagonal")
    if "orthogonal" in wanted:
        return _orthogonal(wanted, rng, points, rows)
    if wanted & {"invertible", "positive_definite"}:
        return _invertible(d, wanted, rng, points, rows)
    if "positive_semidefinite" in wanted:
        return matrix(_semidefinite(d, rng, points, rows))
    scale = np.array([rng.choice(MATRIX_SCALES) for _ in range(points)])[:, None, None]
    values = entries(d, rng, (points, rows, columns)) * (scale if d.domain != "integer" else 1.0)
    return matrix(values + np.swapaxes(values, -1, -2) if "symmetric" in wanted else values)


def _diagonal(d: Declaration, wanted: set[str], rng: Generator, points: int, n: int) -> Any:
    """Non-zero entries, or (one time in four, where nothing forbids it) one that is 0."""
    values = signs(rng, points * n).reshape(points, n) if "orthogonal" in wanted else nonzero(d, rng, (points, n))
    if wanted & POSITIVE:
        values = abs(values)
    if not wanted & {"orthogonal", "invertible", "positive_definite"} and rng.getrandbits(2) == 0:
        values[:, rng.randrange(n)] = 0.0
    return values[..., None] * np.eye(n)


def _semidefinite(d: Declaration, rng: Generator, points: int, n: int) -> Any:
    """L L^*, exact because entries are short; one time in two L has a column of zeros, so that the matrix is singular."""
    root = entries(d, rng, (points, n, n))
    if rng.getrandbits(1):
        root[..., -1] = 0.0
    return root @ np.conj(np.swapaxes(root, -1, -2))


def _invertible(d: Declaration, wanted: set[str], rng: Generator, points: int, n: int) -> Ball:
    """L D U with unit triangular L and U of small entries; U = L^T for symmetric ones, L^* and D > 0 for definite ones. All
    entries are short dyadic numbers, so the product is exact."""
    scale = 1.0 if d.domain == "integer" else 0.5
    lower, upper = (np.tril(entries(d, rng, (points, n, n)), -1) * scale + np.eye(n) for _ in range(2))
    middle = nonzero(d, rng, (points, n))
    if "positive_definite" in wanted:
        middle, right = abs(middle), np.conj(np.swapaxes(lower, -1, -2))
    else:
        right = np.swapaxes(lower if "symmetric" in wanted else upper, -1, -2)
    return matrix((lower * middle[:, None, :]) @ right)


def _orthogonal(wanted: set[str], rng: Generator, points: int, n: int) -> Ball:
    """(I - S)(I + S)^-1 for a random skew S (Cayley), its rows with random signs so that both determinants occur. A symmetric
    one is the reflection I - 2 v v^T / v^T v."""
    real, one = Declaration("Q"), Ball(1, 0.0, "identity")
    if "symmetric" in wanted:
        v = matrix(nonzero(real, rng, (points, n, 1)))
        return add(one, neg(mul(div(Ball(2), matmul(transpose(v), v)), matmul(v, transpose(v)))))
    half = entries(real, rng, (points, n, n))
    skew = matrix(half - np.swapaxes(half, -1, -2))
    rotation = matmul(add(one, neg(skew)), inverse(add(one, skew)))
    return Ball(rotation.value * signs(rng, points * n).reshape(points, n, 1), rotation.error, "matrix")
