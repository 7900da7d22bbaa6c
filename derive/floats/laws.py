"""Finite laws of mean 0 and variance 1 that stand for a random letter: exact ones where only moments are declared or the
law is finite, and Gauss quadrature (exact for polynomials up to degree 2m - 1) for the continuous ones."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from derive.floats.ball import UNIT, NoNumericForm

Table = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], float]
"""Atoms, probabilities, and the relative error of both."""

MOMENT_LAWS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((-0.5, 4 / 5), (2.0, 1 / 5)),
    ((0.5, 4 / 5), (-2.0, 1 / 5)),
    ((-1 / 3, 9 / 10), (3.0, 1 / 10)),
    ((0.0, 1 / 2), (-1.0, 1 / 3), (2.0, 1 / 6)),
)
"""Skewed on purpose: symmetric laws hide third moments. The last one is used for few coordinates only."""

CONTINUOUS = ("gaussian", "uniform", "laplace")
MOST_NODES = 24
QUADRATURE_ERROR = 2.0**-40
"""Relative error granted to NumPy's nodes and weights (up to 24 nodes; measured below 2e-13 against 40-digit ones)."""


@cache
def finite_law(name: str, table: int, degree: int) -> Table:
    """The standardised finite law for a declared one; ``degree`` is the degree of the polynomial to be averaged."""
    if name == "signs":
        return np.array([-1.0, 1.0]), np.array([0.5, 0.5]), 0.0
    if name == "moments":
        atoms = MOMENT_LAWS[table]
        return np.array([x for x, _ in atoms]), np.array([p for _, p in atoms]), 2 * UNIT
    nodes = max(2, degree // 2 + 1)
    if nodes > MOST_NODES:
        raise NoNumericForm(f"a moment of order {degree} of a {name} law")
    x, p = _quadrature(name, nodes)
    return x, p, QUADRATURE_ERROR


def _quadrature(name: str, nodes: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    polynomial = np.polynomial
    if name == "gaussian":
        x, p = polynomial.hermite_e.hermegauss(nodes)
        return x, p / np.sqrt(2 * np.pi)
    if name == "uniform":
        x, p = polynomial.legendre.leggauss(nodes)
        return x * np.sqrt(3.0), p / 2
    if name == "laplace":
        # |x| is exponential and the sign is fair: Gauss-Laguerre, mirrored.
        x, p = polynomial.laguerre.laggauss(nodes)
        return np.concatenate([-x[::-1], x]) / np.sqrt(2.0), np.concatenate([p[::-1], p]) / 2
    raise NoNumericForm(f"no finite law stands for {name}")
