"""False claims that are nearly true: wrong by little, in a narrow place, for one sign, at the end of the domain, from some n on."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import refute, search
from derive.checkers.refute import fails_at, shrunk
from derive.checkers.screen import NotCompiled, Sight, compiled, sight
from derive.checkers.spread import spread, suits
from derive.core import Complex, Counterexample, Hints, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.balls import Undefined, evaluate
from derive.kernel.terms import free_letters

FALSE = (
    (r"x^2 - 2 x + 0.999999999 \ge 0", "x in R"),
    (r"x^2+y^2 > 2 x y", ""),
    (r"x^2 + y^2 \ge 2.000001 x y", "x,y in R"),
    (r"x^4 - 3.7 x^2 + 3.4 > 0", "x in R"),
    (r"e^x > 1 + x", "x in R"),
    (r"e^x \ge 1.0001 + x", "x in R"),
    (r"\ln x \le 0.36787 x", "x > 0"),
    (r"x \ln x \ge -0.36787", "x > 0"),
    (r"\sin x \le 0.9999999", "x in R"),
    (r"\lfloor \sqrt{2} n \rfloor = \lfloor 1.4142 n \rfloor", "n in N"),
    (r"n^2 + n + 41 \ne (n - 40)^2 + 161 n - 1600 + 41", "n in N_0"),
    (r"\sin\left(\frac{720 \pi}{n}\right) = 0", "n in N"),
    (r"2^n > n^2", "n in N"),
    (r"n! > 2^n", "n in N"),
    (r"n! < 3^{n}", "n in N"),
    (r"\sqrt{1-x^2} > 0", "-1 <= x <= 1"),
    (r"\frac{1}{x} > 1", "0 < x <= 1"),
    (r"\sqrt{x} \le x", "x > 0"),
    (r"\arctan x < 1.57079", "x in R"),
    (r"\tanh x < 0.999999", "x in R"),
    (r"|z + w| = |z| + |w|", "z, w in C"),
    (r"z^2 = |z|^2", "z in C"),
    (r"\sqrt{z^2} = z", "z in C"),
    (r"\ln(z w) = \ln z + \ln w", "z, w in C"),
    (r"f(x + y) = f(x) + f(y)", "f: R -> R"),
    (r"f(-x) = f(x)", "f: R -> R"),
    (r"f\left(\frac{x+y}{2}\right) \ge \frac{f(x) + f(y)}{2}", "f: R -> R convex"),
    (r"f'(x) \ge 0", "f: R -> R convex"),
    (r"(a + b)^2 = a^2 + 2 a b + b^2 + 10^{-9} a b", ""),
    (r"a b c \le \frac{a^3+b^3+c^3}{3.0001}", "a>0;b>0;c>0"),
    (r"\sin^2(x) = 1", "x in R"),
    (r"\max(x, y) = x", "x >= 0; y <= 1"),
    (r"\lceil x \rceil = \lfloor x \rfloor + 1", "x in R"),
    (r"\lfloor -x \rfloor = -\lfloor x \rfloor - 1", "x in R"),
    (r"\cos(2 \pi x) < 1", "0 < x <= 1"),
    (r"x(1-x) < 1/4", "0<x<1"),
    (r"x(1-x)(y)(1-y) < 1/16", "0<x<1;0<y<1"),
    (r"x^y + y^x > 1.5", "x>0;y>0"),
    (r"|x - 12345/7| > 0", "x in R"),
    (r"\binom{n}{2} = \frac{n^2}{2}", "n in N"),
    (r"\cosh x \le 1 + x^2", "x in R"),
    (r"(x - 1)^2 (x-2)^2 > 0", "x in Z"),
    (r"x^2 \ge x", "0 <= x <= 1"),
    (r"(1 + x)^n \ge 1 + n x", "x in R; n in N"),
    (r"(-1)^n = \cos(2 n \pi)", "n in Z"),
    (r"\ln(1+x) \le x - 0.0001", "x > -1"),
    (r"x^3 \ge x - 0.38", "x > 0"),
    (r"a^2 b + b^2 c + c^2 a > 3 a b c", "a>0;b>0;c>0"),
    (r"\sum_{k=1}^{n} \frac{1}{k} < 5", "n in N"),
    (r"\sum_{k=0}^{n} x^k = \frac{1-x^{n+1}}{1-x} + 10^{-12}", "n in N; x in R"),
)

TRUE = (
    (r"x^2 - 2 x + 1 \ge 0", "x in R"),
    (r"a^2 + b^2 \ge 2 a b", ""),
    (r"e^x \ge 1 + x", "x in R"),
    (r"\ln x \le x - 1", "x > 0"),
    (r"\sqrt{x} \le x", "x >= 1"),
    (r"\lfloor x \rfloor \le x", "x in R"),
    (r"n! \ge 2^{n - 1}", "n in N"),
    (r"x (1 - x) \le 1/4", "x in R"),
    (r"\cos(2 \pi x) < 1", "0 < x < 1"),
    (r"10^{20} + x - 10^{20} = x", "x in R"),
    (r"\tanh x < 1", "x in R"),
    (r"\arctan x < \pi/2", "x in R"),
    (r"f\left(\frac{x + y}{2}\right) \le \frac{f(x) + f(y)}{2}", "f: R -> R convex"),
)


def _refuted(latex: str, given: str) -> bool:
    claim = read_claim(latex, given)
    for evidence in refute.find(claim, Hints()):
        try:
            return admit(claim, evidence).status == Status.REFUTED
        except NotAdmitted:
            continue
    return False


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_nearly_true_claims_are_refuted(latex: str, given: str) -> None:
    assert _refuted(latex, given)


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_claims_are_not(latex: str, given: str) -> None:
    assert not _refuted(latex, given)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sqrt{x^2 + 1} - \ln(1 + |x|) + \lfloor x \rfloor = 0", "x in R"),
        (r"\tan(x) \sec(x) + \cot(x) \csc(x) + \arctan(\sinh x) = 0", "x in R"),
        (r"\max(x, y, x y) - \min(x, y) + |x|^{y} = 0", "x, y in R"),
        (r"\binom{n}{3} + n! + \sum_{k=1}^{n} k^n = 0", "1 <= n <= 12; n in N"),
        (r"z^3 + |z| + e^{\mathrm{i} z} + \sqrt{z} = 0", "z in C"),
        (r"\sqrt[3]{x} + \frac{d}{dx} \left(x^3 e^x\right) = 0", "x in R"),
    ],
)
def test_floating_point_agrees_with_balls(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    function, compared = compiled(claim.lhs), 0
    for point, letters in spread(claim.scope, free_letters(claim.lhs), 60):
        try:
            value, ball = function(letters), evaluate(claim.lhs, dict(point), 128)
        except (ArithmeticError, ValueError, Undefined):
            continue
        found = complex(float(ball.real.mid()), float(ball.imag.mid()))
        assert abs(value - found) <= 1e-6 * (1 + abs(found)), (point, value, found)
        compared += 1
    assert compared >= 10


def test_points_lie_in_the_declared_domain_and_reach_its_ends() -> None:
    claim = read_claim("x + n + z = 0", "0 <= x < 2; n in N; n >= 3; z in C")
    assert suits(claim.scope)
    values = [dict(point) for point, _ in spread(claim.scope, free_letters(claim.lhs), 300)]
    assert len(values) == 300 == len({tuple(sorted(v.items(), key=str)) for v in values})
    xs, ns, zs = ([v[name] for v in values] for name in "xnz")
    assert all(0 <= x < 2 for x in xs) and 0 in xs
    assert any(0 < x < Fraction(1, 1000) for x in xs)
    assert any(x > Fraction(199, 100) for x in xs)
    assert all(n >= 3 and n.denominator == 1 for n in ns) and 3 in ns and len(set(ns)) > 20
    assert any(isinstance(z, Complex) for z in zs)


def test_one_integer_letter_is_tried_in_order() -> None:
    claim = read_claim(r"n < 1050", "n in N")
    found = next(iter(refute.find(claim, Hints())))
    assert isinstance(found, Counterexample) and fails_at(claim, found.point)


def test_the_counterexample_is_made_simple() -> None:
    claim = read_claim(r"x^2 \le 1 + y", "x, y in R")
    point = shrunk(claim, (("x", Fraction(7919, 613)), ("y", Fraction(1, 97))))
    assert dict(point) == {"x": Fraction(2), "y": Fraction(1)}


def test_what_floating_point_cannot_tell_is_left_open() -> None:
    claim = read_claim(r"x + 10^{-14} > x", "x in R")
    assert sight(claim, (("x", Fraction(1)),)) is Sight.DOUBTFUL
    assert sight(read_claim("x > 0", "x in R"), (("x", Fraction(1)),)) is Sight.HOLDS
    assert sight(read_claim("x > 0", "x in R"), (("x", Fraction(-1)),)) is Sight.FAILS
    assert sight(read_claim("x > 0", "x in R"), (("x", Fraction(0)),)) is Sight.DOUBTFUL
    assert sight(read_claim("x > 0", "x in R; x < 1"), (("x", Fraction(2)),)) is Sight.NOWHERE
    assert sight(read_claim("x > 0", "x in R; x < 2"), (("x", Fraction(2)),)) is Sight.DOUBTFUL
    assert sight(read_claim("1/x > 0", "x in R"), (("x", Fraction(0)),)) is Sight.NOWHERE
    assert sight(read_claim(r"\sin(720 \pi/n) = 0", "n in N"), (("n", Fraction(1)),)) is not Sight.FAILS


def test_other_heads_are_not_compiled() -> None:
    with pytest.raises(NotCompiled):
        compiled(read_claim(r"\int_0^1 x^2 \, dx = 1/3", "").lhs)


def test_letters_are_drawn_apart() -> None:
    """True wherever two of the six letters agree: points at which all but the first are equal do not tell."""
    sides = (
        r"(a_2 b_3 - a_3 b_2) a_1 + (a_3 b_1 - a_1 b_3) a_2 + (a_1 b_2 - a_2 b_1) a_3",
        r"a_2 b_3 a_1 - a_3 b_2 a_1 + a_3 b_1 a_2 - a_1 b_3 a_2 + a_1 b_2 a_3 - a_2 b_2 a_3",
    )
    found = search(read_claim(" = ".join(sides), "a_1, a_2, a_3, b_1, b_2, b_3 in R"))
    assert found.refutation is not None
