"""Section H: history, advice and intent. Nothing to prove, and said to be so."""

from __future__ import annotations

from derive.entry import not_mathematical

ENTRIES = (
    not_mathematical(
        "H1",
        "10.7, on the history",
        "Several groups discovered the problem independently of each other.",
        "history: settled by the papers and their dates, not by a proof",
    ),
)
