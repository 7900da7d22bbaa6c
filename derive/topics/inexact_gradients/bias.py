"""Section: what makes an estimate biased (claim G2)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import Letter, approximate, assume, integer, quoted, rational, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Section
from derive.kernel.terms import symbol
from derive.topics.inexact_gradients import Options
from derive.topics.inexact_gradients.law import finite_number

BOOK = "Deep Learning (2016), section 8.2.6"
OUTLIER = [Fraction(10)] + [Fraction(-1, 2)] * 9
"""One example in ten pulls hard one way, nine pull gently the other way."""


def bias(options: Options) -> Section:
    """Unequal sampling, ratios, clipped examples, truncated backpropagation."""
    return Section(
        "bias",
        "Four ways to lose it",
        (
            Prose(
                "The book says that we usually have a “noisy or even biased estimate”. Noise averages out over many steps, bias does "
                "not. Here is where it comes from."
            ),
            *_unequal(),
            *_ratio(),
            *_clipped(),
            *_truncated(options),
        ),
    )


def _unequal() -> tuple[Block, ...]:
    letters = (integer("N", r"N \ge 1"), real("g", family=True), real("p", r"p_k > 0", family=True))
    two = scope(real("p", r"0 < p < 1"), real("a"), real("b"))
    return (
        Prose(
            "**Unequal sampling.** Let an example with gradient $a$ be drawn with probability $p$, one with gradient $b$ otherwise."
        ),
        step(
            r"p a + (1 - p) b - \frac{a + b}{2} = \left( p - \frac{1}{2} \right) (a - b)",
            "The bias is 0 only for $p = 1/2$, or where the two agree.",
            two,
            ledger=("G2",),
        ),
        step(
            r"\sum_{i=1}^{N} p_i \cdot \frac{g_i}{N p_i} = \frac{1}{N} \sum_{i=1}^{N} g_i",
            "The cure for $N$ examples drawn with probabilities $p_i$: weight each by $1/(N p_i)$.",
            scope(*letters),
            ledger=("G2",),
        ),
    )


def _ratio() -> tuple[Block, ...]:
    h = scope(real("a", r"a > 0"), real("h", r"h > 0"))
    declared = scope(finite_number("X", [Fraction(1, 2), Fraction(3, 2)]))
    estimate = Letter(Declaration("X", "real", law=Law("moments", symbol("a"), symbol("v"))))
    averaged = scope(real("a", r"a > 0"), real("v", r"v > 0"), estimate)
    return (
        Prose(
            "**Ratios.** A Newton step divides by a curvature, which is estimated, too. Let the estimate $X$ be positive with mean $a$, the true curvature. The function $1/h$ "
            "lies above its tangent at $a$:"
        ),
        step(
            r"\frac{1}{h} \ge \frac{2}{a} - \frac{h}{a^{2}}",
            "Multiply by $a^2 h$: it says $(a - h)^2 \\ge 0$.",
            h,
            ledger=("G2",),
        ),
        step(
            r"\operatorname{E}\left[ \frac{2}{a} - \frac{X}{a^{2}} \right] = \frac{1}{a}",
            "Put the estimate $X$ for $h$ and take means: this is what becomes of the right side.",
            averaged,
            ledger=("G2",),
        ),
        Prose(
            "So $\\operatorname{E}[1/X] \\ge 1/a$: the step is too long on average, and strictly so unless $X$ is constant. For instance, let $X$ be $1/2$ or "
            "$3/2$ with equal probability, so that the true curvature is 1:"
        ),
        step(r"\operatorname{E}[X] = 1", "The curvature is estimated without bias,", declared, ledger=("G2",)),
        step(
            r"\operatorname{E}\left[ \frac{1}{X} \right] = \frac{4}{3}",
            "its inverse is not: a third too long.",
            declared,
            ledger=("G2",),
        ),
        quoted(
            r"\operatorname{E}\left[ \frac{1}{X} \right] = \frac{1}{\operatorname{E}[X]}",
            "Unbiased estimates may be added and averaged; they may not be divided.",
            declared,
            "a frequent assumption",
            "the gradient and the Hessian are unbiased, so the Newton step is",
            ledger=("G2",),
        ),
    )


def _clipped() -> tuple[Block, ...]:
    declared = scope(finite_number("X", OUTLIER))
    return (
        Prose(
            "**Clipping single examples.** Let one example in ten have the gradient $10$ and the others $-1/2$, and let $X$ be the gradient of "
            "one drawn uniformly. Clip it to $[-1, 1]$ before averaging:"
        ),
        step(r"\operatorname{E}[X] = \frac{11}{20}", "The exact gradient is positive,", declared, ledger=("G2",)),
        step(
            r"\operatorname{E}[\max(-1, \min(1, X))] = -\frac{7}{20}",
            "the mean of the clipped ones is negative: more data only make the wrong direction more certain.",
            declared,
            ledger=("G2",),
        ),
    )


def _truncated(options: Options) -> tuple[Block, ...]:
    a, K = rational(options.feedback), options.window
    letters = (integer("K", r"K \ge 1"), real("a", r"0 < a < 1"), real("u", r"u \ne 0"))
    recurrence = scope(
        real("a", r"0 < a < 1"),
        real("u"),
        integer("t", r"t \ge 0"),
        integer("k", r"k \ge 1"),
        real("s", family=True),
        given=(r"s_0 = 0", r"s_k = a s_{k-1} + u"),
    )
    long = scope(integer("T", r"T \ge 1"), real("a", r"0 < a < 1"), real("u"))
    window = scope(integer("T", r"T \ge 1"), *letters, given=(r"K \le T",))
    full = r"\frac{u}{1 - a} \left( \frac{1 - a^{T}}{1 - a} - T a^{T-1} \right)"
    kept = r"\frac{u}{1 - a} \left( \frac{1 - a^{K}}{1 - a} - K a^{T-1} \right)"
    whole, part = r"\frac{u}{(1 - a)^{2}}", r"\frac{u (1 - a^{K})}{(1 - a)^{2}}"
    return (
        Prose(
            "**Truncated backpropagation.** A recurrence $s_t = a s_{t-1} + u$ that runs for $T$ steps uses its weight $a$ at each of them. The derivative of "
            "$s_T$ by $a$ collects one term for each use, $\\sum_k a^{T-1-k} s_k$. To save work one keeps the last $K$ terms only."
        ),
        assume(r"s_0 = 0", "the start.", recurrence),
        assume(r"s_k = a s_{k-1} + u", "the recurrence.", recurrence),
        step(
            r"s_t = u \frac{1 - a^{t}}{1 - a}",
            "The state, by induction.",
            recurrence,
            induction=("t", 0),
            ledger=("G2",),
        ),
        step(
            rf"\frac{{d}}{{da}} \left( u \frac{{1 - a^{{T}}}}{{1 - a}} \right) = {full} = \sum_{{k=0}}^{{T-1}} a^{{T-1-k}} u \frac{{1 - a^{{k}}}}{{1 - a}}",
            "The whole derivative of $s_T$, by the quotient rule and as the sum.",
            long,
            ledger=("G2",),
        ),
        step(
            rf"\sum_{{k=T-K}}^{{T-1}} a^{{T-1-k}} u \frac{{1 - a^{{k}}}}{{1 - a}} = {kept}",
            "Its last $K$ terms.",
            window,
            ledger=("G2",),
        ),
        step(
            r"\lim_{T \to \infty} T a^{T-1} = 0",
            "In a long run the last summand of both goes, and $a^T$ with it.",
            scope(real("a", r"0 < a < 1"), integer("T", r"T \ge 1")),
            ledger=("G2",),
        ),
        step(
            rf"\frac{{{whole} - {part}}}{{{whole}}} = a^{{K}}",
            "The relative bias of a long run, from what is left: the share of the geometric tail that was cut off.",
            scope(*letters),
            ledger=("G2",),
        ),
        approximate(
            rf"\left( {a} \right)^{{{K}}}",
            f"With $a = {a}$ and $K = {K}$ the gradient is too small by this share, at every step and in the same direction.",
            scope(),
            options.digits,
            ledger=("G2",),
        ),
        _finite_run(options),
        Prose(
            "So the estimate may be without any noise and still wrong. The formula is one of a limit: in a short run less is cut off. None "
            "of the four is forbidden; each buys something (importance, curvature, robustness, memory) and has to be paid for in bias."
        ),
    )


def _finite_run(options: Options) -> Block:
    """The exact relative bias at a run of twice the window."""
    a, K = options.feedback, options.window
    T = 2 * K
    terms = [a ** (T - 1 - k) * (1 - a**k) / (1 - a) for k in range(T)]
    share = sum(terms[: T - K], Fraction(0)) / sum(terms, Fraction(0)) if T > 1 else Fraction(0)
    q = rational(a)
    full = rf"\frac{{1 - ({q})^{{{T}}}}}{{1 - {q}}} - {T} ({q})^{{{T - 1}}}"
    kept = rf"\frac{{1 - ({q})^{{{K}}}}}{{1 - {q}}} - {K} ({q})^{{{T - 1}}}"
    reason = f"In a run of $T = {T}$ steps, by the two sums above, the share is"
    if share == 0:
        return step(rf"({full}) - ({kept}) = 0", reason, scope(), ledger=("G2",))
    return approximate(rf"\frac{{({full}) - ({kept})}}{{{full}}}", reason, scope(), options.digits, ledger=("G2",))
