"""Relations: formulas joined by relation signs."""

from __future__ import annotations

from derive.core import Relation, Scope, Term
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
        sign = RELATION_SIGNS[reader.advance().text]
        order = sign == "=" and _is_order(reader, scope)
        signs.append("O" if order else sign)
        sides.append(_order(reader) if order else reader.side())
    if reader.token.text in (".", ","):
        reader.advance()
    reader.end()
    if not signs:
        reader.fail("no relation sign")
    return tuple(map(Relation, sides, signs, sides[1:]))


def _is_order(reader: Reader, scope: Scope) -> bool:
    """``O(`` stands next, and O is not a declared letter."""
    following = reader.tokens[min(reader.place + 1, len(reader.tokens) - 1)]
    declared = any(declaration.name == "O" for declaration in scope.declarations)
    return reader.token.text == "O" and following.text == "(" and not declared


def _order(reader: Reader) -> Term:
    """The argument of ``O(...)``, which must be the whole side."""
    reader.advance()
    reader.advance()
    term = reader.group(")")
    if reader.token.kind != "end" and reader.token.text not in (*RELATION_SIGNS, ".", ","):
        reader.fail("O(...) must be a whole side")
    return term


def read_relation(latex: str, scope: Scope) -> Relation:
    """Exactly one relation. Raises ``Unread``."""
    relations = read_chain(latex, scope)
    if len(relations) > 1:
        raise Unread("more than one relation sign", 0)
    return relations[0]
