"""Where no point was found at which a claim fails: try to prove what contradicts it. ``≠`` and strict relations between sides
that are equal everywhere are found here, and relations whose sides cannot be computed at a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.checkers import asymptotic, cite, different_traces, induct, integrate, normalise, squares, summing
from derive.checkers.sampling import sample, witness_for
from derive.core import Claim, Evidence, Hints, Opposite, Point

PROVERS = (normalise.find, asymptotic.find, summing.find, integrate.find, induct.find, cite.find, squares.find)
TRIED = {"!=": ("=",), "=": ("!=",), "<": ("=", ">="), ">": ("=", "<="), "<=": (">",), ">=": ("<",)}

REFUTES = (r"\sum_{k=0}^{\infty} \frac{x^k}{k!} \ne e^x", r"e^{a + b} < e^a e^b")
DECLINES = (r"e^x > x", r"a^2 + b^2 + 1 > a b")


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    point: Point | None = None
    for relation in TRIED.get(claim.relation, ()):
        other = replace(claim, relation=relation)
        for prover in PROVERS if relation != "!=" else (different_traces.find,):
            for evidence in prover(other, Hints()):
                point = point or witness_for(other) or next(iter(sample(claim.scope, 1)), None)
                if point is None:
                    return
                yield Opposite(relation, evidence, point)
