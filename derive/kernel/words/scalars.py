"""Numbers made of matrices: x^T A y, norms, entries, determinants."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import number, power
from derive.kernel.words.algebra import polynomial_key
from derive.kernel.words.learning import words
from derive.kernel.words.norms import norm_value
from derive.kernel.words.shapes import shape
from derive.kernel.words.terms import polynomial_of
from derive.kernel.words.traces import determinant_value, trace_value


def scalar_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of x^T A y, of norms, entries and the like: explicit where the entries are, else one generator."""
    from derive.kernel.explicit import NotExplicit, explicit_scalar

    try:
        return explicit_scalar(normaliser, term, facts)
    except NotExplicit:
        pass
    if term.head == "condition_number":
        inverse = power(term.args[0], number(-1))
        return normaliser.value(Term("norm", term.args), facts) * normaliser.value(Term("norm", (inverse,)), facts)
    if term.head == "mul":
        return _scalar_product(normaliser, term, facts)
    return _matrix_atom(normaliser, term, facts)


def _scalar_product(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    polynomial = polynomial_of(words(normaliser, facts), term, facts)
    if any(word.letters for _, word in polynomial.values()):
        raise NoNormalForm("a matrix where a number is expected")
    total = normaliser.constant(0)
    for coefficient, _ in polynomial.values():
        total += coefficient
    return total


def _matrix_atom(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    algebra = words(normaliser, facts)
    polynomial = polynomial_of(algebra, term.args[0], facts)
    sizes = shape(term.args[0], facts) or ("1", "1")
    if term.head == "trace":
        return trace_value(algebra, polynomial, sizes[0])
    if term.head == "det":
        return determinant_value(algebra, polynomial, sizes[0], facts)
    if term.head in ("norm", "frobenius", "norm_p"):
        return norm_value(algebra, term, polynomial, sizes, facts)
    rest = [normaliser.key(normaliser.value(arg, facts)) for arg in term.args[1:]]
    rest.append(str(shape(term.args[0], facts)))
    real = term.head != "eigenvalue" and facts.kind(term) != "complex"
    return normaliser.generator((term.head, polynomial_key(normaliser, polynomial), *rest), term.head, term, real)
