"""What the claims of one text may cost together: it ends, says so, and is cut at the same claim with the cache and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive import checking
from derive.asking import Found, Question
from derive.cache import Cache
from derive.checking import check_text, tempered
from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claims
from derive.notes.markdown import read_markdown
from derive.purse import SPENT, Purse
from derive.report import Report

NOTE = "\n\n".join(
    f"We have $$(a + {k})^2 + b = a^2 + {2 * k} a + {k * k} + b = b + (a + {k})^2.$$" for k in range(1, 9)
)
FALSE = "First $$(a + 1)^2 + b = (a + 1)^2 + b + 0 = a^2 + 2 a + 1 + 2 b.$$"


def _statuses(report: Report) -> list[str]:
    return [str(step.status) for step in report.steps]


def _allowed(monkeypatch: pytest.MonkeyPatch, operations: int) -> None:
    monkeypatch.setattr(checking, "TEXT_BUDGET", operations)


def _cost() -> int:
    purse = Purse(10**6)
    list(judge_claims([read_claim("(a + 1)^2 + b = a^2 + 2 a + 1 + b")], purse=purse))
    return 10**6 - purse.left


def test_a_claim_costs_something_and_less_than_its_budget() -> None:
    assert 10 < _cost() < 100_000


def test_what_comes_behind_the_budget_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check_text(NOTE)
    assert set(_statuses(whole)) == {"proved"}
    _allowed(monkeypatch, 3 * _cost())
    cut = check_text(NOTE)
    decided = _statuses(cut).count("proved")
    assert 2 <= decided < len(whole.steps) - 4
    assert _statuses(cut) == ["proved"] * decided + ["undecided"] * (len(whole.steps) - decided)
    assert "the whole text is used up" in cut.steps[-1].findings[0].reason
    assert cut.steps[-1].findings[0].coded == "D405"


def test_the_cache_does_not_move_the_cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _allowed(monkeypatch, 3 * _cost())
    without = check_text(NOTE)
    cache = Cache(tmp_path / "evidence.sqlite", b"k" * 32, ours=True)
    assert [check_text(NOTE, cache=cache).to_json() for _ in range(2)] == [without.to_json()] * 2


def test_an_alarm_whose_readings_cannot_be_paid_for_is_none() -> None:
    report = checking.judge(checking.derivation_of(read_markdown(NOTE + FALSE, "-")), numeric=False)
    assert report.steps[-1].status in checking.ALARMS
    assert tempered(report).steps[-1].status in checking.ALARMS
    assert tempered(report, purse=Purse(0)).steps[-1].status == Status.UNDECIDED


@pytest.mark.parametrize(("spent", "taken"), [(-5, 0), (7, 7), (10**12, 100)])
def test_what_is_kept_takes_no_more_than_was_allowed(spent: int, taken: int) -> None:
    purse = Purse(1000)
    purse.pay(Question(read_claim("a = a"), budget=100), Found(spent=spent))
    assert purse.left == 1000 - taken


def test_a_search_ended_by_the_clock_counts_as_a_whole_one() -> None:
    purse = Purse(1000)
    purse.pay(Question(read_claim("a = a"), budget=100), Found(repeatable=False, stopped=True))
    assert purse.left == 900
    assert Purse(0).empty
    assert SPENT.stopped
    assert not SPENT.repeatable
