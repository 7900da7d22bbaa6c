"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.power_method import LARGEST_N, Options
from derive.topics.power_method.dominant import Analysis, analyse
from derive.topics.power_method.domination import domination
from derive.topics.power_method.forms import forms
from derive.topics.power_method.hypotheses import hypotheses
from derive.topics.power_method.iteration import iteration
from derive.topics.power_method.own import own
from derive.topics.power_method.practice import practice
from derive.topics.power_method.rate import rate
from derive.topics.power_method.rounding import rounding
from derive.topics.power_method.sources import BOOK, GOLUB
from derive.topics.power_method.splitting import splitting
from derive.topics.power_method.symmetric import symmetric
from derive.topics.power_method.transposes import transposes
from derive.variant import PRINTED, Variant

OPENING = (
    Prose(
        "Multiply a vector by the same matrix again and again, and it forgets almost everything about itself. What it keeps, what it "
        "loses, how fast, and what the words “largest eigenvalue”, “principal eigenvector” and “discard” must mean for "
        "this to be true, is the subject of this page."
    ),
    Prose(
        "**In one line.** If one eigenvalue is simple and larger in modulus than all others, then $W^t x$ turns into its right eigenvector $v$; how much of $x$ "
        "gets there is measured by its *left* eigenvector $u$; what has no overlap with $u$ is dropped."
    ),
    Prose(
        "Throughout, $W$ is a real square matrix, $d$ its size, vectors are columns, and $s$, $t$ count steps. Behind each step stands for which values it is claimed, "
        "where that changes."
    ),
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    analysis = analyse(options.matrix, options.start)
    sections = (
        iteration(),
        splitting(),
        own(options, analysis),
        forms(),
        rate(options),
        hypotheses(analysis),
        rounding(options, analysis),
        symmetric(),
        transposes(),
        domination(options),
        practice(variant),
    )
    return Derivation(
        "power-method",
        "What the power method finds, and what it drops",
        OPENING,
        sections,
        _parameters(options, analysis),
        sources=(BOOK, GOLUB),
    )


def _parameters(options: Options, analysis: Analysis) -> tuple[tuple[str, str], ...]:
    start = ", ".join(str(entry) for entry in analysis.start) if analysis.small else f"{analysis.size} numbers"
    return (
        ("n", str(options.n)),
        ("matrix", "default" if options.matrix is None else f"yours, {analysis.size} x {analysis.size}"),
        ("start", f"({start})" if options.start else "first unit vector"),
    )


def _check(options: Options) -> None:
    if not 1 <= options.n <= LARGEST_N:
        raise InputError(f"n = {options.n} is outside 1 to {LARGEST_N}; choose a number of steps in that range")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12")
