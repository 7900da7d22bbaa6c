"""Other people's notes: a text to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derive.arguing import argument_readings, holds_without_signs, unnamed_letter, with_solutions
from derive.codes import DOUBTED, READ_OTHERWISE
from derive.core import Claim, Derivation, InputError, Matrix, Section, Source, Status, Step, Term
from derive.formula import Unread, show
from derive.formula.claims import counted, read_claims
from derive.freeing import freed, hindered
from derive.instancing import instances_asked, with_instances
from derive.judge import WEAKEST_FIRST, judge, judge_claims
from derive.kernel.terms import ZERO, free_letters, heads, subterms
from derive.notes.document import Comment, Document, Formula, Included
from derive.notes.files import read_files, read_text
from derive.notes.lost import is_lost, restorations
from derive.notes.macros import Macro
from derive.notes.mapped import Mapped
from derive.notes.mending import Change, mendings
from derive.notes.nearness import is_near
from derive.notes.propositions import argues
from derive.notes.reading import derivation_of, derivations_of
from derive.notes.readings import other_readings
from derive.notes.rounding import may_be_rounded
from derive.notes.settings import Settings, items_given
from derive.purse import Purse
from derive.report import Finding, JudgedStep, Report, plain_relation, with_changed_steps
from derive.tying import tied, tied_claims

if TYPE_CHECKING:
    from derive.cache import Cache

POSITIVE = "with positive letters"
FREEING_BUDGET, FREEING_PATIENCE = 50_000, 1.0
TEXT_BUDGET = 4_000_000
"""Operations for all that is judged of one text: forty claims that are given up, or a thousand like most."""
ALARMS = (Status.REFUTED, Status.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Checked:
    """Reports with the texts that their places are in; what could not be read, one line each; what is not there to be included."""

    reports: tuple[Report, ...]
    texts: tuple[str, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...] = ()


def check_files(paths: Iterable[str], *, cache: Cache | None = None) -> Checked:
    """The reports on files and folders of notes, one for each text. What cannot be read is a problem; the rest is checked."""
    notes = read_files(paths)
    found = [one for document, macros in notes.documents for one in reports_on(document, macros, cache=cache)]
    reports, texts = tuple(report for _, report in found), tuple(text.text for text, _ in found)
    return Checked(reports, texts, tuple(notes.problems), tuple(notes.missing))


def reports_on(
    document: Document,
    macros: Mapping[str, Macro] | None = None,
    *,
    cache: Cache | None = None,
    done: Callable[[], None] | None = None,
) -> Iterator[tuple[Document, Report]]:
    """The report on a document, and on each text that it includes."""
    derivations = derivations_of(document, macros)
    claiming = [(text, one) for text, one in derivations if one.sections[0].blocks]
    for text, derivation in claiming or derivations[:1]:
        yield text, _judged(derivation, cache, done)


def check_text(
    text: str, path: str = "-", *, cache: Cache | None = None, done: Callable[[], None] | None = None
) -> Report:
    """The report on a Markdown text."""
    from derive.notes.markdown import read_markdown

    return check_document(read_markdown(text, path), cache=cache, done=done)


def check_document(document: Document, *, cache: Cache | None = None, done: Callable[[], None] | None = None) -> Report:
    """The report on what was read of a text."""
    return _judged(derivation_of(document), cache, done)


def _judged(derivation: Derivation, cache: Cache | None, done: Callable[[], None] | None) -> Report:
    purse = Purse(TEXT_BUDGET)
    report = judge(derivation, cache=cache, numeric=False, audit=True, done=done, purse=purse)
    settled = tempered(_tied(_freed(report, cache, purse), cache, purse), cache, purse)
    return _with_instances(mended(settled, cache), cache, purse)


def _tied(report: Report, cache: Cache | None, purse: Purse) -> Report:
    asked = tied_claims(report)
    findings = judge_claims(asked, budget=FREEING_BUDGET, patience=FREEING_PATIENCE, cache=cache, purse=purse)
    return tied(report, dict(zip(asked, findings, strict=True)))


def _with_instances(report: Report, cache: Cache | None, purse: Purse) -> Report:
    asked = instances_asked(report)
    findings = judge_claims(asked, budget=MENDING_BUDGET, patience=MENDING_PATIENCE, cache=cache, purse=purse)
    return with_instances(report, dict(zip(asked, findings, strict=True)))


def _freed(report: Report, cache: Cache | None, purse: Purse) -> Report:
    asked = hindered(report)
    findings = judge_claims(
        asked.values(), budget=FREEING_BUDGET, patience=FREEING_PATIENCE, cache=cache, doubted=True, purse=purse
    )
    return freed(report, dict(zip(asked, findings, strict=True)))


def check_given(text: str, given: str = "") -> Report:
    """The report on notes, in Markdown or LaTeX, where ``given`` holds, or on a text without any mathematics set apart: one line of
    LaTeX. Raises InputError."""
    items = items_given(given)
    document = read_text(text, "-", Settings(declared=items))
    if not any(isinstance(part, Formula | Included) for part in document.parts):
        return check_formula(text.strip(), given)
    return check_document(document)


def check_formula(latex: str, given: str = "", *, cache: Cache | None = None) -> Report:
    """The report on one line of LaTeX under declarations. Raises InputError for what cannot be read."""
    if argues(latex):
        declared = tuple(Comment(item, 0) for item in items_given(given))
        formula = Formula(Mapped.of(latex), True, "", 0, len(latex))
        return check_document(Document("-e", latex, (*declared, formula)), cache=cache)
    try:
        claims = tuple(map(counted, read_claims(latex, given)))
    except Unread as problem:
        raise InputError(f"{problem}; see LIMITS.md for what is read") from None
    steps = tuple(Step((claim,), latex, "", source=Source(1, 1, 1, len(latex) + 1, "identity")) for claim in claims)
    return mended(judge(Derivation("-e", "", (), (Section("text", "", steps),)), cache=cache, audit=True), cache)


def tempered(report: Report, cache: Cache | None = None, purse: Purse | None = None) -> Report:
    """The report without alarms that a careful reader would not raise: where a hypothesis may hide that was not understood, or
    where another plausible reading does not fail, or is not judged for want of operations in the ``purse``."""
    report = _without_slips(report, cache, purse)
    asked = [reading for step in report.steps if _alarms(step) for reading in _readings(step)]
    judged = dict(zip(asked, judge_claims([claim for _, claim in asked], cache=cache, purse=purse), strict=True))
    return with_changed_steps(report, lambda block: _tempered(block, judged))


def _without_slips(report: Report, cache: Cache | None, purse: Purse | None) -> Report:
    """A letter that stands on one side only is no doubt where the relation becomes true with the letter put back."""
    thought = {
        step.step: [one for finding in step.findings for one in restorations(finding.claim, finding.counterexample)]
        for step in report.steps
        if step.status in ALARMS and step.step.source is not None and is_lost(step.step.source.doubt)
    }
    asked = [claim for claims in thought.values() for claim in claims]
    found = judge_claims(
        asked, budget=MENDING_BUDGET, patience=MENDING_PATIENCE, cache=cache, doubted=True, purse=purse
    )
    proved = {claim for claim, finding in zip(asked, found, strict=True) if finding.status == Status.PROVED}
    slips = {step for step, claims in thought.items() if proved & set(claims)}
    return (
        with_changed_steps(report, lambda block: _undoubted(block) if block.step in slips else block)
        if slips
        else report
    )


def _undoubted(block: JudgedStep) -> JudgedStep:
    source = block.step.source
    return block if source is None else replace(block, step=replace(block.step, source=replace(source, doubt="")))


Readings = dict[tuple[str, Claim], Finding]


def _alarms(judged: JudgedStep) -> bool:
    source = judged.step.source
    return source is not None and not source.doubt and judged.status in ALARMS


def _readings(judged: JudgedStep) -> Iterator[tuple[str, Claim]]:
    for claim in (finding.claim for finding in judged.findings if finding.status in ALARMS):
        yield from other_readings(claim, judged.step.formula)
        if judged.step.source is not None and judged.step.source.argument:
            yield from argument_readings(claim)
    yield from judged.step.source.readings if judged.step.source is not None else ()


def _tempered(block: JudgedStep, judged: Readings) -> JudgedStep:
    source = block.step.source
    if source is None:
        return block
    doubt = source.doubt
    if _alarms(block):
        doubt = _doubt_of_values(block) or _doubt_of_readings(block, judged) or _doubt_of_distance(block, judged)
    if not doubt:
        return with_solutions(block)
    code = DOUBTED if source.doubt else READ_OTHERWISE
    findings = tuple(_doubted(finding, doubt, code) for finding in block.findings)
    status = min((finding.status for finding in findings), key=WEAKEST_FIRST.index, default=block.status)
    return replace(block, findings=findings, status=status)


def _doubt_of_values(step: JudgedStep) -> str:
    """What the place where it fails tells: decimals are rounded, and equality is let pass where < is written."""
    for finding in step.findings:
        if finding.status not in ALARMS or finding.verdict is None:
            continue
        if may_be_rounded(finding.claim, finding.counterexample):
            return "numbers may be rounded"
        if _compares_shapes(finding):
            return "a letter may be meant otherwise: a matrix stands beside a number"
        if _may_not_exist(finding):
            return "neither side may exist"
        if _has_branches(finding.claim):
            return "another branch may be meant"
        if _has_lone_entry(finding):
            return "the sizes of matrices may not fit"
        left, right = finding.verdict.values or ("", None)
        if finding.claim.relation in ("<", ">") and left == right and not _all_declared(finding.claim):
            return "it may be meant without the case of equality"
    return ""


def _compares_shapes(finding: Finding) -> bool:
    """A matrix of several entries beside a number; a 0 that is written there is that of matrices."""
    if ZERO in (finding.claim.lhs, finding.claim.rhs):
        return False
    told = finding.verdict.values if finding.verdict is not None else None
    return bool(told) and len({value == "a matrix" or ";" in value or "," in value for value in told or ()}) == 2


_LIMITS = frozenset(["limit", "sum", "integral"])


def _may_not_exist(finding: Finding) -> bool:
    """It fails because something has no value, and both sides are limits, series or integrals."""
    lhs, rhs = (heads(side) for side in (finding.claim.lhs, finding.claim.rhs))
    told = finding.verdict is not None and finding.verdict.values
    return not told and not _LIMITS.isdisjoint(lhs) and not _LIMITS.isdisjoint(rhs)


def _has_branches(claim: Claim) -> bool:
    """Roots, powers and logarithms of complex quantities of which letters are not declared."""
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side)]
    complex_ = any(part.head == "constant" and part.value == "i" for part in parts)
    many = any(
        part.head in ("log", "sqrt", "root")
        or (part.head == "pow" and part.args[0].value != "e" and not _is_whole(part.args[1], claim))
        for part in parts
    )
    return complex_ and many and bool(free_letters(claim.lhs) | free_letters(claim.rhs))


def _is_whole(exponent: Term, claim: Claim) -> bool:
    whole = {d.name for d in claim.scope.declarations if d.domain == "integer"}
    return "div" not in heads(exponent) and free_letters(exponent) <= whole


def _has_lone_entry(finding: Finding) -> bool:
    """A matrix of one row and column beside one that is written out multiplies it as a number would. Letters that the text declares
    and the claim does not use multiply nothing."""
    scope, sides = finding.claim.scope, (finding.claim.lhs, finding.claim.rhs)
    terms = [*sides, *(side for one in scope.hypotheses for side in (one.lhs, one.rhs))]
    used = frozenset[str]().union(*map(free_letters, terms))
    lone = any(
        isinstance(value, Matrix) and value.rows and len(value.rows) == len(value.rows[0]) == 1
        for name, value in finding.counterexample or ()
        if name in used
    )
    return lone and any("matrix" in heads(term) for term in terms)


def _all_declared(claim: Claim) -> bool:
    return all(letter.declared or letter.where for letter in claim.scope.declarations)


def _doubt_of_readings(step: JudgedStep, judged: Readings) -> str:
    argues = step.step.source is not None and bool(step.step.source.argument)
    alarms = [finding for finding in step.findings if finding.status in ALARMS]
    if argues and (letter := next(filter(None, map(unnamed_letter, alarms)), "")):
        return f"what it follows from may be meant for all {letter}"
    for words, claim in _readings(step):
        found = judged[words, claim]
        if found.status not in ALARMS or may_be_rounded(claim, found.counterexample):
            if argues and words == POSITIVE and all(map(holds_without_signs, alarms)):
                continue
            return f"it may be meant {words}"
    return ""


def _doubt_of_distance(step: JudgedStep, judged: Readings) -> str:
    """A slip leaves most of a formula right: what no small change would make true was rather not read as it is meant."""
    alarms = [finding for finding in step.findings if finding.status in ALARMS]
    alarms += [judged[one] for one in _readings(step)]
    argues = step.step.source is not None and bool(step.step.source.argument)
    certain = all(_all_declared(finding.claim) for finding in alarms)
    far = not (argues or certain) and not any(is_near(finding.claim, finding.counterexample) for finding in alarms)
    return "no small change would make it true, so it may be meant otherwise" if far else ""


def _doubted(finding: Finding, doubt: str, code: str) -> Finding:
    if finding.status not in ALARMS:
        return finding
    reason = f"{doubt}; as it stands it {finding.reason}"
    return replace(finding, status=Status.UNDECIDED, reason=reason, verdict=None, coded=code)


# ------------------------------------------------------------------------------------------------ what would make it true

MOST_MENDED = 40
"""Alarms of one text for which a change is looked for."""
MENDING_BUDGET, MENDING_PATIENCE = 20_000, 0.5
MENDING_TOGETHER = 100_000
"""Operations for all the changes of one text: what they add to an alarm is welcome, not needed."""
LONGEST = 90
"""Characters: a longer side is not shown."""


def mended(report: Report, cache: Cache | None = None) -> Report:
    """The report where the reason of an alarm names the first small change that is proved to make the relation true."""
    alarms = [finding for step in report.steps for finding in step.findings if finding.status in ALARMS]
    thought = {finding.claim: mendings(finding.claim, finding.counterexample) for finding in alarms[:MOST_MENDED]}
    found = _judged_changes(thought, cache)
    words = {
        claim: _in_words([(change, found[change]) for change in some if change in found])
        for claim, some in thought.items()
    }
    if not any(words.values()):
        return report
    return with_changed_steps(report, lambda block: _with_words(block, words))


def _judged_changes(thought: Mapping[Claim, Sequence[Change]], cache: Cache | None) -> dict[Change, Finding]:
    """The first changes of all alarms, then the second ones of those that are not mended yet, and so on."""
    purse, found = Purse(MENDING_TOGETHER), dict[Change, Finding]()
    for turn in range(max(map(len, thought.values()), default=0)):
        asked = [some[turn] for some in thought.values() if len(some) > turn and not _is_mended(some[:turn], found)]
        claims = [change.claim for change in asked]
        judged = judge_claims(claims, budget=MENDING_BUDGET, patience=MENDING_PATIENCE, cache=cache, purse=purse)
        found |= zip(asked, judged, strict=True)
    return found


def _is_mended(changes: Sequence[Change], found: Mapping[Change, Finding]) -> bool:
    return any(found[change].status == Status.PROVED for change in changes if change in found)


def _in_words(judged: Sequence[tuple[Change, Finding]]) -> str:
    """The first change that makes it true; else the first that makes it true under a condition."""
    for status in (Status.PROVED, Status.CONDITIONAL):
        for change, finding in judged:
            if finding.status == status:
                side = show(change.claim.rhs)
                condition = " and ".join(plain_relation(one) for one in finding.repair)
                return (
                    f"; it is true with {change.words}"
                    + (f": {side}" if len(side) <= LONGEST else "")
                    + (f", if {condition}" if status == Status.CONDITIONAL else "")
                )
    return ""


def _with_words(block: JudgedStep, words: Mapping[Claim, str]) -> JudgedStep:
    if block.status not in ALARMS:
        return block
    findings = tuple(
        replace(one, reason=one.reason + words.get(one.claim, "")) if one.status in ALARMS else one
        for one in block.findings
    )
    return replace(block, findings=findings)
