"""One entry as a report of its own, for the writers of handouts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from derive.core import Derivation, Prose, Table
from derive.entry import SOURCES, Kind, key
from derive.ledger import MEANING, JudgedEntry, JudgedReading
from derive.report import JudgedBlock, JudgedSection, JudgedStep, Report
from derive.writers.claims.rows import interval, missing


def in_full(judged: JudgedEntry) -> Report:
    """The claim, its verdict, its readings, its correction, and the derivation in the topics."""
    entry = judged.entry
    named: list[tuple[str, str, list[JudgedBlock]]] = [
        ("verdict", "", list(_opening(judged))),
        ("readings", _readings_title(judged), [step for one in judged.readings for step in _steps(one)]),
        ("experiment", "What was observed", list(_experiment(judged))),
        ("correction", "The corrected statement", list(_correction(judged))),
        *_topics(judged),
    ]
    filled = [section for position, section in enumerate(named) if section[2] or not position]
    sections = tuple(_numbered(number, *section) for number, section in enumerate(filled))
    sources = tuple(dict.fromkeys(SOURCES[key(place)] for place in entry.source))
    return Report(Derivation(f"claims {entry.id}", f"Claim {entry.id}", (), (), sources=sources), sections)


def _readings_title(judged: JudgedEntry) -> str:
    if judged.entry.kind == Kind.UNREADABLE:
        return "What the remains would say, taken literally"
    return "What can be proved about it" if judged.entry.kind == Kind.EMPIRICAL else "What it can mean"


def _opening(judged: JudgedEntry) -> Iterable[JudgedBlock]:
    entry, truth = judged.entry, judged.verdict
    yield Prose(f"{entry.claim} ({'; '.join(entry.source)})")
    yield Prose(f"**{truth.capitalize()}**: {MEANING[truth]}.{_because(judged)}")
    if entry.note and entry.kind not in (Kind.NOT_MATHEMATICAL, Kind.UNREADABLE):
        yield Prose(entry.note)


def _because(judged: JudgedEntry) -> str:
    """What is missing, as a sentence."""
    words = "" if judged.entry.kind == Kind.EMPIRICAL else missing(judged)
    if not words:
        return ""
    return f" {words[:1].upper()}{words[1:]}" + ("" if words.endswith(".") else ".")


def _steps(judged: JudgedReading) -> tuple[JudgedStep, ...]:
    return (*judged.plain, *judged.repaired)


def _experiment(judged: JudgedEntry) -> Iterable[JudgedBlock]:
    experiment = judged.entry.experiment
    if experiment is None:
        return
    yield Prose(f"{experiment.description} Seed {experiment.seed}.")
    yield Table(
        "Successes, with exact 95 % intervals (Clopper and Pearson) for the probability",
        ("setting", "successes", "trials", "interval"),
        tuple((c.count.setting, str(c.count.successes), str(c.count.trials), interval(c)) for c in judged.counts),
    )


def _correction(judged: JudgedEntry) -> Iterable[JudgedBlock]:
    if judged.entry.correction:
        yield Prose(judged.entry.correction)
    yield from (step for one in judged.corrected for step in _steps(one))


def _topics(judged: JudgedEntry) -> Iterable[tuple[str, str, list[JudgedBlock]]]:
    """A section for each topic that derives the claim."""
    for name, listed in groupby(judged.steps, key=lambda step: step.topic):
        steps: list[JudgedBlock] = [step.judged for step in listed if step.judged is not None]
        yield name, f"In the handout `derive {name}`", steps


def _numbered(number: int, name: str, title: str, blocks: list[JudgedBlock]) -> JudgedSection:
    count, made = 0, list[JudgedBlock]()
    for block in blocks:
        if isinstance(block, JudgedStep):
            count += 1
            block = _renamed(f"{number}.{count}", block)
        made.append(block)
    return JudgedSection(number, name, title, tuple(made))


def _renamed(identity: str, judged: JudgedStep) -> JudgedStep:
    """With its number on this page."""
    findings = tuple(replace(f, id=identity + f.id[len(judged.id) :]) for f in judged.findings)
    return replace(judged, id=identity, findings=findings)
