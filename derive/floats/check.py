"""The NumPy check of a claim: both sides at random points of the declared domain, against a derived error bound.

It stands beside the kernel's verdict and shares no code with it, so that a mistake in either is seen. It proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from random import Random as Generator
from typing import Any

import numpy as np

from derive.core import Claim, Declaration, NumpyCheck, Relation, Term
from derive.floats.ball import Ball, NoNumericForm, Undefined
from derive.floats.compare import Comparison, compare, ratio
from derive.floats.environment import Env, Random
from derive.floats.plan import Plan, letters, prepare
from derive.floats.sample import LAST_MEMBER, draw

BATCH = 8
"""Points that share their integers and sizes."""
REPEATS = 24
"""So many points in a row that came before: the finite domain is taken to be exhausted."""
TRIES = 40
"""Points drawn for each point wanted, before giving up."""


def check(claim: Claim, *, seed: int = 0, points: int = 64) -> NumpyCheck | str:
    """Check a claim at up to ``points`` points (fewer when its domain has fewer: one when nothing is free). A string is the
    reason why there is no numeric check."""
    try:
        with np.errstate(all="ignore"):
            return _check(claim, prepare(claim), seed, points)
    except NoNumericForm as reason:
        return f"no numeric form: {reason}"
    except RecursionError:
        return "no numeric form: nested too deeply"


def _check(claim: Claim, plan: Plan, seed: int, points: int) -> NumpyCheck | str:
    relation = Relation(claim.lhs, claim.relation, claim.rhs)
    if claim.relation in ("~", "O") or "limit" in (claim.lhs.head, claim.rhs.head):
        raise NoNumericForm("a limit")
    counted, tried, worst = 0, 0, (-1.0, 0.0, 0.0)
    refused: dict[int, int] = {}
    for env, size in _batches(plan, Generator(seed), points):
        tried += size
        try:
            keep = _admitted(plan, env, size, refused)
            result = compare(relation, env, size) if keep.any() else None
        except Undefined:
            continue
        if result is not None:
            chosen = np.flatnonzero(keep & result.counts)[: points - counted]
            counted += len(chosen)
            worst = max(worst, _worst(result, chosen))
        if counted >= points:
            break
        if counted == 0 and tried >= 2 * points and tried in refused.values():
            break
    if not counted:
        return _why_none(plan, refused, tried)
    return NumpyCheck(counted, seed, worst[1], worst[2])


def _worst(result: Comparison, chosen: Any) -> tuple[float, float, float]:
    if not len(chosen):
        return (-1.0, 0.0, 0.0)
    ratios = ratio(result.error[chosen], result.bound[chosen])
    place = int(np.argmax(ratios))
    return float(ratios[place]), float(result.error[chosen[place]]), float(result.bound[chosen[place]])


def _why_none(plan: Plan, refused: dict[int, int], tried: int) -> str:
    for number, count in refused.items():
        if count == tried and plan.filters[number].relation == "=":
            return f"0 of {tried} points admissible: an equation among the hypotheses that no sampled point satisfies"
    return f"0 of {tried} points admissible"


# ------------------------------------------------------------------------------------------------------------- batches


def _batches(plan: Plan, rng: Generator, points: int) -> Iterator[tuple[Env, int]]:
    """Batches of points until the tries are used up. Where nothing but integers, sizes and laws varies, a batch is one point
    and no point comes twice."""
    discrete = any(d.domain == "integer" or d.law is not None for d in plan.declarations) or bool(plan.sizes)
    moving = any(not _still(d) for d in plan.declarations)
    size = 1 if not moving else BATCH if discrete else points
    seen: dict[Any, None] = {}
    left = TRIES * points if moving else 4 * points if discrete else 1
    group = repeated = 0
    while left > 0:
        size = min(size, left)
        left -= size
        try:
            env = draw(plan, rng, size, group)
        except Undefined:
            env = None
        group += 1
        if env is None or (not moving and _repeats(env, seen)):
            repeated += 1
            if repeated == REPEATS:
                return
            continue
        repeated = 0
        yield env, size
        if group % 16 == 0 and moving:
            # So many batches were not enough: few points are admissible, so draw more at once.
            size = min(4 * size, 512)


def _still(d: Declaration) -> bool:
    """A letter without continuous values: an integer, or a random one that is averaged."""
    return bool((d.domain == "integer" and not d.family and not d.shape) or d.law is not None)


def _repeats(env: Env, seen: dict[Any, None]) -> bool:
    key = tuple(
        (name, value.value if isinstance(value, Ball) else value.table if isinstance(value, Random) else 0)
        for name, value in env.letters.items()
        if isinstance(value, Ball | Random) and not isinstance(getattr(value, "value", 0), np.ndarray)
    )
    if key in seen:
        return True
    seen[key] = None
    return False


# ----------------------------------------------------------------------------------------------------------- hypotheses


def _admitted(plan: Plan, env: Env, size: int, refused: dict[int, int]) -> Any:
    """Which points of a batch satisfy the relations that are neither definitions nor met by construction."""
    keep = np.ones(size, dtype=bool)
    for number, relation in enumerate(plan.filters):
        good = np.ones(size, dtype=bool)
        for instance in _instances(relation, env):
            result = compare(relation, instance, size)
            good &= result.counts & (result.error <= result.bound)
        refused[number] = refused.get(number, 0) + (0 if good.any() else size)
        keep &= good
        if not keep.any():
            break
    return keep


def _instances(relation: Relation, env: Env) -> list[Env]:
    """A relation about a family holds for each member: one surroundings for each value of the free index, or each member in
    place of the bare letter of the family."""
    names = letters(relation.lhs) | letters(relation.rhs)
    known = env.letters.keys() | env.definitions.keys() | env.recurrences.keys()
    families = [n for n in names if _is_family(env, n)]
    indices = [n for n in names if n not in known and _indexes(relation.lhs, n) | _indexes(relation.rhs, n)]
    if indices:
        # Two members are compared as different ones: lambda_i != lambda_j is not meant for i = j.
        choices = permutations(range(1, LAST_MEMBER + 1), len(indices))
        return [_bound_to(env, indices, values) for values in choices]
    bare = [n for n in families if not _indexed(relation.lhs, n) and not _indexed(relation.rhs, n)]
    if bare:
        members = env.letters[bare[0]]
        values = members if isinstance(members, tuple) else ()
        return [env.bind(bare[0], member) for member in values]
    return [env]


def _bound_to(env: Env, names: list[str], values: tuple[int, ...]) -> Env:
    for name, value in zip(names, values, strict=True):
        env = env.bind(name, Ball(value))
    return env


def _is_family(env: Env, name: str) -> bool:
    found = env.letters.get(name)
    return isinstance(found, tuple) or (isinstance(found, Random) and found.family)


def _indexes(term: Term, name: str) -> bool:
    """Whether a letter occurs inside an index."""
    if term.head == "index":
        return name in letters(term.args[1])
    return any(_indexes(arg, name) for arg in term.args)


def _indexed(term: Term, name: str) -> bool:
    """Whether a family occurs with an index."""
    if term.head == "index" and term.args[0].value == name:
        return True
    return any(_indexed(arg, name) for arg in term.args)
