"""Claims that once slipped through, by what let them: complex coefficients, conjugation, notation read as a product or power."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim
from derive.formula.tokens import Unread
from derive.kernel import admit

R2 = "x, y in R^n"
SQUARE = "A in R^{n x n}; B in R^{n x n}"
VECTOR_LAW = "x in R^n; mu in R^n; Sigma in R^{n x n} positive semidefinite; x ~ moments(mean=mu, var=Sigma)"


def outcome(latex: str, given: str) -> str:
    """The status, never proved and refuted at once; "unread" where the text is refused."""
    try:
        claim = read_claim(latex, given)
    except Unread:
        return "unread"
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None, "proved and refuted at once"
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        # |lambda x|^2 is |lambda|^2 |x|^2: the vector is real, its coefficient is not
        (r"\|\mathrm{i} x\|^2 = -\|x\|^2", "x in R^n"),
        (r"\|\lambda x\|^2 = \lambda^2 \|x\|^2", "x in R^n; lambda in C"),
        (r"\|\lambda x + y\|^2 = \lambda^2 \|x\|^2 + 2 \lambda x^T y + \|y\|^2", f"{R2}; lambda in C"),
        (r"\|\lambda A\|_F^2 = \lambda^2 \|A\|_F^2", "A in R^{n x n}; lambda in C"),
        (r"\left|\det(A + \lambda B)\right|^2 = \left(\det(A + \lambda B)\right)^2", f"{SQUARE}; lambda in C"),
        (
            r"\left|x^T (A + \lambda I)^{-1} x\right|^2 = \left(x^T (A + \lambda I)^{-1} x\right)^2",
            "A in R^{n x n}; x in R^n; lambda in C",
        ),
        # an inner product of complex vectors conjugates one of them
        (r"\langle x, y \rangle = \langle y, x \rangle", "x, y in C^n"),
        (r"\langle x, y \rangle = x^T y", "x, y in C^n"),
        (r"\langle x, \lambda y \rangle = \langle \lambda x, y \rangle", f"{R2}; lambda in C"),
        (r"\langle \mathrm{i} x, \mathrm{i} x \rangle = -\|x\|^2", "x in R^n"),
        (r"\operatorname{Var}(A x) = A \Sigma A^T", f"{VECTOR_LAW}; A in C^{{n x n}}"),
        (r"\operatorname{Var}(\lambda x) = \lambda^2 \Sigma", f"{VECTOR_LAW}; lambda in C"),
        # a modulus has no derivative by a complex letter, and that of a complex function is another one
        (r"\frac{d}{d z} |z|^2 = 2 z", "z in C"),
        (r"\frac{d}{d x} |a x| = \frac{a^2 x}{|a x|}", "x in R; a in C"),
        (r"\frac{d}{d x} |x + \mathrm{i}| = \frac{x + \mathrm{i}}{|x + \mathrm{i}|}", "x in R"),
        (r"\frac{d}{d z} \ln z = \frac{1}{z}", "z in C"),  # not on the cut
        # read as products, or as derivatives of constants
        ("f(x + y) = f(x) + f(y)", ""),
        ("f'(2 x) = 2 f'(x)", ""),
        ("y(x) = x y", ""),
        (r"\frac{dy}{dx} = 0", ""),
    ],
)
def test_what_is_not_true_of_complex_numbers_or_may_mean_something_else_is_not_proved(latex: str, given: str) -> None:
    assert outcome(latex, given) in ("refuted", "undecided", "unread")


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("A^T = A", "A in R^{1x1}"),
        (r"x^T x = \|x\|^2", "x in R^1"),
        ("(x^T A x)^T = x^T A^T x", "A in R^{n x n}; x in R^n"),
        (r"\|A\|_F^2 = \operatorname{tr}(A^H A)", "A in C^{n x n}"),
        ("(A B)^H = B^H A^H", "A in C^{n x n}; B in C^{n x n}"),
        (r"\operatorname{tr}(A' B) = \operatorname{tr}(B' A)", SQUARE),
        (r"\det(A') = \det(A)", "A in R^{n x n}"),
        (r"\Gamma(n + 1) = n \Gamma(n)", ""),
        (r"\Phi(-x) = 1 - \Phi(x)", ""),
        (r"\frac{dy}{dx} = 2 x", ""),
        (r"\frac{d}{dx} y^2 = 2 y y'", ""),
        # equations for functions, meant for all x
        ("f'(x) = 2 x", "f: R -> R; f(x) = x^2"),
        ("f'(-x) = -f'(x)", "f: R -> R; f(-x) = f(x)"),
        ("f(0) = 0", "f: R -> R; f(-x) = -f(x)"),
        ("f(y) > 0", "f: R -> R; f(x) > 0"),
    ],
)
def test_what_may_be_true_as_it_is_meant_is_not_refuted(latex: str, given: str) -> None:
    assert outcome(latex, given) in ("proved", "supported", "undecided", "unread")


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\|\lambda x\| = |\lambda| \|x\|", "x in R^n; lambda in C"),
        (r"\langle x, y \rangle = x^T y", R2),
        (r"\operatorname{Var}(A x) = A \Sigma A^T", f"{VECTOR_LAW}; A in R^{{n x n}}"),
        (r"\frac{d}{d x} |a x| = \frac{a^2 x}{|a x|}", "x, a in R"),
        (r"\frac{d}{d x} e^{\mathrm{i} x} = \mathrm{i} e^{\mathrm{i} x}", "x in R"),
        (r"\frac{d}{d z} z^2 = 2 z", "z in C"),
        (r"\frac{dy}{dx} = 0", "y in R"),
        ("f(x + y) = f(x) + f(y)", "f in R"),
        ("A^T A^T = A^{2 T}", "A in R^{n x n}; T in N"),
        ("x' x = x x'", ""),
        ("P (1 - P) = P - P^2", ""),
    ],
)
def test_what_is_said_clearly_is_still_proved(latex: str, given: str) -> None:
    assert outcome(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"2^n \ge n^2", "n >= 4; n in N"),
        (r"n \ge 4", "n > 3; n in N_0"),
        ("|x| = x", "x > 0; x in R"),
        (r"\frac{x}{x} = 1 + 0 x", "x != 0; x in R"),
        (r"n \ge -2", "n >= -3; n >= -2; n in Z"),
    ],
)
def test_a_bound_that_stands_before_the_set_of_its_letter_is_kept(latex: str, given: str) -> None:
    assert outcome(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\operatorname{E}[X] = \mu", "mu in R; X ~ N(mu, 1); X in R"),  # the law was lost
        ("A^T = A", "A in C^{n x n} positive definite"),  # it is Hermitian
    ],
)
def test_declarations_that_say_two_things_are_not_read(latex: str, given: str) -> None:
    assert outcome(latex, given) == "unread"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("n = m", "(-1)^n = (-1)^m; n, m in Z"),  # the claim itself is no repair
        ("x = y", "|x| = |y|; x, y in R"),
        (
            r"\operatorname{E}[X] \ge 0",
            "X ~ moments(mean=mu, var=v); mu in R; v > 0",
        ),  # mu = 0 is stronger than need be
        (r"\arctan(\tan(x)) \le x", "x in R"),  # true for x > pi/2, too: not only where |x| < pi/2
        (r"\left(-\arcsin(y)\right)^3 > y^3", "y in R"),  # for -1 <= y < 0, not only for y <= -1
        (r"\frac{2}{x} + \frac{x}{2} > 2", "x in R"),  # for all x > 0 but 2, not only for 0 < x < 2
    ],
)
def test_repairs_that_say_nothing_or_too_much_are_not_offered(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.refutation is not None
    assert admit(claim, found.refutation, found.witness).repair == ()
