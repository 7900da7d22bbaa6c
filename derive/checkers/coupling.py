"""Joint laws for random letters that nobody declared independent: they rise together, or one falls while the other rises, or a
bit of both; three letters that are independent in pairs only; and Gaussian letters that are functions of each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

from derive.core import FiniteLaw, Function, Joint, Scope, Term
from derive.kernel.expectation.randomness import apart
from derive.kernel.terms import add, mul, number, sub, symbol

Atoms = tuple[tuple[tuple[Fraction, ...], Fraction], ...]
HALF = Fraction(1, 2)
LOCATION_SCALE = ("gaussian", "uniform", "laplace")


def coupled(scope: Scope, laws: dict[str, FiniteLaw], turn: int) -> dict[str, Joint]:
    """In three turns of four a joint law of the letters that may depend on each other; in the fourth they are independent."""
    families = {declaration.name for declaration in scope.declarations if declaration.family}
    listed = sorted(name for name in laws if name not in families)
    names: list[str] = []
    for name in listed:
        if not any(_independent(scope, name, other) for other in names):
            names.append(name)
    turn += turn // 4  # so that each kind of law occurs in each kind of company
    if turn % 4 == 1:
        return {}
    if len(names) < 2:
        return _in_pairs(scope, listed, laws)
    falling = turn % 4 == 2
    columns = [sorted(laws[name].atoms, reverse=falling and i % 2 == 1) for i, name in enumerate(names)]
    atoms = tuple(_cells(columns))
    if turn % 4 == 3 and len(names) == 2:
        atoms = tuple((x, HALF * p) for x, p in (*atoms, *_all_cells(columns)))
    return dict.fromkeys(names, Joint(tuple(names), atoms))


def _independent(scope: Scope, a: str, b: str) -> bool:
    return any(a in group and b in group for group in scope.independent)


def _cells(columns: list[list[tuple[Fraction, Fraction]]]) -> Iterator[tuple[tuple[Fraction, ...], Fraction]]:
    """The values of all letters at one and the same level of probability, level by level."""
    stacks = [list(reversed([atom for atom in column if atom[1]])) for column in columns]
    while all(stacks):
        weight = min(stack[-1][1] for stack in stacks)
        yield tuple(stack[-1][0] for stack in stacks), weight
        for stack in stacks:
            value, left = stack.pop()
            if left > weight:
                stack.append((value, left - weight))


def _all_cells(columns: list[list[tuple[Fraction, Fraction]]]) -> Iterator[tuple[tuple[Fraction, ...], Fraction]]:
    """Independent letters."""
    for outcome in product(*columns):
        weight = Fraction(1)
        for _, p in outcome:
            weight *= p
        yield tuple(x for x, _ in outcome), weight


def _in_pairs(scope: Scope, names: list[str], laws: dict[str, FiniteLaw]) -> dict[str, Joint]:
    """Three letters every two of which are independent, but not all three: a parity is added to the weights."""
    if len(names) != 3 or apart(frozenset(names), scope):
        return {}
    columns = [[atom for atom in laws[name].atoms if atom[1]] for name in names]
    if any(len(column) < 2 for column in columns):
        return {}
    cells = dict(_all_cells(columns))
    corners = {
        tuple(columns[i][bit][0] for i, bit in enumerate(bits)): sum(bits) % 2 for bits in product((0, 1), repeat=3)
    }
    step = min(cells[corner] for corner in corners)
    for corner, odd in corners.items():
        cells[corner] += -step if odd else step
    return dict.fromkeys(names, Joint(tuple(names), tuple(cells.items())))


def linked(scope: Scope, missing: list[str], exact: Callable[[Term], object], turn: int) -> dict[str, Function]:
    """One letter as a rising or falling affine function of another one of the same kind."""
    laws = {d.name: d.law for d in scope.declarations if d.name in missing and d.law and not d.family and not d.shape}
    names = [name for name, law in laws.items() if law.name in LOCATION_SCALE]
    found: dict[str, Function] = {}
    for name in names[1:] if turn % 4 != 1 else []:
        first = names[0]
        if laws[name].name != laws[first].name or _independent(scope, name, first) or found:
            continue
        ratio = exact(Term("sqrt", (Term("div", (laws[name].variance, laws[first].variance)),)))
        means = exact(laws[first].mean), exact(laws[name].mean)
        if isinstance(ratio, Fraction) and all(isinstance(mean, Fraction) for mean in means):
            slope = number(-ratio if turn % 4 == 2 else ratio)
            shifted = sub(symbol(first), number(means[0]))  # type: ignore[arg-type]
            found[name] = Function(first, add(mul(slope, shifted), number(means[1])))  # type: ignore[arg-type]
    return found
