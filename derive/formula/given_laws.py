"""Laws of random letters in a declaration: ``N(mu, sigma^2)``, ``Bernoulli(p)``, ``finite(0: 1/2, 1: 1/2)``, ``iid(mean=0, var=v)``."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from derive.core import Law, Relation, Term
from derive.formula.tokens import Unread

_CALL = re.compile(
    r"^(?:\\(?:mathcal|operatorname|mathrm)\s*)?\{?\s*(?P<name>[A-Za-z]+)\s*\}?\s*\((?P<inside>.*)\)\s*$", re.DOTALL
)

CONTINUOUS = ("gaussian", "laplace", "uniform", "exponential")
ONE, TWO = (Term("number", (), Fraction(k)) for k in (1, 2))


Read = Callable[[str], Term]
BY_MOMENTS = ("gaussian", "uniform", "signs", "laplace", "moments")
"""Laws that mean and variance determine, or of which nothing else is known: ``signs(mean=0, var=v)``."""


def law_of(text: str, read: Read) -> Law:
    """The law that ``text`` names; ``read`` makes terms of its parameters. Raises ``Unread`` for one that is not known or lacks
    a parameter."""
    text = text.strip().removeprefix("iid ").strip()
    if text.startswith("iid("):
        text = "moments" + text.removeprefix("iid")
    found = _CALL.match(text)
    if found is None:
        raise Unread(f"the law '{text}' is not known", 0)
    name, parts = found["name"].lower(), split(found["inside"])
    if name == "finite":
        return _finite(parts, read)
    if name == "moments" or (name in BY_MOMENTS and all("=" in part for part in parts)):
        return _by_moments(name, parts, read)
    maker = LAWS.get(name)
    if maker is None:
        raise Unread(f"the law '{found['name']}' is not known", 0)
    try:
        return maker(*(read(part) for part in parts))
    except TypeError:
        raise Unread(f"{found['name']} with {len(parts)} parameters", 0) from None


def _by_moments(name: str, parts: list[str], read: Read) -> Law:
    pairs = [part.partition("=") for part in parts]
    named = {key.strip(): value.strip() for key, _, value in pairs}
    if set(named) != {"mean", "var"}:
        raise Unread(f"{name} needs mean=... and var=...", 0)
    return Law(name, read(named["mean"]), read(named["var"]))


def split(text: str) -> list[str]:
    """At commas outside brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _finite(parts: list[str], read: Read) -> Law:
    """Mean and variance are written out as sums over the atoms."""
    if any(part.count(":") != 1 for part in parts):
        raise Unread("finite needs value: probability, ...", 0)
    atoms = [tuple(read(piece) for piece in part.split(":")) for part in parts]
    mean = _sum([Term("mul", (value, weight)) for value, weight in atoms])
    square = _sum([Term("mul", (Term("pow", (value, TWO)), weight)) for value, weight in atoms])
    return Law("finite", mean, _less(square, Term("pow", (mean, TWO))), tuple(term for atom in atoms for term in atom))


def _sum(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else Term("add", tuple(terms))


def _less(a: Term, b: Term) -> Term:
    return Term("add", (a, Term("neg", (b,))))


def _uniform(a: Term, b: Term) -> Law:
    """On [a, b]."""
    mean = Term("div", (Term("add", (a, b)), TWO))
    variance = Term("div", (Term("pow", (_less(b, a), TWO)), Term("number", (), Fraction(12))))
    return Law("uniform", mean, variance, (a, b))


LAWS: dict[str, Callable[..., Law]] = {
    "n": lambda mean, variance: Law("gaussian", mean, variance),
    "bernoulli": lambda p: Law("bernoulli", p, Term("mul", (p, _less(ONE, p))), (p,)),
    "binomial": lambda n, p: Law("binomial", Term("mul", (n, p)), Term("mul", (n, p, _less(ONE, p))), (n, p)),
    "poisson": lambda rate: Law("poisson", rate, rate, (rate,)),
    "exponential": lambda rate: Law(
        "exponential", Term("div", (ONE, rate)), Term("div", (ONE, Term("pow", (rate, TWO)))), (rate,)
    ),
    "geometric": lambda p: Law(
        "geometric", Term("div", (ONE, p)), Term("div", (_less(ONE, p), Term("pow", (p, TWO)))), (p,)
    ),
    "uniform": _uniform,
    "laplace": lambda mean, variance: Law("laplace", mean, variance),
}
"""By lower-case name, with the mean, the variance and the parameters that each law has."""


def almost_surely(law: Law, relation: Relation) -> bool:
    """Whether ``X != c`` certainly has probability 1: by a density, or because c is none of the values. A condition that has
    not is no matter of the law."""
    if relation.relation != "!=" or relation.rhs.head != "number":
        return False
    if law.name == "finite":
        return all(value.head == "number" and value != relation.rhs for value in law.parameters[::2])
    return law.name in CONTINUOUS and law.variance.head == "number" and law.variance.value != 0
