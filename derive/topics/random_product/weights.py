"""The law of one weight, and what is known of it exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.authoring import Letter, rational
from derive.core import Declaration, FiniteLaw, InputError, Law, Term
from derive.formula import show
from derive.kernel import laws
from derive.kernel.terms import ONE, ZERO, number
from derive.topics.random_product import NAMES, Options

WORDS = {
    "gaussian": "Gaussian",
    "uniform": "uniformly distributed",
    "laplace": "Laplace distributed",
    "signs": "fair signs times a constant",
}


@dataclass(frozen=True, slots=True)
class Weights:
    """``named``: one of the named laws, with mean 0; else ``finite`` holds the values with their probabilities."""

    named: str
    finite: FiniteLaw | None
    mean: Fraction
    square: Fraction
    fourth: Fraction

    @property
    def variance(self) -> Fraction:
        return self.square - self.mean**2

    @property
    def may_be_zero(self) -> bool:
        """The value 0 has a positive probability."""
        return self.finite is not None and any(x == 0 for x, _ in self.finite.atoms)

    @property
    def constant_size(self) -> bool:
        """The modulus has one value only."""
        return self.named == "signs" or (self.finite is not None and len({abs(x) for x, _ in self.finite.atoms}) == 1)

    @property
    def kappa(self) -> Fraction:
        """E w^4 / (E w^2)^2."""
        return self.fourth / self.square**2


def chosen(options: Options) -> Weights:
    """Raises InputError for a law that is constant 0, and for a variance beside a law that has its own."""
    if isinstance(options.law, str):
        if options.law not in NAMES:
            raise InputError(f"there is no law {options.law!r}; choose one of {', '.join(NAMES)}, or a finite law")
        v = options.variance
        return Weights(options.law, None, Fraction(0), v, v**2 * laws.even_moment(options.law, 2))
    if options.variance != 1:
        raise InputError("option --variance is for the named laws; a finite law has the variance of its values")
    if all(x == 0 for x, _ in options.law.atoms):
        raise InputError("option --law is 0 with probability 1; give a law with another value")
    first, second, fourth = (laws.raw_moment(options.law, k) for k in (1, 2, 4))
    return Weights("", options.law, first, second, fourth)


def words(weights: Weights) -> str:
    """The law in words."""
    if weights.finite is None:
        return f"{WORDS[weights.named]}, with mean 0 and variance ${rational(weights.variance)}$"
    values = ", ".join(f"${rational(x)}$ with probability ${rational(p)}$" for x, p in weights.finite.atoms)
    return f"drawn from your law ({values})"


def law_of(weights: Weights) -> Law:
    if weights.finite is None:
        return Law(weights.named, ZERO, number(weights.variance))
    parameters = tuple(number(q) for atom in weights.finite.atoms for q in atom)
    return Law("finite", number(weights.mean), number(weights.variance), parameters)


def family(weights: Weights, *where: str) -> Letter:
    """Independent w_1, w_2, ... with this law."""
    return Letter(Declaration("w", "real", law=law_of(weights), family=True), where)


def standard(name: str, *where: str) -> Letter:
    """Independent w_1, w_2, ... with a named law, mean 0 and variance 1."""
    return Letter(Declaration("w", "real", law=Law(name, ZERO, ONE), family=True), where)


# ----------------------------------------------------------------------------------------------------- first moments


def drift(weights: Weights) -> str:
    """E ln|w| in LaTeX, for a law without the value 0."""
    if weights.finite is None:
        standard_drift = show(laws.log_moment(weights.named))
        if weights.variance == 1:
            return standard_drift
        own = rf"\frac{{1}}{{2}} \ln({rational(weights.variance)})"
        return own if weights.named == "signs" else rf"{standard_drift} + {own}"
    masses: dict[Fraction, Fraction] = {}
    for x, p in weights.finite.atoms:
        masses[abs(x)] = masses.get(abs(x), Fraction(0)) + p
    parts = [rf"{rational(p)} \ln({rational(x)})" for x, p in sorted(masses.items()) if x != 1]
    return " + ".join(parts) if parts else "0"


def mean_modulus(weights: Weights) -> str:
    """E|w| in LaTeX."""
    if weights.finite is not None:
        return rational(sum((p * abs(x) for x, p in weights.finite.atoms), Fraction(0)))
    base, scale = show(laws.absolute_moment(weights.named)), rf"\sqrt{{{rational(weights.variance)}}}"
    return base if weights.variance == 1 else scale if base == "1" else rf"{scale} {base}"


def value(term: Term) -> float:
    """A float near a closed term, for choosing words."""
    from derive.kernel.balls import BallMatrix, evaluate

    ball = evaluate(term, {}, 128)
    assert not isinstance(ball, BallMatrix)
    return float(ball.real.mid())
