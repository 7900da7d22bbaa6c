"""Section: what "the largest eigenvalue" has to mean, and what happens without each hypothesis (claim A7)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import assume, integer, matrix, quoted, rational, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.dominant import Analysis
from derive.topics.power_method.sources import BOOK_825

WORDS = "the power method algorithm used to find the largest eigenvalue of a matrix W"
ROTATION = r"A = \begin{pmatrix} \cos \theta & -\sin \theta \\ \sin \theta & \cos \theta \end{pmatrix}"
LARGEST_DOUBLE, SMALLEST_DOUBLE = 1024, -1075
"""Doubles end below 2^1024, and everything up to 2^-1075 is rounded to 0."""
MOST_STEPS = 20_000


def hypotheses(analysis: Analysis) -> Section:
    """Modulus, uniqueness, complex pairs, the scaling."""
    return Section(
        "hypotheses",
        "What “the largest eigenvalue” has to mean",
        (*_modulus(), *_unique(), *_turning(), *_scaling(analysis), _corrected()),
    )


def _modulus() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    D = r"D = \operatorname{diag}(1, -2)"
    given = scope(t, matrix("D", size=2), given=(D,))
    numbers = scope(t)
    return (
        Prose(
            "The book says that the method finds the largest eigenvalue. Each word of the corrected statement below is there because of an example."
        ),
        assume(D, "**Largest modulus, not largest number.** Its eigenvalues are 1 and $-2$.", given),
        step(
            r"D^{t} \begin{pmatrix} 1 \\ 1 \end{pmatrix} = \begin{pmatrix} 1 \\ (-2)^{t} \end{pmatrix}",
            "Start from $(1, 1)^\\top$.",
            given,
            ledger=("A7",),
        ),
        step(
            r"\frac{1 - 2 \cdot 4^{t}}{1 + 4^{t}} = -2 + \frac{3}{1 + 4^{t}}",
            "The Rayleigh quotient of this vector.",
            numbers,
            ledger=("A7",),
        ),
        step(
            r"\lim_{t \to \infty} \frac{1 - 2 \cdot 4^{t}}{1 + 4^{t}} = -2",
            "It finds $-2$.",
            numbers,
            ledger=("A7",),
        ),
        quoted(
            r"\lim_{t \to \infty} \frac{1 - 2 \cdot 4^{t}}{1 + 4^{t}} = 1",
            "The largest eigenvalue, as a number, is 1.",
            numbers,
            BOOK_825,
            WORDS,
            ledger=("A7",),
        ),
    )


def _unique() -> tuple[Block, ...]:
    numbers = scope(integer("t", r"t \ge 0"))
    D = r"D = \operatorname{diag}(1, -1)"
    given = scope(integer("t", r"t \ge 0"), matrix("D", size=2), given=(D,))
    return (
        assume(D, "**A modulus that belongs to one eigenvalue only.**", given),
        step(
            r"D^{t} \begin{pmatrix} 1 \\ 1 \end{pmatrix} = \begin{pmatrix} 1 \\ (-1)^{t} \end{pmatrix}",
            "The iterates go to and fro between two directions.",
            given,
            ledger=("A7",),
        ),
        quoted(
            r"\lim_{t \to \infty} (-1)^{t} = 0",
            "To find an eigenvector, the second coordinate would have to die out (or the first).",
            numbers,
            BOOK_825,
            WORDS,
            ledger=("A7",),
        ),
    )


def _turning() -> tuple[Block, ...]:
    angle = real("theta")
    A = matrix("A", size=2)
    named = scope(
        angle,
        A,
        real("a"),
        real("b"),
        vector("x", size=2),
        given=(ROTATION, r"x = \begin{pmatrix} a \\ b \end{pmatrix}"),
    )
    return (
        assume(
            ROTATION,
            "**Real, not a complex pair.** The rotation by the angle $\\theta$.",
            scope(angle, A, given=(ROTATION,)),
        ),
        step(
            r"\det(\lambda I - A) = (\lambda - \cos \theta)^{2} + (\sin \theta)^{2}",
            "Its eigenvalues are $\\cos \\theta \\pm \\mathrm{i} \\sin \\theta$, both of modulus 1.",
            scope(angle, real("lambda"), A, given=(ROTATION,)),
            ledger=("A7",),
        ),
        step(r"A^\top A = I", "Every vector keeps its length and turns for ever.", named, ledger=("A7",)),
        step(
            r"x^\top A x = \cos(\theta) x^\top x",
            "The Rayleigh quotient is $\\cos \\theta$ at every step, for every vector $x = (a, b)^\\top$: it looks converged, and it is no eigenvalue unless $\\sin \\theta = 0$.",
            named,
            ledger=("A7",),
        ),
    )


# ----------------------------------------------------------------------------------------------------------- the scaling


def _scaling(analysis: Analysis) -> tuple[Block, ...]:
    """Why the vector is scaled at every step: where |lambda|^t leaves the doubles."""
    value = _usable(analysis)
    edge = LARGEST_DOUBLE if value > 1 else SMALLEST_DOUBLE
    steps = _first_beyond(value, edge)
    base = rational(value) if value.denominator == 1 else rf"\left( {rational(value)} \right)"
    inside, beyond = f"{base}^{{{steps - 1}}}", f"{base}^{{{steps}}}"
    formula = rf"{inside} < 2^{{{edge}}} \le {beyond}" if value > 1 else rf"{beyond} \le 2^{{{edge}}} < {inside}"
    fate = "is too large for a double" if value > 1 else "is too small for a double"
    return (
        Prose(
            "**Scaled at every step.** In exact arithmetic the scaling does nothing. In floating point it keeps the run alive: with "
            f"$\\lvert \\lambda \\rvert = {rational(value)}$ the bare power $\\lambda^t$ {fate} from step {steps} on, and no direction is left to read off."
        ),
        step(
            formula,
            f"Doubles end at $2^{{{LARGEST_DOUBLE}}}$."
            if value > 1
            else f"What is at most $2^{{{SMALLEST_DOUBLE}}}$ is rounded to 0.",
            scope(),
            ledger=("A7",),
        ),
    )


def _usable(analysis: Analysis) -> Fraction:
    """The modulus of the reader's dominant eigenvalue, if it is a short fraction that leaves the doubles soon; else 5."""
    value = abs(analysis.top.value) if analysis.top else Fraction(0)
    far = value in (0, 1) or value.denominator > 1000 or value.numerator > 10**6
    return Fraction(5) if far or not Fraction(1, 20) < abs(value - 1) else value


def _first_beyond(value: Fraction, edge: int) -> int:
    """The least t with value^t >= 2^edge, or <= 2^edge for value < 1."""
    bound, power = Fraction(2) ** edge, Fraction(1)
    for t in range(1, MOST_STEPS):
        power *= value
        if (power >= bound) if value > 1 else (power <= bound):
            return t
    raise AssertionError("a number this far from 1 leaves the doubles sooner")


def _corrected() -> Prose:
    return Prose(
        "**Corrected.** If one eigenvalue is simple and larger in *modulus* than all others, and the start has overlap $u^\\top x \\ne 0$, then the power method, scaled at every step, "
        "finds this eigenvalue and its right eigenvector. “Largest eigenvector” (section 10.7 of the book) means the eigenvector of this eigenvalue; "
        "eigenvectors themselves have no size."
    )
