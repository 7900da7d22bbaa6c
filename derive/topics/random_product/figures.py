"""Figure: where ln|P_n| lies, and where the variance of P_n comes from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import log, sqrt

from derive.authoring import rational
from derive.core import Axis, Curve, Figure, Histogram, Mark, Note, Panel
from derive.picturing import evenly, spoken
from derive.topics.random_product import Options
from derive.topics.random_product.density import centre, densities
from derive.topics.random_product.exact import product_law
from derive.topics.random_product.weights import Weights, words

PLACES = 141
BINS = 32
MOST_EXACT = 60
WIDE = 4.2
"""So many standard deviations are shown."""


def size_figures(options: Options, weights: Weights) -> Iterator[Figure]:
    """One figure, but none where the size is constant or its law too long to write down."""
    if weights.constant_size:
        return
    found = _named(options, weights) if weights.finite is None else _listed(options, weights)
    if found is not None:
        yield found


def _named(options: Options, weights: Weights) -> Figure:
    n, deviation = options.n, sqrt(weights.variance)
    plain, weighted = (centre(weights.named, n, deviation, power) for power in (0, 2))
    low = plain[0] - WIDE * plain[1]
    high = weighted[0] + WIDE * weighted[1]
    if weights.named == "uniform":
        high = n * log(sqrt(3) * deviation)
    places = evenly(low, high, PLACES)
    curves = [densities(weights.named, n, deviation, places, power) for power in (0, 2)]
    step = places[1] - places[0]
    small = sum(f for y, f in zip(places, curves[0], strict=True) if y < 0) * step
    from_large = sum(f for y, f in zip(places, curves[1], strict=True) if y > 0) * step
    marks = (
        *_zero(max(map(max, curves))),
        Curve(places, curves[0], "$P_n$", weight="strong", at=_top(curves[0])),
        Curve(places, curves[1], "its variance", "dashed", "strong", 1, at=_top(curves[1])),
    )
    alt = (
        f"Two curves. The logarithm of the size of P_n has mean {spoken(plain[0])} and standard deviation {spoken(plain[1])}: "
        f"{_percent(small)} of the products are smaller than 1. What the variance is made of lies further right, around "
        f"{spoken(weighted[0])}: {_percent(from_large)} of it comes from products larger than 1."
    )
    return _figure(options, weights, marks, alt)


def _listed(options: Options, weights: Weights) -> Figure | None:
    """From the exact law of the product."""
    assert weights.finite is not None
    law = product_law(weights.finite, options.n) if options.n <= MOST_EXACT else None
    if law is None:
        return None
    alive = {x: p for x, p in law.items() if x != 0}
    second = sum((p * x * x for x, p in alive.items()), Fraction(0))
    sizes = [_log(abs(x)) for x in alive]
    edges = _edges(sorted({round(size, 9) for size in sizes}))
    heights = [_binned(edges, alive, sizes, power, second) for power in (0, 2)]
    small = sum((p for x, p in law.items() if abs(x) < 1), Fraction(0))
    from_large = sum((p * x * x for x, p in alive.items() if abs(x) > 1), Fraction(0)) / second
    marks = (
        *_zero(max(map(max, heights))),
        Histogram(edges, heights[0], "$P_n$"),
        Histogram(edges, heights[1], "its mean square", 1, hatched=True),
    )
    dead = law.get(Fraction(0), Fraction(0))
    alt = (
        f"Two histograms over the logarithm of the size of P_n. {_percent(float(small))} of the products are smaller than 1"
        + (f", {_percent(float(dead))} are 0 and not shown" if dead else "")
        + f"; of the mean square {_percent(float(from_large))} comes from products larger than 1."
    )
    return _figure(options, weights, marks, alt)


def _edges(sizes: list[float]) -> tuple[float, ...]:
    """A bin for each size where they lie on a coarse lattice, else BINS of them."""
    gap = min((b - a for a, b in pairwise(sizes)), default=1.0)
    many = round((sizes[-1] - sizes[0]) / gap) + 1
    if many <= 2 * BINS:
        return tuple(sizes[0] + (k - 0.5) * gap for k in range(many + 1))
    return evenly(sizes[0], sizes[-1], BINS + 1)


def _log(x: Fraction) -> float:
    return log(x.numerator) - log(x.denominator)


def _binned(
    edges: tuple[float, ...], law: dict[Fraction, Fraction], sizes: list[float], power: int, second: Fraction
) -> tuple[float, ...]:
    """Probability, or share of the mean square, in each bin, divided by its width."""
    width, last = edges[1] - edges[0], len(edges) - 2
    found = [0.0] * (last + 1)
    for (x, p), size in zip(law.items(), sizes, strict=True):
        found[max(0, min(last, int((size - edges[0]) / width)))] += float(p * x * x / second if power else p)
    return tuple(mass / width for mass in found)


def _zero(height: float) -> tuple[Mark, Mark]:
    return Curve((0.0, 0.0), (0.0, 1.08 * height), weight="faint"), Note(0.0, 1.08 * height, r"$|P_n| = 1$", "above")


def _top(values: tuple[float, ...]) -> int:
    return max(range(len(values)), key=values.__getitem__)


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share < 0.995 else "nearly all" if share < 1 else "100 %"


def _figure(options: Options, weights: Weights, marks: tuple[Mark, ...], alt: str) -> Figure:
    of = f"The logarithm of the size of a product of $n = {options.n}$ weights, {words(weights)}"
    squares = "with each product counted by its square"
    if weights.finite is None:
        v = rational(weights.variance)
        kept = "which is 1" if weights.variance == 1 else f"which is $({v})^{{{options.n}}}$"
        caption = f"{of}: its density (solid), and the same {squares} (dashed), that is, where the variance of $P_n$, {kept}, comes from."
    else:
        caption = (
            f"{of}: its law, and the same {squares} (hatched), that is, where the mean square of $P_n$ comes from."
        )
    axes = Axis(r"$\ln|P_n|$"), Axis("density", low=0.0)
    return Figure("sizes", caption, alt, (Panel(marks, *axes),))
