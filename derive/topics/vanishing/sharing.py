"""Section: is the trouble particular to recurrent networks? (claims A14, B1)"""

from __future__ import annotations

from derive.authoring import approximate, assume, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options

BOOK_107 = "Deep Learning (2016), section 10.7"
WEIGHTS = r"\prod_{i=1}^{100} \left( \frac{4}{5} + \frac{3}{20} \cdot \frac{i - 1}{99} \right)"


def sharing(options: Options) -> Section:
    """Different weights vanish too; a shared orthogonal matrix does not."""
    return Section("sharing", "Is it the sharing?", (*_different(options), *_orthogonal(), *_core()))


def _different(options: Options) -> tuple[Block, ...]:
    i = scope()
    chain = scope(
        integer("n", r"n \ge 0"),
        integer("s", r"s \ge 1"),
        real("w", family=True),
        real("h", family=True),
        given=("h_0 = 1", r"h_s = w_s h_{s-1}"),
    )
    return (
        Prose(
            "The book calls the problem particular to recurrent networks. But weights that are not shared can vanish too, and a shared matrix need not."
        ),
        assume("h_0 = 1", "a chain of single units, each with its own weight, starts at 1.", chain),
        assume(r"h_s = w_s h_{s-1}", "each layer multiplies.", chain),
        step(
            r"h_n = \prod_{i=1}^{n} w_i",
            "By induction: after $n$ layers the state is the product.",
            chain,
            induction=("n", 0),
            ledger=("B1",),
        ),
        approximate(
            WEIGHTS,
            "A hundred *different* weights, evenly spaced from 0.80 to 0.95:",
            i,
            options.digits,
            ledger=("A14",),
        ),
        quoted(
            WEIGHTS + r" \ge 10^{-3}",
            "If only shared weights were in danger, this product of different ones would keep some size.",
            i,
            BOOK_107,
            "This problem is particular to recurrent networks.",
            ledger=("A14",),
        ),
    )


def _orthogonal() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), matrix("Q", "orthogonal"), vector("x"))
    return (
        step(
            r"x^\top (Q^\top)^{t} Q^{t} x = x^\top x",
            "A *shared* orthogonal matrix keeps every length for ever.",
            letters,
            ledger=("A14",),
        ),
    )


def _core() -> tuple[Block, ...]:
    letters = scope(real("c"), real("p", r"p \ne 0"))
    return (
        Prose(
            "What is true: one shared number $w$ leaves only the family $w^t$, in which nothing but $\\lvert w \\rvert = 1$ avoids both fates. With weights of "
            "their own, any product can be reached by the last factor alone:"
        ),
        step(
            r"p \cdot \frac{c}{p} = c",
            "If the others multiply to $p \\ne 0$, choose the last weight $c/p$.",
            letters,
            ledger=("A14",),
        ),
    )
