"""The special cases of one relation of a text."""

from __future__ import annotations

from derive.core import Instances
from derive.notation import Unparsed
from derive.notes.display import Link
from derive.notes.instances.small_laws import law_instances
from derive.notes.parsing import parse
from derive.notes.walk import Walk


def instances_of(walk: Walk, link: Link) -> tuple[Instances, ...]:
    """Those that can be made."""
    try:
        trees = [parse(side.text) for side in (link.lhs, link.rhs)]
    except Unparsed:
        return ()
    found = law_instances(walk, link.sign, trees)
    return (found,) if found is not None else ()


__all__ = ["instances_of"]
