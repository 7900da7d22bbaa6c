"""The examples that stand in each checker are run: what it is for, and what it must leave alone."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from derive import checkers
from derive.authoring import integer, real, scope, step
from derive.checkers.sampling import witness_for
from derive.core import Hints, Status
from derive.kernel import NotAdmitted, admit

SCOPE = scope(real("a"), real("b"), real("x"), integer("t", r"t \ge 0"))
EXAMPLES = {"PROVES": Status.PROVED, "REFUTES": Status.REFUTED, "DECLINES": None}


def examples() -> Iterator[tuple[str, str, Status | None]]:
    for module in pkgutil.iter_modules(checkers.__path__):
        for name, status in EXAMPLES.items():
            for latex in getattr(checker(module.name), name, ()):
                yield module.name, latex, status


def checker(name: str) -> ModuleType:
    return import_module(f"derive.checkers.{name}")


def own_statuses(name: str, latex: str) -> set[Status]:
    """What the kernel says to the evidence of this checker alone."""
    (claim,) = step(latex, "", SCOPE).claims
    found = set()
    for evidence in checker(name).find(claim, Hints()):
        try:
            found.add(admit(claim, evidence, witness_for(claim)).status)
        except NotAdmitted:
            continue
    return found


@pytest.mark.parametrize(("name", "latex", "status"), list(examples()))
def test_the_examples_of_the_checkers(name: str, latex: str, status: Status | None) -> None:
    wrong = {Status.PROVED} if status is None and name != "refute" else {Status.REFUTED} if status is None else set()
    found = own_statuses(name, latex)
    assert not found & wrong
    assert status is None or found == {status}


def test_there_are_examples() -> None:
    assert {status for _, _, status in examples()} == set(EXAMPLES.values())
