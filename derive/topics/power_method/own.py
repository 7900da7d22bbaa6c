"""Section: the theorem at work on the reader's matrix and start vector (claim A7)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq, fmpq_poly

from derive.authoring import approximate, assume, decimal, explicit, matrix, rational, real, scope, step, vector
from derive.core import Block, Prose, Scope, Section
from derive.kernel import spectrum
from derive.topics.power_method import Options
from derive.topics.power_method.dominant import BITS, Analysis, Top, Vector, as_flint
from derive.topics.power_method.iterates import MOST_STEPS_OF_A_LARGE_MATRIX, last_step, table

LONGEST = 60
"""Characters of the exact entries up to which eigenvectors are printed."""


def own(options: Options, analysis: Analysis) -> Section:
    """Eigenvectors, overlap, the split power after n steps, the run; or which hypothesis fails."""
    title = "The default matrix" if options.matrix is None else "Your matrix"
    return Section("own", title, (*_given(analysis), *_dominance(options, analysis), *_run(options, analysis)))


def column(x: Vector) -> str:
    """LaTeX of an exact column vector."""
    return explicit([[entry] for entry in x])


def _letters(analysis: Analysis, *more: str) -> Scope:
    size = analysis.size
    letters = (matrix("W", size=size), vector("x", size=size), vector("u", size=size), vector("v", size=size))
    used = ["W", "x", *(name for name in ("u", "v") if any(text.startswith(name) for text in more))]
    rest = (matrix("R", size=size),) if any(text.startswith("R") for text in more) else ()
    kept = tuple(letter for letter in letters if letter.declaration.name in used)
    return scope(*kept, *rest, given=(_matrix(analysis), _start(analysis), *more))


def _matrix(analysis: Analysis) -> str:
    return f"W = {explicit(analysis.rows)}"


def _start(analysis: Analysis) -> str:
    return f"x = {column(analysis.start)}"


def _given(analysis: Analysis) -> tuple[Block, ...]:
    if not analysis.small:
        return (
            Prose(
                f"The matrix is {analysis.size} by {analysis.size}, too large to print; its spectrum is enclosed rigorously "
                "from the exact characteristic polynomial."
            ),
        )
    given = _letters(analysis)
    return (
        assume(_matrix(analysis), "the matrix.", given),
        assume(_start(analysis), "the start vector.", given),
    )


# --------------------------------------------------------------------------------------------------------- dominance


def _dominance(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    if analysis.obstacle is not None:
        return (
            Prose(
                f"**No eigenvalue of this matrix is dominant**: {analysis.obstacle}. So the theorem says nothing here, and the run below shows what "
                "happens instead."
            ),
            *_polynomial(analysis),
        )
    if analysis.top is None or _too_long(analysis.top):
        return (*_polynomial(analysis), *_in_decimals(options, analysis), _summary(analysis))
    return (*_eigenvectors(analysis, analysis.top), *_overlap(options, analysis, analysis.top), _summary(analysis))


def _polynomial(analysis: Analysis) -> tuple[Block, ...]:
    """The characteristic polynomial of a matrix that is printed."""
    if not analysis.small:
        return ()
    given = scope(real("z"), matrix("W", size=analysis.size), given=(_matrix(analysis),))
    formula = rf"\det(z I - W) = {polynomial(spectrum.charpoly(as_flint(analysis.rows)))}"
    return (step(formula, "Its eigenvalues are the roots of this polynomial.", given, ledger=("A7",)),)


def polynomial(chi: fmpq_poly) -> str:
    """LaTeX in z, the highest power first."""
    text = ""
    for degree in range(chi.degree(), -1, -1):
        value = Fraction(int(chi[degree].p), int(chi[degree].q))
        if value:
            power = "" if degree == 0 else "z" if degree == 1 else f"z^{{{degree}}}"
            size = rational(abs(value)) if abs(value) != 1 or not power else ""
            text += f" {'-' if value < 0 else '+' if text else ''} {size} {power}"
    return text.strip()


def _in_decimals(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    """For a dominant eigenvalue that is no rational number: its modulus, and the iterate with its size taken out."""
    if not analysis.small:
        return ()
    given, n = _letters(analysis), options.n
    return (
        approximate(r"\rho(W)", "The modulus of the dominant one.", given, options.digits, ledger=("A7",)),
        approximate(
            rf"\frac{{1}}{{\rho(W)^{{{n}}}}} W^{{{n}}} x",
            f"The iterate after ${n}$ step{'s' if n > 1 else ''}, its size taken out.",
            given,
            options.digits,
            ledger=("A7",),
        ),
    )


def _too_long(top: Top) -> bool:
    return max(len(str(entry)) for entry in (top.value, *top.left, *top.right)) > LONGEST


def _defined(top: Top) -> tuple[str, str]:
    return f"v = {column(top.right)}", f"u = {column(top.left)}"


def _eigenvectors(analysis: Analysis, top: Top) -> tuple[Block, ...]:
    given = _letters(analysis, *_defined(top))
    value = rational(top.value)
    factor = f"({value})" if top.value < 0 else value
    return (
        Prose(f"Its dominant eigenvalue is ${value}$, with these eigenvectors, in exact numbers:"),
        assume(_defined(top)[0], "right eigenvector.", given),
        assume(_defined(top)[1], "left eigenvector.", given),
        step(rf"W v = {factor} v", "A right eigenvector, exactly.", given, ledger=("A7",)),
        step(rf"u^\top W = {factor} u^\top", "A left one.", given, ledger=("A7",)),
        step(r"u^\top v = 1", "Scaled as the theorem asks.", given, ledger=("A7",)),
    )


def _overlap(options: Options, analysis: Analysis, top: Top) -> tuple[Block, ...]:
    given = _letters(analysis, *_defined(top))
    overlap = top.overlap(analysis.start)
    first = step(rf"u^\top x = {rational(overlap)}", "The overlap of the start.", given, ledger=("A7",))
    if overlap == 0:
        return (
            first,
            Prose(
                "**The overlap is 0.** In exact arithmetic this start never finds the dominant eigenvalue: the run below shows what is left. "
                "What floating point makes of such a start is another story, told further on."
            ),
        )
    return (first, *_after_n(options, analysis, top))


def _after_n(options: Options, analysis: Analysis, top: Top) -> tuple[Block, ...]:
    value = rational(top.value)
    base = f"({value})" if top.value < 0 or top.value.denominator != 1 else value
    rest = f"R = W - {base} v u^\\top"
    given = _letters(analysis, *_defined(top), rest)
    n, size = options.n, base if top.value > 0 else rf"\lvert {value} \rvert"
    return (
        assume(rest, "the rest.", given),
        step(
            rf"W^{{{n}}} x = {base}^{{{n}}} (u^\top x) v + R^{{{n}}} x",
            f"The split power for $t = {n}$, checked in exact numbers.",
            given,
            ledger=("A7",),
        ),
        approximate(
            rf"\frac{{1}}{{{base}^{{{n}}}}} W^{{{n}}} x", "Its size taken out:", given, options.digits, ledger=("A7",)
        ),
        approximate(r"(u^\top x) v", "The limit that the theorem predicts:", given, options.digits, ledger=("A7",)),
        approximate(
            rf"\frac{{\lVert R^{{{n}}} x \rVert}}{{{size}^{{{n}}}}}",
            "The length of the difference:",
            given,
            3,
            ledger=("A7",),
        ),
    )


def _summary(analysis: Analysis) -> Prose:
    with ctx.workprec(BITS):
        exact = analysis.top is not None
        largest = (
            "" if exact else f"The dominant eigenvalue is $\\lambda \\approx {decimal(analysis.largest.real, 6)}$. "
        )
        ratio = decimal(analysis.ratio, 4) if analysis.ratio > 0 else "0"
    turning = len(analysis.eigenvalues) > 1 and analysis.eigenvalues[1][0].imag != 0
    words = " The second eigenvalue is complex, so the ratios in the last column go up and down." if turning else ""
    return Prose(
        f"{largest}The second largest modulus, relative to it, is $\\lvert \\lambda_2 / \\lambda \\rvert \\approx {ratio}$: {_pace(analysis)}.{words}"
    )


def _pace(analysis: Analysis) -> str:
    """How many steps one decimal digit costs."""
    with ctx.workprec(BITS):
        ratio = analysis.ratio
        if not ratio > 0:
            return "the error is gone after as many steps as the matrix has rows, if not sooner"
        steps = arb(10).log() / -ratio.log()
        if steps < arb(fmpq(1, 2)):
            return "each step gives more than two decimal digits"
        return f"one decimal digit of the direction takes about ${decimal(steps, 3)}$ steps"


# --------------------------------------------------------------------------------------------------------------- run


def _run(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    shown = table(analysis, options.n, options.digits)
    blocks: tuple[Block, ...] = (shown,)
    if last_step(analysis, options.n) < options.n:
        blocks += (
            Prose(f"A matrix of this size is followed for {MOST_STEPS_OF_A_LARGE_MATRIX} steps, not for {options.n}."),
        )
    return blocks
