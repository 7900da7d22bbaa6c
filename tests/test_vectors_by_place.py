"""Letters that are vectors because of where they stand, entries of these, and accents that make another letter."""

from derive.notation import parse
from derive.notes.context import Context, accented_letters_in
from derive.notes.document import Formula
from derive.notes.mapped import Mapped
from derive.notes.roles import Roles
from derive.notes.sizes import sizes_of
from derive.notes.usage import equations as equations_of


def learnt(*texts: str):
    parts = [Formula(Mapped.of(text), True, "", 0, len(text)) for text in texts]
    trees = [parse(side) for text in texts for side in text.split("=")]
    equations = list(equations_of(parts))
    roles = Roles.of(trees)
    roles.learn_vectors([*trees, *equations])
    return roles, sizes_of(roles, trees, equations)


def test_what_stands_behind_a_matrix_and_what_is_added_to_it_are_vectors() -> None:
    roles, sizes = learnt(r"y = X \beta + \varepsilon", r"A = X^T X")
    assert all(map(roles.is_shaped, ("y", r"\beta", r"\varepsilon")))
    assert sizes.final("y") == sizes.final(r"\varepsilon") == (sizes.final("X")[0], "1")
    assert sizes.final(r"\beta") == (sizes.final("X")[1], "1")


def test_a_divisor_an_exponent_and_what_counts_are_no_vectors() -> None:
    roles, _ = learnt(r"B = X c + X n", r"A = X^T X", r"v = \frac{1}{c}")
    assert not roles.is_shaped("c") and not roles.is_shaped("n")


def test_a_letter_with_two_meanings_leaves_matrices_as_they_were() -> None:
    _, sizes = learnt(r"A = X^T X", r"v = \begin{pmatrix} 1 \\ 2 \end{pmatrix}", r"X^T v = v^T v", r"X = v")
    assert "1" not in sizes.final("X")


def test_members_that_are_transposed_are_no_entries() -> None:
    roles, _ = learnt(r"s = z^T z", r"t = u^T u", r"T = z_i z_i^T")
    assert roles.has_entries("u") and not roles.has_entries("z")


def test_an_estimate_is_another_letter() -> None:
    assert accented_letters_in(r"\hat{y} = X \hat{b}") == {"y_hat", "X", "b_hat"}
    context = Context()
    assert not context.declare(r"\hat{b} = 2 y", 0) and not context.declare(r"\hat{y} = 3 \hat{b}", 1)
    assert len(context.given(r"\hat{y} = 6 y")) == 2
