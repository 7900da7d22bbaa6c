"""Which finite laws may stand for random letters at a point: those with the declared moments, or the declared law itself, and
joint laws only of letters that are not declared independent.

Letters that share no joint law are independent at the point. That is one of the ways in which letters of which nothing is
said may behave, so it is enough for a counterexample, and never enough for support.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

from derive.core import Declaration, FiniteLaw, Joint, Law, Relation, Scope, Term, Value
from derive.kernel.laws import is_joint_law, is_product, marginal
from derive.kernel.terms import ONE, ZERO, add
from derive.kernel.verdict import NotAdmitted

LARGEST_BINOMIAL = 200
WHOLE_LAWS = ("bernoulli", "binomial", "poisson", "geometric")
"""Laws of whole numbers."""

Exact = Callable[[Term], object]
"""The exact value of a parameter at the point, or None."""


def law_of_letter(declaration: Declaration, value: Value, env: dict[str, Value]) -> FiniteLaw:
    """The law that the point gives to one letter; of a joint law, its part. Raises NotAdmitted."""
    if isinstance(value, FiniteLaw):
        return value
    if not isinstance(value, Joint):
        raise NotAdmitted(f"{declaration.name} is random: the point must give its law")
    if declaration.family or declaration.name not in value.names or not is_joint_law(value):
        raise NotAdmitted(f"{declaration.name} has no part in its joint law")
    if any(env.get(name) != value for name in value.names):
        raise NotAdmitted("a joint law that does not stand for all of its letters")
    return FiniteLaw(tuple((x[0], weight) for x, weight in marginal(value, (declaration.name,)).items()))


def check_independence(scope: Scope, env: dict[str, Value]) -> None:
    """Letters that are declared independent are independent under each joint law. Raises NotAdmitted."""
    for law in {value for value in env.values() if isinstance(value, Joint)}:
        for group in scope.independent:
            names = tuple(name for name in law.names if name in group)
            if len(names) > 1 and not is_product(law, names):
                raise NotAdmitted(f"{', '.join(names)} are declared independent")


def declared_atoms(law: Law, exact: Exact) -> dict[Fraction, Fraction] | None:
    """The values and probabilities of a declared law that is finite, else None. Raises NotAdmitted where a parameter has no
    value or is not one that the law may have."""
    if law.name not in ("bernoulli", "binomial", "finite", "signs"):
        return None
    if law.name == "signs":
        return _signs(law, exact)
    values = [exact(parameter) for parameter in law.parameters]
    numbers = [value for value in values if isinstance(value, Fraction)]
    if len(numbers) != len(values):
        raise NotAdmitted(f"a parameter of the {law.name} law has no exact value")
    if law.name == "finite":
        return _weighted(list(zip(numbers[::2], numbers[1::2], strict=True)))
    n, p = (Fraction(1), numbers[0]) if law.name == "bernoulli" else (numbers[0], numbers[1])
    if n.denominator != 1 or not 0 <= n <= LARGEST_BINOMIAL or not 0 <= p <= 1:
        raise NotAdmitted(f"parameters that a {law.name} law does not have, or too many values")
    size = int(n)
    return _weighted([(Fraction(k), comb(size, k) * p**k * (1 - p) ** (size - k)) for k in range(size + 1)])


def _weighted(atoms: list[tuple[Fraction, Fraction]]) -> dict[Fraction, Fraction]:
    """The atoms with their weights added up. Raises NotAdmitted where they are no probabilities."""
    found: dict[Fraction, Fraction] = {}
    for value, weight in atoms:
        if weight < 0:
            raise NotAdmitted("a negative probability")
        if weight:
            found[value] = found.get(value, Fraction(0)) + weight
    if sum(found.values(), Fraction(0)) != 1:
        raise NotAdmitted("the probabilities of a declared law do not add up to 1")
    return found


def _signs(law: Law, exact: Exact) -> dict[Fraction, Fraction]:
    mean, deviation = exact(law.mean), exact(Term("sqrt", (law.variance,)))
    if not isinstance(mean, Fraction) or not isinstance(deviation, Fraction):
        raise NotAdmitted("the two values of a random sign are not exact")
    return _weighted([(mean - deviation, Fraction(1, 2)), (mean + deviation, Fraction(1, 2))])


def conditions_of_law(law: Law) -> list[Relation]:
    """What the parameters of the law of a random number must satisfy for it to exist."""
    if law.name == "uniform" and len(law.parameters) == 2:
        return [Relation(law.parameters[0], "<", law.parameters[1])]
    if law.name in ("exponential", "poisson"):
        return [Relation(law.parameters[0], ">", ZERO)]
    if law.name == "finite":
        weights = law.parameters[1::2]
        return [*(Relation(weight, ">=", ZERO) for weight in weights), Relation(add(*weights), "=", ONE)]
    if law.name in ("bernoulli", "binomial", "geometric"):
        p = law.parameters[-1]
        size = [Relation(law.parameters[0], ">=", ZERO)] if law.name == "binomial" else []
        size += [Relation(Term("floor", law.parameters[:1]), "=", law.parameters[0])] if law.name == "binomial" else []
        return [*size, Relation(p, ">" if law.name == "geometric" else ">=", ZERO), Relation(p, "<=", ONE)]
    return [Relation(law.variance, ">=", ZERO)]


def same_law(law: FiniteLaw, atoms: dict[Fraction, Fraction]) -> bool:
    found: dict[Fraction, Fraction] = {}
    for value, weight in law.atoms:
        if weight:
            found[value] = found.get(value, Fraction(0)) + weight
    return found == atoms


def dependent_pairs(scope: Scope, names: frozenset[str]) -> list[tuple[str, str]]:
    """Pairs of letters, among these, that are not declared independent of each other."""
    listed = sorted(names)
    pairs = [(a, b) for i, a in enumerate(listed) for b in listed[i + 1 :]]
    return [(a, b) for a, b in pairs if not any(a in group and b in group for group in scope.independent)]


def dependent_at(a: str, b: str, env: dict[str, Value]) -> bool:
    """The point gives the two letters a joint law under which they do depend on each other."""
    law = env.get(a)
    return isinstance(law, Joint) and b in law.names and not is_product(law, (a, b))


def has_three_values(name: str, env: dict[str, Value]) -> bool:
    law = env.get(name)
    if isinstance(law, Joint) and name in law.names:
        return len(marginal(law, (name,))) > 2
    return isinstance(law, FiniteLaw) and len({value for value, weight in law.atoms if weight}) > 2
