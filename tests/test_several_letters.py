"""Functions of several letters that are given by a rule: values, partial derivatives, gradients, Hessians."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.notation import show
from derive.notes.parsing import parse
from derive.notes.several import several_in, with_rules

RULE = r"Let $f(x, y) = x^2 y + x$. We compute "
ALARMS = {"refuted", "conditional"}


def statuses(text: str) -> list[str]:
    return [step.status.value for step in check_text(text).steps]


def put_in(latex: str) -> str:
    found = several_in(parse("f(x, y)"), parse("x^2 y + a"))
    assert found is not None and found[1] is not None
    return "".join(show(with_rules(parse(latex), {found[0]: found[1]})).split())


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        ("3 f(y, x)", "3(y^2x+a)"),
        ("f(1, 2)^2", "((1)^2(2)+a)^2"),
        (r"\sqrt{f(x, y)}", r"\sqrt{(x^2y+a)}"),
        ("f_x(x, y) + 1", r"(\frac{\partial}{\partialx}(x^2y+a))+1"),
        (r"\partial_y f", r"(\frac{\partial}{\partialy}(x^2y+a))"),
        (
            r"\frac{\partial^2 f}{\partial x \partial y}",
            r"(\frac{\partial}{\partialx}((\frac{\partial}{\partialy}(x^2y+a))))",
        ),
    ],
)
def test_the_rule_is_put_in(latex: str, meant: str) -> None:
    assert put_in(latex) == meant


@pytest.mark.parametrize(
    "latex",
    [
        "f",
        "f_n",
        "f_x(1, 2)",
        "f(x)",
        "f(x, y, z)",
        r"\nabla f(1, 2)",
        r"\nabla^2 f",
        "d f",
        r"\frac{\partial f}{\partial z}",
        r"\frac{\partial^2 f}{\partial x}",
        r"\frac{\partial f}{\partial x}(1, 2)",
        r"g(x, y)",
    ],
)
def test_nothing_is_put_in(latex: str) -> None:
    assert put_in(latex) == "".join(show(parse(latex)).split())


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [("f(x)", "x^2"), ("f(1, 2)", "3"), ("f(x, x)", "x"), ("u v", "x"), ("f", "x y"), ("f(x; y)", "x y")],
)
def test_no_rule_of_several_letters(lhs: str, rhs: str) -> None:
    assert several_in(parse(lhs), parse(rhs)) is None


@pytest.mark.parametrize(
    "rhs", ["f(y, x) + x", "x + \\cdots + y", "1", r"\sum_{k=1}^n x^k y", r"\begin{cases} x & y \\ y & x \end{cases}"]
)
def test_a_rule_that_is_not_plain(rhs: str) -> None:
    assert several_in(parse("f(x, y)"), parse(rhs)) == ("f", None)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (r"$$ f_x = 2xy + 1 $$", r"$$ f_x = 2xy $$"),
        (r"$$ \frac{\partial f}{\partial y} = x^2 $$", r"$$ \frac{\partial f}{\partial y} = x^2 + 1 $$"),
        (r"$$ f_{xy} = 2x $$", r"$$ f_{xy} = 2y $$"),
        (
            r"$$ \nabla f(x, y) = \begin{pmatrix} 2xy + 1 \\ x^2 \end{pmatrix} $$",
            r"$$ \nabla f(x, y) = \begin{pmatrix} x^2 \\ 2xy + 1 \end{pmatrix} $$",
        ),
        (
            r"$$ \mathbf{H} f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 0 \end{pmatrix} $$",
            r"$$ \mathbf{H} f(x, y) = \begin{pmatrix} 2y & 2x \\ 2x & 1 \end{pmatrix} $$",
        ),
        (r"$f_x(x, y) = 2xy + 1$", r"$f_x(x, y) = 2x + 1$"),
    ],
)
def test_derivatives(true: str, false: str) -> None:
    assert statuses(RULE + true) == ["proved"]
    assert ALARMS & set(statuses(RULE + false))


@pytest.mark.parametrize(
    "text",
    [
        RULE + r"more. Now let $f(x, y) = x y$. $$ f_x = y $$",
        RULE + r"more. Here $$ f(x, y) = x y = y x $$ and so $$ f_x = y $$",
        RULE + r"more. Let $f(x, y) = \heartsuit y$. We have $$ f_x = y $$",
        RULE + r"more. We ask for which f $$ f(x, y) = x y $$",
        "# One\n\n" + RULE + "it.\n\n# Two\n\n" + r"We have $$ f_x = y $$",
        RULE + r"more. We look for other solutions of $$ f_x = 3 f_{yy} $$ where $$ f(x, 0) = x^3 $$",
        RULE + r"more. Now the boundary is hot: $$ f(1, y) = 2 + y^2 $$",
        RULE + r"more. Now solve $$ f_x = 0 $$ and again $$ f_y = y $$",
        r"Before, $$ y_c = C_1 e^{-2x} . $$"
        + " It was another equation.\n\n" * 2
        + r"Now we find $$ y_c = C_1 e^{-3x} $$ so that $$ y = y_c + x = C_1 e^{-3x} + x $$",
        "\n\n:::{prf:example}\n" + RULE + "it.\n:::\n\n" + r"We have $$ f_x = y $$",
        r"For $a = 1$ and $n = 4$ it is so. When $n = 2$, we have $$ s = 1 + r + \dots + r^{n-1} = 1 + r $$",
    ],
)
def test_another_function_is_not_judged_by_the_rule(text: str) -> None:
    assert not ALARMS & set(statuses(text))
