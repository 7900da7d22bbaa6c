"""Random instances of the theorems on matrices, and of what they say without a hypothesis."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Generator = np.random.Generator
Trial = Callable[[Generator], bool]


def below(left: float, right: float) -> bool:
    return left <= right + 1e-9 * (1 + abs(left) + abs(right))


def same(left: float, right: float) -> bool:
    return abs(left - right) <= 1e-7 * (1 + abs(left) + abs(right))


def spectral(A: Array) -> float:
    """By the eigenvalues of A^T A."""
    return float(np.sqrt(max(np.linalg.eigvalsh(A.conj().T @ A).max(), 0.0)))


def frobenius(A: Array) -> float:
    return float(np.sqrt((abs(A) ** 2).sum()))


def p_norm(x: Array, p: float) -> float:
    return float(abs(x).max()) if np.isinf(p) else float((abs(x) ** p).sum() ** (1 / p))


def shape(random: Generator) -> tuple[int, int]:
    m, n = (int(k) for k in random.integers(1, 6, size=2))
    return m, n


def vectors(random: Generator) -> tuple[Array, Array]:
    n = int(random.integers(1, 6))
    return random.normal(size=n), random.normal(size=n)


def any_matrix(random: Generator) -> Array:
    return random.normal(size=shape(random))


def square(random: Generator) -> Array:
    n = int(random.integers(2, 6))
    return random.normal(size=(n, n))


# each theorem, then what is left of it without a hypothesis


def cauchy_schwarz(random: Generator) -> bool:
    x, y = vectors(random)
    A = any_matrix(random)
    B = random.normal(size=A.shape)
    one = below(abs(x @ y), p_norm(x, 2) * p_norm(y, 2))
    return one and below(abs(np.trace(A.T @ B)), frobenius(A) * frobenius(B))


def cauchy_schwarz_of_the_largest_entries(random: Generator) -> bool:
    x, y = vectors(random)
    return below(abs(x @ y), p_norm(x, np.inf) * p_norm(y, np.inf))


def cauchy_schwarz_of_spectral_norms(random: Generator) -> bool:
    A, B = random.normal(size=(3, 3)), random.normal(size=(3, 3))
    return below(abs(np.trace(A.T @ B)), spectral(A) * spectral(B))


def triangle_inequality(random: Generator) -> bool:
    x, y = vectors(random)
    A = any_matrix(random)
    B = random.normal(size=A.shape)
    fine = all(
        below(p_norm(x + y, p), p_norm(x, p) + p_norm(y, p))
        and below(abs(p_norm(x, p) - p_norm(y, p)), p_norm(x - y, p))
        for p in (1, 2, 3, np.inf)
    )
    return fine and all(below(norm(A + B), norm(A) + norm(B)) for norm in (spectral, frobenius))


def triangle_of_two_norms(random: Generator) -> bool:
    x, y = vectors(random)
    return below(p_norm(x + y, 1), p_norm(x, 2) + p_norm(y, 2))


def triangle_reversed(random: Generator) -> bool:
    x, y = vectors(random)
    return below(abs(p_norm(x, 2) - p_norm(y, 2)), p_norm(x + y, 2) - p_norm(y, 2))


def norm_comparison(random: Generator) -> bool:
    x, A = vectors(random)[0], any_matrix(random)
    one, two, top, n = p_norm(x, 1), p_norm(x, 2), p_norm(x, np.inf), len(x)
    chain = below(top, two) and below(two, one) and below(top, one)
    back = below(one, n**0.5 * two) and below(two, n**0.5 * top) and below(one, n * top)
    sizes = all(below(frobenius(A), k**0.5 * spectral(A)) for k in A.shape)
    return chain and back and sizes and below(spectral(A), frobenius(A))


def norm_comparison_without_the_size(random: Generator) -> bool:
    x, _ = vectors(random)
    return below(p_norm(x, 1), p_norm(x, 2))


def norm_comparison_of_matrices_without_the_size(random: Generator) -> bool:
    A = square(random)
    return below(frobenius(A), spectral(A))


def frobenius_product(random: Generator) -> bool:
    A = any_matrix(random)
    B = random.normal(size=(A.shape[1], int(random.integers(1, 6))))
    return all(
        below(frobenius(A @ B), bound)
        for bound in (frobenius(A) * frobenius(B), spectral(A) * frobenius(B), frobenius(A) * spectral(B))
    )


def frobenius_product_of_spectral_norms(random: Generator) -> bool:
    A, B = random.normal(size=(3, 3)), random.normal(size=(3, 3))
    return below(frobenius(A @ B), spectral(A) * spectral(B))


def gram_norm(random: Generator) -> bool:
    A = any_matrix(random)
    return same(spectral(A.T @ A), spectral(A) ** 2) and same(spectral(A @ A.T), spectral(A) ** 2)


def gram_norm_without_transpose(random: Generator) -> bool:
    A = square(random)
    return same(spectral(A @ A), spectral(A) ** 2)


def gram_norm_of_complex_matrices(random: Generator) -> bool:
    A = square(random) + 1j * random.normal()
    A = A + 1j * np.triu(A.real)
    return same(spectral(A.T @ A), spectral(A) ** 2)


def bilinear_bound(random: Generator) -> bool:
    A = any_matrix(random)
    x, y = random.normal(size=A.shape[0]), random.normal(size=A.shape[1])
    return below(abs(x @ A @ y), spectral(A) * p_norm(x, 2) * p_norm(y, 2))


def bilinear_bound_by_the_radius(random: Generator) -> bool:
    A = square(random)
    x, y = random.normal(size=(2, len(A)))
    return below(abs(x @ A @ y), float(abs(np.linalg.eigvals(A)).max()) * p_norm(x, 2) * p_norm(y, 2))


def trace_bound(random: Generator) -> bool:
    A = square(random) + float(random.normal()) * np.eye(1)
    t, n = abs(float(np.trace(A))), len(A)
    return below(t, n**0.5 * frobenius(A)) and below(t, n * spectral(A)) and below(t * t, n * float(np.trace(A.T @ A)))


def trace_bound_without_the_size(random: Generator) -> bool:
    A = np.eye(3) + 0.1 * random.normal(size=(3, 3))
    return below(abs(float(np.trace(A))), frobenius(A))


def norm_invariance(random: Generator) -> bool:
    A = square(random)
    Q = np.linalg.qr(random.normal(size=A.shape))[0]
    return (
        same(spectral(A.T), spectral(A)) and same(spectral(Q @ A), spectral(A)) and same(spectral(A @ Q), spectral(A))
    )


def norm_invariance_of_any(random: Generator) -> bool:
    A = square(random)
    return same(spectral(random.normal(size=A.shape) @ A), spectral(A))


def norm_invariance_of_a_wide_matrix(random: Generator) -> bool:
    """Rows that are orthonormal do not keep lengths."""
    Q = np.linalg.qr(random.normal(size=(4, 2)))[0].T
    A = random.normal(size=(4, 3))
    return same(spectral(Q @ A), spectral(A))


def sylvester_determinant(random: Generator) -> bool:
    A = any_matrix(random)
    B = random.normal(size=A.shape[::-1])
    m, n = A.shape
    return same(float(np.linalg.det(np.eye(m) + A @ B)), float(np.linalg.det(np.eye(n) + B @ A)))


def sylvester_determinant_of_three(random: Generator) -> bool:
    """Only cyclic shifts."""
    A, B, C = (random.normal(size=(3, 3)) for _ in range(3))
    return same(float(np.linalg.det(np.eye(3) + A @ B @ C)), float(np.linalg.det(np.eye(3) + A @ C @ B)))


MATRIX_TRIALS: dict[str, tuple[Trial, tuple[Trial, ...]]] = {
    "cauchy_schwarz": (cauchy_schwarz, (cauchy_schwarz_of_the_largest_entries, cauchy_schwarz_of_spectral_norms)),
    "triangle_inequality": (triangle_inequality, (triangle_of_two_norms, triangle_reversed)),
    "norm_comparison": (
        norm_comparison,
        (norm_comparison_without_the_size, norm_comparison_of_matrices_without_the_size),
    ),
    "frobenius_product": (frobenius_product, (frobenius_product_of_spectral_norms,)),
    "gram_norm": (gram_norm, (gram_norm_without_transpose, gram_norm_of_complex_matrices)),
    "bilinear_bound": (bilinear_bound, (bilinear_bound_by_the_radius,)),
    "trace_bound": (trace_bound, (trace_bound_without_the_size,)),
    "norm_invariance": (norm_invariance, (norm_invariance_of_any, norm_invariance_of_a_wide_matrix)),
    "sylvester_determinant": (sylvester_determinant, (sylvester_determinant_of_three,)),
}
