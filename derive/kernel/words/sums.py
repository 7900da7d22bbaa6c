"""Sums of powers over a range, brought to one form: the index shifted so that the first power that depends on it has the index
alone for its exponent, the range begun at 0, its end as ``reference_end`` gives it. So A sum A^k and sum A^k meet.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import Term
from derive.kernel.binders import reference_end
from derive.kernel.ratio import Ratio
from derive.kernel.terms import add, free_letters, number, substitute, symbol
from derive.kernel.words.algebra import Words
from derive.kernel.words.letters import Letter, Polynomial, Word, with_exponent

INDEX = symbol("#1")
MOST_PEELED = 8


def resummed(algebra: Words, value: Polynomial) -> Polynomial:
    """The same polynomial with its sums over ranges in one form where that is known."""
    if not any(word.ends for _, word in value.values()):
        return value
    total: Polynomial = {}
    for coefficient, word in value.values():
        single = {word.key: (algebra.normaliser.constant(1), word)}
        total = algebra.plus(total, algebra.scaled(_one_form(algebra, word) if word.ends else single, coefficient))
    return total


def _one_form(algebra: Words, word: Word) -> Polynomial:
    normaliser = algebra.normaliser
    unchanged = {word.key: (normaliser.constant(1), word)}
    shift = _offset(algebra, word.letters)
    if word.ends is None or shift is None:
        return unchanged
    lower, end = (normaliser.reduce(edge + normaliser.constant(shift)) for edge in word.ends)
    letters = _moved(algebra, word.letters, add(INDEX, number(-shift)))
    start = lower.constant()
    reference = reference_end(normaliser, normaliser.constant(0), end, algebra.facts)
    if start is None or start.denominator != 1 or not 0 <= start <= MOST_PEELED or reference is None:
        return unchanged
    top, extra = reference
    key = f"sum:{normaliser.key(normaliser.constant(0))}:{normaliser.key(top)}"
    body = Word(letters, (normaliser.constant(0), top), key)
    total: Polynomial = {body.key: (normaliser.constant(1), body)}
    for j in range(1, extra + 1):
        above = normaliser.ratio_term(top + normaliser.constant(j))
        total = algebra.plus(total, algebra.normal_word(_moved(algebra, letters, above)))
    for j in range(int(start)):
        below = algebra.normal_word(_moved(algebra, letters, number(j)))
        total = algebra.plus(total, algebra.scaled(below, normaliser.constant(-1)))
    return total


def _offset(algebra: Words, letters: tuple[Letter, ...]) -> int | None:
    """c of the first exponent k + c that depends on the index k; None where exponents or letters depend otherwise."""
    found: int | None = None
    for letter in letters:
        if letter.index is not None or letter.body is not None or letter.opened is not None:
            return None
        names = free_letters(algebra.normaliser.ratio_term(letter.exponent))
        if any(name.startswith("#") and name != INDEX.value for name in names):
            return None
        if INDEX.value in names and found is None:
            rest = _constant(algebra, letter.exponent)
            if rest is None or rest.denominator != 1:
                return None
            found = int(rest)
    return found


def _constant(algebra: Words, exponent: Ratio) -> Fraction | None:
    index = algebra.normaliser.value(INDEX, algebra.facts)
    return algebra.normaliser.reduce(exponent - index).constant()


def _moved(algebra: Words, letters: tuple[Letter, ...], index: Term) -> tuple[Letter, ...]:
    """The letters with ``index`` put for the index."""
    moved = []
    for letter in letters:
        term = substitute(algebra.normaliser.ratio_term(letter.exponent), str(INDEX.value), index)
        value = algebra.normaliser.value(term, algebra.facts)
        moved.append(with_exponent(algebra.normaliser, letter, value))
    return tuple(moved)
