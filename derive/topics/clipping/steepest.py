"""Section: which direction is steepest depends on how directions are measured (claim D4)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Scope, Section
from derive.topics.clipping import Options
from derive.topics.clipping.notation import BOOK, column, entries_of

G, D = vector("g", size="n"), vector("d", size="n")
LENGTH = r"\lVert g \rVert_2"


def steepest(options: Options) -> Section:
    """Euclidean length, the largest entry, a metric; the gradient of the options in two of them."""
    return Section(
        "steepest",
        "Steepest in which direction?",
        (*_first_order(), *_euclid(), *_largest_entry(), *_metric(), *_own(options)),
    )


def _first_order() -> tuple[Block, ...]:
    letters = scope(
        real("s"),
        vector("x", size="n"),
        vector("b", size="n"),
        D,
        G,
        matrix("H", "symmetric", size="n"),
        given=(r"g = H x + b",),
    )
    return (
        Prose(
            "Move from $x$ a small way $s$ in the direction $d$. To first order the loss changes by $s \\, g^\\top d$, so all directions "
            "are compared by the one number $g^\\top d$. For a quadratic loss $\\frac{1}{2} x^\\top H x + b^\\top x$ the remainder is "
            "in plain sight:"
        ),
        assume("g = H x + b", "the gradient of that loss, $H$ symmetric.", letters),
        step(
            r"\frac{1}{2} (x + s d)^\top H (x + s d) + b^\top (x + s d) = \frac{1}{2} x^\top H x + b^\top x + s g^\top d + "
            r"\frac{1}{2} s^{2} d^\top H d",
            "The last term is of second order: it does not count while $s$ is infinitesimal, and it is all of the next section.",
            letters,
            ledger=("D4", "D5"),
        ),
    )


def _euclid() -> tuple[Block, ...]:
    unit = scope(G, D, given=(r"\lVert d \rVert_2 = 1",))
    nonzero = scope(G, D, given=(rf"{LENGTH} > 0",))
    return (
        Prose("**Directions of Euclidean length 1.** The inequality of Cauchy and Schwarz says how steep it can get:"),
        step(
            rf"g^\top d \ge -{LENGTH} \lVert d \rVert_2 = -{LENGTH}",
            "No direction of length 1 falls faster than $\\lVert g \\rVert_2$.",
            unit,
            ledger=("D4",),
        ),
        step(
            rf"g^\top \left( -\frac{{1}}{{{LENGTH}}} g \right) = -{LENGTH}",
            "The negative gradient, scaled to length 1, reaches it.",
            nonzero,
            ledger=("D4",),
        ),
        step(
            rf"\left\lVert d + \frac{{1}}{{{LENGTH}}} g \right\rVert_2^{{2}} = \lVert d \rVert_2^{{2}} + 1 + \frac{{2}}{{{LENGTH}}} g^\top d",
            "No other does: for $\\lVert d \\rVert_2 = 1$ and $g^\\top d = -\\lVert g \\rVert_2$ the right side is $1 + 1 - 2 = 0$, so $d$ is "
            "that direction.",
            nonzero,
            ledger=("D4",),
        ),
    )


def _largest_entry() -> tuple[Block, ...]:
    entries = scope(real("g"), real("d", r"d \ge -1", r"d \le 1"))
    vectors = scope(
        integer("n", r"n \ge 1"), real("g", family=True), real("d", r"d_k \ge -1", r"d_k \le 1", family=True)
    )
    return (
        Prose(
            "**Directions with all entries between $-1$ and $1$.** That is just as good a way to say “a step of size 1”; entry by entry, "
            "with $g$ and $d$ for a moment the entries:"
        ),
        step(
            r"g d \ge -\lvert g \rvert",
            "Equality holds for the entry $-1$ where $g > 0$ and $1$ where $g < 0$.",
            entries,
            ledger=("D4",),
        ),
        step(
            r"\sum_{i=1}^{n} g_i d_i \ge -\sum_{i=1}^{n} \lvert g_i \rvert",
            "Summed: steepest is the vector of signs, $-\\operatorname{sign}(g)$, and it falls by $\\lVert g \\rVert_1$, the sum of the moduli.",
            vectors,
            ledger=("D4",),
        ),
    )


def _metric() -> tuple[Block, ...]:
    letters = scope(matrix("A", "invertible", size="n"), G, D)
    return (
        Prose(
            "**Directions with $d^\\top M d = 1$** for a positive definite $M$. Every such $M$ is $A^\\top A$ with an invertible $A$, "
            "so $d^\\top M d = \\lVert A d \\rVert_2^2$, and with $A d$ for $d$ this is the Euclidean case again:"
        ),
        step(
            r"g^\top d = ((A^{-1})^\top g)^\top (A d) \ge -\lVert (A^{-1})^\top g \rVert_2 \lVert A d \rVert_2",
            "Cauchy and Schwarz once more.",
            letters,
            ledger=("D4",),
        ),
        step(
            r"A (-(A^\top A)^{-1} g) = -(A^{-1})^\top g",
            "Equality needs $A d$ to point against $(A^{-1})^\\top g$: steepest is $-M^{-1} g$, up to its length. With $M = H$ that is "
            "Newton's direction.",
            letters,
            ledger=("D4",),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    g = entries_of(options.gradient)
    signs = [Fraction((entry > 0) - (entry < 0)) for entry in g]
    given = (f"g = {column(g)}", f"d = {column([-sign for sign in signs])}")
    letters = scope(vector("g", size=len(g)), vector("d", size=len(g)), given=given)
    digits = options.digits
    same = len({abs(entry) for entry in g if entry}) == 1
    return (
        Prose("**The gradient of this handout**, and the vector of its signs reversed:"),
        assume(given[0], "given.", letters),
        assume(given[1], "the steepest direction for the largest entry.", letters),
        approximate(r"-\lVert g \rVert_2", "Steepest at Euclidean length 1.", letters, digits, ledger=("D4",)),
        approximate(r"g^\top d", "Steepest with entries up to 1.", letters, digits, ledger=("D4",)),
        _cosine(options, letters),
        Prose(
            "Here all entries that are not 0 have the same modulus, and the two directions agree. In general they do not: try another gradient."
            if same
            else "Two different directions, each the steepest in its own measure. So “the” direction of steepest descent is a choice of norm, "
            "and the sentence of the book is true of the Euclidean one:"
        ),
        quoted(
            r"-\lVert g \rVert_2 \le \langle g, d \rangle",
            "Read for directions whose entries are at most 1 in size instead of directions of length 1, it is false ($\\langle g, d \\rangle$ is $g^\\top d$).",
            scope(
                vector("g", size=2),
                vector("d", size=2),
                given=(r"g = \begin{pmatrix} 3 \\ 1 \end{pmatrix}", r"d = \begin{pmatrix} -1 \\ -1 \end{pmatrix}"),
            ),
            BOOK,
            "the direction that corresponds to the steepest descent within an infinitesimal region",
            ledger=("D4",),
        ),
    )


def _cosine(options: Options, letters: Scope) -> Block:
    return approximate(
        r"\frac{-g^\top d}{\lVert g \rVert_2 \lVert d \rVert_2}",
        "The cosine of the angle between the two directions.",
        letters,
        options.digits,
        ledger=("D4",),
    )
