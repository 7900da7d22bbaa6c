r"""The j of engineers: the imaginary unit where ``e^{j \omega t}`` is written and j counts nothing in the whole text."""

from __future__ import annotations

from collections.abc import Iterable

from derive.notation import Node
from derive.notes.unknown import SUMS

J = "j"


def writes_j(formulas: Iterable[Node]) -> bool:
    """It stands above an e, beside another factor or by itself with a minus, and nowhere below a letter; a sum that runs through j
    speaks of another one."""
    raised = False
    for node in (part for formula in formulas for part in formula.walk() if part.kind == "scripts"):
        for sign, script in zip((one for one in node.text if one != "'"), node.children[1:], strict=True):
            letters = {part.text for part in script.walk() if part.kind == "letter"}
            if J in letters and sign == "_" and node.children[0].text not in SUMS:
                return False
            raised = raised or (sign == "^" and _is_e(node.children[0]) and _multiplies(script))
    return raised


def _is_e(base: Node) -> bool:
    return base.text.replace(" ", "") in ("e", r"\mathrm{e}")


def _multiplies(script: Node) -> bool:
    """``j \\omega t``, ``- j \\theta``: first among the factors, or behind a numeral."""
    products = [part for part in script.walk() if part.kind == "product"]
    return any(_first_letter(part) == J and len(part.children) > 1 for part in products)


def _first_letter(product: Node) -> str:
    return next((part.text for part in product.children if part.kind != "number"), "")


__all__ = ["writes_j"]
