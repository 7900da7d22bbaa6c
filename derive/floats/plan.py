"""Sorting a scope before any point is drawn: which letters matter to the claim, which are computed, which hypotheses filter."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core import Claim, Declaration, Relation, Scope, Term
from derive.floats.environment import Function, Recurrence

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Plan:
    """``declarations`` in the order in which they are sampled; ``filters`` are the relations that a point must satisfy."""

    declarations: tuple[Declaration, ...]
    definitions: dict[str, Term]
    recurrences: dict[str, tuple[Recurrence, ...]]
    functions: dict[str, Function]
    realisation: tuple[tuple[str, Term], ...]
    filters: tuple[Relation, ...]
    sizes: tuple[str, ...]


def letters(term: Term) -> dict[str, None]:
    """The letters of a term, bound ones too, in order of appearance."""
    found: dict[str, None] = {}
    stack = [term]
    while stack:
        node = stack.pop()
        if node.head == "symbol":
            found[str(node.value)] = None
        stack.extend(reversed(node.args))
    return found


def prepare(claim: Claim) -> Plan:
    """The plan for a claim: only what is connected to its letters."""
    scope = claim.scope
    used = _connected(claim)
    wanted = [d for d in scope.declarations if d.name in used]
    hypotheses = [h for h in scope.hypotheses if any(name in used for name in _letters_of(h))]
    definitions: dict[str, Term] = {}
    recurrences: dict[str, tuple[Recurrence, ...]] = {}
    functions: dict[str, Function] = {}
    filters = [relation for d in wanted for relation in d.where]
    integers = {d.name for d in scope.declarations if d.domain == "integer" and not d.family and not d.shape}
    for hypothesis in hypotheses:
        if not _define(hypothesis, scope, integers, definitions, recurrences, functions):
            filters.append(hypothesis)
    sampled = [d for d in wanted if d.name not in definitions and d.name not in functions]
    sizes = dict.fromkeys(s for d in wanted for s in d.shape if isinstance(s, str))
    return Plan(
        tuple(sorted(sampled, key=_turn)),
        definitions,
        recurrences,
        functions,
        tuple((name, term) for name, term in scope.realisation if name in used),
        tuple(filters),
        tuple(sizes),
    )


def _turn(d: Declaration) -> tuple[bool, ...]:
    """When a letter is sampled: integers first, random letters last, and families after the letters that bound them."""
    bounded_by_others = d.family and any(letters(relation.rhs) for relation in d.where)
    return d.law is not None, d.domain != "integer" or d.family, bool(d.shape), bounded_by_others


def _letters_of(relation: Relation) -> dict[str, None]:
    return letters(relation.lhs) | letters(relation.rhs)


def _connected(claim: Claim) -> dict[str, None]:
    """The letters of the claim and all that declarations, hypotheses and the realisation tie to them."""
    declared = {d.name: d for d in claim.scope.declarations}
    known = dict.fromkeys(name for d in claim.scope.declarations for name in (d.name,))
    groups = [[n for n in _letters_of(h) if n in known] for h in claim.scope.hypotheses]
    groups += [[n for n in {name: None} | letters(term) if n in known] for name, term in claim.scope.realisation]
    used = letters(claim.lhs) | letters(claim.rhs)
    queue = list(used)
    while queue:
        name = queue.pop()
        reached = [n for group in groups if name in group for n in group]
        if name in declared:
            d = declared[name]
            reached += [n for relation in d.where for n in _letters_of(relation)]
            reached += [str(s) for s in d.shape]
            reached += list(letters(d.law.mean) | letters(d.law.variance)) if d.law else []
        fresh = [n for n in dict.fromkeys(reached) if n not in used]
        used.update(dict.fromkeys(fresh))
        queue.extend(fresh)
    return used


def _define(
    hypothesis: Relation,
    scope: Scope,
    integers: set[str],
    definitions: dict[str, Term],
    recurrences: dict[str, tuple[Recurrence, ...]],
    functions: dict[str, Function],
) -> bool:
    """Take a hypothesis as a definition, if that is what it is."""
    lhs, rhs = hypothesis.lhs, hypothesis.rhs
    if hypothesis.relation != "=":
        return False
    if lhs.head == "symbol":
        name = str(lhs.value)
        if name in definitions or _reaches(rhs, name, definitions, recurrences):
            return False
        definitions[name] = rhs
        return True
    if lhs.head == "apply" and len(lhs.args) == 2 and lhs.args[1].head == "symbol":
        name, variable = str(lhs.args[0].value), str(lhs.args[1].value)
        if name in functions or name in letters(rhs):
            return False
        functions[name] = Function(variable, rhs)
        return True
    return lhs.head == "index" and lhs.args[0].head == "symbol" and _recur(lhs, rhs, scope, integers, recurrences)


def _recur(
    lhs: Term, rhs: Term, scope: Scope, integers: set[str], recurrences: dict[str, tuple[Recurrence, ...]]
) -> bool:
    """``w_k = ...``: a member, or with a free index every member."""
    family, place = str(lhs.args[0].value), lhs.args[1]
    recursive = family in letters(rhs)
    letter, shift = _shifted(place)
    chained = any(
        h.lhs.head == "index" and h.lhs.args[0].value == family and family in letters(h.rhs) for h in scope.hypotheses
    )
    if not letter or (letter in integers and chained and not recursive):
        rule = Recurrence(rhs, "", 0, place, recursive)
    else:
        rule = Recurrence(rhs, letter, shift, None, recursive)
    known = recurrences.get(family, ())
    if any(other.at is None and rule.at is None for other in known):
        return False
    recurrences[family] = (*known, rule)
    return True


def _shifted(place: Term) -> tuple[str, int]:
    """An index ``t``, ``t + 1`` or ``t - 1`` as its letter and shift; no letter when it is something else."""
    if place.head == "symbol":
        return str(place.value), 0
    if place.head == "add" and len(place.args) == 2 and place.args[0].head == "symbol":
        step = place.args[1]
        sign, number = (-1, step.args[0]) if step.head == "neg" else (1, step)
        if number.head == "number":
            return str(place.args[0].value), sign * int(number.value or 0)
    return "", 0


def _reaches(
    term: Term, name: str, definitions: dict[str, Term], recurrences: dict[str, tuple[Recurrence, ...]]
) -> bool:
    """Whether a term needs a letter, through the definitions taken so far."""
    seen: dict[str, None] = {}
    queue = list(letters(term))
    while queue:
        letter = queue.pop()
        if letter == name:
            return True
        if letter in seen:
            continue
        seen[letter] = None
        queue += letters(definitions[letter]) if letter in definitions else []
        queue += [n for rule in recurrences.get(letter, ()) for n in letters(rule.body)]
    return False
