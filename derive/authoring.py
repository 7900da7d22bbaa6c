"""Words for writing a topic: letters, scopes, steps. Formulas are written in LaTeX and read by our own reader, so that what a
topic file says, what the page shows and what is judged are one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, log10

from flint import arb

from derive.core import (
    Block,
    Claim,
    Declaration,
    Hints,
    InputError,
    Law,
    Matrix,
    Prose,
    Quote,
    Relation,
    Scope,
    Section,
    Step,
    Term,
)
from derive.formula import read, read_chain, show, show_chain
from derive.kernel.balls import BallMatrix, Undefined, evaluate, exact
from derive.kernel.facts import facts_of
from derive.kernel.points import unfolded
from derive.kernel.terms import number


@dataclass(frozen=True, slots=True)
class Letter:
    """A declaration whose bounds are still LaTeX: ``integer("t", r"t \\ge 0")``."""

    declaration: Declaration
    where: tuple[str, ...] = ()


def integer(name: str, *where: str) -> Letter:
    return Letter(Declaration(name, "integer"), where)


def real(name: str, *where: str, family: bool = False) -> Letter:
    return Letter(Declaration(name, "real", family=family), where)


def complex_number(name: str, *where: str, family: bool = False) -> Letter:
    return Letter(Declaration(name, "complex", family=family), where)


def matrix(name: str, *properties: str, domain: str = "real", size: str | int = "d", family: bool = False) -> Letter:
    """A square matrix."""
    return Letter(Declaration(name, domain, (size, size), properties, family=family))


def vector(name: str, *, size: str | int = "d", domain: str = "real", family: bool = False) -> Letter:
    """A column vector."""
    return Letter(Declaration(name, domain, (size,), family=family))


def random_family(name: str, law: str, mean: Term, variance: Term, *where: str) -> Letter:
    """Independent, identically distributed ``w_1, w_2, ...``."""
    return Letter(Declaration(name, "real", law=Law(law, mean, variance), family=True), where)


def bounded(letter: Letter, *where: str) -> Letter:
    """The letter with further bounds."""
    return replace(letter, where=(*letter.where, *where))


def scope(*letters: Letter, given: Sequence[str] = (), realised: Mapping[str, str] | None = None) -> Scope:
    """The scope of some letters. ``given``: hypotheses in LaTeX; ``realised``: how to build letters that satisfy them."""
    bare = Scope(tuple(letter.declaration for letter in letters))
    declarations = tuple(
        replace(letter.declaration, where=tuple(r for text in letter.where for r in _bounds(text, bare, letter)))
        for letter in letters
    )
    hypotheses = tuple(relation for text in given for relation in read_chain(text, bare))
    realisation = tuple((name, read(text, bare)) for name, text in (realised or {}).items())
    return Scope(declarations, hypotheses, realisation)


def _bounds(text: str, bare: Scope, letter: Letter) -> tuple[Relation, ...]:
    """Bounds with the letter on the left: ``0 < x`` becomes ``x > 0``. A family's bound speaks of member k."""
    if letter.declaration.family:
        bare = Scope((*bare.declarations, Declaration("k", "integer")))
    turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
    relations = []
    for relation in read_chain(text, bare):
        numeral_first = relation.lhs.head in ("number", "neg", "div", "decimal") and relation.relation in turned
        relations.append(Relation(relation.rhs, turned[relation.relation], relation.lhs) if numeral_first else relation)
    return tuple(relations)


def extended(base: Scope, *given: str) -> Scope:
    """The scope with more hypotheses."""
    new = tuple(relation for text in given for relation in read_chain(text, base))
    return replace(base, hypotheses=base.hypotheses + new)


SHORT = 10**6
"""Integers below this are printed whole, without a sign for approximation."""

# ------------------------------------------------------------------------------------------------------------- steps


def step(
    formula: str,
    reason: str,
    where: Scope,
    *,
    induction: tuple[str, int] | None = None,
    axiom: str | None = None,
    ledger: Sequence[str] = (),
) -> Step:
    """A chain of relations that the topic asserts. Raises Unread where the formula is not in our notation."""
    relations = read_chain(formula, where)
    claims = tuple(Claim(r.lhs, r.relation, r.rhs, where) for r in relations)
    return Step(claims, show_chain(relations), reason, hints=Hints(induction, axiom), ledger=tuple(ledger))


def assume(formula: str, reason: str, where: Scope) -> Step:
    """A definition or hypothesis: shown, nothing to check."""
    return replace(step(formula, reason, where), assumed=True)


def quoted(formula: str, reason: str, where: Scope, place: str, words: str, *, ledger: Sequence[str] = ()) -> Step:
    """A source's statement in a formal reading, expected to be false."""
    made = step(formula, reason, where, ledger=ledger)
    return replace(made, stance="quotes", quote=Quote(place, words))


def exercise(question: str, *solution: Block) -> tuple[Block, ...]:
    """A question and its judged solution. Steps get the stance "exercise"; quotations keep theirs."""
    lead, *rest = solution if isinstance(solution[0], Prose) else (Prose(""), *solution)
    assert isinstance(lead, Prose)
    opening = replace(lead, text=f"*Solution.* {lead.text}".strip())
    return (Prose(question, question=True), opening, *(_as_exercise(block) for block in rest))


