"""Functions that a user gives: enclosures contain what mpmath computes, every zero is found once, and what is not settled is said."""

from __future__ import annotations

import random
from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import arb, ctx

from derive.core import Term
from derive.formula import show
from derive.functions import (
    Outside,
    Unclear,
    derivatives,
    forms_of,
    quotient_of,
    read_function,
    real_zeros,
    zeros_of_polynomial,
    zeros_within,
)
from derive.functions.forms import same
from derive.functions.taylor import ball, point
from derive.functions.zeros import simplest

MEANT = {
    r"\arctan x": mpmath.atan,
    "x^3 - 2x + 2": lambda x: x**3 - 2 * x + 2,
    r"x e^{-x^{2}}": lambda x: x * mpmath.exp(-(x**2)),
    r"\tanh(2x) - \frac{x}{3}": lambda x: mpmath.tanh(2 * x) - x / 3,
    r"\sinh x \cosh x": lambda x: mpmath.sinh(x) * mpmath.cosh(x),
    r"\ln(1 + e^{-x})": lambda x: mpmath.log(1 + mpmath.exp(-x)),
    r"\sqrt{1 + x^2}": lambda x: mpmath.sqrt(1 + x * x),
    r"\frac{1}{2 + \sin x}": lambda x: 1 / (2 + mpmath.sin(x)),
    r"\sqrt[3]{2 + x^2}": lambda x: mpmath.cbrt(2 + x * x),
    r"(1 + x^2)^{3/2}": lambda x: (1 + x * x) ** mpmath.mpf("1.5"),
    r"\arcsin(\frac{x}{9}) + \arccos(\frac{x}{9})": lambda x: mpmath.pi / 2,
    r"\sec(\frac{x}{9}) \tan(\frac{x}{9})": lambda x: mpmath.sec(x / 9) * mpmath.tan(x / 9),
}


@pytest.mark.parametrize("text", MEANT)
def test_enclosures_contain_the_derivatives(text: str) -> None:
    """At points, and over a whole interval around them."""
    term, draw = read_function(text, "f"), random.Random(text)
    for _ in range(6):
        q = Fraction(draw.randrange(-800, 801), 100)
        narrow = derivatives(term, point(q), 3)
        try:
            wide = derivatives(term, ball(q - Fraction(1, 7), q + Fraction(1, 9)), 3)
        except Unclear:
            wide = [arb(0, 10**30)] * 4
        with mpmath.workdps(40), ctx.workprec(160):
            x = mpmath.mpf(q.numerator) / q.denominator
            for k, coefficient in enumerate(mpmath.taylor(MEANT[text], x, 3)):
                value = arb(str(coefficient))
                assert abs(narrow[k] - value) < arb(10) ** -15 * (1 + abs(value))
                assert (wide[k] - value).contains(0) or abs(wide[k] - value) < arb(10) ** -15 * (1 + abs(value))


@pytest.mark.parametrize(
    ("text", "where"), [(r"\ln x", -2), (r"\sqrt{x}", -1), (r"\arcsin x", 3), (r"\frac{1}{x}", 0), ("x^{1/2}", -1)]
)
def test_outside_its_domain_a_function_has_no_value(text: str, where: int) -> None:
    with pytest.raises(Outside):
        derivatives(read_function(text, "f"), arb(where), 1)


@pytest.mark.parametrize("text", [r"\ln x", r"\sqrt{x}", r"\frac{1}{x}", r"\sqrt[3]{x}", r"\tan(x + \frac{\pi}{2})"])
def test_across_the_end_of_its_domain_nothing_is_said(text: str) -> None:
    with pytest.raises(Unclear):
        derivatives(read_function(text, "f"), arb(0, 1), 1)


# -------------------------------------------------------------------------------------------------------------- zeros


