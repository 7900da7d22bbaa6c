"""Laws of a few variables with two or three values each, as numbers: cases of whatever is said of all laws on finite sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod

Cell = tuple[int, ...]
"""The number of the value of each variable."""
MOST_CELLS = 32
PRIMES = (
    2,
    3,
    5,
    7,
    11,
    13,
    17,
    19,
    23,
    29,
    31,
    37,
    41,
    43,
    47,
    53,
    59,
    61,
    67,
    71,
    73,
    79,
    83,
    89,
    97,
    101,
    103,
    107,
    109,
    113,
    127,
    131,
)


@dataclass(frozen=True, slots=True)
class Law:
    """``variables`` in the order of a cell; ``weights`` sum to 1, and none is 0."""

    variables: tuple[str, ...]
    weights: Mapping[Cell, Fraction]

    def probability(self, event: Callable[[Mapping[str, int]], bool]) -> Fraction:
        """Of the cells for which the event holds."""
        named = ((dict(zip(self.variables, cell, strict=True)), weight) for cell, weight in self.weights.items())
        return sum((weight for values, weight in named if event(values)), Fraction(0))


def general_laws(sizes: Mapping[str, int], turn: int) -> Iterator[Law]:
    """Laws under which nothing is independent and no two probabilities are equal; ``turn`` gives other ones."""
    cells = _cells(sizes)
    count = len(cells)
    shifted = [
        PRIMES[(place * 7 + 3 * turn) % count] for place in range(count)
    ]  # 7 divides no product of twos and threes
    heavy = [weight * (40 if place == turn % count else 1) for place, weight in enumerate(shifted)]
    light = [Fraction(weight, 40 if place == (turn + 1) % count else 1) for place, weight in enumerate(shifted)]
    for weights in (shifted, shifted[::-1], heavy, light):
        yield _normed(tuple(sizes), cells, weights)


def independent_laws(sizes: Mapping[str, int], turn: int) -> Iterator[Law]:
    """Laws under which all variables are independent."""
    singles = [list(general_laws({name: size}, turn + place)) for place, (name, size) in enumerate(sizes.items())]
    for number in range(4):
        chosen = [laws[number] for laws in singles]
        weights = [
            prod((one.weights[(part,)] for one, part in zip(chosen, cell, strict=True)), start=Fraction(1))
            for cell in _cells(sizes)
        ]
        yield _normed(tuple(sizes), _cells(sizes), weights)


def even_laws(sizes: Mapping[str, int], turn: int) -> Iterator[Law]:
    """Laws under which all values of a variable have one probability; under the second any two variables depend on each other."""
    cells = _cells(sizes)
    names = tuple(sizes)
    yield _normed(names, cells, [1] * len(cells))
    if len(names) > 1 and len(set(sizes.values())) == 1:
        yield _normed(names, cells, [_tied(cell, sizes[names[0]], turn) for cell in cells])


def _tied(cell: Cell, size: int, turn: int) -> Fraction:
    """More weight where two variables have values of one number, to another extent for each pair."""
    weight = Fraction(1)
    for number, (one, other) in enumerate(combinations(cell, 2)):
        weight += Fraction(1 if one == other else Fraction(-1, size - 1)) / (11 + number + turn)
    return weight


def _cells(sizes: Mapping[str, int]) -> list[Cell]:
    return list(product(*(range(size) for size in sizes.values())))


def _normed(
    names: tuple[str, ...], cells: list[Cell], weights: list[int] | list[Fraction] | list[int | Fraction]
) -> Law:
    whole = sum(map(Fraction, weights), Fraction(0))
    return Law(names, {cell: Fraction(weight) / whole for cell, weight in zip(cells, weights, strict=True)})


__all__ = ["MOST_CELLS", "Cell", "Law", "even_laws", "general_laws", "independent_laws"]
