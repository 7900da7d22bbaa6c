"""The first cell: what is imported, and the few functions that the cells of a notebook share."""

from __future__ import annotations

import re
from collections.abc import Iterable

IMPORTS: tuple[tuple[str, str], ...] = (
    (r"\bmath\.", "import math"),
    (r"\bFraction\(", "from fractions import Fraction"),
    (r"@cache|\breduce\(", "from functools import {names}"),
    (r"\bproduct\(", "from itertools import product"),
)

FUNCTIONS: dict[str, str] = {
    "size": '''
def size(*numbers):
    """The largest modulus among numbers and entries of matrices: errors are small compared with it."""
    return max(np.max(np.abs(number)) for number in numbers)
''',
    "agree": '''
def agree(left, right, *others, bound=1e-9):
    """Equal but for rounding: the difference is small compared with the largest number involved."""
    return size(left - right) <= bound * size(left, right, *others)
''',
    "at_most": '''
def at_most(left, right, *others, bound=1e-9):
    """left <= right but for rounding, which is small compared with the largest number involved."""
    return left <= right + bound * size(left, right, *others)
''',
    "slope": '''
def slope(f, x):
    """The derivative of f at x: for a tiny imaginary step h, f(x + ih) = f(x) + ih f'(x), and nothing cancels."""
    return np.imag(f(x + 1e-20j)) / 1e-20
''',
    "difference": '''
def difference(f, x):
    """The derivative of f at x by central differences of order 4."""
    h = 1e-3 * abs(x) if x else 1e-3
    return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
''',
    "gradient": '''
def gradient(f, x):
    """All derivatives of f by the entries of x, by central differences of order 4."""
    slopes, h = np.zeros(np.shape(x)), 3e-4
    for place in np.ndindex(np.shape(x)):
        step = np.zeros(np.shape(x))
        step[place] = h
        change = 8 * (f(x + step) - f(x - step)) - (f(x + 2 * step) - f(x - 2 * step))
        slopes[place] = np.squeeze(change) / (12 * h)
    return slopes
''',
    "integral": '''
def integral(f, low, high):
    """The integral of f from low to high by the tanh-sinh rule: its nodes crowd at both ends."""
    t = np.arange(-3, 3 + 1 / 64, 1 / 32)
    nodes, weights = np.tanh(np.pi / 2 * np.sinh(t)), np.pi / 2 * np.cosh(t) / np.cosh(np.pi / 2 * np.sinh(t)) ** 2
    return sum(w * f((low + high + (high - low) * x) / 2) for x, w in zip(nodes, weights)) * (high - low) / 64
''',
    "average": '''
def average(quantity, values, chances, count=None):
    """The expectation of a quantity: the sum over all values of one random number w, or of independent w[1], ..., w[count]."""
    if count is None:
        return sum(p * quantity(w) for w, p in zip(values, chances))
    total = 0
    for atoms in product(zip(values, chances), repeat=count):
        w = [None, *(value for value, _ in atoms)]
        total = total + math.prod(p for _, p in atoms) * quantity(w)
    return total
''',
    "variance": '''
def variance(quantity, values, chances, count=None):
    """The mean squared distance from the expectation."""
    mean = average(quantity, values, chances, count)
    return average(lambda w: abs(quantity(w) - mean) ** 2, values, chances, count)
''',
    "two_values": '''
def two_values(mean, deviation, skew):
    """A law with this mean and standard deviation: two values, equally likely for skew 1."""
    return [mean - deviation / skew, mean + deviation * skew], [skew**2 / (1 + skew**2), 1 / (1 + skew**2)]
''',
    "gaussian": '''
def gaussian(mean, deviation):
    """Values and weights that give Gaussian expectations of polynomials up to degree 11 exactly."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(6)
    return mean + deviation * nodes, weights / np.sqrt(2 * np.pi)
''',
    "uniform": '''
def uniform(mean, deviation):
    """Values and weights that give expectations of polynomials up to degree 11 under a uniform law exactly."""
    nodes, weights = np.polynomial.legendre.leggauss(6)
    return mean + deviation * np.sqrt(3) * nodes, weights / 2
''',
    "symmetric": '''
def symmetric(a):
    """The symmetric part of a matrix."""
    return (a + a.T) / 2
''',
    "square": '''
def square(a):
    """A positive semidefinite matrix."""
    return a @ a.T
''',
}
"""In the order of the cell. Each is there only if a cell uses it."""


def first_cell(cells: Iterable[str]) -> str:
    """The imports and functions that the cells need, and nothing else."""
    used = "\n".join(cells)
    chosen: list[str] = []
    for name, source in reversed(FUNCTIONS.items()):
        if re.search(rf"(?<![.\w]){name}\(", used):
            chosen.insert(0, source.strip())
            used = f"{source}\n{used}"
    names = ", ".join(name for name in ("cache", "reduce") if re.search(rf"@{name}\b|\b{name}\(", used))
    lines = [line.format(names=names) for pattern, line in IMPORTS if re.search(pattern, used)]
    imports = "\n".join(sorted(lines, key=lambda line: (line.startswith("from"), line)))
    head = f"{imports}\n\nimport numpy as np" if imports else "import numpy as np"
    return "\n\n\n".join([head, *chosen])
