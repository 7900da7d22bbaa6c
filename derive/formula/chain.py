"""Relations: formulas joined by relation signs."""

from __future__ import annotations

from derive.core import Relation, Scope
from derive.formula.notation import RELATION_SIGNS
from derive.formula.reader import Reader
from derive.formula.tokens import Unread


def read_chain(latex: str, scope: Scope) -> tuple[Relation, ...]:
    """``a = b \\le c`` gives the relations ``a = b`` and ``b <= c``; a full stop or comma at the end is dropped.

    Raises ``Unread``, also for a formula without relation sign.
    """
    reader = Reader(latex, scope)
    sides, signs = [reader.side()], []
    while reader.token.text in RELATION_SIGNS:
        signs.append(RELATION_SIGNS[reader.advance().text])
        sides.append(reader.side())
    if reader.token.text in (".", ","):
        reader.advance()
    reader.end()
    if not signs:
        reader.fail("no relation sign")
    return tuple(map(Relation, sides, signs, sides[1:]))


def read_relation(latex: str, scope: Scope) -> Relation:
    """Exactly one relation. Raises ``Unread``."""
    relations = read_chain(latex, scope)
    if len(relations) > 1:
        raise Unread("more than one relation sign", 0)
    return relations[0]
