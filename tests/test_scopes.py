"""What letters are in one section and in the next: each section by itself is consistent, the whole text is not."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status
from derive.notes.markdown import read_markdown
from derive.notes.scopes import Scopes, scopes_of

RANDOM = r"""
# Variance

Let $X$ and $Y$ be independent random variables with finite variance.

$$\operatorname{Var}(X - Y) = \operatorname{Var}(X) - \operatorname{Var}(Y)$$

# Projection

Let $X$ be an $n\times d$ matrix of full column rank.

$$(X^\top X)^\top = X^\top (X^\top)^\top = X^\top X$$
"""
ENTROPY = r"""
# Entropy

Let $H(p) = -p\log p-(1-p)\log(1-p)$. Then

$$H'(p) = \log\frac{1-p}{p}$$

# Projection

Let $X$ be an $n\times d$ matrix of full column rank. The hat matrix is $H = X(X^\top X)^{-1}X^\top$.

$$H^2 = X(X^\top X)^{-1}X^\top X(X^\top X)^{-1}X^\top = H.$$
"""
CUBICS = r"""
# Least squares

$$A^\top A x = A^\top y$$

$$r = y - A x$$

# Cubics

Let $P(s) = (1-s)^2 (1 + 2s) y_k + s^2 (3 - 2 s) y_{k+1} - s^2 (1 - s) d_{k+1}$. Then

$$P'(s) = 6s(s-1) y_k + 6s(1-s) y_{k+1} - s(3s-2) d_{k+1}$$
"""


def scopes(text: str) -> Scopes:
    return scopes_of(read_markdown(text, "-").parts)


def statuses(text: str) -> list[tuple[str, Status]]:
    return [(step.step.formula.strip(), step.status) for step in check_text(text).steps]


def test_a_random_letter_here_is_a_matrix_there() -> None:
    found = dict(statuses(RANDOM))
    assert [s for f, s in found.items() if "Var" in f] == [Status.REFUTED]
    assert {s for f, s in found.items() if "top" in f} == {Status.PROVED}


def test_a_function_here_is_a_matrix_there() -> None:
    found = statuses(ENTROPY)
    assert {status for formula, status in found} == {Status.PROVED} and len(found) == 3


def test_what_is_a_vector_elsewhere_is_a_number_beside_numbers() -> None:
    assert [s for f, s in statuses(CUBICS) if f.startswith("P'")] == [Status.REFUTED]
    right = CUBICS.replace("- s(3s-2) d_{k+1}", "+ s(3s-2) d_{k+1}")
    assert [s for f, s in statuses(right) if f.startswith("P'")] == [Status.PROVED]


SECOND = "# One\n\n$$x^\\top A x = x^\\top A^\\top x$$\n\n$$u^\\top v = v^\\top u$$\n\n# Two\n\n"


@pytest.mark.parametrize(
    ("section", "numbers"),
    [
        ("$$u + v = v + u$$", ""),  # nothing tells otherwise
        ("$$u + 1 = v$$", "uv"),
        ("$$u = t v + 2$$", "uv"),
        ("$$u + 0 = u$$", ""),  # 0 is a vector, too
        ("$$u \\times v + 1 = 2$$", ""),  # a product of vectors, or of numbers
        ("$$u^\\top v + 1 = 2$$", ""),
        ("$$A + 1 = A$$", ""),  # I is often written 1
        ("Let $A$ be a random variable.\n\n$$A + A = 2 A$$", "A"),
        ("For $u \\in \\mathbb{R}^n$,\n\n$$u + u = 2 u$$", ""),
        ("For $u \\in \\mathbb{R}$,\n\n$$u + u = 2 u$$", "u"),
        ("For $u \\in \\mathbb{R}$,\n\n$$u + u = 2 u$$\n\n$$B^{-1} + B c^\\top = B^{-1}$$", ""),  # B would be a number
    ],
)
def test_letters_that_are_numbers_in_a_section(section: str, numbers: str) -> None:
    found = scopes(SECOND + section)
    last = found.sections[max(found.sections)]
    assert last.roles.numbers == set(numbers)
    first = found.sections.get(1, found.whole)
    assert not first.roles.numbers and first.roles.is_shaped("u")


def test_two_matrices_are_not_made_numbers_that_commute() -> None:
    text = SECOND + "$$B^{-1} A = A B^{-1}$$\n\n$$A + 1 = 1 + A$$"
    assert Status.PROVED not in {status for formula, status in statuses(text) if formula.startswith("B")}


def test_a_section_that_agrees_has_the_letters_of_the_whole_text() -> None:
    found = scopes("# One\n\n$$f(x) = x^2$$\n\n# Two\n\n$$f(y) = y^2$$")
    assert all(letters is found.whole for letters in found.sections.values())
