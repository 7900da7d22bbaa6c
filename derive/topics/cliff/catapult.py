"""Section: one step from the cliff, and what clipping makes of it (claim D3)."""

from __future__ import annotations

from flint import arb, ctx

from derive.authoring import decimal, rational, real, scope, step, vector
from derive.binomial import clopper_pearson
from derive.core import Block, Prose, Section, Table
from derive.topics.cliff import Options
from derive.topics.cliff.figures import BESIDE, descent_figure
from derive.topics.cliff.runs import (
    CENTRE,
    DEPTH,
    FOUND,
    NEAR,
    PLATEAU,
    RATE,
    RUNS,
    SEED,
    SPREAD,
    THRESHOLD,
    UPDATES,
    Ends,
    descents,
)
from derive.topics.cliff.unit import Place, ball, bits, ray, visit


def catapult(options: Options) -> Section:
    """The single step with the options; the distribution over 500 starts."""
    return Section("catapult", "Thrown off the cliff", (*_single(options), *_plateau(), *_many()))


def _single(options: Options) -> tuple[Block, ...]:
    T, eta, v = options.depth, options.learning_rate, options.threshold
    with ctx.workprec(2 * bits(options.w, T)):
        w = ball(options.w)
        b = ray(w) + ball(BESIDE) if options.b is None else ball(options.b)
        start = visit(w, b, T)
        plain = _after(w, b, start, ball(eta), T)
        factor = ball(v) / start.slope if start.slope > ball(v) else arb(1)
        clipped = _after(w, b, start, ball(eta) * factor, T)
        rows = tuple(
            (name, *(f"${decimal(number, options.digits)}$" for number in numbers))
            for name, numbers in (
                ("start", (w, b, start.loss, start.slope)),
                ("after a plain step", plain),
                ("after a clipped step", clipped),
            )
        )
        length = decimal(ball(eta) * start.slope, options.digits)
        cut = decimal(ball(eta) * start.slope * factor, options.digits)
        rises = plain[2] > start.loss, clipped[2] > start.loss
        is_clipped = bool(start.slope > ball(v))
    where = "$10^{-9}$ beside the ray" if options.b is None else f"at $b = {rational(options.b)}$"
    return (
        Prose(
            f"Start at $w = {rational(options.w)}$, {where}, with $T = {T}$, and take one step of gradient descent with $\\eta = {rational(eta)}$; "
            f"then the same step with the gradient clipped to length $v = {rational(v)}$."
        ),
        Table(
            f"One step, in ball arithmetic; $E = (\\sigma(x_{{{T}}}) - 7/10)^2$",
            ("where", "$w$", "$b$", "loss $E$", "length of the gradient"),
            rows,
        ),
        step(
            r"\lVert \eta g \rVert_2 = \eta \lVert g \rVert_2",
            "A step is as long as the learning rate says, times the gradient $g$.",
            scope(vector("g"), real("eta", r"\eta > 0")),
            ledger=("D3",),
        ),
        Prose(_told(length, cut, rises, is_clipped)),
        descent_figure(options),
    )


def _after(w: arb, b: arb, start: Place, eta: arb, T: int) -> tuple[arb, arb, arb, arb]:
    new_w, new_b = w - eta * start.by_w, b - eta * start.by_b
    place = visit(new_w, new_b, T)
    return new_w, new_b, place.loss, place.slope


def _told(length: str, cut: str, rises: tuple[bool, bool], is_clipped: bool) -> str:
    first = f"The plain step is ${length}$ long and the loss {'rises' if rises[0] else 'falls'}. "
    if not is_clipped:
        return (
            first
            + "The gradient is not longer than the threshold, so clipping changes nothing. Start nearer to the cliff."
        )
    second = f"The clipped step is ${cut}$ long; the loss {'rises' if rises[1] else 'falls'}"
    if rises[1]:
        return (
            first
            + second
            + " as well, for clipping promises no decrease, but the parameters are still where the work has brought them."
        )
    return first + second + "."


def _plateau() -> tuple[Block, ...]:
    x = real("x")
    return (
        Prose("What waits out there is a plateau. If the state is driven far to the right, the sigmoid saturates:"),
        step(
            r"\lim_{x \to \infty} \left( \frac{1}{1 + e^{-x}} - \frac{7}{10} \right)^{2} = \frac{9}{100}",
            "the loss is $9/100$ whatever the parameters are,",
            scope(x),
            ledger=("D3",),
        ),
        step(
            r"\lim_{x \to \infty} \frac{1}{1 + e^{-x}} \left( 1 - \frac{1}{1 + e^{-x}} \right) = 0",
            "and the factor $\\sigma'$ of the gradient vanishes. In double precision it is exactly 0 there, and descent never comes back.",
            scope(x),
            ledger=("D3",),
        ),
    )


def _many() -> tuple[Block, ...]:
    plain, clipped = descents()
    return (
        Prose(
            f"**Many starts.** One run proves little: on a cliff the end point changes with the last digit of the start. So take {RUNS} starts, uniform within ${_power(SPREAD)}$ of $(w, b) = ({CENTRE[0]}, {CENTRE[1]})$, seed {SEED}, and follow each for "
            f"{UPDATES} steps with $\\eta = {RATE}$ and $T = {DEPTH}$, in double precision, without clipping and with clipping at $v = {THRESHOLD}$."
        ),
        Table(
            f"Ends of {RUNS} runs; in brackets the exact 95 % interval for the probability (Clopper and Pearson)",
            ("", f"lost: $E$ within ${_power(NEAR)}$ of ${PLATEAU}$", f"found: $E < {FOUND}$"),
            (("without clipping", *_shares(plain)), (f"clipped at {THRESHOLD}", *_shares(clipped))),
        ),
        Prose(
            "Clipping does not repair the cliff; it keeps the parameters near it, where the loss can still be brought down. That it helps here is shown by example, as in the textbooks; it is no theorem."
        ),
        Prose(
            "**To take home.** A cliff is an exploding gradient seen from outside: a start on the boundary between two basins, from which each step multiplies a deviation by $\\rho$. It is $\\rho^T$ high and $\\rho^{-T}$ thin; "
            "do not read its height off a plot, nor judge a method by one run from its edge."
        ),
    )


def _power(number: float) -> str:
    return f"10^{{{f'{number:e}'.split('e')[1].lstrip('+')}}}".replace("-0", "-")


def _shares(ends: Ends) -> tuple[str, ...]:
    return tuple(_share(count, ends.runs) for count in (ends.lost, ends.found))


def _share(count: int, runs: int) -> str:
    low, high = clopper_pearson(count, runs)
    return f"{count} of {runs} [{float(100 * low):.0f} % to {float(100 * high):.0f} %]"
