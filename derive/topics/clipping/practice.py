"""Section: three exercises with judged solutions (claims D4, D6, D8)."""

from __future__ import annotations

from derive.authoring import approximate, assume, exercise, exercises, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.clipping import Options
from derive.topics.clipping.notation import clipped
from derive.variant import Variant, pick


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_max_norm(options, variant), _two_examples(options, variant), _composition(variant))


def _max_norm(options: Options, variant: Variant) -> tuple[Block, ...]:
    a, b = pick(variant, "gradient", (3, 1), (2, 1), (4, 1), (5, 2), (4, 3), (1, 5), (2, 7), (6, 1), (3, 8))
    given = (rf"g = \begin{{pmatrix}} {a} \\ {b} \end{{pmatrix}}", r"d = \begin{pmatrix} -1 \\ -1 \end{pmatrix}")
    letters = scope(vector("g", size=2), vector("d", size=2), given=given)
    return exercise(
        f"Let $g = ({a}, {b})$. Which direction with entries between $-1$ and $1$ is steepest, and how fast does the loss fall along it? Compare with the steepest "
        "direction of Euclidean length 1.",
        Prose("The signs of $g$, reversed, give the steepest vector with entries of size at most 1."),
        assume(given[0], "the gradient.", letters),
        assume(given[1], "all entries of the gradient are positive.", letters),
        step(rf"g^\top d = -{a + b}", "The sum of the moduli, with a minus.", letters, ledger=("D4",)),
        approximate(
            r"-\lVert g \rVert_2", "Against this at Euclidean length 1.", letters, options.digits, ledger=("D4",)
        ),
        approximate(
            r"\frac{1}{\lVert d \rVert_2} g^\top d",
            "Brought to Euclidean length 1 as well, the vector of signs falls more slowly, as it must.",
            letters,
            options.digits,
            ledger=("D4",),
        ),
    )


def _two_examples(options: Options, variant: Variant) -> tuple[Block, ...]:
    long = pick(variant, "long", 10, 4, 6, 8, 12, 14, 16, 20)
    names = (
        rf"p = \begin{{pmatrix}} {long} \\ 0 \end{{pmatrix}}",
        r"q = \begin{pmatrix} 0 \\ 1 \end{pmatrix}",
        rf"a = \begin{{pmatrix}} {long // 2} \\ 1/2 \end{{pmatrix}}",
        r"b = \begin{pmatrix} 1/2 \\ 1/2 \end{pmatrix}",
    )
    letters = scope(*(vector(name, size=2) for name in "pqab"), given=names)
    return exercise(
        f"Two examples are equally likely; their gradients are $p = ({long}, 0)$ and $q = (0, 1)$. Clip each by its norm at $v = 1$ and average. How far is the "
        "direction from that of the mean gradient?",
        Prose(
            "Clipped, $p$ becomes $(1, 0)$ and $q$ stays. The mean of the gradients is $a$, the mean of the clipped ones $b$:"
        ),
        assume(names[0], "first example.", letters),
        assume(names[1], "second example.", letters),
        assume(names[2], "mean of the gradients.", letters),
        assume(names[3], "mean of the clipped gradients.", letters),
        step(r"a = \frac{1}{2} (p + q)", "As it should be.", letters, ledger=("D8",)),
        step(
            r"b = \frac{1}{2} \left( \min(1, \frac{1}{\lVert p \rVert_2}) p + \min(1, \frac{1}{\lVert q \rVert_2}) q \right)",
            "Each clipped by its norm.",
            letters,
            ledger=("D8",),
        ),
        approximate(
            r"\frac{180}{\pi} \arccos\left( \frac{a^\top b}{\lVert a \rVert_2 \lVert b \rVert_2} \right)",
            "The angle in degrees. Clipping by the norm keeps directions only of what it is applied to.",
            letters,
            options.digits,
            ledger=("D8",),
        ),
    )


def _composition(variant: Variant) -> tuple[Block, ...]:
    v = pick(variant, "threshold", "1", "2", "3", "4", "5")
    letters = scope(real("x"), real("y"))
    return exercise(
        f"True or false: if a number is clipped to $[-{v}, {v}]$, the clipped sum of two numbers is the sum of the clipped ones. What is true of it?",
        Prose(f"False: two numbers just inside the interval already add up to more than {v}."),
        quoted(
            f"{clipped('x + y', v)} = {clipped('x', v)} + {clipped('y', v)}",
            "Clipping is not additive, which is why averaging and clipping do not commute.",
            letters,
            "the sentence of the exercise",
            "the clipped sum of two numbers is the sum of the clipped ones",
            ledger=("D8",),
        ),
        step(
            f"{clipped(clipped('x', v), v)} = {clipped('x', v)}",
            "True is that clipping twice is clipping once,",
            letters,
            ledger=("D7",),
        ),
        step(
            f"{clipped('-x', v)} = -{clipped('x', v)}",
            "and that it is odd: it treats both signs alike.",
            letters,
            ledger=("D7",),
        ),
    )
