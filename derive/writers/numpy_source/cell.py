"""The cell that checks one step again from scratch, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.core import Claim, Declaration, Function, Matrix, Status, Term, Value
from derive.core import Complex as ExactComplex
from derive.core import Family as Members
from derive.kernel.terms import free_letters, heads, rational_value, subterms
from derive.report import Finding, JudgedStep
from derive.writers.numpy_source.draws import condition, drawing
from derive.writers.numpy_source.expression import SUM, NoSource, Place, name_of, shape, text

POINTS, FEW = 20, 5
"""Points of a cell; few where each takes a sum over all values of random numbers."""
TIGHT, LOOSE = "1e-9", "1e-6"
"""Bounds relative to the largest number met: rounding alone, and differences, quadrature or eigenvalues as well."""
LOOSE_HEADS = frozenset({"gradient", "integral", "spectral_radius", "eigenvalue", "condition_number", "det"})
# fmt: off
EXACT_HEADS = frozenset({
    "number", "decimal", "symbol", "add", "neg", "mul", "div", "pow", "abs", "max", "min", "sum", "prod",
    "factorial", "binomial", "floor", "ceil", "matrix", "row", "transpose", "identity", "trace", "entry",
    "inner",
})
# fmt: on
"""What needs nothing but fractions."""
AVERAGES = ("expect", "variance", "probability")
LONGEST = 3000
"""Characters of a cell."""
NO_NUMBERS = "The formula has no numeric form"


@dataclass(frozen=True, slots=True)
class Check:
    """``code`` of the cell, or empty and the ``reason`` in a sentence. ``bound``: up to which share of the largest number the sides
    agree; ``exact`` where nothing is rounded, empty where nothing is compared with a bound."""

    code: str = ""
    reason: str = ""
    bound: str = ""


def cell(judged: JudgedStep, seed: int) -> Check:
    """The cell of a step."""
    if judged.step.assumed:
        return Check(reason="A definition or hypothesis: there is nothing to check.")
    if judged.status not in (Status.PROVED, Status.SUPPORTED, Status.REFUTED):
        return Check(reason="Nothing was decided here, so there is nothing to check again.")
    try:
        lines = _failing(judged) if judged.status == Status.REFUTED else _holding(judged, seed)
    except NoSource as reason:
        return Check(reason=f"No cell: {reason}.")
    code = "\n".join(lines)
    if len(code) > LONGEST:
        return Check(reason="No cell: its numbers would be too long to read.")
    if "agree(" in code or "at_most(" in code or TIGHT in code:
        return Check(code, bound=LOOSE if LOOSE in code else TIGHT)
    return Check(code, bound="exact" if "linalg" not in code and "assert np.any" not in code else "")


# ---------------------------------------------------------------------------------------------------------- what holds


def _holding(judged: JudgedStep, seed: int) -> list[str]:
    from derive.floats.plan import prepare

    claims = tuple(finding.claim for finding in judged.findings)
    scope = claims[0].scope
    plan = prepare(Claim(Term("row", _sides(claims)), "=", Term("row"), scope))
    laws = {d.name: d for d in scope.declarations if d.law is not None}
    called = frozenset(plan.recurrences)
    outside = frozenset[str]().union(*(_outside(t) for t in (*_sides(claims), *plan.definitions.values())))
    drawn = tuple(d for d in plan.declarations if (d.law is None or d.name in outside) and d.name not in called)
    plan = replace(plan, declarations=drawn, sizes=tuple(s for s in plan.sizes if _needed(s, drawn, claims)))
    exact = not drawn and not plan.recurrences and not plan.functions and _is_exact(claims, plan.definitions)
    place = Place(scope, called, laws, exact)
    lines = drawing(plan, place, tied=all(finding.numpy is not None for finding in judged.findings))
    lines += [line for finding in judged.findings for line in _visible(finding, drawn, place)]
    lines += _compared(claims, place)
    if any(_blurred(finding) for finding in judged.findings):
        raise NoSource("doubles, whose rounding is larger than the digits that are shown")
    if not drawn:
        return _tidied(lines)
    points = FEW if laws and any("average(" in line or "variance(" in line for line in lines) else POINTS
    if "    continue" in lines:
        return [
            f"rng = np.random.default_rng({seed})",
            "checked = 0",
            f"for point in range({40 * points}):",
            *_indented(_tidied(lines)),
            "    checked += 1",
            f"    if checked == {points}:",
            "        break",
            "assert checked",
        ]
    return [f"rng = np.random.default_rng({seed})", f"for point in range({points}):", *_indented(_tidied(lines))]


def _sides(claims: tuple[Claim, ...]) -> tuple[Term, ...]:
    return (claims[0].lhs, *(claim.rhs for claim in claims))


def _needed(size: str, drawn: tuple[Declaration, ...], claims: tuple[Claim, ...]) -> bool:
    return any(size in d.shape for d in drawn) or any(size in free_letters(side) for side in _sides(claims))


def _outside(term: Term) -> frozenset[str]:
    """The letters that stand outside every average."""
    if term.head in AVERAGES:
        return frozenset()
    own = frozenset({str(term.value)}) if term.head == "symbol" else frozenset[str]()
    return own.union(*map(_outside, term.args))


def _is_exact(claims: tuple[Claim, ...], definitions: dict[str, Term]) -> bool:
    """Nothing but fractions is needed: then nothing is rounded."""
    terms = [*_sides(claims), *definitions.values()]
    if not heads(*terms) <= EXACT_HEADS:
        return False
    powers = [part.args[1] for term in terms for part in subterms(term) if part.head == "pow"]
    values = [rational_value(exponent) for exponent in powers]
    small = all(v is not None and v.denominator == 1 and abs(v) <= 10_000 for v in values)
    matrix_inverse = any(
        part.head == "pow" and (rational_value(part.args[1]) or 0) < 0 and part.args[0].head in ("symbol", "matrix")
        for term in terms
        for part in subterms(term)
    )
    return small and not matrix_inverse


def _visible(finding: Finding, drawn: tuple[Declaration, ...], place: Place) -> Iterator[str]:
    """Points at which what is visibly written is not defined are left out."""
    integers = {d.name for d in drawn if d.domain == "integer" and not d.family}
    for relation in finding.assuming:
        letters = free_letters(relation.lhs) | free_letters(relation.rhs)
        if relation in finding.claim.scope.hypotheses or not letters & {d.name for d in drawn}:
            continue
        if relation.relation == "!=" and not letters <= integers:
            continue
        if relation.relation == "=" or any(p.head == "index" for p in subterms(relation.lhs)):
            continue
        yield from (f"if not {condition(relation, place)}:", "    continue")


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _tidied(lines: list[str]) -> list[str]:
    """One empty line after a function, none twice."""
    tidy: list[str] = []
    for line in lines:
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    return tidy


# ------------------------------------------------------------------------------------------------------------- relations


def _compared(claims: tuple[Claim, ...], place: Place) -> list[str]:
    """The sides as named values, then one ``assert`` for each relation."""
    sides = _sides(claims)
    names = ["left", "right"] if len(sides) == 2 else [f"side_{k}" for k in range(1, len(sides) + 1)]
    lines = [f"{name} = {_side(term, sides, place)}" for name, term in zip(names, sides, strict=True)]
    bound = LOOSE if heads(*sides) & LOOSE_HEADS or any("difference(" in line for line in lines) else TIGHT
    others = ["1"] if any(map(_cancels, sides)) else []
    others += dict.fromkeys(power for side in sides for power in _powers(side, place, bool(others)))
    for k, claim in enumerate(claims):
        lines.append(f"assert {_agreement(claim, names[k], names[k + 1], bound, others, place)}")
    return lines


def _cancels(side: Term) -> bool:
    """The side is 0, or sums stand in it: then rounding is measured against numbers of size 1, as they are drawn."""
    nought = side.head == "number" and side.value == 0
    return nought or bool(heads(side) & {"add", "integral", *AVERAGES})


def _side(term: Term, sides: tuple[Term, ...], place: Place) -> str:
    """A side; an identity takes the size of the other sides."""
    rows = next((s[0] for side in sides if (s := shape(side, place))), None)
    return text(term, replace(place, size=rows), SUM)


def _agreement(claim: Claim, left: str, right: str, bound: str, others: list[str], place: Place) -> str:
    if claim.relation == "~~":
        return _approximately(claim, left, right, place)
    if claim.relation not in ("=", "!=", "<", "<=", ">", ">="):
        raise NoSource("a relation between sequences, which no finite number of values decides")
    if place.exact:
        return _exactly(claim, left, right, place)
    if claim.relation == "!=":
        matrix = bool(shape(claim.lhs, place) or shape(claim.rhs, place))
        return f"np.any({left} != {right})" if matrix else f"{left} != {right}"
    small, large = (right, left) if claim.relation[0] == ">" else (left, right)
    more = [*others, f"bound={LOOSE}"] if bound == LOOSE else others
    return f"{'agree' if claim.relation == '=' else 'at_most'}({', '.join([small, large, *more])})"


def _exactly(claim: Claim, left: str, right: str, place: Place) -> str:
    sign = {"=": "=="}.get(claim.relation, claim.relation)
    matrix = bool(shape(claim.lhs, place) or shape(claim.rhs, place))
    function = "np.any" if sign == "!=" else "np.all"
    return f"{function}({left} {sign} {right})" if matrix else f"{left} {sign} {right}"


def _powers(side: Term, place: Place, letters: bool) -> Iterator[str]:
    """Powers of matrices in a product, which may be much larger than what the product makes of them; where sides cancel the matrices
    themselves, too."""
    for part in subterms(side) if side.head not in ("pow", "symbol") else ():
        power = part.head == "pow" and rational_value(part.args[1]) is None
        if (power or (letters and part.head == "symbol")) and shape_or_none(part, place):
            yield text(part, place)


def shape_or_none(term: Term, place: Place) -> object:
    """None also where a letter is bound elsewhere."""
    try:
        return shape(term, place)
    except NoSource:
        return None


def _approximately(claim: Claim, left: str, right: str, place: Place) -> str:
    """Half a unit of the last digit of the numeral, for every entry of a matrix."""
    half = _half_unit(claim.rhs)
    if half is None:
        raise NoSource("an approximation without a decimal numeral")
    matrix = bool(shape(claim.rhs, place))
    if place.exact:
        whole = f"Fraction({half.numerator}, {half.denominator})"
        return f"np.all(abs({left} - {right}) <= {whole})" if matrix else f"abs({left} - {right}) <= {whole}"
    # The slack is for rounding; the digits themselves were checked in ball arithmetic.
    margin = f"{_short(half)} + {TIGHT} * abs({right})"
    return f"np.all(abs({left} - {right}) <= {margin})" if matrix else f"abs({left} - {right}) <= {margin}"


def _blurred(finding: Finding) -> bool:
    """The rounding bound of our own check exceeds the last digit of a numeral."""
    half = _half_unit(finding.claim.rhs) if finding.claim.relation == "~~" else None
    if half is None:
        return False
    if finding.numpy is None:
        return (finding.numpy_reason or "").startswith("0 of")
    return finding.numpy.bound > 2 * half


def _short(value: Fraction) -> str:
    return f"{float(value):g}"


def _half_unit(term: Term) -> Fraction | None:
    """Of a numeral, possibly times a power of ten; of a matrix of numerals, that of its coarsest entry."""
    if term.head == "decimal":
        places = len(str(term.value).partition(".")[2])
        return Fraction(1, 2 * 10**places)
    if term.head == "number":
        return Fraction(1, 2)
    if term.head == "neg":
        return _half_unit(term.args[0])
    if term.head == "mul" and len(term.args) == 2:
        unit, factor = _half_unit(term.args[0]), _power_of_ten(term.args[1])
        return unit * abs(factor) if unit is not None and factor is not None else None
    if term.head in ("matrix", "row"):
        units = [_half_unit(arg) for arg in term.args]
        return max(unit for unit in units if unit is not None) if None not in units else None
    return None


def _power_of_ten(term: Term) -> Fraction | None:
    exponent = rational_value(term.args[1]) if term.head == "pow" and rational_value(term.args[0]) == 10 else None
    return None if exponent is None or exponent.denominator != 1 else Fraction(10) ** int(exponent)


# ---------------------------------------------------------------------------------------------------------- what fails


def _failing(judged: JudgedStep) -> list[str]:
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
    exact = all(isinstance(v, Fraction) for v in given.values()) and _is_exact((claim,), plan.definitions)
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
    lines += [f"{name} = {_side(term, sides, place)}" for name, term in zip(("left", "right"), sides, strict=True)]
    return _tidied([*lines, 'print("left:", left, " right:", right)', f"assert {_failure(claim, place)}"])


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
        half = _half_unit(claim.rhs)
        if half is None or matrix:
            raise NoSource("an approximation of a matrix")
        return f"abs(left - right) > {_short(half)}"
    if place.exact:
        holds = _exactly(claim, "left", "right", place)
        return f"not {holds}" if matrix else f"left {NEGATED[claim.relation]} right"
    if claim.relation == "=":
        return "not agree(left, right)"
    if claim.relation == "!=":
        return "agree(left, right)"
    return f"left {NEGATED[claim.relation]} right"


NEGATED = {"=": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
