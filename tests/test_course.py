"""Courses: topics and own texts become a site whose links resolve and one PDF; nothing is read or written beyond the folders."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from test_html import Checker

from derive import topics
from derive.cli import main
from derive.course.plan import read_course
from derive.textbook import Depth, chosen, judged
from derive.writers import Layout
from derive.writers.site import ledger

TESTS = Path(__file__).parent
PLAN = """
title = "A course, $x^2$ & more"
author = ["A. Lecturer", "<b>"]
ledger = false
pdf = false

[[part]]
file = "notes/welcome.md"

[[part]]
topic = "tiny"
title = "Second"

[[part]]
topic = "tiny"
options = { n = 3 }
"""
WELCOME = r"""# Welcome to the *course*

Let $x > 0$, <b>bold</b> and [a link](http://example.org).

1. first $a^2$
2. second
   - inside

## Warm-up

$$
\begin{align}
(x+1)^2 &= x^2 + 2x + 1 \label{eq:one} \\
        &= x(x + 2) + 1
\end{align}
$$

| a | b |
|---|---|
| 1 | 2 |

```
print("<script>")
```
"""
SLIP = r"""
$$
\begin{align*}
(x+2)^2 &= x^2 + 4x + 4 \\
        &= x^2 + 4x + 5
\end{align*}
$$
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with the small topic; work happens in its folder."""
    beside = tmp_path / "topics"
    beside.mkdir()
    text = (TESTS / "tiny_topic.py").read_text(encoding="utf-8")
    (beside / "tiny.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(topics, "__path__", [*topics.__path__, str(beside)])
    monkeypatch.delitem(sys.modules, "derive.topics.tiny", raising=False)
    course = tmp_path / "course"
    (course / "notes").mkdir(parents=True)
    (course / "course.toml").write_text(PLAN, encoding="utf-8")
    (course / "notes" / "welcome.md").write_text(WELCOME, encoding="utf-8")
    monkeypatch.chdir(course)
    return course


def built(*more: str) -> int:
    return main(["build", "course.toml", "-o", "site", "--no-cache", *more])


def files(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


def check_site(site: Path) -> dict[str, Checker]:
    """Every page is well formed, and every link leads to a file of the site and to a place on it."""
    pages: dict[str, Checker] = {}
    for path in site.glob("*.html"):
        pages[path.name] = Checker()
        pages[path.name].feed(path.read_text(encoding="utf-8"))
        assert pages[path.name].open == [] and len(pages[path.name].ids) == len(set(pages[path.name].ids))
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme and not parts.netloc and not parts.path.startswith("/"), link
            target = parts.path or name
            assert (site / target).is_file() and "/" not in target, link
            assert not parts.fragment or parts.fragment in pages[target].ids, link
    return pages


def test_a_site(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert built() == 0
    assert "notes/welcome.md: 2 relations, 2 read: 2 proved" in capsys.readouterr().err
    site = folder / "site"
    assert set(files(site)) == {"index.html", "welcome.html", "tiny.html", "tiny-2.html"}
    pages = check_site(site)
    assert pages["index.html"].links == ["welcome.html", "tiny.html", "tiny-2.html"]
    assert {"welcome.html", "tiny-2.html", "index.html"} <= set(pages["tiny.html"].links)
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "By A. Lecturer, &lt;b&gt;" in index and "<em>course</em>" in index and "Second" in index
    welcome = (site / "welcome.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;bold" in welcome and "&lt;script&gt;" in welcome and "<script>" not in welcome
    assert '<div class="step" id="step-1.1">' in welcome and "eq:one" not in welcome
    assert "<ol>\n<li>first" in welcome and "<th scope" in welcome


def test_again_the_same_and_by_several_processes(folder: Path) -> None:
    assert built() == 0
    first = files(folder / "site")
    assert built("--check") == 0
    shutil.rmtree(folder / "site")
    assert built("--check") == 1 and not (folder / "site").exists()
    assert built("--jobs", "2") == 0
    assert files(folder / "site") == first


def test_a_slip_in_an_own_text_is_found_and_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "notes" / "welcome.md").open("a", encoding="utf-8") as text:
        text.write(SLIP)
    assert built() == 1
    assert "notes/welcome.md:29:12: refuted:" in capsys.readouterr().err
    page = (folder / "site" / "welcome.html").read_text(encoding="utf-8")
    assert '<span class="mark refuted"><i>false: </i></span>' in page.partition('id="step-1.2"')[2]
    assert "shown on purpose" not in page


def test_in_german(folder: Path) -> None:
    (folder / "course.toml").write_text(PLAN.replace("[[part]]", 'language = "de"\n\n[[part]]', 1), encoding="utf-8")
    assert built() == 0
    tiny, welcome = ((folder / "site" / f"{name}.html").read_text(encoding="utf-8") for name in ("tiny", "welcome"))
    assert '<html lang="de">' in tiny and '<h1 lang="en">' in tiny and "bewiesen" in tiny
    assert '<html lang="de">' in welcome and 'lang="en"' not in welcome and "Weiter: " in welcome


@pytest.mark.skipif(find_spec("typst") is None, reason="the extra pdf is not installed")
def test_one_pdf(folder: Path) -> None:
    (folder / "course.toml").write_text(PLAN.replace("pdf = false", ""), encoding="utf-8")
    assert built() == 0
    content = (folder / "site" / "course.pdf").read_bytes()
    assert content.startswith(b"%PDF-") and 'href="course.pdf"' in (folder / "site" / "index.html").read_text("utf-8")
    check_site(folder / "site")
    assert built("--check") == 0
    pypdf = pytest.importorskip("pypdf")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "site" / "course.pdf").pages)
    for words in ("A course", "A. Lecturer", "Welcome to the course", "Second", 'print("<script>")'):
        assert words in text, words


def test_without_the_extra_the_rest_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "course.toml").write_text(PLAN.replace("pdf = false", ""), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "typst", None)
    assert built() == 0
    assert "needs the extra 'pdf'" in capsys.readouterr().err
    assert (folder / "site" / "tiny.html").is_file() and not (folder / "site" / "course.pdf").exists()


def test_the_ledger_as_a_table(tmp_path: Path) -> None:
    entries = judged(chosen(("A1", "A2", "A10"), None), Depth.READINGS)
    pages = ledger(entries, Layout(), "A course", {"vanishing": "vanishing.html"})
    assert set(pages) == {"ledger", "ledger-by-place", "ledger-by-verdict"}
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    (tmp_path / "vanishing.html").write_text("", encoding="utf-8")
    checked = check_site(tmp_path)
    assert {"A1", "A2", "A10", "show-all", "show-true"} <= set(checked["ledger.html"].ids)
    assert ".ledger:has(#show-true:checked) tbody tr:not(.true)" in pages["ledger"]
    assert "<script" not in pages["ledger"] and "Counterexample:" in pages["ledger"]


# ---------------------------------------------------------------------------------------------------------- bad courses

PART = '\n[[part]]\nfile = "notes/welcome.md"\n'
BAD = {
    "no parts": ('title = "x"', "lists no part"),
    "no title": (PART, "has no title of the right kind"),
    "unknown key": (f'title = "x"\nauthr = "y"{PART}', "unknown key 'authr', did you mean 'author'"),
    "neither": ('title = "x"\n[[part]]\ntitle = "y"', "part 1 of course.toml needs either a topic or a file"),
    "no such topic": ('title = "x"\n[[part]]\ntopic = "tinny"', "part 1 of course.toml: there is no topic 'tinny'"),
    "no such option": ('title = "x"\n[[part]]\ntopic = "tiny"\noptions = { q = 1 }', "tiny has no option 'q'"),
    "no such section": ('title = "x"\n[[part]]\ntopic = "tiny"\nsections = ["q"]', "tiny: there is no section 'q'"),
    "above": ('title = "x"\n[[part]]\nfile = "../secret.md"', "leads out of the folder"),
    "absolute": ('title = "x"\n[[part]]\nfile = "/etc/passwd"', "leads out of the folder"),
    "a link": ('title = "x"\n[[part]]\nfile = "link.md"', "leads out of the folder"),
    "a template above": (f'title = "x"\ntemplate = ".."{PART}', "leads out of the folder"),
    "a matrix above": ('title = "x"\n[[part]]\ntopic = "vanishing"\noptions = { matrix = "../w.csv" }', "leads out"),
    "not Markdown": ('title = "x"\n[[part]]\nfile = "course.toml"', "is Markdown and ends in .md"),
    "not there": ('title = "x"\n[[part]]\nfile = "nothing.md"', "no such file"),
    "a language": (f'title = "x"\nlanguage = "xx"{PART}', "no words in the language 'xx'"),
    "a paper": (f'title = "x"\npaper = "a3"{PART}', "there is no paper 'a3'"),
    "not TOML": ("title", "is not TOML"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_course_is_refused_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    plan, words = BAD[name]
    (folder / "course.toml").write_text(plan, encoding="utf-8")
    (folder.parent / "secret.md").write_text("secret", encoding="utf-8")
    (folder.parent / "w.csv").write_text("1,2\n3,4\n", encoding="utf-8")
    (folder / "link.md").symlink_to(folder.parent / "secret.md")
    assert built() == 2
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
    assert not (folder / "site").exists()


def test_nothing_is_written_through_a_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "site").mkdir()
    (folder.parent / "precious.txt").write_text("precious", encoding="utf-8")
    (folder / "site" / "tiny.html").symlink_to(folder.parent / "precious.txt")
    assert built() == 2 and "a link that leads out" in capsys.readouterr().err
    assert (folder.parent / "precious.txt").read_text(encoding="utf-8") == "precious"
    assert os.listdir(folder / "site") == ["tiny.html"]


def test_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "course.toml"]) == 2 and "-o DIR" in capsys.readouterr().err
    assert main(["build", ".", "-o", "site"]) == 2 and "goes with a course" in capsys.readouterr().err


def test_names_of_pages(folder: Path) -> None:
    for name in ("Über Größe.md", "index.md", "  .md"):
        (folder / name).write_text("# x\n", encoding="utf-8")
    parts = "".join(f'[[part]]\nfile = "{name}"\n' for name in ("Über Größe.md", "index.md", "  .md"))
    (folder / "course.toml").write_text(f'title = "x"\n{parts}', encoding="utf-8")
    assert [part.name for part in read_course(Path("course.toml")).parts] == ["uber-grosse", "index-2", "part"]


BRACKETS = r"""# On $\R$

$$\newcommand{\sq}[1]{{#1}^{2}}$$

Brackets \(x > 0\) and a display in the words \[ \sq{(x+1)} = x^2 + 2x + 1 = (x+1)(x+1) \] go on here.

$$
\begin{aligned}
a &= b \\
c &\le d
\end{aligned}
$$

- an item with $y^2$

> a quotation

`$code$` and <script>alert(1)</script>

    indented $z$
"""


def test_the_page_of_an_own_text_shows_what_was_checked() -> None:
    from derive.checking import reports_on
    from derive.course.note_page import note_page
    from derive.notes.markdown import read_markdown
    from derive.writers.page import Listing, Paragraph, Program, ShownStep
    from derive.writers.words import words

    document = read_markdown(BRACKETS, "own.md")
    page = note_page(document, {}, [report for _, report in reports_on(document)], words())
    assert page.title == r"On $\R$"
    (opening,) = page.sections
    before, step, after, *rest = opening.blocks
    assert before == Paragraph("Brackets $x > 0$ and a display in the words") and after == Paragraph("go on here.")
    assert isinstance(step, ShownStep) and (step.id, step.status) == ("0.1", "proved")
    assert step.links[0] == "{(x+1)}^{2} = x^2 + 2x + 1 = (x+1)(x+1)"
    assert [block.formula if isinstance(block, ShownStep) else block for block in rest[:2]] in (
        ["a = b", r"c \le d"],
        [Paragraph("$$a = b$$"), Paragraph(r"$$c \le d$$")],
    )
    assert rest[2] == Listing(("an item with $y^2$",)) and rest[3] == Paragraph("a quotation")
    assert rest[4] == Paragraph(r"`$code$` and \<script\>alert(1)\</script\>")
    assert rest[5] == Program("indented $z$\n")


def test_handouts_by_several_processes(folder: Path) -> None:
    (folder / "a").mkdir()
    entry = '[[handout]]\nname = "{0}"\ntopic = "tiny"\nformats = ["md", "html"]\nlanguage = "{1}"\n'
    (folder / "a" / "build.toml").write_text(entry.format("one", "en") + entry.format("two", "de"), encoding="utf-8")
    shutil.copytree(folder / "a", folder / "b")
    assert main(["build", "a", "--no-cache"]) == main(["build", "b", "--no-cache", "--jobs", "2"]) == 0
    assert files(folder / "a") == files(folder / "b") and b"bewiesen" in files(folder / "a")["two.md"]
