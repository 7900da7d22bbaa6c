"""The codes of findings: the hundreds say how it stands (1 unread, 2 refuted, 3 true only if, 4 undecided, 5 usage), the rest why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from derive.core import (
    Claim,
    Counterexample,
    DivergentIntegral,
    DivergentTail,
    Evidence,
    Infinite,
    InputError,
    NoSuchLimit,
    Opposite,
    OtherValue,
    Repair,
    Status,
)
from derive.kernel import Verdict
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import has_series, is_nought, subterms
from derive.kernel.words import ANY, shape


@dataclass(frozen=True, slots=True)
class Code:
    """``example``: what is reported so. ``advice``: what an author does about it."""

    id: str
    name: str
    meaning: str
    example: str
    advice: str


_DECLARE = "declare the letters where they are introduced, or in a comment such as <!-- derive: x > 0; n in N -->"
_OFF = "leave it, or put it between <!-- derive: off --> and <!-- derive: on -->"

TABLE: tuple[Code, ...] = (
    # unread
    Code(
        "D101",
        "not-read",
        "The formula is not built as formulas are, or of a notation that the grammar does not have.",
        "$$ \\frac{1} = x $$",
        "Look whether LaTeX itself takes it; LIMITS.md lists what is not read.",
    ),
    Code(
        "D102",
        "unknown-command",
        "A command stands there that is no part of LaTeX's mathematics, nor a macro that was found.",
        "$$ \\foo{x} = x + 1 $$",
        'Define the macro in the text, or name its file in pyproject.toml: macros = ["macros.tex"] under [tool.derive].',
    ),
    Code(
        "D103",
        "not-closed",
        "A brace, bracket or environment is opened and not closed, or closed and not opened.",
        "$$ \\frac{1}{2 = x $$",
        "Close it.",
    ),
    Code(
        "D104",
        "too-large",
        "The formula is longer, or nested deeper, than the reader goes.",
        "a formula of more than 20,000 signs",
        "Split it.",
    ),
    Code(
        "D105",
        "macro-not-expanded",
        "A macro calls itself, lacks an argument, or expands to more than the reader takes.",
        "\\newcommand{\\a}{\\a\\a} $$ \\a = 1 $$",
        "Correct the macro; the limits are in LIMITS.md.",
    ),
    # refuted
    Code(
        "D201",
        "fails-at-a-point",
        "At an exact point that satisfies all that is declared, the two sides are certainly different. The point is printed with both values.",
        "$$ (a + b)^2 = a^2 + b^2 $$ fails at a = 1, b = 1: 4 against 2",
        "Put the point into both sides by hand. If the point was not meant, " + _DECLARE + ".",
    ),
    Code(
        "D202",
        "other-limit",
        "The limit is proved to be another value, or not to exist.",
        "$$ \\lim_{x \\to 0} \\frac{\\sin x}{x} = 0 $$ where the limit is 1",
        "Correct the value; the right one is printed where it is known.",
    ),
    Code(
        "D203",
        "diverges",
        "A series, an integral or an expectation is given a value and has none: it diverges.",
        "$$ \\sum_{k=1}^\\infty \\frac{1}{k} = 2 $$",
        "State the condition of convergence, or correct the terms.",
    ),
    Code(
        "D204",
        "opposite-proved",
        "What contradicts the relation is proved, so that it fails everywhere it is defined.",
        "a relation that no point can refute, but its opposite does",
        "Look at the sign and at the direction of the relation.",
    ),
    Code(
        "D205",
        "matrix-step",
        "The step fails for certain matrices that satisfy what is declared. They are printed.",
        "$$ (AB)^\\top = A^\\top B^\\top $$",
        "Look at the order of the factors, at transposes and inverses; if the matrices commute or are symmetric, say so.",
    ),
    Code(
        "D206",
        "sum-differs",
        "A relation with a sum or product fails at an exact point that satisfies all that is declared.",
        "$$ \\sum_{k=1}^n k = \\frac{n(n-1)}{2} $$",
        "Check the first and the last index, and the relation at n = 1 and n = 2.",
    ),
    Code(
        "D207",
        "integral-differs",
        "An integral has another value: certainly, by enclosure, or by an antiderivative that is proved.",
        "$$ \\int_0^1 x^2\\,dx = \\frac{1}{2} $$",
        "Differentiate the antiderivative, and look at the ends of the range.",
    ),
    Code(
        "D208",
        "average-differs",
        "An expectation, variance or probability fails for a certain law that satisfies what is declared.",
        "$$ \\operatorname{E}[X^2] = \\operatorname{E}[X]^2 $$ with X ~ N(0, 1)",
        "Look for a missing covariance, an independence that is not said, a square in the wrong place.",
    ),
    Code(
        "D209",
        "inequality-fails",
        "An inequality fails at an exact point that satisfies all that is declared.",
        "$$ \\sqrt{x} \\le x $$ fails at x = 1/2",
        "Look at the direction, at a strict sign where both sides can be equal, and at the range of the letters.",
    ),
    Code(
        "D210",
        "not-approximately",
        "The decimal is not the value rounded: it is off by more than half a unit of its last digit.",
        "$$ \\sqrt{2} \\approx 1.42 $$",
        "Correct the last digit.",
    ),
    Code(
        "D211",
        "solution-lost",
        "A step of an argument loses solutions: at the values printed what stands before holds, and what is drawn from it does not.",
        "$$ x^2 = x \\implies x = 1 $$ loses x = 0",
        "Do not divide by what may be 0, nor take one root of two: write all solutions, or say why one is left out.",
    ),
    Code(
        "D212",
        "solution-gained",
        "The two sides of an equivalence differ: at the values printed the second holds and the first does not.",
        "$$ \\sqrt{x} = x - 2 \\iff x = (x - 2)^2 $$ gains x = 1",
        "Write \\implies, and try the solutions in the first equation.",
    ),
    Code(
        "D213",
        "does-not-follow",
        "A relation that is drawn from others fails at a point at which these hold.",
        "$$ -2x < 4 \\implies x < -2 $$",
        "An inequality turns where it is multiplied by a negative number; a square or an inverse keeps it for some signs only.",
    ),
    # true only if
    Code(
        "D301",
        "needs-condition",
        "The text says nothing of a letter. The relation is proved where the condition printed holds, and fails elsewhere.",
        "$$ \\sqrt{x^2} = x $$ is true if x >= 0",
        _DECLARE[:1].upper() + _DECLARE[1:] + ".",
    ),
    Code(
        "D302",
        "needs-matrix-condition",
        "The relation holds only for matrices that satisfy the condition printed, such as A B = B A.",
        "$$ (A + B)^2 = A^2 + 2AB + B^2 $$ is true if A B = B A",
        "Say that the matrices commute, are symmetric or invertible, or write both products.",
    ),
    Code(
        "D303",
        "solution-lost-unless",
        "A step of an argument loses solutions unless the condition printed holds; the text says nothing of the letters.",
        "$$ ab = ac \\implies b = c $$ is true if a is not 0",
        "Say what is excluded, or write all cases; " + _DECLARE + ".",
    ),
    Code(
        "D304",
        "solution-gained-unless",
        "An equivalence gains solutions unless the condition printed holds; the text says nothing of the letters.",
        "$$ \\sqrt{x} = y \\iff x = y^2 $$ is true if y is not negative",
        "Write \\implies, or state the condition; " + _DECLARE + ".",
    ),
    # undecided
    Code(
        "D401",
        "not-decided",
        "It was read, and neither proved nor refuted: no rule applies, or none goes far enough. The reason says what was tried.",
        "$$ \\int_0^\\infty \\frac{\\sin x}{x}\\,dx = \\frac{\\pi}{2} $$",
        "Nothing has to be done. A step in between often helps.",
    ),
    Code(
        "D402",
        "beyond-scope",
        "It was read, but speaks of something of which nothing is decided: sets, distributions, ellipses, unknown operators.",
        "$$ \\nabla y = s $$",
        "Write what can be written with indices and bounds; else " + _OFF + ".",
    ),
    Code(
        "D403",
        "may-be-restricted",
        "It fails as it stands, but the text may restrict its letters: one of them stands on one side only, or words nearby say something of them that is not understood.",
        "At a fixed point ... $$ a^2 + ab = a $$",
        "Nothing, if the hypothesis is meant; to have it checked, " + _DECLARE + ".",
    ),
    Code(
        "D404",
        "other-reading",
        "It fails as it stands, but holds, or may hold, under another plausible reading: positive letters, another base of the logarithm, a bar for a mean; or no small change would make it true, so that it was hardly read as it is meant.",
        "$$ -\\log \\frac{1}{16} = 4 $$ with logarithms to base 2",
        "Declare the reading: the base, the range of the letters, what the bar means.",
    ),
    Code(
        "D405",
        "budget-spent",
        "The search was stopped because it had cost its budget of operations, or because a library hung.",
        "a determinant with ten letters",
        "Split the step.",
    ),
    Code(
        "D406",
        "shapes-differ",
        "By what is declared, the parts do not fit together: a matrix is added to a vector, sizes differ in a product.",
        "$$ A x = x A $$ with A a matrix and x a vector",
        "Look for a missing transpose; declare the shapes if they were taken wrongly: <!-- derive: x in R^d -->.",
    ),
    Code(
        "D407",
        "unknown-relation",
        "Nothing can be decided about this sign between the sides.",
        "$$ p \\propto q $$",
        _OFF[:1].upper() + _OFF[1:] + ".",
    ),
    # usage
    Code(
        "D501",
        "unreadable-file",
        "A file is not there, is a folder, or may not be read. The other files are checked all the same.",
        "derive check missing.md",
        "Correct the path.",
    ),
    Code(
        "D502",
        "not-utf-8",
        "A file is no text in UTF-8.",
        "a file in Latin-1",
        "Convert it: iconv -f latin1 -t utf-8.",
    ),
    Code("D503", "file-too-large", "A file is larger than 20 MB.", "a dump", "Split it."),
    Code(
        "D504",
        "little-read",
        "Less of the mathematics was read than --min-coverage asks.",
        "derive check --min-coverage 60 notes.md",
        "See with --strict what was not read, and why.",
    ),
    Code(
        "D505",
        "baseline",
        "The baseline is not there, or is no baseline.",
        "derive check --baseline old.json notes.md",
        "Write it anew with --write-baseline.",
    ),
    Code(
        "D506",
        "no-such-revision",
        "git does not know the revision of --since, or the file is in no repository.",
        "derive check --since mian notes.md",
        "Name a branch, tag or commit that 'git log' shows; in CI fetch the history first.",
    ),
    Code(
        "D507",
        "not-as-expected",
        "A comment announces a verdict, and another one came out.",
        "<!-- derive: expect refuted --> in front of what is proved",
        "Correct the formula or the comment.",
    ),
)
CODES: dict[str, Code] = {code.id: code for code in TABLE}

_UNREAD = {"syntax": "D101", "command": "D102", "closing": "D103", "size": "D104", "macro": "D105"}
_BEYOND = {"relation": "D407"}
_NAMED = re.compile(r"\[(D5\d\d)\]\s*$")
_BY_EVIDENCE: dict[type, str] = {
    OtherValue: "D202",
    NoSuchLimit: "D202",
    DivergentIntegral: "D203",
    DivergentTail: "D203",
    Infinite: "D203",
    Opposite: "D204",
}
_BY_HEAD = {"D202": {"limit"}, "D207": {"integral"}, "D206": {"sum", "prod"}}


DOUBTED, READ_OTHERWISE, UNEXPECTED = "D403", "D404", "D507"
STOPPED, MISFIT = "D405", "D406"
LOST, GAINED, DOES_NOT_FOLLOW, LOST_UNLESS, GAINED_UNLESS = "D211", "D212", "D213", "D303", "D304"
"""Codes that do not follow from status and evidence: a failure that is not held against the author, and why not; an argument."""


def code_of(status: Status, claim: Claim, verdict: Verdict | None = None) -> str | None:
    """The code of a finding; None for what needs no remark."""
    if status == Status.UNDECIDED:
        return MISFIT if _misfits(claim) else "D401"
    if verdict is None or status not in (Status.REFUTED, Status.CONDITIONAL):
        return None
    if status == Status.CONDITIONAL:
        return "D302" if any(_shaped(verdict.claim)) else "D301"
    return _refuted(verdict.claim, verdict.evidence, verdict)


def code_of_unjudged(status: Status, why: str) -> str | None:
    """The code of a formula without a finding: ``why`` is the kind of what was not read, or of which nothing is decided."""
    if status == Status.UNREAD:
        return _UNREAD.get(why, "D101")
    return _BEYOND.get(why, "D402") if status == Status.UNDECIDED else None


def problem_code(line: str) -> str:
    """The code of a line that says why something was not read: the line ends with it, or it is of no special kind."""
    named = _NAMED.search(line)
    return named[1] if named else "D501"


def _misfits(claim: Claim) -> bool:
    """By the shapes that are declared, its parts do not fit together."""
    if not any(_shaped(claim)):
        return False
    facts = facts_of(claim.scope)
    try:
        for part in (*subterms(claim.lhs), *subterms(claim.rhs)):
            shape(part, facts)
        left, right = shape(claim.lhs, facts), shape(claim.rhs, facts)
    except NoNormalForm:
        return True
    if left is None or right is None:
        return left is not right and not is_nought(claim.lhs if left is None else claim.rhs)
    return ANY not in (left, right) and left != right


def _refuted(claim: Claim, evidence: Evidence, verdict: Verdict) -> str:
    evidence = evidence.refutation if isinstance(evidence, Repair) else evidence
    if code := _BY_EVIDENCE.get(type(evidence)):
        return code
    if isinstance(evidence, Counterexample) and verdict.values is None and has_series(claim.lhs, claim.rhs):
        return "D203"
    if claim.relation in ("<", "<=", ">", ">="):
        return "D209"
    if claim.relation == "~~":
        return "D210"
    heads = {part.head for side in (claim.lhs, claim.rhs) for part in subterms(side)}
    if "expect" in heads or any(declaration.law is not None for declaration in claim.scope.declarations):
        return "D208"
    if any(_shaped(claim)):
        return "D205"
    return next((code for code, of in _BY_HEAD.items() if heads & of), "D201")


def _shaped(claim: Claim) -> Iterator[str]:
    """Names of the matrices and vectors."""
    yield from (declaration.name for declaration in claim.scope.declarations if declaration.shape)


# ---------------------------------------------------------------------------------------------------- codes in words


def read_codes(text: str) -> tuple[str, ...]:
    """``D2,D301``: codes, and beginnings of codes. Raises InputError for what no code begins with."""
    found = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    for part in found:
        if not any(code.startswith(part) for code in CODES):
            raise InputError(f"no code begins with {part!r}{closest(part)}; 'derive explain' lists them")
    return found


def closest(word: str) -> str:
    """``, did you mean 'D201'``, where something is near."""
    near = get_close_matches(word.upper(), CODES, 1, 0.6) or get_close_matches(
        word.lower(), [code.name for code in TABLE], 1, 0.6
    )
    return f", did you mean {near[0]!r}" if near else ""


def explain(word: str) -> Code:
    """The code of that id or name. Raises InputError."""
    found = next((code for code in TABLE if word.upper() == code.id or word.lower() == code.name), None)
    if found is None:
        raise InputError(f"there is no code {word!r}{closest(word)}; 'derive explain' lists them")
    return found
