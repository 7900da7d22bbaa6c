"""Limits at infinity: what is proved, what is refuted, and what is left alone because the body may be undefined."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import mpmath
import pytest

from derive.authoring import Letter, complex_number, extended, integer, matrix, random_family, real, scope, step
from derive.checkers import search
from derive.core import Asymptotic, Claim, Scope, Term
from derive.kernel import NotAdmitted, admit
from derive.kernel.facts import facts_of
from derive.kernel.limit import MINUS_INFINITY
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.other_limits import any_limit
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import INFINITY, ONE, ZERO, add, mul, number, power, rational_value, sub, symbol

N = scope(integer("n", r"n \ge 1"))
LETTERS = scope(integer("n", r"n \ge 1"), real("a"), real("b"), real("x", "x < 0"))
POSITIVE = scope(integer("n", r"n \ge 1"), real("v", "v > 0"))
BELOW_ONE = scope(integer("n", r"n \ge 1"), real("q", "q > -1", "q < 1"))
INSIDE = scope(integer("n", r"n \ge 1"), real("q", "q > 0", "q < 1"), real("a", "a > 1"))
REAL = scope(real("n"), real("a"))
DISC = scope(integer("n"), complex_number("z"), given=(r"\lvert z \rvert < 1",))
CIRCLE = scope(integer("n"), complex_number("z"), given=(r"\lvert z \rvert = 1",))
RANDOM = scope(integer("n", r"n \ge 1"), random_family("w", "moments", ZERO, ONE))


def statuses(latex: str, where: Scope) -> set[str]:
    """What prover and refuter both say of a claim that may begin after the limit sign."""
    (claim,) = step(latex, "", where).claims
    found = search(claim, audit=True)
    said = {"proved": found.proof, "refuted": found.refutation, "supported": found.support}
    return {status for status, evidence in said.items() if evidence is not None}


def limit(body: str, value: str) -> str:
    return rf"\lim_{{n \to \infty}} \left({body}\right) = {value}"


TRUE = (
    (r"n^2 \left(\frac{1}{2}\right)^n", "0", N),
    (r"n^{5} \left(-\frac{9}{10}\right)^n", "0", N),
    (r"\frac{3 n^2 + 1}{n^2 - n}", "3", N),
    (r"\frac{2^n + 3^n}{2^n - 3^n}", "-1", N),
    (r"\frac{4^n + n}{2^{2n}}", "1", N),
    (r"\frac{(-1)^n}{n}", "0", N),
    (r"(-1)^{2n}", "1", N),
    (r"\lvert (-1)^n \rvert", "1", N),
    (r"\exp(-n)", "0", N),
    (r"\exp(n)", r"\infty", N),
    (r"2^n - n", r"\infty", N),
    (r"n^{1/n}", "1", N),
    (r"\frac{\ln n}{n}", "0", N),
    (r"\frac{n}{\ln n}", r"\infty", N),
    (r"\frac{\sqrt{n}}{n}", "0", N),
    (r"\frac{\sin n}{n}", "0", N),
    (r"\tanh n", "1", N),
    (r"\exp\left(\frac{n}{n + 1}\right)", "e", N),
    (r"\exp\left(\frac{1}{n} - n\right)", "0", N),
    (r"\frac{2 n \exp(1/n) - n}{n}", "1", N),
    (r"\frac{1}{(n - 10)(n - 3)}", "0", N),
    (r"\frac{n - 10}{n - 10}", "1", N),
    (r"\frac{(n + 1)!}{n!}", r"\infty", N),
    (r"\frac{1}{n} \sum_{k=1}^{n} 1", "1", N),
    (r"v^{1/n}", "1", POSITIVE),
    (r"v^{-1/n}", "1", POSITIVE),
    (r"\frac{v n + 1}{v n + 2}", "1", POSITIVE),
    (r"q^n", "0", BELOW_ONE),
    (r"n^3 q^n", "0", BELOW_ONE),
    (r"\frac{1 - q^n}{1 - q}", r"\frac{1}{1 - q}", BELOW_ONE),
    (r"q^{-n}", r"\infty", INSIDE),
    (r"\frac{a^n}{1 + a^n}", "1", INSIDE),
    (r"a n", r"\infty", INSIDE),
    (r"\frac{a}{n}", "0", LETTERS),
    (r"\frac{0}{a - n}", "0", LETTERS),
    (r"\lvert x \rvert^{1/n}", "1", LETTERS),
    (r"z^n", "0", DISC),
    (r"\lvert z^n \rvert", "0", DISC),
    (r"\left(\frac{1}{2}\right)^n", "0", REAL),
    (r"\frac{a}{n}", "0", REAL),
    (r"\operatorname{Var}\left[\frac{1}{n} \sum_{i=1}^{n} w_i\right]", "0", RANDOM),
    (r"\left(1 + \frac{1}{n}\right)^n", "e", N),
    (r"\frac{n!}{n^n}", "0", N),
)


@pytest.mark.parametrize(("body", "value", "where"), TRUE, ids=[body for body, _, _ in TRUE])
def test_true_limits_are_proved(body: str, value: str, where: Scope) -> None:
    assert statuses(limit(body, value), where) == {"proved"}


REFUTED = (
    (r"a n", r"\infty", LETTERS),  # 0 where a = 0
    (r"\left(\frac{1}{2}\right)^n", "1", N),
    (r"n^2 \left(\frac{1}{2}\right)^n", r"\infty", N),
    (r"\frac{2^n + 3^n}{2^n - 3^n}", "1", N),
    (r"\frac{\ln n}{n}", "1", N),
    (r"n^{1/n}", "0", N),
    (r"(-1)^{2n}", "0", N),
    (r"v^{1/n}", "2", POSITIVE),
    (r"a^n", "0", INSIDE),
    (r"\left(\frac{1}{2}\right)^n", "1", REAL),
    (r"(-1)^n", "0", N),
    (r"(-1)^n", "1", N),
    (r"z^n", "0", CIRCLE),
    (r"\left(1 + \frac{1}{n}\right)^n", "1", N),
    (r"\frac{n!}{n^n}", "1", N),
    (r"\exp(n^2)", "0", N),
    (r"\sqrt{n^2 + 1} - n", "1", N),
    (r"\arctan n", "0", N),
    (r"n (\exp(1/n) - 1)", "0", N),
    (r"n (2^{1/n} - 1)", "0", N),
    (r"\frac{1}{n (\exp(1/n) - 1)}", r"\infty", N),
    (r"\frac{1}{n (\exp(1/n) - 1) + 1}", "1", N),
    (r"\frac{\exp(2/n) - 1}{\exp(1/n) - 1}", "1", N),
    (r"n \exp(1/n) - n", "0", N),
    (r"n \exp(1/n) - n", r"\infty", N),
    (r"\cos(2 \pi n)", "1", REAL),
    (r"\frac{a n + 1}{a n + b}", "1", LETTERS),
    (r"\frac{a^n}{b^n}", "0", LETTERS),
    (r"v^n", "0", POSITIVE),
    (r"\frac{v^n}{1 + v^n}", "1", POSITIVE),
)


@pytest.mark.parametrize(("body", "value", "where"), REFUTED, ids=[body for body, _, _ in REFUTED])
def test_wrong_limits_are_refuted(body: str, value: str, where: Scope) -> None:
    assert statuses(limit(body, value), where) == {"refuted"}


LEFT_ALONE = {
    "oscillation": (
        (r"(-2)^n", r"\infty", N),
        (r"\sin n", "0", N),
    ),
    "never defined": (
        (r"\sqrt{-n} - \sqrt{-n}", "0", N),
        (r"0 \cdot \ln(-n)", "0", N),
        (r"0 \cdot \sqrt{3 - n}", "0", N),
        (r"\frac{1}{n - n}", "0", N),
        (r"\frac{0}{n - n}", "0", N),
        (r"\frac{0}{\sin(\pi n)}", "0", N),
        (r"\frac{(-n)^a}{(-n)^a}", "1", REAL),
    ),
    "undefined for infinitely many n": (
        (r"\frac{0}{(-1)^n - 1}", "0", N),
        (r"\frac{(-1)^n - 1}{(-1)^n - 1}", "1", N),
        (r"\frac{0}{1 + (-1)^n}", "0", N),
        (r"\frac{1}{n + (-1)^n n}", "0", N),
        (r"\frac{0}{\sin n}", "0", REAL),
    ),
    "a real exponent": (
        (r"\left(-\frac{1}{2}\right)^n", "0", REAL),
        (r"\left(-\frac{1}{2}\right)^{2n}", "0", REAL),
        (r"0 \cdot (-1)^n", "0", REAL),
        (r"0 \cdot n!", "0", REAL),
    ),
    "a letter that may be 0, or of any size": (
        (r"\frac{1}{a n}", "0", LETTERS),
        (r"a^{1/n}", "1", LETTERS),
        (r"x^{1/n}", "1", LETTERS),
        (r"x^{1/n}", "2", LETTERS),
        (r"q^{-n}", r"\infty", BELOW_ONE),
    ),
}


@pytest.mark.parametrize(
    ("body", "value", "where"),
    [case for cases in LEFT_ALONE.values() for case in cases],
    ids=[f"{why}: {body}" for why, cases in LEFT_ALONE.items() for body, _, _ in cases],
)
def test_what_is_not_known_is_left_alone(body: str, value: str, where: Scope) -> None:
    assert statuses(limit(body, value), where) == set()


def test_a_root_of_a_letter_that_may_be_zero() -> None:
    """0^(1/n) = 0 for every n, so the limit is 1 only for v > 0."""
    where = scope(integer("n", r"n \ge 1"), real("v", r"v \ge 0"))
    assert "proved" not in statuses(limit("v^{1/n}", "1"), where)


@pytest.mark.parametrize("latex", [limit(r"\frac{1}{n}", "n - n"), limit("1", r"\frac{\sqrt{n^2}}{n}")])
def test_the_value_does_not_speak_of_the_letter(latex: str) -> None:
    assert statuses(latex, REAL) == set()


@pytest.mark.parametrize("letter", [integer("n", r"n \le 10"), real("n", "n < 10"), complex_number("n")])
def test_the_letter_must_be_able_to_grow(letter: Letter) -> None:
    for value in ("0", "1"):
        assert statuses(limit(r"\frac{1}{n}", value), scope(letter)) == set()


def test_a_hypothesis_about_the_letter_is_not_forgotten() -> None:
    """Under n = 5 the bound letter of the limit is still free to grow: neither 1/5 nor 0 is claimed."""
    fixed = extended(N, "n = 5")
    assert statuses(limit(r"\frac{1}{n}", r"\frac{1}{5}"), fixed) == set()
    assert statuses(limit(r"\frac{1}{n}", "0"), fixed) == set()
    hidden = scope(integer("n", r"n \ge 1"), matrix("W"), matrix("A"), given=("W = n A",))
    assert statuses(limit(r"\frac{1}{n} \lVert W \rVert", "0"), hidden) == set()


def test_assumptions_of_a_limit_are_shown() -> None:
    """What the eye sees, a base in a denominator, is assumed; the letter of the limit never is."""
    (claim,) = step(limit(r"\frac{a^n}{a^n}", "1"), "", LETTERS).claims
    found = search(claim)
    assert found.proof is not None
    verdict = admit(claim, found.proof, found.witness)
    assert [(r.lhs, r.relation, r.rhs) for r in verdict.assuming] == [(symbol("a"), "!=", ZERO)]


@pytest.mark.parametrize(
    "latex",
    [
        r"\left\lvert \lim_{n \to \infty} (-1)^n \right\rvert \ge 0",
        r"\lim_{n \to \infty} (-1)^n \le 1 + \lim_{n \to \infty} (-1)^n",
        r"0 \cdot \lim_{n \to \infty} (-1)^n = 0",
    ],
)
def test_nothing_is_said_of_a_limit_that_does_not_exist(latex: str) -> None:
    assert statuses(latex, N) == set()


GROWTH = (
    (r"n + 1 \sim n", {"proved"}),
    (r"n + 1 = O(n)", {"proved"}),
    (r"n^5 = O(2^n)", {"proved"}),
    (r"n^2 = O(n)", {"refuted"}),
    (r"2^n = O(n^5)", {"refuted"}),
    (r"n \sim (-1)^n n", set()),
    (r"2 n \sim n", {"refuted"}),
)


@pytest.mark.parametrize(("latex", "expected"), GROWTH, ids=[latex for latex, _ in GROWTH])
def test_comparisons_of_growth(latex: str, expected: set[str]) -> None:
    assert statuses(latex, N) == expected


# ------------------------------------------------------------------------------- random bodies against large values

n = symbol("n")


def numeral(random: Random) -> Term:
    return number(Fraction(random.choice((-3, -2, -1, 1, 2, 3, 4)), random.choice((1, 1, 2, 3))))


def atom(random: Random) -> Term:
    return random.choice(
        (
            n,
            numeral(random),
            power(numeral(random), n),
            power(numeral(random), sub(n, ONE)),
            Term("exp", (mul(numeral(random), n),)),
            Term("exp", (Term("div", (numeral(random), n)),)),
            Term("sqrt", (n,)),
            Term("log", (n,)),
        )
    )


def body(random: Random, depth: int) -> Term:
    if depth == 0 or random.random() < 0.25:
        return atom(random)
    a, b = body(random, depth - 1), body(random, depth - 1)
    return random.choice((add(a, b), sub(a, b), mul(a, b), Term("div", (a, b)), power(a, number(2))))


def at(term: Term, large: int) -> mpmath.mpf:
    """The value for n = large, by mpmath."""
    value = rational_value(term)
    if term == n or value is not None:
        return mpmath.mpf(large) if value is None else mpmath.mpf(value.numerator) / value.denominator
    parts = [at(arg, large) for arg in term.args]
    if term.head in ("add", "mul"):
        return mpmath.fsum(parts) if term.head == "add" else mpmath.fprod(parts)
    if term.head == "pow":
        return parts[0] ** int(parts[1])
    if term.head in ("neg", "div"):
        return -parts[0] if term.head == "neg" else parts[0] / parts[1]
    return {"exp": mpmath.exp, "log": mpmath.log, "sqrt": mpmath.sqrt}[term.head](parts[0])


@pytest.mark.parametrize("seed", range(8))
def test_random_limits_against_large_values(seed: int) -> None:
    """Whatever value is proved, the body comes closer to it; where infinity is, the body grows."""
    random, decided = Random(seed), 0
    with mpmath.workdps(60):
        for _ in range(100):
            formula = body(random, 3)
            claim = Claim(Term("limit", (formula, n, INFINITY)), "=", ZERO, N)
            value = value_of_limit(claim.lhs)
            if value is None:
                continue
            try:
                admit(replace(claim, rhs=value), Asymptotic(), (("n", Fraction(1)),))
            except NotAdmitted:
                continue
            decided += 1
            assert approached(formula, value)
    assert decided > 30


def value_of_limit(limit: Term) -> Term | None:
    """The value that the kernel's own rules find."""
    facts = facts_of(N)

    def value(normaliser: Normaliser) -> Term:
        found = any_limit(normaliser, limit, facts)
        return found if isinstance(found, Term) else normaliser.ratio_term(normaliser.reduce(found))

    try:
        return with_normaliser(facts, value)
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return None


def approached(formula: Term, value: Term) -> bool:
    """Between n = 10^4 and n = 10^8, both parities; a logarithm is slow, so that halving the gap is not asked."""
    early, late = ([at(formula, 10**k + parity) for parity in (0, 1)] for k in (4, 8))
    if value == MINUS_INFINITY:
        return approached(Term("neg", (formula,)), INFINITY)
    if value == INFINITY:
        return all(b > a > 0 for a, b in zip(early, late, strict=True))
    gaps = [[abs(x - at(value, 1)) for x in values] for values in (early, late)]
    return all(b < a or b < 1e-40 for a, b in zip(*gaps, strict=True))
