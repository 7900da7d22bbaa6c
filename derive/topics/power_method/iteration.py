"""Section: the iteration, and that scaling it changes nothing but the length (claim A7)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.sources import BOOK_825


def iteration() -> Section:
    """Multiply, scale, repeat; the direction is that of W^t x."""
    return Section("iteration", "Multiply, scale, repeat", (*_recurrence(), *_any_scaling()))


def _recurrence() -> tuple[Block, ...]:
    letters = (
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        matrix("W"),
        vector("x", family=True),
        real("c", r"c_k > 0", family=True),
    )
    given = scope(*letters, given=(r"x_s = \frac{1}{c_s} W x_{s-1}",))
    return (
        Prose(
            "A recurrent network without inputs and nonlinearity multiplies its state by the same matrix at every step. So does "
            "the oldest method for eigenvalues, the *power method*; section 8.2.5 of the book ("
            + BOOK_825
            + ") points to "
            "the likeness. The method also divides by a number $c_s > 0$ at each step, so that the vector keeps a readable size. Usually $c_s$ "
            "is the length of $W x_{s-1}$. The network has no such division: that is the whole difference."
        ),
        assume(r"x_s = \frac{1}{c_s} W x_{s-1}", "the method, from a start vector $x_0$.", given),
        step(
            r"x_t = \frac{1}{\prod_{i=1}^{t} c_i} W^{t} x_0",
            "By induction: the divisions collect in front.",
            given,
            induction=("t", 0),
            ledger=("A7",),
        ),
    )


def _any_scaling() -> tuple[Block, ...]:
    letters = scope(matrix("W"), vector("x"), real("c", r"c > 0"))
    return (
        Prose(
            "So $x_t$ points where $W^t x_0$ points, whatever the numbers $c_s$ are, and it is enough to study $W^t x_0$. In particular a "
            "vector scaled to length 1 remembers nothing of its earlier lengths:"
        ),
        step(
            r"\frac{1}{\lVert W (c x) \rVert} W (c x) = \frac{1}{\lVert W x \rVert} W x",
            "A positive factor $c$ cancels.",
            letters,
            ledger=("A7",),
        ),
    )
