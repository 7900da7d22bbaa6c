"""Derivation to Report: ask the checkers, let the kernel admit, put the NumPy check beside it, raise our own alarms."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from derive.asking import Found, Question
from derive.codes import STOPPED
from derive.core import BUDGET, Block, Claim, Derivation, Hints, NumpyCheck, Section, Status, Step
from derive.explaining import explained
from derive.kernel import NotAdmitted, Verdict, admit
from derive.kernel.budget import BudgetSpent, metered
from derive.purse import SPENT, Purse
from derive.report import Finding, JudgedSection, JudgedStep, Report
from derive.worker import Lost, Worker, working

if TYPE_CHECKING:
    from derive.cache import Cache

PATIENCE = 2.0
"""Seconds of computing after which the work on one claim is stopped, the last resort where a library hangs: the budget of
operations comes first, and a busy machine makes no difference."""
AT_ONCE = 2000
"""Claims of a long list for which one process is started."""
WEAKEST_FIRST = (
    Status.REFUTED,
    Status.CONDITIONAL,
    Status.UNDECIDED,
    Status.SUPPORTED,
    Status.PROVED,
    Status.ASSUMED,
)
NOT_ASKED = "not asked for"
NOTHING_TO_CHECK = "a definition or hypothesis: nothing to check"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a claim, and what the kernel says of it here."""

    found: Found
    verdicts: tuple[Verdict, ...]


@dataclass(slots=True)
class Search:
    """Searches for claims, in order and ahead of the answers. What the cache knows is admitted again instead of searched for;
    what was found is kept when all is done. All of them together cost what is in the ``purse``, where there is one."""

    worker: Worker[Found]
    questions: deque[Question]
    known: deque[Answer | None]
    purse: Purse | None = None
    new: list[tuple[Question, Found]] = field(default_factory=list)

    def answer(self) -> Answer:
        """What was found for the next claim."""
        if self.purse is not None and self.purse.empty:
            return Answer(SPENT, ())
        question, known = self.questions.popleft(), self.known.popleft()
        answer = self._searched(question) if known is None else known
        if self.purse is not None:
            self.purse.pay(question, answer.found)
        return answer

    def _searched(self, question: Question) -> Answer:
        found = self.worker.answer()
        if isinstance(found, Lost):
            before = found.before if isinstance(found.before, Found) else Found()
            tried = (*before.tried, f"the search: {found.reason}")
            found = replace(before, tried=tried, repeatable=False, stopped=True)
        else:
            self.new.append((question, found))
        return Answer(found, tuple(_verdicts(question.claim, found)))


@contextmanager
def _searching(
    questions: list[Question], cache: Cache | None, patience: float, purse: Purse | None = None
) -> Iterator[Search]:
    """No process is started, and no checker imported, where everything is known, or nothing may be spent."""
    questions = [] if purse is not None and purse.empty else questions
    recalled = cache.recall(questions) if cache else [None] * len(questions)
    known = [_admitted(question, found) for question, found in zip(questions, recalled, strict=True)]
    tasks = [(question,) for question, answer in zip(questions, known, strict=True) if answer is None]
    if tasks:
        from derive.checkers.antiderivatives import prepare  # the checkers are imported once, before the fork

        prepare(question.claim for (question,) in tasks)
    with working(_search, tasks, Found, patience) as worker:
        search = Search(worker, deque(questions), deque(known), purse)
        yield search
    if cache:
        cache.keep(search.new)


def _search(question: Question) -> Iterator[Found]:
    from derive.checkers import searching

    yield from searching(question)


def _admitted(question: Question, known: Found | None) -> Answer | None:
    """What is known, if all the evidence shows what it is said to show."""
    if known is None:
        return None
    said = (
        (known.proof, (Status.PROVED,)),
        (known.refutation, (Status.REFUTED, Status.CONDITIONAL)),
        (known.support, (Status.SUPPORTED,)),
    )
    expected = [statuses for evidence, statuses in said if evidence is not None]
    try:
        with metered(question.budget):
            verdicts = tuple(_verdicts(question.claim, known))
    except BudgetSpent:
        return None
    right = len(verdicts) == len(expected) and all(
        verdict.status in statuses for verdict, statuses in zip(verdicts, expected, strict=True)
    )
    return Answer(known, verdicts) if right else None


