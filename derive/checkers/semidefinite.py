"""A point at which symmetric matrices that depend affinely on parameters are all positive definite: Newton's method on a barrier.

For search only: floats in, floats out. NumPy is imported where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

ROUNDS = 60
ENOUGH = 1e-3
"""The least eigenvalue that is aimed for, beside the size of the matrices."""


def interior_point(constant: list[Array], directions: list[Array], most: int = ROUNDS) -> tuple[Array, float]:
    """Parameters y and the least eigenvalue of the matrices ``constant[b] + sum_k y_k directions[b][k]``, made large.

    ``directions[b]`` has the shape (number of parameters, d, d)."""
    import numpy as np

    count = len(directions[0])
    y = np.zeros(count)
    least = min(float(np.linalg.eigvalsh(matrix)[0]) for matrix in constant)
    size = 1.0 + max(float(np.abs(matrix).max()) for matrix in constant)
    t, weight, best = least - size, 1.0 / size, (y.copy(), least)
    for _ in range(most):
        step = _newton_step(constant, directions, y, t, weight, size)
        if step is None:
            break
        y, t, decrement = step
        least = min(float(np.linalg.eigvalsh(matrix)[0]) for matrix in _at(constant, directions, y))
        if least > best[1]:
            best = (y.copy(), least)
        if best[1] > ENOUGH * size:
            break
        if decrement < 0.5:
            weight *= 4
    return best


def _at(constant: list[Array], directions: list[Array], y: Array) -> list[Array]:
    import numpy as np

    return [matrix + np.tensordot(y, ways, axes=1) for matrix, ways in zip(constant, directions, strict=True)]


def _newton_step(
    constant: list[Array], directions: list[Array], y: Array, t: float, weight: float, size: float
) -> tuple[Array, float, float] | None:
    """One damped step for ``-weight t - sum log det(M(y) - t I) + |y|^2`` (the last small: it keeps y bounded)."""
    import numpy as np

    count = len(y)
    small = 1e-6 / (size * size)
    gradient = np.concatenate([2 * small * y, [-weight]])
    hessian = np.diag(np.concatenate([np.full(count, 2 * small), [1e-12]]))
    for matrix, ways in zip(_at(constant, directions, y), directions, strict=True):
        d = len(matrix)
        inverse = np.linalg.inv(matrix - t * np.eye(d))
        moved = np.concatenate([ways, -np.eye(d)[None]])
        turned = np.einsum("ab,kbc->kac", inverse, moved)
        gradient -= np.trace(turned, axis1=1, axis2=2)
        hessian += turned.reshape(count + 1, -1) @ turned.transpose(0, 2, 1).reshape(count + 1, -1).T
    try:
        step = -np.linalg.solve(hessian, gradient)
    except np.linalg.LinAlgError:
        return None
    decrement = float(-gradient @ step)
    length = 1.0 if decrement < 0.25 else 1.0 / (1.0 + float(np.sqrt(max(decrement, 0.0))))
    for _ in range(30):
        z, s = y + length * step[:-1], t + length * float(step[-1])
        if all(float(np.linalg.eigvalsh(matrix)[0]) > s for matrix in _at(constant, directions, z)):
            return z, s, decrement
        length /= 2
    return None
