"""Section: a high loss, a steep slope, a step that is too long: three different things (claim A12)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, integer, quoted, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.floating_point import Options
from derive.topics.floating_point.sources import OVERSHOOT

FACTOR = r"\frac{6}{5}"
STEPS = 20
TOP = rf"\left( {FACTOR} \right)^{{{STEPS}}}"
SLOPE = rf"{STEPS} \left( {FACTOR} \right)^{{{STEPS - 1}}} \left( {TOP} - 1 \right)"
CURVATURE = rf"{STEPS} \left( {FACTOR} \right)^{{{STEPS - 2}}} \left( {2 * STEPS - 1} {TOP} - {STEPS - 1} \right)"


def loss(options: Options) -> Section:
    """Squared loss of a chain; the exact condition for overshooting in the quadratic model; a loss that saturates."""
    return Section(
        "loss", "High loss, steep slope, long step", (*_squared(), *_model(), *_numbers(options), *_saturating(options))
    )


def _squared() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 2"), real("lambda", r"\lambda > 0"), real("x"), real("y"))
    return (
        Prose(
            "An input that points along an exploding eigenvector, one often reads, has a high loss, so gradient descent overshoots. Along an eigenvector a linear recurrence is a chain of one number: the state after $t$ steps is "
            "$\\lambda^t x$. Let the loss be squared, $L(\\lambda) = \\frac{1}{2} (\\lambda^t x - y)^2$ with target $y$."
        ),
        step(
            r"\frac{d}{d\lambda} \frac{1}{2} (\lambda^{t} x - y)^{2} = t \lambda^{t-1} x (\lambda^{t} x - y)",
            "The slope $L'$.",
            letters,
            ledger=("A12",),
        ),
        step(
            r"\frac{d}{d\lambda} \left( t \lambda^{t-1} x (\lambda^{t} x - y) \right) = t \lambda^{t-2} x ((2 t - 1) \lambda^{t} x - (t - 1) y)",
            "The curvature $L''$.",
            letters,
            ledger=("A12",),
        ),
        Prose(
            "For $\\lambda > 1$ both grow like $\\lambda^{2t}$ (up to powers of $t$), as the loss does. For this loss the sentence is on its way to being true."
        ),
    )


def _model() -> tuple[Block, ...]:
    letters = (real("eta", r"\eta > 0"), real("g", r"g \ne 0"), real("h", "h > 0"))
    plain = scope(*letters)
    return (
        Prose(
            "When does a step $-\\eta g$ overshoot? In the quadratic model with slope $g$ and curvature $h > 0$ the loss changes by $-\\eta g^2 + \\frac{1}{2} \\eta^2 g^2 h$."
        ),
        step(
            r"-\eta g^{2} + \frac{1}{2} \eta^{2} g^{2} h = \frac{1}{2} \eta g^{2} h \left( \eta - \frac{2}{h} \right)",
            "Factored.",
            plain,
            ledger=("A12",),
        ),
        step(
            r"\frac{1}{2} \eta g^{2} h \left( \eta - \frac{2}{h} \right) > 0",
            "If $\\eta > 2/h$ the model's loss *rises*.",
            scope(*letters, given=(r"\eta - \frac{2}{h} > 0",)),
            ledger=("A12",),
        ),
        step(
            r"\frac{1}{2} \eta g^{2} h \left( \eta - \frac{2}{h} \right) < 0",
            "If $\\eta < 2/h$ it falls, however high the loss is.",
            scope(*letters, given=(r"\eta - \frac{2}{h} < 0",)),
            ledger=("A12",),
        ),
        Prose(
            "The slope has cancelled, and the loss never entered. What decides is the learning rate against the *curvature*."
        ),
    )


def _numbers(options: Options) -> tuple[Block, ...]:
    digits, here = options.digits, scope()
    moved = rf"\mu = {FACTOR} - {rational(options.rate)} \cdot {SLOPE}"
    after = scope(real("mu"), given=(moved,))
    return (
        Prose(f"In numbers: $\\lambda = 6/5$, $t = {STEPS}$, $x = y = 1$."),
        approximate(rf"\frac{{1}}{{2}} \left( {TOP} - 1 \right)^{{2}}", "The loss.", here, digits, ledger=("A12",)),
        approximate(SLOPE, "The slope.", here, digits, ledger=("A12",)),
        approximate(
            rf"\frac{{2}}{{{CURVATURE}}}",
            "The largest rate at which the model's loss does not rise.",
            here,
            digits,
            ledger=("A12",),
        ),
        assume(moved, f"one step with the rate ${rational(options.rate)}$.", after),
        approximate(r"\mu", "Where it ends.", after, digits, ledger=("A12",)),
        approximate(
            rf"\frac{{1}}{{2}} (\mu^{{{STEPS}}} - 1)^{{2}}",
            f"The loss there{_compared(options)}",
            after,
            digits,
            ledger=("A12",),
        ),
    )


def _compared(options: Options) -> str:
    """Whether the step made things worse."""
    factor = Fraction(6, 5)
    slope = STEPS * factor ** (STEPS - 1) * (factor**STEPS - 1)
    moved = factor - options.rate * slope
    worse = abs(moved**STEPS - 1) > abs(factor**STEPS - 1)
    return ": far worse than before." if worse else ": the step has helped."


def _saturating(options: Options) -> tuple[Block, ...]:
    digits, here = options.digits, scope()
    letters = scope(integer("t", r"t \ge 1"), real("lambda"))
    output = rf"\tanh\left( {TOP} \right)"
    slope = rf"{STEPS} \left( {FACTOR} \right)^{{{STEPS - 1}}} \left( {output} + 1 \right) \left( 1 - \left( {output} \right)^{{2}} \right)"
    return (
        Prose(
            "But a high loss alone says nothing of the slope. Put a tanh behind the chain and ask for the output $-1$:"
        ),
        step(
            r"\frac{d}{d\lambda} \frac{1}{2} (\tanh(\lambda^{t}) + 1)^{2} = t \lambda^{t-1} (\tanh(\lambda^{t}) + 1) (1 - (\tanh(\lambda^{t}))^{2})",
            "The slope now has the factor $1 - \\tanh^2$.",
            letters,
            ledger=("A12",),
        ),
        step(r"\frac{1}{2} (\tanh(\lambda^{t}) + 1)^{2} \le 2", "The loss cannot exceed 2.", letters, ledger=("A12",)),
        approximate(
            rf"\frac{{1}}{{2}} \left( {output} + 1 \right)^{{2}}",
            "At $\\lambda = 6/5$ it is as high as it can be, to all digits shown.",
            here,
            max(4, digits),
            ledger=("A12",),
        ),
        approximate(slope, "And the slope is next to nothing.", here, digits, ledger=("A12",)),
        quoted(
            rf"{slope} > 1",
            "The loss is at its highest there. If that meant a steep slope, this would hold.",
            here,
            OVERSHOOT,
            "the loss function may be very high. From this, it will turn out that in these regions, stochastic gradient descent may massively overshoot",
            ledger=("A12",),
        ),
        Prose(
            "The opposite of overshooting: gradient descent stands still on the highest plateau. (The machine computes this slope as exactly 0 if it forms $1 - \\tanh^2$ from a rounded tanh; the next section but one says how to avoid it.)"
        ),
    )
