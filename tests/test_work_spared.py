"""Work that a search is spared: conditions of a repair that cannot help, and integrals that need no program."""

from __future__ import annotations

import pytest

import derive.checkers.repair as repairing
from derive.checkers import search
from derive.core import Claim, Relation, Status
from derive.formula import show_relation
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.kernel.balls import holds
from derive.kernel.budget import BudgetSpent, metered, spend, within


def tried(monkeypatch: pytest.MonkeyPatch, text: str, given: str) -> list[str]:
    """The conditions under which a proof is looked for."""
    found: list[str] = []
    under = repairing._Proofs.under

    def noted(self, condition):  # type: ignore[no-untyped-def]
        found.append("; ".join(map(show_relation, condition.relations)))
        return under(self, condition)

    monkeypatch.setattr(repairing._Proofs, "under", noted)
    search(read_claim(text, given))
    return found


def test_stronger_bounds_are_left_alone_after_two_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    conditions = tried(monkeypatch, r"\int_0^{\pi} \sin(n x) \, dx = \frac{2}{n}", "n in N")
    assert [condition for condition in conditions if "ge" in condition] == [r"n \ge 3", r"n \ge 4"]
    assert conditions[-1] == "(-1)^{n} = -1"


def test_what_the_declarations_rule_out_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    given = "X in R^{n x d}; w in R^d; y in R^n; lambda > 0; w = (X^\\top X + \\lambda I)^{-1} X^\\top y"
    conditions = tried(monkeypatch, r"X^\top (X w - y) + \frac{\lambda}{2} w = 0", given)
    assert conditions and not any(r"\lambda" in condition for condition in conditions)


def test_a_proof_for_a_repair_has_a_share_of_the_budget_only() -> None:
    claim = read_claim(r"(a + b)^p < a^p + b^p", "a > 0; b > 0; p > 0")
    found = search(claim)
    assert found.refutation is not None and not found.stopped
    assert any("costs more than is allowed" in reason for reason in found.tried)


def test_a_dear_threshold_is_still_found() -> None:
    finding = judge_claim(read_claim(r"\sum_{k=0}^{\infty} \left(\frac{x}{1 + x}\right)^k = 1 + x", ""))
    assert finding.status is Status.CONDITIONAL
    assert [show_relation(relation) for relation in finding.repair] == [r"x > -\frac{1}{2}"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (r"\int_0^t s e^{-(t-s)} ds = e^{-t}+t-1", "t >= 0"),
        (r"\int_0^{\pi} x^2 \sin(3x) dx = \frac{\pi^2}{3}-\frac{4}{27}", ""),
        (r"\int_0^1 x^3 e^{-2x} dx = \frac38 - \frac{19}{8} e^{-2}", ""),
        (r"\int_0^{\pi/2} \sin^2((2 n - 1) x) dx = \frac{\pi}{4}", "n in N"),
        (r"\int_0^{\pi/2} \cos^2(3x) dx = \frac{\pi}{4}", ""),
    ],
)
def test_integrals_by_parts_need_no_program(monkeypatch: pytest.MonkeyPatch, text: str, given: str) -> None:
    monkeypatch.setattr("derive.checkers.antiderivatives._by_sympy", lambda *rest: None)
    claim = read_claim(text, given)
    assert judge_claim(claim).status is Status.PROVED
    wrong = Claim(claim.lhs, "<", claim.rhs, claim.scope)
    assert judge_claim(wrong).status is not Status.PROVED


def test_within_spends_what_the_work_cost_and_no_more_than_allowed() -> None:
    with metered(100) as meter:
        assert within(50, lambda: spend(10) or "done") == "done"
        assert meter.spent == 10
        assert within(20, lambda: spend(21)) is None
        assert 30 <= meter.spent <= 31
        with pytest.raises(BudgetSpent):
            within(500, lambda: spend(400))


@pytest.mark.parametrize("relation", ["=", "!=", "<", "<=", ">", ">="])
def test_numbers_are_compared_at_sight_as_balls_would(relation: str) -> None:
    for left, right in ((1, 2), (2, 2), (3, 2), (-1, 0), (0, 0)):
        short = read_claim(f"{left} = {right}", "")
        long = read_claim(f"{left} + 0 = {right} + 0", "")
        same = [holds(Relation(c.lhs, relation, c.rhs), {}) for c in (short, long)]
        assert same[0] is same[1] and same[0] is not None
