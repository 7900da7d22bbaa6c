"""Which findings are shown, and which of them decide the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.codes import UNEXPECTED
from derive.core import Status
from derive.found import Found, Text

ALARMS = ("D2", "D3", UNEXPECTED)
EVERYTHING = ("D1", "D2", "D3", "D4", UNEXPECTED)


@dataclass(frozen=True, slots=True)
class Selection:
    """``select`` and ``ignore`` are beginnings of codes; without ``select`` the alarms are shown, with ``strict`` everything that is
    not fine. ``strict``: everything shown decides, not only what is refuted."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False

    def shows(self, found: Found) -> bool:
        code = found.code
        chosen = self.select or (EVERYTHING if self.strict else ALARMS)
        if code is None or found.announced or not code.startswith(chosen):
            return False
        return not (self.ignore and code.startswith(self.ignore))

    def decides(self, found: Found) -> bool:
        """``found`` is shown, and lets the exit code be 1."""
        if found.entry["stance"] != "asserts" or not self.shows(found):
            return False
        return self.strict or found.entry["verdict"] == Status.REFUTED or found.code == UNEXPECTED


def shown(text: Text, selection: Selection) -> tuple[Found, ...]:
    """What is shown of a text."""
    return tuple(found for found in text.found if selection.shows(found))


def exit_code(texts: Sequence[Text], selection: Selection) -> int:
    """3 for a fault of ours, 1 for something that decides."""
    if any(text.alarms for text in texts):
        return 3
    return int(any(selection.decides(found) for text in texts for found in text.found))


def share_read(texts: Sequence[Text]) -> float:
    """Of all formulas, how many of a hundred were read; 100 where there are none."""
    total = sum(text.coverage["formulas"] for text in texts)
    return 100 * sum(text.coverage["read"] for text in texts) / total if total else 100.0
