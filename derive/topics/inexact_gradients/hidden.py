"""Section: what a vanishing gradient hides, and from whom (claim A15)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import Letter, approximate, decimal, fixed, integer, quoted, rational, real, scope, step, vector
from derive.core import Block, Declaration, Law, Prose, Section, Table
from derive.kernel.terms import ONE, ZERO
from derive.topics.inexact_gradients import Options

BOOK = "Deep Learning (2016), section 8.2.5"
QUANTILE = Fraction(1645, 1000)
"""A standard Gaussian number lies below it with probability 0.950."""


def hidden(options: Options) -> Section:
    """The direction is free of scale; under noise the sign is a coin in the end; the minibatch that it would take."""
    return Section(
        "hidden",
        "Hidden: from whom?",
        (*_direction(), *_sign(options), *_minibatch(options), *_closing()),
    )


def _direction() -> tuple[Block, ...]:
    g = scope(vector("g"), real("c", r"0 < c < 1"))
    tiny = r"\begin{pmatrix} 3 \cdot 10^{-200} \\ -4 \cdot 10^{-200} \end{pmatrix}"
    return (
        Prose("Without noise, a gradient that is smaller by a factor $c$, however tiny, points exactly where it did:"),
        step(
            r"\frac{1}{\lVert c g \rVert_2} (c g) = \frac{1}{\lVert g \rVert_2} g",
            "The factor cancels: direction is free of scale.",
            g,
            ledger=("A15",),
        ),
        quoted(
            r"\frac{1}{\lVert c g \rVert_2} (c g) \ne \frac{1}{\lVert g \rVert_2} g",
            "Read for exact gradients, as if being small changed the direction.",
            g,
            BOOK,
            "Vanishing gradients make it difficult to know which direction the parameters should move to improve the cost function",
            ledger=("A15",),
        ),
        step(
            rf"\left\lVert {tiny} \right\rVert_2 = 5 \cdot 10^{{-200}}",
            "Floating point has a trap here: the squares of these entries are below the smallest double, so that a norm computed as the root of a sum of squares "
            f"is {_naive()}, and dividing by it fails. Scaled first, as `hypot` does, it is right.",
            scope(),
            ledger=("A15",),
        ),
    )


def _naive() -> str:
    """What doubles make of the root of the sum of squares."""
    return str(int((3e-200**2 + (-4e-200) ** 2) ** 0.5))


def _sign(options: Options) -> tuple[Block, ...]:
    z = Letter(Declaration("Z", "real", law=Law("gaussian", ZERO, ONE)))
    event = scope(z, real("s", r"s > 0"), real("tau", r"\tau > 0"))
    y = scope(real("y", r"y \ge 0"))
    return (
        Prose(
            "**With noise** it is another matter. Let the true gradient be $s > 0$ and the estimate $\\hat{g} = s + \\sigma Z / \\sqrt{m}$ with a standard Gaussian $Z$. "
            "The step goes the right way if $\\hat{g} > 0$, that is, with $\\tau = \\sigma / \\sqrt{m}$ for the noise of the minibatch, if $\\tau Z > -s$:"
        ),
        step(
            r"\Pr[\tau Z > -s] = \Pr\left[ Z > -\frac{s}{\tau} \right]",
            "Only the ratio of signal to noise, $s / \\tau = s \\sqrt{m} / \\sigma$, counts.",
            event,
            ledger=("A15",),
        ),
        step(r"\Pr[Z > 0] = \frac{1}{2}", "At $s = 0$ it is a coin.", scope(z), ledger=("A15",)),
        step(
            r"\int_{0}^{y} e^{-x^{2}/2} \, dx \le \int_{0}^{y} 1 \, dx = y",
            "The probability that $Z$ lies between 0 and $y$ is this integral over $\\sqrt{2 \\pi}$. So a signal-to-noise ratio $y$ lifts the coin by at most "
            "$y / \\sqrt{2 \\pi}$: the lead goes to 0 with the signal, in proportion to it.",
            y,
            ledger=("A15",),
        ),
        *_lead(options),
    )


def _lead(options: Options) -> tuple[Block, ...]:
    q, sigma, m = rational(options.decay), rational(options.noise), options.batch
    z = Letter(Declaration("Z", "real", law=Law("gaussian", ZERO, ONE)))
    t = options.steps
    value = decimal(_right(options, t), min(options.digits, 6))
    times = sorted({0, t // 2, t, 2 * t})
    rows = tuple(
        (f"${k}$", f"${_size(options, k)}$", f"${_share(options, k)}$", f"${_needed(options, k)}$") for k in times
    )
    return (
        Prose(
            f"Now let the gradient vanish: $s = q^t$ after $t$ steps back, with $q = {q}$; noise $\\sigma = {sigma}$ for one example, minibatches of $m = {m}$."
        ),
        step(
            rf"\Pr\left[ \frac{{{sigma}}}{{\sqrt{{{m}}}}} Z > -\left( {q} \right)^{{{t}}} \right] \approx {value}",
            f"The probability of the right direction at $t = {t}$.",
            scope(z),
            ledger=("A15",),
        ),
        Table(
            f"How often the sign is right, $q = {q}$, $\\sigma = {sigma}$, $m = {m}$, and the minibatch that makes it right 19 times in 20",
            ("$t$", "signal $q^t$", "right", "minibatch needed"),
            rows,
        ),
    )


def _right(options: Options, t: int) -> arb:
    """Phi(q^t sqrt(m) / sigma), enclosed."""
    with ctx.workprec(256):
        signal = arb(fmpq(options.decay.numerator, options.decay.denominator)) ** t
        noise = arb(fmpq(options.noise.numerator, options.noise.denominator))
        y = signal * arb(options.batch).sqrt() / noise
        return (-y / arb(2).sqrt()).erfc() / 2


def _share(options: Options, t: int) -> str:
    right = _right(options, t)
    middle = right.mid().fmpq()
    return fixed(Fraction(int(middle.p), int(middle.q)), 5)


def _size(options: Options, t: int) -> str:
    return _decimal(options.decay**t, 2)


def needed(options: Options, t: int) -> Fraction:
    """The minibatch at which signal over noise is the quantile."""
    return (QUANTILE * options.noise) ** 2 / options.decay ** (2 * t)


def _needed(options: Options, t: int) -> str:
    return _decimal(needed(options, t), 3)


def _decimal(value: Fraction, digits: int) -> str:
    with ctx.workprec(256):
        return decimal(arb(fmpq(value.numerator, value.denominator)), digits)


def _minibatch(options: Options) -> tuple[Block, ...]:
    solved = scope(
        integer("t", r"t \ge 0"),
        real("y", r"y > 0"),
        real("sigma", r"\sigma > 0"),
        real("q", r"0 < q < 1"),
        real("m", r"m > 0"),
        given=(r"m = (y \sigma)^{2} q^{-2 t}",),
    )
    z = Letter(Declaration("Z", "real", law=Law("gaussian", ZERO, ONE)))
    growth = scope(integer("t", r"t \ge 0"), real("y", r"y > 0"), real("sigma", r"\sigma > 0"), real("q", r"0 < q < 1"))
    q = rational(options.decay)
    return (
        step(
            r"\frac{q^{t} \sqrt{m}}{\sigma} = y",
            "The last column: to have the signal-to-noise ratio $y$ at $s = q^t$ takes $m = (y \\sigma)^2 q^{-2t}$ examples.",
            solved,
            ledger=("A15",),
        ),
        step(r"\Pr[Z > -1.645] \approx 0.950", "For 95 per cent, $y = 1.645$.", scope(z), ledger=("A15",)),
        step(
            r"\frac{(y \sigma)^{2} q^{-2 (t + 1)}}{(y \sigma)^{2} q^{-2 t}} = \frac{1}{q^{2}}",
            "Each step further back multiplies the minibatch by the same factor.",
            growth,
            ledger=("A15",),
        ),
        approximate(
            rf"\frac{{1}}{{\left( {q} \right)^{{2}}}}",
            f"With $q = {q}$ this factor is",
            scope(),
            options.digits,
            ledger=("A15",),
        ),
    )


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "**To take home.** Unbiased is a property of the draw, and is lost as soon as something other than a sum is done with it. "
            "Variance falls like $1/m$, error like $1/\\sqrt{m}$. A constant step ends on a floor proportional to $\\eta / m$. And a vanishing gradient keeps its "
            "direction; what it loses, exponentially, is the contest with the noise."
        ),
    )
