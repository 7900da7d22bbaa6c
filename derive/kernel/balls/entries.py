"""Rules for matrices written by their entries, and for what is asked of a matrix by an index."""

from __future__ import annotations

from flint import fmpq

from derive.core import Term
from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.matrices import assembled, diagonal_matrix, entry_of
from derive.kernel.balls.place import Place, integer_of, scalar_of, value_of
from derive.kernel.balls.spectra import eigenvalue_of
from derive.kernel.balls.values import Multiple, Quantity


def matrix_of_rows(term: Term, place: Place) -> Quantity:
    if any(row.head != "row" for row in term.args):
        raise Undefined("a matrix is made of rows")
    return assembled([[scalar_of(entry, place) for entry in row.args] for row in term.args])


def row_matrix(term: Term, place: Place) -> Quantity:
    return assembled([[scalar_of(entry, place) for entry in term.args]])


def identity(term: Term, place: Place) -> Quantity:
    return Multiple(fmpq(1))


def diagonal_of_entries(term: Term, place: Place) -> Quantity:
    return diagonal_matrix([scalar_of(entry, place) for entry in term.args])


def indexed_entry(term: Term, place: Place) -> Quantity:
    a, i, j = term.args
    return entry_of(value_of(a, place), integer_of(i, place), integer_of(j, place))


def indexed_eigenvalue(term: Term, place: Place) -> Quantity:
    return eigenvalue_of(value_of(term.args[0], place), integer_of(term.args[1], place), place)
