"""The special cases of one relation of a text, and what it says where its left side was given before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.core import Instance, Instances
from derive.notation import Node, Unparsed
from derive.notes.display import Link
from derive.notes.instances.at_numbers import number_instances
from derive.notes.instances.named_laws import named_law_instances
from derive.notes.instances.one_dimension import line_instances
from derive.notes.instances.put_in import defined_instances
from derive.notes.instances.repeated import Stated, said_before, same_letters
from derive.notes.instances.small_laws import law_instances
from derive.notes.parsing import parse
from derive.notes.walk import Walk, understood


def instances_of(walk: Walk, link: Link) -> tuple[Instances, ...]:
    """Those that can be made."""
    try:
        trees = [parse(side.text) for side in (link.lhs, link.rhs)]
    except Unparsed:
        return ()
    found = [
        *_small(walk, link.sign, trees),
        *_since_before(walk, link, trees),
        named_law_instances(walk, link.sign, trees) if link.first else None,
    ]
    return tuple(one for one in found if one is not None)


def told_by_law(walk: Walk, link: Link) -> tuple[Instances, ...]:
    """A density or a mean that the text gives, of a letter whose law it gave before: no more than its reader knows."""
    try:
        trees = [parse(side.text) for side in (link.lhs, link.rhs)]
    except Unparsed:
        return ()
    found = named_law_instances(walk, link.sign, trees) if link.first else None
    return (found,) if found is not None else ()


KINDS = (law_instances, number_instances, line_instances, defined_instances)


def _small(walk: Walk, sign: str, trees: list[Node]) -> list[Instances | None]:
    return [instances(walk, sign, trees) for instances in KINDS]


def follows_from_before(walk: Walk, link: Link) -> bool:
    """The left side was given a little before, and the words draw a conclusion from that."""
    return said_before(link, walk.stated, walk.plain, walk.reached) is not None


def _since_before(walk: Walk, link: Link, trees: list[Node]) -> Iterator[Instances | None]:
    """That what was said of the left side before is equal to what is said now."""
    known = said_before(link, walk.stated, walk.plain, walk.reached)
    if known is None:
        return
    try:
        before = parse(known.last.text)
    except Unparsed:
        return
    yield from (_with_words(one, known) for one in _small(walk, "=", [before, trees[1]]))
    if same_letters([before, trees[1]]):
        read = understood(walk, replace(link, lhs=known.last))
        if read.claims and not read.doubt:
            yield Instances((tuple(Instance(claim, _words(known)) for claim in read.claims),))


def _words(known: Stated) -> str:
    return f"where the first is what line {known.line} says of the left side"


def _with_words(found: Instances | None, known: Stated) -> Instances | None:
    if found is None:
        return None
    readings = tuple(
        tuple(Instance(one.claim, f"{one.words}, {_words(known)}") for one in reading) for reading in found.readings
    )
    return Instances(readings)


__all__ = ["follows_from_before", "instances_of", "told_by_law"]
