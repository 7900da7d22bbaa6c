"""Series and finite sums by closed forms: what is proved, near misses, divergence, forged evidence, the closed list."""

from __future__ import annotations

import random
from fractions import Fraction
from math import cos, sin

import pytest
from flint import arb, ctx

from derive.checkers import search
from derive.core import (
    Antidifference,
    Claim,
    Closed,
    Counterexample,
    Evidence,
    Point,
    SeriesPart,
    Status,
    Summed,
    Term,
)
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.balls import Undefined, evaluate
from derive.kernel.balls.growth import Growth, Ray, above, below, tail
from derive.kernel.balls.place import Budget, Place
from derive.kernel.balls.table import BALLS
from derive.kernel.series_axioms import RIEMANN, SERIES
from derive.kernel.terms import ONE, ZERO, number, power, sub, substitute, symbol


def status(latex: str, given: str = "") -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


PROVED = [
    (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "|r| < 1"),
    (r"\sum_{k=m}^{\infty} r^k = \frac{r^m}{1 - r}", "m in N_0; |r| < 1"),
    (r"\sum_{k=1}^{\infty} k p (1 - p)^{k - 1} = \frac{1}{p}", "p in R; 0 < p < 1"),
    (r"\sum_{k=0}^{\infty} \left(\frac{x}{1 + x}\right)^k = 1 + x", r"x in R; x > -\frac{1}{2}"),
    (r"\sum_{k=1}^{\infty} \frac{1}{k (k + 1) (k + 2)} = \frac{1}{4}", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{k^2 (k + 1)} = \frac{\pi^2}{6} - 1", ""),
    (r"\sum_{k=0}^{\infty} \frac{z^k}{k!} = e^z", "z in C"),
    (r"\sum_{k=0}^{\infty} k^2 \frac{x^k}{k!} = x (x + 1) e^x", "x in R"),
    (r"\sum_{k=1}^{\infty} \frac{(-1)^{k - 1} x^{2 k - 1}}{(2 k - 1)!} = \sin x", "x in R"),
    (r"\sum_{k=1}^{\infty} \frac{x^k}{k (k + 1)} = 1 + \frac{(1 - x) \ln(1 - x)}{x}", "0 < x < 1"),
    (r"\sum_{k=1}^{\infty} \frac{(-1)^{k + 1} x^k}{k} = \ln(1 + x)", "-1 < x <= 1"),
    (r"\sum_{k=0}^{\infty} \frac{(-1)^k x^{2 k + 1}}{2 k + 1} = \arctan x", "-1 <= x <= 1"),
    (r"\sum_{k=0}^{\infty} \binom{k + n}{n} x^k = \frac{1}{(1 - x)^{n + 1}}", "|x| < 1; n in N_0"),
    (r"\sum_{k=1}^{\infty} \frac{\sin(k x)}{k} = \frac{\pi - x}{2}", r"0 < x < 2 \pi"),
    (r"\sum_{k=1}^{\infty} \frac{1}{k^3} \approx 1.20", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{k^2} < 2", ""),
]
NEVER_PROVED = [
    (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "r in R"),
    (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "-1 <= r < 1"),
    (r"\sum_{k=m}^{\infty} r^k = \frac{r^m}{1 - r}", "m in Z; |r| < 1"),
    (r"\sum_{k=0}^{\infty} \left(\frac{x}{1 + x}\right)^k = 1 + x", r"x in R; x \ge -\frac{1}{2}"),
    (r"\sum_{k=1}^{\infty} \frac{x^k}{k} = -\ln(1 - x)", "x < 1"),
    (r"\sum_{k=1}^{\infty} \frac{(-1)^{k + 1} x^k}{k} = \ln(1 + x)", "-1 < x <= 2"),
    (r"\sum_{k=0}^{\infty} \frac{(-1)^k x^{2 k + 1}}{2 k + 1} = \arctan x", "-1 <= x <= 2"),
    (r"\sum_{k=1}^{\infty} \frac{\sin(k x)}{k} = \frac{\pi - x}{2}", r"0 <= x < 2 \pi"),
    (r"\sum_{k=1}^{\infty} \frac{\cos(k x)}{k^2} = \frac{\pi^2}{6} - \frac{\pi x}{2} + \frac{x^2}{4}", r"0 <= x <= 7"),
    (r"\sum_{k=1}^{\infty} (a_k - a_{k + 1}) = a_1", "a_k in R"),
    (r"\sum_{k=1}^{\infty} (a_k - a_{k + 1}) = a_1", "a_k > 0"),
    (r"\sum_{k=1}^{\infty} \frac{1}{k} \ge 0", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{k} = \sum_{k=1}^{\infty} \frac{1}{k}", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{k} \le 1 + \sum_{k=1}^{\infty} \frac{1}{k}", ""),
    (r"\sum_{k=0}^{\infty} (-1)^k \ge 0", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{k^2} = 1.6449340668", ""),
]
REFUTED = [
    (r"\sum_{k=0}^{\infty} (-1)^k = \frac{1}{2}", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{\sqrt{k}} = 7", ""),
    (r"\sum_{k=0}^{\infty} z^k = \frac{1}{1 - z}", "z in C"),
    (r"\sum_{k=1}^{\infty} \frac{\lfloor k \tanh(\pi) \rfloor}{10^k} = \frac{1}{81}", ""),
    (r"\sum_{k=1}^{\infty} \frac{(-1)^{k + 1}}{k} = 0.6931471806", ""),
    (r"\sum_{k=1}^{\infty} \frac{1}{k^2} = 1.6449340668", ""),
    (r"\sum_{k=1}^{\infty} \frac{x^k}{k} = \ln(1 - x)", "x in R; |x| < 1"),
]


@pytest.mark.parametrize(("latex", "given"), PROVED)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(("latex", "given"), NEVER_PROVED)
def test_near_misses(latex: str, given: str) -> None:
    assert status(latex, given) not in ("proved", "supported")


@pytest.mark.parametrize(("latex", "given"), REFUTED)
def test_refuted(latex: str, given: str) -> None:
    assert status(latex, given) == "refuted"


# ------------------------------------------------------------------------------------------------------ forged evidence

GEOMETRIC = read_claim(r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "r in R; r != 1")
HARMONIC = read_claim(r"\sum_{k=1}^{\infty} \frac{1}{k} = 1", "")
FINITE = read_claim(r"\sum_{k=1}^{m} 1 = m", "m in Z")
LOGARITHM = read_claim(r"\sum_{k=1}^{\infty} \frac{x^k}{k} = -\ln(1 - x)", "x < 1")


def closed(claim: Claim, antidifference: Antidifference | None, *parts: SeriesPart) -> Summed:
    body, k, *ends = claim.lhs.args
    term = Term("sum", (substitute(body, str(k.value), symbol("k'")), symbol("k'"), *ends))
    return Summed((Closed(term, antidifference, parts),))


def over(a: Term, b: Term) -> Term:
    return Term("div", (a, b))


K = symbol("j")
FORGED = [
    (
        GEOMETRIC,
        Antidifference("j", over(power(symbol("r"), K), sub(symbol("r"), ONE))),
        (),
    ),  # no limit: |r| is not < 1
    (HARMONIC, Antidifference("j", over(ONE, K)), ()),  # not the steps
    (HARMONIC, Antidifference("j", sub(ONE, over(ONE, K))), ()),
    (FINITE, Antidifference("j", K), ()),  # the length may be negative
    (FINITE, Antidifference("m", symbol("m")), ()),  # the letter has a meaning
    (LOGARITHM, None, (SeriesPart(ONE, "logarithm_series", symbol("x")),)),  # x may be -2
    (HARMONIC, None, (SeriesPart(ONE, "logarithm_series", ONE),)),
    (HARMONIC, None, (SeriesPart(ONE, "no_such_series", ONE),)),
    (HARMONIC, None, (SeriesPart(over(ONE, symbol("k'")), "exponential_series", ONE, ZERO),)),
    (HARMONIC, None, ()),
]


@pytest.mark.parametrize(("claim", "by", "parts"), FORGED)
def test_forged_evidence_is_rejected(claim: Claim, by: Antidifference | None, parts: tuple[SeriesPart, ...]) -> None:
    witness: Point = tuple(
        (d.name, Fraction(1, 2) if d.domain == "real" else Fraction(2)) for d in claim.scope.declarations
    )
    with pytest.raises(NotAdmitted):
        admit(claim, closed(claim, by, *parts), witness)


def test_the_forgeries_fail_for_their_own_reason() -> None:
    """The same evidence is admitted where the missing hypothesis is declared."""
    good = read_claim(r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "|r| < 1")
    G = Antidifference("j", over(power(symbol("r"), K), sub(symbol("r"), ONE)))
    assert admit(good, closed(good, G), (("r", Fraction(1, 2)),)).status == Status.PROVED
    natural = read_claim(r"\sum_{k=1}^{m} 1 = m", "m in N_0")
    assert admit(natural, closed(natural, Antidifference("j", K)), (("m", Fraction(2)),)).status == Status.PROVED


@pytest.mark.parametrize(
    ("latex", "given", "point"),
    [
        (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "r in R", (("r", Fraction(1)),)),  # not defined there
        (r"\sum_{k=0}^{\infty} r^k = \frac{1}{1 - r}", "r in R", (("r", Fraction(1, 2)),)),
        (r"\sum_{k=1}^{\infty} \frac{x^k}{k} = -\ln(1 - x)", "x in R", (("x", Fraction(-1)),)),
        (r"\sum_{k=1}^{\infty} \frac{x^k}{k} = -\ln(1 - x)", "x in R", (("x", Fraction(2)),)),
        (r"\sum_{k=1}^{\infty} \frac{1}{k} = \infty", "", ()),
        (r"\sum_{k=0}^{\infty} \frac{1}{k - 3} = 1", "", ()),  # a term is not defined
    ],
)
def test_no_refutation_there(latex: str, given: str, point: Point) -> None:
    evidence: Evidence = Counterexample(point)
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex, given), evidence)


# ------------------------------------------------------------------------------------------------------- bounds of tails

TERMS = [
    r"\frac{1}{k^2}",
    r"\frac{k^3}{2^k + 1}",
    r"\frac{(-1)^k}{k!}",
    r"\frac{k + 5}{k^4 - k - 1}",
    r"\frac{\ln k}{k^2}",
    r"\frac{\sin k}{k^2}",
    r"\frac{1}{k^2 \binom{2 k}{k}}",
    r"\frac{\binom{k + 3}{3}}{3^k}",
    r"\frac{\lfloor k \pi \rfloor}{7^k}",
    r"\ln\left(1 + \frac{1}{k^2}\right)",
    r"\frac{1}{k^k}",
    r"\frac{\sqrt{k}}{e^k}",
    r"\arctan\left(\frac{1}{k^2 + k + 1}\right)",
]


@pytest.mark.parametrize("latex", TERMS)
def test_growth_bounds_every_term(latex: str) -> None:
    series = read_claim(rf"\sum_{{k=2}}^{{\infty}} {latex} = 0", "").lhs
    body, letter = series.args[:2]
    with ctx.workprec(128):
        first = 9
        ray = Ray(str(letter.value), first, Place(BALLS, {}, Budget(), 128))
        high = above(body, ray)
        for n in (first, first + 1, first + 2, 40, 200):
            value = abs(evaluate(body, {str(letter.value): Fraction(n)}, 128).real)
            assert value.lower() <= _at(high, n).upper()
        rest = tail(high, first)
        assert rest is not None
        beyond = sum(
            (abs(evaluate(body, {str(letter.value): Fraction(n)}, 128).real) for n in range(first, 300)), arb(0)
        )
        assert beyond.lower() <= rest.upper()


@pytest.mark.parametrize("latex", [r"k^3 - 2 k", r"k! + 1", r"\binom{2 k}{k}", r"k^2 + k + 1", r"\sqrt{k}", r"k^k"])
def test_growth_from_below(latex: str) -> None:
    body = read_claim(rf"\sum_{{k=2}}^{{\infty}} \left({latex}\right) = 0", "").lhs.args[0]
    with ctx.workprec(128):
        low = below(body, Ray("k", 9, Place(BALLS, {}, Budget(), 128)))
        for n in (9, 10, 11, 30):
            assert _at(low, n).lower() <= abs(evaluate(body, {"k": Fraction(n)}, 128).real).upper()


def _at(growth: Growth, n: int) -> arb:
    degree = arb(growth.a.numerator) / growth.a.denominator
    return growth.c * arb(n) ** degree * growth.q**n


@pytest.mark.parametrize(
    "latex", [r"\frac{1}{k}", r"\frac{(-1)^k}{k}", r"\frac{1}{\sqrt{k}}", r"\frac{1}{k - 20}", r"\ln(k - 20)", "k!"]
)
def test_what_has_no_tail(latex: str) -> None:
    claim = read_claim(rf"\sum_{{k=1}}^{{\infty}} {latex} = 0", "")
    with pytest.raises(Undefined):
        evaluate(claim.lhs, {}, 64)


# ------------------------------------------------------------------------------------------------------- the closed list

INSTANCES = 1_000
RADIUS = {"central_binomial_series": Fraction(1, 4)}
FOURIER = ("sawtooth_series", "parabola_series")
POWER_SERIES = [name for name, series in SERIES.items() if series.parameter != "even" and name not in FOURIER]
BITS = 120


def partial(name: str, u: Fraction, m: Term | None, terms: int) -> arb:
    series = SERIES[name]
    term = series.term(symbol("k"), number(u), m)
    return sum((evaluate(term, {"k": Fraction(series.first + j)}, BITS).real for j in range(terms)), arb(0))


def claimed(name: str, u: Fraction, m: Term | None) -> arb:
    return evaluate(SERIES[name].value(number(u), m), {}, BITS).real


def parameter(name: str, draw: random.Random) -> Term | None:
    kind = SERIES[name].parameter
    return None if kind == "none" else number(draw.choice(sorted(RIEMANN)) if kind == "even" else draw.randint(0, 5))


@pytest.mark.parametrize("name", POWER_SERIES)
def test_random_instances_of_power_series(name: str) -> None:
    draw = random.Random(7)
    with ctx.workprec(BITS):
        for turn in range(INSTANCES):
            reach, terms, bits = (Fraction(1, 2), 60, 24) if turn % 20 == 0 else (Fraction(1, 20), 12, 24)
            u, m = RADIUS.get(name, Fraction(1)) * reach * Fraction(draw.randint(-100, 100), 100), parameter(name, draw)
            value = claimed(name, u, m)
            assert abs(partial(name, u, m, terms) - value) < arb(2) ** -bits * (1 + abs(value))


@pytest.mark.parametrize("name", [name for name in POWER_SERIES if SERIES[name].conditions(symbol("u"))])
def test_they_fail_beyond_their_range(name: str) -> None:
    """Partial sums do not settle."""
    draw = random.Random(8)
    with ctx.workprec(BITS):
        for _ in range(20):
            u = RADIUS.get(name, Fraction(1)) * Fraction(draw.randint(130, 200), 100) * draw.choice((1, -1))
            m = parameter(name, draw)
            assert abs(partial(name, u, m, 80) - partial(name, u, m, 78)) > 1


@pytest.mark.parametrize("name", [name for name in SERIES if SERIES[name].parameter == "even"])
def test_numerical_series(name: str) -> None:
    with ctx.workprec(BITS):
        for m in RIEMANN:
            value, found = claimed(name, Fraction(1), number(m)), partial(name, Fraction(1), number(m), 400)
            assert abs(found - value) < arb(2) / 400 ** (m - 1)
            assert abs(claimed(name, Fraction(1), number(2 if m != 2 else 4)) - found) > 0.01


@pytest.mark.parametrize(("name", "size"), [("sawtooth_series", 0.05), ("parabola_series", 0.01)])
def test_fourier_series(name: str, size: float) -> None:
    """At 1,000 points well inside, and not beyond the ends."""
    draw = random.Random(9)
    for turn in range(INSTANCES):
        u = Fraction(draw.randint(40, 588), 100)
        if turn % 25 == 0:
            assert abs(partial(name, u, None, 150) - claimed(name, u, None)) < size
        else:
            terms = 1 if name == "sawtooth_series" else 2
            series = sum((_fourier(name, float(u), k) for k in range(1, 400)), 0.0)
            assert abs(series - float(claimed(name, u, None).mid())) < size * terms
    for u in (Fraction(-1), Fraction(7)):
        assert abs(partial(name, u, None, 150) - claimed(name, u, None)) > 0.3


def _fourier(name: str, u: float, k: int) -> float:
    return sin(k * u) / k if name == "sawtooth_series" else cos(k * u) / k**2


def test_every_series_has_a_trial() -> None:
    evens = {name for name in SERIES if SERIES[name].parameter == "even"}
    assert {*POWER_SERIES, *FOURIER, *evens} == set(SERIES)
    assert all(series.source and series.statement and series.hypotheses for series in SERIES.values())


# --------------------------------------------------------------------------------------------- conditions within a series


@pytest.mark.parametrize(
    ("latex", "given", "expected"),
    [
        (r"\sum_{k=2}^{\infty} \frac{1}{k^2 - 1} = \frac{3}{4}", "", "proved"),
        (r"\sum_{k=1}^{\infty} \frac{1}{k^2 - 1} = \frac{3}{4}", "", "undecided"),  # a term is not defined
        (r"\sum_{k=0}^{\infty} \frac{1}{k^2 - 9 k + 20} = 1", "", "undecided"),
        (r"\sum_{k=0}^{\infty} z^k = \frac{1}{1 - z}", "z in C; |z| < 1", "proved"),
        (r"\sum_{k=0}^{\infty} e^{-k t} = \frac{1}{1 - e^{-t}}", "t > 0", "proved"),
        (r"\sum_{k=1}^{\infty} \left(\frac{1}{\sqrt{k}} - \frac{1}{\sqrt{k + 1}}\right) = 1", "", "proved"),
        (r"\sum_{k=1}^{n} \ln\left(1 + \frac{1}{k}\right) = \ln(n + 1)", "n in N", "proved"),
        (r"\prod_{k=0}^{n} \left(1 + x^{2^k}\right) = \frac{1 - x^{2^{n + 1}}}{1 - x}", "n in N_0; x in R", "proved"),
        (r"\left(x^{2^n}\right)^2 = x^{2^{n + 1}}", "n in N_0; x in R", "proved"),
    ],
)
def test_conditions_within(latex: str, given: str, expected: str) -> None:
    assert status(latex, given) == expected


def test_a_power_whose_exponent_may_be_a_fraction_is_not_taken_for_whole() -> None:
    """2^n is no integer for n < 0: (x^(2^n))^2 is not defined for x < 0, x^(2^(n + 1)) is at n = -1."""
    assert status(r"\left((-1)^{2^n}\right)^2 = (-1)^{2^{n + 1}}", "n in Z") != "proved"
