"""Inner products and the norms that are made of entries."""

from __future__ import annotations

from flint import acb, arb, fmpq

from derive.core import Term
from derive.kernel.balls.arithmetic import add, multiply
from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.matrices import transposed
from derive.kernel.balls.place import Place, scalar_of, settled, value_of
from derive.kernel.balls.roots import absolute, kth_root, square_root, squared_modulus
from derive.kernel.balls.steps import largest
from derive.kernel.balls.values import Gauss, GaussMatrix, Grid, Multiple, Quantity, Scalar, rows_of, size_of


def frobenius(x: Quantity, place: Place) -> Scalar:
    return square_root(_total([squared_modulus(entry) for entry in _entries(x)], place))


def norm_of_order(term: Term, place: Place) -> Quantity:
    """(|x_1|^p + ... + |x_d|^p)^(1/p) of a vector for a whole number p >= 1, the largest modulus for p infinite."""
    vector = value_of(term.args[0], place)
    if isinstance(vector, Grid) and 1 not in size_of(vector):
        raise Undefined("the p-norm of a matrix")
    moduli = [absolute(entry) for entry in _entries(vector)]
    if term.args[1] == Term("constant", (), "infinity"):
        size: Scalar = moduli[0]
        for modulus in moduli[1:]:
            size = largest(size, modulus)
        return size
    p = scalar_of(term.args[1], place)
    if not isinstance(p, fmpq) or p.denominator != 1 or not 1 <= p <= 64:
        raise Undefined("a p-norm whose order is no small whole number")
    return kth_root(_total([modulus ** int(p.numerator) for modulus in moduli], place), int(p.numerator))


def inner_product(term: Term, place: Place) -> Quantity:
    """x^T y of real vectors."""
    left, right = (value_of(arg, place) for arg in term.args)
    for side in (left, right):
        if isinstance(side, GaussMatrix | Gauss | acb):
            raise Undefined("an inner product of complex vectors")
    return multiply(transposed(left), right)


def _entries(x: Quantity) -> list[Scalar]:
    if isinstance(x, Multiple):
        raise Undefined("a norm of an identity matrix of no fixed size")
    return [entry for row in rows_of(x) for entry in row] if isinstance(x, Grid) else [x]


def _total(parts: list[fmpq | arb], place: Place) -> Scalar:
    total: Quantity = fmpq(0)
    for part in parts:
        total = settled(add(total, part), place)
    assert isinstance(total, fmpq | arb)
    return total
