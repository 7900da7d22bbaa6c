"""The labelled bank: its format, and no wrong verdict in it. What the score is, bench/bank.py says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from independent import at_point, random_opinions
from labelled_bank import TRUTHS, Entry, entries, fields, is_wrong

from derive.core import Claim, Status
from derive.formula import Unread
from derive.judge import judge_claims
from derive.report import Finding

HELD = (Status.PROVED, Status.SUPPORTED)
REFUTED = (Status.REFUTED, Status.CONDITIONAL)
SPOTS = 3
LOOKS = 8


def test_the_format() -> None:
    every = list(entries())
    assert len({entry.id for entry in every}) == len(every)
    for entry in every:
        assert entry.truth in TRUTHS and entry.why, entry.id
        assert bool(entry.repair) == (entry.truth == "condition"), entry.id
        assert bool(entry.place) == (entry.field == "corpora"), entry.id
        assert entry.field in fields(), entry.id


def test_enough_of_each_kind() -> None:
    own = Counter(entry.truth for entry in entries() if entry.field != "corpora")
    assert sum(own.values()) >= 250
    assert sum(entry.field == "corpora" for entry in entries()) >= 120
    for truth, share in (("true", 0.45), ("false", 0.35), ("condition", 0.20)):
        assert abs(own[truth] / sum(own.values()) - share) < 0.03, truth


@pytest.mark.parametrize("field", fields())
def test_no_verdict_is_wrong(field: str) -> None:
    """Prover and refuter both run on every claim and never disagree; mpmath agrees with both."""
    faults = [fault for entry, finding in judged(field) for fault in faults_of(entry, finding)]
    assert not faults, "\n".join(faults)


def judged(field: str) -> list[tuple[Entry, Finding]]:
    read = []
    for entry in entries(field):
        try:
            read.append((entry, entry.read()))
        except Unread:
            continue
    return list(zip((entry for entry, _ in read), judge_claims([claim for _, claim in read]), strict=True))


def faults_of(entry: Entry, finding: Finding) -> list[str]:
    shown = f"{entry.id} ({entry.truth}) {finding.status}: {entry.claim} [{entry.given}]"
    found = []
    if is_wrong(entry.truth, finding.status):
        found.append(f"WRONG {shown}: {finding.reason}")
    if finding.contradiction is not None:
        found.append(f"proved and refuted: {shown}: {finding.contradiction.why}")
    if finding.status in REFUTED and (doubt := doubt_of_refutation(finding)):
        found.append(f"{doubt}: {shown}")
    if finding.status in HELD and any(o.outcome == "fails" for o in random_opinions(finding.claim, SPOTS)):
        found.append(f"mpmath finds a point at which it fails: {shown}")
    if finding.repair and any(o.outcome == "fails" for o in random_opinions(repaired(finding), SPOTS)):
        found.append(f"mpmath finds a point at which it fails in spite of its repair: {shown}")
    return found


def repaired(finding: Finding) -> Claim:
    """The claim under the condition that is said to save it."""
    scope = finding.claim.scope
    return replace(finding.claim, scope=replace(scope, hypotheses=(*scope.hypotheses, *finding.repair)))


def doubt_of_refutation(finding: Finding) -> str | None:
    """The counterexample must fail in mpmath, too. Where that cannot tell, or none is given, no doubt is raised unless the
    claim holds at every random point and speaks of no number at all that could be special."""
    if finding.counterexample is not None:
        opinion = at_point(finding.claim, finding.counterexample)
        if opinion.outcome in ("fails", "open"):
            return None
        return f"in mpmath the counterexample {opinion.outcome} ({opinion.reason})"
    opinions = [opinion.outcome for opinion in random_opinions(finding.claim, LOOKS)]
    if opinions and set(opinions) == {"holds"}:
        return "refuted without a point, yet it holds at all random points"
    return None
