"""Diagonalisations of exact matrices, certified: W V = V D and det V != 0 make W^t = V D^t V^{-1} for every integer t >= 0
(induction over t), and the spectral decomposition that the zero test uses for symbolic powers.
"""

from __future__ import annotations

from flint import fmpq, fmpq_mat, fmpz_mat, nmod_mat

from derive.kernel import spectrum

PRIMES = (4611686018427388039, 4611686018427387761)
"""Primes near 2^62: a determinant that is not 0 modulo one of them is not 0."""

Parts = tuple[tuple[fmpq, fmpq_mat], ...]


def diagonalises(W: fmpq_mat, V: fmpq_mat, D: fmpq_mat) -> bool:
    """W V = V D exactly, D diagonal and V invertible."""
    d = W.nrows()
    if not all(m.nrows() == m.ncols() == d for m in (W, V, D)):
        return False
    if any(D[i, j] != 0 for i in range(d) for j in range(d) if i != j):
        return False
    return bool(W * V == V * D) and is_invertible(V)


def is_invertible(V: fmpq_mat) -> bool:
    """det V != 0: by its value modulo a prime where that decides, else exactly."""
    numerators, _ = V.numer_denom()  # a common denominator does no harm
    integers = fmpz_mat(numerators)
    if any(int(nmod_mat(integers, prime).det()) != 0 for prime in PRIMES):
        return True
    return bool(integers.det() != 0)


def spectral_parts(W: fmpq_mat) -> Parts | None:
    """(eigenvalue, projection) pairs with W = sum x_k P_k, P_j P_k = 0 for j != k, sum P_k = I: so W^t = sum x_k^t P_k. None
    where the eigenvalues are not all rational or W is not diagonalisable. Raises ValueError beyond the limits of ``spectrum``."""
    chi = spectrum.charpoly(W)
    _, factors = chi.factor()
    if any(factor.degree() != 1 for factor, _ in factors):
        return None
    values = [-factor[0] / factor[1] for factor, _ in factors]
    d = W.nrows()
    identity = fmpq_mat([[int(i == j) for j in range(d)] for i in range(d)])
    parts = tuple((x, _projection(W, x, values, identity)) for x in values)
    total = fmpq_mat(d, d)
    for x, P in parts:
        if W * P != P * x:
            return None
        total += P
    return parts if total == identity else None


def _projection(W: fmpq_mat, x: fmpq, values: list[fmpq], identity: fmpq_mat) -> fmpq_mat:
    """The product of (W - y I) / (x - y) over the other eigenvalues y."""
    product = identity
    for y in values:
        if y != x:
            product = product * (W - identity * y) * (1 / (x - y))
    return product
