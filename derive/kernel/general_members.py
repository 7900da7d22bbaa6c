"""Hypotheses on general members of families, ``|a_k| <= 1`` or ``a_k + b_k = 1``, may be meant for one k or for all: a point that is to
refute a claim satisfies them for all members that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derive.core import Family, Relation, Scope, Term, Value
from derive.kernel.balls import holds
from derive.kernel.terms import free_letters, letters_of, number, substitute_relation, subterms
from derive.kernel.verdict import NotAdmitted

MOST_INSTANCES = 200


def instances(hypothesis: Relation, scope: Scope, env: dict[str, Value]) -> Iterator[Relation]:
    """The hypothesis at all members of which the point gives values, as far as what is said of the running letters allows; nothing
    where it speaks of no general member. Raises NotAdmitted where the members are not ``a_k`` for running letters, or have no values.
    """
    members = [p for side in (hypothesis.lhs, hypothesis.rhs) for p in subterms(side) if p.head == "index"]
    free = letters_of(hypothesis)
    general = [member for member in members if any(free_letters(place) & free for place in member.args[1:])]
    letters = sorted({name for member in general for place in member.args[1:] for name in free_letters(place) & free})
    if not letters:
        return
    if any(place.head not in ("symbol", "number") for member in general for place in member.args[1:]):
        raise NotAdmitted("a hypothesis that ties members of a sequence to later ones, which no finite point satisfies")
    lengths = [_length(member, env) for member in general]
    if min(lengths) ** len(letters) > MOST_INSTANCES:
        raise NotAdmitted("a hypothesis on too many members")
    for values in product(range(1, min(lengths) + 1), repeat=len(letters)):
        at = dict(zip(letters, values, strict=True))
        if _meant(at, scope, env):
            yield _put(hypothesis, at)


def _length(member: Term, env: dict[str, Value]) -> int:
    value = env.get(str(member.args[0].value))
    if not isinstance(value, Family):
        raise NotAdmitted(
            "a hypothesis on general members of a sequence that is computed, which may be meant for all of them"
        )
    if value.first != 1:
        raise NotAdmitted("a hypothesis on general members of a sequence that begins before 1")
    return len(value.members)


def _meant(at: dict[str, int], scope: Scope, env: dict[str, Value]) -> bool:
    """The running letters may have these values, as far as is known."""
    said = [relation for d in scope.declarations if d.name in at for relation in d.where]
    said += [h for h in scope.hypotheses if letters_of(h) and letters_of(h) <= at.keys()]
    return all(holds(_put(relation, at), env) is not False for relation in said)


def _put(relation: Relation, at: dict[str, int]) -> Relation:
    for name, value in at.items():
        relation = substitute_relation(relation, name, number(value))
    return relation
