"""A thousand random instances of each theorem of the calculus in the closed list, against numerical values; and what fails
where a hypothesis is dropped."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import mpmath
import numpy

from derive.formula.claims import read_claim
from derive.kernel.balls import evaluate
from derive.kernel.expansion import BERNOULLI, HARMONIC
from derive.kernel.facts import facts_of
from derive.kernel.known_integrals import known_integral


def stirling_at_a_thousand_integers() -> None:
    """The expansion is off by less than 10^-14 for large n; where n does not grow it is off by more."""
    random = Random(1)
    with mpmath.workdps(60):

        def off(n: int) -> bool:
            z = mpmath.mpf(n)
            terms = mpmath.fsum(
                mpmath.mpf(c.numerator) / c.denominator / z ** (2 * k + 1) for k, c in enumerate(BERNOULLI)
            )
            size = (z + 0.5) * mpmath.log(z) - z + mpmath.log(2 * mpmath.pi) / 2 + terms
            return abs(mpmath.loggamma(z + 1) - size) > mpmath.mpf(10) ** -14

        assert not any(off(random.randint(20, 2000)) for _ in range(1000))
        assert off(1)


def harmonic_at_a_thousand_integers() -> None:
    """The expansion is off by less than 10^-14 for large n; where n does not grow it is off by more."""
    random = Random(4)
    with mpmath.workdps(60):

        def off(n: int) -> bool:
            z = mpmath.mpf(n)
            terms = mpmath.fsum(
                mpmath.mpf(c.numerator) / c.denominator / z ** (2 * k + 2) for k, c in enumerate(HARMONIC)
            )
            size = mpmath.log(z) + mpmath.euler + 1 / (2 * z) + terms
            return abs(mpmath.harmonic(z) - size) > mpmath.mpf(10) ** -14

        assert not any(off(random.randint(20, 2000)) for _ in range(1000))
        assert off(1)


def _value(latex: str, given: str) -> mpmath.mpf | None:
    """What the closed list gives for an integral without letters."""
    claim = read_claim(f"{latex} = 0", given)
    known = known_integral(claim.lhs, facts_of(claim.scope))
    if known is None:
        return None
    ball = evaluate(known[0], {}, 100)
    return mpmath.mpf(str(ball.real.mid().str(25, radius=False)))


def integrals_of_gauss_at_a_thousand_instances() -> None:
    """Against the trapezoidal rule, which is exact to rounding here. Without a > 0 there is no value."""
    random = Random(2)
    for _ in range(1000):
        a, b, k = random.randint(1, 5), random.randint(-3, 3), random.randint(0, 4)
        value = _value(rf"\int_{{-\infty}}^{{\infty}} x^{{{k}}} e^{{-{a} x^2 + ({b}) x}} \, dx", "")
        h = 1 / 32
        points = (j * h for j in range(-400, 401))
        rule = h * math.fsum(x**k * math.exp(-a * x * x + b * x) for x in points)
        assert value is not None and abs(float(value) - rule) < 1e-10 * max(1.0, abs(rule))
    assert _value(r"\int_{-\infty}^{\infty} e^{x^2} \, dx", "") is None
    assert _value(r"\int_{-\infty}^{\infty} e^{-a x^2} \, dx", "a in R") is None


def integrals_of_euler_at_a_thousand_instances() -> None:
    """Against Gauss-Laguerre quadrature, which is exact for polynomials. Without a > 0 there is no value."""
    random = Random(3)
    nodes, weights = numpy.polynomial.laguerre.laggauss(12)
    for _ in range(1000):
        a, p, k = random.randint(1, 5), random.randint(-3, 3), random.randint(0, 6)
        value = _value(rf"\int_0^{{\infty}} ({p} + x) x^{{{k}}} e^{{-{a} x}} \, dx", "")
        rule = float(numpy.sum(weights * (p + nodes / a) * (nodes / a) ** k)) / a
        assert value is not None and abs(float(value) - rule) < 1e-8 * max(1.0, abs(rule))
    assert _value(r"\int_0^{\infty} x e^{x} \, dx", "") is None
    assert _value(r"\int_0^{\infty} x^s e^{-x} \, dx", "s in R") is None


def integrals_with_a_logarithm_at_a_thousand_instances() -> None:
    """Against the trapezoidal rule for x = exp(u), whose ends fall off exponentially. Without a > 0, and for other logarithms, there
    is no value."""
    random = Random(7)
    u = numpy.arange(-40, 6, 1 / 16)
    x = numpy.exp(u)
    for _ in range(1000):
        a, p, k = random.randint(1, 5), random.randint(-3, 3), random.randint(0, 6)
        value = _value(rf"\int_0^{{\infty}} ({p} + x) x^{{{k}}} \ln(x) e^{{-{a} x}} \, dx", "")
        terms = (p + x) * x ** (k + 1) * u * numpy.exp(-a * x)
        rule, size = float(numpy.sum(terms)) / 16, float(numpy.sum(abs(terms))) / 16
        assert value is not None and abs(float(value) - rule) < 1e-10 * max(1.0, size)
    for body in (
        r"\ln(x) e^{x}",
        r"(\ln(x))^2 e^{-x}",
        r"\ln(x + 1) e^{-x}",
        r"\ln(2 x) e^{-x}",
        r"\frac{e^{-x}}{\ln(x)}",
    ):
        assert _value(rf"\int_0^{{\infty}} {body} \, dx", "") is None
    assert _value(r"\int_0^{\infty} \ln(x) e^{-a x} \, dx", "a in R") is None
    assert _value(r"\int_0^{\infty} x^{-1} \ln(x) e^{-x} \, dx", "") is None
    assert _value(r"\int_0^{\infty} x^s \ln(x) e^{-x} \, dx", "s > 0") is None


def products_of_sines_at_a_thousand_instances() -> None:
    """A product of four or more sin(a x)/(a x) is the characteristic function of a sum of uniform numbers, which are bounded: the
    trapezoidal rule is exact up to the end of its sum. Of two the integral is pi/2 times the smaller a."""
    random = Random(6)
    for _ in range(1000):
        a = [Fraction(random.randint(1, 9), random.randint(1, 5)) for _ in range(random.randint(4, 6))]
        body = " ".join(rf"\sin\left(\frac{{{q.numerator}}}{{{q.denominator}}} x\right)" for q in a)
        value = _value(rf"\int_0^{{\infty}} \frac{{{body}}}{{x^{{{len(a)}}}}} \, dx", "")
        h = float(3 / sum(a))
        x = h * numpy.arange(1, 3000)
        sines = [numpy.sin(float(q) * x) / x for q in a]
        rule = h * (numpy.prod(sines, axis=0).sum() + float(math.prod(a)) / 2)
        assert value is not None and abs(float(value) - rule) < 1e-6 * rule
    for _ in range(100):
        p, q = random.randint(1, 9), random.randint(1, 9)
        value = _value(rf"\int_0^{{\infty}} \frac{{\sin({p} x) \sin({q} x)}}{{x^2}} \, dx", "")
        assert value is not None and abs(float(value) - math.pi / 2 * min(p, q)) < 1e-12
    one = _value(r"\int_0^{\infty} \frac{\sin(3 x)}{x} \, dx", "")
    assert one is not None and abs(float(one) - math.pi / 2) < 1e-15
    for body in (
        r"\frac{\sin(a x)}{x}",
        r"\frac{\sin^2(x)}{x}",
        r"\frac{\sin(x + 1)}{x}",
        r"\frac{\sin(x)}{x + 1}",
        r"\sin(x)",
    ):
        assert _value(rf"\int_0^{{\infty}} {body} \, dx", "a in R") is None


CALCULUS_TRIALS = {
    "stirling": stirling_at_a_thousand_integers,
    "harmonic": harmonic_at_a_thousand_integers,
    "gaussian_integral": integrals_of_gauss_at_a_thousand_instances,
    "gamma_integral": integrals_of_euler_at_a_thousand_instances,
    "gamma_logarithm_integral": integrals_with_a_logarithm_at_a_thousand_instances,
    "sine_product_integral": products_of_sines_at_a_thousand_instances,
}
