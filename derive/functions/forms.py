"""The derivatives of a term, written briefly: found by SymPy, taken only where the kernel's normal form shows them to be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from derive.core import Claim, Declaration, Normal, Scope, Term
from derive.formula import Unread, read, show
from derive.kernel import NotAdmitted, admit
from derive.kernel.differentiate import differentiate
from derive.kernel.terms import ONE, ZERO, number, rational_value, substitute, subterms, symbol

SCOPE = Scope((Declaration("x"),))
NO = Term("neg", (ZERO,))


@dataclass(frozen=True, slots=True)
class Forms:
    """f, f' and f'', each as brief as we know how to write it."""

    f: Term
    slope: Term
    curvature: Term


def forms_of(f: Term) -> Forms:
    slope = brief(Term("derivative", (f, Term("symbol", (), "x"))), differentiate(f, "x"))
    return Forms(f, slope, brief(Term("derivative", (slope, Term("symbol", (), "x"))), differentiate(slope, "x")))


def brief(meant: Term, raw: Term) -> Term:
    """The briefest known form of ``raw`` that the kernel shows to equal ``meant``; ``raw`` itself where there is none."""
    candidates = sorted(set(_rewritten(raw)), key=lambda term: (size(term), show(term)))
    return next((term for term in candidates if size(term) <= size(raw) and same(meant, term)), raw)


def size(term: Term) -> int:
    return sum(1 for _ in subterms(term))


PLACES = tuple(Fraction(q) for q in ("1/3", "2", "-1/2", "7/5", "-3", "13/4", "-1/9", "1/100"))
"""Where a form is looked at: at one of these it must be defined."""


def same(one: Term, other: Term) -> bool:
    """Whether the kernel's normal forms show that the terms are equal."""
    claim = Claim(one, "=", other, SCOPE)
    for q in PLACES:
        try:
            admit(claim, Normal(), (("x", q),))
        except NotAdmitted:
            continue
        return True
    return False


def _rewritten(raw: Term) -> Iterator[Term]:
    yield ordered(cleaned(raw))
    import sympy

    from derive.sympy_bridge import NotBridged, from_sympy, to_sympy

    plain, roots = _without_roots(raw)
    scope = Scope((*SCOPE.declarations, *(Declaration(name) for name in roots)))
    try:
        expression: Any = to_sympy(plain, scope).doit()
    except NotBridged:
        return
    ways: tuple[Callable[[Any], Any], ...] = (
        sympy.together,
        sympy.factor,
        sympy.cancel,
        sympy.expand,
        lambda e: sympy.factor(sympy.together(e)),
    )
    for way in ways:
        try:
            term = ordered(_as_powers_of_e(from_sympy(way(expression))))
            for name, root in roots.items():
                term = substitute(term, name, root)
            yield read(show(term), SCOPE)
        except (NotBridged, Unread, sympy.PolynomialError):
            continue


def _without_roots(term: Term) -> tuple[Term, dict[str, Term]]:
    """A letter for each different root: SymPy has principal roots only."""
    roots = dict.fromkeys(part for part in subterms(term) if part.head == "root")
    outer = [root for root in roots if not any(root in subterms(other) and root != other for other in roots)]
    names = {f"r_{k}": root for k, root in enumerate(outer)}

    def put(part: Term) -> Term:
        for name, root in names.items():
            if part == root:
                return symbol(name)
        return replace(part, args=tuple(put(inner) for inner in part.args))

    return put(term), names


# ------------------------------------------------------------------------------------------------------ order on the page


def cleaned(term: Term) -> Term:
    """Without factors 1, terms 0 and exponents such as 3 - 1."""
    parts = [cleaned(part) for part in term.args]
    if term.head == "mul":
        return ZERO if ZERO in parts else _gathered("mul", [part for part in parts if part != ONE], ONE)
    if term.head == "add":
        numbers = [rational_value(part) for part in parts]
        if None not in numbers:
            return number(sum(q for q in numbers if q is not None))
        return _gathered("add", [part for part in parts if part not in (ZERO, NO)], ZERO)
    if (term.head == "neg" and parts[0] == ZERO) or (term.head == "div" and parts[0] == ZERO):
        return ZERO
    if term.head == "pow" and parts[1] in (ONE, ZERO):
        return parts[0] if parts[1] == ONE else ONE
    return replace(term, args=tuple(parts))


def _gathered(head: str, parts: list[Term], empty: Term) -> Term:
    flat = [inner for part in parts for inner in (part.args if part.head == head else (part,))]
    return Term(head, tuple(flat)) if len(flat) > 1 else flat[0] if flat else empty


def _as_powers_of_e(term: Term) -> Term:
    """e^u rather than exp(u)."""
    parts = tuple(_as_powers_of_e(part) for part in term.args)
    if term.head == "exp":
        return Term("pow", (Term("constant", (), "e"), parts[0]))
    return replace(term, args=parts)


def ordered(term: Term) -> Term:
    """Sums by falling powers of x, numbers last; where that puts a minus in front and a plus is there, the plus goes first. In
    products numbers come first."""
    parts = tuple(ordered(part) for part in term.args)
    if term.head == "add":
        parts = tuple(sorted(parts, key=lambda part: -_degree(part)))
        if parts[0].head == "neg" and not all(part.head == "neg" for part in parts):
            parts = tuple(sorted(parts, key=lambda part: part.head == "neg"))
    if term.head == "mul":
        parts = tuple(sorted(parts, key=lambda part: rational_value(part) is None))
    return replace(term, args=parts)


OTHER = Fraction(1, 2)
"""What is neither a number nor a power of x stands between them."""


def _degree(term: Term) -> Fraction:
    """In x of a monomial; 0 for a number, OTHER for the rest."""
    if rational_value(term) is not None or term.head == "constant":
        return Fraction(0)
    if term.head == "symbol":
        return Fraction(1)
    if term.head == "neg":
        return _degree(term.args[0])
    if term.head == "div":
        return _degree(term.args[0]) if rational_value(term.args[1]) is not None else OTHER
    if term.head == "pow" and term.args[0].head == "symbol":
        return rational_value(term.args[1]) or OTHER
    if term.head == "mul":
        degrees = [_degree(part) for part in term.args]
        return OTHER if OTHER in degrees else sum(degrees, Fraction(0))
    return OTHER
