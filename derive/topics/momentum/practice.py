"""Section: three exercises with judged solutions (claims C11, X16)."""

from __future__ import annotations

from derive.authoring import approximate, assume, exercise, exercises, matrix, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.momentum import Options


def practice(options: Options) -> Section:
    return exercises(_hundred(options), _no_momentum(), _below_two(options))


def _hundred(options: Options) -> tuple[Block, ...]:
    given = ("s = 10", r"\mu = \left( \frac{s - 1}{s + 1} \right)^{2}")
    letters = scope(real("s"), real("mu"), given=given)
    return exercise(
        "The eigenvalues run from 1 to 100. Give Polyak's momentum and learning rate, and the rate of convergence. By which factor does the error shrink in 10 steps, up to a factor that grows like the number of steps?",
        Prose("Here $s = \\sqrt{100} = 10$ and $\\eta = 4/(s + 1)^2$, since $m = 1$."),
        assume(given[0], "the root of the condition number.", letters),
        assume(given[1], "Polyak's momentum.", letters),
        approximate(r"\mu", "The momentum.", letters, options.digits, ledger=("C11",)),
        approximate(r"\frac{4}{(s + 1)^{2}}", "The learning rate.", letters, options.digits, ledger=("C11",)),
        step(r"\sqrt{\mu} = \frac{9}{11}", "The rate.", letters, ledger=("C11",)),
        approximate(r"\left( \frac{9}{11} \right)^{10}", "In 10 steps.", letters, options.digits, ledger=("C11",)),
    )


def _no_momentum() -> tuple[Block, ...]:
    letters = scope(real("mu"), given=(r"\mu = 0",))
    return exercise(
        "What do the two stability limits become without momentum, and what does that say of the three methods?",
        assume(r"\mu = 0", "no momentum.", letters),
        step(r"2 (1 + \mu) = 2", "The classical limit.", letters, ledger=("X16",)),
        step(
            r"\frac{2 + 2 \mu}{1 + 2 \mu} = 2",
            "Nesterov's: both methods are gradient descent then, which converges for $\\eta \\lambda < 2$.",
            letters,
            ledger=("X16",),
        ),
    )


def _below_two(options: Options) -> tuple[Block, ...]:
    block = r"N = \begin{pmatrix} -19/20 & 9/20 \\ 1 & 0 \end{pmatrix}"
    letters = scope(matrix("N", size=2), given=(block,))
    return exercise(
        "True or false: Nesterov's momentum converges wherever gradient descent does, for $0 < \\eta \\lambda < 2$. Try $\\mu = 9/10$ and $\\eta \\lambda = 3/2$.",
        Prose("False. Here $c = -1/2$, $p = (1 + \\mu) c = -19/20$ and $q = \\mu c = -9/20$."),
        assume(block, "the iteration.", letters),
        quoted(
            r"\rho(N) < 1",
            "It would have to contract.",
            letters,
            "the sentence of the exercise",
            "converges wherever gradient descent does",
            ledger=("X16",),
        ),
        approximate(r"\rho(N)", "Its spectral radius.", letters, options.digits, ledger=("X16",)),
    )
