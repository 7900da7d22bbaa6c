"""The web page as a browser lays it out: nothing beyond a phone's width, no formula without size, ink where formulas stand."""

from __future__ import annotations

import zlib
from pathlib import Path

import browser
import pytest
import tiny_topic

from derive.judge import judge
from derive.listing import topic
from derive.many import check_many
from derive.writers import Layout
from derive.writers.checked import write as write_checked
from derive.writers.html import write
from derive.writers.html_math import display
from derive.writers.web import web_page

pytestmark = pytest.mark.skipif(not browser.works(), reason="no Chromium that starts")
PHONE = 360
NOTES = Path(__file__).parent / "notes"
WIDE = (
    r"\frac{1}{2} \left( a + b \right)^2 + " + " + ".join(rf"x_{{{k}}}^{{2}} y_{{{k}}}" for k in range(40)) + r"\le c"
)


def test_a_phone(tmp_path: Path) -> None:
    found = browser.measure(write(judge(tiny_topic.derivation()), Layout()), tmp_path, PHONE)
    assert found["width"] == PHONE and found["beyond"] == []
    assert found["formulas"] > 20 and found["empty"] == 0
    assert {"Derive Math 400 normal", "Derive Serif 400 normal"} <= {font.replace('"', "") for font in found["fonts"]}


@pytest.mark.parametrize("name", ["newton", "vanishing"])
def test_all_formulas_of_a_topic_on_a_phone(name: str, tmp_path: Path) -> None:
    """Its steps without verdicts, and its words: what they hold is the same."""
    derivation = topic(name).derivation(topic(name).Options())
    blocks = [block for section in derivation.sections for block in section.blocks]
    formulas = [block.formula for block in blocks if hasattr(block, "formula")]
    page = _page("".join(display(formula, "p") for formula in formulas))
    found = browser.measure(page, tmp_path, PHONE)
    assert found["width"] == PHONE and found["beyond"] == [] and found["empty"] == 0
    assert found["scrolled"] <= len(formulas) // 20, "most formulas break where the page is narrow"


def _page(body: str) -> str:
    """A page of ours with that body instead of its own."""
    whole = web_page("checked.html.j2", Layout(), "t", articles=[])
    start, end = whole.index("<main>") + len("<main>"), whole.index("</main>")
    return whole[:start] + body + whole[end:]


def test_a_long_formula_breaks(tmp_path: Path) -> None:
    found = browser.measure(_page(str(display(WIDE, "p"))), tmp_path, PHONE)
    assert (found["width"], found["beyond"], found["scrolled"]) == (PHONE, [], 0)


def test_checked_notes_on_a_phone(tmp_path: Path) -> None:
    many = check_many([str(NOTES / "wrong" / "split-rows.tex"), str(NOTES / "wrong" / "pandoc.md")])
    found = browser.measure(write_checked(many.documents, many.texts), tmp_path, PHONE)
    assert found["width"] == PHONE and found["beyond"] == [] and found["empty"] == 0


def test_formulas_have_ink(tmp_path: Path) -> None:
    empty, full = (
        ink(browser.screenshot(_page(f"<p>{body}</p>"), tmp_path, 500, 400)) for body in ("", str(display(WIDE)))
    )
    assert empty < full - 2_000


def ink(picture: Path) -> int:
    """How many bytes of the image's rows differ from those of the paper: enough to tell signs from nothing."""
    data, position, packed = picture.read_bytes(), 8, b""
    while position < len(data):
        length, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        packed += data[position + 8 : position + 8 + length] if kind == b"IDAT" else b""
        position += length + 12
    rows = zlib.decompress(packed)
    return sum(1 for byte in rows if byte)
