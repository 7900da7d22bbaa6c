"""Which heads are continuous, and which smooth, wherever they are defined: one list for all rules that ask."""

from __future__ import annotations

_CIRCULAR = ("sin", "cos", "tan", "cot", "sec", "csc", "arctan", "arcsin", "arccos")
_OTHER = ("number", "decimal", "symbol", "constant", "add", "neg", "mul", "div", "pow", "sqrt", "exp", "log")

SMOOTH = frozenset((*_CIRCULAR, *_OTHER, "sinh", "cosh", "tanh"))
"""Heads that are continuous wherever they are defined, and analytic in the inside of that."""

CONTINUOUS = SMOOTH | {"root", "abs", "max", "min"}
"""Heads that are continuous wherever they are defined. Floor, ceiling and factorial are not."""
