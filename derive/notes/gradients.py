"""``\\nabla f(x)`` and ``\\nabla^2 f(x)``: the gradient and the Hessian by the letter that a function is applied to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.notation import Node
from derive.notes.roles import key_of
from derive.notes.rules import call_of

NABLA = "\\nabla"


@dataclass(frozen=True, slots=True)
class GradientCall:
    """``order`` 1 or 2; ``function`` and ``brackets``: what is applied to what; ``letter``: the key of the letter in the brackets;
    ``above``: what stands above the brackets, a transposition say."""

    order: int
    function: Node
    brackets: Node
    letter: str
    above: Node | None = None


def gradient_call(factors: Sequence[Node], operators: Sequence[str]) -> GradientCall | None:
    """The call with which a product begins, if it does. One place of ``operators`` stands in front of each factor."""
    if len(factors) < 3 or (order := _order(factors[0])) == 0 or any(operators[1:3]):
        return None
    function, brackets = factors[1], factors[2]
    above = brackets if brackets.kind == "scripts" and brackets.text == "^" else None
    brackets = brackets.children[0] if above is not None else brackets
    called = call_of(function, brackets)
    if called is None or called[1] or called[2].kind not in ("letter", "font") or (letter := key_of(called[2])) is None:
        return None
    return GradientCall(order, function, brackets, letter, above)


def gradient_in(node: Node) -> GradientCall | None:
    """The call that the formula is, if it is one."""
    if node.kind != "product":
        return None
    return gradient_call(node.children, ("", *node.value)) if len(node.children) == 3 else None


def _order(node: Node) -> int:
    """1 for nabla, 2 for its square, 0 for anything else."""
    if node.text == NABLA:
        return 1
    if node.kind != "scripts" or node.text != "^" or node.children[0].text != NABLA:
        return 0
    above = node.children[1].children[0] if node.children[1].kind == "group" else node.children[1]
    return 2 if above.text == "2" else 0


__all__ = ["GradientCall", "gradient_call", "gradient_in"]
