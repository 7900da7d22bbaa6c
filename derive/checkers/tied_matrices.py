"""Matrices that satisfy equations among the hypotheses: ``A^T = A``, ``A B = B A``, ``A^2 = A``, ``X^T X w = X^T y``.

An equation that is linear in some letter is solved for it exactly, the free entries being those that were drawn; for the
usual squares (projections, involutions, nilpotent and orthogonal matrices) there is a construction. Suggestions only: the
kernel checks the hypotheses at the point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from flint import fmpq, fmpq_mat

from derive.core import Matrix, Relation, Scope, Term, Value
from derive.kernel.balls import Undefined, compute, holds
from derive.kernel.facts import Facts
from derive.kernel.terms import ZERO, free_letters, letters_of, rational_value, sub, symbol

Env = dict[str, Value]
MOST_UNKNOWNS = 25
ROUNDS = 2
IDENTITY = Term("identity")


def settle_ties(scope: Scope, facts: Facts, env: Env, turn: int, random: Random) -> None:
    """Change the drawn matrices in ``env`` so that the equations between matrices hold, where a way is known."""
    equations = [h for h in scope.hypotheses if h.relation == "=" and not _defines(h, facts) and _ties(h, env)]
    first = turn % len(equations) if equations else 0
    for _ in range(ROUNDS if equations else 0):
        for equation in (*equations[first:], *equations[:first]):
            if holds(equation, env, 64) is not True:
                _settle(equation, equations, facts, env, turn, random)


def _defines(hypothesis: Relation, facts: Facts) -> bool:
    lhs = hypothesis.lhs
    return lhs.head == "index" or (lhs.head == "symbol" and facts.definition(str(lhs.value)) is not None)


def _ties(hypothesis: Relation, env: Env) -> bool:
    return any(isinstance(env.get(name), Matrix) for name in letters_of(hypothesis))


def _settle(equation: Relation, equations: list[Relation], facts: Facts, env: Env, turn: int, random: Random) -> None:
    construct = _construction(equation)
    if construct is not None:
        name, make = construct
        old = env.get(name)
        if isinstance(old, Matrix) and len(old.rows) == len(old.rows[0]):
            declaration = facts.declaration(name)
            symmetric = declaration is not None and "symmetric" in declaration.properties
            env[name] = _plain(make(len(old.rows), turn, _basis(len(old.rows), random, orthogonal=symmetric)))
        elif isinstance(old, Matrix) and _turned_product(equation.lhs if equation.rhs == IDENTITY else equation.rhs):
            env[name] = _orthonormal(len(old.rows), len(old.rows[0]), random)
        return
    inverted = _inverted(equation, env)
    if inverted is not None:
        env.update([inverted])
        return
    names = [name for name in env if name in letters_of(equation) and isinstance(env[name], Matrix)]
    start = turn % len(names)
    nought: tuple[str, Matrix] | None = None
    for name in sorted([*names[start:], *names[:start]], key=lambda name: _columns(env[name]) > 1):  # vectors first
        solved = _solved(name, equations, facts, env)
        if solved is not None and (_is_zero(solved) and not _is_zero(env[name])):
            nought = nought or (name, solved)  # A u = 3 u has u = 0 for every A, and shows little
        elif solved is not None:
            env[name] = solved
            return
    if nought is not None:
        env.update([nought])


def _is_zero(value: Value) -> bool:
    return isinstance(value, Matrix) and not any(entry for row in value.rows for entry in row)


def _columns(value: Value) -> int:
    return len(value.rows[0]) if isinstance(value, Matrix) else 0


def _inverted(equation: Relation, env: Env) -> tuple[str, Matrix] | None:
    """For ``V^{-1} = B``, V not in B: the inverse of B."""
    for side, other in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
        if side.head == "pow" and side.args[0].head == "symbol" and rational_value(side.args[1]) == -1:
            name = str(side.args[0].value)
            if isinstance(env.get(name), Matrix) and name not in free_letters(other):
                try:
                    value = compute(Term("pow", (other, side.args[1])), env, 64)
                except Undefined:
                    return None
                return (name, _plain(value)) if isinstance(value, fmpq_mat) else None
    return None


# ------------------------------------------------------------------------------------------------- linear equations


def _solved(name: str, equations: list[Relation], facts: Facts, env: Env) -> Matrix | None:
    """The matrix next to the drawn one that satisfies all equations that speak of it, if they are linear in it."""
    old = env[name]
    assert isinstance(old, Matrix)
    rows, columns = len(old.rows), len(old.rows[0])
    relations = [h for h in equations if name in letters_of(h)] + list(_by_declaration(name, facts))
    if rows * columns > MOST_UNKNOWNS:
        return None
    unit = [
        Matrix(tuple(tuple(Fraction(k == i * columns + j) for j in range(columns)) for i in range(rows)))
        for k in range(rows * columns)
    ]
    try:
        base = _residual(relations, {**env, name: Matrix(((Fraction(0),) * columns,) * rows)})
        slopes = [_residual(relations, {**env, name: one}) for one in unit]
    except Undefined:
        return None
    slopes = [[x - y for x, y in zip(slope, base, strict=True)] for slope in slopes]
    drawn = [entry if isinstance(entry, Fraction) else Fraction(0) for row in old.rows for entry in row]
    found = _nearby_solution(slopes, base, drawn)
    if found is None:
        return None
    return Matrix(tuple(tuple(found[i * columns : (i + 1) * columns]) for i in range(rows)))


def _by_declaration(name: str, facts: Facts) -> Iterator[Relation]:
    declaration = facts.declaration(name)
    if declaration is not None and {"symmetric", "positive_definite", "positive_semidefinite"} & set(
        declaration.properties
    ):
        yield Relation(Term("transpose", (symbol(name),)), "=", symbol(name))


def _residual(relations: list[Relation], env: Env) -> list[fmpq]:
    """The entries of left minus right side of each equation. Raises Undefined where they are not exact."""
    entries: list[fmpq] = []
    for relation in relations:
        difference = relation.lhs if relation.rhs == ZERO else sub(relation.lhs, relation.rhs)
        value = compute(difference, env, 64)
        if isinstance(value, fmpq_mat):
            entries += value.entries()
        elif isinstance(value, fmpq):
            entries.append(value)
        else:
            raise Undefined("not exact")
    return entries


def _nearby_solution(slopes: list[list[fmpq]], base: list[fmpq], drawn: list[Fraction]) -> list[Fraction] | None:
    """x with base + sum x_k slopes_k = 0, its free entries as drawn."""
    count = len(slopes)
    system = fmpq_mat([[*(slope[r] for slope in slopes), -base[r]] for r in range(len(base))])
    reduced, rank = system.rref()
    solution = list(drawn)
    for r in range(rank):
        pivot = next(k for k in range(count + 1) if reduced[r, k] != 0)
        if pivot == count:
            return None
        value = reduced[r, count]
        for k in range(pivot + 1, count):
            value -= reduced[r, k] * fmpq(drawn[k].numerator, drawn[k].denominator)
        solution[pivot] = Fraction(int(value.p), int(value.q))
    return solution


# ------------------------------------------------------------------------------------------------- squares and products

Make = Callable[[int, int, fmpq_mat], fmpq_mat]
"""(size, turn, basis) to a matrix."""


def _construction(equation: Relation) -> tuple[str, Make] | None:
    for left, right in ((equation.lhs, equation.rhs), (equation.rhs, equation.lhs)):
        letter = _squared(left)
        if letter is not None:
            for wanted, make in ((symbol(letter), _projection), (ZERO, _nilpotent), (IDENTITY, _involution)):
                if right == wanted:
                    return letter, make
        turned = _turned_product(left)
        if turned is not None and right == IDENTITY:
            return turned, lambda size, turn, basis: basis if turn % 3 else _involution(size, turn, basis)
    return None


def _squared(term: Term) -> str | None:
    """The letter A of ``A^k``, k >= 2, or ``A A``."""
    if term.head == "pow" and term.args[0].head == "symbol" and (rational_value(term.args[1]) or 0) >= 2:
        return str(term.args[0].value)
    same = term.head == "mul" and len(set(term.args)) == 1 and term.args[0].head == "symbol"
    return str(term.args[0].value) if same else None


def _turned_product(term: Term) -> str | None:
    """The letter Q of ``Q^T Q`` or ``Q Q^T``."""
    if term.head != "mul" or len(term.args) != 2:
        return None
    letters = [arg.args[0] if arg.head == "transpose" else arg for arg in term.args]
    turned = term.args[0] != term.args[1] and letters[0] == letters[1] and letters[0].head == "symbol"
    return str(letters[0].value) if turned else None


def _between(basis: fmpq_mat, middle: fmpq_mat) -> fmpq_mat:
    return basis * middle * basis.inv()


def _diagonal(entries: list[int]) -> fmpq_mat:
    return fmpq_mat([[entry if i == j else 0 for j in range(len(entries))] for i, entry in enumerate(entries)])


def _projection(size: int, turn: int, basis: fmpq_mat) -> fmpq_mat:
    return _between(basis, _diagonal([int(i <= turn % (size + 1) - 1) for i in range(size)]))


def _involution(size: int, turn: int, basis: fmpq_mat) -> fmpq_mat:
    return _between(basis, _diagonal([-1 if i <= turn % (size + 1) - 1 else 1 for i in range(size)]))


def _nilpotent(size: int, turn: int, basis: fmpq_mat) -> fmpq_mat:
    middle = fmpq_mat(size, size)
    if size > 1 and turn % 3 != 2:
        middle[0, 1] = 1
    return _between(basis, middle)


def _basis(size: int, random: Random, *, orthogonal: bool) -> fmpq_mat:
    """Unit lower times unit upper triangular, or a product of rational rotations."""
    if orthogonal:
        return _rotations(size, random)
    low = [[random.randint(-2, 2) if j < i else int(i == j) for j in range(size)] for i in range(size)]
    up = [[random.randint(-2, 2) if j > i else int(i == j) for j in range(size)] for i in range(size)]
    return fmpq_mat(low) * fmpq_mat(up)


def _rotations(size: int, random: Random) -> fmpq_mat:
    total = _diagonal([1] * size)
    for i in range(size - 1):
        c, s = random.choice(((fmpq(3, 5), fmpq(4, 5)), (fmpq(5, 13), fmpq(-12, 13))))
        turn = _diagonal([1] * size)
        turn[i, i] = turn[i + 1, i + 1] = c
        turn[i, i + 1], turn[i + 1, i] = -s, s
        total = total * turn
    return total


def _orthonormal(rows: int, columns: int, random: Random) -> Matrix:
    """Orthonormal columns, or rows where there are more columns."""
    full = _plain(_rotations(max(rows, columns), random)).rows
    return Matrix(tuple(row[:columns] for row in full[:rows]))


def _plain(a: fmpq_mat) -> Matrix:
    return Matrix(
        tuple(tuple(Fraction(int(a[i, j].p), int(a[i, j].q)) for j in range(a.ncols())) for i in range(a.nrows()))
    )
