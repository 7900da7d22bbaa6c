"""Numbers made of matrices: x^T A y, norms, entries, determinants."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, absolute_value
from derive.kernel.ratio import Ratio
from derive.kernel.terms import number, power
from derive.kernel.words.learning import words
from derive.kernel.words.letters import Polynomial
from derive.kernel.words.shapes import shape
from derive.kernel.words.terms import polynomial_of


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
    polynomial = polynomial_of(words(normaliser, facts), term.args[0], facts)
    rest = [normaliser.key(normaliser.value(arg, facts)) for arg in term.args[1:]]
    rest.append(str(shape(term.args[0], facts)))  # the trace of an identity depends on its size
    scale, shown = normaliser.constant(1), term
    if term.head == "norm" and len(polynomial) == 1:
        coefficient, word = next(iter(polynomial.values()))
        scale = absolute_value(normaliser, coefficient, facts)
        if not word.letters:
            return scale
        polynomial = {word.key: (normaliser.constant(1), word)}
        if scale.constant() != 1:
            shown = Term("div", (term, normaliser.ratio_term(scale)))
    name = polynomial_key(normaliser, polynomial)
    if name == "" and term.head == "norm":
        return normaliser.constant(0)
    real = term.head != "eigenvalue" and facts.kind(term) != "complex"
    return scale * normaliser.generator((term.head, name, *rest), term.head, shown, real)


def polynomial_key(normaliser: Normaliser, polynomial: Polynomial) -> str:
    return " + ".join(f"({normaliser.key(c)}){key}" for key, (c, _) in sorted(polynomial.items(), key=lambda e: e[0]))
