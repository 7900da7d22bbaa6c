"""PDF by way of Typst: every formula is translated, nothing on the page is source, and the file is tagged, linked and the same
each time."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tiny_topic

from derive.cli import main
from derive.core import Derivation, InputError, Status, Step
from derive.judge import judge
from derive.listing import names, topic
from derive.report import JudgedSection, JudgedStep, Report
from derive.writers import Layout, pdf, slides, typst_engine
from derive.writers.page import Page, Paragraph, Program, ShownSection, Space, page
from derive.writers.typst_engine import folder_of_templates
from derive.writers.typst_math import NoTypst, joined, parts, quoted, typst
from derive.writers.typst_page import part, typographic
from derive.writers.words import words_of

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")
OUTPUTS = Path(__file__).parent.parent / "outputs"
HOSTILE = '#read("/etc/passwd") \\input{x} <script>1</script> {{ 7*7 }} $ #sys.version $ "] #panic() // *'


@cache
def unjudged(name: str) -> Report:
    """A topic with all that its page shows but the verdicts, which cost more than the page."""
    module = topic(name)
    derivation: Derivation = module.derivation(module.Options())
    sections = [("", "", derivation.opening), *((s.key, s.title, s.blocks) for s in derivation.sections)]
    return Report(derivation, tuple(_section(number, *section) for number, section in enumerate(sections)))


def _section(number: int, key: str, title: str, blocks: Any) -> JudgedSection:
    count = iter(range(1, 1000))
    shown = [JudgedStep(f"{number}.{next(count)}", b, Status.ASSUMED, ()) if isinstance(b, Step) else b for b in blocks]
    return JudgedSection(number, key, title, tuple(shown))


@pytest.fixture(scope="module")
def report() -> Report:
    return judge(tiny_topic.derivation())


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Typst's warnings are errors; counts the documents that were set as PDF/UA, and allows for no other."""
    import typst as engine

    made: list[int] = []

    def compile(*given: Any, **options: Any) -> bytes:
        assert options["pdf_standards"] == ["ua-1"] and options["ignore_system_fonts"]
        content, warnings = engine.compile_with_warnings(*given, **options)
        assert not warnings, [warning.message for warning in warnings]
        made.append(len(content))
        return content

    monkeypatch.setattr(engine, "compile", compile)
    return made


def read(content: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(content))


def text(content: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in read(content).pages).split())


# ------------------------------------------------------------------------------------------------------------ formulas


def catalog_formulas() -> Iterator[str]:
    """All mathematics of the built catalog: displays, running text, tables, quotations, verdicts and the ledger."""
    for path in sorted(OUTPUTS.glob("*.md")):
        content = path.read_text(encoding="utf-8")
        yield from re.findall(r"\$\$(.*?)\$\$", content, re.DOTALL)
        yield from re.findall(r"(?<![\\$])\$([^$\n]+)\$(?!\$)", re.sub(r"\$\$.*?\$\$", "", content, flags=re.DOTALL))


def test_every_formula_of_the_catalog_is_translated() -> None:
    formulas = set(catalog_formulas())
    assert len(formulas) > 3000
    fallbacks = []
    for formula in formulas:
        try:
            assert typst(formula)
        except NoTypst:
            fallbacks.append(formula)
    assert not fallbacks


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"W^{t} = V \Lambda^{t}", "attach(W, t: t) = V attach(upright(Λ), t: t)"),
        (r"\left( \frac{6}{5} \right)^{t}", r"attach(lr(\( frac(6, 5) \)), t: t)"),
        (r"\lVert \frac{a}{b} \rVert_F", "attach(lr(‖ frac(a, b) ‖), b: F)"),
        (r"\lvert x \rvert", r'class("opening", \|) x class("closing", \|)'),
        (r"\begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}", 'mat(delim: #("(", ")"), 1, − 2; 3, 4)'),
        (r"\begin{cases} 1 & x>0 \\ 0 & \text{else} \end{cases}", 'cases(1 #h(1em) & x > 0, 0 #h(1em) & "else")'),
        (r"\operatorname{Var} P + \det V", 'op("Var") P + op("det") V'),
        (r"\lim_{t \to \infty} x", 'attach(op("lim", limits: #true), b: t → ∞) x'),
        (r"\sum_{k=1}^{n} k", "attach(∑, b: k = 1, t: n) k"),
        (r"\binom{n}{k} \hat h \sqrt[3]{x}", "binom(n, k) hat(h) root(3, x)"),
        (r"\underbrace{a+b}_{n}", "underbrace(a + b, n)"),
        (r"w_{\mathrm{in}} 1, \dots, n", r'attach(w, b: "in") 1 \, … \, n'),
        (r"\begin{aligned} a &= b \\ &\le c \end{aligned}", 'a & = b \\ "" & ≤ c'),
        (r"f(x, y) \, dx", r"f \( x \, y \) #h(0.16666667em) d x"),
    ],
)
def test_formulas(latex: str, expected: str) -> None:
    assert typst(latex) == expected


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(NoTypst, match="no mathematics"):
        typst(r"\frac{1}{")


