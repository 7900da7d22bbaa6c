"""Norms of sums of words.

Euclidean norm of a vector: the root of v^T v. Frobenius norm: the root of tr(M^T M). Other norms are atoms, with ||c M|| =
|c| ||M||; of the spectral norm ||M^T|| = ||M||, and ||Q M|| = ||M|| = ||M Q|| for orthogonal Q.
"""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import Normaliser, absolute_value, radical
from derive.kernel.ratio import Ratio
from derive.kernel.terms import rational_value
from derive.kernel.words.algebra import Words, polynomial_key
from derive.kernel.words.letters import Letter, Polynomial, Word
from derive.kernel.words.shapes import Shape
from derive.kernel.words.traces import trace_value
from derive.kernel.words.written import written_polynomial


def norm_value(algebra: Words, term: Term, polynomial: Polynomial, sizes: Shape, facts: Facts) -> Ratio:
    """A norm of a matrix or vector of these sizes, given as a sum of words."""
    normaliser = algebra.normaliser
    real = not algebra.may_be_complex(polynomial)
    order = rational_value(term.args[1]) if term.head == "norm_p" else None
    euclidean = "1" in sizes and (term.head == "norm" or order == 2)
    if not polynomial:
        return normaliser.constant(0)
    if real and (euclidean or term.head == "frobenius") and not any(word.ends for _, word in polynomial.values()):
        return radical(normaliser, _sum_of_squares(algebra, polynomial, sizes), 2, facts)
    scale = normaliser.constant(1)
    if len(polynomial) == 1:
        ((coefficient, word),) = polynomial.values()
        scale = absolute_value(normaliser, coefficient, facts)
        if not word.letters and term.head == "norm":
            return scale
        polynomial = {word.key: (normaliser.constant(1), word)}
        if not real and not algebra.may_be_complex(polynomial):
            return scale * norm_value(algebra, term, polynomial, sizes, facts)
    return scale * _atom(algebra, term, polynomial, sizes, facts)


def _sum_of_squares(algebra: Words, polynomial: Polynomial, sizes: Shape) -> Ratio:
    """tr(M^T M), of a column v^T v."""
    flipped = algebra.transposed(polynomial)
    if sizes[0] == "1":
        flipped, polynomial = polynomial, flipped
    square = algebra.times(flipped, polynomial)
    if "1" in sizes:
        return sum((c for c, _ in square.values()), algebra.normaliser.constant(0))
    return algebra.normaliser.reduce(trace_value(algebra, square, sizes[1]))


def _atom(algebra: Words, term: Term, polynomial: Polynomial, sizes: Shape, facts: Facts) -> Ratio:
    normaliser = algebra.normaliser
    if term.head == "norm" and len(polynomial) == 1 and not any(word.ends for _, word in polynomial.values()):
        polynomial = _turned(algebra, polynomial)
        if list(polynomial) == ["[]"]:
            return normaliser.constant(1)
    names = [polynomial_key(normaliser, polynomial)]
    if term.head == "norm":
        flipped = algebra.transposed(polynomial)
        names.append(polynomial_key(normaliser, flipped))
        _note_orientation(normaliser, names)
    rest = [
        normaliser.key(normaliser.value(arg, facts)) if arg.head != "constant" else str(arg.value)
        for arg in term.args[1:]
    ]
    plain = any(letter.body is not None or word.ends for _, word in polynomial.values() for letter in word.letters)
    shown = term if plain else Term(term.head, (_written(normaliser, polynomial), *term.args[1:]))
    return normaliser.generator((term.head, min(names), *rest, str(sorted(sizes))), term.head, shown, True)


def _note_orientation(normaliser: Normaliser, names: list[str]) -> None:
    """That the norm of A is the norm of A^T is relied on only where both occur."""
    first: dict[str, str] = normaliser.__dict__.setdefault("norms_seen", {})
    if first.setdefault(min(names), names[0]) != names[0]:
        normaliser.trust.add("axiom:norm_invariance")


def _written(normaliser: Normaliser, polynomial: Polynomial) -> Term:
    return written_polynomial(normaliser, polynomial)


def _turned(algebra: Words, polynomial: Polynomial) -> Polynomial:
    """Without orthogonal letters at either end of the one word."""
    ((coefficient, word),) = polynomial.values()
    letters = word.letters
    while letters and _keeps_lengths(algebra, letters[0]):
        letters = letters[1:]
    while letters and _keeps_lengths(algebra, letters[-1]):
        letters = letters[:-1]
    if len(letters) == len(word.letters):
        return polynomial
    algebra.normaliser.trust.add("axiom:norm_invariance")
    return {Word(letters).key: (coefficient, Word(letters))}


def _keeps_lengths(algebra: Words, letter: Letter) -> bool:
    return "orthogonal" in algebra.properties(letter.name) and not algebra.is_complex(letter)
