"""Probabilities of ``|w_1 ... w_n|`` under a named law, by numerical Mellin inversion: an oracle, so support at most.

For independent w_i of mean 0 and variance 1, and any real s inside the strip where M(s) = E|w|^s is finite, s != 0,

    (1 / 2 pi i) * integral over Re z = s of M(z)^n c^(-z) / z dz  =  P(|w_1 ... w_n| > c)        for s > 0,
                                                                   = -P(|w_1 ... w_n| < c)        for s < 0.

M(s) is 2^(s/2) Gamma((1+s)/2) / sqrt(pi) for the Gaussian law and 2^(-s/2) Gamma(1+s) for Laplace's. The line goes near the
saddle point, where the integrand is smallest. For the uniform law the integral is its residue at s = -1, a finite sum: the
minus logarithm of a product of n uniform variables on [0, 1] has a Gamma law.

Source: M. D. Springer, W. E. Thompson, The distribution of products of independent random variables, SIAM J. Appl. Math. 14.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lgamma, log, pi

from flint import acb, arb, ctx, fmpq

from derive.core import Claim, Evidence, Hints, Law, Oracle, Term
from derive.kernel import NotAdmitted
from derive.kernel.balls import decimal_tolerance
from derive.kernel.facts import Facts, facts_of
from derive.kernel.points import unfolded
from derive.kernel.terms import letters_of, rational_value

LAWS = ("gaussian", "uniform", "laplace")
MOST_FACTORS = 500
BITS = 64
"""The probability is computed to about 2^-BITS of the size of the integrand at the saddle point."""
LONGEST = 2.0**40


@dataclass(frozen=True, slots=True)
class Event:
    """``|w_1 ... w_n| < level`` (or ``>``) for factors of variance 1."""

    law: str
    n: int
    level: arb
    below: bool


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only ``P[|prod w_i| < c] ~~ numeral``, with what the numeral promises computed anew."""
    if claim.relation != "~~" or claim.lhs.head != "probability":
        return
    with ctx.workprec(BITS):
        event, numeral = _event(claim), decimal_tolerance(claim.rhs)
        if event is None or numeral is None:
            return
        above = probability(event.law, event.n, event.level)
        value = 1 - above if event.below else above
        if abs(value - _ball(numeral[0])) <= _ball(numeral[1]):
            side = "<" if event.below else ">"
            found = value.str(12, radius=False)
            yield Oracle("mellin_inversion", f"P[|w_1 ... w_{event.n}| {side} c] = {found} ({event.law} law)")


# ------------------------------------------------------------------------------------------------- reading the claim


def _event(claim: Claim) -> Event | None:
    facts = facts_of(claim.scope)
    try:
        inside, level = (unfolded(arg, facts) for arg in claim.lhs.args)
    except NotAdmitted:
        return None
    product = _product(inside)
    threshold = rational_value(level)
    if product is None or threshold is None or threshold <= 0 or claim.lhs.value not in ("<", "<=", ">", ">="):
        return None
    family, n = product
    law = _declared_law(family, facts)
    deviation = None if law is None else rational_value(unfolded(law.variance, facts))
    if law is None or deviation is None or deviation <= 0 or not 1 <= n <= MOST_FACTORS:
        return None
    scaled = _ball(threshold) / _ball(deviation).sqrt() ** n
    return Event(law.name, n, scaled, claim.lhs.value in ("<", "<="))


def _product(term: Term) -> tuple[str, int] | None:
    """(family, number of factors) of ``|prod w_i|`` or ``prod |w_i|`` over distinct members."""
    inner = term.args[0] if term.head == "abs" else term
    if inner.head != "prod":
        return None
    body, bound, *ends = inner.args
    if term.head != "abs":
        body = body.args[0] if body.head == "abs" else bound
    lower, upper = (rational_value(end) for end in ends)
    if body.head != "index" or body.args[1] != bound or bound.head != "symbol" or lower is None or upper is None:
        return None
    whole = lower.denominator == upper.denominator == 1 and lower >= 1
    return (str(body.args[0].value), int(upper - lower) + 1) if whole else None


def _declared_law(family: str, facts: Facts) -> Law | None:
    """The law of an independent family with mean 0 that nothing else restricts."""
    declaration = facts.declaration(family)
    law = declaration.law if declaration is not None and declaration.family else None
    if declaration is None or law is None or law.name not in LAWS or rational_value(law.mean) != 0:
        return None
    bounded = any(relation.relation != "!=" for relation in declaration.where)
    tied = any(
        family in letters_of(h) and (h.relation != "=" or h.lhs.head != "symbol") for h in facts.scope.hypotheses
    )
    return None if bounded or tied else law


# ------------------------------------------------------------------------------------------------------ probabilities


def probability(law: str, n: int, level: arb) -> arb:
    """P(|w_1 ... w_n| > level) for independent w_i of mean 0 and variance 1, ``level`` > 0, n >= 1, as a rigorous ball.

    Raises ValueError for a law that is not in LAWS, a number of factors outside 1..MOST_FACTORS, or a level not certainly > 0.
    """
    if law not in LAWS or not 1 <= n <= MOST_FACTORS or not level > 0:
        raise ValueError("the law must be one of LAWS, with 1 to MOST_FACTORS factors and a positive level")
    if law == "uniform":
        return _uniform(n, level)
    height = level.log()
    line = _saddle(law, n, float(height.mid()))
    with ctx.workprec(BITS + 40):
        total = _on_line(law, n, height, line)
    return total if line > 0 else 1 + total


