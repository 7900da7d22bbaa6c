"""Points of the declared domain. Numbers come from ``random.Random``; each is a dyadic rational, so that the double *is* the
point. Matrices are generic and not normal unless declared so. Both signs, near zero, large, integers, half-integers, and
the boundary where it belongs to the domain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random as Generator
from typing import Any

import numpy as np

from derive.core import Declaration, Relation, Term
from derive.floats.ball import Ball, NoNumericForm, Undefined, add, div, exact, matrix, mul
from derive.floats.environment import Env, Function, Letter, Random
from derive.floats.evaluate import evaluate
from derive.floats.laws import MOMENT_LAWS
from derive.floats.matrices import norm
from derive.floats.plan import FLIPPED, Plan, letters
from derive.floats.random_matrix import entries, random_matrix, signs

LAST_MEMBER = 12
"""Families have the members 0 to this."""
INTEGER_SPAN = 10
RANDOM_SPAN = 4
"""Integers reach this far above their lower bound; less far beside random letters, whose grids grow exponentially."""
SCALES = (2.0**-10, 0.25, 1.0, 1.0, 2.0, 2.0, 8.0, 64.0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a letter or (``modulus``) of its absolute value; arrays with one number a point, or numbers."""

    low: Any = -np.inf
    high: Any = np.inf
    low_open: bool = True
    high_open: bool = True

    def cut(self, relation: str, value: Any) -> Interval:
        """What is left under ``letter relation value``."""
        if relation in (">", ">="):
            return replace(self, low=np.maximum(self.low, value), low_open=relation == ">")
        if relation in ("<", "<="):
            return replace(self, high=np.minimum(self.high, value), high_open=relation == "<")
        return self


def draw(plan: Plan, rng: Generator, points: int, group: int) -> Env:
    """The letters at a new batch of points, which share their integers, sizes and finite laws. Raises Undefined when no
    integers were found that satisfy their bounds."""
    found: dict[str, Letter] = dict(plan.functions)
    env = Env(found, plan.definitions, plan.recurrences)
    sizes = {name: 3 + rng.getrandbits(1) for name in plan.sizes}
    if len(plan.sizes) > 1 and group % 2 == 0:
        # Different size letters should also differ, or a wrong transpose fits.
        sizes = {name: 3 + k % 2 for k, name in enumerate(plan.sizes)}
    declared = {d.name for d in plan.declarations}
    found.update({name: Ball(size) for name, size in sizes.items() if name not in declared})
    span = RANDOM_SPAN if any(d.law is not None for d in plan.declarations) else INTEGER_SPAN
    _integers(plan, env, rng, span, group, sizes)
    for d in plan.declarations:
        if d.name not in found:
            found[d.name] = _letter(d, plan, env, rng, points, sizes)
    for name, term in plan.realisation:
        if name not in plan.definitions:
            value = evaluate(term, env)
            env.cache.clear()
            found[name] = value
    return env


def _integers(plan: Plan, env: Env, rng: Generator, span: int, group: int, sizes: dict[str, int]) -> None:
    """Draw the integer letters together, until the relations among them hold."""
    chosen = [d for d in plan.declarations if d.domain == "integer" and not d.family and not d.shape and d.law is None]
    if not chosen:
        return
    names = {d.name for d in chosen}
    among = [r for r in plan.filters if all(n in names for n in letters(r.lhs) | letters(r.rhs))]
    for attempt in range(100):
        for d in chosen:
            env.letters.pop(d.name, None)
        for d in chosen:
            lowest = group == 0 and attempt == 0
            env.letters[d.name] = Ball(_integer(d, plan, env, rng, span, lowest, sizes))
        env.cache.clear()
        if all(_holds_exactly(r, env) for r in among):
            return
    raise Undefined("no integers satisfy their bounds")


