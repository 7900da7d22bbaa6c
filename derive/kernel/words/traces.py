"""Traces and determinants of sums of words.

Traces: linear, the same for all cyclic shifts and for the transpose; x^T A y where a shift gives a number. Determinants:
multiplicative, det(c A) = c^n det A, det(A^T) = det A, det Q = +-1 for orthogonal Q; det(I + A B) = det(I + B A).
Source: Horn and Johnson, Matrix Analysis, 2nd ed., sections 0.3, 1.2 and 1.3 (theorem 1.3.22).
"""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, integer_power
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import symbol
from derive.kernel.words.algebra import Words, polynomial_key
from derive.kernel.words.letters import Letter, Polynomial, Word
from derive.kernel.words.powers import inverted_letter
from derive.kernel.words.written import written_polynomial, written_word

DEPTH = 12


def size_value(normaliser: Normaliser, size: str) -> Ratio:
    """The number that a size stands for. Raises NoNormalForm for that of an identity of no stated size."""
    if size == "?":
        raise NoNormalForm("an identity of no stated size")
    if size.isdigit():
        return normaliser.constant(int(size))
    return normaliser.generator(("symbol", size), "symbol", symbol(size), True)


# ------------------------------------------------------------------------------------------------------------- trace


def trace_value(algebra: Words, polynomial: Polynomial, size: str, depth: int = DEPTH) -> Ratio:
    """The trace of a sum of words that is ``size`` by ``size``."""
    if depth <= 0:
        raise TooLarge("a trace whose rewriting does not end")
    total = algebra.normaliser.constant(0)
    for coefficient, word in polynomial.values():
        total += coefficient * _trace_of_word(algebra, word, size, depth)
    return total


def _trace_of_word(algebra: Words, word: Word, size: str, depth: int) -> Ratio:
    if word.ends:
        raise NoNormalForm("the trace of a sum of powers")
    if not word.letters:
        return size_value(algebra.normaliser, size)
    keys = {Word(letters).key for letters in _shifts(word.letters)}
    for letters in _shifts(word.letters)[1:]:
        shifted = algebra.normal_word(letters)
        same = len(shifted) == 1 and all(key in keys and c.constant() == 1 for key, (c, _) in shifted.items())
        if not same:  # neighbours met: a number, or a shorter word
            return trace_value(algebra, shifted, letters[0].rows, depth - 1)
    return _atom(algebra, "trace", algebra.normaliser.constant(1), word.letters)


def _shifts(letters: tuple[Letter, ...]) -> list[tuple[Letter, ...]]:
    return [letters[k:] + letters[:k] for k in range(len(letters))]


def _atom(algebra: Words, head: str, coefficient: Ratio, letters: tuple[Letter, ...]) -> Ratio:
    """One generator for all cyclic shifts of a word and of its transpose."""
    flipped = tuple(algebra.transposed_letter(letter) for letter in reversed(letters))
    first = min((*_shifts(letters), *_shifts(flipped)), key=lambda shifted: Word(shifted).key)
    normaliser = algebra.normaliser
    product = written_word(normaliser, first)
    if head == "det":
        scaled = Term("mul", (normaliser.ratio_term(coefficient), product))
        product = Term("add", (Term("identity"), scaled))
    key = (f"{head} of word", normaliser.key(coefficient), Word(first).key)
    real = not algebra.may_be_complex({"": (coefficient, Word(letters))})
    return normaliser.generator(key, head, Term(head, (product,)), real)


# ------------------------------------------------------------------------------------------------------- determinant


def determinant_value(algebra: Words, polynomial: Polynomial, size: str, facts: Facts) -> Ratio:
    """The determinant of a sum of words that is ``size`` by ``size``."""
    if not polynomial:
        return algebra.normaliser.constant(0)
    if any(word.ends for _, word in polynomial.values()):
        raise NoNormalForm("the determinant of a sum of powers")
    if len(polynomial) == 1:
        ((coefficient, word),) = polynomial.values()
        if all(letter.rows == letter.columns for letter in word.letters):
            return _of_product(algebra, coefficient, word, size, facts)
    split = _split(algebra, polynomial, facts)
    if split is None:
        return _opaque(algebra, polynomial, size)
    coefficient, word, rest = split
    return _of_product(algebra, coefficient, word, size, facts) * _beside_identity(algebra, rest, size)


