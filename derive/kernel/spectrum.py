"""Eigenvalues, norms and diagonalisability of explicit matrices over Q, rigorously.

Everything starts from the characteristic polynomial, which FLINT computes exactly; its isolated complex roots give the
eigenvalues with their exact multiplicities, also for defective matrices. Nothing here iterates until it "looks" converged.
Enclosures are Arb balls; a ball always contains the exact value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key
from typing import cast

from flint import acb, acb_mat, arb, arb_mat, ctx, fmpq, fmpq_mat, fmpq_poly, fmpz

Spectrum = tuple[tuple[acb, int], ...]

LARGEST_SIZE = 128
LARGEST_ENTRY_BITS = 4000
ORDER_BITS = 256
"""Eigenvalues are put in order with at least this precision."""


def charpoly(A: fmpq_mat) -> fmpq_poly:
    """The characteristic polynomial of a square matrix. Raises ValueError for one that is not square or too large."""
    refuse_large(A)
    if A.nrows() != A.ncols() or A.nrows() == 0:
        raise ValueError(f"a spectrum needs a square matrix, this one is {A.nrows()} by {A.ncols()}")
    return A.charpoly()


def minimal_polynomial(A: fmpq_mat) -> fmpq_poly:
    """The monic polynomial of least degree that A satisfies."""
    return charpoly(A) if distinct_eigenvalues(A) else A.minpoly()


def refuse_large(A: fmpq_mat) -> None:
    """Raises ValueError beyond 128 rows or columns, or 4000 bits in an entry: FLINT would abort the process for lack of
    memory instead of raising."""
    if max(A.nrows(), A.ncols()) > LARGEST_SIZE:
        raise ValueError(f"a matrix of more than {LARGEST_SIZE} rows or columns")
    if entry_bits(A) > LARGEST_ENTRY_BITS:
        raise ValueError(f"a matrix with an entry of more than {LARGEST_ENTRY_BITS} bits")


def entry_bits(A: fmpq_mat) -> int:
    """Bits of the largest numerator over the common denominator, or of that denominator."""
    numerators, denominator = A.numer_denom()
    return max([denominator.bit_length(), *map(fmpz.bit_length, numerators.entries())])


# ------------------------------------------------------------------------------------------------ diagonalisability


def distinct_eigenvalues(A: fmpq_mat) -> bool:
    """True if all eigenvalues are different: gcd(chi, chi') = 1 (FLINT certifies a coprime pair modulo one prime)."""
    chi = charpoly(A)
    return bool(chi.gcd(chi.derivative()).degree() == 0)


def is_diagonalisable(A: fmpq_mat) -> bool:
    """True if A is diagonalisable over the complex numbers: its minimal polynomial has no square factor."""
    if distinct_eigenvalues(A):
        return True
    minimal = A.minpoly()
    return bool(minimal.gcd(minimal.derivative()).degree() == 0)


def jordan_index(A: fmpq_mat, factor: fmpq_poly) -> int:
    """The size of the largest Jordan block of the roots of an irreducible ``factor``: its multiplicity in the minimal
    polynomial. 0 if its roots are no eigenvalues. Raises ValueError for a constant factor."""
    if factor.degree() < 1:
        raise ValueError("an eigenvalue is the root of a polynomial of degree 1 or more")
    rest, size = minimal_polynomial(A), 0
    while True:
        quotient, remainder = divmod(rest, factor)
        if not remainder.is_zero():
            return size
        rest, size = quotient, size + 1


# ------------------------------------------------------------------------------------------------------ eigenvalues


def eigenvalues(A: fmpq_mat, bits: int) -> Spectrum:
    """Disjoint enclosures of the eigenvalues with exact multiplicities, real ones with imaginary part exactly 0.

    Order: falling modulus, where moduli that overlap at 256 bits count as equal; then falling real part, then falling
    imaginary part. Raises ValueError for a matrix that is not square or too large.
    """
    return _ordered(_roots(charpoly(A), max(bits, ORDER_BITS)))


def _roots(polynomial: fmpq_poly, bits: int) -> Spectrum:
    """All complex roots with multiplicities. Within one multiplicity FLINT isolates them; across multiplicities the
    precision grows until the enclosures are disjoint, which it must, since the roots are different."""
    while True:
        with ctx.workprec(bits):
            # The type stubs of python-flint leave out the multiplicities.
            roots = tuple(cast(list[tuple[acb, int]], polynomial.complex_roots()))
        if _disjoint(roots):
            return roots
        bits *= 2


def _disjoint(roots: Spectrum) -> bool:
    if len({count for _, count in roots}) <= 1:
        return True
    return not any(a.overlaps(b) for i, (a, m) in enumerate(roots) for b, n in roots[:i] if m != n)


def _ordered(roots: Spectrum) -> Spectrum:
    # First by midpoints, which is an order; then runs of overlapping moduli are put in order by their parts.
    with ctx.workprec(ORDER_BITS):
        moduli = sorted(((abs(root), root, count) for root, count in roots), key=cmp_to_key(_falling_modulus))
        runs: list[list[tuple[acb, int]]] = []
        last: arb | None = None
        for modulus, root, count in moduli:
            if last is not None and last.overlaps(modulus):
                runs[-1].append((root, count))
            else:
                runs.append([(root, count)])
            last = modulus
        return tuple(pair for run in runs for pair in sorted(run, key=cmp_to_key(_falling_parts)))


def _falling_modulus(a: tuple[arb, acb, int], b: tuple[arb, acb, int]) -> int:
    return _falling(a[0].mid(), b[0].mid())


def _falling_parts(a: tuple[acb, int], b: tuple[acb, int]) -> int:
    if not a[0].real.overlaps(b[0].real):
        return _falling(a[0].real, b[0].real)
    return _falling(a[0].imag, b[0].imag)


def _falling(a: arb, b: arb) -> int:
    return -1 if a > b else 1 if a < b else 0


def recognise(A: fmpq_mat, chi: fmpq_poly, root: acb) -> tuple[fmpq, fmpq] | None:
    """The eigenvalue inside the isolating ``root`` as ``(re, im)`` if both are rational, else None. ``chi`` is the
    characteristic polynomial.

    With q the common denominator of A, q times an eigenvalue is an algebraic integer; one in Q(i) is a Gaussian integer.
    """
    _, q = A.numer_denom()
    with ctx.workprec(ORDER_BITS + q.bit_length()):
        re, im = (root.real * q).unique_fmpz(), (root.imag * q).unique_fmpz()
    if re is None or im is None:
        return None
    x, y = fmpq(re, q), fmpq(im, q)
    if not (_contains(root.real, x) and _contains(root.imag, y)):
        return None
    factor = fmpq_poly([-x, 1]) if y == 0 else fmpq_poly([x * x + y * y, -2 * x, 1])
    return (x, y) if (chi % factor).is_zero() else None


def _contains(ball: arb, x: fmpq) -> bool:
    """x lies in the ball, decided in exact numbers (``arb.contains`` would round x to a ball first)."""
    return bool(abs(ball.mid().fmpq() - x) <= ball.rad().fmpq())


def eigenvalue(A: fmpq_mat, k: int, bits: int) -> tuple[acb, tuple[fmpq, fmpq] | None]:
    """The k-th eigenvalue (k from 1, with multiplicity; order as in ``eigenvalues``) and, if it is in Q(i), its parts.

    Raises ValueError where its place in the order is not certain: equal moduli are told from nearly equal ones only for
    a conjugate pair and for eigenvalues in Q(i).
    """
    chi, spectrum = charpoly(A), eigenvalues(A, bits)
    if not 1 <= k <= A.nrows():
        raise ValueError(f"an eigenvalue number {k} of a matrix of size {A.nrows()}")
    place = 0
    for root, count in spectrum:  # noqa: B007  the root that is found is used below
        place += count
        if place >= k:
            break
    before = [_precedes(A, chi, other, root, spectrum) for other, _ in spectrum if other is not root]
    if None in before:
        raise ValueError(f"it is not certain which eigenvalue is number {k}")
    rank = sum(n for (_, n), first in zip([p for p in spectrum if p[0] is not root], before, strict=True) if first)
    if not rank < k <= rank + count:
        raise ValueError(f"it is not certain which eigenvalue is number {k}")
    return root, recognise(A, chi, root)


def _precedes(A: fmpq_mat, chi: fmpq_poly, a: acb, b: acb, spectrum: Spectrum) -> bool | None:
    """Whether eigenvalue a comes before b in the order; None if that is not certain."""
    with ctx.workprec(ORDER_BITS):
        if not abs(a).overlaps(abs(b)):
            return bool(abs(a) > abs(b))
    if not a.imag.contains(0) and all(a.conjugate().overlaps(c) == (c is b) for c, _ in spectrum):
        return bool(a.imag > b.imag)
    exact_a, exact_b = recognise(A, chi, a), recognise(A, chi, b)
    if exact_a is None or exact_b is None:
        return None
    (x, y), (u, v) = exact_a, exact_b
    return bool((x * x + y * y, x, y) > (u * u + v * v, u, v))


# ----------------------------------------------------------------------------------------- spectral radius and norms


def spectral_radius(A: fmpq_mat, bits: int) -> arb:
    """The largest modulus of an eigenvalue, as a ball; exact if it belongs to eigenvalues that are."""
    roots = _roots(charpoly(A), bits)
    with ctx.workprec(bits):
        return _largest([abs(root) for root, _ in roots])


def exact_squared_radius(A: fmpq_mat, bits: int) -> fmpq | None:
    """The spectral radius squared if it is certainly that of an eigenvalue in Q(i), else None."""
    chi = charpoly(A)
    roots = [root for root, _ in _roots(chi, max(bits, ORDER_BITS))]
    with ctx.workprec(max(bits, ORDER_BITS)):
        top = _largest([abs(root) for root in roots])
        candidates = [root for root in roots if abs(root).overlaps(top)]
    parts = [recognise(A, chi, root) for root in candidates]
    squares = [x * x + y * y for x, y in (part for part in parts if part is not None)]
    return max(squares) if len(squares) == len(candidates) else None


def spectral_norm(A: fmpq_mat, bits: int) -> arb:
    """The largest singular value: the root of the largest eigenvalue of A^T A (exactly formed; any rectangular A)."""
    top = gram_radius(A, bits)
    with ctx.workprec(bits):
        return (top if isinstance(top, arb) else arb(top)).sqrt()


def gram_radius(A: fmpq_mat, bits: int) -> fmpq | arb:
    """The largest eigenvalue of A^T A, exact if it is rational."""
    refuse_large(A)
    gram = A * A.transpose() if A.nrows() < A.ncols() else A.transpose() * A
    return _extreme_eigenvalue(gram, bits, largest=True)


def _extreme_eigenvalue(S: fmpq_mat, bits: int, *, largest: bool) -> fmpq | arb:
    """The largest or smallest eigenvalue of a matrix with real spectrum."""
    if S.nrows() == 0:
        raise ValueError("an empty matrix")
    # A Gram matrix of admissible entries may have twice their bits; that is still within memory.
    chi = S.charpoly()
    roots = _real_roots(chi, bits)
    with ctx.workprec(bits):
        top = _largest(roots) if largest else -_largest([-root for root in roots])
    near = [root for root in roots if root.overlaps(top)]
    exact = recognise(S, chi, acb(near[0])) if len(near) == 1 else None
    return exact[0] if exact is not None else top


def _real_roots(polynomial: fmpq_poly, bits: int) -> list[arb]:
    """The roots of a polynomial all of whose roots are known to be real."""
    return [root.real for root, _ in _roots(polynomial, bits)]


def _largest(values: Sequence[arb]) -> arb:
    top = values[0]
    for value in values[1:]:
        top = top.max(value)
    return top


def ball_norm(A: arb_mat, bits: int) -> arb:
    """The spectral norm of a ball matrix: that of a rational matrix N in the middle, give or take the Frobenius norm of
    A - N (Weyl's inequality for singular values). Raises ValueError for entries that are not finite or out of range."""
    middle, reach = _middle(A, bits)
    norm = spectral_norm(middle, bits)
    with ctx.workprec(bits):
        return (norm + arb(0, reach)).nonnegative_part()


def ball_condition(A: arb_mat, bits: int) -> arb:
    """Largest over smallest singular value of a square ball matrix, both by Weyl's inequality. Not finite where the smallest
    one is not certainly positive. Raises ValueError as ``ball_norm`` does."""
    middle, reach = _middle(A, bits)
    roots = _real_roots((middle.transpose() * middle).charpoly(), bits)
    with ctx.workprec(bits):
        squares = (_largest(roots), -_largest([-root for root in roots]))
        top, low = (square.nonnegative_part().sqrt() + arb(0, reach) for square in squares)
        return top / low


def _middle(A: arb_mat, bits: int) -> tuple[fmpq_mat, arb]:
    """A rational matrix N near the midpoints, on a grid of ``bits`` bits, and a bound of the Frobenius norm of A - N."""
    with ctx.workprec(bits):
        size = _largest([abs(entry) for entry in A.entries()])
        scale = fmpq(2) ** (bits - _binary_exponent(size))
        middle = fmpq_mat(A.nrows(), A.ncols(), [_rounded(entry, scale) for entry in A.entries()])
        square = arb(0)
        for entry, centre in zip(A.entries(), middle.entries(), strict=True):
            square += (entry - centre).abs_upper() ** 2
        return middle, square.abs_upper().sqrt().abs_upper()


def _binary_exponent(size: arb) -> int:
    """e with ``size`` below 2^e (0 for size 0). Raises ValueError out of range."""
    if not size.is_finite():
        raise ValueError("a matrix whose entries are not finite")
    mantissa, exponent = size.abs_upper().man_exp()
    result = int(mantissa.bit_length()) + int(exponent)
    if abs(result) > LARGEST_ENTRY_BITS:
        raise ValueError("a matrix whose entries are too large or too small")
    return result


def _rounded(entry: arb, scale: fmpq) -> fmpq:
    """The midpoint, rounded down to a multiple of 1/scale (0 for one far below the grid)."""
    middle = entry.mid()
    if not abs(middle) * scale >= 1:
        return fmpq(0)
    return fmpq((middle.fmpq() * scale).floor()) / scale


def real_embedding(A: acb_mat) -> arb_mat:
    """[[Re, -Im], [Im, Re]]: the same map on real coordinates. Singular values appear twice."""
    rows, columns = A.nrows(), A.ncols()
    re, im = A.real, A.imag
    top = [[*(re[i, j] for j in range(columns)), *(-im[i, j] for j in range(columns))] for i in range(rows)]
    low = [[*(im[i, j] for j in range(columns)), *(re[i, j] for j in range(columns))] for i in range(rows)]
    return arb_mat(top + low)


# ------------------------------------------------------------------------------------- condition of the eigenvectors


def eigenvector_condition(A: fmpq_mat, bits: int) -> arb | None:
    """kappa_2(V) for a matrix V of eigenvectors of unit length, orthonormal within each eigenspace; None where it cannot
    be enclosed (A not diagonalisable, or repeated irrational eigenvalues).

    A rational spectrum is done exactly, else ``acb_mat.eig`` encloses the eigenvectors (Rump's method).
    """
    if not is_diagonalisable(A):
        return None
    chi, roots = charpoly(A), eigenvalues(A, bits)
    exact = [recognise(A, chi, root) for root, _ in roots]
    rational = [part[0] for part in exact if part is not None and part[1] == 0]
    if len(rational) == len(roots) and A.nrows() <= 24:
        return _rational_condition(A, rational, bits)
    return _enclosed_condition(A, bits) if distinct_eigenvalues(A) else None


def _rational_condition(A: fmpq_mat, spectrum: list[fmpq], bits: int) -> arb:
    """With G = V^T V for rational V and B its diagonal blocks, one an eigenspace, the unit vectors have the Gram matrix
    B^(-1/2) G B^(-1/2), which is similar to G B^(-1): rational, and kappa^2 is the quotient of its extreme eigenvalues."""
    spaces = [_kernel(A, value) for value in spectrum]
    columns = [vector for space in spaces for vector in space]
    V = fmpq_mat(columns).transpose()
    G = V.transpose() * V
    B, start = fmpq_mat(V.ncols(), V.ncols()), 0
    for space in spaces:
        for i in range(start, start + len(space)):
            for j in range(start, start + len(space)):
                B[i, j] = G[i, j]
        start += len(space)
    M = G * B.inv()
    top, low = (_extreme_eigenvalue(M, bits, largest=largest) for largest in (True, False))
    with ctx.workprec(bits):
        return (arb(top) / arb(low)).sqrt()


def _kernel(A: fmpq_mat, value: fmpq) -> list[list[fmpq]]:
    """A basis of the eigenspace of a rational eigenvalue, from the reduced row echelon form."""
    d = A.nrows()
    shifted = fmpq_mat([[A[i, j] - (value if i == j else 0) for j in range(d)] for i in range(d)])
    reduced, rank = shifted.rref()
    pivots = [next(j for j in range(d) if reduced[i, j] != 0) for i in range(rank)]
    basis = []
    for free in (j for j in range(d) if j not in pivots):
        vector = [fmpq(int(j == free)) for j in range(d)]
        for row, pivot in enumerate(pivots):
            vector[pivot] = -reduced[row, free]
        basis.append(vector)
    return basis


def _enclosed_condition(A: fmpq_mat, bits: int) -> arb | None:
    """Through enclosures of the eigenvectors. A conjugate pair v, conj v becomes sqrt(2) Re v, sqrt(2) Im v: a unitary change
    of columns, which keeps the singular values and makes V real."""
    for precision in (bits + 32, 2 * bits + 32, 4 * bits + 32):
        with ctx.workprec(precision):
            try:
                values, vectors = acb_mat(A).eig(right=True)
                kappa = ball_condition(_real_columns(values, vectors), precision)
            except (ValueError, ZeroDivisionError):
                continue
            if kappa.is_finite() and kappa.rel_accuracy_bits() >= 16:
                return kappa
    return None


def _real_columns(values: list[acb], vectors: acb_mat) -> arb_mat:
    """Unit eigenvectors as real columns. Raises ValueError where it is not certain which eigenvalues are real."""
    d, columns = len(values), []
    for k, value in enumerate(values):
        real = all(value.conjugate().overlaps(other) == (j == k) for j, other in enumerate(values))
        if not real and not value.imag > 0:
            continue
        column = [vectors[i, k] for i in range(d)]
        pivot = max(range(d), key=lambda i: float(abs(column[i]).mid()))
        # An eigenvector with one entry equal to 1 is unique, hence real if its eigenvalue is.
        column = [entry / column[pivot] for entry in column]
        square = arb(0)
        for entry in column:
            square += abs(entry) ** 2
        if not real:
            columns += [[part * (2 / square).sqrt() for part in parts] for parts in _parts(column)]
        else:
            columns.append([entry.real / square.sqrt() for entry in column])
    # The upper half plane counts twice: all eigenvalues are accounted for exactly if that makes d columns.
    if len(columns) != d:
        raise ValueError("it is not certain which eigenvalues are real")
    return arb_mat(columns).transpose()


def _parts(column: list[acb]) -> tuple[list[arb], list[arb]]:
    return [entry.real for entry in column], [entry.imag for entry in column]
