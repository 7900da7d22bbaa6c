"""The textbook ledger: every entry has the verdict of the ledger, from judged readings alone, and every row has its place."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from ledger_verdicts import GROUPS, METHODS, NEIGHBOURS, PENDING, VERDICTS

from derive.claims.experiments.chain import solved
from derive.claims.experiments.latch import tanh
from derive.core import Step
from derive.entry import SOURCES, Count, Entry, Experiment, Kind, Lemma, Provided, Reading, key
from derive.ledger import JudgedEntry, Outcome
from derive.listing import names, topic
from derive.textbook import Depth, entries, judged, steps_of_topics, topic_of

IDS = [entry.id for entry in entries()]


@cache
def ledger() -> dict[str, JudgedEntry]:
    """All entries, judged once, prover against refuter and NumPy; the patience bounds a hang, nothing else."""
    return {one.entry.id: one for one in judged(entries(), audit=True, patience=60)}


@cache
def carried() -> dict[str, frozenset[str]]:
    """The topics, made whole, whose steps carry each id."""
    found: dict[str, set[str]] = {}
    for name in names():
        for section in topic(name).derivation().sections:
            for block in section.blocks:
                for identity in block.ledger if isinstance(block, Step) else ():
                    found.setdefault(identity, set()).add(name)
    return {identity: frozenset(topics) for identity, topics in found.items()}


def test_verdicts() -> None:
    differing = {
        identity: f"{one.verdict}, not {VERDICTS.get(identity) or GROUPS[identity[0]]}: "
        + "; ".join(f"{r.reading.name} {r.outcome}" for r in one.readings)
        for identity, one in ledger().items()
        if one.verdict not in (VERDICTS.get(identity) or GROUPS[identity[0]]).split("|")
    }
    assert differing == {}


def test_every_reading_is_decided() -> None:
    undecided = [
        f"{one.entry.id}, {r.reading.name}: {'; '.join(f.reason for step in r.plain for f in step.findings)}"
        for one in ledger().values()
        for r in one.readings
        if r.outcome in (Outcome.UNDECIDED, Outcome.SUPPORTED)
    ]
    assert undecided == []


def test_every_printed_hypothesis_is_needed_and_suffices() -> None:
    idle = [
        f"{one.entry.id}, {r.reading.name}: {r.outcome}"
        for one in ledger().values()
        for r in (*one.readings, *one.corrected)
        if r.reading.repair is not None and r.outcome != Outcome.REPAIRED
    ]
    assert idle == []


def test_every_correction_is_proved() -> None:
    open_ones = [
        f"{one.entry.id}, {r.reading.name}: {r.plain[-1].findings[-1].reason}"
        for one in ledger().values()
        for r in one.corrected
        if r.outcome != Outcome.PROVED
    ]
    assert open_ones == []


def test_what_is_false_is_corrected() -> None:
    assert [one.entry.id for one in ledger().values() if one.verdict == "false" and not one.entry.correction] == []


def test_no_alarm() -> None:
    assert [alarm for one in ledger().values() for alarm in one.alarms] == []


def test_every_row_has_its_place() -> None:
    rows = [*VERDICTS, *GROUPS, *METHODS]
    there = carried().keys() | {entry.id for entry in entries()} | {entry.id[0] for entry in entries()}
    assert [row for row in rows if not {row, NEIGHBOURS.get(row, row)} & {*there, *PENDING}] == []


def test_the_topic_of_an_entry_derives_it() -> None:
    topics = {e.id: {name for i in (e.id, *e.see) for name in carried().get(i, ())} or {None} for e in entries()}
    assert [entry.id for entry in entries() if topic_of(entry) not in topics[entry.id]] == []


def test_steps_are_found_without_making_every_topic() -> None:
    """The search by the text of the files finds what a search through all topics finds, for ids that few topics carry."""
    few = [identity for identity, topics in carried().items() if topics <= {"clipping", "initialization"}]
    found = steps_of_topics([*few, "H"])
    assert {i: frozenset(name for name, _, _ in steps) for i, steps in found.items() if steps} == {
        i: carried()[i] for i in few
    }


@pytest.mark.parametrize("noun", [Entry, Reading, Provided, Lemma, Experiment, Count])
def test_no_verdict_is_stored(noun: type) -> None:
    stored = {field.name for field in fields(noun)}
    assert not stored & {"verdict", "status", "truth", "outcome", "expected", "counterexample", "proved"}


@pytest.mark.parametrize("entry", entries(), ids=IDS)
def test_an_entry_is_well_formed(entry: Entry) -> None:
    assert all(key(place) in SOURCES for place in entry.source)
    assert entry.claim.endswith((".", "?", "!")) and entry.claim[0].isupper()
    assert entry.readings or entry.kind != Kind.MATHEMATICAL
    assert entry.note or entry.kind not in (Kind.NOT_MATHEMATICAL, Kind.UNREADABLE)
    reading_names = [reading.name for reading in entry.readings]
    assert len(set(reading_names)) == len(reading_names)


def test_an_experiment_is_the_same_each_time() -> None:
    assert solved(0) == solved(0) != solved(1)


def test_the_hyperbolic_tangent_of_the_experiments() -> None:
    x = np.linspace(-9, 9, 1001)
    assert np.abs(tanh(x) - np.tanh(x)).max() < 1e-10


def test_intervals_come_from_the_counts() -> None:
    for one in ledger().values():
        for judged_count in one.counts:
            share = Fraction(judged_count.count.successes, judged_count.count.trials)
            assert judged_count.low <= share <= judged_count.high


def test_a_definition_stands_before_the_steps_that_need_it() -> None:
    (entry,) = [entry for entry in entries() if entry.id == "A5"]
    (one,) = judged([entry], Depth.LISTED)
    formulas = [listed.step.formula for listed in one.steps]
    assert formulas.index(r"T = \begin{pmatrix} 9/10 & 100 \\ 0 & 4/5 \end{pmatrix}") < formulas.index(
        r"\lVert T^{5} \rVert_2 < \lVert T^{6} \rVert_2"
    )


def test_a_lemma_is_no_assumption() -> None:
    (sizes,) = ledger()["A5"].readings
    assert sizes.reading.repair is not None and sizes.reading.repair.using and sizes.assuming == ()
