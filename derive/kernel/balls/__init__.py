"""Rigorous evaluation of a term at an exact point: exact rational numbers as long as they last, then Arb balls.

One rule a head, in ``table``. A value stays an exact rational (or Gaussian rational, or a matrix of them) while every
operation allows it and the numbers stay small; then it becomes a ball, which always contains the exact value. Balls
that are disjoint prove ``different``; equality is proved by exact values only. A part that is not certainly defined
raises ``Undefined``, so whoever gets a value knows that every subterm is defined, with a finite ball.

Read ``values`` (what a term can be worth), ``place`` (the walk), ``table``, then the file of the rule that interests
you; ``asking`` and ``comparing`` are what the rest of the kernel calls.
"""

from derive.kernel.balls.asking import approximates, compute, evaluate, exact, holds
from derive.kernel.balls.comparing import certainly_at_most, certainly_less, separated
from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.numerals import decimal_tolerance
from derive.kernel.balls.outside import Ball, BallMatrix
from derive.kernel.balls.place import Env, Here, Rule
from derive.kernel.balls.table import BALLS

__all__ = [
    "BALLS",
    "Ball",
    "BallMatrix",
    "Env",
    "Here",
    "Rule",
    "Unclear",
    "Undefined",
    "approximates",
    "certainly_at_most",
    "certainly_less",
    "compute",
    "decimal_tolerance",
    "evaluate",
    "exact",
    "holds",
    "separated",
]
