"""Section: three exercises with judged solutions (claims A2, A3, A5)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, exercise, exercises, integer, matrix, quoted, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options
from derive.variant import Variant, pick

WORDS = dict(
    enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
)
LONGER = {2: "doubles", 3: "triples"}


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_defective(variant), _band(options, variant), _contraction(variant))


def _defective(variant: Variant) -> tuple[Block, ...]:
    p, q = pick(variant, "defective", (1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (3, 5), (4, 5))
    value, power = Fraction(p, q), f"({p}/{q})"
    last = next(t for t in range(1, 12) if (t + 1) * value**t < 1)
    matrix_of = rf"A = \begin{{pmatrix}} {p}/{q} & 1 \\ 0 & {p}/{q} \end{{pmatrix}}"
    t = integer("t", r"t \ge 1")
    given = scope(t, matrix("A", size=2), given=(matrix_of,))
    still = last * value ** (last - 1) == 1
    return exercise(
        f"Write the powers of ${matrix_of}$ in closed form. Do they vanish, although $A$ "
        "is not diagonalisable? By which step has the corner entry fallen below its first value?",
        assume(matrix_of, "one eigenvalue, one direction.", given),
        step(
            rf"A^{{t}} = \begin{{pmatrix}} {power}^{{t}} & t {power}^{{t-1}} \\ 0 & {power}^{{t}} \end{{pmatrix}}",
            "By induction; the corner collects one term for each place where the 1 can be used.",
            given,
            induction=("t", 1),
            ledger=("A2",),
        ),
        step(
            rf"\lim_{{t \to \infty}} t {power}^{{t-1}} = 0",
            "The exponential beats the factor $t$, so the powers vanish.",
            scope(t),
            ledger=("A2",),
        ),
        step(
            rf"{last} {power}^{{{last - 1}}} {'=' if still else '>'} 1",
            f"After {WORDS[last]} step{'s' * (last > 1)} the corner is still {'at' if still else 'above'} 1.",
            scope(),
            ledger=("A2",),
        ),
        step(
            rf"{last + 1} {power}^{{{last}}} < 1",
            f"After {WORDS[last + 1]} it has fallen below.",
            scope(),
            ledger=("A2",),
        ),
    )


def _band(options: Options, variant: Variant) -> tuple[Block, ...]:
    n = pick(variant, "steps", 50, 20, 25, 30, 40, 60, 75, 80, 90, 120)
    bound = pick(variant, "bound", 100, 10, 20, 50, 500, 1000)
    return exercise(
        f"A network runs for {n} steps. Between which moduli must an eigenvalue lie so that $\\lvert \\lambda \\rvert^{{{n}}}$ stays "
        f"between $1/{bound}$ and ${bound}$?",
        Prose(
            f"Take {n}th roots of both bounds: ${bound}^{{-1/{n}}} \\le \\lvert \\lambda \\rvert \\le {bound}^{{1/{n}}}$."
        ),
        approximate(f"{bound}^{{-1/{n}}}", "From below:", scope(), options.digits, ledger=("A3",)),
        approximate(f"{bound}^{{1/{n}}}", "From above:", scope(), options.digits, ledger=("A3",)),
    )


def _contraction(variant: Variant) -> tuple[Block, ...]:
    k = pick(variant, "stretch", 2, 3, 4, 5, 6, 7, 8, 9)
    nilpotent = rf"N = \begin{{pmatrix}} 0 & {k} \\ 0 & 0 \end{{pmatrix}}"
    given = scope(matrix("N", size=2), given=(nilpotent,))
    longer = LONGER.get(k, f"stretches {k} times")
    return exercise(
        "True or false: if all eigenvalues of a matrix are smaller than 1 in modulus, it makes no vector longer.",
        Prose(f"False, and a 2 by 2 matrix with entries 0 and {k} shows it."),
        assume(nilpotent, "both eigenvalues are 0.", given),
        step(r"N^{2} = 0", "After two steps everything is gone,", given, ledger=("A5",)),
        quoted(
            r"\lVert N \rVert_2 \le 1",
            f"but the first step {longer} the second basis vector.",
            given,
            "the sentence of the exercise",
            "it makes no vector longer",
            ledger=("A5",),
        ),
    )
