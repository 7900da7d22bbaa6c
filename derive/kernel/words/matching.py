"""Where a rewriting rule applies: the outer letters of its pattern may take a part of a power."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import Normaliser
from derive.kernel.words.letters import Letter, with_exponent


def match(
    normaliser: Normaliser, facts: Facts, pattern: tuple[Letter, ...], letters: tuple[Letter, ...]
) -> tuple[tuple[Letter, ...], tuple[Letter, ...]] | None:
    """Where the pattern stands, as (what is before, what is after); the outer letters may lend part of their power."""
    for at in range(len(letters) - len(pattern) + 1):
        window = letters[at : at + len(pattern)]
        if any(w.name != p.name for w, p in zip(window, pattern, strict=True)):
            continue
        if any(w.exponent_key != p.exponent_key for w, p in zip(window[1:-1], pattern[1:-1], strict=True)):
            continue
        spare_left = _spare(normaliser, facts, window[0], pattern[0])
        spare_right = _spare(normaliser, facts, window[-1], pattern[-1]) if len(pattern) > 1 else ()
        if spare_left is None or spare_right is None:
            continue
        return letters[:at] + spare_left, spare_right + letters[at + len(pattern) :]
    return None


def _spare(normaliser: Normaliser, facts: Facts, letter: Letter, pattern: Letter) -> tuple[Letter, ...] | None:
    if letter.exponent_key == pattern.exponent_key:
        return ()
    if letter.body is not None:
        return None
    rest = normaliser.reduce(letter.exponent - pattern.exponent)
    pattern_term, rest_term = normaliser.ratio_term(pattern.exponent), normaliser.ratio_term(rest)
    constant = pattern.exponent.constant()
    if constant is not None and letter.exponent.constant() is None and constant != 1:
        return None
    same_sign = facts.non_negative(pattern_term) and facts.non_negative(rest_term)
    both_negative = facts.non_negative(Term("neg", (pattern_term,))) and facts.non_negative(Term("neg", (rest_term,)))
    return (with_exponent(normaliser, letter, rest),) if same_sign or both_negative else None
