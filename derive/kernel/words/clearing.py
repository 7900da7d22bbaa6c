"""A sum of words is 0 if it is so after multiplication by an invertible matrix: inverses at the ends are cleared away.

Where P is the inverse of S, S D = 0 makes D = 0. Words of D that begin with P lose it, the others get S in front; likewise
on the right.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Term
from derive.kernel.words.algebra import Words
from derive.kernel.words.letters import Letter, Polynomial, Word, with_exponent
from derive.kernel.words.sums import resummed
from derive.kernel.words.written import written_word

DEPTH = 4
MOST_TRIED = 24


def cleared_away(algebra: Words, rest: Polynomial) -> bool:
    """Whether clearing inverses at both ends leaves nothing of ``rest``."""
    if _has_no_length(algebra, rest):
        return True
    frontier, tried = [rest], 0
    for _ in range(DEPTH):
        following: list[Polynomial] = []
        for value in frontier:
            for cleared in _cleared(algebra, value):
                if not cleared:
                    return True
                tried += 1
                if tried >= MOST_TRIED:
                    return False
                following.append(cleared)
        frontier = following
    return False


def _has_no_length(algebra: Words, rest: Polynomial) -> bool:
    """M^T M = 0 makes a real M = 0: by the hypotheses only, so that it is tried where there are any."""
    if not algebra.rules or any(word.ends for _, word in rest.values()):
        return False
    if algebra.may_be_complex(rest):
        return False
    return not algebra.times(algebra.transposed(rest), rest)


def _cleared(algebra: Words, value: Polynomial) -> Iterator[Polynomial]:
    """The sum after each one multiplication that removes an inverse at an end of some word."""
    for left in (True, False):
        ends = {
            word.letters[0 if left else -1].name: word.letters[0 if left else -1]
            for _, word in value.values()
            if word.letters and not word.ends
        }
        for letter in ends.values():
            if _is_inverse(letter):
                yield _without(algebra, value, letter, left=left)
        for factor in _factors_of_rules(algebra, left=left):
            yield algebra.times(factor, value) if left else algebra.times(value, factor)


def _factors_of_rules(algebra: Words, *, left: bool) -> Iterator[Polynomial]:
    """Letters at the ends of given equations that are certainly invertible."""
    found = {}
    for rule in algebra.rules:
        letter = rule.pattern[0 if left else -1]
        plain = written_word(algebra.normaliser, (letter,))
        if len(rule.pattern) > 1 and letter.rows == letter.columns and algebra.facts.nonzero(Term("det", (plain,))):
            found[letter.key] = letter
    for letter in found.values():
        yield {Word((letter,)).key: (algebra.normaliser.constant(1), Word((letter,)))}


def _is_inverse(letter: Letter) -> bool:
    exponent = letter.exponent.constant()
    return letter.body is None and (letter.opened is not None or (exponent is not None and exponent < 0))


def _without(algebra: Words, value: Polynomial, letter: Letter, *, left: bool) -> Polynomial:
    one = algebra.normaliser.constant(1)
    factor = algebra.inverted(letter) if letter.opened is not None else _plain(algebra, letter)
    total: Polynomial = {}
    for coefficient, word in value.values():
        shortened = _shortened(algebra, word, letter, left=left)
        if shortened is None:
            single = {word.key: (one, word)}
            shortened = algebra.times(factor, single) if left else algebra.times(single, factor)
        total = algebra.plus(total, algebra.scaled(shortened, coefficient))
    return resummed(algebra, total)


def _plain(algebra: Words, letter: Letter) -> Polynomial:
    single = Word((with_exponent(algebra.normaliser, letter, algebra.normaliser.constant(1)),))
    return {single.key: (algebra.normaliser.constant(1), single)}


def _shortened(algebra: Words, word: Word, letter: Letter, *, left: bool) -> Polynomial | None:
    """The word without one P at its end, where P names the inverse of a sum."""
    if not word.letters or word.ends or letter.opened is None or word.letters[0 if left else -1].name != letter.name:
        return None
    end = word.letters[0 if left else -1]
    fewer = with_exponent(algebra.normaliser, end, end.exponent - algebra.normaliser.constant(1))
    kept = () if fewer.exponent.is_zero else (fewer,)
    return algebra.normal_word((*kept, *word.letters[1:]) if left else (*word.letters[:-1], *kept))
