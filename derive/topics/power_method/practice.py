"""Section: three exercises with solutions."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, exercise, exercises, integer, matrix, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.dominant import Top
from derive.topics.power_method.doubles import float_run
from derive.variant import Variant, pick

FIBONACCI = r"F = \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}"
SMALL = ((5, 1, 2), (6, 1, 3), (6, 2, 1), (7, 2, 1), (7, 3, 2), (7, 1, 3), (8, 2, 3), (9, 3, 4), (9, 2, 5))
"""Rows (l - a, a) and (b, l - b): the eigenvalue l belongs to (1, 1), l - a - b to (a, -b), and (b, a) is a left eigenvector."""
EXACT_SCALING = (
    "Scaled, the start is $(a, -2a)$ with one double $a$, since doubling is "
    "exact. The first entry, $4a - 2a$, is exact too; but $2a - 6a$ contains the product $6a$, which has to be rounded, and for many doubles $a$ the second entry is no longer $-2$ times the first."
)
ROUNDED = "Dividing and multiplying are rounded, so that the vector soon has a little overlap, and from then on that part grows."


def practice(variant: Variant) -> Section:
    return exercises(_fibonacci(), _no_overlap(variant), _shift(variant))


def _fibonacci() -> tuple[Block, ...]:
    F = scope(real("x"), matrix("F", size=2), given=(FIBONACCI,))
    roots = scope()
    golden = r"\frac{1 + \sqrt{5}}{2}"
    other = r"\frac{1 - \sqrt{5}}{2}"
    return exercise(
        "The matrix $F$ with rows $(1, 1)$ and $(1, 0)$ takes $(f_t, f_{t-1})^\\top$ to $(f_{t+1}, f_t)^\\top$ for the Fibonacci numbers. To what does $f_{t+1} / f_t$ tend, and how fast?",
        Prose("This is the power method for $F$, which is symmetric."),
        step(r"\det(x I - F) = x^{2} - x - 1", "The characteristic polynomial, with $F$ as given.", F),
        step(rf"\left( {golden} \right)^{{2}} - {golden} - 1 = 0", "Its larger root is the golden ratio,", roots),
        step(rf"\left( {other} \right)^{{2}} - {other} - 1 = 0", "the other one is negative and small.", roots),
        approximate(
            rf"\left\lvert \frac{{{other}}}{{{golden}}} \right\rvert",
            "The ratio tends to the golden ratio, and the error shrinks at each step by about",
            roots,
            4,
        ),
    )


def _no_overlap(variant: Variant) -> tuple[Block, ...]:
    top, a, b = pick(variant, "overlap", *SMALL)
    rows, other = ((top - a, a), (b, top - b)), top - a - b
    small = rf"B = \begin{{pmatrix}} {rows[0][0]} & {rows[0][1]} \\ {rows[1][0]} & {rows[1][1]} \end{{pmatrix}}"
    rounding = EXACT_SCALING if variant.seed is None else ROUNDED
    given = scope(
        matrix("B", size=2),
        vector("u", size=2),
        vector("x", size=2),
        given=(
            small,
            rf"u = \begin{{pmatrix}} {b} \\ {a} \end{{pmatrix}}",
            rf"x = \begin{{pmatrix}} {a} \\ -{b} \end{{pmatrix}}",
        ),
    )
    powers = scope(
        integer("t", r"t \ge 0"),
        matrix("B", size=2),
        given=(small,),
    )
    return exercise(
        f"For the matrix $B$ with rows ${rows[0]}$ and ${rows[1]}$, which starts never find the dominant eigenvalue in exact arithmetic? Does rounding help them?",
        Prose(
            f"The dominant eigenvalue is {top}; its left eigenvector is $u = ({b}, {a})^\\top$. The starts without overlap are the multiples of $x = ({a}, -{b})^\\top$."
        ),
        step(rf"u^\top B = {top} u^\top", "A left eigenvector.", given),
        step(r"u^\top x = 0", "No overlap.", given),
        step(_times(other), f"The start is an eigenvector for the other eigenvalue, {other}.", given),
        step(
            _powers(top, other, a, b),
            "All powers of $B$, by induction: the first part annihilates $x$.",
            powers,
            induction=("t", 0),
        ),
        Prose(
            f"In doubles, with division by the length at every step, the run from $x$ is within $45^\\circ$ of the eigenvector $(1, 1)^\\top$ after {_cured(top, a, b)} steps. {rounding}"
        ),
    )


def _times(eigenvalue: int) -> str:
    """B x for an eigenvector x."""
    return f"B x = {'' if eigenvalue == 1 else f'{eigenvalue} '}x"


def _powers(top: int, other: int, a: int, b: int) -> str:
    """B^t, split by eigenvalues."""
    first = rf"\frac{{{top}^{{t}}}}{{{a + b}}} \begin{{pmatrix}} {b} & {a} \\ {b} & {a} \end{{pmatrix}}"
    power = "1" if other == 1 else f"{other}^{{t}}"
    second = rf"\frac{{{power}}}{{{a + b}}} \begin{{pmatrix}} {a} & -{a} \\ -{b} & {b} \end{{pmatrix}}"
    return f"B^{{t}} = {first} + {second}"


def _cured(eigenvalue: int, a: int, b: int) -> int:
    rows = tuple(tuple(map(Fraction, row)) for row in ((eigenvalue - a, a), (b, eigenvalue - b)))
    left = (Fraction(b, a + b), Fraction(a, a + b))
    top = Top(Fraction(eigenvalue), (Fraction(1), Fraction(1)), left)
    run = float_run(rows, top, (Fraction(a), Fraction(-b)))
    assert run.cured is not None
    return run.cured


def _shift(variant: Variant) -> tuple[Block, ...]:
    k = pick(variant, "shift", 2, 3, 4, 5, 6, 7)
    least = Fraction(k - 1, 2)
    given = scope(
        integer("t", r"t \ge 0"),
        real("s"),
        matrix("D", size=2),
        given=(rf"D = \operatorname{{diag}}(1, -{k})",),
    )
    vectors = scope(
        matrix("W"), vector("v"), real("lambda"), real("s"), matrix("M"), given=(r"W v = \lambda v",), realised=BUILT
    )
    bounds = scope(real("s", f"s > {least}"))
    return exercise(
        f"The power method on $D = \\operatorname{{diag}}(1, -{k})$ finds $-{k}$. How can it be made to find the largest eigenvalue as a number, 1?",
        Prose("Shift: use $W + s I$ with a number $s$. The eigenvectors stay, the eigenvalues move by $s$."),
        step(r"(W + s I) v = (\lambda + s) v", "For any $W$ with $W v = \\lambda v$.", vectors),
        step(rf"D + s I = \operatorname{{diag}}(1 + s, -{k} + s)", "Here.", given),
        step(
            rf"\lvert 1 + s \rvert > \lvert -{k} + s \rvert",
            f"The eigenvalue that belongs to 1 leads as soon as $s > {least}$.",
            bounds,
        ),
        Prose(f"Subtract $s$ from the result. With $s = {k}$ the other eigenvalue becomes 0, and one step is enough."),
    )


BUILT = {"W": r"\frac{\lambda}{v^\top v} v v^\top + M \left( I - \frac{1}{v^\top v} v v^\top \right)"}
"""W with W v = lambda v, from arbitrary v and M."""
