"""lhs = rhs by normal forms: scalars through the zero test, matrices entry by entry or as sums of words."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim
from derive.kernel.explicit import ENTRYWISE, Grid, Grids, NotExplicit
from derive.kernel.facts import Facts
from derive.kernel.gradient import without_gradients
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.rules.basis import Basis, basis_of
from derive.kernel.rules.elimination import vanishes as vanishes_by_equations
from derive.kernel.terms import free_letters, has_series, is_nought
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import ANY, cleared_away, is_matrix, polynomial_of, resummed, shape, words


def equal(claim: Claim, facts: Facts) -> Basis | None:
    """lhs = rhs by normal forms, first with defined letters closed, then unfolded."""
    claim = replace(claim, lhs=without_gradients(claim.lhs, facts), rhs=without_gradients(claim.rhs, facts))
    if has_series(claim.lhs, claim.rhs):
        raise NotAdmitted("the convergence of a series is not settled")
    matrix = _matrix_shape(claim, facts)
    test = _equal_matrices if matrix else _equal_scalars
    failure: NoNormalForm | ZeroDivisionError | None = None
    tied = any(hypothesis.relation == "=" for hypothesis in facts.scope.hypotheses)
    for unfold, entrywise in ((False, False), (True, False), (True, True)):
        if not _has_small_letters(claim, facts) if entrywise else unfold and not tied:
            continue

        def run(normaliser: Normaliser, entrywise: bool = entrywise) -> Basis | None:
            normaliser.entrywise = entrywise
            return test(normaliser, claim, facts)

        try:
            basis = with_normaliser(facts, run, unfold)
        except (NoNormalForm, ZeroDivisionError) as error:
            failure = error
            continue
        if basis is not None:
            return basis
        failure = None
    if failure is not None:
        raise failure
    return None


def _has_small_letters(claim: Claim, facts: Facts) -> bool:
    """A matrix or vector letter occurs, and all that do are small enough to be written by their entries."""
    names = free_letters(claim.lhs) | free_letters(claim.rhs)
    shapes = [d.shape for name in names if (d := facts.declaration(name)) is not None and d.shape and not d.family]
    return bool(shapes) and all(isinstance(n, int) and n <= ENTRYWISE for sizes in shapes for n in sizes)


def _matrix_shape(claim: Claim, facts: Facts) -> bool:
    """Both sides are matrices of one shape (0 fits any), or both are scalars. Raises NotAdmitted."""
    left, right = is_matrix(claim.lhs, facts), is_matrix(claim.rhs, facts)
    if left and right:
        a, b = shape(claim.lhs, facts), shape(claim.rhs, facts)
        if a != b and ANY not in (a, b):
            raise NotAdmitted(f"a {a} matrix is compared with a {b} matrix")
        return True
    if left or right:
        if not is_nought(claim.rhs if left else claim.lhs):
            raise NotAdmitted("a matrix is compared with a number")
        return True
    return False


def _equal_scalars(normaliser: Normaliser, claim: Claim, facts: Facts) -> Basis | None:
    difference = normaliser.reduce(normaliser.value(claim.lhs) - normaliser.value(claim.rhs))
    if difference.is_zero:
        return basis_of(normaliser, "both sides have the same normal form")
    if vanishes_by_equations(normaliser, difference, (*facts.given, *facts.scope.hypotheses), facts):
        return basis_of(normaliser, "the difference of the sides vanishes by the equations that are given")
    return None


def _equal_matrices(normaliser: Normaliser, claim: Claim, facts: Facts) -> Basis | None:
    try:
        grids = Grids(normaliser, facts)
        left, right = grids.grid(claim.lhs), (None if is_nought(claim.rhs) else grids.grid(claim.rhs))
        return _equal_grids(normaliser, left, right)
    except NotExplicit:
        pass
    algebra = words(normaliser, facts)
    left_word, right_word = polynomial_of(algebra, claim.lhs, facts), polynomial_of(algebra, claim.rhs, facts)
    rest = resummed(algebra, algebra.plus(left_word, algebra.scaled(right_word, normaliser.constant(-1))))
    if not rest:
        return basis_of(normaliser, "both sides reduce to the same matrix product")
    if cleared_away(algebra, rest):
        return basis_of(normaliser, "the difference is 0 after multiplication by the invertible matrices in it")
    return None


def _equal_grids(normaliser: Normaliser, left: Grid, right: Grid | None) -> Basis | None:
    if right is not None and left.scalar is None and right.scalar is None and left.size != right.size:
        raise NotAdmitted("matrices of different sizes")
    if left.scalar is not None and right is not None:
        left, right = right, left
    if left.scalar is not None:
        same = left.scalar if right is None else left.scalar - (right.scalar or left.scalar)
        return basis_of(normaliser, "both are the same multiple of the identity") if same.is_zero else None
    for i, row in enumerate(left.rows):
        for j, entry in enumerate(row):
            if not normaliser.reduce(entry - _entry(normaliser, right, i, j)).is_zero:
                return None
    return basis_of(normaliser, "entry by entry, both sides have the same normal form")


def _entry(normaliser: Normaliser, grid: Grid | None, i: int, j: int) -> Ratio:
    if grid is None:
        return normaliser.constant(0)
    if grid.scalar is not None:
        return grid.scalar if i == j else normaliser.constant(0)
    return grid.rows[i][j]
