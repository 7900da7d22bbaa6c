"""Section: a start without overlap, in exact arithmetic and in doubles (claim A7)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import (
    approximate,
    assume,
    decimal,
    explicit,
    integer,
    matrix,
    rational,
    real,
    scope,
    step,
    vector,
)
from derive.core import Block, Prose, Section, Table
from derive.topics.power_method import Options
from derive.topics.power_method.dominant import DEFAULT, Analysis, Top, Vector, analyse, dot, parallel, times
from derive.topics.power_method.doubles import (
    FloatRun,
    exact_in_doubles,
    float_run,
    squared_sine,
    starts_without_overlap,
)
from derive.topics.power_method.own import column

MOST_STARTS = 6
BITS = 128


def rounding(options: Options, analysis: Analysis) -> Section:
    """Exact: the overlap stays 0. In doubles: the first rounding error is enough."""
    own = _cured(analysis)
    shown, run = own if own is not None else _default()
    return Section(
        "rounding",
        "A start without overlap, and how rounding cures it",
        (*_exact(), *_example(shown, run, own is not None), *_explained(shown, run), *_never()),
    )


def _cured(analysis: Analysis) -> tuple[Analysis, FloatRun] | None:
    """The reader's matrix with a start that rounding cures, if doubles hold it and its dominant eigenvalue is rational."""
    top = analysis.top
    if top is None or analysis.eigenvalues[1][0] == 0 or not exact_in_doubles(analysis.rows):
        return None
    own = [analysis.start] if top.overlap(analysis.start) == 0 and exact_in_doubles((analysis.start,)) else []
    mixed = [x for x in starts_without_overlap(top) if not parallel(times(analysis.rows, x), x)]
    for start in [*own, *mixed][:MOST_STARTS]:
        run = float_run(analysis.rows, top, start) if exact_in_doubles((start,)) else None
        if run is not None and run.cured is not None and _first_overlap(top, run) > 0:
            return analysis, run
    return None


def _default() -> tuple[Analysis, FloatRun]:
    found = _cured(analyse(None, None))
    assert found is not None
    return found


def _first_overlap(top: Top, run: FloatRun) -> int:
    """The first step whose iterate, as an exact rational vector, has an overlap."""
    return next(t for t, state in enumerate(run.states) if top.overlap(state) != 0)


# --------------------------------------------------------------------------------------------------------------- exact


def _exact() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 0"), matrix("W"), vector("u"), vector("x"), real("lambda"))
    eigen = scope(*letters, matrix("M"), given=(r"u^\top W = \lambda u^\top",), realised=BUILT)
    powers = scope(*letters, given=(r"u^\top W^{t} = \lambda^{t} u^\top",))
    none = scope(*letters, given=(r"u^\top W^{t} = \lambda^{t} u^\top", r"u^\top x = 0"))
    return (
        Prose(
            "What if the start has no overlap, $u^\\top x = 0$? In exact arithmetic the answer is a short induction, and it is final."
        ),
        step(
            r"u^\top W^{t} = \lambda^{t} u^\top",
            "A left eigenvector of $W$ is one of every power.",
            eigen,
            induction=("t", 0),
            ledger=("A7",),
        ),
        step(
            r"u^\top W^{t} x = \lambda^{t} u^\top x",
            "So the overlap is multiplied by $\\lambda$ at each step.",
            powers,
            ledger=("A7",),
        ),
        step(
            r"u^\top W^{t} x = \lambda^{t} u^\top x = 0",
            "No overlap at the start, none ever: the method never finds $\\lambda$.",
            none,
            ledger=("A7",),
        ),
    )


BUILT = {"W": r"\frac{\lambda}{u^\top u} u u^\top + \left( I - \frac{1}{u^\top u} u u^\top \right) M"}
"""W with u^T W = lambda u^T, from arbitrary u and M."""


# -------------------------------------------------------------------------------------------------------------- doubles


def _example(shown: Analysis, run: FloatRun, own: bool) -> tuple[Block, ...]:
    assert shown.top is not None
    size = shown.size
    u = _scaled(shown.top)
    given = (f"W = {explicit(shown.rows)}", f"u = {column(u)}", f"x = {column(run.start)}")
    letters = scope(matrix("W", size=size), vector("u", size=size), vector("x", size=size), given=given)
    value = rational(shown.top.value)
    factor = f"({value})" if shown.top.value < 0 else value
    return (
        Prose(
            ("Take this matrix" if own and shown.rows != DEFAULT else "Take the default matrix of this page")
            + f" with its dominant eigenvalue ${value}$, the left eigenvector in whole numbers, and this start:"
        ),
        *(() if own else (assume(given[0], "the default matrix.", letters),)),
        assume(given[1], "left eigenvector.", letters),
        assume(given[2], "start.", letters),
        step(rf"u^\top W = {factor} u^\top", "It is one.", letters, ledger=("A7",)),
        step(r"u^\top x = 0", "There is no overlap, exactly.", letters, ledger=("A7",)),
        Prose(
            "Now the same in doubles: multiply by $W$, divide by the length, repeat. Every operation is rounded to the nearest double, as IEEE 754 prescribes, so the run below is "
            "the same on every machine. Its iterates are doubles, doubles are rational numbers, and overlap and angle are computed from these *exactly*."
        ),
        _table(shown.top, run),
        Prose(
            f"The direction that exact arithmetic can never find is found after {run.cured} steps (from then on the angle to $v$ is below $45^\\circ$), and a few steps later to all digits."
        ),
    )


