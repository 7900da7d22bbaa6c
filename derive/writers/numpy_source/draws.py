"""Lines that draw the letters of a claim from what is declared of them, and compute those that are defined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.core import Declaration, Relation, Term
from derive.kernel.terms import free_letters
from derive.writers.numpy_source.expression import POWER, SUM, NoSource, Place, name_of, size_code, text

if TYPE_CHECKING:
    from derive.floats.environment import Recurrence
    from derive.floats.plan import Plan

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
SIGNS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}
MEMBERS = 13
"""Families are drawn with the members 0 to 12."""


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


def drawing(plan: Plan, place: Place, tied: bool) -> list[str]:
    """Statements that give every letter a value; a point outside the hypotheses is left with ``continue``. ``tied``: equations
    among the hypotheses are met by what is built from other letters. Raises NoSource."""
    lines = [f"{name_of(size)} = {3 + k % 2}" for k, size in enumerate(_sizes(plan))]
    met: list[Relation] = []
    built = _built(plan)
    for declaration in _ordered(plan):
        if declaration.name in built:
            continue
        ends = _ends(declaration, plan, place)
        met += ends.used
        lines += _drawn(declaration, ends, place, few=bool(place.laws))
    waiting = [*_realised(plan, place), *_functions(plan, place), *_definitions(plan, place)]
    lines += [line for line, _ in _sorted(waiting)]
    return lines + [
        line for relation in plan.filters if relation not in met for line in _filter(relation, plan, place, tied)
    ]


def _built(plan: Plan) -> set[str]:
    """The letters that the realisation computes from others, so that they need not be drawn first."""
    built, used = set[str](), frozenset[str]()
    for name, term in plan.realisation:
        used |= free_letters(term)
        if name not in used:
            built.add(name)
    return built


def _sizes(plan: Plan) -> list[str]:
    declared = {d.name for d in plan.declarations}
    return [size for size in plan.sizes if size not in declared]


def _ordered(plan: Plan) -> list[Declaration]:
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


# --------------------------------------------------------------------------------------------------------------- bounds


def _ends(d: Declaration, plan: Plan, place: Place) -> Ends:
    """From the relations that speak of the letter plainly, its own and the hypotheses."""
    ends = Ends()
    before = {e.name for e in _ordered(plan)[: [e.name for e in _ordered(plan)].index(d.name)]} | set(_sizes(plan))
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
    from dataclasses import replace

    if not (ends.low and ends.high) or (_is_numeral(ends.low) and _is_numeral(ends.high)):
        return ends
    drop = "high" if not _is_numeral(ends.high) else "low"
    bare = replace(ends, **{drop: "", f"{drop}_open": False})  # type: ignore[arg-type]
    words = (">", ">=") if drop == "low" else ("<", "<=")
    return replace(bare, used=tuple(r for r, word in zip(ends.used, ends.words, strict=True) if word not in words))


def _is_numeral(code: str) -> bool:
    return not any(character.isalpha() for character in code)


def _cut(ends: Ends, of_modulus: bool, word: str, value: str, relation: Relation) -> Ends:
    from dataclasses import replace

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


# ---------------------------------------------------------------------------------------------------------- one letter


def _drawn(d: Declaration, ends: Ends, place: Place, few: bool) -> list[str]:
    name = name_of(d.name)
    if d.function:
        if "convex" in d.properties:
            return [f"{name} = np.polynomial.Polynomial([*rng.uniform(-2, 2, 2), rng.uniform(0, 2)])"]
        return [f"{name} = np.polynomial.Polynomial(rng.uniform(-2, 2, 4))"]
    if d.shape:
        return _array(d, name, ends)
    if d.domain == "integer" and not d.family:
        return [f"{name} = {_whole(ends, few)}"]
    size = str(MEMBERS) if d.family else ""
    if d.domain == "integer":
        raise NoSource("a family of integers")
    if d.domain == "complex":
        return [f"{name} = {_complex(ends, size)}"]
    return [f"{name} = {_real(ends, size)}"]


def _whole(ends: Ends, few: bool) -> str:
    span = 3 if few else 8
    low = ends.low or (f"{ends.high} - {span}" if ends.high else f"-{span // 2}")
    low = f"{_bracketed(low)} + 1" if ends.low_open else low
    high = ends.high or f"{low} + {span}"
    high = high if ends.high_open and ends.high else f"{high} + 1"
    return f"int(rng.integers({_numeral(low)}, {_numeral(high)}))"


def _bracketed(code: str) -> str:
    return code if code.isidentifier() or code.isdigit() else f"({code})"


def _numeral(code: str) -> str:
    """``1 + 8 + 1`` is 10."""
    parts = code.replace("(", "").replace(")", "").split(" + ")
    if all(part.lstrip("-").isdigit() for part in parts):
        return str(sum(map(int, parts)))
    return code


def _real(ends: Ends, size: str) -> str:
    more = f", {size}" if size else ""
    if ends.modulus or ends.least or (ends.most and not ends.low and not ends.high):
        sign = f"rng.choice([-1, 1]{more})"
        if ends.modulus:
            return f"{sign} * {_bracketed(ends.modulus)}"
        if not ends.least:
            return f"{_bracketed(ends.most)} * rng.uniform(-1, 1{more})"
        return f"{sign} * rng.uniform({_interval(ends.least, ends.most)}{more})"
    return f"rng.uniform({_interval(ends.low, ends.high)}{more})"


def _interval(low: str, high: str) -> str:
    if low and not high:
        high = f"{low} + 3" if not low.isdigit() else str(int(low) + 3)
    if high and not low:
        low = f"{high} - 3" if not high.isdigit() else str(int(high) - 3)
    return f"{low}, {high}" if low else "-3, 3"


def _complex(ends: Ends, size: str) -> str:
    more = f", {size}" if size else ""
    turn = f"np.exp(1j * rng.uniform(0, 2 * np.pi{more}))"
    if ends.modulus:
        return turn if ends.modulus == "1" else f"{_bracketed(ends.modulus)} * {turn}"
    if ends.least or ends.most:
        return f"rng.uniform({_interval(ends.least or '0', ends.most)}{more}) * {turn}"
    return f"rng.uniform(-2, 2{more}) + 1j * rng.uniform(-2, 2{more})"


def _array(d: Declaration, name: str, ends: Ends) -> list[str]:
    """A vector or matrix with what is declared of it."""
    if d.law is not None:
        raise NoSource("random vectors or matrices")
    sizes = [size_code(size) for size in d.shape] + ["1"] * (2 - len(d.shape))
    recipe = _matrix(set(d.properties), sizes, d.domain)
    lines = [f"{name} = [{recipe} for _ in range({MEMBERS})]" if d.family else f"{name} = {recipe}"]
    length = "" if len(d.shape) == 1 else ", 2"
    bounded = ends.modulus or ends.most or ends.least
    if bounded and d.family:
        raise NoSource("a family of vectors or matrices of bounded size")
    if bounded:
        size = ends.modulus or f"rng.uniform({_interval(ends.least or '0', ends.most)})"
        lines.append(f"{name} = {name} * {_bracketed(size)} / np.linalg.norm({name}{length})")
    return lines


def _matrix(wanted: set[str], sizes: list[str], domain: str) -> str:
    n, m = sizes
    if domain == "integer":
        raise NoSource("a matrix of integers")
    draw = f"rng.uniform(-1, 1, ({n}, {m}))"
    draw = f"({draw} + 1j * {draw})" if domain == "complex" else draw
    if not wanted:
        return draw if m == "1" or not draw.startswith("(") else draw[1:-1]
    key = frozenset(wanted)
    if "diagonal" in wanted and "orthogonal" in wanted:
        return f"np.diag(rng.choice([-1.0, 1.0], {n}))"
    if "diagonal" in wanted:
        low = "0.2" if wanted & {"positive_definite", "positive_semidefinite"} else "-1.5"
        if domain == "complex":
            return f"np.diag(rng.uniform(-1.5, 1.5, {n}) + 1j * rng.uniform(-1.5, 1.5, {n}))"
        return f"np.diag(rng.uniform({low}, 1.5, {n}))"
    if key == {"orthogonal"}:
        return f"np.linalg.qr(rng.normal(size=({n}, {n})))[0]"
    if key == {"invertible"}:
        return f"{draw} + 2 * np.eye({n})"
    if key == {"symmetric"} and domain == "real":
        return f"symmetric({draw})"
    if key == {"symmetric", "invertible"} and domain == "real":
        return f"symmetric({draw}) + 2 * np.eye({n})"
    if wanted & {"positive_definite", "positive_semidefinite"} and "orthogonal" not in wanted and domain == "real":
        return f"square({draw})" + (f" + 0.1 * np.eye({n})" if wanted - {"positive_semidefinite", "symmetric"} else "")
    raise NoSource(f"a matrix that is {' and '.join(sorted(wanted)).replace('_', ' ')}")


# ------------------------------------------------------------------------------------------------------ defined letters


Waiting = tuple[list[str], str, frozenset[str]]
"""Lines that define a letter, its name, and the letters that they need."""


def _realised(plan: Plan, place: Place) -> Iterator[Waiting]:
    for name, term in plan.realisation:
        if name not in plan.definitions:
            yield [f"{name_of(name)} = {text(term, place)}"], f"{name} realised", frozenset()


def _functions(plan: Plan, place: Place) -> Iterator[Waiting]:
    for name, function in plan.functions.items():
        inner = place.inside(function.variable, "real")
        body = text(function.body, inner)
        needs = free_letters(function.body) - {function.variable}
        yield [f"def {name_of(name)}({name_of(function.variable)}):", f"    return {body}", ""], name, needs
    for name, rules in plan.recurrences.items():
        needs = frozenset[str]().union(*(free_letters(rule.body) for rule in rules)) - {
            name,
            *(r.letter for r in rules),
        }
        start = [] if any(rule.at is not None or not rule.recursive for rule in rules) else _free_start(name, place)
        yield [*start, *_recurrence(name, rules, place)], name, needs


def _recurrence(name: str, rules: tuple[Recurrence, ...], place: Place) -> list[str]:
    """A function of the index: the given members first, then the general rule."""
    general = [rule for rule in rules if rule.at is None]
    variable = name_of(general[0].letter) if general and general[0].shift == 0 else "index"
    lines = ["@cache", f"def {name_of(name)}({variable}):"]
    for rule in rules:
        if rule.at is not None:
            lines += [
                f"    if {variable} == {text(rule.at, place)}:",
                f"        return {_start(name, rule.body, place)}",
            ]
    if not general:
        raise NoSource("a family of which only single members are given")
    rule = general[0]
    if rule.recursive and not any(r.at is not None for r in rules):
        lines += [f"    if {variable} == 0:", f"        return {name_of(name)}_start"]
    if rule.shift:
        lines.append(f"    {name_of(rule.letter)} = {variable} {'-' if rule.shift > 0 else '+'} {abs(rule.shift)}")
    inner = place.inside(rule.letter, "integer") if rule.letter else place
    return [*lines, f"    return {text(rule.body, inner)}", ""]


def _free_start(name: str, place: Place) -> list[str]:
    """Member 0, of which nothing is said."""
    from dataclasses import replace

    declared = next((d for d in place.scope.declarations if d.name == name), Declaration(name))
    return _drawn(replace(declared, name=f"{name}_start", family=False), Ends(), place, few=False)


def _start(name: str, body: Term, place: Place) -> str:
    """The value at the start; the number 0 in the shape of the family."""
    declared = next((d for d in place.scope.declarations if d.name == name), Declaration(name))
    if declared.shape and body.head == "number":
        sizes = [size_code(size) for size in declared.shape] + ["1"] * (2 - len(declared.shape))
        return f"np.zeros(({', '.join(sizes)}))"
    return text(body, place)


def _definitions(plan: Plan, place: Place) -> Iterator[Waiting]:
    from dataclasses import replace

    from derive.writers.numpy_source.expression import shape

    for name, term in plan.definitions.items():
        sides = shape(Term("symbol", (), name), place)
        inner = replace(place, size=sides[0]) if sides else place
        if inner.laws.keys() & free_letters(term):
            raise NoSource("a letter that is defined by random ones")
        yield [f"{name_of(name)} = {text(term, inner)}"], name, free_letters(term)


def _sorted(waiting: list[Waiting]) -> list[tuple[str, str]]:
    """Each after what it needs."""
    lines: list[tuple[str, str]] = []
    while waiting:
        names = {name for _, name, _ in waiting}
        ready = [entry for entry in waiting if not (entry[2] & names) - {entry[1]}]
        if not ready:
            raise NoSource("definitions that need each other")
        for made, name, _ in ready:
            lines += [(line, name) for line in made]
        waiting = [entry for entry in waiting if entry not in ready]
    return lines


# ----------------------------------------------------------------------------------------------------------- hypotheses


def condition(relation: Relation, place: Place) -> str:
    """A relation as a condition."""
    left, right = (
        text(relation.lhs, place, SUM),
        text(relation.rhs, place, POWER if relation.rhs.head == "neg" else SUM),
    )
    return f"{left} {SIGNS[relation.relation]} {right}"


def _filter(relation: Relation, plan: Plan, place: Place, tied: bool) -> list[str]:
    """Leave a point that does not satisfy a hypothesis. That two real numbers differ is certain when they are drawn."""
    letters = free_letters(relation.lhs) | free_letters(relation.rhs)
    integers = {d.name for d in plan.declarations if d.domain == "integer" and not d.family}
    if relation.relation not in SIGNS:
        raise NoSource("a hypothesis that is no comparison of numbers")
    if not letters <= {d.name for d in place.scope.declarations} | set(plan.sizes):
        raise NoSource("a condition on every member of a family")
    if relation.relation == "!=" and not letters <= integers:
        return []
    if relation.relation == "=" and not letters <= integers:
        built = plan.definitions.keys() | {name for name, _ in plan.realisation}
        if not tied or not letters & built:
            raise NoSource("a hypothesis that ties the letters by an equation")
        left, right = text(relation.lhs, place), text(relation.rhs, place)
        if right == "0":
            return [f"if not agree({left}, 0, 1):", "    continue"]
        return [f"if not agree({left}, {right}, 1):", "    continue"]
    return [f"if not {condition(relation, place)}:", "    continue"]
