"""Inequalities that fail in a narrow place: walk downhill on the gap between the sides, in floating point, and offer rational
points near the bottom, the simplest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

Gap = Callable[[dict[str, float]], float | None]
"""How much the claim holds by at a point (negative where it fails), None where it is not defined."""

ROUNDS = 24
DENOMINATORS = (1, 2, 3, 4, 6, 10, 100, 10**4, 10**7, 10**12)


def bottoms(gap: Gap, start: dict[str, float], names: list[str]) -> Iterator[dict[str, Fraction]]:
    """Rational points near where a walk from ``start`` along the axes and diagonals ends."""
    place = _walk(gap, dict(start), names)
    seen: set[tuple[Fraction, ...]] = set()
    for denominator in DENOMINATORS:
        values = {name: Fraction(place[name]).limit_denominator(denominator) for name in names}
        key = tuple(values.values())
        if key not in seen:
            seen.add(key)
            yield values


def _walk(gap: Gap, place: dict[str, float], names: list[str]) -> dict[str, float]:
    """A pattern search: a step that lowers the gap is doubled, one that does not is shortened."""
    best = gap(place)
    if best is None:
        return place
    steps = {name: max(abs(place[name]) / 4, 0.1) for name in names}
    for _ in range(ROUNDS):
        before = dict(place)
        for name in names:
            for step in (steps[name], -steps[name]):
                trial = {**place, name: place[name] + step}
                value = gap(trial)
                if value is not None and value < best:
                    place, best, steps[name] = trial, value, 1.7 * step
                    break
            else:
                steps[name] *= 0.35
        trial = {name: place[name] + (place[name] - before[name]) for name in names}
        value = gap({**place, **trial})
        if value is not None and value < best:
            place, best = {**place, **trial}, value
    return place
