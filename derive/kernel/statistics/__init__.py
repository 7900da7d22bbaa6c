"""What a seeded sample can say of an average: an interval around an estimate, never a proof and never a refutation.

Read ``looks`` (how many samples could have been drawn, and how certain one must be for all of them together), ``radii`` (how far a
mean may lie from its expectation), ``grid`` and ``bounded`` (the estimators), then ``support`` (what a claim gains by it).
"""

from derive.kernel.statistics.support import sampled

__all__ = ["sampled"]
