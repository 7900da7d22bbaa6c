"""The limit of a term at a point or at infinity, from its expansion there.

The body must be defined near the point (at least on one side; a side on which it is certainly undefined does not count, so that
x ln x has a limit at 0). A limit from both sides needs equal limits from either side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from derive.core import Declaration, Relation, Term
from derive.kernel.asymptotic import WHOLE_NAMES
from derive.kernel.conditions import unsettled
from derive.kernel.expansion import Expander, letter_series
from derive.kernel.facts import Facts
from derive.kernel.heads import conditions_of
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.scale import UNIT, Scale
from derive.kernel.series import Arithmetic, MoreTerms, Series
from derive.kernel.terms import INFINITY, ZERO, free_letters, letters_of, number, sub, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted

T = TypeVar("T")

ORDERS = (4, 9, 16, 26)
MINUS_INFINITY = Term("neg", (INFINITY,))
LARGE = 5


class Outside(Exception):
    """The body is undefined on this side of the point, however near."""


class NoLimit(NoNormalForm):
    """The limits from the two sides are certainly different: the limit does not exist."""


def limit_of(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio | Term:
    """The value of ``limit(body, x, point)``, INFINITY or MINUS_INFINITY. Raises NoNormalForm where it is not known."""
    letter, point = term.args[1:]
    if point in (INFINITY, MINUS_INFINITY):
        return _from_one_side(normaliser, term, 1 if point == INFINITY else -1, facts)
    if str(letter.value) in free_letters(point):
        raise NoNormalForm("a limit at a point that speaks of its letter")
    if term.value in ("+", "-"):
        return _from_one_side(normaliser, term, 1 if term.value == "+" else -1, facts)
    found: dict[int, Ratio | Term] = {}
    for side in (1, -1):
        try:
            found[side] = _from(normaliser, term, side, facts)
        except Outside:
            continue
    if not found:
        raise NoNormalForm("the body is not defined near the point")
    values = list(found.values())
    if len(values) == 2 and not same_limit(normaliser, values[0], values[1]):
        if _bounds(letter, facts):
            raise NoNormalForm("the limits from the two sides differ, and the letter is declared with a bound")
        if differ(normaliser, values[0], values[1], facts):
            raise NoLimit("the limits from the two sides are different")
        raise NoNormalForm("the limits from the two sides are not known to be equal")
    return values[0]


def _from_one_side(normaliser: Normaliser, term: Term, side: int, facts: Facts) -> Ratio | Term:
    try:
        return _from(normaliser, term, side, facts)
    except Outside:
        raise NoNormalForm("the body is not defined on this side of the point") from None


def same_limit(normaliser: Normaliser, a: Ratio | Term, b: Ratio | Term) -> bool:
    if isinstance(a, Ratio) and isinstance(b, Ratio):
        return normaliser.reduce(a - b).is_zero
    return isinstance(a, Term) and a == b


def differ(normaliser: Normaliser, a: Ratio | Term, b: Ratio | Term, facts: Facts) -> bool:
    """The values are certainly different."""
    if isinstance(a, Ratio) and isinstance(b, Ratio):
        return Scale(normaliser, facts).nonzero(normaliser.reduce(a - b))
    return a != b  # an infinite limit and a finite one, or two infinite ones


def _bounds(letter: Term, facts: Facts) -> bool:
    declaration = facts.declaration(str(letter.value))
    return declaration is not None and bool(declaration.where)


def _from(normaliser: Normaliser, term: Term, side: int, facts: Facts) -> Ratio | Term:
    return _expanded(normaliser, term, side, facts, _value)


def stays_bounded(normaliser: Normaliser, term: Term, facts: Facts) -> bool:
    """The body of a limit at infinity stays bounded. Raises NoNormalForm where that is not known."""

    def bounded(expander: Expander, series: Series) -> bool:
        if not series.terms and series.error is None:
            return True
        if expander.arithmetic.scale.compare(expander.arithmetic.top(series), UNIT) <= 0:
            return True
        _value(expander, series)  # more terms may tell
        return False

    try:
        return _expanded(normaliser, term, 1, facts, bounded)
    except Outside:
        raise NoNormalForm("the ratio is not defined for large values") from None


def _expanded(normaliser: Normaliser, term: Term, side: int, facts: Facts, read: Callable[[Expander, Series], T]) -> T:
    """What ``read`` makes of the expansion of the body from one side, with longer and longer expansions."""
    body, letter, point = term.args
    name, fresh = str(letter.value), symbol(f"{letter.value}~")
    while str(fresh.value) in free_letters(body) or facts.declaration(str(fresh.value)) is not None:
        fresh = symbol(f"{fresh.value}~")
    inside = near_point(name, fresh, point, side, facts, body)
    body = substitute(body, name, fresh)
    if inside.kind(body) == "complex":
        raise NoNormalForm("a limit of complex numbers")
    for order in ORDERS:
        arithmetic = Arithmetic(Scale(normaliser, inside), order)
        at = None if point in (INFINITY, MINUS_INFINITY) else normaliser.value(point, facts)
        expander = Expander(arithmetic, str(fresh.value), letter_series(arithmetic, at, side), inside)
        try:
            _require_defined(expander, body, inside)
            found = read(expander, expander.series(body))
            _settle_visible(expander, normaliser)
        except MoreTerms:
            continue
        except NotAdmitted as refusal:
            raise NoNormalForm(str(refusal)) from None
        return found
    raise NoNormalForm("the expansion does not tell the limit")


def near_point(name: str, fresh: Term, point: Term, side: int, facts: Facts, body: Term) -> Facts:
    """What is known of the letter near the point: on which side it lies; at infinity, that it is large, and whole where it is
    declared or understood so. Raises NoNormalForm where it is not a plain number."""
    declared = facts.declaration(name)
    for hypothesis in facts.scope.hypotheses:
        if name in letters_of(hypothesis) and hypothesis.relation == "=":
            raise NoNormalForm(f"a hypothesis speaks of {name}, which varies in a limit")
    if declared is not None and (
        declared.shape or declared.law or declared.family or declared.function or declared.domain == "complex"
    ):
        raise NoNormalForm(f"{name} is not declared as a number that varies")
    if point not in (INFINITY, MINUS_INFINITY):
        if declared is not None and declared.domain == "integer" and declared.declared:
            raise NoNormalForm(f"{name} is an integer")
        return facts.extended(Declaration(str(fresh.value)), [Relation(fresh, ">" if side > 0 else "<", point)])
    if declared is not None and not all(_reaches(bound, name, side) for bound in declared.where):
        raise NoNormalForm(f"{name} is declared with a bound that it does not keep")
    whole = declared.domain == "integer" if declared is not None and declared.declared else understood_whole(name, body)
    bound = Relation(fresh, ">=", number(LARGE)) if side > 0 else Relation(fresh, "<=", number(-LARGE))
    return facts.extended(Declaration(str(fresh.value), "integer" if whole else "real"), [bound])


def _reaches(bound: Relation, name: str, side: int) -> bool:
    """A bound that all large values (of this sign) keep: ``t >= c``, ``t != c``, ``c < t``."""
    lhs, rhs = (bound.rhs, bound.lhs) if bound.relation in ("<", "<=") else (bound.lhs, bound.rhs)
    if side < 0:
        lhs, rhs = rhs, lhs
    other = rhs if lhs == symbol(name) else lhs if bound.relation == "!=" else None
    return bound.relation != "=" and other is not None and name not in free_letters(other)


def understood_whole(name: str, body: Term) -> bool:
    """A letter of which nothing is said, and which stands where only integers do, or has a name that is kept for them."""
    return name in WHOLE_NAMES or any(
        part.head in ("factorial", "binomial") and name in free_letters(part) for part in subterms(body)
    )


def _value(expander: Expander, series: Series) -> Ratio | Term:
    """The limit of an expansion. Raises MoreTerms where its error does not tend to 0 and hides it."""
    arithmetic = expander.arithmetic
    scale = arithmetic.scale
    ordered = arithmetic.ordered(series)
    if ordered and scale.compare(ordered[0], UNIT) > 0:
        return INFINITY if scale.sign(series.terms[ordered[0]]) > 0 else MINUS_INFINITY
    if series.error is not None and scale.compare(series.error, UNIT) >= 0:
        raise MoreTerms
    total = scale.normaliser.constant(0)
    for monomial, value in series.terms.items():
        if scale.compare(monomial, UNIT) == 0:
            total = total + value
    return scale.normaliser.reduce(total)


def _require_defined(expander: Expander, body: Term, facts: Facts) -> None:
    """Every condition of the body that speaks of the letter holds near the point. Raises Outside where one fails there."""
    for condition in conditions_of(body, facts.scope):
        for relation in unsettled(condition, facts, hidden=False):
            _require_near(expander, relation)


def _require_near(expander: Expander, relation: Relation) -> None:
    if expander.name not in letters_of(relation):
        return  # visible outside the limit, too
    series = expander.series(sub(relation.lhs, relation.rhs) if relation.rhs != ZERO else relation.lhs)
    if relation.relation == "!=":
        if not series.terms and series.error is None:
            raise Outside
        expander.arithmetic.lead(series)
        return
    if relation.relation not in (">", ">="):
        raise NoNormalForm(f"a condition {relation.relation} near the point")
    sign = expander.arithmetic.sign(series)
    if sign < 0 or (sign == 0 and relation.relation == ">"):
        raise Outside


def _settle_visible(expander: Expander, normaliser: Normaliser) -> None:
    """A condition that only the normal form asked for holds near the point as well."""
    speaking = [r for r in normaliser.visible if expander.name in letters_of(r)]
    for relation in speaking:
        _require_near(expander, relation)
    normaliser.visible[:] = [r for r in normaliser.visible if expander.name not in letters_of(r)]
