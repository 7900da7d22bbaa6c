"""The orbit of your function from the chosen start, in ball arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb, arb_series

from derive.core import Block, Prose, Table
from derive.functions import Outside, Unclear, taylor
from derive.functions.taylor import point, precision
from derive.topics.newton import Options
from derive.topics.newton.analysis import Analysis
from derive.topics.newton.shown import short

BITS = 4000
FAR = 10**12


def iterates(options: Options, found: Analysis) -> Iterator[Block]:
    """A table of iterates, and in one sentence how it ends, as far as the table tells."""
    rows, ended = _orbit(options, found)
    yield Table(
        f"Newton's method from ${_start(options)}$, in ball arithmetic with {BITS} bits",
        ("step", "$x$", "$f(x)$"),
        tuple((str(t), f"${short(x, options)}$", f"${_value(f, options)}$") for t, (x, f) in enumerate(rows)),
    )
    yield Prose(ended or _ending(found, [x for x, _ in rows]))


def _value(f: arb, options: Options) -> str:
    """A value that is 0 within the ball is shown as 0."""
    return "0" if f.contains(0) else short(f, options)


def _start(options: Options) -> str:
    from derive.authoring import rational

    return rational(options.start)


def _orbit(options: Options, found: Analysis) -> tuple[list[tuple[arb, arb]], str]:
    rows: list[tuple[arb, arb]] = []
    with precision(BITS, 1):
        x = point(options.start)
        for _ in range(options.steps + 1):
            try:
                f, slope = (taylor(term, arb_series([x]))[0] for term in (found.forms.f, found.forms.slope))
            except Outside:
                return _stopped(rows, x, "Here the orbit leaves the domain of $f$: the method stops.")
            except Unclear:
                return _stopped(rows, x, "Here the orbit meets a point where $f$ has no derivative: the method stops.")
            if not (f.is_finite() and slope.is_finite()) or abs(x) > arb(10) ** 10000:
                return rows, "The numbers leave every range: the method diverges."
            rows.append((x, f))
            if f.is_zero():
                return rows, "The root is met exactly."
            if slope.is_zero():
                return rows, "Here the derivative is 0: there is no next step."
            if slope.contains(0):
                return (
                    rows,
                    f"Here the derivative is too small to be told from 0 in {BITS} bits: the orbit has run away.",
                )
            x = x - f / slope
    return rows, ""


def _stopped(rows: list[tuple[arb, arb]], x: arb, why: str) -> tuple[list[tuple[arb, arb]], str]:
    return (
        (rows, why)
        if rows
        else ([(x, arb(0))], "The start is no point at which $f$ has a derivative: there is no first step.")
    )


def _ending(found: Analysis, xs: list[arb]) -> str:
    last = xs[-1]
    if abs(last) > FAR:
        return "The orbit has passed $10^{12}$: it runs away."
    for root in found.roots.found:
        if abs(last - root.ball()) < arb(10) ** -6:
            return "The orbit has come within $10^{-6}$ of a root."
    for cycle in found.cycles:
        if any(abs(last - zero.ball()) < arb(10) ** -6 for zero in cycle.points):
            return f"The orbit turns on a cycle of period {len(cycle.points)}, to within $10^{{-6}}$."
    return "After these steps the orbit has not settled; more steps (`--steps`) show more."
