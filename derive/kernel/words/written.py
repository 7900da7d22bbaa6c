"""Words back to terms, so that what is known of a product of matrices can be asked of its atom."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.normal import Normaliser
from derive.kernel.terms import ONE, ZERO, add, mul, power, symbol
from derive.kernel.words.letters import Letter, Polynomial, Word


def written_word(normaliser: Normaliser, letters: tuple[Letter, ...]) -> Term:
    """The product as a term. A letter that has none (a member of a diagonal family) is shown by its name and entries."""
    if any(letter.body is not None for letter in letters):
        name = symbol(f"({Word(letters).key})")
        return Term("apply", (name, *(part for letter in letters for part in _parts(normaliser, letter))))
    return mul(*(_letter(normaliser, letter) for letter in letters)) if letters else Term("identity")


def written_polynomial(normaliser: Normaliser, polynomial: Polynomial) -> Term:
    """The sum as a term."""
    parts = []
    for _, (coefficient, word) in sorted(polynomial.items(), key=lambda entry: entry[0]):
        factor, product = normaliser.ratio_term(coefficient), written_word(normaliser, word.letters)
        parts.append(product if factor == ONE else mul(factor, product))
    return add(*parts) if parts else ZERO


def _letter(normaliser: Normaliser, letter: Letter) -> Term:
    plain = letter.name.removesuffix("'")
    base = letter.opened if letter.opened is not None else symbol(plain.split("[")[0])
    if letter.index is not None:
        base = Term("index", (base, letter.index))
    if letter.name != plain:
        base = Term("transpose", (base,))
    exponent = normaliser.ratio_term(letter.exponent)
    return base if exponent == ONE else power(base, exponent)


def _parts(normaliser: Normaliser, letter: Letter) -> tuple[Term, ...]:
    """Terms that hold every letter on which a factor depends: its name, exponent, index and entries."""
    base = letter.opened if letter.opened is not None else symbol(letter.name.removesuffix("'").split("[")[0])
    found = (base, normaliser.ratio_term(letter.exponent), letter.index, letter.body)
    return tuple(part for part in found if part is not None)
