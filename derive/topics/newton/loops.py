"""Cycles of your function: two or three points that Newton's map visits in turn."""

from __future__ import annotations

from collections.abc import Iterator

from derive.authoring import fixed, rational, scope, step
from derive.core import Block, Prose, Table
from derive.formula import show
from derive.functions.zeros import substituted
from derive.topics.newton import Options
from derive.topics.newton.analysis import Analysis, Cycle
from derive.topics.newton.proved import proved
from derive.topics.newton.shown import place, short, sign_change

MOST = 12
"""So many cycles are shown."""
LONGEST = 260
"""A formula of more characters is no help on a page."""


def loops(options: Options, found: Analysis) -> Iterator[Block]:
    """Each cycle with its derivative; exact ones as steps."""
    if found.map.head == "neg" and found.map.args[0].head == "symbol":
        yield Prose(
            "The map only changes the sign, so every point but 0 at which $f$ is defined on both sides returns after two steps; where "
            "$f$ is defined on one side only, the first step leads out of its domain."
        )
        return
    if not found.periods:
        yield Prose("Its cycles were not looked for: the equation that their points satisfy has too high a degree.")
        return
    if not found.cycles:
        certain = " that is certain" if found.unsettled else ""
        yield Prose(f"It has no cycle of period {_periods(found)}{_where(found)}{certain}.")
    else:
        yield Prose(
            f"**Circles.** These are {'the' if found.unsettled else 'all its'} cycles of period "
            + _periods(found)
            + _where(found)
            + (" that are certain" if found.unsettled else "")
            + ". A cycle attracts the starts around it if the slope of the map along it, the product of $N' = f f''/(f')^2$ over its "
            "points, is smaller than 1 in modulus."
        )
        for cycle in found.cycles[:MOST]:
            yield from _exact(cycle, found)
        rest = f" (the first {MOST} of {len(found.cycles)})" if len(found.cycles) > MOST else ""
        yield Table(
            "Cycles" + _where(found) + rest,
            ("period", "points", "slope along the cycle", "it is"),
            tuple(
                (
                    str(len(cycle.points)),
                    ", ".join(f"${place(zero, options)}$" for zero in cycle.points),
                    f"${short(cycle.multiplier, options)}$",
                    cycle.kind,
                )
                for cycle in found.cycles[:MOST]
            ),
        )
    if found.unsettled:
        count = len(found.unsettled)
        yield Prose(
            f"(In {count} short interval{'s' if count > 1 else ''} near places where the map is not defined or changes fast the "
            "enclosures were too wide to tell; a cycle with a point there would be missing.)",
            "lecturer",
        )


def _where(found: Analysis) -> str:
    return "" if found.whole else f" with all points from ${-found.window}$ to ${found.window}$"


def _periods(found: Analysis) -> str:
    return " or ".join(str(period) for period in found.periods)


def _exact(cycle: Cycle, found: Analysis) -> Iterator[Block]:
    """N(p) = q for each pair of neighbours, where all points are known exactly; that N(p) = -p changes sides, for a cycle p, -p."""
    points = [zero.exact for zero in cycle.points]
    if None in points:
        yield from _opposite(cycle, found)
        return
    for p, q in zip(points, [*points[1:], points[0]], strict=True):
        assert p is not None and q is not None
        formula = f"{show(substituted(found.map, p))} = {rational(q)}"
        yield from proved(step(formula, f"$N({rational(p)}) = {rational(q)}$.", scope(), ledger=("C9",)))


def _opposite(cycle: Cycle, found: Analysis) -> Iterator[Block]:
    """A cycle p, -p of an odd function: N(x) + x changes its sign at p."""
    if len(cycle.points) != 2:
        return
    p, q = sorted(cycle.points, key=lambda zero: zero.middle)
    if not (p.upper < 0 < q.lower and p.ball().overlaps(-q.ball())):
        return
    low, high = q.between(8)
    at = [f"{show(substituted(found.map, end, 8))} + {fixed(end, 8)}" for end in (low, high)]
    if max(map(len, at)) <= LONGEST:
        yield from sign_change(
            at[0],
            at[1],
            f"The map is odd, and $N(x) + x$ changes its sign between ${fixed(low, 8)}$ and ${fixed(high, 8)}$: there $N(x) = -x$.",
            ledger=("C9",),
        )
