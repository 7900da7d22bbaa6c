"""The textbook ledger: which entries there are, which of them are asked for, and their judgement."""

from __future__ import annotations

from derive.textbook.derived import derived, steps_of_topics, topic_of
from derive.textbook.judgement import Depth, depth, judged
from derive.textbook.selection import chosen, entries, read_truth

__all__ = ["Depth", "chosen", "depth", "derived", "entries", "judged", "read_truth", "steps_of_topics", "topic_of"]
