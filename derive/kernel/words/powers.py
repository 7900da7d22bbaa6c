"""Inverses and symbolic powers of a word with a coefficient."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, integer_power
from derive.kernel.terms import number, power
from derive.kernel.words.algebra import Words
from derive.kernel.words.letters import Letter, Polynomial, with_exponent

MOST_FACTORS = 12


def inverse_of(algebra: Words, value: Polynomial) -> Polynomial:
    """The inverse of one word of square letters, letter by letter; a letter of its own for that of any other sum."""
    if not value:
        raise ZeroDivisionError("the inverse of 0")
    if any(word.ends for _, word in value.values()):
        raise NoNormalForm("the inverse of a sum over a range")
    coefficient, word = next(iter(value.values()))
    if len(value) > 1 or any(letter.rows != letter.columns for letter in word.letters):
        return algebra.normal_word((algebra.inverse_letter_of(value, _size(value)),))
    total = algebra.scalar(coefficient.inverse())
    for letter in reversed(word.letters):
        total = algebra.times(total, inverted_letter(algebra, letter))
    return total


def _size(value: Polynomial) -> str:
    return next(word.letters[0].rows for _, word in value.values() if word.letters)


def inverted_letter(algebra: Words, letter: Letter) -> Polynomial:
    """The inverse of a power of a letter; of one that names the inverse of a sum, the power of the sum."""
    if letter.opened is None:
        return algebra.normal_word((inverse_letter(algebra, letter),))
    exponent = letter.exponent.constant()
    if exponent is None or exponent < 0 or exponent > MOST_FACTORS:
        raise NoNormalForm("a symbolic power of a sum of matrices")
    total = algebra.scalar(algebra.normaliser.constant(1))
    for _ in range(int(exponent)):
        total = algebra.times(total, algebra.inverted(letter))
    return total


def inverse_letter(algebra: Words, letter: Letter) -> Letter:
    if letter.body is not None:
        return algebra.diagonal(power(letter.body, number(-1)), letter.name)
    return with_exponent(algebra.normaliser, letter, -letter.exponent)


def symbolic_power(algebra: Words, value: Polynomial, exponent: Term, facts: Facts) -> Polynomial:
    """Of one letter, by its name: a defined letter is not unfolded under a symbolic power."""
    if len(value) != 1:
        raise NoNormalForm("a symbolic power of a sum of matrices")
    coefficient, word = next(iter(value.values()))
    if word.ends or len(word.letters) > 1 or any(letter.opened is not None for letter in word.letters):
        raise NoNormalForm("a symbolic power of a product of matrices")
    scalar = integer_power(algebra.normaliser, coefficient, algebra.normaliser.value(exponent, facts), facts)
    if not word.letters:
        return algebra.scalar(scalar)
    return algebra.scaled(_power_of_letter(algebra, word.letters[0], exponent, facts), scalar)


def _power_of_letter(algebra: Words, letter: Letter, exponent: Term, facts: Facts) -> Polynomial:
    value = algebra.normaliser.value(exponent, facts)
    diagonal = letter if letter.body is not None else _defined_diagonal(algebra, letter)
    if diagonal is not None and diagonal.body is not None:
        return algebra.normal_word((algebra.diagonal(power(diagonal.body, exponent), diagonal.name),))
    invertible = {"invertible", "orthogonal", "positive_definite"} & set(algebra.properties(letter.name))
    if not (facts.non_negative(exponent) or invertible):
        raise NoNormalForm("a matrix to an exponent that may be negative")
    return algebra.normal_word((with_exponent(algebra.normaliser, letter, letter.exponent * value),))


def _defined_diagonal(algebra: Words, letter: Letter) -> Letter | None:
    """The diagonal that a rule gives for the letter, if it gives one."""
    for rule in algebra.rules:
        if rule.pattern == (letter,) and len(rule.result) == 1:
            coefficient, word = next(iter(rule.result.values()))
            if coefficient.constant() == 1 and len(word.letters) == 1 and word.letters[0].body is not None:
                return word.letters[0]
    return None
