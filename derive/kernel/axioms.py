"""The closed list of theorems that a step may cite, each with its statement, its hypotheses and a source.

A theorem is used only through ``applies``: its statement is matched against the claim and every hypothesis is checked on the
spot. A verdict that used one carries ``axiom:<name>`` in its trust.
"""

from __future__ import annotations

from derive.core import Claim, Relation, Term
from derive.kernel.asymptotic import facts_for_large
from derive.kernel.axiom import Axiom
from derive.kernel.calculus_axioms import CALCULUS_AXIOMS
from derive.kernel.conditions import unsettled
from derive.kernel.convex_axioms import CONVEX_AXIOMS
from derive.kernel.counting_axioms import COUNTING_AXIOMS
from derive.kernel.expectation import is_random
from derive.kernel.facts import Facts
from derive.kernel.heads import conditions_of
from derive.kernel.matrix_axioms import MATRIX_AXIOMS
from derive.kernel.mean_axioms import MEAN_AXIOMS
from derive.kernel.normal import NoNormalForm, Normaliser, absolute_value, with_normaliser
from derive.kernel.power_axioms import POWER_AXIOMS
from derive.kernel.power_sum_axioms import POWER_SUM_AXIOMS
from derive.kernel.ratio import Ratio
from derive.kernel.sameness import same_matrix, same_scalar
from derive.kernel.support import inside
from derive.kernel.terms import (
    INFINITY,
    ONE,
    ZERO,
    free_letters,
    mul,
    number,
    power,
    rational_value,
    sub,
    substitute,
    symbol,
)
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import Polynomial, inverse_letter, is_matrix, polynomial_of, shape, words


def _factors(term: Term) -> tuple[Term, ...]:
    """The factors of a product, nested ones flattened."""
    if term.head == "mul":
        return tuple(factor for arg in term.args for factor in _factors(arg))
    return (term,)


# ------------------------------------------------------------------------------------------------------------ norms


def _operator_norm(claim: Claim, facts: Facts) -> bool:
    """norm(A B ...) <= norm(A) norm(B) ..., or <= with declared bounds put for the norms."""
    if claim.relation != "<=" or claim.lhs.head != "norm":
        return False
    inner = claim.lhs.args[0]
    if not is_matrix(inner, facts):
        return False
    factors = _factors(claim.rhs)
    if all(factor.head == "norm" for factor in factors):
        product = mul(*(factor.args[0] for factor in factors))
        if _fits(product, facts) and same_matrix(inner, product, facts):
            return True
    return _bounded_by_hypotheses(inner, claim.rhs, facts)


def _fits(product: Term, facts: Facts) -> bool:
    """The product is defined and no partial product is a number (which would change what its norm means)."""
    try:
        return shape(product, facts) is not None
    except NoNormalForm:
        return False


def _bounded_by_hypotheses(inner: Term, bound: Term, facts: Facts) -> bool:
    """norm(A^s B C) <= norm(A)^s norm(B) norm(C), where a hypothesis norm(X) <= c may replace the norm of X."""

    def check(normaliser: Normaliser) -> bool:
        algebra = words(normaliser, facts)
        polynomial = polynomial_of(algebra, inner, facts)
        if len(polynomial) != 1:
            return False
        coefficient, word = next(iter(polynomial.values()))
        if word.ends is not None or not word.letters:
            return False
        total = absolute_value(normaliser, coefficient, facts)
        for letter in word.letters:
            single = {f"[{letter.name}]": letter}
            total *= _letter_bound(normaliser, letter.name, facts, single) ** int(letter.exponent.constant() or 0)
            if letter.exponent.constant() is None or (letter.exponent.constant() or 0) < 0:
                return False
        return normaliser.reduce(total - normaliser.value(bound, facts)).is_zero

    try:
        return with_normaliser(facts, check)
    except (NoNormalForm, ZeroDivisionError):
        return False


def _letter_bound(normaliser: Normaliser, name: str, facts: Facts, letter: object) -> Ratio:
    """The declared upper bound of the norm of one letter, else its norm itself; a transposed letter has that of the letter."""
    name = name.removesuffix("'")
    for relation in _norm_bounds(facts):
        key = _letter_key(normaliser, relation.lhs.args[0], facts)
        if key is not None and key.removesuffix("'") == name and facts.non_negative(relation.rhs):
            return normaliser.value(relation.rhs, facts)
    for declaration in facts.letters.values():
        if declaration.family and name.startswith(f"{declaration.name}["):
            for relation in declaration.where:
                if _bounds_every_member(relation, declaration.name):
                    return normaliser.value(relation.rhs, facts)
        if declaration.name == name:
            return normaliser.value(Term("norm", (Term("symbol", (), name),)), facts)
    raise NoNormalForm(f"no bound for the norm of {name}")


