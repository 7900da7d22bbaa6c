"""LaTeX to MathML, by math-core: the only place that calls it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML

LONGEST = 20_000
"""Characters of a formula."""


class NotTypeset(ValueError):
    """The LaTeX uses what math-core does not know; the message says what."""


def mathml(latex: str, *, display: bool) -> str:
    """One ``<math>`` element as HTML text; whatever the LaTeX holds, it is no mark-up of the page. Raises NotTypeset.

    math-core says of each table that its scripts begin anew, which validators do not know; a table in a script is small.
    """
    from math_core import LatexError

    if len(latex) > LONGEST:
        raise NotTypeset(f"a formula of more than {LONGEST} characters")
    try:
        return _converter().convert_with_local_state(latex, displaystyle=display).replace(' scriptlevel="0"', "")
    except LatexError as error:
        raise NotTypeset(str(error)) from None


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)
