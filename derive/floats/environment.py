"""What the letters of a claim stand for at a batch of points: sampled values, definitions, recurrences, laws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from derive.core import Law, Term
from derive.floats.ball import Ball, NoNumericForm, Undefined, exact, size_of

Evaluate = Callable[[Term, "Env"], Ball]
Key = tuple[str, int | None]
"""A letter, or a member of a family."""

FARTHEST = 2000
"""A recurrence is followed over at most this many steps."""


@dataclass(frozen=True, slots=True)
class Random:
    """A random letter or family: its law, the number of the finite law that stands for it where only moments are known, and
    values that it takes outside an expectation (one, or one a member)."""

    law: Law
    table: int
    realised: tuple[Ball, ...]
    family: bool


@dataclass(frozen=True, slots=True)
class Function:
    """A concrete function of one variable."""

    variable: str
    body: Term


@dataclass(frozen=True, slots=True)
class Recurrence:
    """``member = body``: at the index ``at``, or (``at`` None) at every index ``letter + shift``."""

    body: Term
    letter: str
    shift: int
    at: Term | None
    recursive: bool


Letter = Ball | tuple[Ball, ...] | Random | Function


@dataclass(frozen=True, slots=True)
class Env:
    """The letters at a batch of points. Inside an expectation ``draws`` holds the coordinates of the grid, on ``depth``
    further leading axes; ``needed`` collects the random coordinates that a term asks for."""

    letters: dict[str, Letter] = field(default_factory=dict)
    definitions: dict[str, Term] = field(default_factory=dict)
    recurrences: dict[str, tuple[Recurrence, ...]] = field(default_factory=dict)
    bound: dict[str, Ball] = field(default_factory=dict)
    cache: dict[Key, Ball | None] = field(default_factory=dict)
    draws: dict[Key, Ball] = field(default_factory=dict)
    needed: dict[Key, Random] | None = None
    depth: int = 0

    def bind(self, name: str, value: Ball) -> Env:
        """The same with a bound letter."""
        return replace(self, bound={**self.bound, name: value})

    def letter(self, name: str, evaluate: Evaluate) -> Ball:
        """The value of a letter. Raises NoNumericForm for one that is not declared."""
        if name in self.bound:
            return self.bound[name]
        if name in self.definitions:
            return self._once((name, None), lambda env: evaluate(self.definitions[name], env))
        found = self.letters.get(name)
        if isinstance(found, Ball):
            return found
        if isinstance(found, Random) and not found.family:
            return self._draw((name, None), found, 0)
        raise NoNumericForm(f"the letter {name} " + ("is not declared" if found is None else "stands without an index"))

    def member(self, name: str, k: int, evaluate: Evaluate) -> Ball:
        """Member k of a family. Raises Undefined where there is none."""
        if name in self.recurrences:
            return self._recur(name, k, evaluate)
        found = self.letters.get(name)
        if isinstance(found, Random) and found.family and 0 <= k < len(found.realised):
            return self._draw((name, k), found, k)
        if isinstance(found, tuple) and 0 <= k < len(found):
            return found[k]
        if isinstance(found, tuple | Random):
            raise Undefined("an index outside the family")
        return _component(self.letter(name, evaluate), k)

    def _draw(self, key: Key, random: Random, place: int) -> Ball:
        if key in self.draws:
            return self.draws[key]
        if self.needed is not None:
            self.needed[key] = random
        return random.realised[place]

    def _once(self, key: Key, compute: Callable[[Env], Ball]) -> Ball:
        """Compute a defined value once, away from bound letters; a value that needs itself is not defined."""
        if key in self.cache:
            known = self.cache[key]
            if known is None:
                raise Undefined("a definition that goes in a circle")
            return known
        self.cache[key] = None
        try:
            value = compute(replace(self, bound={}) if self.bound else self)
        except (Undefined, NoNumericForm):
            del self.cache[key]
            raise
        self.cache[key] = value
        return value

    def rule(self, name: str, k: int, evaluate: Evaluate) -> tuple[Term, str] | None:
        """The term that gives member k of a recurrence, and the letter in it that stands for an index; None: sampled."""
        outside = replace(self, bound={}) if self.bound else self
        rules = self.recurrences[name]
        for rule in rules:
            if rule.at is not None and evaluate(rule.at, outside).value == k:
                return rule.body, ""
        seeded = any(rule.at is not None for rule in rules)
        for rule in rules:
            if rule.at is None and (seeded or not rule.recursive or k != 0):
                return rule.body, rule.letter
        return None

    def _recur(self, name: str, k: int, evaluate: Evaluate) -> Ball:
        rules = self.recurrences[name]
        if any(rule.recursive for rule in rules) and (name, k) not in self.cache:
            starts = [evaluate(rule.at, replace(self, bound={})).value for rule in rules if rule.at is not None]
            start = min(starts, key=lambda s: abs(k - s), default=0)
            if abs(k - start) > FARTHEST or (k < start and not _falls(rules)) or (k > start and _falls(rules)):
                raise Undefined("an index outside the recurrence")
            # From the start outwards, so that no step has to go deep.
            for j in range(start, k, 1 if k > start else -1):
                self._member(name, j, evaluate)
        return self._member(name, k, evaluate)

    def _member(self, name: str, k: int, evaluate: Evaluate) -> Ball:
        rule = self.rule(name, k, evaluate)
        if rule is None:
            found = self.letters.get(name)
            if not isinstance(found, tuple):
                raise NoNumericForm(f"the family {name} is not declared")
            return found[k]
        body, letter = rule
        shift = next((r.shift for r in self.recurrences[name] if r.body is body), 0)
        return self._once((name, k), lambda env: evaluate(body, env.bind(letter, Ball(k - shift)) if letter else env))


def _falls(rules: tuple[Recurrence, ...]) -> bool:
    """Whether the recurrence runs towards smaller indices: member t - 1 from member t."""
    return any(rule.recursive and rule.at is None and rule.shift < 0 for rule in rules)


def _component(vector: Ball, k: int) -> Ball:
    """Entry k of a column vector, for a letter that is not a family."""
    if vector.kind != "matrix" or size_of(vector)[1] != 1:
        raise NoNumericForm("an index on a letter that is not a family")
    if not 1 <= k <= size_of(vector)[0]:
        raise Undefined("an entry outside the vector")
    return Ball(vector.value[..., k - 1, 0], 0.0 if exact(vector) else vector.error[..., k - 1, 0])
