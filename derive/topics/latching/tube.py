"""Section: how far bounded noise can push a contracting memory (claim X6)."""

from __future__ import annotations

from flint import arb, ctx

from derive.authoring import approximate, assume, decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.latching import Options
from derive.topics.latching.settings import BITS, Latch

SEED = 1994
STEPS = 2000


def tube(options: Options, held: Latch) -> Section:
    """d' <= q d + beta stays below beta / (1 - q) in the end; the reader's unit."""
    return Section("tube", "Robust: what the same contraction buys", (*_bound(), *_numbers(options, held)))


def _bound() -> tuple[Block, ...]:
    letters = (
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("q", r"0 < q < 1"),
        real("beta", r"\beta \ge 0"),
        real("d", family=True),
        real("n", r"n_k \le \beta", family=True),
    )
    chain = scope(*letters, given=(r"d_s = q d_{s-1} + n_s",))
    limit = scope(integer("t"), real("q", r"0 < q < 1"), real("beta", r"\beta \ge 0"), real("d_0"))
    bound = r"q^{t} d_0 + \beta \frac{1 - q^{t}}{1 - q}"
    slope = scope(real("a"), real("z"), real("c", r"c \ge 0"), given=(r"a \ge z", r"z \ge c"))
    split = scope(
        real("w", r"w > 1"), real("p"), real("x"), real("y"), real("u"), real("q"), given=(r"q = w (1 - p^{2})",)
    )
    return (
        Prose(
            "The contraction that kills the gradient is the reason why the memory is robust. Compare a disturbed run $x_t$ with an undisturbed one $y_t$, both in $[b, 1]$. What tanh is applied to is at least "
            "$c = w b - v$ in both, and there tanh is no steeper than at $c$:"
        ),
        step(
            r"\tanh a - \tanh z \le (1 - (\tanh c)^{2}) (a - z)",
            "For two such arguments.",
            slope,
            ledger=("X6",),
        ),
        step(
            r"(1 - p^{2}) (w x + u - w y) = q (x - y) + \frac{q}{w} u",
            "With $a = w x + u$ and $z = w y$ (or the other way round), $p = \\tanh c$ and $q = w (1 - p^2)$ as above: the distance shrinks by $q$, and an input of size $v$ adds at most $\\beta = q v / w$.",
            split,
            ledger=("X6",),
        ),
        Prose("Let $d_t$ be the distance between the two runs. In the worst case:"),
        assume(r"d_s = q d_{s-1} + n_s", "one step, with $n_k \\le \\beta$ for every $k$.", chain),
        step(rf"d_t \le {bound}", "By induction.", chain, induction=("t", 0), ledger=("X6",)),
        step(
            rf"\lim_{{t \to \infty}} \left( {bound} \right) = \frac{{\beta}}{{1 - q}}",
            "The start is forgotten, and what remains is a tube of this radius around the undisturbed run.",
            limit,
            ledger=("X6",),
        ),
    )


def _numbers(options: Options, held: Latch) -> tuple[Block, ...]:
    w, v, b = rational(options.weight), rational(options.inputs), rational(held.edge)
    q = rf"{w} \left( 1 - \left( \tanh\left( {w} \cdot {b} - {v} \right) \right)^{{2}} \right)"
    with ctx.workprec(BITS):
        drift = held.rest - held.worst
        beta = held.contraction / arb(str(options.weight.numerator)) * options.weight.denominator
        radius = beta * arb(str(options.inputs.numerator)) / options.inputs.denominator / (1 - held.contraction)
        rows = (
            ("proved bound $\\beta / (1 - q)$", f"${decimal(radius, 2)}$"),
            (f"under the constant input $-{v}$", f"${decimal(drift, 2)}$"),
            (
                f"largest in ${STEPS}$ steps under inputs drawn uniformly from $[-{v}, {v}]$, seed {SEED}",
                f"${_observed(options, held)}$",
            ),
        )
    return (
        approximate(
            rf"\frac{{\frac{{{v}}}{{{w}}} \cdot {q}}}{{1 - {q}}}",
            f"With your $w = {w}$, $v = {v}$ and $b = {b}$ the radius is",
            scope(),
            options.digits,
            ledger=("X6",),
        ),
        Table("How far inputs push the state from its home", ("", "distance"), rows),
        Prose(
            "The bound is honest and not sharp: it takes the worst slope at every step. The bit is safe by a wide margin, and the gradient is lost by the same margin."
        ),
    )


def _observed(options: Options, held: Latch) -> str:
    """The largest distance from the resting state in a run that starts there."""
    from math import tanh
    from random import Random

    draw = Random(SEED)
    w, v = float(options.weight), float(options.inputs)
    home = float(held.rest.mid())
    x, largest = home, 0.0
    for _ in range(STEPS):
        x = tanh(w * x + draw.uniform(-v, v))
        largest = max(largest, abs(x - home))
    with ctx.workprec(BITS):
        return decimal(arb(largest), 2)
