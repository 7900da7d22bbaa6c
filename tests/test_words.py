"""The fixed words: every language says everything that is asked of it, and nothing is written down that nobody says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_topic

from derive.core import InputError, Status
from derive.judge import judge
from derive.kernel import AXIOMS
from derive.kernel.series_axioms import SERIES
from derive.ledger import Outcome, Truth
from derive.report import Report
from derive.writers import BINARY, WRITERS, Layout
from derive.writers.words import ENGLISH, languages, places, words

ROOT = Path(__file__).parent.parent
OTHERS = languages()[1:]
SOURCES = [*sorted((ROOT / "derive").rglob("*.py")), *sorted((ROOT / "templates").rglob("*.j2"))]
SAID = re.compile(r"""\b(?:say|words)\(\s*["']((?:[a-z_]+\.)+[a-z_]+)["']""")
"""``say("page.totals"`` in code and in templates."""
NAMED = re.compile(r"""f["']((?:[a-z_]+\.)+)\{[^{}"']+\}["']""")
"""A family of keys, made by a name."""


def english() -> dict[str, object]:
    return dict(words().texts)


@pytest.fixture(scope="module")
def report() -> Report:
    return judge(tiny_topic.derivation())


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_key(language: str) -> None:
    ours, theirs = words().texts, words(language).texts
    assert list(theirs) == list(ours)
    for key, text in ours.items():
        assert places(theirs[key]) == places(text), key
        assert isinstance(theirs[key], str) == isinstance(text, str), key


def test_no_key_is_unused_and_none_is_missing() -> None:
    said, families = set[str](), set[str]()
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        said |= set(SAID.findall(text))
        families |= set(NAMED.findall(text))
    keys = set(english())
    assert said <= keys
    families = {family for family in families if any(key.startswith(family) for key in keys)}
    unused = {key for key in keys - said if key.rpartition(".")[0] + "." not in families}
    assert not unused


def members(family: str) -> set[str]:
    return {key.removeprefix(family) for key in english() if key.startswith(family)}


def test_families_are_those_of_the_program() -> None:
    """A key that is made from a name: one for each name, and no other."""
    assert members("status.") == set(Status)
    assert members("claims.verdict.") == members("claims.meaning.") == {truth.replace(" ", "_") for truth in Truth}
    assert members("claims.holds.") == {outcome.name.lower() for outcome in Outcome} | {"as"}
    assert members("theorem.") <= {*AXIOMS, *SERIES, "unnamed"}
    from derive.formula.given import PROPERTIES

    assert members("property.") == {*PROPERTIES.values(), "convex"}


@pytest.mark.parametrize("format", WRITERS)
def test_a_german_page_says_nothing_in_english_itself(report: Report, format: str) -> None:
    if format in BINARY or format in ("json", "ipynb"):
        pytest.skip("no page of text")
    text = WRITERS[format](report, Layout(language="de"))
    assert isinstance(text, str)
    assert "bewiesen" in text and "gilt nicht bei" in text and "angenommen" in text
    for word in ("not proved", "shown on purpose", "fails at", "true if", "This page", "Relies on", "rounding bound"):
        assert word not in text, word


def test_the_measured_half_stays_as_it_is(report: Report) -> None:
    """JSON is for programs."""
    assert WRITERS["json"](report, Layout(language="de")) == WRITERS["json"](report, Layout())


def test_plural_forms() -> None:
    say = words("de")
    assert say("numpy.points", count=1) == "1 Punkt" and say("numpy.points", count=64) == "64 Punkte"
    assert say("page.sources", count=2, sources="a; b") == "Quellen: a; b."


def test_what_is_put_in_is_not_read_as_a_place() -> None:
    assert words()("page.totals", totals="{totals} {x}") == "This page: {totals} {x}."


# ---------------------------------------------------------------------------------------------------- a user's language


def own(folder: Path, text: str, language: str = "fr") -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / f"{language}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_language_is_a_file(report: Report, tmp_path: Path) -> None:
    text = '[status]\nproved = "démontré"\n[numpy]\npoints = { one = "un point", other = "{count} points" }\n'
    layout = Layout(language="fr", templates=own(tmp_path, text))
    page = WRITERS["md"](report, layout)
    assert "✓ démontré · ≈ checked numerically" in str(page)
    assert words("fr", tmp_path)("numpy.points", count=1) == "un point"
    assert languages(tmp_path) == ("en", "de", "fr")


def test_a_users_words_go_before_ours(report: Report, tmp_path: Path) -> None:
    layout = Layout(language="de", templates=own(tmp_path, '[page]\ntotals = "Bilanz: {totals}."\n', "de"))
    assert "*Bilanz: 3 bewiesen" in str(WRITERS["md"](report, layout))
    assert "*Diese Seite: 3 bewiesen" in str(WRITERS["md"](report, replace(layout, templates=None)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[page]\ntotal = "x"', "has the unknown key 'page.total', did you mean 'page.totals'"),
        (
            '[page]\ntotals = "{count} in all"',
            r"page.totals has the place \{count\} but no value for it; it may have \{totals\}",
        ),
        ("[page]\ntotals = 3", "page.totals is no text"),
        ('[status]\nproved = { one = "a", other = "b" }', "status.proved counts nothing"),
        ("[page", "is not TOML"),
        ('[page]\ntotals = "' + "x" * 100_000 + '"', "larger than"),
    ],
)
def test_a_broken_file_of_words_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        words("fr", own(tmp_path, text))
    assert "fr.toml" in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("language", ["xx", "../en", "/etc/passwd", "EN", ""])
def test_an_unknown_language_is_refused(tmp_path: Path, language: str) -> None:
    with pytest.raises(InputError, match="there are no words in the language"):
        words(language, own(tmp_path, ""))


def test_no_words_from_beyond_the_folder(tmp_path: Path) -> None:
    (tmp_path / "fr.toml").write_text("", encoding="utf-8")
    (tmp_path / "blocks" / "words").mkdir(parents=True)
    (tmp_path / "blocks" / "words" / "fr.toml").symlink_to(tmp_path / "fr.toml")
    with pytest.raises(InputError, match="a link that leads out"):
        words("fr", tmp_path / "blocks")


def test_english_is_the_default() -> None:
    assert words().language == Layout().language == ENGLISH
