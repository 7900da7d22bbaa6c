"""A function that is even restricts no letter; a number that is even does."""

import pytest

from derive.checking import check_text
from derive.core import Status

DISPLAY = r" Hence $$ x (x + 1) + n = x^2 + x + 2 n - n = x^2 + 2 x + n . $$"


@pytest.mark.parametrize(
    "sentence, alarmed",
    [(r"We note that $t \cos(n t)$ is even.", True), (r"Note that $f(x)$ is odd.", True), ("Here $n$ is even.", False)],
)
def test_what_is_even(sentence: str, alarmed: bool) -> None:
    assert (check_text(sentence + DISPLAY).steps[-1].status == Status.REFUTED) == alarmed
