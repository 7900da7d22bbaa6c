"""The labelled claims of tests/bank: what each file holds, and which verdicts are right and wrong for a label."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from derive.core import Claim
from derive.formula.claims import read_claim

BANK = Path(__file__).with_name("bank")
TRUTHS = ("true", "false", "condition")
WRONG = {
    "true": {"refuted", "conditional"},
    "false": {"proved", "supported"},
    "condition": {"proved", "supported"},
}
RIGHT = {"true": {"proved"}, "false": {"refuted", "conditional"}, "condition": {"refuted", "conditional"}}


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim, its declarations, its label and why; ``repair`` is the condition that makes it true, ``place`` a source."""

    id: str
    claim: str
    given: str
    truth: str
    why: str
    repair: str = ""
    place: str = ""

    @property
    def field(self) -> str:
        return self.id.rpartition("-")[0]

    def read(self) -> Claim:
        """Raises Unread."""
        return read_claim(self.claim, self.given)


def fields() -> list[str]:
    return sorted(path.stem for path in BANK.glob("*.toml"))


def entries(*wanted: str) -> Iterator[Entry]:
    """Those of the named fields and ids; without names all."""
    for field in fields():
        for entry in tomllib.loads((BANK / f"{field}.toml").read_text(encoding="utf-8"))["claim"]:
            if not wanted or field in wanted or entry["id"] in wanted:
                yield Entry(**entry)


def is_wrong(truth: str, status: str) -> bool:
    """The worst fault: a false claim held true, or a true one false."""
    return status in WRONG[truth]
