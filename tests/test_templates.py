"""Templates of the user's: blocks in place of ours, and nothing that reaches beyond the page and their folder."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
import tiny_topic

from derive.cli import main
from derive.core import InputError
from derive.judge import judge
from derive.report import Report
from derive.worker import can_fork
from derive.writers import WRITERS, Layout, users_templates

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="3"/></svg>'
JINJA = tuple(format for format in ("md", "tex", "html") if format in WRITERS)


@pytest.fixture(scope="module")
def report() -> Report:
    return judge(tiny_topic.derivation())


def written(report: Report, folder: Path, text: str, format: str = "md") -> str:
    (folder / f"handout.{format}.j2").write_text(text, encoding="utf-8")
    page = WRITERS[format](report, Layout(templates=folder))
    assert isinstance(page, str)
    return page


@pytest.mark.parametrize("format", JINJA)
def test_an_empty_folder_changes_nothing(report: Report, tmp_path: Path, format: str) -> None:
    assert WRITERS[format](report, Layout(templates=tmp_path)) == WRITERS[format](report, Layout())


@pytest.mark.parametrize("ours", ["handout.md.j2", "derive:handout.md.j2"])
def test_a_block_in_place_of_ours(report: Report, tmp_path: Path, ours: str) -> None:
    text = written(
        report, tmp_path, f'{{% extends "{ours}" %}}\n{{% block course %}}\n*Analysis II*\n\n{{% endblock %}}\n'
    )
    plain = str(WRITERS["md"](report, Layout()))
    title, rest = plain.split("\n\n", 1)
    assert text == f"{title}\n\n*Analysis II*\n\n{rest}"


@pytest.mark.parametrize("format", JINJA)
def test_every_format_has_the_same_places(report: Report, tmp_path: Path, format: str) -> None:
    begin, end = ("<%", "%>") if format == "tex" else ("{%", "%}")
    places = ("logo", "course", "author", "legend", "totals", "sources", "end")
    blocks = [f"{begin} block {name} {end}PLACE OF {name.upper()}{begin} endblock {end}" for name in places]
    text = written(report, tmp_path, "\n".join([f'{begin} extends "handout.{format}.j2" {end}', *blocks]), format)
    found = [text.find(f"PLACE OF {name.upper()}") for name in places]
    assert min(found) >= 0 and found == sorted(found)


def test_the_words_of_a_step_can_be_laid_out_anew(report: Report, tmp_path: Path) -> None:
    text = '{% extends "handout.md.j2" %}{% block step scoped %}STEP {{ block.id }} {{ words("status.proved") }}\n{% endblock %}'
    assert written(report, tmp_path, text).count("STEP ") == len(report.steps)


def test_pictures_go_into_the_page(report: Report, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    text = '{% extends "handout.md.j2" %}{% block logo %}![]({{ file_uri("logo.svg") }}) {{ file_text("logo.svg") }} {{ file_path("logo.svg") }}\n{% endblock %}'
    first = written(report, tmp_path, text).partition("\n")[0]
    assert first.startswith("![](data:image/svg+xml;base64,PHN2Zy") and SVG in first
    assert first.endswith(f"{tmp_path.as_posix()}/logo.svg")


BEYOND = ("/etc/passwd", "../secret.txt", "link.txt", "nothing.svg", "..", "")


@pytest.mark.parametrize("name", BEYOND)
@pytest.mark.parametrize("function", ["file_text", "file_uri", "file_path"])
def test_no_file_beyond_the_folder(report: Report, tmp_path: Path, name: str, function: str) -> None:
    folder = tmp_path / "blocks"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(InputError, match=r"handout\.md\.j2, line 2: there is no file"):
        written(report, folder, f'\n{{{{ {function}("{name}") }}}}')


@pytest.mark.parametrize("name", ["../other.md.j2", "/etc/passwd", "link.j2", "derive:../pyproject.toml", "nothing.j2"])
def test_no_template_beyond_the_folders(report: Report, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "blocks"
    folder.mkdir()
    (tmp_path / "other.md.j2").write_text("secret", encoding="utf-8")
    (folder / "link.j2").symlink_to(tmp_path / "other.md.j2")
    with pytest.raises(InputError, match=r"handout\.md\.j2, line 1: "):
        written(report, folder, f'{{% include "{name}" %}}')


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('{% extends "handout.md.j2" %}\n{% block logo %}{{ logo }}{% endblock %}', r"line 2: 'logo' is undefined"),
        ("one\ntwo {{ page.title", r"line 2: unexpected end of template"),
        ("{% block logo %}", r"line 1: Unexpected end of template"),
        ("\n\n{{ page.title | shout }}", r"line 3: No filter named 'shout'"),
        ("{{ page.__class__.__mro__ }}", r"line 1: access to attribute '__class__' of 'Page' object is unsafe"),
        ("{{ words.texts.clear() }}", r"line 1: access to attribute 'clear' of 'dict' object is unsafe"),
        ("{{ ''.format.__globals__ }}", r"line 1: access to attribute '__globals__'"),
        ("{% for i in range(10**7) %}{% endfor %}", r"line 1: Range too big"),
        ("{{ 1 / 0 }}", r"line 1: division by zero"),
        ("{{ lipsum() }}", r"line 1: 'lipsum' is undefined"),
        ("{{ [1, 2] | random }}", r"line 1: No filter named 'random'"),
        ("{{ page | attr('__class__') }}", r"line 1: access to attribute '__class__'"),
        ("{{ '{0.__class__}'.format(page) }}", r"line 1: access to attribute '__class__'"),
    ],
)
def test_a_broken_template_is_named_with_line_and_cause(report: Report, tmp_path: Path, text: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as error:
        written(report, tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path}/handout.md.j2, line ") and "\n" not in str(error.value)


ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
LONG = "{% for i in range(99999) %}" + "x" * 100 + "{% endfor %}"
DEEP = "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"
LARGE = "{{ 'x' * 10**11 }}"


@pytest.mark.skipif(not can_fork(), reason="templates run in this process")
@pytest.mark.parametrize("text", [ENDLESS, LONG, DEEP, LARGE, "{{ 9 ** (9 ** 9) }}"])
def test_what_does_not_end_is_ended(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(users_templates, "PATIENCE", 0.5)
    with pytest.raises(InputError, match=r"handout\.md\.j2"):
        written(report, tmp_path, text)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "handout.md.j2").write_text("{{ nothing }}", encoding="utf-8")
    target = tmp_path / "page.md"
    assert main(["cliff", "--template", str(tmp_path), "-o", str(target)]) == 2
    assert not target.exists()
    assert capsys.readouterr().err == f"derive: {tmp_path}/handout.md.j2, line 1: 'nothing' is undefined\n"


def test_a_claim_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "A10", "--language", "de", "-f", "md"]) == 0
    assert "# Behauptung A10" in capsys.readouterr().out


def test_templates_to_begin_with(report: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "blocks"
    assert main(["template", str(folder)]) == 0
    assert "handout.md.j2: written" in capsys.readouterr().out
    for format in (*JINJA, *(("pdf",) if find_spec("typst") else ())):
        page = WRITERS[format](report, Layout(templates=folder))
        assert format == "pdf" or "Name of the course" in str(page)
    assert "--link: #8a1538" in str(WRITERS["html"](report, Layout(templates=folder)))
    (folder / "handout.md.j2").write_text("mine", encoding="utf-8")
    assert main(["template", str(folder)]) == 0
    assert "handout.md.j2: is there, left as it is" in capsys.readouterr().out
    assert WRITERS["md"](report, Layout(templates=folder)) == "mine"