def _check(claim: Claim, seed: int) -> Iterator[NumpyCheck | str]:
    from derive.floats import check  # NumPy is imported by the process that needs it, and by no other

    yield check(claim, seed=seed)


@dataclass(frozen=True, slots=True)
class Workers:
    """The two kinds of work that go on beside the judging, both in the order of the page."""

    search: Search
    numpy: Worker[NumpyCheck | str] | None
    done: Callable[[], None] = lambda: None


@contextmanager
def _workers(
    questions: list[Question],
    seed: int,
    patience: float,
    cache: Cache | None,
    numeric: bool = True,
    purse: Purse | None = None,
) -> Iterator[Workers]:
    checks = [(question.claim, seed) for question in questions]
    with _searching(questions, cache, patience, purse) as search:
        if not numeric:
            yield Workers(search, None)
            return
        with working(_check, checks, NumpyCheck | str, patience) as numpy:
            yield Workers(search, numpy)


def judge(
    derivation: Derivation,
    *,
    audit: bool = False,
    budget: int = BUDGET,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    numeric: bool = True,
    done: Callable[[], None] | None = None,
    purse: Purse | None = None,
) -> Report:
    """Judge every step. With ``audit`` prover and refuter both run on every claim, so that a contradiction would show.
    ``numeric`` False leaves out the NumPy check; ``done`` is called after each step; ``purse``: what all may cost together."""
    opening = Section("opening", "", derivation.opening)
    numbered = tuple(enumerate((opening, *derivation.sections)))
    questions = [Question(claim, step.hints, audit, budget, _is_doubted(step)) for claim, step in _tasks(derivation)]
    with _workers(questions, derivation.seed, patience, cache, numeric, purse) as workers:
        watched = replace(workers, done=done) if done else workers
        sections = tuple(_judged_section(number, section, watched) for number, section in numbered)
    steps = [block for section in sections for block in section.blocks if isinstance(block, JudgedStep)]
    return Report(derivation, sections, tuple(alarm for step in steps for alarm in _alarms(step)))


def judge_claim(
    claim: Claim,
    hints: Hints = Hints(),
    *,
    seed: int = 0,
    budget: int = BUDGET,
    patience: float = PATIENCE,
    cache: Cache | None = None,
) -> Finding:
    """Judge one claim on its own."""
    with _workers([Question(claim, hints, True, budget)], seed, patience, cache) as workers:
        return _finding("1", claim, workers)


def judge_claims(
    claims: Iterable[Claim],
    *,
    budget: int = BUDGET,
    patience: float = PATIENCE,
    cache: Cache | None = None,
    doubted: bool = False,
    purse: Purse | None = None,
) -> Iterator[Finding]:
    """Judge claims one after the other, prover and refuter both, without the NumPy check; work goes on ahead. ``doubted``: only
    a proof counts.

    The search for one claim costs at most ``budget`` operations, and, where a library hangs, ``patience`` seconds of
    computing; all of them cost what is in the ``purse``, where there is one. With a ``cache`` what was found before is admitted again instead of being searched for.
    """
    number = 0
    remaining = iter(claims)
    while batch := [Question(claim, Hints(), True, budget, doubted) for claim in islice(remaining, AT_ONCE)]:
        with _searching(batch, cache, patience, purse) as search:
            for question in batch:
                number += 1
                yield _found_finding(str(number), question.claim, search.answer(), None, NOT_ASKED)


def _is_doubted(step: Step) -> bool:
    return step.source is not None and bool(step.source.doubt)


def _tasks(derivation: Derivation) -> list[tuple[Claim, Step]]:
    """The claims to be searched, each with its step, in the order of the page."""
    blocks = [*derivation.opening, *(block for section in derivation.sections for block in section.blocks)]
    steps = [block for block in blocks if isinstance(block, Step) and not block.assumed]
    return [(claim, step) for step in steps for claim in step.claims]


