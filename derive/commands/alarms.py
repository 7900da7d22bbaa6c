"""What is said of faults of ours, and the exit code of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from derive.streams import say

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry


def say_alarms(alarms: Iterable[str]) -> None:
    for alarm in alarms:
        say(f"alarm: {alarm}")


def state_of(entries: Sequence[JudgedEntry]) -> int:
    """3 for an alarm of ours, which is said, 1 if a corrected statement is not proved."""
    alarms = [alarm for judged in entries for alarm in judged.alarms]
    say_alarms(alarms)
    return 3 if alarms else int(any(judged.unproved for judged in entries))
