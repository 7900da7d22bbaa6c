"""Section: how fast, and why a symmetric matrix gives its eigenvalue twice as fast as its eigenvector (claim A7)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, fixed, integer, matrix, real, scope, step, vector
from derive.core import Block, Prose, Scope, Section, Table
from derive.topics.power_method import Options
from derive.topics.power_method.dominant import Rows, Vector, dot, times

DIAGONAL: Rows = tuple(
    tuple(Fraction(entry) for entry in row) for row in (("2", "0", "0"), ("0", "1", "0"), ("0", "0", "1/2"))
)
SLANTED: Rows = tuple(
    tuple(Fraction(entry) for entry in row) for row in (("2", "1", "0"), ("0", "1", "1"), ("0", "0", "1/2"))
)
NUMERATOR = r"\sum_{i=1}^{d} c_i^{2} \lambda_i^{2 t+1}"
DENOMINATOR = r"\sum_{i=1}^{d} c_i^{2} \lambda_i^{2 t}"
ODD = "2^{t+1} - 1"
STEPS = (1, 2, 5, 10, 20)


def rate(options: Options) -> Section:
    """Digits per step; the Rayleigh quotient of symmetric and of other matrices; measured ratios."""
    return Section("rate", "How fast", (*_digits(options), *_symmetric(), *_other(), *_measured(), *_block()))


def _digits(options: Options) -> tuple[Block, ...]:
    return (
        Prose(
            "The error of the direction shrinks by the factor $q = \\lvert \\lambda_2 / \\lambda \\rvert$ a step, in the long run. The *gap* between the two moduli is all that matters: the "
            "size of the matrix does not enter."
        ),
        step(
            r"q^{\frac{\ln 10}{-\ln q}} = \frac{1}{10}",
            "So one decimal digit costs $\\ln 10 / (-\\ln q)$ steps.",
            scope(real("q", "0 < q < 1")),
            ledger=("A7",),
        ),
        approximate(
            r"\frac{\ln 10}{-\ln 0.99}",
            "With $q = 0.99$, a digit costs this many steps:",
            scope(),
            options.digits,
            ledger=("A7",),
        ),
    )


def _quotient_letters() -> Scope:
    return scope(
        integer("t", r"t \ge 0"),
        integer("d", r"d \ge 2"),
        real("c", family=True),
        real("lambda", family=True),
    )


def _symmetric() -> tuple[Block, ...]:
    symmetric = scope(integer("t", r"t \ge 0"), matrix("W", "symmetric"), vector("x"))
    sums = _quotient_letters()
    two = scope(
        integer("t", r"t \ge 0"),
        real("a", r"a \ne 0"),
        real("b"),
        real("lambda", r"\lambda > 0"),
        real("mu"),
    )
    return (
        Prose(
            "The method estimates the eigenvalue by the *Rayleigh quotient* $\\mu_t = x_t^\\top W x_t$ of a vector of length 1, that is by "
            "$y^\\top W y / y^\\top y$ with $y = W^t x$. Let $W$ be symmetric. Then numerator and denominator are:"
        ),
        step(
            r"(W^{t} x)^\top W (W^{t} x) = x^\top W^{2 t+1} x",
            "The numerator.",
            symmetric,
            ledger=("A7",),
        ),
        step(r"(W^{t} x)^\top (W^{t} x) = x^\top W^{2 t} x", "The denominator.", symmetric, ledger=("A7",)),
        Prose(
            "A symmetric matrix has orthonormal eigenvectors $q_1, \\dots, q_d$. With $x = \\sum_i c_i q_i$ the two numbers are "
            "$\\sum_i c_i^2 \\lambda_i^{2t+1}$ and $\\sum_i c_i^2 \\lambda_i^{2t}$. The exponent is $2t$, and here lies the gain: the error of the "
            "quotient is a quotient of *squares*."
        ),
        step(
            rf"\lambda_1 {DENOMINATOR} - {NUMERATOR} = \sum_{{i=1}}^{{d}} (\lambda_1 - \lambda_i) c_i^{{2}} \lambda_i^{{2 t}} = "
            r"\sum_{i=2}^{d} (\lambda_1 - \lambda_i) c_i^{2} \lambda_i^{2 t}",
            "$\\lambda_1$ times the denominator minus the numerator: the first term drops out.",
            sums,
            ledger=("A7",),
        ),
        step(
            rf"{DENOMINATOR} \ge c_1^{{2}} \lambda_1^{{2 t}}",
            "The denominator keeps its first term.",
            sums,
            ledger=("A7",),
        ),
        Prose(
            "Divide: $\\lvert \\lambda_1 - \\mu_t \\rvert$ is at most $\\sum_{i \\ge 2} \\lvert \\lambda_1 - \\lambda_i \\rvert\\,(c_i / c_1)^2 (\\lambda_i / \\lambda_1)^{2t}$. For two "
            "components $a q_1 + b q_2$ with eigenvalues $\\lambda$ and $\\mu$ it can be written out:"
        ),
        step(
            r"\lambda - \frac{a^{2} \lambda^{2 t+1} + b^{2} \mu^{2 t+1}}{a^{2} \lambda^{2 t} + b^{2} \mu^{2 t}} = (\lambda - \mu) \frac{b^{2} \mu^{2 t}}{a^{2} \lambda^{2 t} + b^{2} \mu^{2 t}}",
            "The error, exactly.",
            two,
            ledger=("A7",),
        ),
        step(
            r"\frac{b^{2} \mu^{2 t}}{a^{2} \lambda^{2 t} + b^{2} \mu^{2 t}} \le \frac{b^{2}}{a^{2}} \left( \frac{\mu}{\lambda} \right)^{2 t}",
            "It falls like the *square* of the ratio of the eigenvalues, at every step.",
            two,
            ledger=("A7",),
        ),
    )


def _other() -> tuple[Block, ...]:
    matrix_a = r"A = \begin{pmatrix} 2 & 1 \\ 0 & 1 \end{pmatrix}"
    t = integer("t", r"t \ge 0")
    image = rf"y = \begin{{pmatrix}} {ODD} \\ 1 \end{{pmatrix}}"
    power = r"A^{t} = \begin{pmatrix} 2^{t} & 2^{t} - 1 \\ 0 & 1 \end{pmatrix}"
    applied = scope(t, matrix("A", size=2), given=(matrix_a, power))
    named = scope(t, matrix("A", size=2), vector("y", size=2), given=(matrix_a, image))
    numbers = scope(integer("t", r"t \ge 1"))
    return (
        Prose(
            "The gain belongs to symmetric (more generally normal) matrices: it comes from orthogonal eigenvectors. The slanted matrix $A$ of the section before has "
            "the same eigenvalues, 2 and 1, as $\\operatorname{diag}(2, 1)$. Start from $x = (1, 1)^\\top$:"
        ),
        step(
            rf"A^{{t}} \begin{{pmatrix}} 1 \\ 1 \end{{pmatrix}} = \begin{{pmatrix}} {ODD} \\ 1 \end{{pmatrix}}",
            "The iterate.",
            applied,
            ledger=("A7",),
        ),
        assume(image, "a name for it.", named),
        step(rf"y^\top A y = 2 ({ODD})^{{2}} + ({ODD}) + 1", "The numerator.", named, ledger=("A7",)),
        step(rf"y^\top y = ({ODD})^{{2}} + 1", "The denominator.", named, ledger=("A7",)),
        step(
            rf"\frac{{2 ({ODD})^{{2}} + ({ODD}) + 1}}{{({ODD})^{{2}} + 1}} - 2 = \frac{{2^{{t+1}} - 2}}{{({ODD})^{{2}} + 1}}",
            "The error of the quotient.",
            numbers,
            ledger=("A7",),
        ),
        step(
            rf"\frac{{2^{{t+1}} - 2}}{{({ODD})^{{2}} + 1}} \sim \frac{{1}}{{2^{{t+1}}}}",
            "It falls like $2^{-t}$, not like $4^{-t}$.",
            numbers,
            ledger=("A7",),
        ),
    )


# ----------------------------------------------------------------------------------------------------- measured ratios


def _measured() -> tuple[Block, ...]:
    ones: Vector = (Fraction(1),) * 3
    slanted, diagonal = _errors(SLANTED, ones), _errors(DIAGONAL, ones)
    rows = tuple((f"${t}$", *(f"${fixed(run[t] / run[t - 1], 4)}$" for run in (diagonal, slanted))) for t in STEPS)
    return (
        Prose(
            "Measured, in exact fractions: two matrices with the eigenvalues $2$, $1$, $1/2$, one diagonal, one triangular, both started from "
            "$(1, 1, 1)^\\top$."
        ),
        Table(
            "Error of the Rayleigh quotient, $\\lvert \\mu_t - 2 \\rvert$, as a multiple of the one before",
            (
                "$t$",
                "$\\operatorname{diag}(2, 1, 1/2)$",
                "the same with ones above the diagonal",
            ),
            rows,
        ),
        Prose("The columns tend to $(1/2)^2 = 0.25$ and to $1/2$."),
    )


def _errors(rows: Rows, x: Vector) -> list[Fraction]:
    found = []
    for _ in range(max(STEPS) + 1):
        image = times(rows, x)
        found.append(abs(dot(x, image) / dot(x, x) - 2))
        x = image
    return found


def _block() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 1")
    J = scope(t, matrix("J", size=2), given=(r"J = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}",))
    powers = scope(
        t,
        matrix("J", size=2),
        given=(
            r"J = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}",
            r"J^{t} = \begin{pmatrix} 1 & t \\ 0 & 1 \end{pmatrix}",
        ),
    )
    return (
        Prose(
            "If the gap closes to nothing the rate is no longer exponential. The smallest case, a double eigenvalue with one eigenvector:"
        ),
        step(
            r"J^{t} = \begin{pmatrix} 1 & t \\ 0 & 1 \end{pmatrix}",
            "For $J$ with rows $(1, 1)$ and $(0, 1)$, by induction.",
            J,
            induction=("t", 0),
            ledger=("A7",),
        ),
        step(
            r"J^{t} \begin{pmatrix} 0 \\ 1 \end{pmatrix} = \begin{pmatrix} t \\ 1 \end{pmatrix}",
            "It still turns towards the eigenvector $(1, 0)^\\top$.",
            powers,
            ledger=("A7",),
        ),
        step(
            r"\frac{1}{\sqrt{t^{2} + 1}} \sim \frac{1}{t}",
            "The sine of the angle between them: a tenth of the angle costs ten times the steps.",
            scope(t),
            ledger=("A7",),
        ),
    )