def _is_norm_bound(relation: Relation) -> bool:
    return relation.relation == "<=" and relation.lhs.head == "norm"


def _bounds_every_member(relation: Relation, family: str) -> bool:
    """‖W_k‖ <= c, written for a general member k, c the same for all."""
    if not _is_norm_bound(relation):
        return False
    member = relation.lhs.args[0]
    general = member.head == "index" and member.args[0].value == family and member.args[1].head == "symbol"
    return general and str(member.args[1].value) not in free_letters(relation.rhs)


def _norm_bounds(facts: Facts) -> list[Relation]:
    return [relation for relation in (*facts.given, *facts.scope.hypotheses) if _is_norm_bound(relation)]


def _letter_key(normaliser: Normaliser, term: Term, facts: Facts) -> str | None:
    if term.head == "symbol":
        return str(term.value)
    if term.head == "index":
        return f"{term.args[0].value}[{normaliser.key(normaliser.value(term.args[1], facts))}]"
    return None


NORMAL_IF_REAL = {"symmetric", "orthogonal", "positive_definite"}


def _normal_norm(claim: Claim, facts: Facts) -> bool:
    lhs, rhs = claim.lhs, claim.rhs
    if claim.relation != "=" or (lhs.head, rhs.head) != ("norm", "spectral_radius") or lhs.args != rhs.args:
        return False
    if not _is_square(lhs.args[0], facts):
        return False
    base = lhs.args[0]
    if base.head == "pow" and facts.kind(base.args[1]) == "integer" and facts.non_negative(base.args[1]):
        base = base.args[0]
    declaration = facts.declaration(str(base.value)) if base.head == "symbol" else None
    if declaration is None:
        return False
    properties = set(declaration.properties)
    return "diagonal" in properties or (declaration.domain != "complex" and bool(NORMAL_IF_REAL & properties))


def _spectral_mapping(claim: Claim, facts: Facts) -> bool:
    lhs, rhs = claim.lhs, claim.rhs
    if claim.relation != "=" or lhs.head != "spectral_radius" or lhs.args[0].head != "pow" or rhs.head != "pow":
        return False
    base, exponent = lhs.args[0].args
    whole = facts.kind(exponent) == "integer" and facts.non_negative(exponent)
    return whole and rhs == power(Term("spectral_radius", (base,)), exponent) and _is_square(base, facts)


def _similarity(claim: Claim, facts: Facts) -> bool:
    lhs, rhs = claim.lhs, claim.rhs
    if claim.relation != "=" or lhs.head != "spectral_radius" or rhs.head != "spectral_radius":
        return False

    def conjugate(normaliser: Normaliser) -> bool:
        algebra = words(normaliser, facts)
        polynomial = polynomial_of(algebra, lhs.args[0], facts)
        middle = polynomial_of(algebra, rhs.args[0], facts)
        if len(polynomial) != 1:
            return False
        coefficient, word = next(iter(polynomial.values()))
        if len(word.letters) < 2 or word.ends is not None or word.letters[0].body is not None:
            return False
        if word.letters[0].rows != word.letters[0].columns:
            return False
        if inverse_letter(algebra, word.letters[0]) != word.letters[-1]:
            return False
        inner: Polynomial = algebra.scaled(algebra.normal_word(word.letters[1:-1]), coefficient)
        return not algebra.plus(inner, algebra.scaled(middle, normaliser.constant(-1)))

    try:
        return with_normaliser(facts, conjugate, unfold=True)
    except (NoNormalForm, ZeroDivisionError):
        return False


def _radius_below_norm(claim: Claim, facts: Facts) -> bool:
    lhs, rhs = claim.lhs, claim.rhs
    fits = claim.relation == "<=" and (lhs.head, rhs.head) == ("spectral_radius", "norm") and lhs.args == rhs.args
    return fits and _is_square(lhs.args[0], facts)


def _is_square(term: Term, facts: Facts) -> bool:
    sizes = shape(term, facts)
    return sizes is not None and sizes[0] == sizes[1]


def _entry_bound(claim: Claim, facts: Facts) -> bool:
    lhs, rhs = claim.lhs, claim.rhs
    if claim.relation != "<=" or rhs.head != "norm" or lhs.head != "abs" or lhs.args[0].head != "entry":
        return False
    A, *indices = lhs.args[0].args
    sizes = shape(A, facts)
    if rhs.args[0] != A or sizes is None:
        return False
    return all(_is_index(i, size, facts) for i, size in zip(indices, sizes, strict=True))


def _is_index(i: Term, size: str, facts: Facts) -> bool:
    """1 <= i <= size; of a size that is a letter it is taken that a numeral index does not exceed it."""
    if facts.kind(i) != "integer" or not facts.at_least(i, ONE):
        return False
    if size.isdigit():
        return facts.at_least(number(int(size)), i)
    return rational_value(i) is not None or facts.at_least(symbol(size), i)


