"""Section: echo state networks, and what the spectral radius does not decide (claim F5)."""

from __future__ import annotations

from derive.authoring import approximate, assume, bounded, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.remedies import Options

BOOK_108 = "Deep Learning (2016), section 10.8"
SHEAR = r"A = \begin{pmatrix} 1/2 & 10 \\ 0 & 1/2 \end{pmatrix}"
SECOND = r"e = \begin{pmatrix} 0 \\ 1 \end{pmatrix}"
SCALING = r"S = \operatorname{diag}(1, 100)"
NILPOTENT = r"B = \begin{pmatrix} 3 & -3 \\ 3 & -3 \end{pmatrix}"
GATE = r"D = \operatorname{diag}(1, 0)"
FIRST, OTHER = r"\tanh(3 p - 3 q + 3)", r"\tanh(3 p - 3 q + 20)"


def echo(options: Options) -> Section:
    return Section(
        "echo",
        "Echo state networks: do not train the recurrence",
        (*_idea(), *_no_contraction(options), *_adapted(), *_latch(options), *_sufficient()),
    )


def _idea() -> tuple[Block, ...]:
    return (
        Prose(
            "An echo state network draws its recurrent matrix $W$ at random, scales it, and never trains it; only a linear readout is learned. Nothing is sent back through time at all, so the "
            "*learning* problem is gone. The *dynamics* are still those of a recurrent network: a state that forgets its past within ten steps cannot be read out after a hundred. The usual advice "
            "is a spectral radius $\\rho(W)$ a little below 1. What does that guarantee?"
        ),
    )


def _no_contraction(options: Options) -> tuple[Block, ...]:
    given = scope(matrix("A", size=2), vector("e", size=2), given=(SHEAR, SECOND))
    return (
        assume(SHEAR, "a recurrent matrix.", given),
        assume(SECOND, "a change of the state.", given),
        step(r"\rho(A) = \frac{1}{2}", "Its only eigenvalue is 1/2.", given, ledger=("F5",)),
        quoted(
            r"\lVert A e \rVert_2 \le \lVert e \rVert_2",
            "The book means the Euclidean norm; it says so in the sentence before. Not so for a matrix that is not normal: this change becomes ten times larger.",
            given,
            BOOK_108,
            "When the spectral radius is less than one, the mapping from $h^{(t)}$ to $h^{(t+1)}$ is contractive, so a small change becomes smaller after each time step.",
            ledger=("F5",),
        ),
    )


def _adapted() -> tuple[Block, ...]:
    given = scope(matrix("A", size=2), matrix("S", size=2), given=(SHEAR, SCALING))
    return (
        Prose(
            "True is a weaker statement: for one *linear* map, $\\rho < 1$ gives a contraction in a suitable norm. Measure the second coordinate in other units:"
        ),
        assume(SCALING, "the units.", given),
        step(
            r"S A S^{-1} = \begin{pmatrix} 1/2 & 1/10 \\ 0 & 1/2 \end{pmatrix}",
            "The same map in the new coordinates.",
            given,
            ledger=("F5",),
        ),
        step(
            r"\lVert S A S^{-1} \rVert_2 < \frac{3}{5}",
            "So $\\lVert S x \\rVert_2$ shrinks by 3/5 at each step. With larger entries in $S$ every factor above $\\rho(A) = 1/2$ can be had.",
            given,
            ledger=("F5",),
        ),
    )


