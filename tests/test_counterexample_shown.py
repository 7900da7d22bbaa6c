"""A counterexample is told with the letters of the claim; what the text around declares is left out."""

from __future__ import annotations

import json

from derive.checking import check_text


def test_letters_of_the_text_around_are_left_out() -> None:
    text = "<!-- derive: check; a in R; x > 0; n in N -->\n\nFor all real $a$ and $x$:\n\n$$\\sum_{k=0}^{n} r^k = \\frac{1-r^n}{1-r}$$\n"
    found = json.loads(check_text(text).to_json())["files"][0]["findings"][0]["counterexample"]
    assert set(found) == {"n", "r", "lhs", "rhs"}


def test_letters_of_laws_and_sizes_are_told() -> None:
    text = "<!-- derive: here; check; A, B in R^{n x n} -->\n\n$$A B = B A$$\n"
    found = json.loads(check_text(text).to_json())["files"][0]["findings"][0]["counterexample"]
    assert {"A", "B"} <= set(found)
