"""Section: crossing a basin boundary against crossing a bifurcation (claim X5)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx

from derive.authoring import approximate, assume, decimal, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.cliff import Options
from derive.topics.cliff.unit import ball, bits, ray, visit

ROOTS = (
    r"\frac{1}{2} \left( 1 + \sqrt{1 - \frac{4}{w}} \right)",
    r"\frac{1}{2} \left( 1 - \sqrt{1 - \frac{4}{w}} \right)",
)


def boundary(options: Options) -> Section:
    """Folds in closed form; the sensitivity there and on the ray."""
    return Section("boundary", "Basin boundary, not bifurcation", (*_folds(options), *_measured(options)))


def _weight(options: Options) -> Fraction:
    """A weight with two attractors: the options' own, if it has."""
    return options.w if options.w >= Fraction(43, 10) else Fraction(6)


def _folds(options: Options) -> tuple[Block, ...]:
    w = _weight(options)
    curve = scope(real("w", "w > 4"), real("s"), given=(f"s = {ROOTS[0]}",))
    inverse = scope(real("s", "s > 0", "s < 1"))
    blocks: list[Block] = [
        Prose(
            "Doya (1993) blamed *bifurcations*: parameters at which an attractor appears or disappears. Pascanu, Mikolov and Bengio answer that what makes gradients explode is the state crossing the *boundary of a basin* of attraction. "
            "The unit can settle it. An attractor appears at a fold, where the map $x \\mapsto w \\sigma(x) + b$ touches the diagonal: slope 1 at a fixed point. With $s = \\sigma(x)$ the slope is $w s (1 - s)$:"
        ),
        step(
            r"w s (1 - s) = 1",
            "Solved by $s = \\frac{1}{2} (1 + \\sqrt{1 - 4/w})$, and likewise with a minus, for $w > 4$.",
            curve,
            ledger=("X5",),
        ),
        step(
            r"\frac{1}{1 + e^{-\ln\left( \frac{s}{1 - s} \right)}} = s",
            "The state there is $x = \\ln(s / (1 - s))$, and the bias $b = x - w s$.",
            inverse,
            ledger=("X5",),
        ),
    ]
    for root, reason in zip(ROOTS, ("The one fold,", "the other fold,"), strict=True):
        given = (f"w = {rational(w)}", f"s = {root}", r"x = \ln\left( \frac{s}{1 - s} \right)")
        letters = scope(real("w"), real("s"), real("x"), given=given)
        blocks.append(assume(given[1], reason, letters))
        blocks.append(
            approximate(
                "x - w s", f"its bias for $w = {rational(w)}$.", letters, max(6, options.digits), ledger=("X5",)
            )
        )
    return tuple(blocks)


def _fold_bias(W: arb, sign: int) -> arb:
    s = (1 + sign * (1 - 4 / W).sqrt()) / 2
    return (s / (1 - s)).log() - W * s


def _measured(options: Options) -> tuple[Block, ...]:
    w, T = _weight(options), options.depth
    with ctx.workprec(bits(w, T)):
        W = ball(w)
        places = (
            ("fold", _fold_bias(W, 1)),
            ("the ray: a basin boundary", ray(W)),
            ("fold", _fold_bias(W, -1)),
        )
        rows = tuple(
            (
                name,
                f"${decimal(b, max(6, options.digits))}$",
                f"${decimal(visit(W, b, T).sensitivity, options.digits)}$",
            )
            for name, b in sorted(places, key=lambda entry: float(entry[1]))
        )
    return (
        Table(
            f"Derivative of $x_{{{T}}}$ by $b$ from $x_0 = 1/2$, $w = {rational(w)}$, in ball arithmetic",
            ("where", "$b$", "derivative"),
            rows,
        ),
        Prose(
            "At the folds an attractor is born or dies, and the gradient does not notice, for the state is elsewhere. On the ray no attractor changes, but the start $1/2$ lies on the boundary between two basins, and there the gradient explodes. "
            "This settles it for this unit: bifurcations need not explode. In general both may happen."
        ),
    )
