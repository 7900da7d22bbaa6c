"""One node of a formula as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

KINDS = {
    "number": "a numeral; text",
    "letter": "a letter; text is x or \\alpha",
    "symbol": "a command that stands for itself: \\infty, \\partial, \\dots, \\top",
    "word": "\\operatorname{rank}, \\mathrm{RSS}, \\text{ if }: text is the command, value the words",
    "font": "\\mathbf{x}, \\hat{x}, \\overline{z}: text is the command, one child",
    "scripts": "children: base, then the scripts in the order written; text says which: '_^', \"'\"",
    "group": "braces around one child",
    "fence": "text is 'open close' with their sizes; one child, a list",
    "list": "children with separators between them; value holds the separators",
    "chain": "children with relation signs between them; value holds the signs",
    "sum": "children with + and - before them; value holds the signs, '' before the first where none is written",
    "product": "children with operators between them; value holds the operators, '' for mere juxtaposition",
    "command": "\\frac{a}{b}, \\sqrt[k]{a}: text is the command, children its arguments",
    "big": "\\sum_{k}, \\int: children are the operator with its scripts, and the body if any",
    "apply": "\\sin x, \\log(x): children are the function with its scripts, and the argument if any",
    "postfix": "n!: text is the sign, one child",
    "infix": "n \\choose k, in braces: text is the command, two children",
    "environment": "a matrix or cases: text is its name, children are rows",
    "row": "cells of a row",
    "empty": "nothing: an empty group, cell or side",
}


@dataclass(frozen=True, slots=True)
class Node:
    """``start`` to ``end`` of the formula's text. ``value`` holds the signs between children where there are some."""

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()
    value: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(node.children[::-1])

    def script(self, sign: str) -> Node | None:
        """What stands below ("_") or above ("^") a letter with scripts; a prime in front carries nothing."""
        order = [one for one in self.text if one != "'"]
        return self.children[1 + order.index(sign)] if self.kind == "scripts" and sign in order else None