def _integer(
    d: Declaration, plan: Plan, env: Env, rng: Generator, span: int, lowest: bool, sizes: dict[str, int]
) -> int:
    interval = _interval(d, plan, env)[0]
    low = None if np.isneginf(interval.low) else int(np.ceil(interval.low))
    high = None if np.isposinf(interval.high) else int(np.floor(interval.high))
    if low is not None and interval.low_open and low == interval.low:
        low += 1
    if high is not None and interval.high_open and high == interval.high:
        high -= 1
    if d.name in sizes:
        low = max(3, low or 3)
        return rng.randint(low, low + 1)
    if low is None:
        low = -(span // 2) if high is None else min(high - span, -(span // 2))
    high = low + span if high is None else min(high, low + span)
    if high < low:
        return low
    return low if lowest else rng.randint(low, high)


def _holds_exactly(relation: Relation, env: Env) -> bool:
    """A relation between integers. One that is not about exact integers is left to the filter."""
    try:
        a, b = evaluate(relation.lhs, env).value, evaluate(relation.rhs, env).value
    except (NoNumericForm, Undefined):
        return True
    if not (isinstance(a, int) and isinstance(b, int)):
        return True
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}.get(relation.relation, True)


# --------------------------------------------------------------------------------------------------------------- bounds


def _interval(d: Declaration, plan: Plan, env: Env) -> tuple[Interval, Interval, Relation | None]:
    """What the relations say plainly of a letter: its interval, that of its modulus (or norm), and an equation for the
    modulus."""
    plain, modulus, fixed = Interval(), Interval(low=0.0, low_open=False), None
    for relation in plan.filters:
        for side, other, word in (
            (relation.lhs, relation.rhs, relation.relation),
            (relation.rhs, relation.lhs, FLIPPED.get(relation.relation, "")),
        ):
            inner = side.args[0] if side.head in ("abs", "norm") else side
            if not _is_letter(inner, d.name) or word not in FLIPPED:
                continue
            value = _bound(other, d.name, env)
            if value is None:
                continue
            if inner is side:
                plain = plain.cut(word, value)
            elif word == "=":
                fixed = Relation(inner, "=", other)
            else:
                modulus = modulus.cut(word, value)
    return plain, modulus, fixed


def _is_letter(term: Term, name: str) -> bool:
    """The letter, or a member of the family with that letter at a free index."""
    bare = term.args[0] if term.head == "index" and term.args[1].head == "symbol" else term
    return bare.head == "symbol" and bare.value == name


def _bound(term: Term, name: str, env: Env) -> Any:
    """The value of a bound, if it is known by now; None otherwise."""
    if name in letters(term):
        return None
    try:
        ball = evaluate(term, env)
    except (NoNumericForm, Undefined):
        return None
    if ball.kind != "scalar" or np.iscomplexobj(ball.value):
        return None
    return ball.value


# -------------------------------------------------------------------------------------------------------------- letters


def _letter(d: Declaration, plan: Plan, env: Env, rng: Generator, points: int, sizes: dict[str, int]) -> Letter:
    if d.function:
        return _function(d, rng)
    count = LAST_MEMBER + 1 if d.family else 1
    if d.law is not None:
        if d.shape:
            raise NoNumericForm("a random vector or matrix")
        fair = d.law.name == "signs"
        standard = [Ball(signs(rng, points) if fair else _unit(rng, points) * 3 - 1.5) for _ in range(count)]
        spread = Term("sqrt", (d.law.variance,))
        realised = tuple(add(evaluate(d.law.mean, env), mul(evaluate(spread, env), x)) for x in standard)
        table = rng.randrange(len(MOMENT_LAWS)) if d.law.name == "moments" else 0
        return Random(d.law, table, realised, d.family)
    plain, modulus, fixed = _interval(d, plan, env)
    members = tuple(_member(d, plain, modulus, env, rng, points, sizes) for _ in range(count))
    if fixed is not None:
        length = evaluate(fixed.rhs, env)
        members = tuple(mul(div(length, norm(x)), x) for x in members)
    return members if d.family else members[0]


def _function(d: Declaration, rng: Generator) -> Function:
    """A generic cubic."""
    x = Term("symbol", value="x")
    coefficients = [Term("number", value=Fraction(rng.randint(1, 16), 4)) for _ in range(4)]
    powers = [Term("pow", (x, Term("number", value=Fraction(k)))) for k in range(4)]
    terms = tuple(Term("mul", (c, power)) for c, power in zip(coefficients, powers, strict=True))
    return Function("x", Term("add", (terms[0], Term("neg", (terms[1],)), *terms[2:])))


