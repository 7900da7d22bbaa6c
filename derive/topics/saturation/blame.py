"""Section: is the sigmoid to blame? (claim B11)"""

from __future__ import annotations

from derive.authoring import integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.saturation.curve import Curve

NOTE = "LessWrong post on vanishing and exploding gradients, the note in brackets"


def blame(curve: Curve) -> Section:
    return Section(
        "blame", f"Is it the {curve.name}?", (*_not_needed(), *_but_linked(curve), *_at_rest(curve), *_moral(curve))
    )


def _not_needed() -> tuple[Block, ...]:
    inside = scope(integer("n", r"n \ge 0"), real("w"), given=(r"\lvert w \rvert < 1",))
    return (
        Prose(
            "Teachers often draw a sigmoid when they explain vanishing gradients. The post objects that none is needed. That is right: a linear "
            "chain has the slope 1 everywhere, its derivative is the bare product of the weights."
        ),
        step(
            r"\lim_{n \to \infty} \lvert w \rvert^{n} = 0",
            "With weights below 1 it vanishes without any sigmoid.",
            inside,
            ledger=("B11",),
        ),
    )


def _but_linked(curve: Curve) -> tuple[Block, ...]:
    made = scope(
        integer("n", r"n \ge 1"),
        integer("k", r"k \ge 1"),
        real("w", r"w > 0"),
        real("d", r"0 \le d_k", rf"d_k \le {curve.slope_text}", family=True),
        real("g", family=True),
        given=("g_0 = 1", r"g_k = w d_k g_{k-1}"),
    )
    n = integer("n", r"n \ge 0")
    window: tuple[Block, ...] = ()
    if curve.name == "sigmoid":
        between = scope(n, real("w", "1 < w", "w < 4"))
        window = (
            Prose(
                "The two thresholds differ: 4 for the sigmoid, 1 for the linear chain. Between them both of these hold:"
            ),
            step(r"\lim_{n \to \infty} w^{n} = \infty", "The linear chain explodes.", between, ledger=("B11",)),
            step(
                r"\lim_{n \to \infty} \left( \frac{w}{4} \right)^{n} = 0",
                "The same chain with a sigmoid at each layer vanishes.",
                between,
                ledger=("B11",),
            ),
        )
    return (
        quoted(
            r"g_n \ge w^{n}",
            f"“Not needed” is not “not linked”. If the {curve.name} had no part in it, then a chain with it would keep what the same weights keep without it.",
            made,
            NOTE,
            "the vanishing gradient problem is not linked to sigmoids",
            ledger=("B11",),
        ),
        *window,
    )


def _at_rest(curve: Curve) -> tuple[Block, ...]:
    sigmoid = curve.name == "sigmoid"
    letter = real("z") if sigmoid else real("z", r"z > 0")
    rest = scope(letter, real("y"), real("w"), given=(f"y = {curve.of('z')}", r"w = z / y"))
    if sigmoid:
        shown, above, last = r"\frac{z}{1 + e^{z}}", r"3 e^{z} > 10 z - 3", r"\frac{z}{1 + e^{z}} < \frac{3}{10}"
        why = "So at rest every layer multiplies by less than 3/10, *whatever the weight*."
    else:
        shown, above, last = r"\frac{2 z}{\sinh(2 z)}", r"\sinh(2 z) > 2 z", r"\frac{2 z}{\sinh(2 z)} < 1"
        why = "So at rest every layer shrinks the gradient, *whatever the weight*."
    return (
        Prose(
            f"Do larger weights help? Without a bias they do not: they push the state into the flat part. Suppose that the chain has come to "
            f"rest at {'a state' if sigmoid else 'a positive state'} $y = f(z)$ with $z = w y$."
        ),
        step(r"w y = z", "At rest the next input is the same, so $w = z / y$.", rest, ledger=("B11",)),
        step(rf"w {curve.slope} = {shown}", "The factor of one layer, with $w$ put in.", rest, ledger=("B11",)),
        step(
            above,
            "The graph of $3 e^z$ lies above this line."
            if sigmoid
            else "The hyperbolic sine is larger than its argument.",
            scope(letter),
            ledger=("B11",),
        ),
        step(last, why, scope(letter, given=(above,)), ledger=("B11",)),
    )


def _moral(curve: Curve) -> tuple[Block, ...]:
    trade = (
        "a chain of sigmoids needs weights above 4 *and* states near the middle to keep its gradient"
        if curve.name == "sigmoid"
        else "a tanh costs nothing only while the states stay near 0"
    )
    return (
        Prose(
            f"**The corrected statement.** Vanishing needs no sigmoid, and a {curve.name} makes it worse: it multiplies every factor by a slope that is at most "
            f"${curve.slope_text}$ and nearly 0 where the state is saturated. In short, {trade}."
        ),
    )
