"""The labelled notes: what is sound raises no alarm, what is wrong raises one at its very place, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from labelled_notes import ALARMS, FOLDER, checked, labels, meant, notes, place_of

KNOWN: dict[str, str] = {
    "wrong/determinant-of-a-multiple.md": "an identity matrix of which nothing says the size",
    "wrong/hyperbolic.md": "an equation between a function and a number may be one to be solved",
    "wrong/macros.tex": "a polynomial identity that stands alone is taken for an equation",
    "wrong/transposed-product.tex": "sizes of matrices are not told apart",
}
"""Documents of which the tool does not yet say what their author says, and why."""


def documents(kind: str) -> list[object]:
    """The paths of a folder, those that are known to fail marked so."""
    return [
        pytest.param(
            FOLDER / kind / name,
            id=name,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN[f"{kind}/{name}"])] if f"{kind}/{name}" in KNOWN else [],
        )
        for name in notes(kind)
    ]


@pytest.mark.parametrize("path", documents("sound"))
def test_no_alarm(path: Path) -> None:
    text, found = checked(path)
    assert found, "nothing was read of it"
    assert [(text[one.start : one.end], one.status, one.words) for one in found if one.is_alarm] == []


@pytest.mark.parametrize("path", documents("wrong"))
def test_every_marked_line_is_alarmed(path: Path) -> None:
    text, found = checked(path)
    marked = [meant(label, text, found) for label in labels(path)]
    assert marked and None not in marked
    said = [(text[one.start : one.end], one.status, one.words) for one in marked if one and not one.is_alarm]
    assert said == []


@pytest.mark.parametrize("name", notes("wrong"))
def test_nothing_else_is_alarmed(name: str) -> None:
    path = FOLDER / "wrong" / name
    text, found = checked(path)
    marked = {place_of(label, text)[1] for label in labels(path)}
    assert [text[one.start : one.end] for one in found if one.is_alarm and one.end not in marked] == []


@pytest.mark.parametrize("path", documents("run"))
def test_the_verdicts_listed(path: Path) -> None:
    text, found = checked(path)
    due = labels(path)
    assert due
    assert [(label.text, one.status if (one := meant(label, text, found)) else "") for label in due] == [
        (label.text, label.status) for label in due
    ]


def test_labels_are_known_statuses() -> None:
    for kind, statuses in (
        ("sound", set()),
        ("wrong", {"wrong"}),
        ("run", {"proved", "undecided", "supported", "unread", "assumed", *ALARMS}),
    ):
        for name in notes(kind):
            assert {label.status for label in labels(FOLDER / kind / name)} <= statuses, name
