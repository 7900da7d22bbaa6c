"""Section: a chain of layers multiplies slopes and weights (claim B11)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import approximate, assume, decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Scope, Section, Table
from derive.topics.saturation import Options
from derive.topics.saturation.curve import Curve

BITS = 4096
LAYER = "w h_{k-1} + b"
SHOWN = (1, 2, 3, 5, 10, 20)


def chain(curve: Curve, options: Options) -> Section:
    return Section(
        "chain",
        "What each layer does",
        (*_theorem(curve), *_attained(curve), *_own(curve, options)),
    )


def layers(curve: Curve) -> Scope:
    """g_k is the derivative of h_k by h_0; d_k the slope at layer k."""
    return scope(
        integer("n", r"n \ge 0"),
        integer("k", r"k \ge 1"),
        real("w", family=True),
        real("d", r"0 \le d_k", rf"d_k \le {curve.slope_text}", family=True),
        real("g", family=True),
        given=("g_0 = 1", r"g_k = w_k d_k g_{k-1}"),
    )


def _bound(curve: Curve, w: str) -> str:
    return rf"\frac{{\lvert {w} \rvert}}{{4}}" if curve.name == "sigmoid" else rf"\lvert {w} \rvert"


def _theorem(curve: Curve) -> tuple[Block, ...]:
    one = scope(real("w"), real("h"), real("b"), real("y"), given=(f"y = {curve.of('w h + b')}",))
    all_layers = layers(curve)
    n = integer("n", r"n \ge 0")
    below = scope(n, real("w"), given=(rf"\lvert w \rvert < {curve.threshold}",))
    return (
        Prose(
            "“Each layer compounds the problem”, the post says, and asks for a precise form. Here it is. Layer $k$ of a chain of single "
            f"units computes $h_k = f(w_k h_{{k-1}} + b_k)$, with $f$ the {curve.name}. For one layer:"
        ),
        step(
            rf"\frac{{\partial}}{{\partial h}} {curve.of('w h + b')} = w {curve.slope}",
            "The weight times the slope.",
            one,
            ledger=("B11",),
        ),
        Prose(
            f"Let $d_k$ be the slope at layer $k$, a number between 0 and ${curve.slope_text}$ by section 1, and $g_k$ the derivative of "
            "$h_k$ with respect to $h_0$."
        ),
        assume("g_0 = 1", "no layer, no change.", all_layers),
        assume(r"g_k = w_k d_k g_{k-1}", "the chain rule, one layer more.", all_layers),
        step(
            r"g_n = \prod_{k=1}^{n} w_k d_k",
            "By induction: the derivative is the product of all factors.",
            all_layers,
            induction=("n", 0),
            ledger=("B11",),
        ),
        step(
            rf"\lvert g_n \rvert \le \prod_{{k=1}}^{{n}} {_bound(curve, 'w_k')}",
            "By induction again: every layer costs at least a factor 4."
            if curve.name == "sigmoid"
            else "By induction again: no slope is above 1.",
            all_layers,
            induction=("n", 0),
            ledger=("B11",),
        ),
        step(
            rf"\lim_{{n \to \infty}} \left( {_bound(curve, 'w')} \right)^{{n}} = 0",
            f"So a chain whose weights all have the modulus $\\lvert w \\rvert < {curve.threshold}$ loses its gradient exponentially, whatever the states do.",
            below,
            ledger=("B11",),
        ),
    )


def _attained(curve: Curve) -> tuple[Block, ...]:
    letters = scope(real("a"))
    sigmoid = curve.name == "sigmoid"
    slope = r"a \frac{1}{2} \left( 1 - \frac{1}{2} \right)" if sigmoid else r"a (1 - 0^{2})"
    power = r"\left( \frac{a}{4} \right)^{n}" if sigmoid else r"a^{n}"
    rest = scope(
        integer("n", r"n \ge 0"),
        integer("k", r"k \ge 1"),
        real("a"),
        real("g", family=True),
        given=("g_0 = 1", rf"g_k = {slope} g_{{k-1}}"),
    )
    where = "$h = 1/2$ with weight $a$ and bias $-a/2$" if sigmoid else "$h = 0$ with weight $a$ and no bias"
    middle = r"a \frac{1}{2} - \frac{a}{2}"
    stays = rf"{curve.of(middle)} = \frac{{1}}{{2}}" if sigmoid else r"\tanh(a \cdot 0) = 0"
    explodes = "4" if sigmoid else "1"
    return (
        Prose(f"The bound cannot be improved. Rest at the steepest point, {where}:"),
        step(stays, "There the state stays where it is.", letters, ledger=("B11",)),
        step(
            rf"g_n = {power}",
            f"So every layer has the largest slope. For $a = {explodes}$ the gradient is 1 for ever; for $a > {explodes}$ it explodes, "
            f"through a {curve.name} at every layer.",
            rest,
            induction=("n", 0),
            ledger=("B11",),
        ),
    )


# ------------------------------------------------------------------------------------------------- the chain of the options


def own_scope(curve: Curve, options: Options) -> Scope:
    """The chain of the options, with its derivative."""
    slope = curve.slope.replace("y", "h_k")
    return scope(
        real("w"),
        real("b"),
        integer("k", r"k \ge 1"),
        real("h", family=True),
        real("g", family=True),
        given=(
            f"w = {rational(options.weight)}",
            f"b = {rational(options.bias)}",
            f"h_0 = {rational(options.start)}",
            "g_0 = 1",
            f"h_k = {curve.of(LAYER)}",
            rf"g_k = w {slope} g_{{k-1}}",
        ),
    )


def _own(curve: Curve, options: Options) -> tuple[Block, ...]:
    own = own_scope(curve, options)
    given = ("w", "b", "h_0")
    values = (options.weight, options.bias, options.start)
    return (
        Prose(
            f"**The chain of this handout**, {options.depth} layer{'s' if options.depth > 1 else ''} with equal weights:"
        ),
        *(
            assume(f"{name} = {rational(value)}", why, own)
            for name, value, why in zip(
                given, values, ("every weight.", "every bias.", "the first state."), strict=True
            )
        ),
        assume(f"h_k = {curve.of(LAYER)}", "layer $k$.", own),
        assume(rf"g_k = w {curve.slope.replace('y', 'h_k')} g_{{k-1}}", "its derivative, with $g_0 = 1$.", own),
        approximate(
            f"g_{{{options.depth}}}",
            "The derivative of the last state with respect to the first.",
            own,
            options.digits,
            ledger=("B11",),
        ),
        _table(curve, options),
        Prose(_reading(curve, options)),
    )


def walk(curve: Curve, options: Options) -> list[tuple[arb, arb, arb]]:
    """(state, factor of the layer, derivative so far) for each layer, enclosed."""
    found = []
    with ctx.workprec(BITS):
        w, b, h = (arb(fmpq(q.numerator, q.denominator)) for q in (options.weight, options.bias, options.start))
        g = arb(1)
        for _ in range(options.depth):
            h = curve.at(w * h + b)
            factor = w * curve.slope_at(h)
            g = g * factor
            found.append((h, factor, g))
    return found


def _table(curve: Curve, options: Options) -> Table:
    rows = []
    found = walk(curve, options)
    places = sorted({k for k in (*SHOWN, options.depth) if k <= options.depth})
    with ctx.workprec(BITS):
        for k in places:
            h, factor, g = found[k - 1]
            linear = arb(fmpq(options.weight.numerator, options.weight.denominator)) ** k
            most = abs(linear) * arb(fmpq(curve.steepest.numerator, curve.steepest.denominator)) ** k
            cells = (h, factor, g, most, linear)
            rows.append((str(k), *(f"${decimal(value, options.digits)}$" for value in cells)))
    return Table(
        "Layer by layer (enclosed rigorously): the state, the factor of the layer, the derivative so far, the bound, and what the same "
        "weights do without the activation function",
        ("$k$", "$h_k$", "factor", "$g_k$", f"$({_size(curve)})^k$", "$w^k$"),
        tuple(rows),
    )


def _size(curve: Curve) -> str:
    return r"\lvert w \rvert / 4" if curve.name == "sigmoid" else r"\lvert w \rvert"


def _reading(curve: Curve, options: Options) -> str:
    """What the last row says, in words that the numbers choose."""
    _, factor, g = walk(curve, options)[-1]
    size = abs(options.weight)
    fate = "about as large as 1" if Fraction(1, 10) < abs(float(g)) < 10 else "small" if abs(g) < 1 else "large"
    bare = "grows" if size > 1 else "shrinks" if size < 1 else "keeps its size"
    cap = size * curve.steepest
    tells = "vanishes" if cap < 1 else "is 1 for ever" if cap == 1 else "grows and says nothing"
    pace = "shrinks" if abs(factor) < 1 else "multiplies"
    return (
        f"After {options.depth} layer{'s' if options.depth > 1 else ''} the gradient is {fate}; the last layer {pace} it by ${decimal(abs(factor), 3)}$. The bound {tells}. "
        f"Without the {curve.name} it {bare}: the last column is a linear chain with the same weights."
    )
