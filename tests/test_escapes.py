"""What a user or a source wrote is text in every format: a title, a parameter, a quotation and its place are never commands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.util import find_spec
from io import BytesIO

import pytest
import tiny_topic
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from derive.core import Quote
from derive.judge import judge
from derive.report import JudgedSection, JudgedStep, Report
from derive.writers import WRITERS, Layout

HOSTILE = (
    r"\input{/etc/passwd}",
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "<< 7*7 >> <% raw %>",
    "$(reboot)",
    "a|b",
    "a `tick",
    "]](javascript:1) ![x](y)",
    "%comment & ~ ^^M # no heading",
    "<!-- derive: off -->",
    "\x1b[31mred\x07",
)
NEEDS = {"pdf": "typst", "slides": "typst", "ipynb": "nbformat"}


@pytest.fixture(scope="module")
def report() -> Report:
    return judge(tiny_topic.derivation())


def hostile(report: Report, words: str) -> Report:
    """With these words for a title, a parameter, a quotation and its place."""

    def quoted(block: object) -> object:
        if not isinstance(block, JudgedStep) or block.step.quote is None:
            return block
        return replace(block, step=replace(block.step, quote=Quote(words, words)))

    sections = tuple(
        JudgedSection(one.number, one.key, one.title, tuple(map(quoted, one.blocks)))  # type: ignore[arg-type]
        for one in report.sections
    )
    derivation = replace(report.derivation, title=words, parameters=(("matrix", words),))
    return replace(report, derivation=derivation, sections=sections)


class Words(HTMLParser):
    """The text of a page; nothing else may be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def html_words(content: str | bytes) -> str:
    page = Words()
    page.feed(str(content))
    assert "script" not in page.tags
    return page.text


def markdown_words(content: str | bytes) -> str:
    """What a renderer of Markdown with raw HTML and mathematics shows of headings, emphasis and quotations."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin, double_inline=True)
    said = []
    for token in parser.parse(str(content)):
        assert token.type != "html_block" or token.content.startswith("<!-- derive: ") or "<sub>" in token.content
        for piece in token.children or ():
            assert piece.type not in ("link_open", "image") and not (
                piece.type == "html_inline" and piece.content not in ("<sub>", "</sub>", "<br>")
            ), piece
            said.append(piece.content)
        said.append("\n")
    return "".join(said)


def notebook_words(content: str | bytes) -> str:
    cells = json.loads(content)["cells"]
    return "\n".join(markdown_words("".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown")


def pdf_words(content: str | bytes) -> str:
    pypdf = pytest.importorskip("pypdf")
    assert isinstance(content, bytes)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def tex_words(content: str | bytes) -> str:
    """The escapes undone; what is left over of commands must be ours."""
    text = str(content).partition("\\begin{document}")[2]
    assert not re.search(r"\\(input|read|write|immediate|catcode|include)", text)
    for command, sign in {
        r"\textbackslash{}": "\\",
        r"\textasciicircum{}": "^",
        r"\textasciitilde{}": "~",
        r"\textbar{}": "|",
        r"\textless{}": "<",
        r"\textgreater{}": ">",
        r"\textquotedbl{}": '"',
        **{f"\\{c}": c for c in "{}$&#_%"},
    }.items():
        text = text.replace(command, sign)
    return re.sub(r"(?<=[-'`,!?])\{\}(?=[-'`,!?])", "", text)


READ: dict[str, Callable[[str | bytes], str]] = {
    "md": markdown_words,
    "tex": tex_words,
    "html": html_words,
    "terminal": str,
    "ipynb": notebook_words,
    "pdf": pdf_words,
    "slides": pdf_words,
}


def bare(text: str) -> str:
    """Without spaces and controls, and with the quotation marks of print made plain."""
    return "".join(c for c in text if c.isprintable() and not c.isspace()).replace("’", "'")


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("format", [format for format in WRITERS if format in READ])
def test_it_is_text(report: Report, format: str, words: str) -> None:
    if format in NEEDS and find_spec(NEEDS[format]) is None:
        pytest.skip("the extra is not installed")
    content = WRITERS[format](hostile(report, words), Layout())
    text = READ[format](content)
    assert "\x1b" not in text and "\x07" not in text
    assert bare(text).count(bare(words)) >= (1 if format == "slides" else 3), text[:600]


@pytest.mark.parametrize("words", HOSTILE)
def test_json_is_json(report: Report, words: str) -> None:
    content = json.loads(str(WRITERS["json"](hostile(report, words), Layout())))
    assert content["schema"] == 1 and content["summary"]["proved"] == 4


def test_every_format_is_looked_at() -> None:
    assert set(WRITERS) <= {*READ, "json"}
