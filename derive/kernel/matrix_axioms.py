"""Theorems on norms, traces and determinants of matrices and vectors: a part of the closed list.

Each matches ``low <= high`` (either way round) up to normal forms: the sides may be written in any way that the algebra of
words proves equal. All are for real letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derive.core import Claim, Term
from derive.kernel.axiom import Axiom
from derive.kernel.facts import Facts
from derive.kernel.heads import ShapeError, is_complex, shape_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.sameness import same_matrix, same_scalar
from derive.kernel.terms import ONE, add, heads, mul, number, power, rational_value, symbol
from derive.kernel.words import is_matrix, shape

TWO = number(2)
MOST_NORMS = 3
NORMS = ("norm", "frobenius", "norm_p")


def _bound(claim: Claim) -> tuple[Term, Term] | None:
    """(low, high) of an inequality that is not strict, over real letters."""
    if claim.relation not in ("<=", ">=") or any(is_complex(side, claim.scope) for side in (claim.lhs, claim.rhs)):
        return None
    low, high = (claim.lhs, claim.rhs) if claim.relation == "<=" else (claim.rhs, claim.lhs)
    if low.head == "neg":
        return Term("neg", (high,)), low.args[0]
    if low.head == "mul" and low.args[0].head == "neg":
        return Term("neg", (high,)), Term("mul", (low.args[0].args[0], *low.args[1:]))
    return low, high


def _factors(term: Term) -> tuple[Term, ...]:
    if term.head == "mul":
        return tuple(factor for arg in term.args for factor in _factors(arg))
    if term.head == "pow" and rational_value(term.args[1]) == 2:
        return _factors(term.args[0]) * 2
    return (term,)


def _norms_and_rest(term: Term) -> tuple[list[Term], Term]:
    """The norms among the factors of a product, and the product of the others."""
    factors = _factors(term)
    norms = [factor for factor in factors if factor.head in NORMS]
    rest = [factor for factor in factors if factor.head not in NORMS]
    return norms, mul(*rest) if rest else ONE


def _sizes(term: Term, facts: Facts) -> tuple[str, str] | None:
    try:
        return shape(term, facts)
    except NoNormalForm:
        return None


def _is_vector(term: Term, facts: Facts) -> bool:
    sizes = _sizes(term, facts)
    return sizes is not None and sizes[1] == "1"


def _transposed(term: Term) -> Term:
    return Term("transpose", (term,))


def _fits(term: Term, facts: Facts) -> bool:
    try:
        shape_of(term, facts.scope)
    except ShapeError:
        return False
    return True


def _matches_one(low: Term, candidates: Iterator[Term], facts: Facts) -> bool:
    return any(_fits(candidate, facts) and same_scalar(low, candidate, facts) for candidate in candidates)


# --------------------------------------------------------------------------------------------------- Cauchy-Schwarz


def _cauchy_schwarz(claim: Claim, facts: Facts) -> bool:
    sides = _bound(claim)
    if sides is None:
        return False
    low, high = sides
    return any(_matches_one(low, _products(u, v, square=square), facts) for u, v, square in _pairs(high, facts))


def _pairs(high: Term, facts: Facts) -> Iterator[tuple[Term, Term, bool]]:
    """(u, v, whether both sides are squared) of ``|u| |v|`` in Euclidean or Frobenius norms."""
    norms, rest = _norms_and_rest(high)
    if rest == ONE and len(norms) in (2, 4) and len({norm.head for norm in norms}) == 1:
        fine = norms[0].head == "frobenius" or all(n.head == "norm" and _is_vector(n.args[0], facts) for n in norms)
        distinct = list(dict.fromkeys(norm.args[0] for norm in norms))
        twice = all([norm.args[0] for norm in norms].count(x) == len(norms) // 2 for x in distinct)
        if fine and len(norms) == 2:
            yield norms[0].args[0], norms[1].args[0], False
        elif fine and len(distinct) == 2 and twice:
            yield distinct[0], distinct[1], True
    factors = [_gram(factor, facts) for factor in high.args] if high.head == "mul" and len(high.args) in (2, 4) else []
    if len(factors) == 2 and factors[0] is not None and factors[1] is not None:
        yield factors[0], factors[1], True
    if len(factors) == 4:  # x^T x y^T y, not nested
        first, second = (_gram(mul(*high.args[k : k + 2]), facts) for k in (0, 2))
        if first is not None and second is not None:
            yield first, second, True


def _gram(term: Term, facts: Facts) -> Term | None:
    """x of ``x^T x``, ``<x, x>`` or ``|x|^2``, for a vector; X of ``tr(X^T X)``."""
    if term.head == "inner" and term.args[0] == term.args[1]:
        return term.args[0]
    if term.head == "pow" and term.args[0].head in ("norm", "frobenius") and rational_value(term.args[1]) == 2:
        return (
            term.args[0].args[0]
            if term.args[0].head == "frobenius" or _is_vector(term.args[0].args[0], facts)
            else None
        )
    inner = term.args[0] if term.head == "trace" else term
    if inner.head == "mul" and len(inner.args) == 2 and inner.args[0] == _transposed(inner.args[1]):
        return inner.args[1] if term.head == "trace" or _is_vector(inner.args[1], facts) else None
    return None


def _products(u: Term, v: Term, *, square: bool) -> Iterator[Term]:
    for value in (mul(_transposed(u), v), Term("trace", (mul(_transposed(u), v),))):
        if square:
            yield power(value, TWO)
        else:
            yield from (Term("abs", (value,)), value, Term("neg", (value,)))


# --------------------------------------------------------------------------------------------------------- triangle


def _triangle(claim: Claim, facts: Facts) -> bool:
    sides = _bound(claim)
    if sides is None:
        return False
    low, high = sides
    return _sum_of_norms(low, high, facts) or _difference_of_norms(low, high, facts)


def _sum_of_norms(low: Term, high: Term, facts: Facts) -> bool:
    """|sum of +-u_i| <= sum of |u_i|."""
    parts = high.args if high.head == "add" else ()
    if low.head not in NORMS or not 2 <= len(parts) <= MOST_NORMS or any(not _same_norm(low, part) for part in parts):
        return False
    return any(_adds_up(low.args[0], [part.args[0] for part in parts], signs, facts) for signs in _signs(len(parts)))


def _difference_of_norms(low: Term, high: Term, facts: Facts) -> bool:
    """| |u| - |v| | <= |u +- v|, with or without the outer bars."""
    inner = low.args[0] if low.head == "abs" else low
    if inner.head != "add" or len(inner.args) != 2 or high.head not in NORMS:
        return False
    plus = [part for part in inner.args if part.head != "neg"]
    minus = [part.args[0] for part in inner.args if part.head == "neg"]
    if len(plus) != 1 or not all(_same_norm(high, part) for part in (*plus, *minus)):
        return False
    u, v = plus[0].args[0], minus[0].args[0]
    return any(_adds_up(high.args[0], [u, v], signs, facts) for signs in _signs(2))


def _same_norm(a: Term, b: Term) -> bool:
    return a.head == b.head and a.args[1:] == b.args[1:]


def _signs(count: int) -> Iterator[tuple[int, ...]]:
    yield from product((1, -1), repeat=count)


def _adds_up(whole: Term, parts: list[Term], signs: tuple[int, ...], facts: Facts) -> bool:
    signed = (part if sign > 0 else Term("neg", (part,)) for part, sign in zip(parts, signs, strict=True))
    total = add(*signed)
    return is_matrix(whole, facts) and _fits(add(whole, total), facts) and same_matrix(whole, total, facts)


# ------------------------------------------------------------------------------------------------------ comparisons

HALF = Term("div", (ONE, TWO))
EXPONENTS: dict[tuple[str, str], Term | None] = {
    ("infinity", "2"): None,
    ("2", "1"): None,
    ("infinity", "1"): None,
    ("1", "2"): HALF,
    ("2", "infinity"): HALF,
    ("1", "infinity"): ONE,
    ("spectral", "frobenius"): None,
    ("frobenius", "spectral"): HALF,
}
"""|x|_p <= n^e |x|_q for a vector with n entries, ||A||_F <= n^e ||A|| for n the number of rows, or of columns."""


def _comparison(claim: Claim, facts: Facts) -> bool:
    sides = _bound(claim)
    if sides is None:
        return False
    (small, left), (large, right) = (_norms_and_rest(side) for side in sides)
    if len(small) != len(large) or len(small) not in (1, 2) or left != ONE or len({*small}) != 1 or len({*large}) != 1:
        return False
    if small[0].args[0] != large[0].args[0]:
        return False
    pair = (_order(small[0], facts), _order(large[0], facts))
    if pair not in EXPONENTS:
        return False
    exponent, sizes = EXPONENTS[pair], _sizes(small[0].args[0], facts)
    if exponent is None or sizes is None or "?" in sizes:
        return exponent is None and right == ONE
    wanted = (size for size in sizes if size != "1")
    return any(same_scalar(right, power(power(_number(size), exponent), number(len(small))), facts) for size in wanted)


def _number(size: str) -> Term:
    return number(int(size)) if size.isdigit() else symbol(size)


def _order(norm: Term, facts: Facts) -> str:
    if norm.head == "norm_p":
        return str(norm.args[1].value) if norm.args[1].head in ("number", "constant") else "?"
    vector = _is_vector(norm.args[0], facts)
    return "2" if vector else "frobenius" if norm.head == "frobenius" else "spectral"


# --------------------------------------------------------------------------------------------------------- products


def _frobenius_product(claim: Claim, facts: Facts) -> bool:
    """||A B||_F <= ||A||_F ||B||_F, where all factors but one may have the spectral norm; ||A x|| <= ||A||_F ||x||."""
    sides = _bound(claim)
    if sides is None or sides[0].head not in ("norm", "frobenius"):
        return False
    low, (norms, rest) = sides[0], _norms_and_rest(sides[1])
    kinds = [norm.head for norm in norms]
    if rest != ONE or len(norms) < 2 or set(kinds) - {"norm", "frobenius"} or "frobenius" not in kinds:
        return False
    whole = mul(*(norm.args[0] for norm in norms))
    fine = _fits(whole, facts) and is_matrix(whole, facts) and is_matrix(low.args[0], facts)
    return fine and _no_inner_number(norms, facts) and same_matrix(low.args[0], whole, facts)


def _no_inner_number(norms: list[Term], facts: Facts) -> bool:
    """No partial product is a number, which would change what its norm means."""
    parts = [norm.args[0] for norm in norms]
    return all(_sizes(mul(*parts[:k]), facts) is not None for k in range(1, len(parts) + 1))


def _gram_norm(claim: Claim, facts: Facts) -> bool:
    """||A^T A|| = ||A||^2 = ||A A^T||."""
    if claim.relation != "=" or any(is_complex(side, claim.scope) for side in (claim.lhs, claim.rhs)):
        return False
    for one, other in ((claim.lhs, claim.rhs), (claim.rhs, claim.lhs)):
        if one.head == "norm" and other.head == "pow" and other.args[0].head == "norm" and other.args[1] == TWO:
            a, inner = other.args[0].args[0], one.args[0]
            products = (mul(_transposed(a), a), mul(a, _transposed(a)))
            if is_matrix(inner, facts) and is_matrix(a, facts):
                return any(is_matrix(p, facts) and same_matrix(inner, p, facts) for p in products)
    return False


def _bilinear_bound(claim: Claim, facts: Facts) -> bool:
    """|x^T A y| <= ||A|| |x| |y|, also with the Frobenius norm of A, with or without bars."""
    sides = _bound(claim)
    if sides is None:
        return False
    low, (norms, rest) = sides[0], _norms_and_rest(sides[1])
    if rest != ONE or len(norms) != 3 or any(norm.head == "norm_p" for norm in norms):
        return False
    vectors = [norm.args[0] for norm in norms if norm.head == "norm" and _is_vector(norm.args[0], facts)]
    matrices = [norm.args[0] for norm in norms if norm.args[0] not in vectors]
    if len(vectors) != 2 or len(matrices) != 1:
        return False
    pairs = ((vectors[0], vectors[1]), (vectors[1], vectors[0]))
    forms = (mul(_transposed(u), matrices[0], v) for u, v in pairs)
    return _matches_one(
        low, (signed for form in forms for signed in (Term("abs", (form,)), form, Term("neg", (form,)))), facts
    )


def _trace_bound(claim: Claim, facts: Facts) -> bool:
    """|tr A| <= sqrt(n) ||A||_F, |tr A| <= n ||A||, (tr A)^2 <= n tr(A^T A) for an n by n matrix."""
    sides = _bound(claim)
    if sides is None or "trace" not in heads(sides[0]):
        return False
    low, high = sides
    squared = low.head == "pow"
    inside = low.args[0] if low.head in ("abs", "pow") else low
    if inside.head != "trace" or (squared and rational_value(low.args[1]) != 2):
        return False
    a = inside.args[0]
    sizes = _sizes(a, facts)
    if sizes is None or "?" in sizes:
        return False
    n = _number(sizes[0])
    bounds = [mul(Term("sqrt", (n,)), Term("frobenius", (a,))), mul(n, Term("norm", (a,)))]
    return _matches_one(high, (power(bound, TWO) if squared else bound for bound in bounds), facts)


def _used_inside(claim: Claim, facts: Facts) -> bool:
    """Used by normal forms, never matched as a claim of its own."""
    return False


MATRIX_AXIOMS = (
    Axiom(
        "cauchy_schwarz",
        "|xᵀy| ≤ ‖x‖ ‖y‖, |tr(AᵀB)| ≤ ‖A‖_F ‖B‖_F.",
        "real vectors, or real matrices of one shape",
        "Horn and Johnson, Matrix Analysis, 2nd ed., theorem 5.1.4",
        _cauchy_schwarz,
    ),
    Axiom(
        "triangle_inequality",
        "‖x + y‖ ≤ ‖x‖ + ‖y‖, |‖x‖ − ‖y‖| ≤ ‖x − y‖.",
        "one and the same norm on both sides: a p-norm, the Frobenius or the spectral norm",
        "Horn and Johnson, Matrix Analysis, 2nd ed., definition 5.1.1 and corollary 5.1.2",
        _triangle,
    ),
    Axiom(
        "norm_comparison",
        "‖x‖_∞ ≤ ‖x‖₂ ≤ ‖x‖₁ ≤ √n ‖x‖₂ ≤ n ‖x‖_∞, ‖A‖ ≤ ‖A‖_F ≤ √n ‖A‖.",
        "n is the number of entries of x, or of rows or columns of A",
        "Golub and Van Loan, Matrix Computations, 4th ed., sections 2.2.2 and 2.3.2",
        _comparison,
    ),
    Axiom(
        "frobenius_product",
        "‖AB‖_F ≤ ‖A‖_F ‖B‖_F; all factors but one may have the spectral norm.",
        "the product is defined",
        "Horn and Johnson, Matrix Analysis, 2nd ed., section 5.6 (5.6.P20)",
        _frobenius_product,
    ),
    Axiom(
        "gram_norm",
        "‖AᵀA‖ = ‖A‖² = ‖AAᵀ‖ for the spectral norm.",
        "A is real",
        "Horn and Johnson, Matrix Analysis, 2nd ed., theorem 5.6.9",
        _gram_norm,
    ),
    Axiom(
        "bilinear_bound",
        "|xᵀAy| ≤ ‖A‖ ‖x‖ ‖y‖.",
        "A is real; its norm is the spectral or the Frobenius norm",
        "Golub and Van Loan, Matrix Computations, 4th ed., section 2.3",
        _bilinear_bound,
    ),
    Axiom(
        "trace_bound",
        "|tr A| ≤ √n ‖A‖_F, |tr A| ≤ n ‖A‖.",
        "A is n by n and real",
        "Horn and Johnson, Matrix Analysis, 2nd ed., problem 5.6.P23",
        _trace_bound,
    ),
    Axiom(
        "norm_invariance",
        "‖Aᵀ‖ = ‖A‖, ‖QA‖ = ‖AQ‖ = ‖A‖ for the spectral norm.",
        "Q is square and orthogonal, A is real",
        "Horn and Johnson, Matrix Analysis, 2nd ed., section 5.6",
        _used_inside,
    ),
    Axiom(
        "sylvester_determinant",
        "det(I + AB) = det(I + BA).",
        "A is m by n, B is n by m",
        "Horn and Johnson, Matrix Analysis, 2nd ed., theorem 1.3.22 and 0.8.5",
        _used_inside,
    ),
)
"""The part of the closed list that speaks of matrices."""
