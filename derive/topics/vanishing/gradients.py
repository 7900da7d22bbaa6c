"""Section: the gradient with respect to a state and with respect to the shared weight (claim A4)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options

BOOK_825 = "Deep Learning (2016), section 8.2.5, after equation 8.11"


def gradients(options: Options) -> Section:
    """States are rescaled by Λ^t; the shared weight collects t terms."""
    return Section("gradients", "Two gradients that are often confused", (*_states(options), *_scalar(), *_matrix()))


def _states(options: Options) -> tuple[Block, ...]:
    back = r"W^\top" if options.convention == "column" else "W"
    letters = (
        integer("t", r"t \ge 0"),
        matrix("W", domain="complex"),
        matrix("V", "invertible", domain="complex"),
        matrix("Lambda", "diagonal", domain="complex"),
        vector("g", domain="complex", family=True),
    )
    chain = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        matrix("W", domain="complex"),
        vector("g", domain="complex", family=True),
        given=(rf"g_s = {back} g_{{s-1}}",),
    )
    powers = scope(*letters, given=(r"W = V \Lambda V^{-1}", r"W^{t} = V \Lambda^{t} V^{-1}"))
    power = r"(W^\top)^{t}" if options.convention == "column" else r"W^{t}"
    coordinates = (
        (r"V^\top (W^\top)^{t} = \Lambda^{t} V^\top", "V^\\top g")
        if options.convention == "column"
        else (r"V^{-1} W^{t} = \Lambda^{t} V^{-1}", "V^{-1} g")
    )
    return (
        Prose(
            "**With respect to a state.** Let $g_s$ be the gradient of a loss with respect to the state $s$ steps before the end. "
            f"One step back multiplies it by the transposed Jacobian, which here is ${back}$."
        ),
        assume(rf"g_s = {back} g_{{s-1}}", "the chain rule, one step.", chain),
        step(rf"g_t = {power} g_0", "By induction: $t$ steps back.", chain, induction=("t", 0), ledger=("A4",)),
        step(
            coordinates[0],
            f"In the coordinates ${coordinates[1]}$ the gradient is rescaled by $\\Lambda^t$, entry by entry. In the usual coordinates only the bounds of the previous sections hold.",
            powers,
            ledger=("A4",),
        ),
    )


def _scalar() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 1")
    declared = scope(t, real("w"))
    return (
        Prose(
            "**With respect to the weight.** The same sentence is often carried over to the parameter that all steps share. Already for a "
            "single number $w$ that is wrong: $w$ enters $t$ times, and each time contributes."
        ),
        quoted(
            r"\frac{d}{dw} w^{t} = w^{t}",
            "Read for the shared parameter.",
            declared,
            BOOK_825,
            "gradients through such a graph are also scaled according to $\\operatorname{diag}(\\lambda)^t$",
            ledger=("A4",),
        ),
        step(r"\frac{d}{dw} w^{t} = t w^{t-1}", "The power rule: a factor $t$ more.", declared, ledger=("A4",)),
        step(
            r"49 (49/50)^{48} = 50 (49/50)^{49}",
            "For $1/2 < w < 1$ the product $t\\,w^{t-1}$ first *grows*, as long as $t < w / (1 - w)$. At $w = 49/50$ the values at $t = 49$ and $t = 50$ tie.",
            scope(),
            ledger=("A4",),
        ),
        step(
            r"48 (49/50)^{47} < 49 (49/50)^{48}",
            "One step earlier it is smaller.",
            scope(),
            ledger=("A4",),
        ),
        step(
            r"51 (49/50)^{50} < 50 (49/50)^{49}",
            "One step later too.",
            scope(),
            ledger=("A4",),
        ),
        step(
            r"50 (49/50)^{49} \approx 18.6",
            "There the gradient is many times larger than 1, before it vanishes.",
            scope(),
            ledger=("A4",),
        ),
        step(
            r"\lim_{t \to \infty} t r^{t-1} = 0",
            "In the end it does vanish.",
            scope(t, real("r", r"0 < r < 1")),
            ledger=("A4",),
        ),
    )


def _matrix() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    derivative = scope(
        t,
        integer("s", r"s \ge 1"),
        matrix("W"),
        matrix("E"),
        matrix("F", family=True),
        given=("F_0 = 0", r"F_s = F_{s-1} W + W^{s-1} E"),
    )
    scalars = scope(t, real("a"), real("b"))
    eigen = scope(
        integer("j", r"j \ge 0"),
        integer("k", r"k \ge 0"),
        matrix("W", domain="complex"),
        matrix("V", "invertible", domain="complex"),
        matrix("Lambda", "diagonal", domain="complex"),
        matrix("E", domain="complex"),
        given=(r"W = V \Lambda V^{-1}", r"W^{j} = V \Lambda^{j} V^{-1}", r"W^{k} = V \Lambda^{k} V^{-1}"),
    )
    return (
        Prose(
            "For a matrix, move $W$ in the direction $E$ and let $F_t$ be the derivative of $W^t$ in that direction. The product rule "
            "gives it step by step:"
        ),
        assume("F_0 = 0", "$W^0$ is constant.", derivative),
        assume(r"F_s = F_{s-1} W + W^{s-1} E", "the product rule for $W^s = W^{s-1} W$.", derivative),
        step(
            r"F_t = \sum_{j=0}^{t-1} W^{j} E W^{t-1-j}",
            "By induction: one term for each place where $W$ stands.",
            derivative,
            induction=("t", 0),
            ledger=("A4",),
        ),
        Prose("In the coordinates of the eigenvectors, with $V^{-1} E V$ for $E$, each of these terms is simple:"),
        step(
            r"V^{-1} (W^{j} E W^{k}) V = \Lambda^{j} (V^{-1} E V) \Lambda^{k}",
            "By the theorem of section 1, used twice.",
            eigen,
            ledger=("A4",),
        ),
        Prose(
            "So the entry $(i, j)$ of $V^{-1} E V$ is multiplied by the geometric sum "
            "$\\sum_k \\lambda_i^k \\lambda_j^{t-1-k}$. Write $a$ and $b$ for the two eigenvalues:"
        ),
        step(
            r"(a - b) \sum_{k=0}^{t-1} a^{k} b^{t-1-k} = a^{t} - b^{t}",
            "For different eigenvalues this is a difference quotient of $\\lambda \\mapsto \\lambda^t$.",
            scalars,
            induction=("t", 0),
            ledger=("A4",),
        ),
        step(
            r"\sum_{k=0}^{t-1} a^{k} a^{t-1-k} = t a^{t-1}",
            "For equal ones it is the derivative, as in the scalar case.",
            scope(integer("t", r"t \ge 1"), real("a")),
            ledger=("A4",),
        ),
    )
