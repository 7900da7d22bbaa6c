"""Isolation and budget: whatever one claim does to its process, it costs that claim, and the next one runs normally."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from derive import checkers, judge, worker
from derive.checkers import CHECKERS, search
from derive.core import Claim, Evidence, Hints, Normal, Status
from derive.formula.claims import read_claim
from derive.judge import judge_claim, judge_claims
from derive.kernel import budget
from derive.kernel.budget import BudgetSpent, metered, remembered, spend
from derive.worker import Lost, Worker, can_fork, working

pytestmark = pytest.mark.skipif(not can_fork(), reason="no processes to be forked")

TRUE = read_claim("(a + b)^2 = a^2 + 2 a b + b^2", "")
EVIL = read_claim("x + 1 = 1 + x", "")
PATIENCE = 0.4


# ----------------------------------------------------------------------------------------------------- what may go wrong


def compute_forever() -> NoReturn:
    while True:
        pass


def hang_in_c() -> None:
    """No Python code runs in there, so no Python signal handler would."""
    sum(range(10**15))


def sleep() -> None:
    time.sleep(3600)


def wait_for_nothing() -> None:
    ours, _ = os.pipe()
    os.read(ours, 1)


def recurse() -> None:
    recurse()


def allocate() -> None:
    kept = []
    while True:
        kept.append(bytearray(1 << 28))


def leave() -> NoReturn:
    sys.exit(0)


def leave_at_once() -> NoReturn:
    os._exit(0)


class Strange(BaseException):
    """Not an Exception."""


def raise_strange() -> NoReturn:
    raise Strange


def interrupt() -> NoReturn:
    raise KeyboardInterrupt


def segfault() -> None:
    ctypes.string_at(1)


def divide_by_zero_in_c() -> None:
    os.kill(os.getpid(), signal.SIGFPE)


def abort_in_flint() -> None:
    from flint import fmpz

    fmpz(3) ** 10**12


pipe_to_parent = -1


@pytest.fixture(autouse=True)
def pipe_known(monkeypatch: pytest.MonkeyPatch) -> None:
    serve = worker._serve

    def serving(pipe: int, *rest: Any) -> None:
        global pipe_to_parent
        pipe_to_parent = pipe
        serve(pipe, *rest)

    monkeypatch.setattr(worker, "_serve", serving)


def close_the_pipe() -> None:
    os.close(pipe_to_parent)
    time.sleep(3600)


def write_to_parent(data: bytes) -> None:
    os.write(pipe_to_parent, data)


def write_garbage() -> None:
    write_to_parent(b"\x80\x04\x95 no answer \xff\n")


def write_half_a_line() -> None:
    write_to_parent(b"0 found [")
    time.sleep(3600)


def write_without_end() -> None:
    while True:
        write_to_parent(b"x" * 65_536)


def write_a_forged_end() -> None:
    """The next claim must not get this claim's answer."""
    write_to_parent(b"0 end null\n0 end null\n")


def leave_a_child_behind() -> None:
    """A grandchild keeps the pipe open while the child is gone."""
    if os.fork() == 0:
        time.sleep(3600)
    os._exit(1)


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")

FAULTS: list[tuple[Callable[[], object], str]] = [
    (compute_forever, "stopped after 0.4 s of computing"),
    (hang_in_c, "stopped after 0.4 s of computing"),
    (recurse, "nested too deeply"),
    (allocate, "out of memory|stopped after"),
    (leave, r"broke down \(SystemExit\)"),
    (leave_at_once, "ended before the answer"),
    (raise_strange, r"broke down \(Strange\)"),
    (interrupt, r"broke down \(KeyboardInterrupt\)"),
    (os.abort, "a library aborted"),
    (segfault, "memory fault"),
    (divide_by_zero_in_c, "arithmetic fault"),
    (abort_in_flint, "a library|out of memory|killed"),
]
FAULTS_SEEN_IN_PROC: list[tuple[Callable[[], object], str]] = [
    (sleep, "waited for something"),
    (wait_for_nothing, "waited for something"),
    (close_the_pipe, "closed the pipe"),
    (write_garbage, "could not be read"),
    (write_half_a_line, "waited for something"),
    (write_without_end, "too long"),
    (write_a_forged_end, "could not be read"),
    (leave_a_child_behind, "ended before the answer"),
]
every_fault = pytest.mark.parametrize(
    ("fault", "reason"),
    [pytest.param(fault, reason, id=fault.__name__) for fault, reason in FAULTS]
    + [pytest.param(fault, reason, id=fault.__name__, marks=needs_proc) for fault, reason in FAULTS_SEEN_IN_PROC],
)