def _member(
    d: Declaration, plain: Interval, modulus: Interval, env: Env, rng: Generator, points: int, sizes: dict[str, int]
) -> Ball:
    if not d.shape:
        if d.domain == "integer":
            return Ball(_whole(rng, plain))
        return Ball(_scalars(d, plain, modulus, rng, points))
    shape = tuple(_size(s, env, sizes) for s in d.shape)
    if len(shape) == 1:
        vector = entries(d, rng, (points, shape[0], 1)) * rng.choice((0.5, 1.0, 2.0))
        return matrix(_bounded(vector, modulus, rng, points))
    ball = random_matrix(d, rng, points, shape[0], shape[1])
    if not exact(ball) or ball.kind != "matrix" or d.domain == "integer":
        return ball
    # A multiple keeps every property but orthogonality, and those are not exact.
    return matrix(_bounded(ball.value, modulus, rng, points))


def _size(s: str | int, env: Env, sizes: dict[str, int]) -> int:
    if isinstance(s, int):
        return s
    known = env.letters.get(s)
    return int(known.value) if isinstance(known, Ball) else sizes[s]


def _whole(rng: Generator, interval: Interval) -> int:
    low = int(np.ceil(interval.low)) if np.isfinite(interval.low) else -5
    high = int(np.floor(interval.high)) if np.isfinite(interval.high) else low + INTEGER_SPAN
    return rng.randint(low, max(low, high))


def _scalars(d: Declaration, plain: Interval, modulus: Interval, rng: Generator, points: int) -> Any:
    if d.domain == "complex":
        values = _reals(rng, points) + 1j * _reals(rng, points)
        return _bounded(np.where(values == 0, 1.0 + 0.5j, values), modulus, rng, points)
    if np.isneginf(plain.low).all() and np.isposinf(plain.high).all():
        return _bounded(_reals(rng, points), modulus, rng, points)
    return _within(plain, rng, points)


def _bounded(values: Any, modulus: Interval, rng: Generator, points: int) -> Any:
    """The same directions with a modulus (or norm) inside its interval."""
    if np.isposinf(modulus.high).all() and not np.any(modulus.low > 0):
        return values
    length = _within(modulus, rng, points)
    if values.ndim == 3:
        size = np.linalg.norm(values, 2, axis=(-2, -1), keepdims=True)
        return values / np.where(size > 0, size, 1.0) * length[:, None, None]
    size = abs(values)
    return np.where(size > 0, values / np.where(size > 0, size, 1.0), 1.0) * length


def _within(interval: Interval, rng: Generator, points: int) -> Any:
    low, high = interval.low + np.zeros(points), interval.high + np.zeros(points)
    share, away = _unit(rng, points), abs(_reals(rng, points))
    away = np.where(away == 0, 0.5, away)
    value = np.where(np.isfinite(low), low + away, high - away)
    value = np.where(np.isfinite(low) & np.isfinite(high), low + (high - low) * share, value)
    value = np.where(np.isfinite(low) | np.isfinite(high), value, _reals(rng, points))
    lottery = np.array([rng.getrandbits(4) for _ in range(points)])
    if not interval.low_open:
        value = np.where((lottery == 0) & np.isfinite(low), low, value)
    if not interval.high_open:
        value = np.where((lottery == 1) & np.isfinite(high), high, value)
    return value


def _unit(rng: Generator, points: int) -> Any:
    """Inside (0, 1): multiples of 1/4096, sometimes very near an end."""
    return np.array([_share(rng.getrandbits(16)) for _ in range(points)])


def _share(bits: int) -> float:
    value = (2 * (bits >> 5) + 1) / 4096
    return value if bits & 31 > 1 else (2.0**-12 if bits & 1 else 1 - 2.0**-12) * (1 - 2.0**-30 * (bits >> 5))


def _reals(rng: Generator, points: int) -> Any:
    return np.array([_real(rng.getrandbits(32)) for _ in range(points)])


def _real(bits: int) -> float:
    """A number of either sign: one in eight a multiple of 1/2 up to 4, the rest at scales from 1/1024 to 64."""
    sign = -1.0 if bits & 1 else 1.0
    if (bits >> 1) & 7 == 0:
        return sign * ((bits >> 4) % 9) / 2.0
    return sign * SCALES[(bits >> 4) & 7] * (1 + ((bits >> 7) & 0xFFFF)) / 65536.0
