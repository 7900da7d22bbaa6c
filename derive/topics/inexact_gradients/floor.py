"""Section: with a constant step the noise sets a floor (claim G4)."""

from __future__ import annotations

from fractions import Fraction
from math import log, sqrt

from flint import arb, ctx, fmpq

from derive.authoring import Letter, approximate, assume, decimal, fixed, integer, rational, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Scope, Section, Table
from derive.kernel.terms import ONE, ZERO, symbol
from derive.topics.inexact_gradients import Options

FLOOR = r"\frac{\eta \sigma^{2}}{h (2 - \eta h) m}"
SEED = 20160826
RUNS = 100_000
LENGTH = 60
ALARM = 1e-9
"""The probability that the experiment contradicts a true formula."""


def noise_floor(options: Options) -> Section:
    """The recurrence of the variance, its closed form, its limit; what the floor costs; an experiment."""
    return Section(
        "floor",
        "The floor of a constant step",
        (*_recurrence(), *_limit(), *_price(options), *_experiment(options), *_closing()),
    )


def _letters() -> tuple[Letter, ...]:
    return (
        real("eta", r"\eta > 0"),
        real("h", r"h > 0"),
        real("sigma", r"\sigma > 0"),
        integer("m", r"m \ge 1"),
    )


def _recurrence() -> tuple[Block, ...]:
    x = Letter(Declaration("X", "real", law=Law("moments", ZERO, symbol("V"))))
    z = Letter(Declaration("Z", "real", law=Law("moments", ZERO, ONE)))
    made = scope(*_letters(), real("V", r"V > 0"), x, z)
    one_step = Scope(made.declarations, independent=(("X", "Z"),))
    chain = scope(
        real("q"),
        real("c", r"c \ge 0"),
        integer("t", r"t \ge 0"),
        integer("k", r"k \ge 1"),
        real("V", family=True),
        given=(r"\lvert q \rvert < 1", r"V_k = q^{2} V_{k-1} + c"),
    )
    moved = r"(1 - \eta h) X - \frac{\eta \sigma}{\sqrt{m}} Z"
    return (
        Prose(
            "The simplest loss with a minimum is $\\frac{h}{2} x^2$: gradient $h x$, curvature $h$. Add the noise of a minibatch of $m$ examples, with standard deviation "
            "$\\sigma / \\sqrt{m}$. With step size $\\eta$, one update takes the distance $X$ from the minimum to $X - \\eta (h X + \\sigma Z / \\sqrt{m})$, where $Z$ has "
            "mean 0 and variance 1 and is independent of $X$. Let $X$ have mean 0 and variance $V$."
        ),
        step(
            rf"\operatorname{{Var}}\left[ {moved} \right] = (1 - \eta h)^{{2}} V + \frac{{\eta^{{2}} \sigma^{{2}}}}{{m}}",
            "Each update shrinks the variance that is there and adds a fixed amount.",
            one_step,
            ledger=("G4",),
        ),
        Prose(
            "So the variances obey a recurrence with $q = 1 - \\eta h$ and $c = \\eta^2 \\sigma^2 / m$. The run contracts if $0 < \\eta h < 2$, since then $\\lvert q \\rvert < 1$:"
        ),
        assume(r"V_k = q^{2} V_{k-1} + c", "one update.", chain),
        step(
            r"V_t = q^{2 t} V_0 + c \frac{1 - q^{2 t}}{1 - q^{2}}",
            "By induction: the start is forgotten geometrically, the additions pile up to a geometric sum.",
            chain,
            induction=("t", 0),
            ledger=("G4",),
        ),
        step(
            r"\lim_{t \to \infty} \left( q^{2 t} V_0 + c \frac{1 - q^{2 t}}{1 - q^{2}} \right) = \frac{c}{1 - q^{2}}",
            "What remains.",
            scope(integer("t"), real("q"), real("c", r"c \ge 0"), real("V_0"), given=(r"\lvert q \rvert < 1",)),
            ledger=("G4",),
        ),
    )


def _limit() -> tuple[Block, ...]:
    given = (r"V = (1 - \eta h)^{2} V + \frac{\eta^{2} \sigma^{2}}{m}", r"\eta h < 2")
    stationary = scope(*_letters(), real("V"), given=given)
    bounded = scope(*_letters(), given=(r"\eta h < 2",))
    limit = scope(real("h", r"h > 0"), real("sigma", r"\sigma > 0"), integer("m", r"m \ge 1"))
    return (
        step(
            r"1 - (1 - \eta h)^{2} = \eta h (2 - \eta h)",
            "The denominator.",
            scope(real("eta"), real("h")),
            ledger=("G4",),
        ),
        step(
            rf"V = {FLOOR}",
            "The same number solves the stationary equation: with this variance an update takes away exactly what it adds. This is the *noise floor*.",
            stationary,
            ledger=("G4",),
        ),
        step(
            rf"{FLOOR} > \frac{{\eta \sigma^{{2}}}}{{2 h m}}",
            "It is never below this; for small $\\eta h$ it is close to it. So the floor is proportional to the step and to $1/m$.",
            bounded,
            ledger=("G4",),
        ),
        step(
            rf"\lim_{{\eta \to 0^{{+}}}} {FLOOR} = 0",
            "Only a step that shrinks to 0 gets rid of it,",
            limit,
            ledger=("G4",),
        ),
        step(
            r"\lim_{\eta \to 0^{+}} (1 - \eta h)^{2} = 1",
            "and that same step forgets its start ever more slowly.",
            limit,
            ledger=("G4",),
        ),
    )


