"""Events about one product of independent factors with finitely many rational values: its law is built up factor by factor.

``c M + d relation 0`` with numbers c, d and M a product of powers of members of families and their moduli. Equal products are
collected on the way, so that ten factors cost a few dozen values rather than a power of ten. Refused: other gaps, laws whose values
or probabilities are no numerals, letters that may depend on each other, more than LARGEST_LAW values.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import Term
from derive.kernel.budget import spend
from derive.kernel.expectation.randomness import apart, law_of, random_in
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.support import atoms_of
from derive.kernel.terms import number, rational_value

LARGEST_LAW = 20_000
UPDATES_OF_AN_OPERATION = 8

Atoms = tuple[tuple[Fraction, Fraction], ...]


def chance_of_monomial(normaliser: Normaliser, gap: Ratio, relation: str, facts: Facts) -> Ratio | None:
    """The probability that ``gap relation 0``; None for a gap of another form."""
    parts = _linear(normaliser, gap, facts)
    if parts is None:
        return None
    slope, powers, constant = parts
    factors = _factors(normaliser, powers, facts)
    if factors is None:
        return None
    total = Fraction(0)
    for value, chance in _law(factors).items():
        found = slope * value + constant
        total += chance if {"=": found == 0, ">": found > 0, ">=": found >= 0}[relation] else 0
    return normaliser.value(number(total), facts)


def _linear(normaliser: Normaliser, gap: Ratio, facts: Facts) -> tuple[Fraction, dict[int, int], Fraction] | None:
    """(c, exponents of the random generators of M, d) of a gap c M + d."""
    if any(gap.den.degrees()):
        return None
    below = _fraction(gap.den.coeffs()[0])
    slope, constant, powers = Fraction(0), Fraction(0), dict[int, int]()
    for exponents, coefficient in gap.num.to_dict().items():
        used = {i: int(d) for i, d in enumerate(exponents) if d}
        if not used:
            constant = _fraction(coefficient) / below
        elif powers or not all(random_in(normaliser.generators[i].term, facts.scope) for i in used):
            return None
        else:
            slope, powers = _fraction(coefficient) / below, used
    return (slope, powers, constant) if powers else None


def _fraction(q: object) -> Fraction:
    return Fraction(str(q))


def _factors(normaliser: Normaliser, powers: dict[int, int], facts: Facts) -> list[Atoms] | None:
    """For each letter or member in the product: the values of its factor, with their probabilities."""
    by_member: dict[Term, list[tuple[bool, int]]] = {}
    for i, exponent in powers.items():
        term = normaliser.generators[i].term
        inner = term.args[0] if term.head == "abs" else term
        numeral = inner.head == "index" and rational_value(inner.args[1]) is not None
        if not numeral and inner.head != "symbol":
            return None
        by_member.setdefault(inner, []).append((term.head == "abs", exponent))
    names = frozenset(str((m.args[0] if m.args else m).value) for m in by_member)
    tables = {name: _numeral_atoms(name, facts) for name in names}
    if not apart(names, facts.scope) or any(table is None for table in tables.values()):
        return None
    found = []
    for member, uses in by_member.items():
        atoms = tables[str((member.args[0] if member.args else member).value)]
        assert atoms is not None
        found.append(tuple((_power(x, uses), p) for x, p in atoms))
    return found


def _power(x: Fraction, uses: list[tuple[bool, int]]) -> Fraction:
    result = Fraction(1)
    for modulus, exponent in uses:
        result *= (abs(x) if modulus else x) ** exponent
    return result


def _numeral_atoms(name: str, facts: Facts) -> Atoms | None:
    _, law = law_of(name, facts)
    atoms = atoms_of(law)
    if atoms is None:
        return None
    found = [(rational_value(x), rational_value(p)) for x, p in atoms]
    numerals = [(x, p) for x, p in found if x is not None and p is not None]
    return tuple(numerals) if len(numerals) == len(found) else None


def _law(factors: list[Atoms]) -> dict[Fraction, Fraction]:
    """The probability of each value of the product."""
    law = {Fraction(1): Fraction(1)}
    for atoms in factors:
        spend(len(law) * len(atoms) // UPDATES_OF_AN_OPERATION + 1)
        grown: dict[Fraction, Fraction] = {}
        for x, p in law.items():
            for y, q in atoms:
                grown[x * y] = grown.get(x * y, Fraction(0)) + p * q
        if len(grown) > LARGEST_LAW:
            raise NoNormalForm(f"a product with more than {LARGEST_LAW} values")
        law = grown
    return law
