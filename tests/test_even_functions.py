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


@pytest.mark.parametrize("factor, alarmed", [("2", False), ("", True)])
def test_a_letter_that_counts_beside_an_angle_is_whole(factor: str, alarmed: bool) -> None:
    text = (
        r"Note that $t \cos(n t)$ is even. $$ a_n = \left[ \frac{2 t}{n \pi} \sin(n \pi t) \right]_{t=0}^1 - 2 \int_0^1 \frac{1}{n \pi} \sin(n \pi t) \, dt"
        rf" = \frac{{{factor or 1}}}{{n^2 \pi^2}} \left[ \cos(n \pi t) \right]_{{t=0}}^1 $$"
    )
    assert (check_text(text).steps[-1].status in (Status.REFUTED, Status.CONDITIONAL)) == alarmed
