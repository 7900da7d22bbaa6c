"""Expectations: linear, split over independent parts, moments from the declared law.

A random letter with an index is an independent, identically distributed family. Letters are independent of each other only
within a declared group; E[XY] of letters that may depend on each other is an atom, known to exist by their moments, in which
variances and covariances are written. Conditional expectations are atoms that are functions of their conditions.

Read ``means`` (the linear rules), then ``letters`` with ``formulas`` (one random letter and its law), ``families`` (sums and
products over independent members), ``conditional``, ``events``, ``vectors``; ``closed`` puts closed forms in at a point.
"""

from derive.kernel.expectation.means import expectation_value
from derive.kernel.expectation.randomness import is_random, random_in

__all__ = ["expectation_value", "is_random", "random_in"]
