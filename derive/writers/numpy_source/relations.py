"""How two sides are compared, exactly or within a bound, as an assertion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Term
from derive.kernel.terms import heads, rational_value, subterms
from derive.report import Finding
from derive.writers.numpy_source.expression import SUM, NoSource, Place, shape, text

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


def sides_of(claims: tuple[Claim, ...]) -> tuple[Term, ...]:
    return (claims[0].lhs, *(claim.rhs for claim in claims))


def compared(claims: tuple[Claim, ...], place: Place) -> list[str]:
    """The sides as named values, then one ``assert`` for each relation."""
    sides = sides_of(claims)
    names = ["left", "right"] if len(sides) == 2 else [f"side_{k}" for k in range(1, len(sides) + 1)]
    lines = [f"{name} = {side_of(term, sides, place)}" for name, term in zip(names, sides, strict=True)]
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


def side_of(term: Term, sides: tuple[Term, ...], place: Place) -> str:
    """A side; an identity takes the size of the other sides."""
    rows = next((s[0] for side in sides if (s := shape(side, place))), None)
    return text(term, replace(place, size=rows), SUM)


def _agreement(claim: Claim, left: str, right: str, bound: str, others: list[str], place: Place) -> str:
    if claim.relation == "~~":
        return _approximately(claim, left, right, place)
    if claim.relation not in ("=", "!=", "<", "<=", ">", ">="):
        raise NoSource("a relation between sequences, which no finite number of values decides")
    if place.exact:
        return exactly(claim, left, right, place)
    if claim.relation == "!=":
        matrix = bool(shape(claim.lhs, place) or shape(claim.rhs, place))
        return f"np.any({left} != {right})" if matrix else f"{left} != {right}"
    small, large = (right, left) if claim.relation[0] == ">" else (left, right)
    more = [*others, f"bound={LOOSE}"] if bound == LOOSE else others
    return f"{'agree' if claim.relation == '=' else 'at_most'}({', '.join([small, large, *more])})"


def exactly(claim: Claim, left: str, right: str, place: Place) -> str:
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
    half = half_unit(claim.rhs)
    if half is None:
        raise NoSource("an approximation without a decimal numeral")
    matrix = bool(shape(claim.rhs, place))
    if place.exact:
        whole = f"Fraction({half.numerator}, {half.denominator})"
        return f"np.all(abs({left} - {right}) <= {whole})" if matrix else f"abs({left} - {right}) <= {whole}"
    # The slack is for rounding; the digits themselves were checked in ball arithmetic.
    margin = f"{short(half)} + {TIGHT} * abs({right})"
    return f"np.all(abs({left} - {right}) <= {margin})" if matrix else f"abs({left} - {right}) <= {margin}"


def blurred(finding: Finding) -> bool:
    """The rounding bound of our own check exceeds the last digit of a numeral."""
    half = half_unit(finding.claim.rhs) if finding.claim.relation == "~~" else None
    if half is None:
        return False
    if finding.numpy is None:
        return (finding.numpy_reason or "").startswith("0 of")
    return finding.numpy.bound > 2 * half


def short(value: Fraction) -> str:
    return f"{float(value):g}"


def half_unit(term: Term) -> Fraction | None:
    """Of a numeral, possibly times a power of ten; of a matrix of numerals, that of its coarsest entry."""
    if term.head == "decimal":
        places = len(str(term.value).partition(".")[2])
        return Fraction(1, 2 * 10**places)
    if term.head == "number":
        return Fraction(1, 2)
    if term.head == "neg":
        return half_unit(term.args[0])
    if term.head == "mul" and len(term.args) == 2:
        unit, factor = half_unit(term.args[0]), _power_of_ten(term.args[1])
        return unit * abs(factor) if unit is not None and factor is not None else None
    if term.head in ("matrix", "row"):
        units = [half_unit(arg) for arg in term.args]
        return max(unit for unit in units if unit is not None) if None not in units else None
    return None


def _power_of_ten(term: Term) -> Fraction | None:
    exponent = rational_value(term.args[1]) if term.head == "pow" and rational_value(term.args[0]) == 10 else None
    return None if exponent is None or exponent.denominator != 1 else Fraction(10) ** int(exponent)


def is_exact(claims: tuple[Claim, ...], definitions: dict[str, Term]) -> bool:
    """Nothing but fractions is needed: then nothing is rounded."""
    terms = [*sides_of(claims), *definitions.values()]
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


def tidied(lines: list[str]) -> list[str]:
    """One empty line after a function, none twice."""
    tidy: list[str] = []
    for line in lines:
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    return tidy
