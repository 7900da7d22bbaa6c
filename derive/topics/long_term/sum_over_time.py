"""Section: the gradient by a shared parameter is a sum over time (claim E5, first half)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.long_term import Options


def sum_over_time(options: Options) -> Section:
    """The recurrence of the total derivative, solved; three steps written out for matrices; one matrix."""
    return Section("sum", "The gradient is a sum over time", (*_scalar(), *_matrices()))


def _scalar() -> tuple[Block, ...]:
    chain = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("D", family=True),
        real("J", family=True),
        real("p", family=True),
        given=(r"D_0 = 0", r"D_s = J_s D_{s-1} + p_s"),
    )
    return (
        Prose(
            "Let $x_s$ depend on $x_{s-1}$ and on $\\theta$. Write $D_s$ for the derivative of $x_s$ by $\\theta$, with everything that depends on $\\theta$ on the way; "
            "$J_s$ for the derivative of $x_s$ by $x_{s-1}$; and $p_s$ for the *immediate* derivative of $x_s$ by $\\theta$, with $x_{s-1}$ held fixed. The chain rule:"
        ),
        assume(r"D_0 = 0", "the start does not depend on the parameter.", chain),
        assume(r"D_s = J_s D_{s-1} + p_s", "the old dependence is carried on, a new one is added.", chain),
        step(
            r"D_t = \sum_{k=1}^{t} \left( \prod_{j=k+1}^{t} J_j \right) p_k",
            "By induction. The term $k$ is what the parameter did at step $k$, carried through all later steps: **backpropagation through time**.",
            chain,
            induction=("t", 0),
            ledger=("E5",),
        ),
    )


def _matrices() -> tuple[Block, ...]:
    three = scope(
        *(matrix(f"J_{k}") for k in (2, 3)),
        *(vector(f"p_{k}") for k in (1, 2, 3)),
    )
    one = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        vector("D", family=True),
        matrix("W"),
        vector("p", family=True),
        given=(r"D_0 = 0", r"D_s = W D_{s-1} + p_s"),
    )
    return (
        Prose("For several units the $J_k$ are matrices and keep their order, the latest on the left. Three steps:"),
        step(
            r"J_3 (J_2 p_1 + p_2) + p_3 = J_3 J_2 p_1 + J_3 p_2 + p_3",
            "The oldest term has passed through the most matrices.",
            three,
            ledger=("E5",),
        ),
        Prose("If all of them are one matrix $W$, as in a linear network, $D_s = W D_{s-1} + p_s$:"),
        step(
            r"D_t = \sum_{k=1}^{t} W^{t-k} p_k",
            "By induction; here the powers of $W$ come from.",
            one,
            induction=("t", 0),
            ledger=("E5",),
        ),
    )
