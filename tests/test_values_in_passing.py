"""A value that a letter has at one place, or if something holds, is not its value from there on."""

from __future__ import annotations

import pytest

from derive.checking import check_text

FALSE = "\n\n$$\n(n + 1)^2 = n^2 + 2 n + 1 = n^2 + n + 3\n$$\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Our condition is at $n = 2$.", "undecided"),
        ("If $n = 2$, this is known.", "undecided"),
        ("It is seen at the point $n = 2$.", "undecided"),
        ("Let $n = 2$.", "proved"),
        ("The case of all $n$ is the next.", "refuted"),
    ],
)
def test_a_value_here(words: str, found: str) -> None:
    assert [step.status.value for step in check_text(words + FALSE).steps] == ["proved", found]
