"""The sealed verdict. ``make`` is called by ``admit`` alone; nothing else in the project makes one.

The seal guards against our own mistakes (``replace``, ``copy``, ``pickle``, a subclass, ``object.__new__``), not against
hostile code in the same process. Between processes travels evidence, never a verdict.
"""

from __future__ import annotations

from typing import Any, NoReturn
from weakref import WeakSet

from derive.core import Claim, Evidence, Relation, Status

_SEAL = object()


class NotAdmitted(Exception):
    """The evidence does not carry the claim; the message says why."""


class Verdict:
    """What the kernel says of ``claim`` after re-checking ``evidence``.

    ``status`` is proved, supported, refuted or conditional. ``trust`` names what it relies on (``flint``,
    ``axiom:<name>``, an oracle). ``assuming`` lists the visible side conditions and the hypotheses that were used.
    ``why`` is one sentence. For a refutation ``values`` are both sides at the counterexample, as decimals or exact numbers, and
    ``repair`` is a condition under which the claim was proved after all (empty where none is known).
    """

    __slots__ = ("__weakref__", "assuming", "claim", "evidence", "repair", "status", "trust", "values", "why")

    claim: Claim
    status: Status
    evidence: Evidence
    trust: tuple[str, ...]
    assuming: tuple[Relation, ...]
    why: str
    values: tuple[str, str] | None
    repair: tuple[Relation, ...]

    def __new__(cls, seal: object = None) -> Verdict:
        if seal is not _SEAL or cls is not Verdict:
            raise TypeError("a Verdict is made by kernel.admit only")
        return super().__new__(cls)

    def __init_subclass__(cls, **_: Any) -> NoReturn:
        raise TypeError("Verdict is sealed: it has no subclasses")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a Verdict does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a Verdict does not change")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Verdict is neither copied nor pickled: keep the evidence and admit it again")

    def __copy__(self) -> NoReturn:
        raise TypeError("a Verdict is not copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        raise TypeError("a Verdict is not copied")

    def __repr__(self) -> str:
        return f"<Verdict {self.status} trust={','.join(self.trust)}: {self.why}>"


_genuine: WeakSet[Verdict] = WeakSet()


def make(
    claim: Claim,
    status: Status,
    evidence: Evidence,
    trust: tuple[str, ...],
    assuming: tuple[Relation, ...],
    why: str,
    values: tuple[str, str] | None = None,
    repair: tuple[Relation, ...] = (),
) -> Verdict:
    """Seal a verdict (for ``admit`` only)."""
    verdict = Verdict.__new__(Verdict, _SEAL)
    for name, value in (
        ("claim", claim),
        ("status", status),
        ("evidence", evidence),
        ("trust", trust),
        ("assuming", assuming),
        ("why", why),
        ("values", values),
        ("repair", repair),
    ):
        object.__setattr__(verdict, name, value)
    _genuine.add(verdict)
    return verdict


def genuine(verdict: object) -> bool:
    """True for a verdict that ``admit`` made in this process."""
    return type(verdict) is Verdict and verdict in _genuine
