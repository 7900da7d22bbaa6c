"""Rules of expectations against exact enumeration of finite laws and against quadrature; what depends is not split."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import mpmath
import pytest

from derive.authoring import Letter, integer, random_family, real, scope, step
from derive.checkers import CHECKERS, search
from derive.checkers.sampling import witness_for
from derive.core import Claim, Declaration, FiniteLaw, Hints, Law, Scope, Status, Term
from derive.kernel import NotAdmitted, admit, laws
from derive.kernel.balls import evaluate
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, symbol

M, V = symbol("m"), symbol("v")
n_, t_ = integer("n", r"n \ge 1"), integer("t", r"t \ge 1")
m_, v_, x_ = real("m"), real("v", "v > 0"), real("x")
W = random_family("w", "moments", M, V)
CENTRED = random_family("w", "moments", ZERO, V)
GENERAL = scope(n_, m_, v_, W)
KNOWN = scope(n_, v_, CENTRED)

LAWS = (
    FiniteLaw(((Fraction(0), Fraction(1, 4)), (Fraction(1), Fraction(1, 4)), (Fraction(5, 2), Fraction(1, 2)))),
    FiniteLaw(((Fraction(-2), Fraction(1, 3)), (Fraction(1), Fraction(2, 3)))),
    FiniteLaw(((Fraction(-1), Fraction(1, 6)), (Fraction(1, 2), Fraction(1, 2)), (Fraction(3), Fraction(1, 3)))),
)


def statuses(latex: str, where: Scope) -> set[str]:
    """What prover and refuter both say; support of a true equation at points is not counted."""
    (claim,) = step(latex, "", where).claims
    found = search(claim, audit=True)
    return {name for name, evidence in (("proved", found.proof), ("refuted", found.refutation)) if evidence is not None}


def proved(latex: str, where: Scope) -> bool:
    """Some prover convinces the kernel. Nothing is enumerated here, which for recurrences takes long."""
    (claim,) = step(latex, "", where).claims
    witness = witness_for(claim)
    for name, checker in CHECKERS:
        for evidence in checker(claim, Hints()) if name not in ("counterexample", "agreement at points") else ():
            try:
                return admit(claim, evidence, witness).status == Status.PROVED
            except NotAdmitted:
                continue
    return False


def E(body: str) -> str:
    return rf"\operatorname{{E}}\left[ {body} \right]"


def Var(body: str) -> str:
    return rf"\operatorname{{Var}}\left[ {body} \right]"


# ------------------------------------------------------------------------------------------------- exact enumeration

Members = Sequence[Fraction]
"""w[0] is w_1."""


def mean(quantity: Callable[[Members], Fraction], law: FiniteLaw, count: int) -> Fraction:
    """E of a function of ``count`` independent members, every outcome listed."""
    outcomes = product(law.atoms, repeat=count)
    return sum((prod(p for _, p in o) * quantity([x for x, _ in o]) for o in outcomes), Fraction(0))


MODULUS, LOGARITHM, ITSELF = r"\lvert w_1 \rvert", r"\ln w_1", r"\frac{w_1}{w_1}"
P = r"\left( \prod_{i=1}^{n} w_i \right)"
S = r"\left( \sum_{i=1}^{n} w_i \right)"

Case = tuple[str, str, Callable[[Members, int, Fraction], Fraction], Callable[[Fraction, Fraction, int], Fraction]]
MEANS: tuple[Case, ...] = (
    (P, "m^{n}", lambda w, n, m: prod(w[:n]), lambda m, v, n: m**n),
    (rf"{P}^2", "(v + m^2)^{n}", lambda w, n, m: prod(w[:n]) ** 2, lambda m, v, n: (v + m * m) ** n),
    (rf"{P} w_{{n+1}}", "m^{n+1}", lambda w, n, m: prod(w[: n + 1]), lambda m, v, n: m ** (n + 1)),
    (
        rf"{P}^2 w_{{n+1}}",
        "m (v + m^2)^{n}",
        lambda w, n, m: prod(w[:n]) ** 2 * w[n],
        lambda m, v, n: m * (v + m * m) ** n,
    ),
    (rf"{P} \prod_{{i=n+1}}^{{2n}} w_i", "m^{2n}", lambda w, n, m: prod(w), lambda m, v, n: m ** (2 * n)),
    (
        rf"{P} w_n",
        "m^{n-1} (v + m^2)",
        lambda w, n, m: prod(w[:n]) * w[n - 1],
        lambda m, v, n: m ** (n - 1) * (v + m * m),
    ),
    (S, "n m", lambda w, n, m: sum(w[:n], Fraction(0)), lambda m, v, n: n * m),
    (rf"{S}^2", "n v + n^2 m^2", lambda w, n, m: sum(w[:n], Fraction(0)) ** 2, lambda m, v, n: n * v + n * n * m * m),
    (
        r"\left( \sum_{i=1}^{n} w_1 \right)^2",
        "n^2 (v + m^2)",
        lambda w, n, m: (n * w[0]) ** 2,
        lambda m, v, n: n * n * (v + m * m),
    ),
    ("(w_1 - m)^2", "v", lambda w, n, m: (w[0] - m) ** 2, lambda m, v, n: v),
    ("w_1 w_2 w_1", "m (v + m^2)", lambda w, n, m: w[0] * w[1] * w[0], lambda m, v, n: m * (v + m * m)),
    (
        r"\sum_{i=1}^{n} w_i^2",
        "n (v + m^2)",
        lambda w, n, m: sum((x * x for x in w[:n]), Fraction(0)),
        lambda m, v, n: n * (v + m * m),
    ),
    ("n^2 w_1", "n^2 m", lambda w, n, m: n * n * w[0], lambda m, v, n: n * n * m),
)
VARIANCES: tuple[Case, ...] = (
    (P, "(v + m^2)^{n} - m^{2n}", lambda w, n, m: prod(w[:n]), lambda m, v, n: (v + m * m) ** n - m ** (2 * n)),
    (S, "n v", lambda w, n, m: sum(w[:n], Fraction(0)), lambda m, v, n: n * v),
    (r"\sum_{i=1}^{n} w_1", "n^2 v", lambda w, n, m: n * w[0], lambda m, v, n: n * n * v),
    ("w_1 w_2", "v^2 + 2 v m^2", lambda w, n, m: w[0] * w[1], lambda m, v, n: v * v + 2 * v * m * m),
    ("w_1 + w_2", "2 v", lambda w, n, m: w[0] + w[1], lambda m, v, n: 2 * v),
    ("w_1 - w_1", "0", lambda w, n, m: w[0] - w[0], lambda m, v, n: Fraction(0)),
    ("3 w_1 + m", "9 v", lambda w, n, m: 3 * w[0] + m, lambda m, v, n: 9 * v),
)


@pytest.mark.parametrize("case", MEANS, ids=[case[0] for case in MEANS])
def test_means(case: Case) -> None:
    body, closed, quantity, value = case
    for law in LAWS:
        m, v = moments(law)
        for n in (1, 2, 3):
            assert mean(lambda w: quantity(w, n, m), law, 2 * n) == value(m, v, n)  # noqa: B023
    assert statuses(f"{E(body)} = {closed}", GENERAL) == {"proved"}
    assert "proved" not in statuses(f"{E(body)} = {closed} + 1", GENERAL)


@pytest.mark.parametrize("case", VARIANCES, ids=[case[0] for case in VARIANCES])
def test_variances(case: Case) -> None:
    body, closed, quantity, value = case
    for law in LAWS:
        m, v = moments(law)
        for n in (1, 2, 3):
            first = mean(lambda w: quantity(w, n, m), law, 2 * n)  # noqa: B023
            second = mean(lambda w: quantity(w, n, m) ** 2, law, 2 * n)  # noqa: B023
            assert second - first**2 == value(m, v, n)
    assert statuses(f"{Var(body)} = {closed}", GENERAL) == {"proved"}
    assert "proved" not in statuses(f"{Var(body)} = {closed} + 1", GENERAL)


def moments(law: FiniteLaw) -> tuple[Fraction, Fraction]:
    m = laws.raw_moment(law, 1)
    return m, laws.raw_moment(law, 2) - m * m


# --------------------------------------------------------------------------------------- what depends is not split

DEPENDENT = (
    (rf"{P} w_1", "m^{n+1}"),
    (rf"{P} \prod_{{i=n}}^{{2n}} w_i", "m^{2n+1}"),
    (rf"{P} {S}", "n m^{n+1}"),
    (r"\sum_{i=1}^{n} w_i w_{i+1}", "n (v + m^2)"),
    (r"\prod_{i=1}^{n} \left( w_i + w_1 \right)", "(2 m)^{n}"),
    (r"\sum_{k=1}^{n} \prod_{i=1}^{k} w_i", "n m"),
    ("w_1^{n}", "m^{n}"),
    ("w_1^{2} w_2 w_1^{2}", "m (v + m^2)^{2}"),
    (r"\lvert w_1 \rvert", "m"),
    (r"\lvert w_1 \rvert w_1", r"m^{2}"),
    (r"\frac{1}{w_1}", r"\frac{1}{m}"),
    (r"\ln w_1", r"\ln m"),
    (r"\exp(w_1)", r"\exp(m)"),
)


@pytest.mark.parametrize(("body", "value"), DEPENDENT, ids=[body for body, _ in DEPENDENT])
def test_dependent_parts_do_not_split(body: str, value: str) -> None:
    assert "proved" not in statuses(f"{E(body)} = {value}", GENERAL)


def test_two_random_letters_are_not_taken_to_be_independent() -> None:
    where = scope(n_, random_family("w", "gaussian", ZERO, ONE), random_family("u", "gaussian", ZERO, ONE))
    for body in ("w_1 u_1", "w_1 u_2", r"\left( \prod_{i=1}^{n} w_i \right) u_1"):
        assert statuses(f"{E(body)} = 0", where) == set()
    assert statuses(f"{E('w_1 + u_1')} = 0", where) == {"proved"}
    single = Declaration("y", "real", law=Law("gaussian", ZERO, ONE))
    pair = scope(Letter(single), Letter(Declaration("z", "real", law=single.law)))
    assert statuses(f"{E('y z')} = 0", pair) == {"refuted"}  # for z = y


@pytest.mark.parametrize(
    "latex", ["w_1^3", "w_1^4", r"\lvert w_1 \rvert^3", r"\lvert w_1 \rvert w_1^2", r"\prod_{i=1}^{n} w_i^3"]
)
def test_moments_that_are_not_declared_may_not_exist(latex: str) -> None:
    mean_ = E(latex)
    for claim in (
        f"{mean_} - {mean_} = 0",
        rf"{mean_} \le {mean_} + 1",
        rf"\lvert {mean_} \rvert \ge 0",
        f"0 \\cdot {mean_} = 0",
    ):
        assert not proved(claim, KNOWN)


def test_a_quotient_needs_a_denominator_that_is_almost_surely_not_zero() -> None:
    apart = scope(random_family("w", "moments", ONE, ONE, r"w_k \ne 0"))
    positive = scope(random_family("w", "moments", ONE, ONE, "w_k > 0"))
    latex = rf"{E(ITSELF)} = 1"
    assert statuses(latex, scope(random_family("w", "moments", ONE, ONE))) == set()
    assert statuses(latex, apart) == statuses(latex, positive) == {"proved"}
    assert statuses(E(r"\frac{w_2}{w_1}") + " = 1", apart) == {"refuted"}
    assert "proved" not in statuses(rf"{E(LOGARITHM)} = 0", positive)


def test_a_bound_of_a_random_letter_holds_at_every_atom_of_a_counterexample() -> None:
    """E|w| = E w for w > 0: a law with an atom below 0 is no counterexample."""
    positive = scope(random_family("w", "moments", ONE, ONE, "w_k > 0"))
    assert statuses(rf"{E(MODULUS)} = {E('w_1')}", positive) == {"proved"}
    assert statuses(rf"{E(MODULUS)} = 2", positive) == {"refuted"}
    anything = scope(random_family("w", "moments", ONE, ONE))
    assert statuses(rf"{E(MODULUS)} = {E('w_1')}", anything) == {"refuted"}


# -------------------------------------------------------------------------------------- letters made by hypotheses


def test_a_letter_defined_by_random_letters_is_random() -> None:
    where = scope(n_, v_, CENTRED, real("P"), given=(r"P = \prod_{i=1}^{n} w_i",))
    for latex in (
        f"{E('P')} = 0",
        f"{E('P^2')} = v^{{n}}",
        f"{Var('P')} = v^{{n}}",
        f"{E('P w_{n+1}')} = 0",
        f"{E('n P')} = 0",
    ):
        assert proved(latex, where)
    for latex in (f"{E('P')} = P", f"{E('P w_1')} = P {E('w_1')}", f"{E('P w_n')} = 0"):
        assert not proved(latex, where)


def test_a_recurrence_makes_random_letters() -> None:
    where = scope(t_, v_, CENTRED, real("h", family=True), given=("h_0 = 1", "h_t = w_t h_{t-1}"))
    for latex in (f"{E('h_1')} = 0", f"{E('h_2^2')} = v^2", f"{E('h_3^2')} = v^3", f"{E('t')} = t"):
        assert proved(latex, where)
    for latex in (f"{E('h_t')} = h_t", f"{E('h_t w_t')} = 0", f"{E('h_2 w_2 h_1')} = 0"):
        assert not proved(latex, where)


@pytest.mark.parametrize(
    "tie", ["w_1 = x", "x - w_1 = 0", "x + w_1 = 1", r"x \le w_1", "w_1 = w_2", "w_1 - w_2 = 0", r"w_1 + w_2 \ge 0"]
)
@pytest.mark.parametrize("body", ["x w_1", "w_1 w_2"])
def test_a_hypothesis_that_ties_random_letters_ends_independence(tie: str, body: str) -> None:
    assert "proved" not in statuses(f"{E(body)} = 0", scope(v_, x_, CENTRED, given=(tie,)))


def test_a_law_whose_mean_is_random_is_left_alone() -> None:
    outer = random_family("u", "moments", ZERO, ONE)
    first = Term("index", (symbol("u"), ONE))
    assert statuses(f"{E('w_1')} = u_1", scope(outer, random_family("w", "moments", first, ONE))) == set()


@pytest.mark.parametrize("law", ["gaussian", "signs", "uniform", "laplace"])
def test_a_bound_that_contradicts_a_named_law_proves_nothing(law: str) -> None:
    """No centred symmetric law is positive; from such a scope anything would follow."""
    where = scope(random_family("w", law, ZERO, ONE, "w_k > 0"))
    for latex in (rf"{E(MODULUS)} = 0", rf"{E(MODULUS)} = 1", f"{E('w_1')} = 0"):
        assert statuses(latex, where) == set()


# ------------------------------------------------------------------------------------------------ the table of laws

DENSITIES: dict[str, tuple[Callable[[mpmath.mpf], mpmath.mpf], mpmath.mpf]] = {
    "gaussian": (lambda x: mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi), mpmath.inf),
    "uniform": (lambda x: 1 / (2 * mpmath.sqrt(3)), mpmath.sqrt(3)),
    "laplace": (lambda x: mpmath.exp(-mpmath.sqrt(2) * x) / mpmath.sqrt(2), mpmath.inf),
}
"""Density for x > 0, and the end of the support."""


def quadrature(name: str, function: Callable[[mpmath.mpf], mpmath.mpf]) -> mpmath.mpf:
    """E f(|w|)."""
    if name == "signs":
        return function(mpmath.mpf(1))
    density, end = DENSITIES[name]
    return 2 * mpmath.quad(
        lambda x: function(x) * density(x), [0, mpmath.mpf(1) / 2, 1, end] if end != mpmath.inf else [0, 1, 4, 12, end]
    )


def close(found: Term, wanted: mpmath.mpf) -> bool:
    ball = evaluate(found, {}, 120)
    return abs(mpmath.mpf(float(ball.real.mid())) - wanted) <= 1e-12 * max(1, abs(wanted))  # type: ignore[union-attr]


@pytest.mark.parametrize("name", laws.NAMED)
def test_the_table_of_moments_against_quadrature(name: str) -> None:
    for s in range(8):
        assert close(laws.absolute_moment(name, s), quadrature(name, lambda x: x**s))  # noqa: B023
    for k in range(5):
        wanted = quadrature(name, lambda x: x ** (2 * k))  # noqa: B023
        assert (
            abs(mpmath.mpf(laws.even_moment(name, k).numerator) / laws.even_moment(name, k).denominator - wanted)
            < 1e-9 * wanted
        )
    drift = quadrature(name, mpmath.log)
    assert close(laws.log_moment(name), drift)
    assert close(laws.log_variance(name), quadrature(name, lambda x: (mpmath.log(x) - drift) ** 2))


def test_the_table_refuses_what_it_does_not_hold() -> None:
    for name, order in (("cauchy", 0), ("moments", 1), ("gaussian", -1), ("gaussian", 10**6)):
        with pytest.raises(ValueError, match=r"no moments|order"):
            laws.even_moment(name, order)


NAMED = {
    "gaussian": (r"\sqrt{\frac{2 v}{\pi}}", "3 v^2", r"\ln \sqrt{v} - \frac{\gamma + \ln 2}{2}", r"\frac{\pi^2}{8}"),
    "uniform": (r"\frac{\sqrt{3 v}}{2}", r"\frac{9}{5} v^2", r"\ln \sqrt{3 v} - 1", "1"),
    "laplace": (r"\sqrt{\frac{v}{2}}", "6 v^2", r"\ln \sqrt{v} - \gamma - \frac{\ln 2}{2}", r"\frac{\pi^2}{6}"),
    "signs": (r"\sqrt{v}", "v^2", r"\ln \sqrt{v}", "0"),
}


@pytest.mark.parametrize("name", laws.NAMED)
def test_claims_about_named_laws(name: str) -> None:
    where = scope(n_, v_, random_family("w", name, ZERO, V, r"w_k \ne 0"))
    bodies = (E(r"\lvert w_1 \rvert"), E("w_1^4"), E(r"\ln \lvert w_1 \rvert"), Var(r"\ln \lvert w_1 \rvert"))
    for body, value in zip(bodies, NAMED[name], strict=True):
        assert statuses(f"{body} = {value}", where) == {"proved"}
        assert "proved" not in statuses(f"{body} = {value} + v", where)
    product_ = E(r"\left\lvert \prod_{i=1}^{n} w_i \right\rvert")
    assert statuses(f"{product_} = \\left({NAMED[name][0]}\\right)^{{n}}", where) == {"proved"}
    for other in set(NAMED) - {name}:
        assert "proved" not in statuses(f"{bodies[0]} = {NAMED[other][0]}", where)
        assert "proved" not in statuses(f"{bodies[2]} = {NAMED[other][2]}", where)


@pytest.mark.parametrize("name", laws.NAMED)
def test_absolute_moments_are_tabled_for_mean_zero_only(name: str) -> None:
    shifted = scope(v_, random_family("w", name, ONE, V, r"w_k \ne 0"))
    for body, value in ((r"\lvert w_1 \rvert", NAMED[name][0]), (r"\ln \lvert w_1 \rvert", NAMED[name][2])):
        assert "proved" not in statuses(f"{E(body)} = {value}", shifted)
    assert statuses(f"{E('w_1^3')} = 1 + 3 v", shifted) == {"proved"}


@pytest.mark.parametrize("seed", range(30))
def test_random_polynomials_against_enumeration(seed: int) -> None:
    """At most squares of each member, so that mean and variance decide."""
    random = Random(seed)
    law = random.choice(LAWS)
    m, v = moments(law)
    monomials = [(random.randint(-3, 3), [random.randint(0, 2) for _ in range(3)]) for _ in range(4)]
    exact = mean(
        lambda w: sum((c * prod(x**e for x, e in zip(w, es, strict=True)) for c, es in monomials), Fraction(0)), law, 3
    )
    parts = [mul(number(c), *(power(member(i), number(e)) for i, e in enumerate(es, 1))) for c, es in monomials]
    where = scope(random_family("w", "moments", number(m), number(v)))
    for value, expected in ((exact, True), (exact + Fraction(1, 7), False)):
        claim = Claim(Term("expect", (add(*parts),)), "=", number(value), where)
        assert (search(claim, audit=True).proof is not None) == expected


def member(i: int) -> Term:
    return Term("index", (symbol("w"), number(i)))
