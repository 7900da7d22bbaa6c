"""LaTeX <-> syntax tree, for the notation of lecture notes: ordered and loss-free, with the place of every node in the text.

It says how a formula is built, not what it means: whether ``f(x)`` is a call or a product is decided elsewhere, over the whole text.
"""

from derive.notation.lexer import Unparsed
from derive.notation.nodes import Node
from derive.notation.parser import parse
from derive.notation.printer import show

__all__ = ["Node", "Unparsed", "parse", "show"]