def _price(options: Options) -> tuple[Block, ...]:
    sizes = sorted({1, 4, 16, 64, options.batch})
    rows = tuple(
        (f"{m}" + (" (yours)" if m == options.batch else ""), f"${_number(floor_of(options, m), options.digits)}$")
        for m in sizes
    )
    eta, h, sigma = (rational(value) for value in (options.learning_rate, options.curvature, options.noise))
    return (
        approximate(
            rf"\frac{{{eta} \cdot \left( {sigma} \right)^{{2}}}}{{{h} \left( 2 - {eta} \cdot {h} \right) \cdot {options.batch}}}",
            f"With $\\eta = {eta}$, $h = {h}$, $\\sigma = {sigma}$ and your $m = {options.batch}$ the floor is",
            scope(),
            options.digits,
            ledger=("G4",),
        ),
        Table(
            f"The noise floor $V$ for $\\eta = {eta}$, $h = {h}$, $\\sigma = {sigma}$",
            ("minibatch $m$", "floor"),
            rows,
        ),
    )


def floor_of(options: Options, m: int) -> Fraction:
    eta, h = options.learning_rate, options.curvature
    return eta * options.noise**2 / (h * (2 - eta * h) * m)


def _number(value: Fraction, digits: int) -> str:
    with ctx.workprec(256):
        return decimal(arb(fmpq(value.numerator, value.denominator)), digits)


def _experiment(options: Options) -> tuple[Block, ...]:
    """Independent runs, so that the mean square is exactly a chi-square: no variance is estimated from the sample."""
    within = sqrt(8 * log(2 / ALARM) / RUNS)
    missed = sqrt(8 * log(2 / 1e-3) / RUNS)
    detectable = (1 + within) / (1 - missed) - 1
    ratio = _measured(options)
    agrees = abs(ratio - 1) <= within
    rows = (
        (
            "estimator",
            f"mean of $x^2$ over ${RUNS}$ independent runs of ${LENGTH}$ updates from $x = 0$, Gaussian noise",
        ),
        ("seed", f"{SEED}"),
        ("expected", "the closed form above with $V_0 = 0$"),
        ("measured divided by expected", f"${fixed(Fraction(ratio).limit_denominator(10**6), 2)}$"),
        (
            "allowed deviation",
            f"${_percent(within)}\\,\\%$, chosen before sampling: $\\Pr[\\lvert \\chi^2_M / M - 1 \\rvert \\ge \\epsilon] \\le 2 e^{{-M \\epsilon^2 / 8}}$",
        ),
        ("probability of a false alarm", "at most $10^{-9}$"),
        ("smallest deviation found with probability $0.999$", f"${_percent(detectable)}\\,\\%$"),
        ("outcome", "supported" if agrees else "**contradicted**"),
    )
    return (
        Prose(
            "An experiment cannot prove the formula, but it could contradict it. The distance after Gaussian noise is Gaussian, so the mean of "
            f"$M = {RUNS}$ independent squares, divided by its expectation, is a $\\chi^2_M / M$ variable, whose deviations are bounded without any approximation."
        ),
        Table(f"The variance after {LENGTH} updates, measured", ("what", "value"), rows),
    )


def _measured(options: Options) -> float:
    import numpy as np

    draw = np.random.default_rng(SEED)
    shrink = float(1 - options.learning_rate * options.curvature)
    kick = float(options.learning_rate * options.noise) / sqrt(options.batch)
    x, noise = np.zeros(RUNS), np.empty(RUNS)
    for _ in range(LENGTH):
        draw.standard_normal(out=noise)
        x *= shrink
        noise *= kick
        x -= noise
    q = (1 - options.learning_rate * options.curvature) ** 2
    expected = options.learning_rate**2 * options.noise**2 / options.batch * sum(q**k for k in range(LENGTH))
    return float(np.mean(x * x)) / float(expected)


def _percent(share: float) -> str:
    return fixed(Fraction(100 * share).limit_denominator(10**6), 1)


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "In words: far from the minimum the noise does not matter, near it nothing else does. A run with a constant step therefore falls "
            "quickly and then hovers; halving the step or doubling the minibatch halves the floor (nearly, and exactly), and the first of them "
            "costs speed. On losses that are no parabola this describes the last phase, near a minimum with positive curvature."
        ),
    )
