"""Section: a layer of many units, forward and backward, and the compromise of Glorot and Bengio (claim X13)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from derive.authoring import approximate, decimal, integer, random_family, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.kernel.terms import ZERO, symbol
from derive.topics.initialization import Options

FORWARD = r"n v"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A variance of the weights, and by what a layer multiplies the mean square forward and backward."""

    name: str
    formula: str
    variance: Fraction
    forward: Fraction
    backward: Fraction


def layers(options: Options) -> Section:
    return Section(
        "layers",
        "A layer of many units: two wishes",
        (*_forward(), *_backward(), *_compromise(), *_uniform(options), *_own(options)),
    )


def _forward() -> tuple[Block, ...]:
    n = integer("n", r"n \ge 1")
    made = scope(n, real("v", "v > 0"), random_family("w", "moments", ZERO, symbol("v")), real("x", family=True))
    return (
        Prose(
            "A unit of the next layer adds up $n$ inputs $x_1, \\dots, x_n$ (whatever they are) with independent weights of mean 0 and variance $v$."
        ),
        step(r"\operatorname{E}\left[ \sum_{i=1}^{n} w_i x_i \right] = 0", "Its mean is 0.", made, ledger=("X13",)),
        step(
            r"\operatorname{Var}\left[ \sum_{i=1}^{n} w_i x_i \right] = v \sum_{i=1}^{n} x_i^{2} = (n v) \cdot \frac{1}{n} \sum_{i=1}^{n} x_i^{2}",
            "Its variance is the mean square of the inputs, times $n v$. Cross terms vanish because the weights are independent with mean 0.",
            made,
            ledger=("X13",),
        ),
        Prose(
            "So forward, a layer with $n_{\\mathrm{in}}$ inputs keeps the mean square of its units exactly if $n_{\\mathrm{in}} v = 1$."
        ),
    )


def _backward() -> tuple[Block, ...]:
    m = integer("m", r"m \ge 1")
    made = scope(m, real("v", "v > 0"), random_family("w", "moments", ZERO, symbol("v")), real("g", family=True))
    return (
        Prose(
            "Backward, the gradient of one input collects the gradients $g_1, \\dots, g_m$ of all $m$ outputs that it feeds, through the same weights:"
        ),
        step(
            r"\operatorname{Var}\left[ \sum_{j=1}^{m} w_j g_j \right] = (m v) \cdot \frac{1}{m} \sum_{j=1}^{m} g_j^{2}",
            "The same sum, over outputs instead of inputs.",
            made,
            ledger=("X13",),
        ),
        Prose(
            "So backward a layer keeps the mean square exactly if $n_{\\mathrm{out}} v = 1$. Both wishes come true together only if the layer is as wide as the next. "
            "(For the gradients, $g$ is treated as independent of the weights, as Glorot and Bengio do; in a linear network with a given gradient at the output it is.)"
        ),
    )


def _compromise() -> tuple[Block, ...]:
    sizes = scope(integer("n", r"n \ge 1"), integer("m", r"m \ge 1"))
    return (
        Prose("Glorot and Bengio split the difference, $v = 2/(n + m)$ for $n$ inputs and $m$ outputs:"),
        step(
            r"\left( n \cdot \frac{2}{n + m} \right) \left( m \cdot \frac{2}{n + m} \right) = \frac{4 n m}{(n + m)^{2}}",
            "What the two directions gain, multiplied.",
            sizes,
            ledger=("X13",),
        ),
        step(
            r"1 - \frac{4 n m}{(n + m)^{2}} = \left( \frac{n - m}{n + m} \right)^{2} \ge 0",
            "What is missing to 1 is a square: the product is 1 for equal widths, and below 1 for all others.",
            sizes,
            ledger=("X13",),
        ),
        step(
            r"2 m \cdot \frac{2}{2 m + m} = \frac{4}{3}",
            "In a funnel that halves the width at each layer, every layer gains a third forward.",
            sizes,
            ledger=("X13",),
        ),
        step(
            r"\left( \frac{4}{3} \right)^{10} \approx 17.8",
            "Ten such layers gain a factor 18 in the mean square.",
            scope(),
            ledger=("X13",),
        ),
    )


