"""Primes that transpose, and primes that do not."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status
from derive.notes.document import Formula
from derive.notes.expanding import expanded
from derive.notes.markdown import read_markdown
from derive.notes.primes import with_transposes

FORMS = "Let $L = x'Ax + u'Qu$, and $P = X'X$.\n\n"


def texts(text: str) -> list[str]:
    parts = with_transposes(expanded(read_markdown(text, "-")))
    return [one.part.text.text for one in parts if isinstance(one.part, Formula)]


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("x_t'u", r"x_t^\top u"),
        ("(X'X)^{-1}X'y", r"(X^\top X)^{-1}X^\top y"),
        ("(Ax + Bu)'", r"(Ax + Bu)^\top "),
        ("x''", "x''"),  # no transpose
        ("x'^2", "x'^2"),
        ("y' + z'", "y' + z'"),  # nothing shows that these are transposed
        (r"\alpha' x", r"\alpha' x"),
        ("G V G' + H H'", r"G V G^\top  + H H^\top "),
        ("x'(Q + A)x", r"x^\top (Q + A)x"),
    ],
)
def test_primes_of_letters_that_are_transposed(formula: str, read: str) -> None:
    assert texts(f"{FORMS}$${formula}$$")[-1] == read


@pytest.mark.parametrize("text", ["$y'y = x$, $u'u$, $y'y + y$", "$x'Ax$", f"{FORMS}$x'(t) = 1$", "$f'g + fg'$"])
def test_primes_are_left_alone_where_they_may_be_derivatives(text: str) -> None:
    assert not any(r"\top" in one for one in texts(text))


def test_a_text_that_transposes_by_a_sign_above_does_not_by_a_prime() -> None:
    found = texts(f"{FORMS}$$V^\\top V = I$$\n\n$$U^T X' V$$")
    assert "X'" in found[-1] and "^\\top x" not in "".join(found)


def test_brackets_are_left_alone_where_functions_are_differentiated() -> None:
    assert texts(f"{FORMS}$$(f g)' = f'(t)$$")[-1].startswith("(f g)'")


def test_a_chain_with_primes_is_judged_at_its_place() -> None:
    chain = "$$(x'A + u'B)(A'x + B'u) = x'AA'x + x'AB'u + u'BA'x + u'BB'u = x'AA'x + 2 x'AB'u + u'BB'u$$"
    forms = "Let $x'Ax$, $u'Bu$, $A'A$ and $B'B$ be given.\n\n"
    report = check_text(forms + chain)
    assert [step.status for step in report.steps] == [Status.PROVED, Status.PROVED]
    wrong = check_text(forms + chain.replace("+ 2 x'AB'u", "+ 3 x'AB'u"))
    assert [step.status for step in wrong.steps] == [Status.PROVED, Status.REFUTED]
    source = wrong.steps[1].step.source
    assert source is not None and (source.line, source.column) == (3, 64)