def _latch(options: Options) -> tuple[Block, ...]:
    given = scope(matrix("B", size=2), matrix("D", size=2), given=(NILPOTENT, GATE))
    upper = real("q", r"q \ge \frac{9999}{10000}", r"q \le 1")
    high = scope(real("p", r"p \ge \frac{99}{100}", r"p \le 1"), upper)
    anywhere = scope(real("p", r"p \ge -1", r"p \le 1"), upper)
    return (
        Prose(
            "With a tanh behind the matrix even that is gone, because the slopes change the matrix from step to step. Here is a recurrent matrix *all of whose eigenvalues are 0*, with which a "
            "network remembers one bit for ever:"
        ),
        assume(NILPOTENT, "recurrent weights of two units $p$ and $q$.", given),
        step(r"B^{2} = 0", "Without the tanh everything is forgotten after two steps.", given, ledger=("F5",)),
        Prose(
            "The units have the biases 3 and 20: $p^+ = \\tanh(3p - 3q + 3)$ and $q^+ = \\tanh(3p - 3q + 20)$. The second is so far in saturation that it hardly moves. It takes itself out of the loop:"
        ),
        assume(GATE, "slopes of the two units, nearly: 1 for $p$ near 0, 0 for $q$.", given),
        step(
            r"D B = \begin{pmatrix} 3 & -3 \\ 0 & 0 \end{pmatrix}",
            "The Jacobian at such a state.",
            given,
            ledger=("F5",),
        ),
        step(r"\rho(D B) = 3", "Its spectral radius has nothing to do with that of $B$.", given, ledger=("F5",)),
        Prose("Start with $q = 1$ and $p = \\pm 1/100$:"),
        *_runs(options),
        Prose("That they stay apart *for ever* is proved by a region that no step leaves."),
        step(
            rf"{OTHER} \ge \frac{{9999}}{{10000}}",
            "As long as $q$ is at least 0.9999, it stays there, whatever $p$ does in $[-1, 1]$.",
            anywhere,
            ledger=("F5",),
        ),
        step(
            rf"{FIRST} \ge \frac{{99}}{{100}}",
            "If $p$ is at least 0.99, it stays there.",
            high,
            ledger=("F5",),
        ),
        step(
            r"\tanh(3 p + 3 q - 3) \ge \frac{99}{100}",
            "If $-p$ is at least 0.99, it stays there, too (tanh is odd; here $p$ stands for $-p$).",
            high,
            ledger=("F5",),
        ),
        step(
            r"\tanh\left( 3 \cdot \frac{9949}{10000} \right) > \frac{9949}{10000}",
            "With $q = 1$ the resting states solve $\\tanh(3 p) = p$: the graph is above the diagonal here.",
            scope(),
            ledger=("F5",),
        ),
        step(
            r"\tanh\left( 3 \cdot \frac{9950}{10000} \right) < \frac{9950}{10000}",
            "It is below it here, so there is a resting state between 0.9949 and 0.9950, its mirror image, and 0.",
            scope(),
            ledger=("F5",),
        ),
    )


def _runs(options: Options) -> tuple[Block, ...]:
    found: list[Block] = []
    for start, words in (
        ("1/100", "From the positive start, after eight steps:"),
        ("-1/100", "From the negative one:"),
    ):
        run = scope(
            integer("k", r"k \ge 1"),
            real("p", family=True),
            real("q", family=True),
            given=(
                f"p_0 = {start}",
                "q_0 = 1",
                r"p_k = \tanh(3 p_{k-1} - 3 q_{k-1} + 3)",
                r"q_k = \tanh(3 p_{k-1} - 3 q_{k-1} + 20)",
            ),
        )
        found.append(approximate("p_8", words, run, 5, ledger=("F5",)))
    return tuple(found)


def _sufficient() -> tuple[Block, ...]:
    D = bounded(matrix("D", "diagonal", family=True), r"\lVert D_k \rVert_2 \le c")
    jacobian = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("c", r"c \ge 0"),
        matrix("W"),
        matrix("G", family=True),
        D,
        given=("G_0 = I", r"G_s = D_s W G_{s-1}"),
    )
    return (
        Prose(
            "**The corrected statement.** What guarantees forgetting is the largest *singular* value. Let $D_k$ hold the slopes at step $k$, all at most $c$ (for tanh, $c = 1$), and let $G_t$ be the Jacobian of $t$ steps."
        ),
        assume("G_0 = I", "no step.", jacobian),
        assume(r"G_s = D_s W G_{s-1}", "one more step.", jacobian),
        step(
            r"\lVert G_t \rVert_2 \le \left( c \lVert W \rVert_2 \right)^{t}",
            "By induction. If $c \\lVert W \\rVert_2 < 1$ the network forgets exponentially, from every start.",
            jacobian,
            induction=("t", 0),
            ledger=("F5",),
        ),
    )
