"""What is worked out at a point, or looked for as a witness, is worked out once; and the memory changes no answer."""

from fractions import Fraction

import pytest

import derive.checkers as checkers
from derive.checkers import decide
from derive.checkers.refute import fails_at
from derive.core import Counterexample, Normal, Point, Status, Term
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit, points
from derive.kernel.balls import Here, compute, evaluate
from derive.kernel.budget import metered

FALSE = "(A + B)^2 = A^2 + 2 A B + B^2"
GIVEN = "A in R^{3x3}; B in R^{3x3}"


def test_the_kernel_looks_at_the_point_of_the_search_without_working_it_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worked_out = []
    plainly = points._grounded
    monkeypatch.setattr(points, "_grounded", lambda claim, point: worked_out.append(point) or plainly(claim, point))
    verdict = decide(read_claim(FALSE, GIVEN), mending=False)
    assert verdict is not None and verdict.status == Status.REFUTED and isinstance(verdict.evidence, Counterexample)
    assert worked_out.count(verdict.evidence.point) == 1


def test_what_one_claim_found_at_a_point_is_not_known_to_the_next() -> None:
    claim, other = read_claim("x + 1 = 2 x", "x > 0"), read_claim("x + 1 = 1 + x", "x > 0")
    point: Point = (("x", Fraction(2)),)
    with metered(10_000):
        assert fails_at(claim, point) and not fails_at(other, point)
        assert fails_at(claim, point)


def test_a_refusal_at_a_point_stays_a_refusal() -> None:
    claim, point = read_claim("x + 1 = 2 x", "x > 0"), (("x", Fraction(-1)),)
    with metered(10_000):
        for _ in range(2):
            with pytest.raises(NotAdmitted, match="does not certainly hold"):
                points.grounded(claim, point)
            with pytest.raises(NotAdmitted):
                admit(claim, Counterexample(point))


def test_values_at_a_point_are_remembered_for_each_precision_and_do_not_change() -> None:
    here, root = Here({"x": Fraction(2)}), Term("sqrt", (Term("symbol", (), "x"),))
    coarse, fine = (evaluate(root, here, bits) for bits in (64, 256))
    assert fine.real.rad() < coarse.real.rad()
    assert compute(root, here, 64) is compute(root, here, 64)
    with pytest.raises(TypeError):
        here["x"] = Fraction(3)


def test_a_witness_is_looked_for_where_a_proof_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    plainly = checkers._witness_for
    monkeypatch.setattr(checkers, "_witness_for", lambda claim: looked.append(claim) or plainly(claim))
    decide(read_claim(FALSE, GIVEN), mending=False)
    assert not looked
    verdict = decide(read_claim("x / x = 1", "x > 0"), mending=False)
    assert verdict is not None and verdict.status == Status.PROVED and len(looked) == 1


def test_a_witness_that_is_looked_for_is_checked_like_one_that_is_given() -> None:
    claim = read_claim("x / x = 1", "x > 0")
    asked = []
    for bad in (None, (("x", Fraction(-1)),), (("y", Fraction(1)),)):
        with pytest.raises(NotAdmitted):
            admit(claim, Normal(), lambda point=bad: asked.append(point) or point)
    assert len(asked) == 3
    assert admit(claim, Normal(), lambda: (("x", Fraction(1)),)).status == Status.PROVED
