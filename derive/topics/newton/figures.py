"""Figure: the map of Newton's method with the path from the start, and below it where each start ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from math import isfinite, nan

from flint import arb

from derive.authoring import rational
from derive.core import Axis, Band, Curve, Figure, Mark, Panel, Points
from derive.functions import Outside, Unclear, derivatives
from derive.picturing import drawn, evenly, spoken
from derive.topics.newton import Options
from derive.topics.newton.analysis import Analysis

BITS = 64
SAMPLES = 321
STARTS = 161
STEPS = 40
NEAR = 1e-6
STRIP = 0.06
"""Share of the height that the strip of basins takes."""
NOWHERE = -1
PATTERNS = 10
"""So many roots are told apart by colour and hatching."""


def map_figures(options: Options, found: Analysis) -> Iterator[Figure]:
    """One figure, where the map is defined at enough points of what is shown."""
    reach = _reach(options, found)
    centre = drawn(_centre(options, found))
    low, high = centre - reach, centre + reach
    xs = evenly(low, high, SAMPLES)
    ys = tuple(_kept(_newton(found, x), low - 2 * reach, high + 2 * reach) for x in xs)
    if sum(map(isfinite, ys)) < SAMPLES // 4:
        return
    path = _path(options, found)
    roots = [drawn(root.middle) for root in found.roots.found]
    ends = [_end(found, x, roots) for x in evenly(low, high, STARTS)]
    marks: tuple[Mark, ...] = (
        *_basins(evenly(low, high, STARTS), ends, low, reach),
        Curve((low, high), (low, high), "$y = x$", weight="faint"),
        Curve(*_graph(xs, ys, reach), weight="strong"),
        Curve(*_cobweb(path, low), style="dashed", shade=1),
        Points((path[0],), (low,), "start", "triangle", 1),
        *_roots(roots, low, high),
    )
    across = Axis("$x$", low=low, high=high)
    up = Axis("$N(x)$", low=low, high=high)
    caption = (
        f"The map $N$ of Newton's method for the function of this handout (thick), and the path from $x_0 = {rational(options.start)}$ (dashed): up to the graph, across to the diagonal, and again. "
        f"{_strip(ends)}"
    )
    yield Figure("map", caption, _seen(options, found, path, roots, ends, (low, high)), (Panel(marks, across, up),))


def _strip(ends: Sequence[int]) -> str:
    """What the strip of basins shows."""
    reached = len(set(ends) - {NOWHERE})
    where = f"within {STEPS} steps, in double precision"
    if not reached:
        return f"No start that is shown reaches a root {where}."
    patterns = (
        ""
        if reached == 1
        else "; each root has its own pattern"
        if reached <= PATTERNS
        else "; neighbouring roots have different patterns"
    )
    return f"The strip at the bottom marks the starts that reach a root {where}{patterns}."


# ---------------------------------------------------------------------------------------------------------- the window


def _interesting(options: Options, found: Analysis) -> list[Fraction]:
    """The start, roots, places of the poles, and points of the cycles."""
    places = [options.start, *(root.middle for root in found.roots.found)]
    places += [pole.place.middle for pole in found.poles]
    return places + [zero.middle for cycle in found.cycles[:4] for zero in cycle.points]


def _centre(options: Options, found: Analysis) -> Fraction:
    places = _interesting(options, found)
    near = [x for x in places if abs(x - options.start) <= 20] or [options.start]
    return (min(near) + max(near)) / 2


def _reach(options: Options, found: Analysis) -> float:
    """Half the width: what is interesting and not too far, with some room."""
    centre = _centre(options, found)
    near = [abs(x - centre) for x in _interesting(options, found) if abs(x - options.start) <= 20]
    return max(1.0, 1.35 * drawn(max(near, default=Fraction(1))))


# ------------------------------------------------------------------------------------------------------------ the orbit


def _newton(found: Analysis, x: float) -> float:
    """N(x) in double precision; nan where it is not defined or not certain."""
    try:
        value, slope = derivatives(found.forms.f, arb(x), 1, BITS)
    except (Outside, Unclear, ValueError, OverflowError):
        return nan
    if slope.contains(0):
        return nan
    return drawn(arb(x) - value / slope)


def _path(options: Options, found: Analysis) -> list[float]:
    path = [drawn(options.start)]
    while len(path) <= options.steps and isfinite(following := _newton(found, path[-1])):
        path.append(following)
    return path


def _end(found: Analysis, x: float, roots: Sequence[float]) -> int:
    """The number of the root that the orbit comes to, or NOWHERE."""
    for _ in range(STEPS):
        for number, root in enumerate(roots):
            if abs(x - root) < NEAR:
                return number
        if not abs(x) < 1e9:
            return NOWHERE
        x = _newton(found, x)
    return NOWHERE


def _kept(y: float, low: float, high: float) -> float:
    """What is far above or below is drawn somewhat above or below."""
    return max(low, min(high, y)) if isfinite(y) else nan


def _graph(xs: Sequence[float], ys: Sequence[float], reach: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The graph, which is not drawn across a pole."""
    points = [(xs[0], ys[0])]
    for (x, y), (right, above) in pairwise(zip(xs, ys, strict=True)):
        if abs(above - y) > 3 * reach:
            points.append(((x + right) / 2, nan))
        points.append((right, above))
    return tuple(x for x, _ in points), tuple(y for _, y in points)


# ------------------------------------------------------------------------------------------------------------ the marks


def _cobweb(path: Sequence[float], floor: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    xs, ys = [path[0]], [floor]
    for x, y in pairwise(path):
        xs += [x, y]
        ys += [y, y]
    return tuple(xs), tuple(ys)


def _basins(starts: Sequence[float], ends: Sequence[int], low: float, reach: float) -> Iterator[Band]:
    """Runs of neighbouring starts with one end."""
    half = (starts[1] - starts[0]) / 2
    for end, run in groupby(zip(starts, ends, strict=True), key=lambda pair: pair[1]):
        places = [x for x, _ in run]
        if end != NOWHERE:
            edges = (places[0] - half, places[-1] + half)
            yield Band(
                edges, (low, low), (low + 2 * reach * STRIP,) * 2, shade=2 + end, hatched=end % 2 == 1, strong=True
            )


def _roots(roots: Sequence[float], low: float, high: float) -> Iterator[Points]:
    shown = tuple(root for root in roots if low <= root <= high)
    if shown:
        yield Points(shown, shown, marker="circle", shade=2)


def _seen(
    options: Options,
    found: Analysis,
    path: Sequence[float],
    roots: Sequence[float],
    ends: Sequence[int],
    window: tuple[float, float],
) -> str:
    if len(path) == 1:
        went = f"From {spoken(path[0])} there is no first step"
    else:
        shown = ", ".join(list(dict.fromkeys(spoken(x) for x in path[1:]))[:4])
        more = " and so on" if len(path) > 5 else ""
        went = f"From {spoken(path[0])} the path goes to {shown}{more}"
    number = _end(found, path[0], roots)
    ending = "reaches no root" if number == NOWHERE else f"comes to the root {spoken(roots[number])}"
    share = sum(end != NOWHERE for end in ends) / len(ends)
    low, high = (spoken(end) for end in window)
    return f"{went}; within {STEPS} steps it {ending}. Of {STARTS} starts from {low} to {high}, {round(100 * share)} per cent come to a root."
