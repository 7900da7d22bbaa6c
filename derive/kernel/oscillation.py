"""No limit because of an oscillation: along two sequences that tend to the point the body has two different limits.

sin u takes the values 1 and -1 (where cos u = 0) at points arbitrarily near, if u is continuous there and grows without bound;
(-1)^n takes the values 1 and -1 at even and odd n.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.core import Term
from derive.kernel.asymptotic import WHOLE_NAMES
from derive.kernel.facts import Facts
from derive.kernel.limit import MINUS_INFINITY, differ, limit_of
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.path import require_continuous_heads
from derive.kernel.ratio import Ratio
from derive.kernel.terms import BINDERS, INFINITY, ONE, ZERO, free_letters, number, subterms


def why_it_oscillates(normaliser: Normaliser, limit: Term, facts: Facts) -> str:
    """One sentence; raises NoNormalForm where two such sequences are not found."""
    one_sided = replace(limit, value=_side(limit))
    for first, second, which in _along(normaliser, one_sided, facts):
        try:
            a, b = (
                limit_of(normaliser, replace(one_sided, args=(body, *limit.args[1:])), facts)
                for body in (first, second)
            )
        except NoNormalForm:
            continue
        if differ(normaliser, a, b, facts):
            return f"there is no limit: it is different along two sequences, by the values of {which}"
    raise NoNormalForm("the expansion does not tell the limit")


def _side(limit: Term) -> str | None:
    """From the right, where the limit is from both sides."""
    if limit.args[2] in (INFINITY, MINUS_INFINITY):
        return None
    return "-" if limit.value == "-" else "+"


def _along(normaliser: Normaliser, limit: Term, facts: Facts) -> Iterator[tuple[Term, Term, str]]:
    """The body along two sequences, and by what they differ."""
    body, letter, point = limit.args
    name = str(letter.value)
    declared = facts.declaration(name)
    whole = declared.domain == "integer" if declared is not None and declared.declared else name in WHOLE_NAMES
    if any(part.head in BINDERS for part in subterms(body)):
        return
    if whole and point == INFINITY:
        sign = Term("pow", (number(-1), letter))
        if any(part == sign for part in subterms(body)):
            yield _put(body, {sign: ONE}), _put(body, {sign: number(-1)}), "(-1)^" + name
        return
    if whole:
        return
    for u in dict.fromkeys(p.args[0] for p in subterms(body) if p.head in ("sin", "cos") and name in free_letters(p)):
        if _grows(normaliser, limit, u, name, facts):
            sine, cosine = Term("sin", (u,)), Term("cos", (u,))
            yield _put(body, {sine: ONE, cosine: ZERO}), _put(body, {sine: number(-1), cosine: ZERO}), "a sine"
            yield _put(body, {cosine: ONE, sine: ZERO}), _put(body, {cosine: number(-1), sine: ZERO}), "a cosine"


def _grows(normaliser: Normaliser, limit: Term, u: Term, name: str, facts: Facts) -> bool:
    """u is continuous near the point, and tends to infinity or minus infinity from the side of the limit."""
    try:
        require_continuous_heads(u, name)
        found = limit_of(normaliser, replace(limit, args=(u, *limit.args[1:])), facts)
    except NoNormalForm:
        return False
    return not isinstance(found, Ratio)


def _put(term: Term, values: dict[Term, Term]) -> Term:
    if term in values:
        return values[term]
    return replace(term, args=tuple(_put(arg, values) for arg in term.args)) if term.args else term
