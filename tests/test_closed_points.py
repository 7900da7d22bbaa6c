"""Points that are written as terms, x = -sqrt(2): where hypotheses hold at no rational number."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.checking import check_formula
from derive.core import ClosedForm, Counterexample, Normal, Point, Term
from derive.evidence_json import from_json, to_json
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import number


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"x = \sqrt{2}", "x^2 = 2; x > 0"),
        (r"x = -\sqrt{2}", "x^2 = 2; x < 1"),
        (r"x = \frac{1 + \sqrt{5}}{2}", "x^2 = x + 1; x > 0"),
        (r"x = \sqrt{2}", "x^3 = 2 x; x > 0"),
        (r"x^2 = \frac{1 + \sqrt{5}}{2}", "x^4 = x^2 + 1"),
        (r"(x - \sqrt{2}) (x - \sqrt{3}) = 0", "x^4 - 5 x^2 + 6 = 0; x > 0"),
        (r"x = 1 + \sqrt{2}", r"x^2 - 2 x - 1 = 0; x \ge 0"),
        (r"x = \ln 3", "e^{2 x} = 9"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"x = \sqrt{2}", "x^2 = 2"),
        (r"x = \sqrt{2}", "x^2 = 2; x < 1"),
        (r"x = \sqrt{2}", r"x^3 = 2 x; x \ge 0"),
        (r"x = \frac{1 + \sqrt{5}}{2}", r"x^2 = x + 1; x > -\frac{2}{3}"),
        (r"x = \frac{1 - \sqrt{5}}{2}", "x^2 = x + 1; x > 0"),
        (r"x^2 = \frac{1 - \sqrt{5}}{2}", "x^4 = x^2 + 1"),
        (r"(x - \sqrt{2}) (x - \sqrt{3}) = 0", "x^4 - 5 x^2 + 6 = 0"),
        (r"x = 1 + \sqrt{2}", "x^2 - 2 x - 1 = 0; x > -1"),
        ("x > 0", "x^2 = 3"),
        (r"x \ne \sqrt{2}", "x^4 = 4"),
        ("x + y = 3", "x y = 1; x^2 + y^2 = 6; x > 0"),
        (r"y = \sqrt{3}", "x^2 = 3; y = x"),
    ],
)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    assert status(latex, given) in ("refuted", "conditional", "undecided")


def root(k: int, minus: bool = False) -> ClosedForm:
    term = Term("sqrt", (number(k),))
    return ClosedForm(Term("neg", (term,)) if minus else term)


FALSE = read_claim(r"x = \sqrt{2}", "x^2 = 2")


@pytest.mark.parametrize(
    "point",
    [
        (("x", root(2)),),
        (("x", root(3)),),
        (("x", root(-2)),),
        (),
        (("x", root(2, True)), ("x", root(2))),
        (("x", ClosedForm(Term("symbol", (), "x"))),),
        (("x", ClosedForm(Term("constant", (), "infinity"))),),
        (("x", ClosedForm(Term("index", (Term("symbol", (), "a"), number(1))))),),
    ],
)
def test_forged_points(point: Point) -> None:
    with pytest.raises(NotAdmitted):
        admit(FALSE, Counterexample(point))


def test_an_integer_is_no_radical() -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim("n = 7", "n in Z; n^2 = 2"), Counterexample((("n", root(2)),)))


@pytest.mark.parametrize("given", ["x^2 = 2; y > 0; y^2 = -1", r"x^2 = 2; z \in C; z^2 = 2; w_k \ge 0"])
def test_what_else_is_said_must_hold(given: str) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(r"x = \sqrt{2}", given), Counterexample((("x", root(2, True)),)))


def test_a_power_with_a_real_exponent_needs_a_positive_base() -> None:
    claim = read_claim("x^a = 2", "a^2 = 4; x^2 = 2; x < 0")
    with pytest.raises(NotAdmitted):
        admit(claim, Counterexample((("a", number_of(2)), ("x", root(2, True)))))


def number_of(k: int) -> ClosedForm:
    return ClosedForm(Term("add", (number(k), Term("sqrt", (number(0),)))))


def test_a_false_witness() -> None:
    claim = read_claim(r"x = \sqrt{2}", "x^2 = 2; x > 0")
    assert str(admit(claim, Normal(), (("x", root(2)),)).status) == "proved"
    for point in ((("x", root(2, True)),), (("x", root(3)),), ()):
        with pytest.raises(NotAdmitted):
            admit(claim, Normal(), point)


def test_to_json_and_back() -> None:
    evidence = Counterexample((("x", root(2, True)),))
    assert from_json(to_json(evidence), Counterexample) == evidence


@pytest.mark.parametrize(
    ("line", "wanted", "words"),
    [
        (r"x^2 = 2 \implies x = \sqrt{2}", "conditional", r"loses x = -\sqrt{2}:"),
        (r"x^3 = 2 x \implies x = \sqrt{2}", "conditional", r"loses x = 0, x = -\sqrt{2}:"),
        (r"x^4 - 5 x^2 + 6 = 0 \implies x = \sqrt{2} \text{ or } x = \sqrt{3}", "conditional", "loses x = -"),
        (r"(x^2 - 2) (x - 3) = 0 \implies x = 3", "refuted", r"loses x = \sqrt{2}, x = -\sqrt{2}:"),
        (r"x^3 - 6 x^2 + 11 x - 6 = 0 \implies x = 1", "conditional", "loses x = 2, x = 3:"),
        (r"x^2 = 2 \implies x = \pm\sqrt{2}", "proved", ""),
        (r"\sin x = \frac{1}{2} \implies x = \frac{\pi}{6}", "undecided", "it may be meant with acute angles"),
        (r"\sigma^2 = 2 \implies \sigma = \sqrt{2}", "undecided", "it may be meant with positive letters"),
    ],
)
def test_solutions_that_are_lost(line: str, wanted: str, words: str) -> None:
    last = check_formula(line).steps[-1]
    assert last.status == wanted
    assert words in last.reason
