"""Notes as a web page: rendered as they would be, each line with its verdict, and nothing in them obeyed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_html import check_page

from derive.many import check_many
from derive.notes.document import Formula
from derive.notes.mapped import Mapped
from derive.writers.checked import write
from derive.writers.checked.levels import levels
from derive.writers.checked.rows import rows

NOTES = Path(__file__).parent / "notes"


def page_of(*paths: Path) -> str:
    many = check_many(list(map(str, paths)))
    return write(many.documents, many.texts)


def note(tmp_path: Path, text: str, name: str = "note.md") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    page = page_of(path)
    check_page(page)
    return page.partition("<body>")[2]


CHAIN = r"""# Powers

Let $a, b$ be real. Then $x^2 = x \cdot x$.

\begin{align}
(a+b)^2 &= a^2 + 2ab + b^2 \\
&= a^2 + 3ab + b^2 .
\end{align}
"""


def test_each_row_has_its_mark(tmp_path: Path) -> None:
    body = note(tmp_path, CHAIN)
    rows_shown = body.partition('<span class="rows')[2].partition("</p>")[0]
    assert re.findall(r'<span class="mark (\w+)"', rows_shown) == ["proved", "refuted"]
    assert body.count("<h1>Powers</h1>") == 1 and "<h2>" not in body
    remark = body.partition('<details class="finding refuted">')[2].partition("</details>")[0]
    assert "line 7 · D201" in remark and " against " in remark
    link = re.search(r'<li><span class="mark refuted"><i>false: </i></span> <a href="#(finding-[^"]+)">', body)
    assert link is not None and f'<p id="{link[1]}">' in remark


def test_what_an_author_wrote_is_text(tmp_path: Path) -> None:
    body = note(
        tmp_path,
        "# <script>alert(1)</script> {{ 7*7 }}\n\n<script>alert(2)</script>\n\n<img src=x onerror=alert(3)>\n\n"
        '[a](javascript:alert(4)) ![b](http://example.org/c.png) <a href="x">d</a> `$e$` \ue0000\ue001\n\n'
        "$\\text{<b>} = \\nosuchcommand{<i>}$\n\n<!-- derive: x > 0 -->\n",
    )
    for forbidden in ("<script", "<img", "<b>", "<i>x", 'javascript:alert(4)"', "49", "derive: x"):
        assert forbidden not in body
    assert "{{ 7*7 }}" in body and "&lt;script&gt;alert(2)&lt;/script&gt;" in body and "<code>$e$</code>" in body


def test_tex(tmp_path: Path) -> None:
    text = (
        "\\documentclass{article}\\newcommand{\\sq}[1]{#1^2}\\begin{document}\\section{Squares $x$}\n"
        "Let $x$ be real, by \\emph{hand} \\cite{me}.\n\n\\begin{align*} \\sq{(x+1)} &= (x+1)(x+1) \\\\ &= x^2 + 2x + 1 \\end{align*}\n\\subsection{More}\n"
        "\\begin{theorem} All \\textbf{good} \\ref{a}\\end{theorem}\n\\end{document}\n"
    )
    body = note(tmp_path, text, "note.tex")
    assert '<span class="mark proved"' in body and "<h2>More</h2>" in body
    assert "hand [me]." in body and "<strong>Theorem.</strong>  All good (a)" in body
    assert "documentclass" not in body and body.count("Squares") == 1


@pytest.mark.parametrize("name", ["wrong/huber.ipynb", "wrong/split-rows.tex", "sound/em-update.md", "run/scopes.md"])
def test_notes(name: str) -> None:
    page = page_of(NOTES / name)
    check_page(page)
    assert "<math" in page and '<code class="tex">' not in page and page == page_of(NOTES / name)


def test_several_notes_in_one_page() -> None:
    page = page_of(NOTES / "wrong" / "macros.tex", NOTES / "wrong" / "pandoc.md")
    check_page(page)
    assert page.count("<article") == 2 and "<h1>Checked notes</h1>" in page


def test_rows() -> None:
    text = r"a &= b \label{x} \\ &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}, \nonumber"
    first, second = rows(Formula(Mapped.of(text), True, "align", 0, len(text)))
    assert (first.left, first.right) == ("a", "= b")
    assert (second.left, second.right) == ("", r"= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix},")
    inner = r"\begin{aligned} a &\le b \\ c &= d \end{aligned}"
    assert [row.right for row in rows(Formula(Mapped.of(inner), True, "", 0, len(inner)))] == [r"\le b", "= d"]


def test_no_level_of_headings_is_left_out() -> None:
    assert list(levels([1, 3, 2, 6, 1], 2)) == [2, 3, 3, 4, 2]
    assert list(levels([], 2)) == []


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from derive import cli

    (tmp_path / "n.md").write_text(CHAIN, encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "n.md"), "-o", str(tmp_path / "n.checked.html"), "--no-cache"]) == 1
    check_page((tmp_path / "n.checked.html").read_text(encoding="utf-8"))
    assert cli.main(["check", str(tmp_path / "n.md"), "-o", str(tmp_path / "n.pdf")]) == 2
    assert "no format is known" in capsys.readouterr().err
    assert cli.main(["check", "-e", "x = x", "-f", "html"]) == 2
