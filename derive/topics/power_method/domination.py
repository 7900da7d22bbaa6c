"""Section: which of several exploding directions dominates (claim A11)."""

from __future__ import annotations

from derive.authoring import approximate, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method import Options
from derive.topics.power_method.sources import LESSWRONG

LENGTH = r"\sum_{i=1}^{d} c_i^{2} \lambda_i^{2 t}"


def domination(options: Options) -> Section:
    """The share of each coordinate; only the largest modulus survives, exploding or not."""
    return Section("domination", "Not all that explodes dominates", (*_share(), *_limit(), *_numbers(options)))


def _share() -> tuple[Block, ...]:
    powers = scope(
        integer("t", r"t \ge 0"),
        matrix("W"),
        matrix("Q", "orthogonal"),
        matrix("Lambda", "diagonal"),
        vector("h"),
        vector("c"),
        given=(r"W^{t} = Q \Lambda^{t} Q^\top", r"c = Q^\top h"),
    )
    sums = scope(
        integer("t", r"t \ge 0"), integer("d", r"d \ge 2"), real("c", family=True), real("lambda", family=True)
    )
    shares = scope(
        integer("t", r"t \ge 0"),
        integer("i", r"i \ge 1"),
        real("c", family=True),
        real("lambda", family=True),
        given=(r"c_1 \ne 0", r"\lambda_1 \ne 0"),
    )
    bounds = scope(real("a", r"a \ge 0"), real("b", "b > 0"), real("n"), given=(r"n \ge b",))
    return (
        Prose(
            "Let $W = Q \\Lambda Q^\\top$ be symmetric and $c = Q^\\top h$ the coordinates of the start $h$. Which coordinates make up $W^t h$ in the end? Compare each with the whole length."
        ),
        step(
            r"\lVert W^{t} h \rVert = \lVert \Lambda^{t} c \rVert",
            "Orthogonal matrices keep lengths.",
            powers,
            ledger=("A11",),
        ),
        Prose(
            f"The square of this is ${LENGTH}$. Number the eigenvalues so that $\\lambda_1$ has the largest modulus among those with $c_i \\ne 0$."
        ),
        step(
            rf"{LENGTH} \ge c_1^{{2}} \lambda_1^{{2 t}}",
            "A sum of squares is at least its first term.",
            sums,
            ledger=("A11",),
        ),
        step(
            r"\frac{a}{n} \le \frac{a}{b}",
            "So the share $a / n$ of a coordinate $a = \\lvert c_i \\lambda_i^t \\rvert$ in the length $n$ is at most its share in $b = \\lvert c_1 \\lambda_1^t \\rvert$.",
            bounds,
            ledger=("A11",),
        ),
        step(
            r"\frac{\lvert c_i \lambda_i^{t} \rvert}{\lvert c_1 \lambda_1^{t} \rvert} = \left\lvert \frac{c_i}{c_1} \right\rvert \left\lvert \frac{\lambda_i}{\lambda_1} \right\rvert^{t}",
            "And this is a constant times a power.",
            shares,
            ledger=("A11",),
        ),
    )


def _limit() -> tuple[Block, ...]:
    limit = scope(
        integer("t", r"t \ge 0"),
        real("C", r"C \ge 0"),
        real("r", r"r \ge 0"),
        real("s"),
        given=("r < s",),
    )
    return (
        step(
            r"\lim_{t \to \infty} C \left( \frac{r}{s} \right)^{t} = 0",
            "With $C = \\lvert c_i / c_1 \\rvert$, $r = \\lvert \\lambda_i \\rvert$ and $s = \\lvert \\lambda_1 \\rvert$: the share of every smaller modulus vanishes.",
            limit,
            ledger=("A11",),
        ),
        Prose(
            "So it is not “the exploding eigenvectors” that dominate but those of the largest modulus which the start overlaps, and these only. Nothing needs to explode for that: "
            "with all $\\lvert \\lambda_i \\rvert < 1$ the same happens on the way to 0."
        ),
    )


def _numbers(options: Options) -> tuple[Block, ...]:
    n = 6 * options.n
    plain = scope(integer("t", r"t \ge 0"))
    here = scope()
    return (
        quoted(
            r"\lim_{t \to \infty} \frac{4^{t}}{9^{t} + 4^{t}} = \frac{1}{2}",
            "With $\\operatorname{diag}(3, 2)$ and $h = (1, 1)^\\top$ both directions explode. If both dominated, the second would keep its share of the squared length $(3^t)^2 + (2^t)^2$, which is $1/2$ at the start.",
            plain,
            LESSWRONG,
            "dominated by the parts of that point in the same direction as the exploding eigenvectors",
            ledger=("A11",),
        ),
        step(
            r"\lim_{t \to \infty} \frac{4^{t}}{9^{t} + 4^{t}} = 0",
            "That share vanishes.",
            plain,
            ledger=("A11",),
        ),
        approximate(
            rf"\frac{{2^{{{n}}}}}{{\sqrt{{(3^{{{n}}})^{{2}} + (2^{{{n}}})^{{2}}}}}}",
            f"After {n} steps, the second coordinate as a part of the length:",
            here,
            options.digits,
            ledger=("A11",),
        ),
        approximate(rf"2^{{{n}}}", "The coordinate itself has grown meanwhile:", here, options.digits, ledger=("A11",)),
        Prose(
            "**To take home.** Ask four things before you say “the largest eigenvector dominates”: rows or columns, largest modulus, simple and alone, overlap not 0. "
            "The left eigenvector measures, the right one is where columns go; and a zero in exact arithmetic is not a zero in floating point."
        ),
    )