def test_a_wide_formula_may_be_broken_before_its_signs() -> None:
    assert parts("a + b - c") == ("a", "+ b", "− c")
    assert parts(r"-a \left( b + c \right) = d") == (r'class("normal", −) a thin lr(\( b + c \))', "= d")


def test_text_in_a_formula_is_a_string() -> None:
    assert typst(r"\text{\#read(x) \&}") == quoted("#read(x)\u00a0&")
    assert quoted('a"b\\') == '"a\\"b\\\\"' and joined(["a", '"b"', "c"]) == 'a"b"c'


LEAVES = r"x W 2 0.5 + - = < > ( ) [ ] | , ; : ! ' / * ? . @ ` \# \$ \% \& \_ \{ \| \Lambda \infty \sum \int \lim \max \mathrm{in}"
LEAVES += r" \text{a\#} \left( \right) \left| \right\} \right. \lVert \rVert \lvert \rvert \bigl( \cdots \dots \, \mid ^ _ ^2 é λ → “"
SHAPES = (
    *(r"\frac{%s}{%s}", r"\sqrt[%s]{%s}", r"\binom{%s}{%s}", r"\hat{%s}", r"\underbrace{%s}_{%s}", r"\overset{%s}{%s}"),
    *(
        r"\begin{pmatrix}%s & %s \\ %s\end{pmatrix}",
        r"\begin{cases}%s & %s \\ %s\end{cases}",
        r"\cancel{%s}",
        r"{%s}^{%s}_{%s}",
    ),
    *(
        r"\begin{aligned}%s &= %s \\ &= %s\end{aligned}",
        r"\left\lVert %s \right\rVert_{%s}",
        r"\lvert %s \rvert",
        r"\boxed{%s}",
    ),
)


def _any_formula(chance: random.Random, depth: int = 0) -> str:
    def piece() -> str:
        if depth == 3 or chance.random() < 0.6:
            return chance.choice(LEAVES.split())
        shape = chance.choice(SHAPES)
        return shape % tuple(_any_formula(chance, depth + 1) for _ in range(shape.count("%s")))

    return " ".join(piece() for _ in range(chance.randint(depth == 0, 4)))


def test_whatever_is_translated_can_be_set() -> None:
    import typst as engine

    chance, written = random.Random(0), []
    for _ in range(3000):
        with suppress(NoTypst):
            written.append(typst(_any_formula(chance)))
    source = '#for it in json(bytes(sys.inputs.data)) { math.equation(block: true, eval(it, mode: "math")) }'
    assert len(written) > 1000
    assert engine.compile(source.encode(), sys_inputs={"data": json.dumps(written)}, ignore_system_fonts=True)


def test_nesting_has_an_end() -> None:
    with pytest.raises(NoTypst):
        typst(r"\sqrt{" * 300 + "x" + "}" * 300)


# ------------------------------------------------------------------------------------------------------------- handouts


@pytest.mark.parametrize("name", names())
def test_every_topic_is_set_without_a_warning(name: str, strict: list[int]) -> None:
    content = pdf.write(unjudged(name), Layout())
    assert len(strict) == 1 and content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["newton", "floating-point"])