def _scaled(top: Top) -> Vector:
    from derive.topics.power_method.dominant import whole

    return whole(top.left)


def _table(top: Top, run: FloatRun) -> Table:
    assert run.cured is not None
    first, u = _first_overlap(top, run), _scaled(top)
    last = len(run.states) - 1
    wanted = {0, 1, first, first + 1, (first + run.cured) // 2, run.cured - 1, run.cured, run.cured + 10, last}
    rows = tuple(
        (
            f"${t}$",
            _number(dot(u, run.states[t])),
            _sine(squared_sine(run.states[t], top.right)),
        )
        for t in sorted(t for t in wanted if 0 <= t <= last)
    )
    return Table(
        "The run in doubles: overlap $u^\\top x_t$ of the iterate, and sine of its angle to $v$, both exact before they are printed",
        ("$t$", "$u^\\top x_t$", "sine of the angle to $v$"),
        rows,
    )


def _number(value: Fraction) -> str:
    with ctx.workprec(BITS):
        return "$0$" if value == 0 else f"${decimal(arb(fmpq(value.numerator, value.denominator)), 3)}$"


def _sine(square: Fraction) -> str:
    with ctx.workprec(BITS):
        return "$0$" if square == 0 else f"${decimal(arb(fmpq(square.numerator, square.denominator)).sqrt(), 3)}$"


# ------------------------------------------------------------------------------------------------------------ explained


def _explained(shown: Analysis, run: FloatRun) -> tuple[Block, ...]:
    assert shown.top is not None and run.cured is not None
    first, u = _first_overlap(shown.top, run), _scaled(shown.top)
    state = run.states[first]
    bits = max(entry.denominator.bit_length() - 1 for entry in state)
    overlap = dot(u, state)
    with ctx.workprec(BITS):
        size = decimal(arb(fmpq(abs(overlap.numerator), overlap.denominator)), 3)
        ratio = decimal(1 / shown.ratio, 4)
    return (
        Prose(
            f"**Why.** Step {first} is the first whose rounding leaves an overlap. Its iterate consists of the integers in the numerator below, over $2^{{{bits}}}$ each; weighted with the entries of $u$ they "
            f"no longer add up to 0:"
        ),
        step(
            rf"\frac{{{_weighted(u, state, bits)}}}{{2^{{{bits}}}}} = {_power_of_two(overlap)}",
            f"An overlap of about ${size}$ in size.",
            scope(),
            ledger=("A7",),
        ),
        Prose(
            f"From there the theorem takes over. The overlap is multiplied by $\\lambda$ and the rest by $\\lambda_2$, so its share grows by the factor $\\lvert \\lambda / \\lambda_2 \\rvert \\approx {ratio}$ at each step, from "
            f"rounding size to everything."
        ),
        *_predicted(shown, overlap),
        Prose(
            "So a run in floating point seems to *refute* a true statement (“without overlap, never”). It refutes nothing: the computed iterates are not $W^t x$. "
            "A claim about exact zeros has to be checked in exact arithmetic. In practice the rounding is welcome: it cures unlucky starts."
        ),
    )


def _weighted(u: Vector, state: Vector, bits: int) -> str:
    text = ""
    for weight, entry in zip(u, state, strict=True):
        product = weight * entry * 2**bits
        if product:
            factor = "" if abs(weight) == 1 else f"{abs(weight)} \\cdot "
            sign = "-" if product < 0 else "+" if text else ""
            text += f" {sign} {factor}{abs(int(entry * 2**bits))}"
    return text.strip()


def _power_of_two(value: Fraction) -> str:
    exponent = value.denominator.bit_length() - 1
    return f"{'-' if value < 0 else ''}\\frac{{{abs(value.numerator)}}}{{2^{{{exponent}}}}}"


def _predicted(shown: Analysis, overlap: Fraction) -> tuple[Block, ...]:
    """ln(1/overlap) / ln(lambda/lambda_2), where both eigenvalues are rational."""
    from derive.topics.power_method.dominant import second_rational

    second = second_rational(shown)
    if second is None or shown.top is None or second == 0:
        return ()
    share = abs(shown.top.value / second)
    exponent = overlap.denominator.bit_length() - 1
    size = rf"\ln(2^{{{exponent}}})" + (f" - \\ln {abs(overlap.numerator)}" if abs(overlap.numerator) > 1 else "")
    return (
        approximate(
            rf"\frac{{{size}}}{{\ln {_bracketed(share)}}}",
            "So it takes about this many steps:",
            scope(),
            3,
            ledger=("A7",),
        ),
    )


def _bracketed(q: Fraction) -> str:
    return rational(q) if q.denominator == 1 else rf"\left( {rational(q)} \right)"


def _never() -> tuple[Block, ...]:
    given = scope(
        matrix("W", size=3),
        vector("x", size=3),
        given=(f"W = {explicit(DEFAULT)}", r"x = \begin{pmatrix} 1 \\ -1 \\ 0 \end{pmatrix}"),
    )
    return (
        Prose("Nor can one rely on the cure. The default matrix has a start that rounding never disturbs:"),
        step(
            r"W x = 2 x",
            "With $W$ the default matrix and $x = (1, -1, 0)^\\top$, an eigenvector for the eigenvalue 2.",
            given,
            ledger=("A7",),
        ),
        Prose(
            "Scaled to length 1 it becomes $(a, -a, 0)$ with one double $a$; $3a - a$ and $a - 3a$ are rounded to opposite numbers; the sum of the entries stays 0 for ever, in doubles too."
        ),
    )