def _uniform(options: Options) -> tuple[Block, ...]:
    sizes = scope(integer("n", r"n \ge 1"), integer("m", r"m \ge 1"))
    return (
        Prose("Programs often draw the weights evenly from an interval $[-l, l]$:"),
        step(
            r"\int_{-l}^{l} \frac{u^{2}}{2 l} \, du = \frac{l^{2}}{3}",
            "The variance of such a weight.",
            scope(real("l", "l > 0")),
            ledger=("X13",),
        ),
        step(
            r"\frac{1}{3} \left( \sqrt{\frac{6}{n + m}} \right)^{2} = \frac{2}{n + m}",
            "So $l = \\sqrt{6/(n + m)}$ gives the compromise; this is the formula in the libraries.",
            sizes,
            ledger=("X13",),
        ),
        approximate(
            rf"\sqrt{{\frac{{6}}{{{options.n_in} + {options.n_out}}}}}",
            f"For ${options.n_in}$ inputs and ${options.n_out}$ outputs,",
            scope(),
            options.digits,
            ledger=("X13",),
        ),
    )


def recipes(options: Options) -> tuple[Recipe, ...]:
    """Behind a ReLU half of the mean square is left (section 3), so that all variances double."""
    n, m = options.n_in, options.n_out
    half = Fraction(1, 2) if options.activation == "relu" else Fraction(1)
    top = 2 if options.activation == "relu" else 1
    chosen = (
        ("forward", rf"{top}/n_{{\mathrm{{in}}}}", Fraction(top, n)),
        ("backward", rf"{top}/n_{{\mathrm{{out}}}}", Fraction(top, m)),
        ("compromise", rf"{2 * top}/(n_{{\mathrm{{in}}}} + n_{{\mathrm{{out}}}})", Fraction(2 * top, n + m)),
    )
    return tuple(Recipe(name, formula, v, half * n * v, half * m * v) for name, formula, v in chosen)


def _own(options: Options) -> tuple[Block, ...]:
    rows = []
    for recipe in recipes(options):
        gains = (recipe.forward, recipe.backward, recipe.forward**options.depth, recipe.backward**options.depth)
        rows.append(
            (
                recipe.name,
                f"${recipe.formula}$",
                _number(recipe.variance, options),
                *(_number(gain, options) for gain in gains),
            )
        )
    behind = " with a ReLU behind each (its half from section 3 included)" if options.activation == "relu" else ""
    return (
        Table(
            f"Exact gains of the mean square: a layer with ${options.n_in}$ inputs and ${options.n_out}$ outputs, and ${options.depth}$ layers of these proportions{behind}",
            (
                "recipe",
                "variance $v$",
                "value",
                "one layer forward",
                "backward",
                f"{options.depth} layers forward",
                "backward",
            ),
            tuple(rows),
        ),
        Prose(_reading(options)),
    )


def _number(value: Fraction, options: Options) -> str:
    if value.denominator == 1 and abs(value) < 10**6:
        return f"${value}$"
    return f"${decimal(arb(fmpq(value.numerator, value.denominator)), options.digits)}$"


def _reading(options: Options) -> str:
    if options.n_in == options.n_out:
        return "With equal widths the three recipes are one, and nothing has to be traded."
    wide = "narrows" if options.n_in > options.n_out else "widens"
    grows = (
        "forward the signal grows and backward the gradient shrinks"
        if options.n_in > options.n_out
        else "forward the signal shrinks and backward the gradient grows"
    )
    return f"The network of this handout {wide}: under the compromise {grows}. Keeping one direction exact costs the other more."
