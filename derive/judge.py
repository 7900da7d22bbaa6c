"""Derivation to Report: ask the checkers, let the kernel admit, put the NumPy check beside it, raise our own alarms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from derive.checkers import Found, search
from derive.core import Block, Claim, Derivation, Hints, NumpyCheck, Section, Status, Step
from derive.formula import show
from derive.kernel import NotAdmitted, Verdict, admit
from derive.report import Finding, JudgedSection, JudgedStep, Report
from derive.worker import Lost, Worker, working

PATIENCE = 10.0
"""Seconds after which the search for one claim is stopped: a hundred times what the slowest claim of a topic needs, so that
a busy machine does not change a committed page."""
LONGEST_SHOWN = 80
"""Characters of LaTeX."""
WEAKEST_FIRST = (
    Status.REFUTED,
    Status.CONDITIONAL,
    Status.UNDECIDED,
    Status.SUPPORTED,
    Status.PROVED,
    Status.ASSUMED,
)
NOTHING_TO_CHECK = "a definition or hypothesis: nothing to check"


@dataclass(frozen=True, slots=True)
class Workers:
    """The two kinds of work that go on beside the judging, both in the order of the page."""

    search: Worker[Found]
    numpy: Worker[NumpyCheck | str]


@contextmanager
def _workers(tasks: list[tuple[Claim, Hints]], seed: int, audit: bool, patience: float) -> Iterator[Workers]:
    searches = [(claim, hints, audit) for claim, hints in tasks]
    checks = [(claim, seed) for claim, _ in tasks]
    with working(_search, searches, patience) as search, working(_check, checks, patience) as numpy:
        yield Workers(search, numpy)


def _search(claim: Claim, hints: Hints, audit: bool) -> Found:
    return search(claim, hints, audit=audit)


def _check(claim: Claim, seed: int) -> NumpyCheck | str:
    from derive.floats import check  # NumPy is imported by the process that needs it, and by no other

    return check(claim, seed=seed)


def judge(derivation: Derivation, *, audit: bool = False, patience: float = PATIENCE) -> Report:
    """Judge every step. With ``audit`` prover and refuter both run on every claim, so that a contradiction would show."""
    opening = Section("opening", "", derivation.opening)
    numbered = tuple(enumerate((opening, *derivation.sections)))
    with _workers(_tasks(derivation), derivation.seed, audit, patience) as workers:
        sections = tuple(_judged_section(number, section, workers) for number, section in numbered)
    steps = [block for section in sections for block in section.blocks if isinstance(block, JudgedStep)]
    return Report(derivation, sections, tuple(alarm for step in steps for alarm in _alarms(step)))


def judge_claim(claim: Claim, hints: Hints = Hints(), *, seed: int = 0, patience: float = PATIENCE) -> Finding:
    """Judge one claim on its own."""
    with _workers([(claim, hints)], seed, True, patience) as workers:
        return _finding("1", claim, workers)


def judge_claims(claims: Iterable[Claim], *, seed: int = 0, patience: float = PATIENCE) -> Iterator[Finding]:
    """Judge claims one after the other, prover and refuter both, without the NumPy check; work goes on ahead."""
    tasks = [(claim, Hints(), True) for claim in claims]
    with working(_search, tasks, patience) as worker:
        for number, (claim, _, _) in enumerate(tasks):
            yield _found_finding(str(number + 1), claim, worker.answer(), None, "not asked for")


def _tasks(derivation: Derivation) -> list[tuple[Claim, Hints]]:
    """The claims to be searched, in the order of the page."""
    blocks = [*derivation.opening, *(block for section in derivation.sections for block in section.blocks)]
    steps = [block for block in blocks if isinstance(block, Step) and not block.assumed]
    return [(claim, step.hints) for step in steps for claim in step.claims]


def _judged_section(number: int, section: Section, workers: Workers) -> JudgedSection:
    blocks: list[Block | JudgedStep] = []
    count = 0
    for block in section.blocks:
        if isinstance(block, Step):
            count += 1
            blocks.append(_judged_step(f"{number}.{count}", block, workers))
        else:
            blocks.append(block)
    return JudgedSection(number, section.key, section.title, tuple(b for b in blocks if not isinstance(b, Step)))


def _judged_step(identity: str, step: Step, workers: Workers) -> JudgedStep:
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
    check = workers.numpy.answer()
    numeric = f"the check: {check.reason}" if isinstance(check, Lost) else check
    numpy, numpy_reason = (numeric, None) if isinstance(numeric, NumpyCheck) else (None, numeric)
    return _found_finding(identity, claim, answer, numpy, numpy_reason)


def _found_finding(
    identity: str, claim: Claim, answer: Found | Lost, numpy: NumpyCheck | None, numpy_reason: str | None
) -> Finding:
    found = Found(tried=(f"the search: {answer.reason}",)) if isinstance(answer, Lost) else answer
    verdict, contradiction = _verdict(claim, found)
    if verdict is None:
        return Finding(identity, claim, Status.UNDECIDED, _tried(found), None, numpy, numpy_reason)
    reason = explained(verdict) if not contradiction else f"{verdict.why}, but also: {contradiction.why}"
    return Finding(identity, claim, verdict.status, reason, verdict, numpy, numpy_reason, contradiction)


def explained(verdict: Verdict) -> str:
    """The kernel's sentence with the term that it speaks of, where that is short."""
    text = show(verdict.shown) if verdict.shown is not None else ""
    return f"{verdict.why}: ${text}$" if 0 < len(text) <= LONGEST_SHOWN else verdict.why


def _verdict(claim: Claim, found: Found) -> tuple[Verdict | None, Verdict | None]:
    """Admit the evidence again, here: a proof before a refutation before support. The second verdict contradicts the first."""
    verdicts = []
    for evidence in (found.proof, found.refutation, found.support):
        if evidence is not None:
            try:
                verdicts.append(admit(claim, evidence, found.witness))
            except NotAdmitted:
                continue
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
