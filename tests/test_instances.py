"""Limits with parameters, cases that do not occur, and sums whose terms have a sign over their range."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import (
    Cases,
    Contradiction,
    Counterexample,
    DifferentTraces,
    Evidence,
    Matrix,
    Normal,
    NoSuchLimit,
    Overlap,
    Point,
    RefutedInstance,
)
from derive.evidence_json import from_json, to_json
from derive.formula import show_relation
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, Verdict, admit
from derive.kernel.terms import ZERO, mul, number, symbol


def verdict(latex: str, given: str = "") -> Verdict | None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return None if evidence is None else admit(claim, evidence, found.witness)


def status(latex: str, given: str = "") -> str:
    found = verdict(latex, given)
    return "undecided" if found is None else str(found.status)


@pytest.mark.parametrize(
    ("latex", "given", "repair"),
    [
        (r"\lim_{n \to \infty} r^n = 0", r"-1 \le r < 1", r"\lvert r \rvert < 1"),
        (r"\lim_{n \to \infty} \frac{r^n}{n} = 0", "r > 0", r"r \le 1"),
        (r"\lim_{n \to \infty} \frac{a^n - b^n}{a^n + b^n} = 1", "a > 0; b > 0", "a > b"),
        (r"\lim_{n \to \infty} \left(1 + \frac{r}{n}\right)^n = e^{r^2}", "r in R; r > 1", None),
        (r"\sum_{k=1}^{n} |x - k| = n x - \frac{n (n + 1)}{2}", "n in N; x in R", r"x \ge n"),
        ("|x + y| = |x| + |y|", "x, y in R", r"x y \ge 0"),
    ],
)
def test_refuted_with_a_repair(latex: str, given: str, repair: str | None) -> None:
    found = verdict(latex, given)
    assert found is not None and found.status == "refuted"
    if repair is not None:
        assert [show_relation(one) for one in found.repair or ()] == [repair]


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\lim_{n \to \infty} r^n = 0", "-1 < r < 1"),
        (r"\lim_{x \to 0} \frac{x^a}{|x|^a} = 1", "a in R"),  # x^a with a real a speaks of x > 0 alone
        ("|x + y| = |x| + |y|", r"x y \ge 0"),
        ("|x - y| = |x| + |y|", r"x y \le 0"),
        (r"\sum_{k=1}^{n} |k - n| = \frac{n (n - 1)}{2}", "n in N"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("|x + y| = |x| + |y|", r"x y \ge -1"),
        ("|x - y| = |x| + |y|", r"x y \ge 0"),
        (r"\sum_{k=1}^{n} |x - k| = n x - \frac{n (n + 1)}{2}", r"n in N; x in R; x \ge n - 1"),
        (r"\sum_{k=1}^{n} |k - n| = \frac{n (n + 1)}{2}", "n in N"),
    ],
)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    assert status(latex, given) in ("refuted", "conditional", "undecided")


def at(**values: int) -> Point:
    return tuple((name, Fraction(value)) for name, value in values.items())


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac{d}{dx} f(x) = \lim_{h \to 0} \frac{f(x + h) + f(x)}{h}", "refuted"),
        (r"\frac{d}{dx} f(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{2 h}", "refuted"),
        (r"\frac{d}{dx} f(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}", "proved"),
        (r"\lim_{h \to 0} f(x + h) = f(x + 1)", "refuted"),
        (r"\lim_{t \to \infty} f(t) = 0", "refuted"),
    ],
)
def test_limits_of_unknown_functions(latex: str, wanted: str) -> None:
    assert status(latex, "f: R -> R; x in R") == wanted


POWERS = read_claim(r"\lim_{n \to \infty} r^n = 0", "-1 < r < 1")


@pytest.mark.parametrize(
    "evidence",
    [
        RefutedInstance(at(r=1), NoSuchLimit()),
        RefutedInstance(at(r=0), NoSuchLimit()),
        RefutedInstance((), NoSuchLimit()),
        RefutedInstance(at(q=1), NoSuchLimit()),
        RefutedInstance(at(r=0), Counterexample(())),
        RefutedInstance(at(r=0), Normal()),
        RefutedInstance(at(n=5), NoSuchLimit()),
    ],
)
def test_forged_instances(evidence: Evidence) -> None:
    with pytest.raises(NotAdmitted):
        admit(POWERS, evidence)


@pytest.mark.parametrize(
    ("latex", "given", "point"),
    [
        (r"\lim_{x \to 0} \frac{x^a}{|x|^a} = 1", "a in R", at(a=1)),
        (r"\lim_{n \to \infty} r^n = 0", "r < s; s < 1; r > -1", at(r=2)),
        (r"\lim_{n \to \infty} r^n = 0", "r > 0; n < 5", at(r=2)),
    ],
)
def test_instances_that_say_nothing(latex: str, given: str, point: Point) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex, given), RefutedInstance(point, NoSuchLimit()))


def test_a_contradiction_that_is_none() -> None:
    claim = read_claim("|x + y| = |x| + |y|", r"x y \ge 0")
    x, y = symbol("x"), symbol("y")
    for term in (mul(x, y), x, number(1), ZERO):
        for evidence in (Contradiction(term), Cases(x, (("<", Contradiction(term)), (">=", Contradiction(term))))):
            with pytest.raises(NotAdmitted):
                admit(claim, evidence, at(x=1, y=1))


def test_no_claim_is_proved_by_a_contradiction_in_its_hypotheses() -> None:
    claim = read_claim("1 = 2", "x > 1; x < 0")
    for witness in (None, (), at(x=2), at(x=-1)):
        with pytest.raises(NotAdmitted):
            admit(claim, Contradiction(symbol("x")), witness)


def test_to_json_and_back() -> None:
    for evidence in (RefutedInstance(at(r=1), NoSuchLimit()), Contradiction(symbol("x"))):
        assert from_json(to_json(evidence), type(evidence)) == evidence


EIGENVECTORS = "A in R^{2x2} symmetric; u, v in R^2; a, b in R; A u = -5 u; A v = 3 v"


def test_vectors_that_are_nought_at_every_point_support_nothing() -> None:
    """A u = -5 u holds for every A where u = 0."""
    claim = read_claim(r"\|a A u + b A v\|^2 = \|-5 b u + 3 b v\|^2", EIGENVECTORS)
    zero = Matrix(((Fraction(0),), (Fraction(0),)))
    points = tuple(
        (
            ("A", Matrix(((Fraction(k), Fraction(1)), (Fraction(1), Fraction(k))))),
            *at(a=k, b=k + 1),
            ("u", zero),
            ("v", zero),
        )
        for k in range(20)
    )
    with pytest.raises(NotAdmitted, match="0 at too many"):
        admit(claim, Overlap(points))
    assert status(r"\|a A u + b A v\|^2 = \|-5 b u + 3 b v\|^2", EIGENVECTORS) == "refuted"
    assert status(r"\|a A u + b A v\|^2 = \|-5 a u + 3 b v\|^2", EIGENVECTORS) == "proved"


COLUMNS = "m, n in N; m > n; U in R^{m x n}; U^T U = I"


@pytest.mark.parametrize(
    ("latex", "given", "wanted"),
    [
        (r"U U^T \ne I", COLUMNS, "proved"),
        (r"U U^T \ne I", COLUMNS.replace(">", r"\ge"), "refuted"),
        (r"U U^T = I", COLUMNS, "refuted"),
        (r"A B - B A \ne I", "A, B in R^{n x n}", "proved"),
        (r"A B - B A \ne 0", "A, B in R^{n x n}", "refuted"),
        (r"A B - B A \ne C", "A, B, C in R^{n x n}", "refuted"),
        (r"U^T U \ne U U^T", "m, n in N; m > n; U in R^{m x n}", "undecided"),
        (r"\|U^T y\| = \|y\|", "U in R^{m x n}; y in R^m; U^T U = I", "refuted"),
    ],
)
def test_matrices_with_different_traces(latex: str, given: str, wanted: str) -> None:
    assert status(latex, given) == wanted


def test_forged_traces() -> None:
    claim = read_claim(r"A B - B A \ne C", "A, B, C in R^{n x n}")
    one = Matrix(((Fraction(1),),))
    for relation in ("<", ">", "=", "!="):
        with pytest.raises(NotAdmitted):
            admit(claim, DifferentTraces(relation, Normal()), (("A", one), ("B", one), ("C", one)))
