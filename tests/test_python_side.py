"""`derive.check` as a function: notes, or one line."""

from __future__ import annotations

import json

import pytest

import derive
from derive.core import InputError, Status


@pytest.mark.parametrize(("given", "status"), [("x > 0", Status.PROVED), ("x in R", Status.REFUTED)])
def test_one_line(given: str, status: Status) -> None:
    (step,) = derive.check(r"\sqrt{x^2} = x", given=given).steps
    assert step.status == status


def test_what_is_given_holds_in_every_section_of_notes() -> None:
    text = "# One\n\n$$ \\sqrt{x^2} = x = x + 0 $$\n\n# Two\n\n$$ |x| = x = x + 0 $$\n"
    assert [step.status for step in derive.check(text, given="x > 0").steps] == [Status.PROVED] * 4
    assert derive.check(text).steps[0].status != Status.PROVED


def test_the_report_is_json() -> None:
    report = json.loads(derive.check("$$ (x+1)^2 = x^2 + 2x + 1 = x^2 + 1 $$").to_json())
    assert [finding["verdict"] for finding in report["files"][0]["findings"]] == ["proved", "refuted"]


@pytest.mark.parametrize(("text", "given"), [(r"\foo = 1", ""), ("x = x", "x in Q9"), ("$$ x = x = x $$", "x in Q9")])
def test_what_cannot_be_read_is_said(text: str, given: str) -> None:
    with pytest.raises(InputError):
        derive.check(text, given=given)


def test_the_module_does_not_hide_the_function() -> None:
    import derive.checking

    assert derive.checking and callable(derive.check)
