"""Signs of quadratic forms, traces and determinants, by the structure of a term and the declared properties.

x^T A x >= 0 for a positive semidefinite A, > 0 for a positive definite A and x != 0; N^T N and N^T A N are positive
semidefinite, sums and powers of such are; trace and determinant of such are >= 0 (> 0 for definite ones).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.core import Declaration, Term
from derive.kernel.terms import rational_value

if TYPE_CHECKING:
    from derive.kernel.facts import Facts

SYMMETRIC = {"symmetric", "diagonal", "positive_definite", "positive_semidefinite"}
INVERTIBLE = {"invertible", "orthogonal", "positive_definite"}
UNKNOWN, SEMIDEFINITE, DEFINITE = 0, 1, 2


def quadratic_sign(term: Term, facts: Facts) -> int:
    """2 for a number that is > 0, 1 for >= 0, 0 for unknown. Real letters only."""
    if term.head in ("trace", "det"):
        sign = definiteness(term.args[0], facts)
        return max(sign, _trace_of_two(term, facts)) if term.head == "trace" else sign
    if term.head == "inner":
        u, v = term.args
        return _of_square((u,), facts) if u == v else UNKNOWN
    if term.head != "mul" or not _mentions_matrix(term, facts):
        return UNKNOWN
    factors = _flat(term)
    if not _is_palindrome(factors, facts) or not _is_vector(factors[-1], facts):
        return UNKNOWN
    half = len(factors) // 2
    outer, middle = factors[len(factors) - half :], factors[half : len(factors) - half]
    inner = definiteness(middle[0], facts) if middle else DEFINITE
    return min(inner, _of_square(outer, facts))


def _mentions_matrix(term: Term, facts: Facts) -> bool:
    return all(_is_real_matrix(arg, facts) for arg in term.args)


def _is_real_matrix(term: Term, facts: Facts) -> bool:
    """A matrix or vector written with real letters."""
    if term.head == "symbol":
        declaration = facts.declaration(str(term.value))
        return declaration is not None and bool(declaration.shape) and declaration.domain != "complex"
    if term.head in ("transpose", "neg", "mul", "add"):
        return all(_is_real_matrix(arg, facts) for arg in term.args)
    return term.head == "identity" or (term.head == "pow" and _is_real_matrix(term.args[0], facts))


def _declared(term: Term, facts: Facts) -> Declaration | None:
    return facts.declaration(str(term.value)) if term.head == "symbol" else None


def _properties(term: Term, facts: Facts) -> set[str]:
    declaration = _declared(term, facts)
    real = declaration is not None and declaration.domain != "complex"
    found = set(declaration.properties) if declaration is not None and real else set()
    equal = Term("transpose", (term,))
    given = any(r.relation == "=" and {r.lhs, r.rhs} == {term, equal} for r in facts.scope.hypotheses)
    return found | {"symmetric"} if given else found


def _is_vector(term: Term, facts: Facts) -> bool:
    """The last factor is a column, so that the product of all is a number."""
    declaration = _declared(term, facts)
    return declaration is not None and len(declaration.shape) in (1, 2) and (*declaration.shape, 1)[1] == 1


def _flat(term: Term) -> tuple[Term, ...]:
    if term.head == "mul":
        return tuple(factor for arg in term.args for factor in _flat(arg))
    if term.head == "transpose" and term.args[0].head == "mul":
        return tuple(
            Term("transpose", (f,)) if f.head != "transpose" else f.args[0] for f in reversed(_flat(term.args[0]))
        )
    return (term,)


def _flipped(term: Term, facts: Facts) -> Term:
    if term.head == "transpose":
        return term.args[0]
    if term.head == "identity" or _properties(term, facts) & SYMMETRIC:
        return term
    if term.head == "pow":
        return Term("pow", (_flipped(term.args[0], facts), term.args[1]))
    return Term("transpose", (term,))


def _is_palindrome(factors: tuple[Term, ...], facts: Facts) -> bool:
    return all(_flipped(factors[-1 - i], facts) == factors[i] for i in range(len(factors) // 2))


def _of_square(outer: tuple[Term, ...], facts: Facts) -> int:
    """2 where the vector is certainly not 0: invertible matrices applied to a vector that is not."""
    *matrices, vector = outer
    fine = Term("norm", (vector,)) in facts.non_zero and all(INVERTIBLE & _properties(m, facts) for m in matrices)
    return DEFINITE if fine else SEMIDEFINITE


# ---------------------------------------------------------------------------------------------------- definite matrices


def definiteness(term: Term, facts: Facts) -> int:
    """2 for a matrix that is positive definite, 1 for positive semidefinite (both symmetric), 0 for unknown."""
    head, args = term.head, term.args
    if head == "identity":
        return DEFINITE
    if head == "symbol":
        return _of_letter(term, facts)
    if head == "transpose":
        return definiteness(args[0], facts)
    if head == "pow":
        return _of_power(args[0], args[1], facts)
    if head == "add":
        signs = [definiteness(arg, facts) for arg in args]
        return UNKNOWN if UNKNOWN in signs else max(signs)
    if head == "div":
        return definiteness(args[0], facts) if facts.positive(args[1]) else UNKNOWN
    return _of_product(term, facts) if head == "mul" else UNKNOWN


def _of_letter(term: Term, facts: Facts) -> int:
    properties = _properties(term, facts)
    if "positive_definite" in properties:
        return DEFINITE
    return SEMIDEFINITE if "positive_semidefinite" in properties else UNKNOWN


def _of_power(base: Term, exponent: Term, facts: Facts) -> int:
    if facts.kind(exponent) != "integer":
        return UNKNOWN
    sign = definiteness(base, facts)
    if sign == DEFINITE or (sign == SEMIDEFINITE and facts.non_negative(exponent)):
        return sign
    k = rational_value(exponent)
    even = k is not None and k >= 0 and k % 2 == 0
    return SEMIDEFINITE if even and _is_real_matrix(base, facts) and _flipped(base, facts) == base else UNKNOWN


def _of_product(term: Term, facts: Facts) -> int:
    numbers = [arg for arg in term.args if not _is_real_matrix(arg, facts)]
    rest = [arg for arg in term.args if _is_real_matrix(arg, facts)]
    if not rest or not all(facts.kind(n) != "complex" and facts.non_negative(n) for n in numbers):
        return UNKNOWN
    if any(_mentions_shape(number, facts) for number in numbers):
        return UNKNOWN
    sign = _of_palindrome(_flat(Term("mul", tuple(rest))) if len(rest) > 1 else tuple(rest), facts)
    return sign if all(map(facts.positive, numbers)) else min(sign, SEMIDEFINITE)


def _mentions_shape(term: Term, facts: Facts) -> bool:
    """Something made of matrices, which may not be a number."""
    declaration = _declared(term, facts)
    if declaration is not None and declaration.shape:
        return True
    if term.head in ("norm", "frobenius", "norm_p", "trace", "det", "inner", "entry", "spectral_radius"):
        return False
    return any(_mentions_shape(arg, facts) for arg in term.args) or term.head in (
        "matrix",
        "diagonal",
        "diagonal_family",
    )


def _of_palindrome(factors: tuple[Term, ...], facts: Facts) -> int:
    if len(factors) == 1:
        return definiteness(factors[0], facts)
    if not _is_palindrome(factors, facts):
        return UNKNOWN
    half = len(factors) // 2
    middle = factors[half : len(factors) - half]
    inner = definiteness(middle[0], facts) if middle else DEFINITE
    outer = all(INVERTIBLE & _properties(factor, facts) for factor in factors[len(factors) - half :])
    return inner if outer else min(inner, SEMIDEFINITE)


def _trace_of_two(term: Term, facts: Facts) -> int:
    """tr(N^T N) in any cyclic order, and tr(P Q) for semidefinite P and Q."""
    factors = _flat(term.args[0])
    if not all(_is_real_matrix(factor, facts) for factor in factors):
        return UNKNOWN
    if len(factors) == 2 and all(definiteness(factor, facts) for factor in factors):
        return SEMIDEFINITE
    shifts = (factors[k:] + factors[:k] for k in range(len(factors)))
    return SEMIDEFINITE if any(_of_palindrome(shifted, facts) for shifted in shifts) else UNKNOWN


__all__ = ["definiteness", "quadratic_sign"]
