"""The tree of a formula, remembered: while a text is read, the same side is looked at again and again."""

from __future__ import annotations

from functools import lru_cache

from derive import notation
from derive.notation import Node


@lru_cache(maxsize=1 << 14)
def parse(latex: str) -> Node:
    """As ``notation.parse``. Raises ``Unparsed``."""
    return notation.parse(latex)