def _uniform(n: int, level: arb) -> arb:
    """P(Gamma(n) < n log sqrt(3) - log(level)): 1 - e^-y (1 + y + ... + y^(n-1)/(n-1)!)."""
    with ctx.workprec(BITS + 4 * n):
        y = arb(3).log() * n / 2 - level.log()
        if y <= 0:
            return arb(0)
        total, term = arb(1), arb(1)
        for k in range(1, n):
            term = term * y / k
            total += term
        found = 1 - (-y).exp() * total
        return found if y > 0 else found.union(arb(0))


def _on_line(law: str, n: int, height: arb, line: float) -> arb:
    """The inversion integral over Re z = line, with a bound of both tails in the radius."""
    s = arb(line)
    integrand = _integrand(law, n, height, s)
    at_saddle = abs(integrand(acb(0), False)).upper()
    target = at_saddle * arb(2) ** -BITS
    reach = 8.0 / n**0.5
    while not _tail(integrand, reach, s) < target:
        reach *= 1.5
        if reach > LONGEST:
            raise ValueError("the integrand does not decay")
    inner = acb.integral(integrand, acb(0), acb(reach), abs_tol=target, rel_tol=arb(2) ** -BITS).real
    error = _tail(integrand, reach, s).upper()
    return (inner + arb(0, error)) / arb.pi()


def _integrand(law: str, n: int, height: arb, s: arb) -> Callable[[acb, bool], acb]:
    """z -> M(z)^n exp(-z height) / z at z = s + i y, a function of y; meromorphic, so there is nothing to test."""
    two, root_pi = arb(2).log() / 2, arb.pi().sqrt()

    def value(y: acb, analytic: bool) -> acb:
        z = s + acb(0, 1) * y
        moment = ((1 + z) / 2).gamma() / root_pi if law == "gaussian" else (1 + z).gamma()
        scale = (z * (two * n - height)).exp() if law == "gaussian" else (z * (-two * n - height)).exp()
        return moment**n * scale / z

    return value


def _tail(integrand: Callable[[acb, bool], acb], reach: float, s: arb) -> arb:
    """A bound of the integral of the modulus beyond ``reach`` = Y. Both Gamma((1+z)/2) and Gamma(1+z), z = s + i y, are products
    of factors whose moduli fall with y, the first like 1/sqrt((1+s)^2 + y^2); and 1/|z| falls like 1/sqrt(s^2 + y^2). So the
    modulus at y >= Y is at most that at Y times sqrt((1+s)^2 + Y^2) sqrt(s^2 + Y^2) / y^2."""
    Y = arb(reach)
    return abs(integrand(acb(Y), False)) * (((1 + s) ** 2 + Y**2) * (s**2 + Y**2)).sqrt() / Y


def _saddle(law: str, n: int, height: float) -> float:
    """A line near which the integrand is smallest on the real axis, on the side of 0 where it is smaller."""

    def size(s: float) -> float:
        moment = (
            s / 2 * log(2) + lgamma((1 + s) / 2) - log(pi) / 2 if law == "gaussian" else lgamma(1 + s) - s / 2 * log(2)
        )
        return n * moment - s * height - log(abs(s))

    candidates = (_lowest(size, -0.999, -0.001), _lowest(size, 0.001, 4.0 + 2 * max(0.0, height)))
    return min(candidates, key=size)


def _lowest(size: Callable[[float], float], low: float, high: float) -> float:
    """The minimum of a convex function, by ternary search."""
    for _ in range(40):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if size(a) < size(b) else (a, high)
    return (low + high) / 2


def median(law: str, n: int, bits: int = 40) -> arb:
    """The median of ``|w_1 ... w_n|`` for factors of mean 0 and variance 1: a ball of relative width 2^(1-bits) at whose ends
    the probabilities are certified to lie on both sides of 1/2. Raises ValueError as ``probability`` does."""
    with ctx.workprec(BITS + 20):
        centre = _crossing(lambda t: float(probability(law, n, arb(t).exp()).mid()) - 0.5, float(n) * _drift(law))
        low, high = (arb(centre) + side * arb(2) ** -bits for side in (-1, 1))
        if not (probability(law, n, low.exp()) > arb(0.5) > probability(law, n, high.exp())):
            raise ValueError("the median was not certified")
        return low.exp().union(high.exp())


def _drift(law: str) -> float:
    """About E ln|w|: where the search for the median of the logarithm starts."""
    return {"gaussian": -0.635, "uniform": -0.451, "laplace": -0.924}[law]


def _crossing(f: Callable[[float], float], start: float) -> float:
    """Where a falling function crosses 0: bracketed by doubling steps, then regula falsi, halving an end that stays (Illinois)."""
    low, high, step = start, start, 1.0
    while f(low) <= 0:
        low, step = low - step, 2 * step
    while f(high) >= 0:
        high, step = high + step, 2 * step
    a, b, last = f(low), f(high), 0
    for _ in range(60):
        middle = high - b * (high - low) / (b - a)
        value = f(middle)
        side = 1 if value > 0 else -1
        if abs(value) < 3e-16 or not low < middle < high:
            break
        if side > 0:
            low, a, b = middle, value, b / 2 if last == side else b
        else:
            high, b, a = middle, value, a / 2 if last == side else a
        last = side
    return middle


def _ball(q: Fraction) -> arb:
    return arb(fmpq(q.numerator, q.denominator))
