"""Section: robust memories whose gradient does not vanish, or not exponentially (claims E2, E3, E4)."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from flint import arb, ctx

from derive.authoring import (
    Letter,
    assume,
    decimal,
    fixed,
    integer,
    quoted,
    random_family,
    rational,
    real,
    scope,
    step,
)
from derive.binomial import clopper_pearson
from derive.core import Block, Declaration, Law, Prose, Scope, Section, Table, Term
from derive.kernel.terms import ONE, ZERO, number, symbol
from derive.topics.latching import Options
from derive.topics.latching.settings import BITS, kept_interval

PLACE = "Deep Learning (2016), section 10.7"
WORDS = "in order to store memories in a way that is robust to small perturbations, the RNN must enter a region of parameter space where gradients vanish"
SQUARE = Term("pow", (symbol("sigma"), number(2)))
SEED = 1601
RUNS = 1000
STEPS = 400


def must(options: Options) -> Section:
    """The chaotic latch; a home that attracts slowly; an integrator, which is not robust."""
    return Section(
        "must",
        "Must it vanish?",
        (*_latch(options), *_growth(options), *_exact(), *_slow(options), *_integrator(), *_closing()),
    )


def _latch(options: Options) -> tuple[Block, ...]:
    low, high = kept_interval(options)
    r, noise = rational(options.rate), rational(options.noise)
    up = scope(real("r", r"r > 0"), real("y"))
    inside = scope(real("r", r"r > 0"), real("y"), real("b"), given=(r"y \le b", r"y \ge 1 - b", r"b \ge \frac{1}{2}"))
    kept = scope(real("y", rf"y \ge {rational(low)}", rf"y \le {rational(high)}"))
    return (
        Prose(
            "The theorem assumes contraction. The book says *must*, for any robust memory. Here is a robust one without contraction. Let the bit be the sign of $x$, and "
            f"let the size $y = \\lvert x \\rvert$ follow $y \\mapsto r y (1 - y)$ with $r = {r}$, plus noise of size at most ${noise}$: the sign is copied, the size is shaken."
        ),
        step(
            r"r y (1 - y) \le \frac{r}{4}",
            "The size never gets above the top of the parabola (plus the noise),",
            up,
            ledger=("E2",),
        ),
        step(
            r"r y (1 - y) - r b (1 - b) = r (b - y) (y - (1 - b))",
            "and between $1 - b$ and $b$ the parabola is lowest at the ends,",
            scope(real("r"), real("y"), real("b")),
            ledger=("E2",),
        ),
        step(r"r y (1 - y) \ge r b (1 - b)", "because both factors are non-negative there.", inside, ledger=("E2",)),
        step(
            rf"\frac{{{r}}}{{4}} + {noise} = {rational(high)}",
            "So no size is above this,",
            scope(),
            ledger=("E2",),
        ),
        step(
            rf"{r} \cdot {rational(high)} \left( 1 - {rational(high)} \right) - {noise} = {rational(low)}",
            "and none is below this, provided that the lower bound is at least 1 minus the upper one:",
            scope(),
            ledger=("E2",),
        ),
        step(rf"{rational(low)} \ge 1 - {rational(high)}", "it is.", scope(), ledger=("E2",)),
        step(
            rf"0 < {r} y (1 - y) - {noise} \le {r} y (1 - y) + {noise} < 1",
            "So a size in this interval is followed by one in it, and that is positive: **the sign is kept for ever**, against any noise of this size.",
            kept,
            ledger=("E2",),
        ),
        _stretch(options, kept),
    )


def _stretch(options: Options, kept: Scope) -> Block:
    """Whether some step in the kept interval stretches."""
    r = rational(options.rate)
    slope = rf"\left\lvert {r} (1 - 2 y) \right\rvert \le 1"
    if max(abs(options.rate * (1 - 2 * end)) for end in kept_interval(options)) <= 1:
        reason = "At this rate no step stretches, so the theorem applies, and the gradient cannot grow; take a rate above 3 for the contrary."
        return step(slope, reason, kept, ledger=("E2",))
    return quoted(
        slope,
        "The step stretches a small change of $y$ by $\\lvert r (1 - 2 y) \\rvert$. Read as “a robust memory is a region in which no step stretches”.",
        kept,
        PLACE,
        WORDS,
        ledger=("E2",),
    )


def _growth(options: Options) -> tuple[Block, ...]:
    logs, smallest, largest = _runs(options)
    low, high = kept_interval(options)
    growing = sum(value > 0 for value in logs)
    lower, upper = clopper_pearson(growing, RUNS)
    mean = sum(logs) / len(logs) / STEPS
    fate = (
        "explodes"
        if growing == RUNS
        else "vanishes"
        if growing == 0
        else "explodes in some runs and vanishes in others"
    )
    rows = (
        ("signs lost", "0 (proved)"),
        (
            "sizes seen",
            f"${fixed(Fraction(smallest), 3)}$ to ${fixed(Fraction(largest), 3)}$ (proved: ${_places(low)}$ to ${_places(high)}$)",
        ),
        ("mean of $\\frac{1}{t} \\ln \\lvert \\partial x_t / \\partial x_0 \\rvert$", f"${fixed(Fraction(mean), 2)}$"),
        (
            f"smallest $\\ln \\lvert \\partial x_t / \\partial x_0 \\rvert$ at $t = {STEPS}$",
            f"${floor(min(logs))}$ (rounded down)",
        ),
        ("runs with a gradient above 1", f"{growing} of {RUNS}"),
        ("its probability, exact interval (95 %)", f"${fixed(lower, 3)}$ to ${fixed(upper, 3)}$"),
    )
    return (
        Table(
            f"The chaotic latch: {RUNS} runs of {STEPS} steps, starts uniform in the kept interval, noise uniform, seed {SEED}",
            ("what", "value"),
            rows,
        ),
        Prose(
            f"Here the bit is kept and the gradient {fate}. That the stretching wins on average is measured; that no sign is lost is proved."
        ),
    )


def _places(value: Fraction) -> str:
    return fixed(value, 5)


def _runs(options: Options) -> tuple[list[float], float, float]:
    """Log-slopes, least and largest size. Sums and products only, so that every processor finds the same."""
    import numpy as np

    low, high = kept_interval(options)
    r, noise = float(options.rate), float(options.noise)
    draw = np.random.Generator(np.random.PCG64(SEED))
    y = float(low) + draw.random(RUNS) * float(high - low)
    logs = np.zeros(RUNS)
    smallest, largest = float(y.min()), float(y.max())
    for _ in range(STEPS):
        logs += np.log(np.abs(r * (1 - 2 * y)))
        y = r * y * (1 - y) + noise * (2 * draw.random(RUNS) - 1)
        smallest, largest = min(smallest, float(y.min())), max(largest, float(y.max()))
    return [float(value) for value in logs], smallest, largest


def _exact() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 0"), integer("s", r"s \ge 1"), real("theta"), real("y", family=True))
    chain = scope(*letters, given=(r"y_0 = (\sin \theta)^{2}", r"y_s = 4 y_{s-1} (1 - y_{s-1})"))
    angle = scope(real("theta"))
    grow = scope(integer("t", r"t \ge 0"), real("theta"))
    return (
        Prose("For $r = 4$, without noise, all of it can be proved. Write the size as $y_0 = \\sin^2 \\theta$:"),
        step(
            r"4 (\sin \theta)^{2} (1 - (\sin \theta)^{2}) = (\sin(2 \theta))^{2}",
            "One step doubles the angle.",
            angle,
            ledger=("E2",),
        ),
        assume(r"y_s = 4 y_{s-1} (1 - y_{s-1})", "the recurrence.", chain),
        step(
            r"y_t = (\sin(2^{t} \theta))^{2}",
            "By induction. The size stays between 0 and 1.",
            chain,
            induction=("t", 0),
            ledger=("E2",),
        ),
        step(
            r"\frac{d}{d\theta} (\sin(2^{t} \theta))^{2} = 2^{t} \sin(2^{t+1} \theta)",
            "Its derivative by the start, in the coordinate $\\theta$, doubles at every step, but for a bounded factor.",
            grow,
            ledger=("E2",),
        ),
        quoted(
            r"\left\lvert \frac{d}{d\theta} (\sin(2^{t} \theta))^{2} \right\rvert \le 1",
            "The sign is still kept, unless the size hits 0 exactly. If keeping it forced the gradient to vanish, it would at least not grow.",
            grow,
            PLACE,
            WORDS,
            ledger=("E2",),
        ),
    )


def _slow(options: Options) -> tuple[Block, ...]:
    x = scope(real("x", r"0 < x < 1"))
    plain = scope(real("x"))
    flow = scope(real("x", r"x > 0"), real("t", r"t \ge 0"))
    chain = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("z", family=True),
        real("n", r"n_k \ge 2", family=True),
        given=(r"z_s = z_{s-1} + n_s",),
    )
    first, second, slope = _power_law(options)
    return (
        Prose(
            "**A border case: slow homes.** The map $x - x^3$ has a home at 0, but not a hyperbolic one: its slope there is 1. It still pulls back, only ever more slowly."
        ),
        step(r"\frac{d}{dx} (x - x^{3}) = 1 - 3 x^{2}", "The slope of a step,", plain, ledger=("E3",)),
        step(
            r"\lim_{x \to 0} (1 - 3 x^{2}) = 1",
            "which tends to 1 at home, so that no $q < 1$ bounds it.",
            plain,
            ledger=("E3",),
        ),
        step(
            r"\frac{1}{(x - x^{3})^{2}} \ge \frac{1}{x^{2}} + 2",
            "In $z = 1/x^2$ each step is a step of 2 or more.",
            x,
            ledger=("E3",),
        ),
        step(
            r"z_t \ge z_0 + 2 t",
            "By induction, with $n_k \\ge 2$ for the steps: so $x_t \\le 1 / \\sqrt{2 t}$, a power of $t$ and no exponential.",
            chain,
            induction=("t", 0),
            ledger=("E3",),
        ),
        Prose(
            "The gradient $\\prod (1 - 3 x_s^2)$ with $x_s^2 \\approx 1/(2 s)$ has the logarithm $-\\sum 3/(2 s) \\approx -\\frac{3}{2} \\ln t$. In continuous time, $\\dot{x} = -x^3$, this is exact:"
        ),
        step(
            r"\frac{d}{dt} \frac{x}{\sqrt{1 + 2 x^{2} t}} = -\left( \frac{x}{\sqrt{1 + 2 x^{2} t}} \right)^{3}",
            "The solution that starts at $x$,",
            flow,
            ledger=("E3",),
        ),
        step(
            r"\frac{d}{dx} \frac{x}{\sqrt{1 + 2 x^{2} t}} = \frac{1}{(1 + 2 x^{2} t)^{3/2}}",
            "and its derivative by the start, which falls like $t^{-3/2}$.",
            flow,
            ledger=("E3",),
        ),
        Table(
            f"The gradient of $x - x^3$ from $x_0 = {rational(options.start)}$",
            ("$t$", "$\\partial x_t / \\partial x_0$"),
            ((f"${FIRST}$", f"${first}$"), (f"${SECOND}$", f"${second}$"), ("slope in the log-log plot", f"${slope}$")),
        ),
        Prose("So it vanishes all the same, and only the word “exponentially” is lost."),
    )


FIRST, SECOND = 10_000, 100_000


def _power_law(options: Options) -> tuple[str, str, str]:
    """The gradient at two times, and the exponent between them: sums and products, which every processor rounds alike."""
    x, gradient, found = float(options.start), 1.0, []
    for t in range(1, SECOND + 1):
        gradient, x = gradient * abs(1 - 3 * x * x), x - x * x * x
        if t in (FIRST, SECOND):
            found.append(arb(gradient))
    if found[1] == 0:
        return "0", "0", "none"
    with ctx.workprec(BITS):
        slope = (found[1] / found[0]).log() / (arb(SECOND) / FIRST).log()
        return decimal(found[0], 3), decimal(found[1], 3), decimal(slope, 4)


def _integrator() -> tuple[Block, ...]:
    sigma = real("sigma", r"\sigma > 0")
    steps = scope(integer("t", r"t \ge 1"), sigma, random_family("u", "moments", ZERO, SQUARE))
    last = scope(integer("t", r"t \ge 1"), integer("j", r"j \ge 1"), real("u", family=True), given=(r"j \le t",))
    z = Letter(Declaration("Z", "real", law=Law("gaussian", ZERO, ONE)))
    return (
        Prose(
            "**The other border: an integrator.** $x_t = x_{t-1} + u_t$ stores every input with gradient 1 for ever."
        ),
        step(
            r"\frac{\partial}{\partial u_j} \sum_{i=1}^{t} u_i = 1",
            "Every input counts the same, whenever it came.",
            last,
            ledger=("E4",),
        ),
        step(
            r"\operatorname{Var}\left[ \sum_{i=1}^{t} u_i \right] = t \sigma^{2}",
            "But so does every disturbance: with independent ones of variance $\\sigma^2$ the state wanders off.",
            steps,
            ledger=("E4",),
        ),
        step(
            r"\Pr[1 + 0.1 \sqrt{200} Z < 0] \approx 0.24",
            "A bit stored as $+1$, with Gaussian noise of $\\sigma = 0.1$ a step, has the wrong sign after 200 steps with this probability. ($Z$ is standard Gaussian.)",
            scope(z),
            ledger=("E4",),
        ),
        step(
            r"\lim_{t \to \infty} \frac{1}{\sigma \sqrt{t}} = 0",
            "The distance from a flip, in standard deviations, goes to 0: in the end the bit is a coin. It stores, but not robustly.",
            scope(integer("t", r"t \ge 1"), sigma),
            ledger=("E4",),
        ),
    )


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "Only the chaotic latch contradicts the sentence; the other two mark its borders. **The corrected statement:** where the stored states are held by "
            "contraction (all Jacobians along the way have norm at most $q < 1$ in one norm), the gradient vanishes exponentially."
        ),
    )
