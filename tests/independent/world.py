"""Where a term is evaluated: what the letters are, and how exact the answer can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from mpmath import mp

from derive.core import Claim, Complex, Declaration, Matrix, Relation, Scope, Term

Key = tuple[str, int | None]


@dataclass(slots=True)
class Accuracy:
    """The largest relative error that an approximate rule (a quadrature, say) may have left."""

    error: Any = 0
    steps: int = 0

    def allow(self, error: Any) -> None:
        self.error = max(self.error, error)


@dataclass(frozen=True, slots=True)
class World:
    scope: Scope
    letters: dict[str, Any]
    eps: Any
    complex_letters: frozenset[str]
    definitions: dict[str, Term]
    sequences: dict[str, list[Relation]]
    bound: dict[str, Any] = field(default_factory=dict)
    draws: dict[Key, Any] | None = None
    known: dict[Key, Any] = field(default_factory=dict)
    accuracy: Accuracy = field(default_factory=Accuracy)
    nodes: int | None = 9
    """Gauss nodes for a continuous law; None for quadrature with its density."""

    def bind(self, name: str, value: Any) -> World:
        return replace(self, bound={**self.bound, name: value})

    def put(self, name: str, value: Any) -> World:
        """Another value of a letter: what was known of sequences is forgotten."""
        bound = {**self.bound, name: value} if name in self.bound else self.bound
        definitions = {k: v for k, v in self.definitions.items() if k != name}
        letters = {**self.letters, name: value}
        return replace(self, letters=letters, bound=bound, definitions=definitions, known={})

    def draw(self, values: dict[Key, Any]) -> World:
        return replace(self, draws={**(self.draws or {}), **values}, known={})

    def declaration(self, name: str) -> Declaration | None:
        return next((d for d in self.scope.declarations if d.name == name), None)


def symbols(term: Term) -> set[str]:
    """All letters that occur, bound or not."""
    if term.head == "symbol":
        return {str(term.value)}
    return set().union(*map(symbols, term.args)) if term.args else set()


def parts(term: Term) -> list[Term]:
    return [term, *(part for arg in term.args for part in parts(arg))]


def definitions_of(scope: Scope) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for h in scope.hypotheses:
        if h.relation == "=" and h.lhs.head == "symbol" and str(h.lhs.value) not in symbols(h.rhs):
            found.setdefault(str(h.lhs.value), h.rhs)
    return found


def sequences_of(scope: Scope) -> dict[str, list[Relation]]:
    found: dict[str, list[Relation]] = {}
    for h in scope.hypotheses:
        if h.relation == "=" and h.lhs.head == "index" and h.lhs.args[0].head == "symbol":
            found.setdefault(str(h.lhs.args[0].value), []).append(h)
    return found


def world_of(claim: Claim, letters: dict[str, Any]) -> World:
    scope = claim.scope
    complex_letters = frozenset(d.name for d in scope.declarations if d.domain == "complex")
    eps = mp.mpf(10) ** -int(mp.dps * 0.8)
    return World(scope, letters, eps, complex_letters, definitions_of(scope), sequences_of(scope))


def number_of(x: Fraction | Complex | int) -> Any:
    """An mpmath number at today's precision."""
    if isinstance(x, Complex):
        return mp.mpc(number_of(x.re), number_of(x.im))
    return mp.mpf(x.numerator) / x.denominator


def matrix_of(x: Matrix) -> Any:
    return mp.matrix([[number_of(e) for e in row] for row in x.rows])


Rule = Callable[[Term, World], Any]
