"""Expectations: the body on the grid of all values of the random coordinates that it uses, weighted and summed. The
coordinates are independent; what is averaged under a continuous law must be a polynomial in it, and then the sum is exact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from derive.core import Term
from derive.floats.ball import UNIT, Ball, NoNumericForm, add, exact, floating, gamma, mul, neg
from derive.floats.environment import Env, Evaluate, Key, Random
from derive.floats.functions import absolute, sqrt
from derive.floats.laws import CONTINUOUS, MOMENT_LAWS, Table, finite_law

LARGEST_GRID = 1 << 17

Degrees = dict[Key, int]


def expect(body: Term, env: Env, evaluate: Evaluate) -> Ball:
    """E[body] over the random letters in it."""
    inner, weights = _grid((body,), env, evaluate, power=1)
    return _average(evaluate(body, inner), weights, env.depth)


def variance(body: Term, env: Env, evaluate: Evaluate) -> Ball:
    """E|body - E body|^2."""
    inner, weights = _grid((body,), env, evaluate, power=2)
    values = evaluate(body, inner)
    if values.kind != "scalar":
        raise NoNumericForm("the variance of a matrix")
    centred = absolute(add(values, neg(_average(values, weights, env.depth))))
    return _average(mul(centred, centred), weights, env.depth)


def probability(term: Term, env: Env, evaluate: Evaluate) -> Ball:
    """P(a relation b): the weight of the atoms where it holds; an atom too close to call counts as error."""
    inner, weights = _grid(term.args, env, evaluate, power=None)
    a, b = (floating(evaluate(arg, inner)) for arg in term.args)
    gap, blur = a.value - b.value, 4.0 * (a.error + b.error)
    truth = {"<": gap < 0, "<=": gap <= 0, ">": gap > 0, ">=": gap >= 0, "=": gap == 0, "!=": gap != 0}
    if str(term.value) not in truth or np.iscomplexobj(gap) or "matrix" in (a.kind, b.kind):
        raise NoNumericForm("the probability of such an event")
    unclear = (abs(gap) <= blur) & (blur > 0)
    return _average(
        Ball(truth[str(term.value)] + np.where(np.isnan(gap), np.nan, 0.0), unclear + 0.0), weights, env.depth
    )


def _average(values: Ball, weights: Ball, depth: int) -> Ball:
    """The weighted sum over the grid, the leading axis of whatever depends on a random coordinate."""
    axes = 2 if values.kind == "matrix" else 0
    if isinstance(values.value, int) or np.ndim(values.value) < depth + 2 + axes:
        return values
    shape = weights.value.shape + (1,) * axes
    p, dp = weights.value.reshape(shape), np.reshape(weights.error, shape)
    size = abs(values.value)
    error = (size * (dp + gamma(len(p) + 4) * p)).sum(axis=0)
    if not exact(values):
        error = error + ((p + dp) * values.error).sum(axis=0)
    return Ball((p * values.value).sum(axis=0), error, values.kind)


def _grid(bodies: tuple[Term, ...], env: Env, evaluate: Evaluate, power: int | None) -> tuple[Env, Ball]:
    """The surroundings in which the random coordinates range over a grid, and the weights of the grid. ``power`` is the power
    of the body that is averaged; None: something that is not a polynomial."""
    needed: dict[Key, Random] = {}
    dry = replace(env, needed=needed, cache={}, draws={})
    for body in bodies:
        evaluate(body, dry)
    degrees: Degrees = {}
    if any(random.law.name in CONTINUOUS for random in needed.values()):
        if power is None:
            raise NoNumericForm("no finite law stands for a continuous one in a probability")
        degrees = {key: power * k for key, k in degree(bodies[0], replace(env, cache={}), evaluate).items()}
    tables = {
        key: _listed(random, env, evaluate) or _table(key, random, degrees, len(needed))
        for key, random in needed.items()
    }
    size = int(np.prod([len(x) for x, _, _ in tables.values()], dtype=float)) if tables else 1
    if size > LARGEST_GRID:
        raise NoNumericForm(f"a grid of {size} atoms")
    draws: dict[Key, Ball] = dict(env.draws)
    weights, error, stride = np.ones(size), 0.0, 1
    shape = (size,) + (1,) * (env.depth + 1)
    place = np.arange(size)
    for key, (x, p, relative) in tables.items():
        which = (place // stride) % len(x)
        stride *= len(x)
        weights, error = weights * p[which], error + relative + 2.0**-53
        atoms = x[which].reshape(shape)
        standard = Ball(atoms, relative * abs(atoms) if relative else 0.0)
        draws[key] = standard if needed[key].law.name == "finite" else _placed(standard, needed[key], env, evaluate)
    inner = replace(env, draws=draws, cache={}, needed=None, depth=env.depth + 1)
    weights = weights.reshape(shape)
    return inner, Ball(weights, 1.01 * error * weights)


def _placed(standard: Ball, random: Random, env: Env, evaluate: Evaluate) -> Ball:
    """mean + (standard deviation) x."""
    mean, spread = evaluate(random.law.mean, env), sqrt(evaluate(random.law.variance, env))
    return add(mean, mul(spread, standard))


def _listed(random: Random, env: Env, evaluate: Evaluate) -> Table | None:
    """The values and probabilities of a finite law in numerals; None for other laws."""
    if random.law.name != "finite":
        return None
    numbers = [floating(evaluate(term, env)) for term in random.law.parameters]
    if any(np.ndim(number.value) for number in numbers):
        raise NoNumericForm("a finite law whose values or probabilities depend on other letters")
    values = [float(number.value) for number in numbers]
    return np.array(values[::2]), np.array(values[1::2]), 4 * UNIT


def _table(key: Key, random: Random, degrees: Degrees, coordinates: int) -> Any:
    # Many coordinates: two atoms each, or the grid grows out of hand.
    table = random.table if coordinates <= 4 else random.table % (len(MOMENT_LAWS) - 1)
    return finite_law(random.law.name, table, degrees.get(key, 0))


# -------------------------------------------------------------------------------------------- degree in each coordinate


def degree(term: Term, env: Env, evaluate: Evaluate) -> Degrees:
    """The degree of a polynomial in each coordinate with a continuous law. Raises NoNumericForm when it is not one."""
    head, args = term.head, term.args
    if head in ("symbol", "index"):
        return _degree_of_letter(term, env, evaluate)
    if head in ("expect", "variance", "probability") or not args:
        return {}
    if head in ("sum", "prod", "diagonal_family"):
        body, letter, lower, upper = args
        first, last = evaluate(lower, env).value, evaluate(upper, env).value
        parts = [degree(body, env.bind(str(letter.value), Ball(k)), evaluate) for k in range(first, last + 1)]
        return _times(parts) if head == "prod" else _plus(parts)
    if head == "pow":
        return _degree_of_power(term, env, evaluate)
    parts = [degree(arg, env, evaluate) for arg in args]
    if head in ("add", "neg", "matrix", "row", "diagonal", "transpose", "trace", "entry"):
        return _plus(parts)
    if head == "mul":
        return _times(parts)
    if head == "div" and not parts[1]:
        return parts[0]
    if any(parts):
        raise NoNumericForm("no finite law stands for a continuous one: not a polynomial in it")
    return {}


def _degree_of_letter(term: Term, env: Env, evaluate: Evaluate) -> Degrees:
    name = str((term.args[0] if term.args else term).value)
    if not term.args and name in env.bound:
        return {}
    outside = replace(env, bound={})
    if name in env.definitions:
        return degree(env.definitions[name], outside, evaluate)
    place = evaluate(term.args[1], env).value if term.args else None
    if name in env.recurrences and isinstance(place, int):
        rule = env.rule(name, place, evaluate)
        if rule is None:
            return {}
        body, letter = rule
        shift = next((r.shift for r in env.recurrences[name] if r.body is body), 0)
        return degree(body, outside.bind(letter, Ball(place - shift)) if letter else outside, evaluate)
    found = env.letters.get(name)
    return {(name, place): 1} if isinstance(found, Random) and found.law.name in CONTINUOUS else {}


def _degree_of_power(term: Term, env: Env, evaluate: Evaluate) -> Degrees:
    base, exponent = term.args
    if degree(exponent, env, evaluate):
        raise NoNumericForm("no finite law stands for a continuous one: not a polynomial in it")
    k = evaluate(exponent, env).value
    # |x|^2 = x^2 for the real letters that laws are declared for.
    even = isinstance(k, int) and k >= 0 and k % 2 == 0
    inside = degree(base.args[0] if even and base.head in ("abs", "norm") else base, env, evaluate)
    if inside and not (isinstance(k, int) and k >= 0):
        raise NoNumericForm("no finite law stands for a continuous one: not a polynomial in it")
    return {key: int(k) * d for key, d in inside.items()}


def _plus(parts: list[Degrees]) -> Degrees:
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: max(part.get(key, 0) for part in parts) for key in keys}


def _times(parts: list[Degrees]) -> Degrees:
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: sum(part.get(key, 0) for part in parts) for key in keys}