@pytest.fixture
def small_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MEMORY_LIMIT", 1 << 29)


def with_checker(monkeypatch: pytest.MonkeyPatch, fault: Callable[[], object], *, last: bool = False) -> None:
    """One more checker, which does this to one of the claims."""

    def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
        if claim == EVIL:
            fault()
        yield from ()

    entry = ("injected", find)
    monkeypatch.setattr(checkers, "CHECKERS", (*CHECKERS, entry) if last else (entry, *CHECKERS))


@every_fault
def test_a_fault_costs_one_claim(
    fault: Callable[[], object], reason: str, monkeypatch: pytest.MonkeyPatch, small_memory: None
) -> None:
    """In a list of claims: the one is undecided or decided by the other checkers, those around it are proved."""
    with_checker(monkeypatch, fault)
    before, evil, after = judge_claims([TRUE, EVIL, TRUE], patience=PATIENCE)
    assert (before.status, after.status) == (Status.PROVED, Status.PROVED)
    if evil.status != Status.UNDECIDED:  # an exception costs the checker only
        assert fault in (recurse,)
        assert evil.status == Status.PROVED
    else:
        assert re.search(reason, evil.reason)


@pytest.mark.parametrize("fault", [compute_forever, sleep, os.abort, leave], ids=lambda fault: fault.__name__)
def test_what_was_found_before_stays(fault: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that the kernel admits is a proof, whatever a later checker does to the process."""
    with_checker(monkeypatch, fault, last=True)
    (finding,) = judge_claims([EVIL], patience=PATIENCE)
    assert finding.status == Status.PROVED


def test_one_claim_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with_checker(monkeypatch, os.abort)
    assert "a library aborted" in judge_claim(EVIL).reason
    assert judge_claim(TRUE).status == Status.PROVED


def test_by_default_a_hang_is_over_within_two_seconds_of_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    with_checker(monkeypatch, compute_forever)
    before = os.times()
    (finding,) = judge_claims([EVIL])
    after = os.times()
    assert "stopped after 2 s of computing" in finding.reason
    assert after.children_user + after.children_system - before.children_user - before.children_system < 2.6
    assert judge.PATIENCE <= 2


def test_a_busy_machine_makes_no_difference() -> None:
    """A process that gets no time is not at fault: the clock on the wall is looked at twenty times later."""

    def stop_for_a_while() -> Iterator[int]:
        process = os.getpid()
        if os.fork() == 0:
            time.sleep(0.3)
            os.kill(process, signal.SIGCONT)
            os._exit(0)
        os.kill(process, signal.SIGSTOP)
        yield 1

    with working(stop_for_a_while, [()], int, 0.1) as stopped:
        assert stopped.answer() == 1


def test_nothing_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither processes nor open files."""

    def count() -> int:
        return len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0

    with_checker(monkeypatch, os.abort)
    before = count()
    for _ in range(3):
        list(judge_claims([TRUE, EVIL, TRUE]))
    assert count() == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_generator_that_is_dropped_ends_its_process() -> None:
    findings = judge_claims([TRUE] * 50)
    next(findings)
    findings.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_answers_longer_than_the_pipe_and_many_of_them() -> None:
    def answers(size: int) -> Iterator[str]:
        yield "x" * size

    sizes = [10, 200_000, 0, 70_000, 3] * 20
    with working(answers, [(size,) for size in sizes], str, 5) as long:
        assert [len(answer) if isinstance(answer := long.answer(), str) else answer for _ in sizes] == sizes


def test_the_last_answer_counts() -> None:
    def answers(fail: bool) -> Iterator[int]:
        yield 1
        yield 2
        if fail:
            raise OSError

    with working(answers, [(False,), (True,), (False,)], int, 5) as some:
        assert [some.answer() for _ in range(3)] == [2, Lost("broke down (OSError)", 2), 2]


def test_an_answer_of_the_wrong_kind_is_no_answer() -> None:
    def answers(result: object) -> Iterator[object]:
        yield result

    with working(answers, [("text",), (object(),), (3,)], int, 5) as some:
        assert [some.answer() for _ in range(3)] == [
            Lost("its answer could not be read"),
            Lost("broke down (TypeError)"),
            3,
        ]


def test_where_the_system_cannot_fork_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "can_fork", lambda: False)

    def here() -> Iterator[int]:
        yield os.getpid()

    lonely: Worker[int] = Worker(here, deque([()]), int, 1)
    assert lonely.answer() == os.getpid()


