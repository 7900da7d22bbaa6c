"""Section: with a target the quotient points the wrong way, and Gauss-Newton's explodes (claim C3)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from derive.authoring import approximate, decimal, integer, quoted, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.functions.taylor import point, precision
from derive.topics.second_order import Options

BOOK = "Deep Learning (2016), section 10.11"
BITS = 2000
CLOSE = Fraction(1, 10**10)
MOST = 2000


def target(options: Options) -> Section:
    """The loss, its derivatives, the sign of the step, the pole, Gauss-Newton, the runs."""
    return Section(
        "target",
        "With a target, the step points the wrong way",
        (*_loss(), *_direction(), *_pole(options), *_gauss_newton(options), *_worked(options), *_runs(options)),
    )


LETTERS = (integer("n", r"n \ge 3"), real("w", r"w > 0"), real("y", r"y > 0"))
SLOPE = r"n w^{n-1} (w^{n} - y)"
CURVATURE = r"n w^{n-2} ((2 n - 1) w^{n} - (n - 1) y)"


def _loss() -> tuple[Block, ...]:
    all_ = scope(*LETTERS)
    return (
        Prose(
            "Nobody minimises $w^n$. Give the network a target $y > 0$, and the squared loss $L(w) = \\frac12 (w^n - y)^2$, $w > 0$. Its "
            "minimum is at $w^n = y$. With the residual $r = w^n - y$ and $J = n w^{n-1}$, the derivative of the output:"
        ),
        step(
            rf"\frac{{\partial}}{{\partial w}} \left( \frac{{1}}{{2}} (w^{{n}} - y)^{{2}} \right) = {SLOPE}",
            "The gradient, $L' = J r$.",
            all_,
            ledger=("C3",),
        ),
        step(
            rf"\frac{{\partial}}{{\partial w}} ({SLOPE}) = (n w^{{n-1}})^{{2}} + n (n - 1) w^{{n-2}} (w^{{n}} - y) = {CURVATURE}",
            "The curvature, $L'' = J^2 + r J'$, and the same in one piece.",
            all_,
            ledger=("C3",),
        ),
    )


def _direction() -> tuple[Block, ...]:
    low = scope(*LETTERS, given=(r"(2 n - 1) w^{n} < (n - 1) y",))
    left = scope(*LETTERS, given=(r"w^{n} < y",))
    all_ = scope(*LETTERS)
    return (
        Prose(
            "Start on the plateau left of the minimum: $w^n$ smaller than about half the target, precisely $(2n-1) w^n < (n-1) y$."
        ),
        step(rf"{SLOPE} < 0", "The gradient is negative: the minimum lies to the right.", left, ledger=("C3",)),
        step(rf"{CURVATURE} < 0", "But the curvature is negative, too.", low, ledger=("C3",)),
        quoted(
            rf"\frac{{{SLOPE}}}{{{CURVATURE}}} \le 0",
            "If dividing by the second derivative only rescaled the gradient, the step $-L'/L''$ would still go to the right.",
            low,
            BOOK,
            "may roughly be understood as dividing the first derivative by the second derivative",
            ledger=("C3",),
        ),
        Prose(
            "The quotient of two negative numbers is positive, so the Newton step is negative: it goes **to the left, away from the "
            "minimum**, towards the plateau, where both derivatives vanish. How far?"
        ),
        step(
            rf"\frac{{{SLOPE}}}{{{CURVATURE}}} = \frac{{w (w^{{n}} - y)}}{{(2 n - 1) w^{{n}} - (n - 1) y}}",
            "The quotient, reduced.",
            all_,
            ledger=("C3",),
        ),
        step(
            r"\frac{w^{n} - y}{(2 n - 1) w^{n} - (n - 1) y} - \frac{1}{n - 1} = -\frac{n w^{n}}{(n - 1) ((2 n - 1) w^{n} - (n - 1) y)}",
            "Divided by $w$ it differs from $\\frac{1}{n-1}$ by something that vanishes with $w$: near 0, Newton's method shrinks $w$ by "
            "the factor of the last section. The ratio is “about constant” indeed; it just leads to 0.",
            all_,
            ledger=("C3",),
        ),
    )


def _pole(options: Options) -> tuple[Block, ...]:
    n, y = options.depth, rational(options.target)
    ratio = (
        rf"\frac{{{n - 1}}}{{{2 * n - 1}}}"
        if y == "1"
        else rf"\left( \frac{{{n - 1}}}{{{2 * n - 1}}} \cdot {y} \right)"
    )
    base = rf"\left( {ratio} \right)" if y == "1" else ratio
    kind = "a degenerate local maximum" if n % 2 == 0 else "neither a minimum nor a maximum, the loss falls through it"
    return (
        approximate(
            rf"{base}^{{1/{n}}}",
            f"Between plateau and minimum the curvature changes its sign, and there the step has a pole. For $n = {n}$ and $y = {y}$:",
            scope(),
            options.digits,
            ledger=("C3",),
        ),
        Prose(f"(The point 0 at which the method ends is, for $n = {n}$, {kind}.)"),
    )


def _gauss_newton(options: Options) -> tuple[Block, ...]:
    all_ = scope(*LETTERS)
    return (
        Prose(
            "The usual cure keeps only the part $J^2$ of the curvature, which is never negative: the *Gauss–Newton* step $-L'/J^2$ always "
            "points downhill. Its length, however:"
        ),
        step(
            r"-\frac{n w^{n-1} (w^{n} - y)}{(n w^{n-1})^{2}} = \frac{y - w^{n}}{n w^{n-1}}",
            "The gradient has one factor $J$, its curvature has two.",
            all_,
            ledger=("C3",),
        ),
        step(
            r"\lim_{w \to 0^+} \frac{y - w^{n}}{n w^{n-1}} = \infty",
            "On the plateau the ratio explodes. Vanishing gradients become exploding steps.",
            scope(integer("n", r"n \ge 3"), real("y", r"y > 0"), real("w", r"w > 0")),
            ledger=("C3",),
        ),
    )


# ------------------------------------------------------------------------------------------------------------ numbers


def _worked(options: Options) -> tuple[Block, ...]:
    n, y, w = options.depth, rational(options.target), rational(options.start)
    at = scope(real("w"), real("y"), given=(f"w = {w}", f"y = {y}"))
    slope = rf"{n} w^{{{n - 1}}} (w^{{{n}}} - y)"
    curvature = rf"{n} w^{{{n - 2}}} ({2 * n - 1} w^{{{n}}} - {n - 1} y)"
    return (
        Prose(f"In numbers, with $n = {n}$, $y = {y}$ and $w = {w}$:"),
        approximate(slope, "The gradient.", at, options.digits, ledger=("C3",)),
        approximate(curvature, "The curvature.", at, options.digits, ledger=("C3",)),
        approximate(
            rf"-\frac{{{slope}}}{{{curvature}}}", "The Newton step, to the left.", at, options.digits, ledger=("C3",)
        ),
        approximate(
            rf"-\frac{{{slope}}}{{({n} w^{{{n - 1}}})^{{2}}}}",
            "The Gauss–Newton step, far to the right.",
            at,
            options.digits,
            ledger=("C3",),
        ),
    )


def _runs(options: Options) -> tuple[Block, ...]:
    rows = tuple(_run(options, name, kind) for name, kind in RULES)
    return (
        Table(
            f"From $w = {rational(options.start)}$ with $n = {options.depth}$, $y = {rational(options.target)}$, in ball arithmetic: steps until "
            "$\\lvert w - y^{1/n} \\rvert < 10^{-10}$",
            ("method", "steps", "largest $w$ on the way", "$w$ after 60 steps"),
            rows,
        ),
        Prose(
            "Dividing by $\\lvert L'' \\rvert$ instead of $L''$, or adding a little damping $\\lambda$ to $J^2$, repairs both faults: "
            "neither is “dividing by the second derivative” any more."
        ),
    )


RULES = (
    ("Newton, $-L'/L''$", "newton"),
    ("$-L'/\\lvert L'' \\rvert$", "absolute"),
    ("Gauss–Newton, $-L'/J^2$", "plain"),
    ("damped, $-L'/(J^2 + \\lambda)$", "damped"),
)


def _run(options: Options, name: str, kind: str) -> tuple[str, str, str, str]:
    goal = _goal(options)
    with precision(BITS, 1):
        w, largest, needed, late = point(options.start), point(options.start), None, None
        for t in range(1, MOST + 1):
            moved = _moved(options, w, kind)
            if moved is None:
                break
            w = moved
            largest = w if w > largest else largest
            if needed is None and abs(w - goal) < point(CLOSE):
                needed = t
            if t == 60:
                late = w
            if t >= 60 and needed is not None:
                break
            if t >= 60 and kind == "newton":
                break
    label = name if kind != "damped" else f"{name}, $\\lambda = {rational(options.damping)}$"
    reached = str(needed) if needed is not None else "not reached"
    return label, reached, f"${decimal(largest, 4)}$", "" if late is None else f"${decimal(late, 2)}$"


def _goal(options: Options) -> arb:
    with precision(BITS, 1):
        return (point(options.target).log() / options.depth).exp()


def _moved(options: Options, w: arb, kind: str) -> arb | None:
    """One step; None where the divisor is not told from 0 or precision has run out."""
    n = options.depth
    r, J = w**n - point(options.target), n * w ** (n - 1)
    curvature = J * J + r * n * (n - 1) * w ** (n - 2)
    divisor = {
        "newton": curvature,
        "absolute": abs(curvature),
        "plain": J * J,
        "damped": J * J + point(options.damping),
    }[kind]
    moved = w - J * r / divisor if not divisor.contains(0) else None
    return moved if moved is not None and moved.rel_accuracy_bits() > 60 else None