# ------------------------------------------------------------------------------------------------------ probability


def _certainly_defined(term: Term, facts: Facts) -> bool:
    """Every condition of the term follows from what is known; nothing is left to the eye."""
    try:
        return not any(
            True for condition in conditions_of(term, facts.scope) for _ in unsettled(condition, facts, hidden=True)
        )
    except NotAdmitted:
        return False


def _mean_is_finite(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """E[term] by the moment rules, which know finite moments only."""
    return normaliser.value(Term("expect", (term,)), facts)


def _markov(claim: Claim, facts: Facts) -> bool:
    """P[X > a] <= E[X] / a for X >= 0, a > 0."""
    lhs, rhs = claim.lhs, claim.rhs
    if claim.relation != "<=" or lhs.head != "probability" or lhs.value not in (">", ">="):
        return False
    quantity, level = lhs.args
    fine = inside(facts).non_negative(quantity) and facts.positive(level)
    fine = fine and not any(is_random(name, facts) for name in free_letters(level))
    return fine and rhs.head == "div" and rhs.args == (Term("expect", (quantity,)), level)


def _jensen_log(claim: Claim, facts: Facts) -> bool:
    """E[ln X] <= ln E[X] for X >= 0 with finite mean."""
    lhs, rhs = claim.lhs, claim.rhs
    if claim.relation != "<=" or lhs.head != "expect" or rhs.head != "log" or rhs.args[0].head != "expect":
        return False
    quantity = rhs.args[0].args[0]
    if lhs.args[0] != Term("log", (quantity,)) or not facts.non_negative(quantity):
        return False
    try:
        with_normaliser(facts, lambda normaliser: _mean_is_finite(normaliser, quantity, facts))
    except NoNormalForm:
        return False
    return True


def _almost_sure_limit(claim: Claim, facts: Facts) -> tuple[Term, Term, Term, Facts] | None:
    """(body, letter, value, what is known for large integers n) of a claim P[lim body = value] = 1."""
    event = claim.lhs
    if claim.relation != "=" or claim.rhs != ONE or event.head != "probability" or event.value != "=":
        return None
    limit, value = event.args
    if limit.head != "limit" or limit.args[2] != INFINITY:
        return None
    body, letter, _ = limit.args
    if facts.kind(letter) != "integer" or str(letter.value) in free_letters(value):
        return None
    try:
        return body, letter, value, facts_for_large(limit, facts)
    except NoNormalForm:
        return None


def _strong_law(claim: Claim, facts: Facts) -> bool:
    """P[lim (1/n) sum_{i=1}^n X_i = E X_1] = 1 for independent, identically distributed X_i with a finite mean."""
    found = _almost_sure_limit(claim, facts)
    if found is None:
        return False
    body, letter, value, facts = found
    average = _average(body, letter)
    if average is None:
        return False
    summand, bound = average
    names = [name for name in free_letters(summand) if is_random(name, facts)]
    declaration = facts.declaration(names[0]) if len(names) == 1 else None
    if declaration is None or declaration.law is None or not declaration.family:
        return False
    if str(letter.value) in free_letters(summand) or not _only_member(summand, names[0], bound):
        return False
    if not _free_of_index_otherwise(summand, names[0], bound):
        return False
    first = Term("expect", (substitute(summand, str(bound.value), ONE),))
    same = _only_member(first, names[0], ONE) and _certainly_defined(first, facts)
    return same and same_scalar(first, value, facts)


def _average(body: Term, letter: Term) -> tuple[Term, Term] | None:
    """(summand, bound letter) of ``(1/n) sum_{i=1}^n summand`` or ``(sum ...) / n``."""
    total = None
    if body.head == "mul" and len(body.args) == 2 and body.args[0] == Term("div", (ONE, letter), body.args[0].value):
        total = body.args[1]
    elif body.head == "div" and body.args[1] == letter:
        total = body.args[0]
    if total is None or total.head != "sum" or rational_value(total.args[2]) != 1 or total.args[3] != letter:
        return None
    return total.args[0], total.args[1]


def _only_member(term: Term, family: str, index: Term) -> bool:
    """Every occurrence of the family is the member ``index``."""
    if term.head == "index" and term.args[0].value == family:
        return term.args[1] == index
    return all(_only_member(arg, family, index) for arg in term.args)


def _free_of_index_otherwise(term: Term, family: str, bound: Term) -> bool:
    """The bound letter occurs only as the index of the family, so that the summands are identically distributed."""
    if term.head == "index" and term.args[0].value == family:
        return True
    if term == bound:
        return False
    return all(_free_of_index_otherwise(arg, family, bound) for arg in term.args)


def _summable_expectation(claim: Claim, facts: Facts) -> bool:
    """P[lim X_n = 0] = 1 if the sum of E|X_n| is finite; checked for geometric decay of E|X_n|."""
    found = _almost_sure_limit(claim, facts)
    if found is None or found[2] != ZERO:
        return False
    body, letter, _, facts = found
    name, mean = str(letter.value), Term("expect", (Term("abs", (body,)),))
    if not _certainly_defined(mean, facts):
        return False

    def ratio_below_one(normaliser: Normaliser) -> bool:
        following = substitute(mean, name, Term("add", (letter, ONE)))
        quotient = normaliser.reduce(normaliser.value(following, facts) / normaliser.value(mean, facts))
        term = normaliser.ratio_term(quotient)
        if name in free_letters(term):
            return False
        return facts.positive(sub(ONE, term)) and facts.non_negative(term)

    try:
        return with_normaliser(facts, ratio_below_one)
    except (NoNormalForm, ZeroDivisionError):
        return False


def _absolute_moments(claim: Claim, facts: Facts) -> bool:
    """Used inside the moment rules, never matched as a claim of its own."""
    return False


_LIST = (
    Axiom(
        "operator_norm",
        "‖AB‖ ≤ ‖A‖ ‖B‖ for the spectral norm (and the Euclidean norm of vectors).",
        "the product is defined; in the form with bounds: ‖X‖ ≤ c is a hypothesis for each norm replaced by c",
        "Horn and Johnson, Matrix Analysis, 2nd ed., section 5.6",
        _operator_norm,
    ),
    Axiom(
        "normal_norm",
        "‖A‖ = ρ(A) for a normal matrix.",
        "A is declared diagonal, symmetric or orthogonal, or is a non-negative power of such a matrix",
        "Horn and Johnson, Matrix Analysis, 2nd ed., problem 5.6.P19 and theorem 2.5.3",
        _normal_norm,
    ),
    Axiom(
        "spectral_mapping",
        "ρ(A^t) = ρ(A)^t.",
        "A is square, t is an integer, t ≥ 0",
        "Horn and Johnson, Matrix Analysis, 2nd ed., theorem 1.1.6",
        _spectral_mapping,
    ),
    Axiom(
        "similarity",
        "ρ(V A V^{-1}) = ρ(A).",
        "V is invertible",
        "Horn and Johnson, Matrix Analysis, 2nd ed., corollary 1.3.4",
        _similarity,
    ),
    Axiom(
        "radius_below_norm",
        "ρ(A) ≤ ‖A‖.",
        "A is square",
        "Horn and Johnson, Matrix Analysis, 2nd ed., theorem 5.6.9",
        _radius_below_norm,
    ),
    Axiom(
        "entry_bound",
        "|A_ij| ≤ ‖A‖.",
        "i and j are indices of A",
        "Golub and Van Loan, Matrix Computations, 4th ed., section 2.3.2",
        _entry_bound,
    ),
    Axiom(
        "markov",
        "P[X > a] ≤ E[X] / a.",
        "X ≥ 0, a > 0 not random",
        "Grimmett and Stirzaker, Probability and Random Processes, 3rd ed., section 7.3",
        _markov,
    ),
    Axiom(
        "jensen_log",
        "E[ln X] ≤ ln E[X].",
        "X ≥ 0 with a finite mean",
        "Grimmett and Stirzaker, Probability and Random Processes, 3rd ed., section 5.6",
        _jensen_log,
    ),
    Axiom(
        "strong_law",
        "The average of n independent, identically distributed variables tends to their mean almost surely.",
        "independent and identically distributed by declaration, finite mean by the table of moments",
        "Grimmett and Stirzaker, Probability and Random Processes, 3rd ed., theorem 7.5.1",
        _strong_law,
    ),
    Axiom(
        "summable_expectation",
        "If the sum of E|X_n| is finite then X_n → 0 almost surely.",
        "E|X_{n+1}| / E|X_n| is a constant below 1, recomputed by the moment rules",
        "Grimmett and Stirzaker, Probability and Random Processes, 3rd ed., section 7.2 (Borel-Cantelli)",
        _summable_expectation,
    ),
    Axiom(
        "absolute_moments",
        "E|w|, E ln|w| and Var ln|w| of the centred Gaussian, uniform, two-point and Laplace laws.",
        "the law is declared by name, with mean 0",
        "Gradshteyn and Ryzhik, Table of Integrals, 7th ed., 3.326 and 4.352",
        _absolute_moments,
    ),
)

AXIOMS: dict[str, Axiom] = {
    axiom.name: axiom
    for axiom in (
        *_LIST,
        *CALCULUS_AXIOMS,
        *MATRIX_AXIOMS,
        *POWER_AXIOMS,
        *MEAN_AXIOMS,
        *CONVEX_AXIOMS,
        *POWER_SUM_AXIOMS,
        *COUNTING_AXIOMS,
    )
}
"""The closed list, by name."""