# ---------------------------------------------------------------------------------------------------------- the budget


def test_a_claim_beyond_its_budget_is_undecided_with_that_reason() -> None:
    (finding,) = judge_claims([TRUE], budget=3)
    assert (finding.status, finding.reason) == (Status.UNDECIDED, "the budget of 3 operations is used up")


@pytest.mark.parametrize(
    "latex",
    [
        r"(a + b)^8 = (b + a)^8",
        r"\sum_{k=0}^{n} k = \frac{n (n + 1)}{2}",
        r"\sqrt{x^2} = x",
        r"x^2 + y^2 \ge 2 x y",
        r"\sin^2 x + \cos^2 x = 1",
    ],
)
def test_the_cost_of_a_claim_is_the_same_whatever_came_before(latex: str) -> None:
    """Results that are remembered from other claims cost what they cost when they were computed."""
    claim = read_claim(latex, "")

    def cost() -> int:
        with metered(10**9) as meter:
            spent = search_cost(claim)
        assert meter.spent == 0  # a search has a meter of its own
        return spent

    assert cost() == cost()


def search_cost(claim: Claim) -> int:
    """The smallest budget that is enough, by bisection."""
    low, high = 0, 1
    while spent_all(claim, high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if spent_all(claim, middle) else (low, middle)
    return high


def spent_all(claim: Claim, total: int) -> bool:
    return any("operations is used up" in reason for reason in search(claim, audit=True, budget=total).tried)


def test_what_was_found_within_the_budget_stays() -> None:
    """More budget never finds less, and a budget that suffices for the proof alone gives the proof."""
    whole = search_cost(TRUE)
    totals = range(1, whole + 1, max(1, whole // 50))
    proofs = [search(TRUE, audit=True, budget=total).proof for total in totals]
    first = proofs.index(Normal())
    assert 0 < first < len(proofs) - 1
    assert set(proofs[first:]) == {Normal()}


def test_spending() -> None:
    spend(10**9)  # nothing is counted without a meter
    with metered(5) as meter:
        spend(2)
        with metered(100):
            spend(50)
        spend(3)
        assert meter.left == 0
        with pytest.raises(BudgetSpent):
            spend()
    assert budget.BUDGET >= 100_000


def test_what_is_remembered_costs_the_same() -> None:
    calls = []

    @remembered(maxsize=4)
    def square(x: int) -> int:
        calls.append(x)
        spend(7)
        return x * x

    assert square(3) == 9  # computed where nothing was counted
    with metered(20) as meter:
        assert (square(3), meter.spent) == (9, 7)
        assert (square(3), meter.spent) == (9, 14)
        with pytest.raises(BudgetSpent):
            square(3)
    with metered(5), pytest.raises(BudgetSpent):
        square(4)
    assert calls == [3, 4]


def test_a_checker_that_breaks_down_costs_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fault() -> None:
        raise ValueError

    with_checker(monkeypatch, fault)
    found = search(EVIL)
    assert found.proof is not None
    assert found.tried == ("injected: broke down (ValueError)",)
    assert not found.repeatable
