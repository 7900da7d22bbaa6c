"""Section: leaky units (claim F1)."""

from __future__ import annotations

from derive.authoring import Letter, approximate, assume, integer, rational, real, scope, step
from derive.core import Block, Declaration, Prose, Section
from derive.topics.remedies import Options

ALPHA = (r"0 < \alpha", r"\alpha < 1")


def leaky(options: Options) -> Section:
    return Section("leaky", "Leaky units: a slower exponential", (*_jacobian(options), *_average(options)))


def _jacobian(options: Options) -> tuple[Block, ...]:
    f = Letter(Declaration("f", "real", function=True))
    unit = scope(f, real("h"), real("w"), real("u"), real("alpha", *ALPHA))
    t, k = integer("t", r"t \ge 0"), integer("k", r"k \ge 1")
    saturated = scope(
        t, k, real("alpha", *ALPHA), real("g", family=True), given=("g_0 = 1", r"g_k = (1 - \alpha) g_{k-1}")
    )
    return (
        Prose(
            "A leaky unit changes only by a share $\\alpha$ at each step, the *leak*: the next state is $(1 - \\alpha) h + \\alpha f(w h + u)$, with an "
            "activation function $f$, a recurrent weight $w$ and an input $u$."
        ),
        step(
            r"\frac{d}{dh} \left( (1 - \alpha) h + \alpha f(w h + u) \right) = (1 - \alpha) + \alpha w f'(w h + u)",
            "One step back: a part that does not depend on $f$ has appeared.",
            unit,
            ledger=("F1",),
        ),
        Prose(
            "Where the unit is saturated, $f' = 0$, a plain unit loses everything in one step. The leaky one keeps $1 - \\alpha$:"
        ),
        assume("g_0 = 1", "the gradient at the end.", saturated),
        assume(r"g_k = (1 - \alpha) g_{k-1}", "one step back, with $f' = 0$.", saturated),
        step(r"g_t = (1 - \alpha)^{t}", "By induction.", saturated, induction=("t", 0), ledger=("F1",)),
        approximate(
            rf"\left( 1 - {rational(options.leak)} \right)^{{{options.horizon}}}",
            f"With $\\alpha = {rational(options.leak)}$, after ${options.horizon}$ steps:",
            scope(),
            options.digits,
            ledger=("F1",),
        ),
        step(
            r"\lim_{t \to \infty} (1 - \alpha)^{t} = 0",
            "For every fixed leak it is an exponential again: a slower one.",
            saturated,
            ledger=("F1",),
        ),
    )


def _average(options: Options) -> tuple[Block, ...]:
    t, k = integer("t", r"t \ge 0"), integer("k", r"k \ge 1")
    recurrence = r"\mu_k = a \mu_{k-1} + (1 - a) v_k"
    running = scope(t, k, real("a"), real("mu", family=True), real("v", family=True), given=(recurrence,))
    factor = scope(t, real("a", "0 < a", "a < 1"))
    keep = rational(1 - options.leak)
    return (
        Prose("Seen from the other end, a leaky unit is a running average. With $a = 1 - \\alpha$:"),
        assume(recurrence, "the average $\\mu$ of a signal $v$.", running),
        step(
            r"\mu_t = a^{t} \mu_0 + (1 - a) \sum_{j=1}^{t} a^{t-j} v_j",
            "By induction: the value of $t - j$ steps ago has the weight $(1 - a) a^{t-j}$.",
            running,
            induction=("t", 0),
            ledger=("F1",),
        ),
        step(
            r"\sum_{j=0}^{t-1} (1 - a) a^{j} = 1 - a^{t}",
            "The last $t$ values share this weight; the rest belongs to the past.",
            factor,
            ledger=("F1",),
        ),
        step(
            r"a^{\frac{1}{-\ln a}} = e^{-1}",
            "So $1/(-\\ln a)$ is the *time constant*: after that many steps a value still counts $1/e$ of what it did.",
            factor,
            ledger=("F1",),
        ),
        approximate(
            rf"\frac{{1}}{{-\ln\left( {keep} \right)}}",
            "With the leak of this handout, in steps:",
            scope(),
            options.digits,
            ledger=("F1",),
        ),
        step(
            r"\frac{1}{-\ln 0.99} \approx 99.5",
            "With $a = 0.99$, about as many steps as $1/(1 - a)$.",
            scope(),
            ledger=("F1",),
        ),
    )
