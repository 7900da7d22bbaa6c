r"""A relation in which means stand for what the text defines them to be: ``\bar{X}`` for ``\frac{1}{n} \sum_i X_i``.

Estimates are left as they are: more than their definition is often known of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from derive.core import Instance, Instances
from derive.notation import Node, Unparsed
from derive.notes.instances.repeated import Stated
from derive.notes.parsing import parse
from derive.notes.roles import key_of
from derive.notes.unknown import plain_text
from derive.notes.walk import Walk, lowered

ACCENTS = (r"\bar", r"\overline")
JUDGED = ("=", "<", ">", r"\le", r"\ge")


def defined_instances(walk: Walk, sign: str, trees: Sequence[Node]) -> Instances | None:
    """None where no letter with an accent is defined, or more is said of the letters than we know."""
    if sign not in JUDGED:
        return None
    known = _definitions(walk.stated, walk.reached)
    used = {
        shown for tree in trees for part in tree.walk() if _is_accented(part) and (shown := plain_text([part])) in known
    }
    if not used or (sign == "=" and plain_text([trees[0]]) in used):
        return None
    try:
        sides = [_put(tree, {name: parse(known[name].last.text) for name in used}) for tree in trees]
    except Unparsed:
        return None
    found = lowered(walk, sign, walk.lowering(sides), sides, [f"{one} > 0" for one in _deviations(sides)])
    if not found.claims or found.beyond or found.doubt:
        return None
    words = " and ".join(f"{name} of line {known[name].line}" for name in sorted(used))
    return Instances((tuple(Instance(claim, f"with {words} put in") for claim in found.claims),))


def _definitions(stated: Sequence[Stated], reached: int) -> dict[str, Stated]:
    """What stands for a letter with an accent, where the text says it once."""
    found: dict[str, Stated] = {}
    twice: set[str] = set()
    for one in stated:
        if one.lhs.startswith(ACCENTS) and r"\sum" in one.last.text and one.part < reached:
            same = one.lhs in found and found[one.lhs].last.text.split() == one.last.text.split()
            twice |= {one.lhs} if one.lhs in found and not same else set()
            found[one.lhs] = one
    return {name: one for name, one in found.items() if name not in twice}


def _deviations(sides: Sequence[Node]) -> list[str]:
    r"""``\sigma``: of the cases with a variance the one in which it is not 0 is looked at."""
    return [r"\sigma"] if any(key_of(part) == r"\sigma" for side in sides for part in side.walk()) else []


def _is_accented(node: Node) -> bool:
    return node.kind == "font" and node.text in ACCENTS and key_of(node) is not None


def _put(node: Node, known: Mapping[str, Node]) -> Node:
    if _is_accented(node) and (meant := known.get(plain_text([node]))) is not None:
        return Node("fence", "( )", (meant,))
    return replace(node, children=tuple(_put(child, known) for child in node.children))


__all__ = ["defined_instances"]
