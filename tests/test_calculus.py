"""Derivatives, limits and integrals: true claims are proved, near misses are not, forged evidence is rejected."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Asymptotic, Claim, DivergentIntegral, Integrated, NoSuchLimit, Status, Term
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, number


def status_of(claim: Claim) -> str:
    """proved, refuted, conditional or supported, as the search and the kernel have it; an alarm where they disagree."""
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None, "proved and refuted"
    for evidence in (found.proof, found.refutation, found.support):
        if evidence is not None:
            return str(admit(claim, evidence, found.witness).status)
    return "undecided"


FALSE = ("refuted", "conditional")


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\frac{\partial}{\partial x_1} \sum_{i=1}^{n} \beta_i x_i = \beta_1", ""),
        (r"\frac{\partial}{\partial x_1} \sum_{i=1}^{n} \beta_i x_i = \beta_1", "n in N"),
        (r"\frac{\partial}{\partial x_j} \sum_{i=1}^{n} \beta_i x_i^2 = 2 \beta_j x_j", "n in N; j in N; j <= n"),
        (
            r"\frac{\partial}{\partial z_1} \ln\left(\sum_{j=1}^{n} e^{z_j}\right) = \frac{e^{z_1}}{\sum_{j=1}^{n} e^{z_j}}",
            "n in N",
        ),
        (r"\frac{d}{dx} \prod_{k=1}^{3} (x + k) = 3 x^2 + 12 x + 11", ""),
        (r"\frac{d}{dx} |x| = \frac{x}{|x|}", "x in R"),
        (r"\frac{d}{dx} \max(x, 0) = 0", "x < 0"),
        (r"\frac{d}{dx} \frac{f(x)}{g(x)} = \frac{f'(x) g(x) - f(x) g'(x)}{g(x)^2}", "f: R -> R; g: R -> R"),
        (r"\frac{d^2}{dx^2} f(g(x)) = f''(g(x)) g'(x)^2 + f'(g(x)) g''(x)", "f: R -> R; g: R -> R"),
        (r"\frac{\partial}{\partial w} L = (y - t) x", r"L = \frac{1}{2} (y - t)^2; y = w x; x, t, w in R"),
        (r"\frac{d}{dx} \int_0^{x^2} f(t) \, dt = 2 x f(x^2)", "f: R -> R; x in R"),
        (r"\frac{d}{dx} \int_1^{x} \frac{1}{t} \, dt = \frac{1}{x}", "x > 0"),
    ],
)
def test_derivatives_are_proved(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\frac{\partial}{\partial x_1} \sum_{i=1}^{n} \beta_i x_i = 0", "n in N"),
        (r"\frac{\partial}{\partial x_1} \sum_{i=1}^{n} \beta_i x_i = \beta_2", "n in N"),
        (r"\frac{\partial}{\partial x_2} \sum_{i=1}^{n} \beta_i x_i = \beta_2", "n in N"),
        (r"\frac{d}{dx} |x| = 1", "x in R"),
        (r"\frac{d}{dx} \left(f(x) g(x)\right) = f'(x) g'(x)", "f: R -> R; g: R -> R"),
        (r"\frac{\partial}{\partial w} L = (y - t)", r"L = \frac{1}{2} (y - t)^2; y = w x; x, t, w in R"),
        (r"\frac{d}{dx} x^3 = 3 x^2 + 10^{-9}", ""),
    ],
)
def test_false_derivatives_are_refuted(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) in FALSE


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\frac{d}{dx} (x y) = y", "x + y = 1"),
        (r"\frac{d}{dx} (x y) = 1 - 2 x", "x + y = 1"),
        (r"\frac{d}{dx} \lfloor x \rfloor = 0", "x in R"),
        (r"\frac{\partial}{\partial x_j} \sum_{i=1}^{n} x_i = 1", "n in N; j in N"),
        (r"\frac{d}{dx} \int_{-1}^{x} \frac{1}{t} \, dt = \frac{1}{x}", "x > 0"),
        (r"\frac{\partial}{\partial x} (x + y) = 1", "y = x^2"),
    ],
)
def test_derivatives_without_a_clear_meaning_are_not_proved(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) not in ("proved", "supported")


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\lim_{x \to 0} \frac{\sin x}{x} = 1", ""),
        (r"\lim_{x \to 0} x \ln x = 0", ""),
        (r"\lim_{x \to 0^+} x^x = 1", ""),
        (r"\lim_{n \to \infty} \sqrt[n]{n} = 1", ""),
        (r"\lim_{n \to \infty} \frac{n!}{n^n} = 0", ""),
        (r"\lim_{n \to \infty} \left(1 + \frac{a}{n}\right)^n = e^a", "a in R"),
        (r"\lim_{x \to a} \frac{x^2 - a^2}{x - a} = 2 a", "a in R"),
        (r"\lim_{x \to 0} \frac{1}{x^2} = \infty", ""),
        (r"\lim_{x \to 0^-} \frac{|x|}{x} = -1", ""),
        (r"\lim_{x \to 0} x \sin\left(\frac{1}{x}\right) = 0", ""),
        (r"\lim_{x \to -\infty} \frac{\sqrt{x^2 + 1}}{x} = -1", ""),
        (r"\lim_{h \to 0} \frac{f(x + h) - 2 f(x) + f(x - h)}{h^2} = f''(x)", "f: R -> R; x in R"),
        (r"\lim_{x \to 0} \frac{\sin(a x)}{\sin(b x)} = \frac{a}{b}", ""),
        (r"n! \sim \sqrt{2 \pi n} \left(\frac{n}{e}\right)^n", "n in N"),
    ],
)
def test_limits_are_proved(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\lim_{x \to 0} \frac{1}{x} = \infty", ""),
        (r"\lim_{x \to 0} \frac{|x|}{x} = 1", ""),
        (r"\lim_{x \to 0} \sin\left(\frac{1}{x}\right) = 0", ""),
        (r"\lim_{x \to \infty} \sin x = 0", ""),
        (r"\lim_{n \to \infty} (-1)^n = 1", ""),
        (r"\lim_{x \to 0} \lfloor x \rfloor = 0", ""),
        (r"\lim_{x \to \frac{\pi}{2}} \tan x = \infty", ""),
        (r"\lim_{x \to 2} \frac{x^2 - 4}{x - 2} = 4 + 10^{-9}", ""),
        (r"\lim_{h \to 0} \frac{f(x + h) - f(x - h)}{h} = f'(x)", "f: R -> R; x in R"),
        (r"\lim_{x \to \infty} x^{-p} = 0", "p in R"),
        (r"\lim_{x \to \infty} \frac{\sqrt{a^2 x^2 + x}}{x} = a", ""),
        (r"\lim_{x \to 0} \frac{d}{dx} x^2 = 1", ""),
        (r"n! \sim \sqrt{\pi n} \left(\frac{n}{e}\right)^n", "n in N"),
    ],
)
def test_wrong_limits_are_refuted(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) in FALSE


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\lim_{x \to 0} \frac{x}{|x|} = 1", "x > 0"),
        (r"\lim_{x \to \infty} \frac{1}{x} = 0", "x < 10"),
        (r"\lim_{x \to 0} \frac{a}{x} = \infty", "a in R"),
        (r"\lim_{x \to 0} y = 0", "y = x^2"),
        (r"\lim_{n \to \infty} a_n = 0", "a_n in R"),
        (r"\lim_{x \to 0} \frac{0}{\sin\left(\frac{1}{x}\right)} = 0", ""),
        (r"\lim_{x \to 0^-} \sqrt{x} = 0", ""),
        (r"\lim_{n \to \infty} \sin n = 0", ""),
    ],
)
def test_limits_that_are_not_clear_are_not_proved(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) not in ("proved", "supported")


@pytest.mark.parametrize(
    "latex",
    [
        r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
        r"\lim_{x \to 0} \frac{1}{x^2} = \infty",
        r"\lim_{n \to \infty} \sin n = 0",
        r"2 + 2 = 5",
        r"\lim_{x \to 0} \frac{x}{x} = 1",
    ],
)
def test_a_forged_refutation_of_a_limit_is_rejected(latex: str) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex), NoSuchLimit(), ())


@pytest.mark.parametrize("latex", [r"\lim_{x \to 0} \frac{\sin x}{x} = 0", r"\lim_{x \to 0} \frac{1}{x} = \infty"])
def test_a_forged_proof_of_a_limit_is_rejected(latex: str) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex), Asymptotic(), ())


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_0^1 x^2 \, dx = \frac{1}{3}", ""),
        (r"\int_1^2 \frac{1}{x} \, dx = \ln 2", ""),
        (r"\int_0^{\infty} e^{-a x} \, dx = \frac{1}{a}", "a > 0"),
        (r"\int_0^{\infty} x^n e^{-x} \, dx = n!", "n in N_0"),
        (
            r"\int_{-\infty}^{\infty} e^{-a x^2 + b x} \, dx = \sqrt{\frac{\pi}{a}} \, e^{\frac{b^2}{4 a}}",
            "a > 0; b in R",
        ),
        (r"\int_0^1 \frac{x^4 (1 - x)^4}{1 + x^2} \, dx = \frac{22}{7} - \pi", ""),
        (r"\int_1^{\infty} x^{-p} \, dx = \frac{1}{p - 1}", "p > 1"),
        (
            r"\int_a^b f(x) g'(x) \, dx = f(b) g(b) - f(a) g(a) - \int_a^b f'(x) g(x) \, dx",
            "f: R -> R; g: R -> R; a, b in R",
        ),
        (r"\int_a^b f(x) \, dx + \int_b^c f(x) \, dx = \int_a^c f(x) \, dx", "f: R -> R; a, b, c in R"),
        (r"\int_0^1 f(2 x) \, dx = \frac{1}{2} \int_0^2 f(x) \, dx", "f: R -> R"),
        (r"\int_{-1}^{1} \sin(x^3) \, dx = 0", ""),
        (r"\int_{-1}^{1} |x| \, dx = 1", ""),
        (r"\int_{-1}^{1} \sqrt{1 - x^2} \, dx = \frac{\pi}{2}", ""),
        (r"\int_0^1 \ln x \, dx = -1", ""),
        (r"\int_0^1 \int_0^x y \, dy \, dx = \frac{1}{6}", ""),
        (r"\int x \ln x \, dx = \frac{x^2}{2} \ln x - \frac{x^2}{4} + C", "x > 0"),
        (r"\int x e^x \, dx = x e^x - \int e^x \, dx", ""),
    ],
)
def test_integrals_are_proved(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_0^1 x^2 \, dx = \frac{1}{3} + 10^{-9}", ""),
        (r"\int_{-1}^{1} \frac{1}{x^2} \, dx = -2", ""),
        (r"\int_{-1}^{1} \frac{1}{x} \, dx = 0", ""),
        (r"\int_1^{\infty} \frac{1}{x} \, dx = 1", ""),
        (r"\int_0^{\infty} e^{-a x} \, dx = \frac{1}{a}", ""),
        (r"\int_0^{\infty} x^n e^{-x} \, dx \le 3^n", "n in N"),
        (r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = \pi", ""),
        (r"\int_0^1 x f'(x) \, dx = f(1) + \int_0^1 f(x) \, dx", "f: R -> R"),
        (r"\int_{-1}^{1} |x| \, dx = 0", ""),
        (r"\int_0^{2 \pi} \frac{1}{2 + \cos x} \, dx = 0", ""),
        (r"\int \frac{1}{x^2 + a^2} \, dx = \arctan\left(\frac{x}{a}\right) + C", "a > 0; x in R"),
        (r"\int x e^x \, dx = x e^x + C", ""),
    ],
)
def test_wrong_integrals_are_refuted(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) in FALSE


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_a^b \frac{1}{x^2} \, dx = \frac{1}{a} - \frac{1}{b}", "a, b in R"),  # a pole inside for a < 0 < b
        (r"\int_a^{2} \frac{1}{x} \, dx = \ln 2 - \ln |a|", "a in R"),
        (r"\left| \int_{-1}^{1} \frac{1}{x} \, dx \right| \ge 0", ""),
        (r"\int_{-1}^{1} \frac{1}{x} \, dx = \int_{-1}^{1} \frac{1}{x} \, dx", ""),
        (r"\int_{-1}^{1} \frac{1}{x^2} \, dx > 0", ""),
    ],
)
def test_integrals_that_may_not_exist_are_not_held_true(latex: str, given: str) -> None:
    assert status_of(read_claim(latex, given)) not in ("proved", "supported")


X = Term("symbol", (), "x")
TAN = Term("tan", (X,))


@pytest.mark.parametrize(
    ("latex", "given", "primitive"),
    [
        (r"\int_{-1}^{1} \frac{1}{x^2} \, dx = -2", "", Term("neg", (Term("div", (ONE, X)),))),  # a pole inside
        (r"\int_0^{\pi} 1 \, dx = 0", "", Term("arctan", (TAN,))),  # a jump of the branch at pi/2
        (r"\int_{-1}^{1} 0 \, dx = 2", "", Term("div", (X, Term("abs", (X,))))),  # constant on either side of 0
        (r"\int_0^1 x^2 \, dx = \frac{1}{2}", "", Term("div", (Term("pow", (X, number(2))), number(2)))),  # F' is not f
        (r"\int_0^{\infty} e^{-a x} \, dx = \frac{1}{a}", "a != 0", Term("symbol", (), "x")),  # a > 0 is hidden
        (r"\int_0^{1} 0 \, dx = 1", "", Term("floor", (X,))),
    ],
)
def test_forged_antiderivatives_are_rejected(latex: str, given: str, primitive: Term) -> None:
    claim = read_claim(latex, given)
    with pytest.raises(NotAdmitted):
        admit(claim, Integrated(((claim.lhs, primitive),)), (("a", Fraction(1)),) if given else ())


@pytest.mark.parametrize(
    "latex", [r"\int_0^1 x^2 \, dx = 3", r"\int_1^{\infty} x^{-2} \, dx = 1", r"\int_0^1 \ln x \, dx = 2"]
)
def test_a_convergent_integral_is_not_called_divergent(latex: str) -> None:
    claim = read_claim(latex)
    _, _, lower, upper = claim.lhs.args
    for primitive in (Term("neg", (Term("div", (ONE, X)),)), Term("log", (X,)), X):
        with pytest.raises(NotAdmitted):
            admit(claim, DivergentIntegral((), 0, primitive, lower, upper), ())


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"\int_0^1 \int_0^1 e^{x+y} \, dy \, dx = (e-1)^2", Status.PROVED),
        (r"\int_0^\infty \int_0^{2 \pi} r e^{-r^2} \, d\theta \, dr = \pi", Status.PROVED),
        (r"\int_0^1 \int_0^x y \, dy \, dx = \frac{1}{6}", Status.PROVED),
        (r"\int_0^1 \int_0^1 e^{x+y} \, dy \, dx = e^2 - 1", Status.REFUTED),
        (r"\int_0^\infty \int_0^{2 \pi} r e^{-r^2} \, d\theta \, dr = 2 \pi", Status.REFUTED),
    ],
)
def test_double_integrals(claim: str, status: Status) -> None:
    assert judge_claim(read_claim(claim, "")).status == status
