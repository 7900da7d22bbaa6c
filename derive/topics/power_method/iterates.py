"""The iterates of the method, enclosed rigorously: direction, Rayleigh quotient, error, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, arb_mat, ctx, fmpq

from derive.authoring import decimal
from derive.core import Table
from derive.topics.power_method.dominant import SMALL, Analysis, as_flint

WORKING_BITS = 1024
MOST_STEPS_OF_A_LARGE_MATRIX = 50
SHOWN_ENTRIES = 4
"""Vectors of more entries are not printed in a table."""


@dataclass(frozen=True, slots=True)
class Iterate:
    """W^t x: ``direction`` is it at length 1, ``quotient`` its Rayleigh quotient."""

    direction: tuple[arb, ...]
    quotient: arb


def iterates(analysis: Analysis, n: int) -> list[Iterate]:
    """For t = 0, 1, ... up to n, or up to where W^t x is 0."""
    size = analysis.size
    found = []
    with ctx.workprec(WORKING_BITS + 8 * n):
        W, y = (
            arb_mat(as_flint(analysis.rows)),
            arb_mat(size, 1, [arb(fmpq(q.numerator, q.denominator)) for q in analysis.start]),
        )
        for _ in range(n + 1):
            length = sum((entry**2 for entry in y.entries()), arb(0)).sqrt()
            if not length > 0:
                break
            y = y * (1 / length)
            image = W * y
            quotient = sum((a * b for a, b in zip(y.entries(), image.entries(), strict=True)), arb(0))
            found.append(Iterate(tuple(y.entries()), quotient))
            y = image
    return found


def last_step(analysis: Analysis, n: int) -> int:
    """How far the table goes: a large matrix is not followed for ever."""
    return n if analysis.size <= SMALL else min(n, MOST_STEPS_OF_A_LARGE_MATRIX)


def table(analysis: Analysis, n: int, digits: int) -> Table:
    """The run of the method on the reader's matrix."""
    run = iterates(analysis, last_step(analysis, n))
    header, rows = _header(analysis), []
    with ctx.workprec(WORKING_BITS):
        errors = [abs(one.quotient - analysis.largest.real) for one in run] if analysis.obstacle is None else []
        for t in _shown(len(run) - 1):
            rows.append((f"${t}$", *_direction(analysis, run[t], digits), f"${_digits(run[t].quotient, digits)}$"))
            if errors:
                rows[-1] += _error(errors, t)
    return Table(_caption(analysis), header, tuple(rows))


def _caption(analysis: Analysis) -> str:
    what = "$x_t$ is $W^t x$ scaled to length 1, " if analysis.size <= SHOWN_ENTRIES else ""
    return f"The run: {what}$\\mu_t = x_t^\\top W x_t$; every entry enclosed rigorously"


def _header(analysis: Analysis) -> tuple[str, ...]:
    direction = ("$x_t$",) if analysis.size <= SHOWN_ENTRIES else ()
    error = (
        ("$\\lvert \\mu_t - \\lambda \\rvert$", "as a multiple of the one at $t-1$")
        if analysis.obstacle is None
        else ()
    )
    return ("$t$", *direction, "$\\mu_t$", *error)


def _direction(analysis: Analysis, one: Iterate, digits: int) -> tuple[str, ...]:
    if analysis.size > SHOWN_ENTRIES:
        return ()
    return ("$(" + ",\\ ".join(_digits(entry, digits) for entry in one.direction) + ")$",)


def _digits(value: arb, digits: int) -> str:
    """A decimal, or 0 for what is 0 to all digits carried."""
    return "0" if value.contains(0) else decimal(value, digits)


def _error(errors: list[arb], t: int) -> tuple[str, str]:
    """The error at t, and its ratio to the one before; nothing to compare where one of them is 0."""
    error, before = errors[t], errors[t - 1] if t else None
    shown = "$0$" if error.contains(0) else f"${decimal(error, 3)}$"
    ratio = "" if before is None or before.contains(0) or error.contains(0) else f"${decimal(error / before, 4)}$"
    return shown, ratio


def _shown(last: int) -> list[int]:
    """All steps of a short run; the first ones and some later ones of a long run."""
    if last <= 10:
        return list(range(last + 1))
    return sorted({0, 1, 2, 3, 4, 5, last // 4, last // 2, 3 * last // 4, last - 1, last})
