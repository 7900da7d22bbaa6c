"""The cell of a step that is false: the counterexample, both sides there, and that the relation fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Declaration, Function, Matrix, Status, Value
from derive.core import Complex as ExactComplex
from derive.core import Family as Members
from derive.kernel.terms import free_letters, heads
from derive.report import Finding, JudgedStep
from derive.writers.numpy_source.draws import drawing
from derive.writers.numpy_source.expression import NoSource, Place, name_of, shape, text
from derive.writers.numpy_source.relations import (
    exactly,
    half_unit,
    is_exact,
    short,
    side_of,
    tidied,
)


def failing(judged: JudgedStep) -> list[str]:
    """The counterexample, both sides there, and that the relation fails."""
    finding = next(f for f in judged.findings if f.status == Status.REFUTED)
    claim, point = finding.claim, finding.counterexample
    if heads(claim.lhs, claim.rhs) & {"limit"} or claim.relation in ("~", "O"):
        raise NoSource("a limit, which no finite number of values decides")
    if point is None:
        raise NoSource("the statement is refuted by a proof and not by a single point")
    if _too_close(finding):
        raise NoSource("the two sides differ by less than doubles can show")
    from derive.floats.plan import prepare

    plan = prepare(claim)
    given = dict(point)
    laws = {d.name: d for d in claim.scope.declarations if d.law is not None}
    if laws.keys() & (free_letters(claim.lhs) | free_letters(claim.rhs)) & given.keys():
        raise NoSource("a law as the counterexample")
    exact = all(isinstance(v, Fraction) for v in given.values()) and is_exact((claim,), plan.definitions)
    exact = exact and not plan.recurrences and not plan.functions and not plan.sizes
    place = Place(claim.scope, frozenset(plan.recurrences), laws, exact)
    lines = [line for name, value in given.items() for line in _given(name, value, exact)]
    bare = replace(plan, declarations=(), filters=(), realisation=(), sizes=_sizes_left(plan.sizes, given))
    bare = replace(
        bare,
        definitions={k: v for k, v in plan.definitions.items() if k not in given},
        functions={k: v for k, v in plan.functions.items() if k not in given},
    )
    lines += drawing(bare, place, tied=False)
    sides = (claim.lhs, claim.rhs)
    lines += [f"{name} = {side_of(term, sides, place)}" for name, term in zip(("left", "right"), sides, strict=True)]
    return tidied([*lines, 'print("left:", left, " right:", right)', f"assert {_failure(claim, place)}"])


def _sizes_left(sizes: tuple[str, ...], given: dict[str, Value]) -> tuple[str, ...]:
    if any(size not in given for size in sizes):
        raise NoSource("a counterexample whose size is not stated")
    return ()


def _too_close(finding: Finding) -> bool:
    """The two sides agree in doubles, or the values at the point are not plain numbers."""
    values = finding.verdict.values if finding.verdict is not None else None
    if values is None:
        return False
    try:
        left, right = (float(Fraction(value)) for value in values)
    except (ValueError, OverflowError, ZeroDivisionError):
        return False
    if finding.claim.relation in ("!=", "<", ">") and left == right:
        return finding.claim.relation != "!="
    return abs(left - right) <= 1e-6 * max(abs(left), abs(right))


def _given(name: str, value: Value, exact: bool) -> Iterator[str]:
    written = name_of(name)
    if isinstance(value, Function):
        yield f"def {written}({name_of(value.variable)}):"
        from derive.core import Scope

        inner = Place(Scope((Declaration(value.variable),)))
        yield from (f"    return {text(value.body, inner)}", "")
        return
    yield f"{written} = {_value(value, exact)}"


def _value(value: Value, exact: bool) -> str:
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        return (
            f"Fraction({value.numerator}, {value.denominator})" if exact else f"{value.numerator} / {value.denominator}"
        )
    if isinstance(value, ExactComplex):
        return f"{_value(value.re, exact)} + 1j * ({_value(value.im, exact)})"
    if isinstance(value, Matrix):
        rows = ", ".join(f"[{', '.join(_value(entry, exact) for entry in row)}]" for row in value.rows)
        kind = "complex" if "1j" in rows else "float"
        return f"np.array([{rows}], dtype={kind})"
    if isinstance(value, Members):
        members = [_value(member, exact) for member in value.members]
        return "{" + ", ".join(f"{value.first + k}: {member}" for k, member in enumerate(members)) + "}"
    raise NoSource("a law as the counterexample")


def _failure(claim: Claim, place: Place) -> str:
    matrix = bool(shape(claim.lhs, place) or shape(claim.rhs, place))
    if claim.relation == "~~":
        half = half_unit(claim.rhs)
        if half is None or matrix:
            raise NoSource("an approximation of a matrix")
        return f"abs(left - right) > {short(half)}"
    if place.exact:
        holds = exactly(claim, "left", "right", place)
        return f"not {holds}" if matrix else f"left {NEGATED[claim.relation]} right"
    if claim.relation == "=":
        return "not agree(left, right)"
    if claim.relation == "!=":
        return "agree(left, right)"
    return f"left {NEGATED[claim.relation]} right"


NEGATED = {"=": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