def test_all_real_roots_of_random_polynomials() -> None:
    x, draw = sympy.Symbol("x"), random.Random(0)
    for _ in range(80):
        factors = [sympy.Poly([draw.randrange(-6, 7) or 1 for _ in range(draw.randrange(2, 5))], x) for _ in range(2)]
        p = sympy.prod([factor.as_expr() ** draw.randrange(1, 3) for factor in factors])
        wanted: dict[sympy.Expr, int] = {}
        for root in sympy.Poly(p, x).real_roots():
            wanted[root] = wanted.get(root, 0) + 1
        quotient = quotient_of(read_function(sympy.latex(sympy.expand(p)), "f"))
        assert quotient is not None
        found = zeros_of_polynomial(quotient.above)
        assert [zero.multiplicity for zero in found] == list(wanted.values())
        for zero, root in zip(found, wanted, strict=True):
            close = sympy.Rational(zero.middle.numerator, zero.middle.denominator)
            assert abs(sympy.N(root - close, 30)) < 1e-20


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        (r"\sin x", [(k * mpmath.pi, 1) for k in range(-3, 4)]),
        (r"x^2 e^{x}", [(0, 2)]),
        (r"\tan x - x", None),
        (r"\sin x - x", [(0, 3)]),
        (r"e^{x} - 2", [(mpmath.log(2), 1)]),
        (r"\arctan x", [(0, 1)]),
        (r"\sqrt[3]{x}", [(0, 0)]),
        (r"e^{-x^2}", []),
        (r"\cos x - x", [(mpmath.findroot(lambda t: mpmath.cos(t) - t, 0.7), 1)]),
    ],
)
def test_zeros_in_a_window(text: str, zeros: list[tuple[object, int]] | None) -> None:
    found = zeros_within(read_function(text, "f"), Fraction(-10), Fraction(10))
    if zeros is None:  # tan: the poles are not settled, the five zeros are
        assert len(found.found) == 5 and found.unsettled
        return
    assert found.unsettled == () and len(found.found) == len(zeros)
    for zero, (place, multiplicity) in zip(found.found, zeros, strict=True):
        assert zero.multiplicity == multiplicity and abs(float(zero.middle) - float(place)) < 1e-14  # type: ignore[arg-type]


def test_a_double_zero_at_an_irrational_place_is_not_settled() -> None:
    found = zeros_within(read_function(r"1 - \cos x", "f"), Fraction(3), Fraction(10))
    assert found.found == () and len(found.unsettled) == 1
    assert found.unsettled[0][0] < 6.2832 < found.unsettled[0][1] + Fraction(1, 100)


def test_two_zeros_that_almost_meet_are_told_apart() -> None:
    found = real_zeros(read_function(r"e^{x} - x - 1.000001", "f"), Fraction(5)).found
    assert [zero.multiplicity for zero in found] == [1, 1]
    assert found[0].upper < 0 < found[1].lower


@pytest.mark.parametrize(
    ("a", "b", "q"), [("1/3", "2/5", "1/3"), ("-1", "1", "0"), ("2/7", "3/10", "2/7"), ("-5/2", "-9/4", "-5/2")]
)
def test_the_simplest_fraction(a: str, b: str, q: str) -> None:
    best = simplest(Fraction(a), Fraction(b))
    assert Fraction(a) <= best <= Fraction(b) and best.denominator <= Fraction(q).denominator


# -------------------------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize("text", MEANT)
def test_brief_forms_are_derivatives(text: str) -> None:
    term = read_function(text, "f")
    forms = forms_of(term)
    letter = Term("symbol", (), "x")
    assert same(Term("derivative", (term, letter)), forms.slope), show(forms.slope)
    assert same(Term("derivative", (forms.slope, letter)), forms.curvature), show(forms.curvature)


def test_a_wrong_form_is_not_the_same() -> None:
    assert not same(read_function(r"\sqrt{x^2}", "f"), read_function("x", "f"))
    assert not same(read_function("(x + 1)^2", "f"), read_function("x^2 + 1", "f"))
