"""What a hypothesis makes of a derivative: letters that are defined through the variable are put in, other ties are refused.

``y = x^2`` makes ``dy/dx`` equal to 2x. ``x + y = 1`` leaves open what ``d(x y)/dx`` means, and so does a partial derivative of a
formula that shows x beside a letter defined through x; neither is decided.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Relation, Term
from derive.kernel.facts import Facts
from derive.kernel.normal.ring import NoNormalForm
from derive.kernel.terms import free_letters, letters_of, substitute, symbol

MOST_DEFINITIONS = 50


def with_definitions(term: Term, facts: Facts) -> Term:
    """A derivative whose body speaks of nothing that a hypothesis ties to its letter. Raises NoNormalForm."""
    body, letter = term.args
    x = str((letter.args[0] if letter.head == "index" else letter).value)
    equations = [h for h in facts.scope.hypotheses if h.relation == "="]
    if not equations:
        return term
    written = free_letters(body)
    for _ in range(MOST_DEFINITIONS):
        name = next(
            (n for n in sorted(free_letters(body) - {x}) if _tied({n}, x, equations) and _defines(n, facts)), None
        )
        if name is None:
            break
        defined = facts.definition(name)
        assert defined is not None
        if term.value == "partial" and x in written:
            raise NoNormalForm(f"a partial derivative by {x} beside {name}, which a hypothesis defines through {x}")
        body = substitute(body, name, defined)
    own = [h for h in equations if x in letters_of(h)]
    if (letter.head == "index" and own) or _defines(x, facts):
        raise NoNormalForm(f"a hypothesis ties {x} to other letters of a derivative")
    rest = [h for h in equations if not (h.lhs.head == "symbol" and _defines(str(h.lhs.value), facts))]
    if _tied(free_letters(body) - {x}, x, rest) or (free_letters(body) - {x}) & _defined_through(x, equations, facts):
        raise NoNormalForm(f"a hypothesis ties {x} to other letters of a derivative")
    return replace(term, args=(body, letter))


def _defines(name: str, facts: Facts) -> bool:
    return facts.definition(name) is not None


def _tied(names: frozenset[str] | set[str], x: str, equations: list[Relation]) -> bool:
    """Some chain of equations leads from the names to x."""
    reached = frozenset(names)
    for _ in equations:
        reached = reached.union(*(letters_of(h) for h in equations if letters_of(h) & reached))
    return x in reached


def _defined_through(x: str, equations: list[Relation], facts: Facts) -> frozenset[str]:
    """Letters that are still defined, through x, after all substitutions."""
    return frozenset(
        str(h.lhs.value)
        for h in equations
        if h.lhs.head == "symbol" and h.lhs != symbol(x) and _tied(free_letters(h.rhs), x, equations)
    )
