"""First values apart, bounds of members by induction, and members before the first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from derive.checkers import search
from derive.checking import check_formula, check_text
from derive.core import Enclosure, FirstValues, Induction, Normal, Status, WhereVisible
from derive.evidence_json import from_json, to_json
from derive.formula import show_relation
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

FIBONACCI = "F_0 = 0; F_1 = 1; F_{n+1} = F_n + F_{n-1}"
LATE = "F_0 = 0; F_1 = 1; F_2 = 1; t in N; t >= 3; F_t = F_{t-1} + F_{t-2}"


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2}", "n in Z; n >= -1"),
        (r"F_n \ge 0", f"n in N_0; {FIBONACCI}"),
        ("F_n > 0", f"n in N; {FIBONACCI}"),
        (r"F_n \le 2^n", f"n in N_0; {FIBONACCI}"),
        (r"F_n \ge \left(\frac{3}{2}\right)^{n - 2}", f"n in N; {FIBONACCI}"),
        (r"F_n \ge 0", f"n in N_0; {LATE}"),
        (r"\sum_{k=0}^{n} F_k = F_{n+2} - 1", f"n in N_0; {LATE}"),
        ("F_0 + F_3 = 2", LATE),
        (r"\prod_{k=2}^{n} \left(1 - \frac{1}{k^2}\right) = \frac{n + 1}{2 n}", "n in N_0"),
        (r"\sum_{k=2}^{n} \frac{1}{k (k - 1)} = \frac{n - 1}{n}", "n in N_0"),
        (r"\sum_{k=n}^{m} a_k = 0", "n, m in Z; m < n"),
        (r"\prod_{k=1}^{-n} a_k = 1", "n in N_0"),
        (r"x_n \le 2", r"n in N_0; x_0 = 1; x_{n+1} = \frac{x_n}{2} + 1"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2}", "n in Z; n >= -2"),
        ("F_n > 0", f"n in N_0; {FIBONACCI}"),
        (r"F_n \le \left(\frac{3}{2}\right)^n", f"n in N; {FIBONACCI}"),
        (r"F_n \ge \left(\frac{5}{3}\right)^{n - 2}", f"n in N; {FIBONACCI}"),
        ("F_0 + F_1 = F_2", "F_0 = 5; F_1 = 1; F_2 = 1; t in N; t >= 3; F_t = F_{t-1} + F_{t-2}"),
        ("F_{n+2} = F_{n+1} + F_n", "n in N_0; F_0 = 5; F_1 = 1; F_2 = 1; t in N; t >= 3; F_t = F_{t-1} + F_{t-2}"),
        (r"x_n \le 2", r"n in N_0; x_0 = 3; x_{n+1} = \frac{x_n}{2} + 1"),
        (r"\sum_{k=2}^{n} \frac{1}{k (k - 1)} = \frac{n}{n + 1}", "n in N_0"),
        (r"\prod_{k=3}^{n} \left(1 - \frac{1}{k}\right) = \frac{2}{n}", "n in N_0"),
        (r"\sum_{k=n}^{m} a_k = 0", r"n, m in Z; m \le n"),
        (r"\prod_{k=1}^{-n} a_k = 1", r"n in Z; n \ge -1"),
        (r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2} + \sqrt{n + 3} - \sqrt{n + 3}", "n in Z"),
        (r"x_n < 2", r"n in N_0; x_0 = 2; x_{n+1} = \frac{x_n}{2} + 1"),
    ],
)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    assert status(latex, given) in ("refuted", "conditional", "undecided")


def test_members_before_the_first_are_looked_at() -> None:
    claim = read_claim(r"\sum_{k=2}^{n} (a_k - a_{k-1}) = a_n - a_1", "n in Z")
    found = search(claim)
    assert found.support is None and found.refutation is not None
    verdict = admit(claim, found.refutation, found.witness)
    assert verdict.status == Status.REFUTED
    assert [show_relation(one) for one in verdict.repair or ()] == [r"n \ge 1"]


def test_forged_first_values() -> None:
    false = read_claim(r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2}", "n in Z; n >= -2")
    true = read_claim(r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2}", "n in Z; n >= -1")
    found = search(true)
    assert isinstance(found.proof, FirstValues)
    forged = [
        found.proof,
        replace(found.proof, start=-2),
        replace(found.proof, start=-2, first=(Enclosure(), Normal())),
        replace(found.proof, start=0),
        replace(found.proof, first=()),
        replace(found.proof, first=(Normal(),) * 40),
        replace(found.proof, variable="m"),
        FirstValues("n", -2, (Normal(),), Induction("n", -2)),
    ]
    for evidence in forged:
        with pytest.raises(NotAdmitted):
            admit(false, evidence, found.witness)
    assert from_json(to_json(found.proof), FirstValues) == found.proof


def test_what_is_visible_bounds_no_more_than_it_says() -> None:
    claim = read_claim(r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2} + \sqrt{n + 3} - \sqrt{n + 3}", "n in Z")
    for proof in (Normal(), Induction("n", 0), Induction("n", -3), WhereVisible(Normal())):
        with pytest.raises(NotAdmitted):
            admit(claim, WhereVisible(proof), (("n", Fraction(1)),))


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\sum_{k=1}^{n} k = \frac{n (n + 1)}{2}", "proved"),
        (r"\sum_{k=0}^{n} a_k = a_0 + \sum_{k=1}^{n} a_k", "proved"),
        (r"\sum_{k=1}^{n} k = \frac{n (n - 1)}{2}", "refuted"),
        (r"\sum_{k=0}^{n} a_k = a_1 + \sum_{k=1}^{n} a_k", "refuted"),
    ],
)
def test_what_counts_terms_is_not_negative(latex: str, wanted: str) -> None:
    (step,) = check_formula(latex).steps
    assert step.status == wanted


def test_an_empty_sum_is_not_held_against_a_text() -> None:
    text = "# A\n\n$$\\sum_{k=0}^{n} a_k = a_0 + \\sum_{k=1}^{n} a_k = a_0 + a_1 + \\sum_{k=2}^{n} a_k$$\n"
    assert [str(step.status) for step in check_text(text).steps] == ["proved", "undecided"]
    wrong = text.replace("a_0 + a_1 +", "a_0 + a_2 +")
    assert [str(step.status) for step in check_text(wrong).steps] == ["proved", "refuted"]