def test_no_display_is_too_wide(name: str) -> None:
    """Wide chains are broken at their links and sums; shrinking is the last resort, which no topic needs."""
    shown = page(unjudged(name), Layout())
    told = pdf.data(pdf.Book(shown.title, (shown,)), Layout())
    assert _shrunk(told) == []
    step = next(block for section in told["parts"][0]["sections"] for block in section["blocks"] if "links" in block)
    step["links"][0], step["parts"][0] = "x " * 400, ["x " * 400]
    assert _shrunk(told) == [step["id"]]


def _shrunk(told: dict[str, Any]) -> Any:
    import typst as engine

    with folder_of_templates(Layout()) as root:
        options = {"root": root, "sys_inputs": {"data": json.dumps(told)}, "ignore_system_fonts": True}
        return json.loads(engine.query(root / "handout.typ", "<shrunk>", field="value", **options))


def test_slides_are_set_without_a_warning(strict: list[int]) -> None:
    sheets = read(slides.write(unjudged("saturation"), Layout())).pages
    assert len(strict) == 1 and len(sheets) > len(unjudged("saturation").steps)
    assert round(float(sheets[0].mediabox.width / sheets[0].mediabox.height), 2) == 1.78


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    for write in (pdf.write, slides.write):
        assert write(report, Layout()) == write(report, Layout())


def test_tags_language_title_and_fonts() -> None:
    report = unjudged("momentum")
    made = read(pdf.write(report, Layout()))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]
    assert str(root["/Lang"]).startswith("en")
    assert made.metadata.title == typographic(report.derivation.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    fonts = [font.get_object() for sheet in made.pages for font in sheet["/Resources"]["/Font"].values()]
    descendants = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert fonts and all(any(key.startswith("/FontFile") for key in descriptor) for descriptor in descendants)


def test_the_text_is_text(report: Report) -> None:
    said = text(pdf.write(report, Layout()))
    for step in report.steps:
        assert step.id in said
    assert "False: fails at" in said and "1 false on purpose" in said
    assert re.search(r"\(𝑥 ?\+ ?1\)", said), said[:2000]
    assert {mark for mark in "✓✗○" if mark in said} == set("✓✗○")


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_paper(report: Report, paper: str, width: int) -> None:
    assert round(float(read(pdf.write(report, Layout(paper=paper))).pages[0].mediabox.width)) == width


def test_sections_are_bookmarks_and_references_are_links(report: Report) -> None:
    shown = page(report, Layout())
    prose = Paragraph("As (1.2) says, and section 2, but not section 2.5 of a book or (9.9).")
    changed = replace(
        shown,
        sections=(
            shown.sections[0],
            replace(shown.sections[1], blocks=(prose, *shown.sections[1].blocks)),
            *shown.sections[2:],
        ),
    )
    made = read(pdf.book(pdf.Book("Links", (changed,)), Layout()))
    assert len(made.outline) == len(shown.sections) - 1
    targets = [
        note.get_object()
        for sheet in made.pages
        for note in sheet.get("/Annots", ())
        if note.get_object()["/Subtype"] == "/Link"
    ]
    assert len(targets) == 2
    names = made.named_destinations
    assert all(_resolves(note, names) for note in targets)


def _resolves(note: Any, names: Any) -> bool:
    """The link leads to a place in this document."""
    target = note.get("/Dest") or note["/A"]["/D"]
    return str(target) in names if isinstance(target, str) else target[0].get_object()["/Type"] == "/Page"


def test_several_pages_make_one_document(strict: list[int]) -> None:
    one, two = page(unjudged("momentum"), Layout()), page(unjudged("saturation"), Layout())
    content = pdf.book(pdf.Book("A course", (one, two), ("A. Lecturer",)), Layout())
    made = read(content)
    assert [item.title for item in made.outline if not isinstance(item, list)] == [one.title, two.title]
    assert made.metadata.author == "A. Lecturer" and "Contents" in text(content)


def test_the_ledger_and_one_claim(tmp_path: Path) -> None:
    assert main(["claims", "D8", "D9", "-o", str(tmp_path / "table.pdf")]) == 0
    assert main(["claims", "D9", "-o", str(tmp_path / "one.pdf")]) == 0
    assert "D9 ✓ true: Clipping treats explosion" in text((tmp_path / "table.pdf").read_bytes())
    assert "Claim D9" in text((tmp_path / "one.pdf").read_bytes())


# -------------------------------------------------------------------------------------------------------------- hostile


def test_what_announces_stays_with_what_follows() -> None:
    blocks = [
        Paragraph(words) for words in ("As follows:", "*Solution.*", "Some *words*.", "Then", "$$x = 1$$", "End", "")
    ]
    (section,) = part(_page(*blocks, Program("x"), Paragraph("Write"), Space(3)), words_of(Layout()))["sections"]
    assert [block["announces"] for block in section["blocks"][:6]] == [True, True, False, True, False, False]
    assert section["blocks"][8]["announces"]


def _page(*blocks: Any, title: str = "A title") -> Page:
    return Page(title, "", (), (ShownSection(0, "", blocks),), "", ())


def test_nothing_on_a_page_is_source(strict: list[int]) -> None:
    from derive.writers import escape

    content = pdf.book(
        pdf.Book(HOSTILE, (_page(Paragraph(escape.markdown(HOSTILE)), title=escape.markdown(HOSTILE)),)), Layout()
    )
    said = text(content).replace(" ", "")
    assert said.count(HOSTILE.replace(" ", "")) == 2
    assert read(content).metadata.title == HOSTILE


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{#panic()}",
        r'\text{"); #panic()}',
        "#panic()",
        r"\operatorname{a \"}",
        r"a $ b",
        r"\undefined x",
        r"x_{",
        "`a`",
    ],
)
def test_a_formula_calls_nothing(latex: str) -> None:
    for made in (Paragraph(f"Before ${latex}$ after"),):
        assert "after" in text(pdf.book(pdf.Book("T", (_page(made),)), Layout()))


