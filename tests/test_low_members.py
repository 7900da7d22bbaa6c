"""Sequences that a claim looks at before their member 1."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import decide
from derive.core import Counterexample, Family, Point
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.report import plain_value


@pytest.mark.parametrize(
    ("latex", "given", "status"),
    [
        (r"a_n = a_0", "n in N; a_k in R", "refuted"),
        (r"\sum_{k=1}^{n} (a_k + a_{k-1}) = a_n - a_0", "n in N_0; a_k in R", "refuted"),
        (r"\sum_{k=1}^{n} (a_k - a_{k-1}) = a_n - a_0", "n in N_0; a_k in R", "proved"),
        (r"\sum_{k=1}^{n} (a_k - a_{k-2}) = a_n - a_0", "n in N; a_k in R", "refuted"),
        (r"\sum_{k=1}^{n} (a_k - a_{k-2}) = a_n + a_{n-1} - a_0 - a_{-1}", "n in N; a_k in R", "proved"),
        (r"\sum_{k=0}^{n} a_k \le a_0", "n in N; a_k \\ge 0", "refuted"),
        (r"\sum_{k=0}^{n} a_k \ge a_0", "n in N; a_k \\ge 0", "proved"),
        (r"a_n = a_0", "n in N; a_0 = 1; a_k = 2 a_{k-1}", "refuted"),
        (r"a_n = 2^n a_0", "n in N; a_0 = 1; a_k = 2 a_{k-1}", "proved"),
    ],
)
def test_the_first_members_are_members(latex: str, given: str, status: str) -> None:
    verdict = decide(read_claim(latex, given))
    assert verdict is not None and verdict.status == status


def point(*members: int, first: int, n: int = 0) -> Point:
    return (("a", Family(tuple(map(Fraction, members)), first)), ("n", Fraction(n)))


def test_bounds_hold_for_every_member_that_is_given() -> None:
    below = read_claim(r"a_n \ge 1", "n in N_0; a_k \\ge 0")
    assert admit(below, Counterexample(point(0, 2, first=0)), None).status == "refuted"
    with pytest.raises(NotAdmitted):
        admit(below, Counterexample(point(-1, 2, first=0)), None)
    with pytest.raises(NotAdmitted):
        admit(below, Counterexample(point(0, -2, 1, first=0)), None)


@pytest.mark.parametrize("first", [1, 2, -5])
def test_a_member_that_is_not_given_refutes_nothing(first: int) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(r"a_n \ge 1", "n in N_0; a_k \\ge 0"), Counterexample(point(0, 0, first=first)), None)


def test_the_counterexample_says_where_the_sequence_begins() -> None:
    assert plain_value(Family((Fraction(3), Fraction(4)), 0)) == "(3, 4, ...) from index 0"
    assert plain_value(Family((Fraction(3), Fraction(4)))) == "(3, 4, ...)"
