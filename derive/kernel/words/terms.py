"""From matrix terms to sums of words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.core import Term
from derive.kernel.binders import bound_letter, linear_pieces, reference_end
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import Ratio
from derive.kernel.recurrence import unroll
from derive.kernel.terms import rational_value, substitute
from derive.kernel.words.algebra import Words
from derive.kernel.words.letters import Letter, Polynomial, Word
from derive.kernel.words.powers import inverse_of, symbolic_power
from derive.kernel.words.shapes import ANY, ShapeError, declared_shape, is_matrix, shape

POWER_LIMIT = 64
POWER_OF_WORD_LIMIT = 1000


def polynomial_of(algebra: Words, term: Term, facts: Facts) -> Polynomial:
    """The normal form of a matrix term (or of a scalar, as a multiple of the identity)."""
    head, args = term.head, term.args
    if not is_matrix(term, facts) and head != "mul":
        return algebra.scalar(algebra.normaliser.value(term, facts))
    if head == "symbol":
        return algebra.normal_word((_letter(algebra, str(term.value), facts),))
    if head == "identity":
        return algebra.scalar(algebra.normaliser.constant(1))
    if head == "index":
        return _member(algebra, term, facts)
    if head == "add":
        total: Polynomial = {}
        for arg in args:
            total = algebra.plus(total, polynomial_of(algebra, arg, facts))
        return total
    if head == "neg":
        return algebra.scaled(polynomial_of(algebra, args[0], facts), algebra.normaliser.constant(-1))
    if head == "mul":
        product = algebra.scalar(algebra.normaliser.constant(1))
        for arg in args:
            product = algebra.times(product, polynomial_of(algebra, arg, facts))
        return product
    if head == "div":
        return algebra.scaled(
            polynomial_of(algebra, args[0], facts), algebra.normaliser.value(args[1], facts).inverse()
        )
    if head == "transpose":
        return algebra.transposed(polynomial_of(algebra, args[0], facts))
    if head == "pow":
        return _power(algebra, args[0], args[1], facts)
    if head == "diagonal_family":
        return _diagonal_family(algebra, term, facts)
    if head == "sum":
        return _sum(algebra, term, facts)
    if head in ("expect", "variance", "covariance"):
        return _averaged(algebra, term, facts)
    raise NoNormalForm(f"no normal form for {head} among symbolic matrices")


def _averaged(algebra: Words, term: Term, facts: Facts) -> Polynomial:
    """A mean or a covariance matrix of random vectors."""
    from derive.kernel.expectation.randomness import require_free_laws
    from derive.kernel.expectation.vectors import mentions_vector, vector_free

    require_free_laws(facts)
    if not mentions_vector(term, facts):
        raise NoNormalForm(f"no normal form for {term.head} among symbolic matrices")
    return polynomial_of(algebra, vector_free(term, facts), facts)


def _letter(algebra: Words, name: str, facts: Facts) -> Letter:
    rows, columns = declared_shape(facts.declaration(name)) or ("1", "1")
    return Letter(name, algebra.normaliser.constant(1), "1|1", rows, columns)


def _member(algebra: Words, term: Term, facts: Facts) -> Polynomial:
    unrolled = unroll(term, facts)
    if unrolled is not None:
        return polynomial_of(algebra, unrolled, facts)
    index = algebra.normaliser.key(algebra.normaliser.value(term.args[1], facts))
    letter = _letter(algebra, str(term.args[0].value), facts)
    return algebra.normal_word((replace(letter, name=f"{term.args[0].value}[{index}]", index=term.args[1]),))


def _power(algebra: Words, base: Term, exponent: Term, facts: Facts) -> Polynomial:
    sizes = shape(base, facts)
    if sizes is None or (sizes != ANY and sizes[0] != sizes[1]):
        raise ShapeError("a power of a matrix that is not square")
    numeral = rational_value(exponent)
    if numeral is not None:
        return _numeral_power(algebra, base, numeral, facts)
    if facts.kind(exponent) != "integer":
        raise NoNormalForm("a matrix to an exponent that is not declared an integer")
    plain = Words(algebra.normaliser, facts, False)
    return symbolic_power(algebra, polynomial_of(plain, base, facts), exponent, facts)


def _numeral_power(algebra: Words, base: Term, numeral: Fraction, facts: Facts) -> Polynomial:
    value = polynomial_of(algebra, base, facts)
    if numeral.denominator != 1 or abs(numeral) > (POWER_LIMIT if len(value) > 1 else POWER_OF_WORD_LIMIT):
        raise NoNormalForm(f"a matrix to the power {numeral}")
    return to_the(algebra, inverse_of(algebra, value) if numeral < 0 else value, abs(int(numeral)))


def to_the(algebra: Words, value: Polynomial, exponent: int) -> Polynomial:
    """By squaring."""
    if exponent < 2:
        return value if exponent else algebra.scalar(algebra.normaliser.constant(1))
    half = to_the(algebra, value, exponent // 2)
    square = algebra.times(half, half)
    return algebra.times(square, value) if exponent % 2 else square


def _diagonal_family(algebra: Words, term: Term, facts: Facts) -> Polynomial:
    body, bound, lower, upper = term.args
    canonical = substitute(body, str(bound.value), Term("symbol", (), "#0"))
    name = f"diag:{algebra.normaliser.key(algebra.normaliser.value(lower, facts))}:"
    name += algebra.normaliser.key(algebra.normaliser.value(upper, facts))
    sizes = shape(term, facts) or ANY
    letter = Letter(name, algebra.normaliser.constant(1), "1|1", sizes[0], sizes[1], canonical)
    return algebra.normal_word((algebra.diagonal(canonical, name, letter),))


def _sum(algebra: Words, term: Term, facts: Facts) -> Polynomial:
    body, bound, *ends = term.args
    lower, upper = (algebra.normaliser.reduce(algebra.normaliser.value(end, facts)) for end in ends)
    reference = reference_end(algebra.normaliser, lower, upper, facts)
    if reference is None:
        raise NoNormalForm("a sum of matrices whose length may be negative")
    end, extra = reference
    total = _summed(algebra, term, lower, end, facts) if (end - lower).constant() != -1 else {}
    for j in range(1, extra + 1):
        at = algebra.normaliser.ratio_term(end + algebra.normaliser.constant(j))
        total = algebra.plus(total, polynomial_of(algebra, substitute(body, str(bound.value), at), facts))
    return total


def _summed(algebra: Words, term: Term, lower: Ratio, end: Ratio, facts: Facts) -> Polynomial:
    low, high = algebra.normaliser.ratio_term(lower), algebra.normaliser.ratio_term(end)
    key = f"sum:{algebra.normaliser.key(lower)}:{algebra.normaliser.key(end)}"
    with bound_letter(algebra.normaliser) as letter:
        inside = facts.under(letter, low, high)
        outer, algebra.facts = algebra.facts, inside
        try:
            value = polynomial_of(algebra, substitute(term.args[0], str(term.args[1].value), letter), inside)
        finally:
            algebra.facts = outer
        total: Polynomial = {}
        for coefficient, word in value.values():
            if word.ends:
                raise NoNormalForm("a sum of matrices inside another")
            for free, dependent in linear_pieces(algebra.normaliser, coefficient, letter):
                whole = dependent.constant() == 1
                piece = Word(word.letters, (lower, end), key) if whole else _weighted(algebra, dependent, word, key)
                total = algebra.plus(total, {piece.key: (free, piece)})
    return total


def _weighted(algebra: Words, weight: Ratio, word: Word, key: str) -> Word:
    """The sum of ``weight`` times a word, where the weight depends on the index: a letter of its own."""
    if algebra.normaliser.depth > 1 or not word.letters:
        raise NoNormalForm("a sum of matrices with such coefficients inside another sum")
    name = f"#sum[{key}:{algebra.normaliser.key(weight)}:{word.key}]"
    rows, columns = word.letters[0].rows, word.letters[-1].columns
    return Word((Letter(name, algebra.normaliser.constant(1), "1|1", rows, columns),))
