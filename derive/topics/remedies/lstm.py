"""Section: the cell of an LSTM (claim F3)."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from derive.authoring import approximate, assume, decimal, integer, quoted, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.remedies import Options

LESSWRONG = "LessWrong post on vanishing and exploding gradients, last paragraph but two"
BITS = 256
BIASES = (0, 1, 2, 3, 5)
HORIZONS = (10, 50, 100)
GATE = r"\frac{1}{1 + e^{-b}}"
READING = r"\frac{1}{1 + e^{-(u \tanh(s) + b)}}"


def lstm(options: Options) -> Section:
    return Section(
        "lstm",
        "The cell of an LSTM: a product of gates",
        (*_cell(), *_not_for_ever(), *_bias(options), *_other_paths()),
    )


def _cell() -> tuple[Block, ...]:
    one = scope(real("s"), real("f"), real("i"), real("z"))
    gates = scope(
        integer("t", r"t \ge 0"),
        integer("k", r"k \ge 1"),
        real("f", "0 < f_k", "f_k < 1", family=True),
        real("g", family=True),
        given=("g_0 = 1", r"g_k = f_k g_{k-1}"),
    )
    return (
        Prose(
            "An LSTM keeps its memory in a cell: $s_t = f_t s_{t-1} + i_t z_t$, a share $f_t$ of the old content (the *forget gate*, between 0 and 1) and a share $i_t$ of new content $z_t$. "
            "First let the gates depend on the inputs alone."
        ),
        step(
            r"\frac{\partial}{\partial s} (f s + i z) = f",
            "From one cell content to the next: no weight matrix and no slope of an activation function, only the gate.",
            one,
            ledger=("F3",),
        ),
        assume("g_0 = 1", "start.", gates),
        assume(r"g_k = f_k g_{k-1}", "the chain rule along the cell.", gates),
        step(r"g_t = \prod_{k=1}^{t} f_k", "By induction.", gates, induction=("t", 0), ledger=("F3",)),
        step(
            r"g_t \le 1",
            "By induction: along the cell a gradient never explodes.",
            gates,
            induction=("t", 0),
            ledger=("F3",),
        ),
    )


def _not_for_ever() -> tuple[Block, ...]:
    fixed = scope(integer("t", r"t \ge 0"), real("f", "0 < f", "f < 1"))
    return (
        quoted(
            r"f^{t} \ge \frac{1}{2}",
            "If “fix” means that the gradient stays: with a constant gate below 1 half of it is lost sooner or later.",
            fixed,
            LESSWRONG,
            "in order to fix this problem, we need to fundamentally re-design the way that the gradients are backpropagated through time, motivating … LSTMs",
            ledger=("F3",),
        ),
        step(
            r"\lim_{t \to \infty} f^{t} = 0",
            "It is an exponential again. What the LSTM adds is that the gate can *learn* to be nearly 1 where memory is needed.",
            fixed,
            ledger=("F3",),
        ),
    )


def _bias(options: Options) -> tuple[Block, ...]:
    solved = scope(
        integer("tau", r"\tau \ge 1"),
        real("q"),
        real("b"),
        given=(r"q = 2^{-1/\tau}", r"b = \ln\left( \frac{q}{1 - q} \right)"),
    )
    b, T = rational(options.forget_bias), options.horizon
    keep = rf"2^{{-1/{T}}}"
    return (
        Prose(
            "How near to 1? A forget gate with bias $b$ and no other input is $1/(1 + e^{-b})$. To keep exactly half over $\\tau$ steps it must be $q = 2^{-1/\\tau}$:"
        ),
        step(
            rf"\left( {GATE} \right)^{{\tau}} = \frac{{1}}{{2}}",
            "With $b = \\ln(q/(1 - q))$ half is left after $\\tau$ steps; the gate grows with $b$, so every larger bias keeps more.",
            solved,
            ledger=("F3",),
        ),
        approximate(
            rf"\ln\left( \frac{{{keep}}}{{1 - {keep}}} \right)",
            f"For $\\tau = {T}$ the bias must be at least",
            scope(),
            max(3, options.digits - 1),
            ledger=("F3",),
        ),
        approximate(
            rf"\left( \frac{{1}}{{1 + e^{{-({b})}}}} \right)^{{{T}}}"
            if options.forget_bias < 0 or options.forget_bias.denominator > 1
            else rf"\left( \frac{{1}}{{1 + e^{{-{b}}}}} \right)^{{{T}}}",
            f"With the bias $b = {b}$ of this handout what is left is",
            scope(),
            options.digits,
            ledger=("F3",),
        ),
        _bias_table(options),
    )


def _bias_table(options: Options) -> Table:
    rows = []
    for bias in sorted({*map(fmpq, BIASES), fmpq(options.forget_bias.numerator, options.forget_bias.denominator)}):
        with ctx.workprec(BITS):
            gate = 1 / (1 + (-arb(bias)).exp())
            cells = (gate, *(gate**t for t in sorted({*HORIZONS, options.horizon})))
            rows.append((f"${bias}$", *(f"${decimal(value, 3)}$" for value in cells)))
    return Table(
        "What a constant forget gate leaves (enclosed rigorously)",
        ("bias", "gate", *(f"{t} steps" for t in sorted({*HORIZONS, options.horizon}))),
        tuple(rows),
    )


def _other_paths() -> tuple[Block, ...]:
    reading = scope(real("s"), real("u"), real("b"), real("y"), given=(f"y = {READING}",))
    at = scope(
        real("s"), real("u"), real("b"), real("y"), given=("s = 1", "u = 20", r"b = -20 \tanh(1)", f"y = {READING}")
    )
    slope = r"y + s y (1 - y) u \left( 1 - (\tanh s)^{2} \right)"
    return (
        Prose(
            "**The gates of a real LSTM read the state**, and that opens other paths. Take a cell whose forget gate reads its own output $\\tanh s$ with a weight $u$; the input gate is closed."
        ),
        step(
            rf"\frac{{d}}{{ds}} \frac{{s}}{{1 + e^{{-(u \tanh(s) + b)}}}} = {slope}",
            "The product rule: the gate itself, and what a change of $s$ does to the gate. Here $y$ is the gate.",
            reading,
            ledger=("F3",),
        ),
        approximate(
            slope,
            "At $s = 1$ with $u = 20$ and $b = -20 \\tanh 1$ the gate stands at $1/2$, and one step multiplies the gradient by",
            at,
            4,
            ledger=("F3",),
        ),
        Prose(
            "So the bound by 1 is a statement about the direct path only. The whole Jacobian of an LSTM can vanish, and it can explode."
        ),
    )