def _judged_section(number: int, section: Section, workers: Workers) -> JudgedSection:
    blocks: list[Block | JudgedStep] = []
    count = 0
    for block in section.blocks:
        if isinstance(block, Step):
            count += 1
            blocks.append(_judged_step(f"{number}.{count}", block, workers))
            workers.done()
        else:
            blocks.append(block)
    return JudgedSection(number, section.key, section.title, tuple(b for b in blocks if not isinstance(b, Step)))


def _judged_step(identity: str, step: Step, workers: Workers) -> JudgedStep:
    if not step.claims:
        unread = step.source is None or bool(step.source.unread)
        return JudgedStep(identity, step, Status.UNREAD if unread else Status.UNDECIDED, ())
    findings = tuple(
        _assumed(name, claim) if step.assumed else _finding(name, claim, workers)
        for name, claim in _named(identity, step.claims)
    )
    status = min((finding.status for finding in findings), key=WEAKEST_FIRST.index)
    return JudgedStep(identity, step, status, findings)


def _named(identity: str, claims: tuple[Claim, ...]) -> Iterator[tuple[str, Claim]]:
    """2.3 for a single relation; 2.3a, 2.3b, ... for those of a chain."""
    for position, claim in enumerate(claims):
        yield (identity if len(claims) == 1 else f"{identity}{chr(ord('a') + position)}"), claim


def _assumed(identity: str, claim: Claim) -> Finding:
    return Finding(identity, claim, Status.ASSUMED, NOTHING_TO_CHECK, None, None, NOTHING_TO_CHECK)


def _finding(identity: str, claim: Claim, workers: Workers) -> Finding:
    answer = workers.search.answer()
    if workers.numpy is None:
        return _found_finding(identity, claim, answer, None, NOT_ASKED)
    check = workers.numpy.answer()
    numeric = f"the check: {check.reason}" if isinstance(check, Lost) else check
    numpy, numpy_reason = (numeric, None) if isinstance(numeric, NumpyCheck) else (None, numeric)
    return _found_finding(identity, claim, answer, numpy, numpy_reason)


def _found_finding(
    identity: str, claim: Claim, answer: Answer, numpy: NumpyCheck | None, numpy_reason: str | None
) -> Finding:
    verdict, contradiction = _deciding(answer.verdicts)
    if verdict is None:
        coded = STOPPED if answer.found.stopped else ""
        tried = _tried(answer.found)
        return Finding(identity, claim, Status.UNDECIDED, tried, None, numpy, numpy_reason, coded=coded)
    reason = explained(verdict) if not contradiction else f"{verdict.why}, but also: {contradiction.why}"
    return Finding(identity, claim, verdict.status, reason, verdict, numpy, numpy_reason, contradiction)


def _verdicts(claim: Claim, found: Found) -> Iterator[Verdict]:
    """Admit the evidence again, here: a proof before a refutation before support."""
    for evidence in (found.proof, found.refutation, found.support):
        if evidence is not None:
            with suppress(NotAdmitted):
                yield admit(claim, evidence, found.witness)


def _deciding(verdicts: tuple[Verdict, ...]) -> tuple[Verdict | None, Verdict | None]:
    """The verdict that counts; the second contradicts it."""
    if not verdicts:
        return None, None
    deciding = [v for v in verdicts if v.status in (Status.PROVED, Status.REFUTED, Status.CONDITIONAL)]
    return verdicts[0], (deciding[1] if len(deciding) > 1 else None)


def _tried(found: Found) -> str:
    return "; ".join(dict.fromkeys(found.tried)) or "no checker has a rule for this"


def _alarms(judged: JudgedStep) -> Iterator[str]:
    """Faults of ours: proved and refuted at once, a proved claim that fails in floating point, a quotation that holds."""
    for finding in judged.findings:
        if finding.contradiction is not None:
            yield f"step {finding.id} is both proved and refuted: {finding.reason}"
        if finding.status == Status.PROVED and finding.numpy is not None and not finding.numpy.ok:
            yield f"step {finding.id} is proved, but NumPy finds an error beyond its bound"
    if judged.step.stance == "quotes" and judged.status != Status.REFUTED:
        yield f"step {judged.id} quotes a statement as false that is not refuted ({judged.status})"
