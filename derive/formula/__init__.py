"""LaTeX <-> Term, for the notation that ``derive`` itself writes: ``read(show(term), scope) == term``."""

from derive.formula.chain import read_chain, read_relation
from derive.formula.printer import PRINT, show, show_chain, show_relation
from derive.formula.reader import read
from derive.formula.tokens import Unread

__all__ = ["PRINT", "Unread", "read", "read_chain", "read_relation", "show", "show_chain", "show_relation"]
