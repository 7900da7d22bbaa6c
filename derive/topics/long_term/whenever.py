"""Section: "whenever" says too much (claim E6)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.long_term import Options

PLACE = "Deep Learning (2016), section 10.7"
WORDS = "whenever the model is able to represent long term dependencies, the gradient of a long term interaction has exponentially smaller magnitude than the gradient of a short term interaction"


def whenever(options: Options) -> Section:
    """Three models that represent long dependencies without small gradients."""
    return Section("whenever", "“Whenever” says too much", (*_integrator(), *_cell(), *_orthogonal(), *_corrected()))


def _integrator() -> tuple[Block, ...]:
    sums = scope(integer("t", r"t \ge 1"), integer("j", r"j \ge 1"), real("u", family=True), given=(r"j \le t",))
    lagged = scope(
        integer("t", r"t \ge 1"),
        integer("j", r"j \ge 1"),
        real("u", family=True),
        real("q", r"0 < q < 1"),
        given=(r"j < t",),
    )
    slope = r"\frac{\partial}{\partial u_j} \sum_{i=1}^{t} u_i"
    return (
        Prose(
            "The smallest model that represents a dependency of any length is a counter, $x_t = x_{t-1} + u_t$: its state is the sum of all inputs."
        ),
        step(
            rf"{slope} = 1",
            "The gradient by the input of step $j$ is 1, however long ago that was.",
            sums,
            ledger=("E6",),
        ),
        quoted(
            rf"{slope} \le q^{{t-j}}",
            "Read for the counter: then its gradient would be bounded by an exponential in the lag.",
            lagged,
            PLACE,
            WORDS,
            ledger=("E6",),
        ),
    )


def _cell() -> tuple[Block, ...]:
    letters = (
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("c", family=True),
        real("f", family=True),
        real("z", family=True),
    )
    gated = scope(*letters, given=(r"c_s = f_s c_{s-1} + z_s",))
    open_gate = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("c", family=True),
        real("z", family=True),
        given=(r"c_s = c_{s-1} + z_s",),
    )
    return (
        Prose(
            "The cell of an LSTM has forget gates $f_s$ between 0 and 1, $c_s = f_s c_{s-1} + z_s$. Its path through time:"
        ),
        assume(r"c_s = f_s c_{s-1} + z_s", "one step of the cell; $z_s$ is what the input gate lets in.", gated),
        step(
            r"c_t = \left( \prod_{k=1}^{t} f_k \right) c_0 + \sum_{k=1}^{t} \left( \prod_{j=k+1}^{t} f_j \right) z_k",
            "By induction. The factor of $z_k$ is the product of the later gates.",
            gated,
            induction=("t", 0),
            ledger=("E6",),
        ),
        step(
            r"c_t = c_0 + \sum_{k=1}^{t} z_k",
            "With open gates, $f_s = 1$, the cell is the counter again: all factors are 1.",
            open_gate,
            induction=("t", 0),
            ledger=("E6",),
        ),
    )


def _orthogonal() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), matrix("Q", "orthogonal"), vector("g"))
    return (
        step(
            r"\lVert (Q^\top)^{t} g \rVert_2 = \lVert g \rVert_2",
            "The third: a linear network with an orthogonal matrix. No gradient $g$ changes its length on the way back.",
            letters,
            ledger=("E6",),
        ),
    )


def _corrected() -> tuple[Block, ...]:
    return (
        Prose(
            "**The corrected statement.** Whenever the Jacobians along the path have norms at most $q < 1$ — in particular, whenever the dependency is *stored by contraction* (handout `latching`) — the term "
            "of lag $n$ has at most the size $C q^n$. Being able to represent it is not enough."
        ),
    )
