"""Levels of headings for a web page: none is left out on the way down, whatever the author did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def levels(written: Sequence[int], top: int) -> Iterator[int]:
    """``[1, 3, 2]`` below a title of level 1 is ``[2, 3, 3]``: ``top`` is the level of the highest."""
    ranks, before = sorted(set(written)), top - 1
    for level in written:
        before = min(top + ranks.index(level), before + 1, 6)
        yield before
