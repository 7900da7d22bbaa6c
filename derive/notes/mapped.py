"""Text that knows where each of its characters stands in the file, also after macros were expanded in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """``text[i]`` stands at ``starts[i]`` to ``ends[i]`` of the file (offsets in code points)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> Mapped:
        """A piece of the file as it stands there."""
        stop = len(source) if end is None else end
        return cls(source[start:stop], tuple(range(start, stop)), tuple(range(start + 1, stop + 1)))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        return Mapped(self.text[part], self.starts[part], self.ends[part])

    def __add__(self, other: Mapped) -> Mapped:
        return Mapped(self.text + other.text, self.starts + other.starts, self.ends + other.ends)

    def strip(self) -> Mapped:
        """Without spaces around it; the space of ``\\ `` at the end belongs to its backslash."""
        left, right = len(self.text) - len(self.text.lstrip()), len(self.text.rstrip())
        escaped = (right - len(self.text[:right].rstrip("\\"))) % 2 == 1 and right < len(self.text)
        return self[left : right + escaped] if self.text.strip() else self[0:0]

    @property
    def place(self) -> tuple[int, int] | None:
        """From where to where it reaches in the file; None for nothing."""
        return (min(self.starts), max(self.ends)) if self.text else None

    def standing_at(self, text: str, place: tuple[int, int]) -> Mapped:
        """Other text that stands for what is at ``place`` of the file."""
        return Mapped(text, (place[0],) * len(text), (place[1],) * len(text))

    def without(self, pattern: re.Pattern[str]) -> Mapped:
        """With a space for every match."""
        return self.put(pattern, " ")

    def put(self, pattern: re.Pattern[str], text: str) -> Mapped:
        """With the text for every match."""
        return joined(self._around(pattern, text))

    def _around(self, pattern: re.Pattern[str], text: str) -> Iterator[Mapped]:
        last = 0
        for found in pattern.finditer(self.text):
            yield self[last : found.start()]
            if found.end() > found.start():
                place = (self.starts[found.start()], self.ends[found.end() - 1])
                yield self.standing_at(text, place)
            last = found.end()
        yield self[last:]


def joined(parts: Iterable[Mapped]) -> Mapped:
    """The parts one after the other."""
    pieces = list(parts)
    return Mapped(
        "".join(piece.text for piece in pieces),
        tuple(start for piece in pieces for start in piece.starts),
        tuple(end for piece in pieces for end in piece.ends),
    )