def test_signs_that_the_fonts_lack_do_not_stop_the_page() -> None:
    assert read(pdf.book(pdf.Book("日本", (_page(title="日本"),)), Layout())).metadata.title == "日本"


# ------------------------------------------------------------------------------------------------------- own templates


def test_a_theme_of_ones_own(report: Report, tmp_path: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "logo.svg").write_text(logo, encoding="utf-8")
    theme = '#import "derive/theme.typ": *\n#let masthead = [#image("logo.svg", alt: "A logo") University of Nowhere]'
    (tmp_path / "theme.typ").write_text(theme, encoding="utf-8")
    content = pdf.write(report, Layout(templates=tmp_path))
    assert "University of Nowhere" in text(content)
    assert content == pdf.write(report, Layout(templates=tmp_path))


@pytest.mark.parametrize(
    ("broken", "cause"),
    [
        ("#let ink = nonsense", r"theme.typ, line 1, column 11: unknown variable: nonsense"),
        ('#let ink = read("/etc/passwd")', r"theme.typ, line 1, column \d+: file not found"),
        ('#let ink = read("../secret.svg")', r"theme.typ, line 1, column \d+: "),
        ("#let i = 0; #while i >= 0 { i += 1 }", r"theme.typ, line 1, column \d+: loop seems to be infinite"),
        ('#import "@preview/tablex:0.0.9": *', r"theme.typ, line 1, column \d+: .*(network|download)"),
    ],
)
def test_a_broken_template_is_named(report: Report, tmp_path: Path, broken: str, cause: str) -> None:
    (tmp_path / "theme.typ").write_text(broken, encoding="utf-8")
    with pytest.raises(InputError, match=cause):
        pdf.write(report, Layout(templates=tmp_path))


def test_a_template_that_does_not_end(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theme.typ").write_text("#let ink = range(9000000).map(x => x * x)", encoding="utf-8")
    monkeypatch.setattr(typst_engine, "PATIENCE", 0.2)
    with pytest.raises(InputError, match=r"took more than 0\.2 s; see their loops"):
        pdf.write(report, Layout(templates=tmp_path))