def _of_product(algebra: Words, coefficient: Ratio, word: Word, size: str, facts: Facts) -> Ratio:
    n = size_value(algebra.normaliser, size) if coefficient.constant() != 1 else algebra.normaliser.constant(1)
    total = integer_power(algebra.normaliser, coefficient, n, facts)
    for letter in word.letters:
        total *= _of_letter(algebra, letter, facts)
    return total


def _of_letter(algebra: Words, letter: Letter, facts: Facts) -> Ratio:
    normaliser = algebra.normaliser
    if letter.opened is not None:
        inside = determinant_value(algebra, algebra.inverted(letter), letter.rows, facts)
        return integer_power(normaliser, inside, -letter.exponent, facts)
    if letter.body is not None:
        return _plain_atom(algebra, {Word((letter,)).key: (normaliser.constant(1), Word((letter,)))}, letter.rows)
    plain = Letter(
        letter.name.removesuffix("'"), normaliser.constant(1), "1|1", letter.rows, letter.columns, None, letter.index
    )
    if "orthogonal" in algebra.properties(letter.name):
        term = Term("det", (written_word(normaliser, (plain,)),))
        base = normaliser.generator(("det", plain.name), "sign", term, True, relation=(2, normaliser.constant(1)))
    else:
        term = Term("det", (written_word(normaliser, (plain,)),))
        base = normaliser.generator(("det", plain.name), "det", term, not algebra.is_complex(letter))
    return integer_power(normaliser, base, letter.exponent, facts)


def _split(algebra: Words, polynomial: Polynomial, facts: Facts) -> tuple[Ratio, Word, Polynomial] | None:
    """(c, P, R) with the polynomial c P (I + R), for a summand c P that is certainly invertible."""
    for key in sorted(polynomial, key=lambda key: (key != "[]", key)):
        coefficient, word = polynomial[key]
        if not all(_invertible(algebra, letter, facts) for letter in word.letters):
            continue
        if coefficient.constant() is None and not facts.nonzero(algebra.normaliser.ratio_term(coefficient)):
            continue
        inverse = algebra.scalar(coefficient.inverse())
        for letter in reversed(word.letters):
            inverse = algebra.times(inverse, inverted_letter(algebra, letter))
        others = {other: entry for other, entry in polynomial.items() if other != key}
        return coefficient, word, algebra.times(inverse, others)
    return None


def _invertible(algebra: Words, letter: Letter, facts: Facts) -> bool:
    if letter.rows != letter.columns or letter.body is not None:
        return False
    plain = Letter(
        letter.name.removesuffix("'"),
        algebra.normaliser.constant(1),
        "1|1",
        letter.rows,
        letter.columns,
        None,
        letter.index,
        letter.opened,
    )
    return letter.opened is not None or facts.nonzero(Term("det", (written_word(algebra.normaliser, (plain,)),)))


def _beside_identity(algebra: Words, rest: Polynomial, size: str) -> Ratio:
    """det(I + R)."""
    normaliser = algebra.normaliser
    if not rest:
        return normaliser.constant(1)
    if len(rest) > 1:
        return _opaque(algebra, algebra.plus(algebra.scalar(normaliser.constant(1)), rest), size)
    ((coefficient, word),) = rest.values()
    if len(word.letters) > 1:
        normaliser.trust.add("axiom:sylvester_determinant")
    for letters in _shifts(word.letters):
        if letters[0].rows == "1":
            number = normaliser.constant(0)
            for part, _ in algebra.normal_word(letters).values():
                number += part
            return normaliser.constant(1) + coefficient * number
    return _atom(algebra, "det", coefficient, _shortest(algebra, word.letters))


def _shortest(algebra: Words, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The word after a cyclic shift that merges neighbours, where one does."""
    for shifted in _shifts(letters)[1:]:
        found = algebra.normal_word(shifted)
        if len(found) == 1:
            ((coefficient, word),) = found.values()
            if coefficient.constant() == 1 and len(word.letters) < len(letters) and word.letters:
                return _shortest(algebra, word.letters)
    return letters


def _opaque(algebra: Words, polynomial: Polynomial, size: str) -> Ratio:
    return _plain_atom(algebra, polynomial, size)


def _plain_atom(algebra: Words, polynomial: Polynomial, size: str) -> Ratio:
    """One generator for a matrix and its transpose."""
    normaliser = algebra.normaliser
    name = min(polynomial_key(normaliser, polynomial), polynomial_key(normaliser, algebra.transposed(polynomial)))
    real = not algebra.may_be_complex(polynomial)
    return normaliser.generator(
        ("det of sum", name, size), "det", Term("det", (written_polynomial(normaliser, polynomial),)), real
    )
