"""A lowered relation to claims, with the roles of its letters for declarations where the text makes none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derive.core import Claim, Declaration, Relation, Scope
from derive.formula.claims import claim_of, refuse_implicit, whole_letters, with_counts, with_letters
from derive.formula.given import families_of, plain, read_given, with_backslashes
from derive.formula.letters import letter_names
from derive.formula.notation import show_name
from derive.formula.tokens import Unread
from derive.kernel.terms import free_letters, subterms
from derive.notes.items import spoken_of
from derive.notes.random_letters import put_in, with_deviations, with_laws
from derive.notes.relevant import relevant
from derive.notes.roles import IDENTITY, Roles
from derive.notes.sizes import Sizes

_DECLARES = re.compile(r"\\in\b|\bin\b|~|\\sim|:")
_LETTERS = re.compile(r"\\(?:mathbf|vec|hat|bar|tilde)\{[^{}]*\}|\\?[A-Za-z]+(?:_\w|_\{[^{}]*\})?")
AVERAGES = ("expect", "expect_given", "variance", "covariance", "probability")
_KEY = re.compile(
    r"(?P<key>\\(?:mathbf|vec|hat|bar|tilde|mathcal|dot)\{(?:\\[A-Za-z]+|[A-Za-z])\}|\\[A-Za-z]+|[A-Za-z])(?P<below>_\{[^{}]*\}|_\w|_\\star)?"
)
"""A letter as lowering writes it, with its subscript."""


def claims_in(latex: str, given: str, roles: Roles, sizes: Sizes) -> tuple[Claim, ...]:
    """The relations of ``latex``. Raises Unread."""
    spoken = " ; ".join((latex, *(spoken_of(item.strip()) for item in given.split(";"))))
    scope = _silent(read_given(given, latex, tuple(_by_role(spoken, roles, sizes))), given)
    families = families_of(f"{with_backslashes(given)} ; {latex}")
    relations, scope = with_letters(plain(latex), scope, families, declared=False)
    scope = with_laws(with_counts(relations, _whole(relations, with_deviations(scope), given)), relations)
    for relation in relations:
        _refuse_unknown_laws(relation, scope)
        refuse_implicit(relation, scope)
        _refuse_dependent(relation, scope)
        _refuse_determinants(relation, scope)
    return tuple(relevant(claim_of(relation, scope)) for relation in relations)


def _refuse_dependent(relation: Relation, scope: Scope) -> None:
    """``\\frac{\\partial h}{\\partial z}`` speaks of an h that depends on z, though nothing is said of it."""
    defined = {
        str(one.lhs.value): free_letters(one.rhs)
        for one in scope.hypotheses
        if one.relation == "=" and one.lhs.head == "symbol"
    }
    for part in (*subterms(relation.lhs), *subterms(relation.rhs)):
        if part.head == "derivative" and part.args[0].head in ("symbol", "index") and part.args[0] != part.args[1]:
            body = part.args[0] if part.args[0].head == "symbol" else part.args[0].args[0]
            if not defined.get(str(body.value)):  # nothing is said of it, or that it is a number
                raise Unread("a derivative of a letter that may be a function: declare it", 0)


def _refuse_determinants(relation: Relation, scope: Scope) -> None:
    """``\\det(A)`` speaks of a matrix A, also where nothing else shows that A is one."""
    shaped = {d.name for d in scope.declarations if d.shape}
    for part in (*subterms(relation.lhs), *subterms(relation.rhs)):
        lone = [leaf for leaf in subterms(part) if leaf.head == "symbol"] if part.head in ("det", "trace") else []
        if any(str(leaf.value)[:1].isupper() and leaf.value not in shaped for leaf in lone):
            raise Unread("a determinant or trace of letters that may be matrices: declare them", 0)


def _whole(relations: tuple[Relation, ...], scope: Scope, given: str) -> Scope:
    """A letter of which the text says no more than a bound, ``n \\ge 1``, is an integer where it ends a sum."""
    whole = {name for one in relations for side in (one.lhs, one.rhs) for name in whole_letters(side)}
    whole -= _said(given)
    letters = tuple(
        replace(d, domain="integer")
        if d.name in whole and d.domain == "real" and not (d.family or d.shape or d.law)
        else d
        for d in scope.declarations
    )
    return replace(scope, declarations=letters)


def _said(given: str) -> frozenset[str]:
    """Letters that an item declares."""
    return frozenset(
        name for item in given.split(";") if _DECLARES.search(item) for name in map(_name, _LETTERS.findall(item))
    )


def _silent(scope: Scope, given: str) -> Scope:
    """A letter that the text only uses, in a definition say, is not declared by that."""
    said = _said(given)
    return replace(
        scope,
        declarations=tuple(
            d if d.name in said or d.where or d.law else replace(d, declared=False) for d in scope.declarations
        ),
    )


def _name(latex: str) -> str:
    try:
        return letter_names(latex)[0]
    except Unread:
        return ""


def _refuse_unknown_laws(relation: Relation, scope: Scope) -> None:
    """An average over a letter of which no law is known would be an average over a constant."""
    laws = {d.name for d in scope.declarations if d.law is not None}
    for part in (*subterms(relation.lhs), *subterms(relation.rhs)):
        if part.head in AVERAGES and not put_in(free_letters(part), scope) & laws:
            names = ", ".join(sorted(map(show_name, free_letters(part))))
            raise Unread(f"nothing is said of the law of {names}", 0)


def _by_role(latex: str, roles: Roles, sizes: Sizes) -> Iterator[Declaration]:
    """Functions, vectors and matrices that the text uses as such without saying so."""
    yield from (Declaration(name, family=True, declared=False) for name in _named_families(latex))
    letters = _SIZE.sub(" ", _ENVIRONMENT.sub(" ", _NAMED.sub(" ", latex)))
    for key, below in dict.fromkeys((found["key"], found["below"] or "") for found in _KEY.finditer(letters)):
        try:
            name, family = letter_names(f"{key}{below}")
        except Unread:
            continue
        if key == IDENTITY:
            continue
        if name == "gamma" and not family and not roles.speaks_of_euler:
            yield Declaration(name, declared=False)  # a discount, a rate: rarely the constant
        elif key in roles.functions and not below:
            yield Declaration(name, function=True, declared=False)
        elif (shape := sizes.final(key)) is not None and not (below and roles.is_shaped_by_its_place(key)):
            yield Declaration(name, shape=_shape(shape), family=family, declared=False)


_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{[a-z]*\}")
"""``pmatrix`` has no letter x in it."""
_SIZE = re.compile(r"\bR\^\{[^{}]*\}")
"""``R^{d x d}`` has no letter x in it."""
_NAMED = re.compile(r"\\mathrm\{(?P<name>[A-Za-z0-9]{2,})\}(?:_\{(?P<index>[^{}]*)\})?")


def _named_families(latex: str) -> Iterator[str]:
    """Names in upright letters that carry an index with a letter in it."""
    found = ((name["name"], name["index"] or "") for name in _NAMED.finditer(latex))
    yield from dict.fromkeys(name for name, index in found if re.search("[A-Za-z]", index) and "," not in index)


def _shape(shape: tuple[str, str]) -> tuple[str | int, ...]:
    rows, columns = (int(size) if size.isdigit() else size for size in shape)
    return (rows,) if columns == 1 else (rows, columns)