def _as_exercise(block: Block) -> Block:
    if isinstance(block, Step) and block.stance == "asserts":
        return replace(block, stance="exercise")
    return block


def exercises(*made: tuple[Block, ...]) -> Section:
    """The last section of a handout: numbered exercises, each made by ``exercise``."""
    blocks: list[Block] = []
    for position, (question, *solution) in enumerate(made, 1):
        assert isinstance(question, Prose)
        blocks += [replace(question, text=f"**Exercise {position}.** {question.text}"), *solution]
    return Section("exercises", "Exercises", tuple(blocks))


def approximate(quantity: str, reason: str, where: Scope, digits: int, *, ledger: Sequence[str] = ()) -> Step:
    """``quantity ≈ numeral`` with the numeral computed by ball arithmetic to ``digits`` significant digits."""
    term = read(quantity, where)
    closed = unfolded(term, facts_of(where))
    whole = _whole(exact(closed, {}))
    if whole is not None:
        return step(f"{show(term)} = {whole}", reason, where, ledger=ledger)
    try:
        value = evaluate(closed, {}, 512)
    except (Undefined, ValueError) as error:
        raise InputError(f"{show(term)} cannot be evaluated ({error}); choose smaller numbers or fewer steps") from None
    if isinstance(value, BallMatrix) and len(value.rows) == len(value.rows[0]) == 1:
        value = value.rows[0][0]
    if not isinstance(value, BallMatrix) and _too_wide(value.real, digits):
        raise InputError(f"{show(term)} is not enclosed to {digits} digits; choose smaller numbers or fewer digits")
    numeral = _matrix_numeral(value, digits) if isinstance(value, BallMatrix) else decimal(value.real, digits)
    return step(f"{show(term)} \\approx {numeral}", reason, where, ledger=ledger)


def _too_wide(value: arb, digits: int) -> bool:
    """The middle of the ball would not be the value to that many digits (a tiny ball about 0 is fine)."""
    radius = arb(value.rad())
    return bool(radius > arb(2) ** -200) and not bool(radius * 10 ** (digits + 1) < abs(arb(value.mid())))


def _whole(value: object) -> str | None:
    """LaTeX of a short integer or of a matrix of short integers, which need no approximation."""
    if isinstance(value, Matrix) and len(value.rows) == len(value.rows[0]) == 1:
        return _whole(value.rows[0][0])
    if isinstance(value, Fraction):
        return rational(value) if value.denominator == 1 and abs(value) < SHORT else None
    if isinstance(value, Matrix) and all(_whole(entry) is not None for row in value.rows for entry in row):
        return explicit([[Fraction(str(entry)) for entry in row] for row in value.rows])
    return None


def _matrix_numeral(value: BallMatrix, digits: int) -> str:
    rows = [[decimal(entry.real, digits) for entry in row] for row in value.rows]
    return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{pmatrix}"


def fixed(value: Fraction, places: int) -> str:
    """The nearest decimal numeral with that many places (a tie goes up)."""
    scaled = floor(value * 10**places + Fraction(1, 2))
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else f"{sign}{digits}"


def decimal(value: arb, digits: int) -> str:
    """``digits`` significant digits of the ball's midpoint: plain while no digit is made up and at most three zeros lead, else
    times a power of ten."""
    middle = _midpoint(value)
    if middle == 0:
        return "0"
    exponent = _decimal_exponent(abs(middle))
    mantissa = fixed(middle / Fraction(10) ** exponent, digits - 1)
    if mantissa.lstrip("-").startswith("10."):  # rounded up to the next power of ten
        exponent += 1
        mantissa = fixed(middle / Fraction(10) ** exponent, digits - 1)
    if -4 < exponent < digits:
        return fixed(middle, digits - 1 - exponent)
    return f"{mantissa} \\cdot 10^{{{exponent}}}"


def _midpoint(value: arb) -> Fraction:
    middle = value.mid().fmpq()
    return Fraction(int(middle.p), int(middle.q))


def _decimal_exponent(size: Fraction) -> int:
    """The k with 10^k <= size < 10^(k+1)."""
    k = floor((size.numerator.bit_length() - size.denominator.bit_length()) * log10(2)) - 1
    while size >= Fraction(10) ** (k + 1):
        k += 1
    return k


def rational(q: Fraction | int) -> str:
    """LaTeX of an exact rational."""
    return show(number(q))


def explicit(rows: Sequence[Sequence[Fraction]]) -> str:
    """LaTeX of an exact matrix."""
    lines = [" & ".join(_entry(Fraction(entry)) for entry in row) for row in rows]
    return r"\begin{pmatrix} " + r" \\ ".join(lines) + r" \end{pmatrix}"


def _entry(q: Fraction) -> str:
    if q.denominator == 1:
        return str(q)
    sign = "-" if q < 0 else ""
    return f"{sign}{abs(q.numerator)}/{q.denominator}"
