"""Expectations as finite sums: over all values of the random letters, each weighted with its probability.

A law of which only mean and variance are known is stood for by a skewed law with two values; a Gaussian one by the nodes of
Gauss and Hermite, which give polynomials of degree at most 11 exactly. Drawing would not do: the spread of products grows with
their length.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Declaration, Law, Term
from derive.kernel.terms import free_letters, rational_value, subterms
from derive.writers.numpy_source.expression import SUM, Code, NoSource, Place, name_of, shape, text

NODES = 6
DEGREE = 2 * NODES - 1
CONTINUOUS = ("gaussian", "uniform", "laplace")
SYMBOLS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}


def average(head: str, term: Term, place: Place) -> Code:
    """``average(lambda w: ..., values, chances, count)``, one such for each random letter."""
    bodies = term.args if head == "probability" else term.args[:1]
    used = frozenset[str]().union(*map(free_letters, bodies))
    random = [d for name, d in place.laws.items() if name in used]
    if place.called & used:
        raise NoSource("an average over a recurrence")
    if not random:
        if head != "expect":
            raise NoSource("the spread of something that is not random")
        return Code(text(bodies[0], place), SUM)
    if head == "variance" and (len(random) > 1 or shape(bodies[0], place) != ()):
        raise NoSource("a variance of several random letters")
    for d in random:
        _fits(d, bodies, head)
    inner = replace(place, laws={})
    body = _event(term, inner) if head == "probability" else text(bodies[0], inner)
    function = "variance" if head == "variance" else "average"
    for d in reversed(random):
        body = f"{function}(lambda {name_of(d.name)}: {body}, {_arguments(d, bodies, place)})"
    return Code(body)


def _event(term: Term, place: Place) -> str:
    if term.value not in SYMBOLS:
        raise NoSource("an event that is no comparison")
    a, b = term.args
    return f"({text(a, place)} {SYMBOLS[str(term.value)]} {text(b, place)})"


def _arguments(d: Declaration, bodies: tuple[Term, ...], place: Place) -> str:
    """Values, probabilities, and for a family how many members occur."""
    assert d.law is not None
    law = _law(d.law, place)
    return f"*{law}, {_few(d, _count(d.name, bodies, place))}" if d.family else f"*{law}"


def _law(law: Law, place: Place) -> str:
    mean, spread = text(law.mean, place), f"np.sqrt({text(law.variance, place)})"
    if law.name == "signs":
        return f"two_values({mean}, {spread}, 1)"
    if law.name == "moments":
        return f"two_values({mean}, {spread}, 2)"
    if law.name == "gaussian":
        return f"gaussian({mean}, {spread})"
    if law.name == "uniform" and not law.parameters:
        return f"uniform({mean}, {spread})"
    if law.name == "finite":
        pairs = [text(term, place) for term in law.parameters]
        return f"([{', '.join(pairs[::2])}], [{', '.join(pairs[1::2])}])"
    raise NoSource(f"an average over a {law.name} law")


MOST = 5000


def _few(d: Declaration, count: str) -> str:
    """Raises NoSource where the sum over all values would be too long."""
    assert d.law is not None
    atoms = NODES if d.law.name in CONTINUOUS else max(2, len(d.law.parameters) // 2)
    if count.isdigit() and atoms ** int(count) > MOST:
        raise NoSource("an average over more combinations of values than one wants to wait for")
    return count


def _count(name: str, bodies: tuple[Term, ...], place: Place) -> str:
    """An expression for the largest index at which a family occurs."""
    ends = list(dict.fromkeys(end for body in bodies for end in _ends(name, body, {}, place)))
    return ends[0] if len(ends) == 1 else f"max({', '.join(ends)})"


def _ends(name: str, term: Term, upper: dict[str, Term], place: Place) -> list[str]:
    if term.head == "index" and term.args[0].value == name:
        position = term.args[1]
        at = upper.get(str(position.value), position) if position.head == "symbol" else position
        if free_letters(at) & upper.keys():
            raise NoSource("an index that a sum shifts")
        return [text(at, place)]
    if term.head in ("sum", "prod"):
        upper = {**upper, str(term.args[1].value): term.args[3]}
    return [end for arg in term.args for end in _ends(name, arg, upper, place)]


# --------------------------------------------------------------------------------------- what finitely many nodes can do


def _fits(d: Declaration, bodies: tuple[Term, ...], head: str) -> None:
    """Raises NoSource where a continuous law is met by something that is no polynomial of low degree."""
    if d.shape:
        raise NoSource("an average over random vectors or matrices")
    if d.law is None or d.law.name not in CONTINUOUS:
        return
    degree = max(_degree(d.name, body) for body in bodies) * (2 if head == "variance" else 1)
    if head == "probability" or degree > DEGREE:
        raise NoSource(f"an average over a {d.law.name} law of something that is no polynomial of low degree")


def _degree(name: str, term: Term) -> int:
    """An upper bound of the degree in one member of the family; beyond every bound where it is no polynomial."""
    if name not in free_letters(term):
        return 0
    parts = [_degree(name, arg) for arg in term.args]
    if term.head in ("symbol", "index"):
        return 1
    if term.head in ("add", "neg", "sum"):
        return max(parts)
    if term.head == "mul":
        return sum(parts)
    if term.head == "prod" and _only_at(name, term.args[0], str(term.args[1].value)):
        return parts[0]  # each member occurs in one factor
    if term.head == "div" and parts[1] == 0:
        return parts[0]
    if term.head == "pow":
        exponent = rational_value(term.args[1])
        base = term.args[0]
        inside = (
            _degree(name, base.args[0])
            if base.head == "abs" and exponent is not None and exponent % 2 == 0
            else parts[0]
        )
        if exponent is not None and exponent.denominator == 1 and exponent >= 0:
            return inside * int(exponent)
    return DEGREE + 1


def _only_at(name: str, body: Term, letter: str) -> bool:
    """Every member in the body is the one at the bound letter."""
    places = [part.args[1] for part in subterms(body) if part.head == "index" and part.args[0].value == name]
    return all(position.head == "symbol" and position.value == letter for position in places)
