"""Section: clipping by the norm: what it keeps, and that it promises no decrease (claims D6, T10, X18)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, quoted, rational, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.clipping import Options
from derive.topics.clipping.figures import valley_figure
from derive.topics.clipping.notation import LESSWRONG, column, entries_of

LENGTH = r"\lVert g \rVert_2"
FACTOR = r"\alpha = \min(1, \frac{v}{\lVert g \rVert_2})"


def by_norm(options: Options) -> Section:
    """The theorem, the gradient of the options, the family of counterexamples, what floats do."""
    return Section(
        "norm",
        "Clipping by the norm",
        (*_theorem(), *_own(options), *_no_decrease(options), valley_figure(options), *_floats()),
    )


def _theorem() -> tuple[Block, ...]:
    v, alpha = real("v", "v > 0"), real("alpha")
    clipped = scope(vector("g"), v, alpha, given=(f"{LENGTH} > 0", FACTOR))
    positive = scope(vector("g"), real("alpha", r"\alpha > 0"), given=(f"{LENGTH} > 0",))
    size = scope(real("r", "r > 0"), v)
    return (
        Prose(
            "Leave a gradient of length at most $v$ alone, and scale a longer one down to length $v$. That is one factor "
            "$\\alpha$ in front of $g$, and Algorithm 1 of Pascanu, Mikolov and Bengio:"
        ),
        assume(FACTOR, "the clipping factor; the clipped gradient is $\\alpha g$.", clipped),
        step(
            r"0 < \min(1, \frac{v}{r}) \le 1",
            "The factor lies between 0 and 1 ($r$ stands for the length of $g$).",
            size,
            ledger=("D6",),
        ),
        step(
            rf"\lVert \alpha g \rVert_2 = \alpha {LENGTH}",
            "A positive factor comes out of the norm.",
            scope(vector("g"), real("alpha", r"\alpha > 0")),
            ledger=("D6",),
        ),
        step(
            rf"\alpha {LENGTH} = \min({LENGTH}, v) \le v",
            "The clipped gradient is as long as the gradient or as the threshold, whichever is shorter; so the step $\\eta \\alpha g$ is never longer than $\\eta v$.",
            clipped,
            ledger=("D6",),
        ),
        step(
            rf"g^\top (\alpha g) = \alpha {LENGTH}^{{2}} > 0",
            "It still points uphill: against it, the loss falls to first order. Its direction is that of $g$, exactly.",
            positive,
            ledger=("D6", "X18"),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    v, eta, digits = options.threshold, options.learning_rate, options.digits
    size = len(entries_of(options.gradient))
    g = f"g = {column(entries_of(options.gradient))}"
    declared = scope(vector("g", size=size), given=(g,))
    factor = rf"\min(1, \frac{{{rational(v)}}}{{\lVert g \rVert_2}})"
    longer = sum(entry * entry for entry in entries_of(options.gradient)) > v * v
    return (
        Prose(f"**The gradient of this handout** with $v = {rational(v)}$ and $\\eta = {rational(eta)}$:"),
        approximate(
            LENGTH,
            "It is longer than the threshold." if longer else "It is not longer than the threshold.",
            declared,
            digits,
            ledger=("D6",),
        ),
        approximate(
            factor,
            "The factor." if longer else "So the factor is 1 and nothing is changed.",
            declared,
            digits,
            ledger=("D6",),
        ),
        approximate(rf"{factor} g", "The clipped gradient.", declared, digits, ledger=("D6",)),
        approximate(
            rf"{rational(eta)} {LENGTH}" if eta.denominator > 1 else rf"{rational(eta)} \cdot {LENGTH}",
            "Length of the step without clipping.",
            declared,
            digits,
            ledger=("D6",),
        ),
        step(
            rf"{rational(eta)} \cdot \left\lVert {factor} g \right\rVert_2 \le {rational(eta * v)}",
            "Length of the step with clipping.",
            declared,
            ledger=("D6",),
        ),
    )


def _no_decrease(options: Options) -> tuple[Block, ...]:
    v, eta = options.threshold, options.learning_rate
    letters = scope(real("x"), real("L", "L > 0"), real("eta", r"\eta > 0"), real("v", "v > 0"))
    family = scope(
        real("x"),
        real("L", "L > 0"),
        real("eta", r"\eta > 0"),
        real("v", "v > 0"),
        given=(r"L = \frac{20}{\eta}", r"x = \frac{\eta v}{10}"),
    )
    after = r"x - \eta \min(1, \frac{v}{L \lvert x \rvert}) L x"
    L, x = 20 / eta, eta * v / 10
    own = scope(real("L"), real("x"), given=(f"L = {rational(L)}", f"x = {rational(x)}"))
    cut = scope(
        real("alpha", r"\alpha > 0", r"\alpha \le 1"),
        real("p", r"p \ne 0"),
        real("L", "L > 0"),
        real("eta", r"\eta > 0"),
        given=(r"\eta < \frac{2}{\alpha L}",),
    )
    return (
        Prose(
            "**What it does not promise.** The step is short, but a short step can still be too long for a narrow valley. Take the loss "
            "$\\frac{1}{2} L x^2$ with gradient $L x$:"
        ),
        quoted(
            rf"\frac{{1}}{{2}} L \left( {after} \right)^{{2}} \le \frac{{1}}{{2}} L x^{{2}}",
            "Read as a guarantee: no clipped step, for any $\\eta$ and $v$, leaves the loss higher than it was.",
            letters,
            LESSWRONG,
            "so that they can't reverse all of the descent progress so far",
            ledger=("D6", "T10"),
        ),
        step(
            rf"{after} = -9 x",
            "However small $\\eta$ and $v$ are chosen, the valley with $L = 20/\\eta$ throws the point $x = \\eta v / 10$ over to the other side, nine times as far out: the loss "
            "is 81 times as large.",
            family,
            ledger=("D6", "T10"),
        ),
        Prose(f"With the numbers of this handout, $\\eta = {rational(eta)}$ and $v = {rational(v)}$:"),
        assume(own_text(L, "L"), "the curvature.", own),
        assume(own_text(x, "x"), "the start.", own),
        step(rf"L x = {rational(L * x)}", "The gradient, twice the threshold.", own, ledger=("D6",)),
        approximate(r"\frac{1}{2} L x^{2}", "The loss before the step.", own, options.digits, ledger=("D6",)),
        approximate(
            rf"\frac{{1}}{{2}} L \left( x - {rational(eta)} \cdot {rational(v)} \right)^{{2}}",
            "The loss after the clipped step.",
            own,
            options.digits,
            ledger=("D6",),
        ),
        step(
            r"-\eta \alpha p^{2} \left( 1 - \frac{\eta \alpha L}{2} \right) < 0",
            "The corrected statement is the descent lemma with $\\eta \\alpha$ for $\\eta$ ($p$ the slope, $L$ a bound of the curvature): a clipped step is sure to decrease the loss if "
            "$\\eta < 2 / (\\alpha L)$. Clipping helps, since $\\alpha \\le 1$ allows a larger $\\eta$; it does not replace the condition.",
            cut,
            ledger=("D6",),
        ),
    )


def own_text(value: Fraction, name: str) -> str:
    return f"{name} = {rational(value)}"


def _floats() -> tuple[Block, ...]:
    return (
        Prose(
            "**In floating point** the length must not be computed as the root of the sum of squares: for $g = (10^{200}, 10^{200})$ the squares "
            f"overflow. NumPy's `linalg.norm` gives {_naive_norm()}, and the factor $v$ divided by that is 0: the clipped gradient vanishes, although "
            "its direction is perfectly clear. Divide by the largest entry first. A gradient with an entry `nan` or `inf` has no direction "
            "to keep, and is best skipped.",
            "lecturer",
        ),
    )


def _naive_norm() -> str:
    import numpy

    with numpy.errstate(over="ignore"):
        norm = float(numpy.linalg.norm(numpy.array([1e200, 1e200])))
    return "infinity" if norm == float("inf") else "a finite number here"
