"""Random instances of the theorem on powers of one matrix, what it says without a hypothesis, statements that are instances,
and near misses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from derive.authoring import Letter, integer, matrix, real, scope, vector
from derive.core import Declaration, Scope

Array = NDArray[np.float64]
Generator = np.random.Generator
DOUBLINGS = 14


def with_radius_one(random: Generator) -> Array:
    """Spectral radius exactly 1, conjugated by an orthogonal matrix: a Jordan block, a turn or a diagonal matrix leads."""
    d = int(random.integers(2, 6))
    A = np.triu(random.normal(size=(d, d)), 1) + np.diag(random.uniform(-0.9, 0.9, size=d))
    kind, angle = int(random.integers(3)), float(random.uniform(0, 2 * np.pi))
    A[:2, :2] = (
        [[1, random.normal()], [0, 1]],
        [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]],
        [[-1, random.normal()], [0, random.uniform(-1, 1)]],
    )[kind]
    Q = np.linalg.qr(random.normal(size=(d, d)))[0]
    return Q @ A @ Q.T


def dies_out(A: Array) -> bool:
    """The norm of A^t at t = 2^14, by squaring."""
    for _ in range(DOUBLINGS):
        A = A @ A
    return bool(np.abs(A).max() < 1e-6)


def powers_vanish(random: Generator) -> bool:
    """r between 1.01 and 2 times the spectral radius: 1.01^(-16384) outweighs any power of t."""
    return dies_out(with_radius_one(random) / float(random.uniform(1.01, 2)))


def powers_vanish_at_the_radius(random: Generator) -> bool:
    """r = rho(A)."""
    return dies_out(with_radius_one(random))


def powers_vanish_below_the_radius(random: Generator) -> bool:
    with np.errstate(all="ignore"):
        return dies_out(with_radius_one(random) / float(random.uniform(0.9, 0.999)))


POWER_TRIALS: dict[str, tuple[Callable[[Generator], bool], tuple[Callable[[Generator], bool], ...]]] = {
    "powers_vanish": (powers_vanish, (powers_vanish_at_the_radius, powers_vanish_below_the_radius)),
}

LETTERS = (
    integer("t", r"t \ge 0"),
    integer("s", r"s \ge 0"),
    matrix("A"),
    matrix("B"),
    vector("x"),
    vector("y"),
    real("r"),
    real("lambda"),
    real("n"),
)
BELOW_R = scope(*LETTERS, given=(r"\rho(A) < r",))
BELOW_MODULUS = scope(*LETTERS, given=(r"\rho(A) < \lvert \lambda \rvert",))
BELOW_ONE = scope(*LETTERS, given=(r"\rho(A) < 1",))


def vanishes(body: str, letter: str = "t") -> str:
    return rf"\lim_{{{letter} \to \infty}} {body} = 0"


POWER_INSTANCES: dict[str, tuple[tuple[str, Scope], ...]] = {
    "powers_vanish": (
        (vanishes(r"\frac{\lVert A^{t} \rVert}{r^{t}}"), BELOW_R),
        (vanishes(r"\frac{\lVert A^{t} x \rVert}{r^{t}}"), BELOW_R),
        (vanishes(r"\frac{\lVert x^\top A^{t} \rVert}{r^{t}}"), BELOW_R),
        (vanishes(r"\frac{\lVert B A^{t} B \rVert_F}{\lvert \lambda \rvert^{t}}"), BELOW_MODULUS),
        (vanishes(r"\lVert A^{t} \rVert"), BELOW_ONE),
    ),
}

POWER_NEAR_MISSES: dict[str, tuple[tuple[str, Scope], ...]] = {
    "powers_vanish": (
        (vanishes(r"\lVert A^{t} \rVert"), scope(*LETTERS, given=(r"\rho(A) \le 1",))),
        (vanishes(r"\lVert A^{t} \rVert"), scope(*LETTERS)),
        (vanishes(r"\lVert B^{t} \rVert"), BELOW_ONE),
        (vanishes(r"\lVert A^{t} B^{t} \rVert"), BELOW_ONE),
        (vanishes(r"\lVert t A^{t} \rVert"), BELOW_ONE),  # true, but not what the theorem says
        (vanishes(r"\lVert A^{t} + B \rVert"), BELOW_ONE),
        (vanishes(r"\lVert A^{s} \rVert"), BELOW_ONE),
        (vanishes(r"\lVert A^{-t} \rVert"), scope(integer("t"), matrix("A", "invertible"), given=(r"\rho(A) < 1",))),
        (vanishes(r"\lVert (A B)^{t} \rVert"), BELOW_ONE),
        (vanishes(r"\lVert (A + B)^{t} \rVert"), BELOW_ONE),
        (vanishes(r"\frac{\lVert A^{t} \rVert}{r^{t}}"), BELOW_MODULUS),
        (vanishes(r"\frac{\lVert A^{t} \rVert}{\lambda^{t}}"), BELOW_MODULUS),
        (vanishes(r"\frac{\lVert A^{t} \rVert}{r^{2 t}}"), BELOW_R),
        (vanishes(r"\frac{\lVert A^{2 t} \rVert}{r^{t}}"), BELOW_R),
        (vanishes(r"\frac{\lVert A^{t} \rVert}{r^{s}}"), BELOW_R),
        (vanishes(r"\lVert A^{t} \rVert"), scope(*LETTERS, given=(r"\rho(A) < 1", "r = t"))),
        (vanishes(r"\lVert A^{t} \rVert"), scope(integer("t", r"t \le 5"), matrix("A"), given=(r"\rho(A) < 1",))),
        (vanishes(r"\frac{\lVert A^{n} \rVert}{r^{n}}", "n"), BELOW_R),  # n is declared real here
        (r"\lim_{t \to \infty} \lVert A^{t} \rVert = 1", BELOW_ONE),
        (r"\lim_{t \to 5} \lVert A^{t} \rVert = 0", BELOW_ONE),
        (
            vanishes(r"\lVert W_t \rVert"),
            scope(integer("t"), Letter(Declaration("W", "real", ("d", "d"), family=True)), given=(r"\rho(W_1) < 1",)),
        ),
    ),
}
