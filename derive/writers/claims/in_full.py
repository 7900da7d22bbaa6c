"""One entry as a report of its own, for the writers of handouts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from derive.core import Derivation, Prose, Table
from derive.entry import SOURCES, Kind, key
from derive.ledger import JudgedEntry, JudgedReading
from derive.report import JudgedBlock, JudgedSection, JudgedStep, Report
from derive.writers.claims.rows import interval, key_of, missing, verdict
from derive.writers.words import Words, words


def in_full(judged: JudgedEntry, say: Words | None = None) -> Report:
    """The claim, its verdict, its readings, its correction, and the derivation in the topics."""
    entry, say = judged.entry, say or words()
    named: list[tuple[str, str, list[JudgedBlock]]] = [
        ("verdict", "", list(_opening(judged, say))),
        ("readings", _readings_title(judged, say), [step for one in judged.readings for step in _steps(one)]),
        ("experiment", say("claims.page.experiment"), list(_experiment(judged, say))),
        ("correction", say("claims.page.correction"), list(_correction(judged))),
        *_topics(judged, say),
    ]
    filled = [section for position, section in enumerate(named) if section[2] or not position]
    sections = tuple(_numbered(number, *section) for number, section in enumerate(filled))
    sources = tuple(dict.fromkeys(SOURCES[key(place)] for place in entry.source))
    return Report(
        Derivation(f"claims {entry.id}", say("claims.page.title", id=entry.id), (), (), sources=sources), sections
    )


def _readings_title(judged: JudgedEntry, say: Words) -> str:
    if judged.entry.kind == Kind.UNREADABLE:
        return say("claims.page.readings_unreadable")
    empirical = judged.entry.kind == Kind.EMPIRICAL
    return say("claims.page.readings_empirical") if empirical else say("claims.page.readings")


def _opening(judged: JudgedEntry, say: Words) -> Iterable[JudgedBlock]:
    entry, truth = judged.entry, judged.verdict
    yield Prose(f"{entry.claim} ({'; '.join(entry.source)})")
    meaning = say(f"claims.meaning.{key_of(truth)}")
    yield Prose(f"**{_capital(verdict(truth, say))}**: {meaning}.{_because(judged, say)}")
    if entry.note and entry.kind not in (Kind.NOT_MATHEMATICAL, Kind.UNREADABLE):
        yield Prose(entry.note)


def _because(judged: JudgedEntry, say: Words) -> str:
    """What is missing, as a sentence."""
    said = "" if judged.entry.kind == Kind.EMPIRICAL else missing(judged, say)
    if not said:
        return ""
    return f" {_capital(said)}" + ("" if said.endswith(".") else ".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _steps(judged: JudgedReading) -> tuple[JudgedStep, ...]:
    return (*judged.plain, *judged.repaired)


def _experiment(judged: JudgedEntry, say: Words) -> Iterable[JudgedBlock]:
    experiment = judged.entry.experiment
    if experiment is None:
        return
    yield Prose(f"{experiment.description} {say('claims.page.seed', seed=experiment.seed)}")
    yield Table(
        say("claims.page.counts"),
        tuple(say(f"claims.page.{name}") for name in ("setting", "successes", "trials", "interval")),
        tuple((c.count.setting, str(c.count.successes), str(c.count.trials), interval(c, say)) for c in judged.counts),
    )


def _correction(judged: JudgedEntry) -> Iterable[JudgedBlock]:
    if judged.entry.correction:
        yield Prose(judged.entry.correction)
    yield from (step for one in judged.corrected for step in _steps(one))


def _topics(judged: JudgedEntry, say: Words) -> Iterable[tuple[str, str, list[JudgedBlock]]]:
    """A section for each topic that derives the claim."""
    for name, listed in groupby(judged.steps, key=lambda step: step.topic):
        steps: list[JudgedBlock] = [step.judged for step in listed if step.judged is not None]
        yield name, say("claims.page.topic", topic=name), steps


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
