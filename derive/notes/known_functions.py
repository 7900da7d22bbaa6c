r"""Functions that a text may name in a declaration, ``sigma = logistic``, and what they are of an argument."""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.formula.given import with_backslashes

KNOWN = {
    "logistic": r"\frac{1}{1 + \exp\left(-\left(#\right)\right)}",
    "sigmoid": r"\frac{1}{1 + \exp\left(-\left(#\right)\right)}",
    "softplus": r"\ln\left(1 + \exp\left(#\right)\right)",
    "relu": r"\max\left(0, #\right)",
    "tanh": r"\tanh\left(#\right)",
    "sinh": r"\sinh\left(#\right)",
    "cosh": r"\cosh\left(#\right)",
    "sin": r"\sin\left(#\right)",
    "cos": r"\cos\left(#\right)",
    "exp": r"\exp\left(#\right)",
    "log": r"\ln\left(#\right)",
    "square": r"\left(#\right)^2",
    "identity": r"\left(#\right)",
}
"""``#`` stands for the argument."""
_NAMED = re.compile(r"\s*(?P<letter>\\?[A-Za-z]+)\s*(?:\([A-Za-z]\)\s*)?=\s*\\?(?P<function>[A-Za-z]+)\s*")


def named_function(item: str) -> tuple[str, str] | None:
    """The letter and the function of ``sigma = logistic``; None for other items."""
    found = _NAMED.fullmatch(item)
    if found is None or found["function"].lower() not in KNOWN:
        return None
    return with_backslashes(found["letter"]).strip(), found["function"].lower()


def value_of(function: str, argument: str) -> str:
    """The function of an argument, in LaTeX."""
    return KNOWN[function].replace("#", argument)


Named = Mapping[str, str]
"""By the letter, the name of a known function."""
