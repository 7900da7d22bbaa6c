"""Between what a letter lies, by the relations that speak of it plainly; and in which order letters are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derive.core import Declaration, Relation
from derive.kernel.terms import free_letters
from derive.writers.numpy_source.expression import Place, text

if TYPE_CHECKING:
    from derive.floats.plan import Plan

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Ends:
    """What is declared of one letter: code of the lower and upper end, of the ends of its modulus, and of a fixed modulus."""

    low: str = ""
    high: str = ""
    least: str = ""
    most: str = ""
    modulus: str = ""
    low_open: bool = False
    high_open: bool = False
    used: tuple[Relation, ...] = ()
    words: tuple[str, ...] = ()


def free_sizes(plan: Plan) -> list[str]:
    declared = {d.name for d in plan.declarations}
    return [size for size in plan.sizes if size not in declared]


def ordered(plan: Plan) -> list[Declaration]:
    """Letters after those that bound them. Random letters are averaged over: outside an average they are drawn."""
    waiting, done, order = list(plan.declarations), set[str](), list[Declaration]()
    names = {d.name for d in waiting}
    while waiting:
        ready = [d for d in waiting if (_bounding(d) & names) - {d.name} <= done] or waiting[:1]
        done |= {d.name for d in ready}
        order += ready
        waiting = [d for d in waiting if d.name not in done]
    return order


def _bounding(d: Declaration) -> frozenset[str]:
    sizes = frozenset(size for size in d.shape if isinstance(size, str))
    return sizes.union(*(free_letters(r.lhs) | free_letters(r.rhs) for r in d.where))


def ends_of(d: Declaration, plan: Plan, place: Place) -> Ends:
    """From the relations that speak of the letter plainly, its own and the hypotheses."""
    ends = Ends()
    before = {e.name for e in ordered(plan)[: [e.name for e in ordered(plan)].index(d.name)]} | set(free_sizes(plan))
    for relation in plan.filters:
        for side, other, word in (
            (relation.lhs, relation.rhs, relation.relation),
            (relation.rhs, relation.lhs, FLIPPED.get(relation.relation, "")),
        ):
            inner = side.args[0] if side.head in ("abs", "norm") else side
            bare = inner.args[0] if inner.head == "index" and inner.args[1].head == "symbol" else inner
            if bare.head == "symbol" and bare.value == d.name and free_letters(other) <= before and word:
                ends = _cut(ends, inner is not side, word, text(other, place), relation)
                break
    return ends if d.family else _numbers_only(ends)


def _numbers_only(ends: Ends) -> Ends:
    """Of two ends, one that another letter gives is left to a later condition: the ends could be the wrong way round."""
    if not (ends.low and ends.high) or (_is_numeral(ends.low) and _is_numeral(ends.high)):
        return ends
    drop = "high" if not _is_numeral(ends.high) else "low"
    bare = replace(ends, **{drop: "", f"{drop}_open": False})  # type: ignore[arg-type]
    words = (">", ">=") if drop == "low" else ("<", "<=")
    return replace(bare, used=tuple(r for r, word in zip(ends.used, ends.words, strict=True) if word not in words))


def _is_numeral(code: str) -> bool:
    return not any(character.isalpha() for character in code)


def _cut(ends: Ends, of_modulus: bool, word: str, value: str, relation: Relation) -> Ends:
    ends, used = replace(ends, words=(*ends.words, word)), (*ends.used, relation)
    old = replace(ends, words=ends.words[:-1])
    if of_modulus and word == "=" and not ends.modulus:
        return replace(ends, modulus=value, used=used)
    if of_modulus and word in (">", ">=") and not ends.least:
        return replace(ends, least=value, used=used)
    if of_modulus and word in ("<", "<=") and not ends.most:
        return replace(ends, most=value, used=used)
    if not of_modulus and word in (">", ">=") and not ends.low:
        return replace(ends, low=value, low_open=word == ">", used=used)
    if not of_modulus and word in ("<", "<=") and not ends.high:
        return replace(ends, high=value, high_open=word == "<", used=used)
    return old
