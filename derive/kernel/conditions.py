"""The conditions under which a claim is defined: collected from both sides as written, discharged by the declarations; what
is left is visible in the formula and travels with the verdict.

A condition inside a sum or product, or on a random letter, which the eye does not see, must be discharged; otherwise nothing
is proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Relation, Term
from derive.kernel.budget import remembered
from derive.kernel.facts import Facts, facts_of
from derive.kernel.heads import (
    AlmostSurely,
    Condition,
    Natural,
    PowerDefined,
    ShapeError,
    Under,
    conditions_of,
    shape_of,
)
from derive.kernel.plain_numbers import well_shaped_at_sight
from derive.kernel.support import atoms_of, inside
from derive.kernel.terms import ZERO, free_letters, letters_of, sub, substitute, substitute_relation, symbol
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import shape

INVERTIBLE = {"invertible", "orthogonal", "positive_definite"}


@remembered(maxsize=1024)
def visible_conditions(claim: Claim) -> tuple[Relation, ...]:
    """What must be assumed for both sides to be defined, each once, the provable ones left out. Raises NotAdmitted, also
    where the parts of a side, or the two sides, do not fit together."""
    _require_shapes(claim)
    facts = facts_of(claim.scope)
    found: list[Relation] = []
    for side in (claim.lhs, claim.rhs):
        for condition in conditions_of(side, claim.scope):
            new = tuple(unsettled(condition, facts, hidden=False))
            found += new
            facts = facts.assuming(new) if new else facts
    return tuple(dict.fromkeys(found))


def _require_shapes(claim: Claim) -> None:
    """Matrices stand where matrices may stand, numbers where numbers must: ``exp(A + B)`` of matrices would otherwise pass
    for a function of numbers, which commute. Raises NotAdmitted."""
    if well_shaped_at_sight(claim.scope, claim.lhs, claim.rhs):
        return
    try:
        shape_of(Term("add", (claim.lhs, claim.rhs)), claim.scope)
    except ShapeError as misfit:
        raise NotAdmitted(str(misfit)) from None


def unsettled(condition: Condition, facts: Facts, *, hidden: bool) -> Iterator[Relation]:
    """The part of a condition that the facts do not give. Raises NotAdmitted where such a part is hidden from the eye."""
    if isinstance(condition, AlmostSurely):
        yield from _left_almost_surely(condition, facts)
        return
    if isinstance(condition, Under):
        yield from _left_under(condition, facts)
        return
    relation = _relation(condition, facts)
    if relation is None or _given(relation, facts):
        return
    if hidden and _by_factors(relation, facts):
        return
    if hidden:
        raise NotAdmitted("a condition inside a sum, or on a random letter, does not follow from the declarations")
    yield relation


def _left_almost_surely(condition: AlmostSurely, facts: Facts) -> Iterator[Relation]:
    """Nothing, or NotAdmitted: what the law of a letter says of its values may be used, or each of finitely many values."""
    try:
        yield from unsettled(condition.condition, inside(facts), hidden=True)
    except NotAdmitted:
        inner = condition.condition
        names = [name for name in letters_of(inner) if name in facts.letters] if isinstance(inner, Relation) else []
        listed = {name: law for name in names if (law := facts.letters[name].law) is not None and atoms_of(law)}
        if len(listed) != 1 or not isinstance(inner, Relation):
            raise
        for name, law in listed.items():
            for value, _ in atoms_of(law) or ():
                yield from unsettled(substitute_relation(inner, name, value), facts, hidden=True)


def _left_under(condition: Under, facts: Facts) -> tuple[Relation, ...]:
    """What does not speak of the letter is seen as well as outside; a condition on every term of a sum must follow from the
    declarations, else NotAdmitted."""
    if isinstance(condition.condition, Relation | PowerDefined | Natural) and not _speaks_of(condition):
        return tuple(unsettled(condition.condition, facts, hidden=False))
    letter = symbol("#c")
    while str(letter.value) in facts.letters:  # nested sums have letters of their own
        letter = symbol(f"{letter.value}'")
    inside = facts.under(letter, condition.lower, condition.upper)
    own = renamed(condition.condition, str(condition.variable.value), letter)
    return tuple(unsettled(own, inside, hidden=True))


def _speaks_of(condition: Under) -> bool:
    inner = condition.condition
    sides = (
        (inner.lhs, inner.rhs)
        if isinstance(inner, Relation)
        else (inner.base, inner.exponent)
        if isinstance(inner, PowerDefined)
        else (inner.term,)
        if isinstance(inner, Natural)
        else ()
    )
    return any(str(condition.variable.value) in free_letters(side) for side in sides)


def renamed(condition: Condition, name: str, letter: Term) -> Condition:
    """The condition with a term put in for a letter."""
    if isinstance(condition, Relation):
        return Relation(
            substitute(condition.lhs, name, letter), condition.relation, substitute(condition.rhs, name, letter)
        )
    if isinstance(condition, PowerDefined):
        return PowerDefined(substitute(condition.base, name, letter), substitute(condition.exponent, name, letter))
    if isinstance(condition, Natural):
        return Natural(substitute(condition.term, name, letter))
    if isinstance(condition, AlmostSurely):
        return AlmostSurely(renamed(condition.condition, name, letter))
    ends = (substitute(condition.lower, name, letter), substitute(condition.upper, name, letter))
    if str(condition.variable.value) == name:
        return Under(condition.condition, condition.variable, *ends)
    return Under(renamed(condition.condition, name, letter), condition.variable, *ends)


def _relation(condition: Relation | PowerDefined | Natural, facts: Facts) -> Relation | None:
    """A plain relation for the condition, or None where it holds of itself."""
    if isinstance(condition, Natural):
        if facts.kind(condition.term) != "integer":
            raise NotAdmitted("a factorial or binomial of something that is not declared an integer")
        return Relation(condition.term, ">=", ZERO)
    if isinstance(condition, PowerDefined):
        return _power_relation(condition, facts)
    return condition


def _power_relation(condition: PowerDefined, facts: Facts) -> Relation | None:
    base, exponent = condition.base, condition.exponent
    whole = facts.kind(exponent) == "integer"
    if whole and facts.non_negative(exponent):
        return None
    if shape(base, facts) is not None:
        return Relation(Term("det", (base,)), "!=", ZERO)
    if whole or facts.kind(base) == "complex":
        return Relation(base, "!=", ZERO)
    return Relation(base, ">=" if facts.positive(exponent) else ">", ZERO)


def settled_by(relation: Relation, facts: Facts) -> bool:
    """The relation, as conditions and bounds are, is proved from the facts."""
    return relation.relation in ("!=", ">", ">=", "<", "<=") and _given(relation, facts)


def _by_factors(relation: Relation, facts: Facts) -> bool:
    """By the factors of the difference, which takes longer: for conditions that nobody would see."""
    from derive.kernel.normal import NoNormalForm
    from derive.kernel.ratio import TooLarge
    from derive.kernel.settling import by_factors

    try:
        return relation.lhs.head != "det" and by_factors(relation, facts)
    except (NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError):
        return False


def _given(relation: Relation, facts: Facts) -> bool:
    """The relation follows from the declarations."""
    if relation.relation in ("<", "<="):
        relation = Relation(relation.rhs, relation.relation.replace("<", ">"), relation.lhs)
    lhs = relation.lhs
    if relation.relation == "!=":
        if lhs.head == "det":
            return _invertible(lhs.args[0], facts)
        return facts.nonzero(sub(lhs, relation.rhs) if relation.rhs != ZERO else lhs)
    difference = lhs if relation.rhs == ZERO else sub(lhs, relation.rhs)
    return facts.positive(difference) if relation.relation == ">" else facts.non_negative(difference)


def _invertible(term: Term, facts: Facts) -> bool:
    if facts.nonzero(Term("det", (term,))):
        return True
    if term.head in ("neg", "transpose"):
        return _invertible(term.args[0], facts)
    if term.head == "pow":
        return _invertible(term.args[0], facts)
    if term.head == "mul":
        return all(_invertible(arg, facts) for arg in term.args)
    if term.head == "identity":
        return True
    if term.head == "symbol":
        declaration = facts.declaration(str(term.value))
        if declaration is not None and INVERTIBLE & set(declaration.properties):
            return True
        defined = facts.definition(str(term.value))
        return defined is not None and _invertible(defined, facts)
    if not free_letters(term):
        from derive.kernel.balls import holds

        return holds(Relation(Term("det", (term,)), "!=", ZERO), {}) is True
    return False
