"""Inverses and symbolic powers of a word with a coefficient."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, integer_power
from derive.kernel.terms import number, power
from derive.kernel.words.algebra import Words
from derive.kernel.words.letters import Letter, Polynomial, with_exponent


def inverse_of(algebra: Words, value: Polynomial) -> Polynomial:
    """The inverse of one word with a coefficient, letter by letter; every letter must be square."""
    if len(value) != 1:
        raise NoNormalForm("the inverse of a sum of matrices")
    coefficient, word = next(iter(value.values()))
    if word.ends or any(letter.rows != letter.columns for letter in word.letters):
        raise NoNormalForm("the inverse of a product of matrices that are not square")
    letters = tuple(inverse_letter(algebra, letter) for letter in reversed(word.letters))
    return algebra.scaled(algebra.normal_word(letters), coefficient.inverse())


def inverse_letter(algebra: Words, letter: Letter) -> Letter:
    if letter.body is not None:
        return algebra.diagonal(power(letter.body, number(-1)), letter.name)
    return with_exponent(algebra.normaliser, letter, -letter.exponent)


def symbolic_power(algebra: Words, value: Polynomial, exponent: Term, facts: Facts) -> Polynomial:
    """Of one letter, by its name: a defined letter is not unfolded under a symbolic power."""
    if len(value) != 1:
        raise NoNormalForm("a symbolic power of a sum of matrices")
    coefficient, word = next(iter(value.values()))
    if word.ends or len(word.letters) > 1:
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
