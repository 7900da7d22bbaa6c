"""Exercise sheets: no answer on the sheet, every answer of the key judged, other numbers for each seed, the same seed the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from derive import catalog
from derive.cli import main
from derive.commands.worksheet import key_path, wrong_answers
from derive.core import Derivation, Prose, Status, Step
from derive.judge import judge
from derive.listing import names, topic
from derive.report import Report
from derive.variant import PRINTED, Variant, pick
from derive.writers import WRITERS, Layout
from derive.writers.page import Page, Paragraph, ShownStep, page
from derive.writers.sheet import TELLING, answer

SEEDS = (1, 2, 3)
JUDGED = ("latching", "power-method", "random-product", "clipping")
SHEETS = ("vanishing", "momentum", "initialization")
UNCHANGED = {
    "cliff": {3},
    "floating-point": {3},
    "inexact-gradients": {2},
    "initialization": {2},
    "momentum": {2},
    "newton": {3},
    "power-method": {1},
    "random-product": {1},
    "remedies": {3},
    "saturation": {1, 2},
    "second-order": {2, 3},
}
"""Exercises without a number to change: they speak of all values of their letters, or of one function."""


def made(name: str, variant: Variant) -> Derivation:
    module = topic(name)
    derivation: Derivation = module.derivation(module.Options(**catalog.drawn(name, {}, variant)), variant)
    return derivation


def exercises(name: str, variant: Variant) -> list[str]:
    """Each exercise with its solution, as text."""
    blocks = made(name, variant).sections[-1].blocks
    starts = [k for k, block in enumerate(blocks) if isinstance(block, Prose) and block.question]
    return [repr(blocks[start:end]) for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


@cache
def report(name: str, seed: int | None = None) -> Report:
    return catalog.report(name, {}, seed or 0, None, Variant(seed))


def sheet(name: str, seed: int | None = None, of: str = "questions") -> Page:
    return page(report(name, seed), Layout(sheet=of))


def words(shown: Page) -> str:
    return "\n".join(
        block.text for section in shown.sections for block in section.blocks if isinstance(block, Paragraph)
    )


# ---------------------------------------------------------------------------------------------------------- the numbers


@pytest.mark.parametrize("name", names())
def test_every_seed_changes_what_can_be_changed(name: str) -> None:
    """No exercise has the printed numbers, no two sheets are the same, and what is said not to change does not."""
    printed = exercises(name, PRINTED)
    variants = [exercises(name, Variant(seed)) for seed in SEEDS]
    for position, text in enumerate(printed, 1):
        seen = {variant[position - 1] for variant in variants}
        if position in UNCHANGED.get(name, ()):
            assert seen == {text}
        else:
            assert text not in seen, position
    assert len(set(map(tuple, variants))) == len(SEEDS)


def test_the_printed_handout_has_its_own_numbers() -> None:
    module = topic("momentum")
    assert module.derivation(module.Options()) == module.derivation(module.Options(), PRINTED)
    assert catalog.drawn("momentum", {}, PRINTED) == {}


def test_a_number_depends_on_the_seed_and_its_name_alone() -> None:
    assert pick(PRINTED, "n", 1, 2, 3) == 1
    drawn = [pick(Variant(seed), "n", 1, 2, 3) for seed in range(30)]
    assert set(drawn) == {2, 3}
    assert drawn != [pick(Variant(seed), "m", 1, 2, 3) for seed in range(30)]


def test_an_option_that_is_given_is_kept() -> None:
    assert "n" in catalog.drawn("vanishing", {}, Variant(1))
    assert "n" not in catalog.drawn("vanishing", {"n": "5"}, Variant(1))


# -------------------------------------------------------------------------------------------------------------- the key


@pytest.mark.parametrize("name", JUDGED)
def test_keys_are_judged_as_intended(name: str) -> None:
    whole = made(name, Variant(4 + JUDGED.index(name)))
    key = judge(replace(whole, opening=(), sections=whole.sections[-1:]), numeric=False, patience=60)
    assert len(key.steps) > 5 and wrong_answers(key) == () and key.alarms == ()


def test_a_wrong_answer_is_an_alarm_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from derive.topics.momentum import practice

    broken = practice.approximate
    monkeypatch.setattr(
        practice,
        "approximate",
        lambda *given, **more: _spoilt(broken(*given, **more)) if "mu" in given[0] else broken(*given, **more),
    )
    monkeypatch.chdir(tmp_path)
    assert main(["momentum", "--worksheet", "--seed", "1", "-o", "sheet.md", "--no-cache"]) == 3
    assert list(tmp_path.iterdir()) == []
    assert "of the key is refuted" in capsys.readouterr().err


def _spoilt(step: Step) -> Step:
    """With both sides of its claim the wrong way round about 1."""
    (claim,) = step.claims
    return replace(step, claims=(replace(claim, lhs=claim.rhs, relation="!=", rhs=claim.rhs),))


@pytest.mark.parametrize("name", SHEETS)
def test_the_key_has_the_steps_of_the_sheet_whole(name: str) -> None:
    shown = [b.id for s in sheet(name, 1, "key").sections for b in s.blocks if isinstance(b, ShownStep)]
    asked = re.findall(r"^\*\*\(([0-9.]+)\)\*\*", words(sheet(name, 1)), re.MULTILINE)
    assert asked and asked == shown[: len(asked)]
    assert all(identity.startswith(shown[-1].split(".")[0]) for identity in shown[len(asked) :])


# ------------------------------------------------------------------------------------------------------------ the sheet


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("format", ["md", "html", "tex", "terminal"])
def test_blanks_do_not_leak_the_answer(name: str, format: str) -> None:
    told = "".join(str(WRITERS[format](report(name, 1), Layout(sheet="questions"))).split())
    key = [b for s in sheet(name, 1, "key").sections for b in s.blocks if isinstance(b, ShownStep)]
    hidden = ["".join(answer(step).split()) for step in key if f"({step.id})" in told and len(step.links) > 1]
    assert len(hidden) > 3
    assert [text for text in hidden if len(text) >= TELLING and text in told] == []


@pytest.mark.parametrize("name", SHEETS)
def test_no_solution_and_no_mark_on_the_sheet(name: str) -> None:
    shown = sheet(name, 1)
    assert not any(isinstance(block, ShownStep) for section in shown.sections for block in section.blocks)
    text = str(WRITERS["md"](report(name, 1), Layout(sheet="questions")))
    assert "Solution" not in text and "derive: here" not in text
    assert not any(mark in text for mark in "✓✗○≈?" if mark != "?")
    assert text.count("**Exercise ") == 3


def test_only_what_is_proved_is_asked_for() -> None:
    by_id = {step.id: step for step in report("vanishing", 1).steps}
    asked = re.findall(r"\*\*\(([0-9.]+)\)\*\*", words(sheet("vanishing", 1)))
    assert len(asked) == 9
    assert all(by_id[identity].status == Status.PROVED for identity in asked)


def test_named_sections_have_more_blanks_and_no_other() -> None:
    shown = page(report("vanishing", 1), Layout(sections=("powers", "fate"), sheet="questions"))
    asked = re.findall(r"\*\*\(([0-9]+)\.", words(shown))
    assert set(asked) == {"1", "2"} and len(asked) > 6
    assert "**Exercise" not in words(shown)


# ---------------------------------------------------------------------------------------------------- the command line


def test_same_seed_same_bytes_another_seed_other_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {}
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        target = tmp_path / f"{name}.md"
        assert main(["momentum", "--worksheet", "--seed", seed, "-o", str(target)]) == 0
        pages[name] = target.read_bytes() + key_path(target).read_bytes()
    assert pages["a"] == pages["b"] != pages["c"]
    assert b"variant = 7" in pages["a"] and b"seed = 8" in pages["c"]
    assert "every answer was judged" in capsys.readouterr().err


@pytest.mark.parametrize("format", ["pdf", "html", "tex", "ipynb"])
def test_other_formats(format: str, tmp_path: Path) -> None:
    target = tmp_path / f"sheet.{format}"
    assert main(["initialization", "--worksheet", "--seed", "2", "-o", str(target)]) == 0
    assert target.stat().st_size > 1000 and key_path(target).stat().st_size > 1000
    if format == "ipynb":
        assert all(
            cell["cell_type"] == "markdown" or cell["id"] == "imports"
            for cell in json.loads(target.read_text())["cells"]
        )


def test_to_standard_output_goes_the_sheet_alone(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["initialization", "--worksheet", "-f", "md"]) == 0
    out, err = capfd.readouterr()
    assert out.startswith("# Exercise sheet") and "Key to" not in out and "variant" not in out
    assert "give -o FILE" in err


def test_data_is_no_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["initialization", "--worksheet", "-f", "json"]) == 2
    assert "no exercise sheet as json" in capsys.readouterr().err


def test_fixed_words_in_german() -> None:
    shown = page(report("initialization"), Layout(language="de", sheet="questions"))
    assert shown.title.startswith("Übungsblatt: ") and "Datum" in words(shown)
