"""The table of rules for the scalar zero test, and the runs of a normaliser over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from derive.core import Term
from derive.kernel.budget import at_hand
from derive.kernel.facts import Facts
from derive.kernel.normal.angles import inverse_value
from derive.kernel.normal.arithmetic import add_value, div_value, leaf_value, mul_value, neg_value
from derive.kernel.normal.functions import (
    binomial_value,
    circular_value,
    factorial_value,
    function_value,
    index_value,
    opaque_value,
)
from derive.kernel.normal.powers import pow_value
from derive.kernel.normal.ring import NoNormalForm, Normaliser, Restart, Rule
from derive.kernel.normal.steps import extremum_value, floor_value
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import free_letters, letters_of, subterms

T = TypeVar("T")


def binder_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    from derive.kernel.binders import product_value, sum_value

    return (sum_value if term.head == "sum" else product_value)(normaliser, term, facts)


def derivative_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    from derive.kernel.differentiate import differentiate
    from derive.kernel.tied import with_definitions
    from derive.kernel.words import is_matrix

    body, letter = with_definitions(term, facts).args
    for part in subterms(body):
        if part.head == "pow" and free_letters(letter) & free_letters(part.args[0]) and is_matrix(part.args[0], facts):
            raise NoNormalForm("the derivative of a power of a matrix")
    return normaliser.value(differentiate(body, letter, facts), facts)


def require_untied(body: Term, x: str, facts: Facts) -> None:
    """No equation among the hypotheses ties the letters of the body to the variable (``y = x^2`` makes dy/dx what it does not
    look like). Raises NoNormalForm."""
    tied = free_letters(body) - {x}
    equations = [letters_of(h) for h in facts.scope.hypotheses if h.relation == "="]
    for _ in equations:
        tied = tied.union(*(letters for letters in equations if letters & tied))
    if x in tied:
        raise NoNormalForm(f"a hypothesis ties {x} to other letters of a derivative")


def limit_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    from derive.kernel.limit import limit_of

    found = limit_of(normaliser, term, facts)
    if isinstance(found, Term):
        raise NoNormalForm("the limit is infinite")
    return found


def mean_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    from derive.kernel.expectation import expectation_value

    return expectation_value(normaliser, term, facts)


def inner_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """x^T y of real vectors. Of complex ones a book conjugates the one side or the other: refused."""
    from derive.kernel.words import is_matrix

    left, right = term.args
    if "complex" in (facts.kind(left), facts.kind(right)):
        raise NoNormalForm("an inner product of complex vectors")
    return normaliser.value(Term("mul", (Term("transpose", (left,)) if is_matrix(left, facts) else left, right)), facts)


RULES: dict[str, Rule] = {
    "inner": inner_value,
    **dict.fromkeys(("number", "decimal", "constant", "symbol"), leaf_value),
    **dict.fromkeys(("exp", "log", "abs", "sqrt", "root"), function_value),
    **dict.fromkeys(("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"), circular_value),
    **dict.fromkeys(("apply", "prime"), opaque_value),
    **dict.fromkeys(("arctan", "arcsin", "arccos"), inverse_value),
    **dict.fromkeys(("floor", "ceil"), floor_value),
    **dict.fromkeys(("max", "min"), extremum_value),
    **dict.fromkeys(("sum", "prod"), binder_value),
    **dict.fromkeys(("expect", "expect_given", "variance", "covariance", "probability"), mean_value),
    "add": add_value,
    "neg": neg_value,
    "mul": mul_value,
    "div": div_value,
    "pow": pow_value,
    "factorial": factorial_value,
    "binomial": binomial_value,
    "index": index_value,
    "derivative": derivative_value,
    "limit": limit_value,
}


FEW_ATOMS, MOST_ATOMS = 8, 1024
"""Sizes of rings: in a small one all that FLINT does is quicker."""


def with_normaliser(facts: Facts, use: Callable[[Normaliser], T], unfold: bool = False) -> T:
    """Run ``use`` with a fresh normaliser, again with a larger ring or finer roots where it asks for them. A claim that needed a
    large ring once gets one at once."""
    seen = at_hand()
    size, roots = seen.get("ring", FEW_ATOMS), {}  # type: int, dict[str, int]
    for _ in range(24):
        normaliser = Normaliser(facts, RULES, size, roots, unfold)
        try:
            return use(normaliser)
        except Restart:
            if len(normaliser.generators) >= size:
                size *= 2
            if size > MOST_ATOMS:
                break
            seen["ring"] = size
    raise TooLarge("too many atoms")
