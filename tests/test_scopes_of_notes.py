"""What holds in an example ends with it, values that are told leave nothing open, and a letter with a number is another letter."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.notes.document import End, Formula, Heading
from derive.notes.markdown import read_markdown

ALARMS = ("refuted", "conditional")
MATRIX = r"\begin{pmatrix} 2 & 3 \\ 2 & 1 \end{pmatrix}"


def alarms(text: str) -> list[str]:
    return [step.step.formula for step in check_text(text).steps if step.status.value in ALARMS]


WRONG = {
    "an image under a matrix that is told, beside words of eigenvectors": rf"""
Let $A = {MATRIX}$ and $\vect{{v}} = \begin{{pmatrix}} 3 \\ 2 \end{{pmatrix}} $, an eigenvector. We see that $$ A\vect{{v}} = 5\vect{{v}} $$""",
    "another size than in the example before": rf"""
::::{{prf:example}}
Let $A \in \mathbb{{R}}^{{3 \times 3}}$.
::::

::::{{prf:example}}
The matrix $A = {MATRIX}$ is given. We find $$ A \begin{{pmatrix}} 1 \\ 0 \end{{pmatrix}} = \begin{{pmatrix}} 2 \\ 3 \end{{pmatrix}} $$
::::""",
    "a quotient of complex numbers, the unit introduced before": r"""
We introduce the special number $i$. Then $$ x = (a + b i)(c - d i) = (ac + bd) + (ad - bc) i $$""",
    "a norm of vectors that are told": r"""
Take $\mathbf{w} = \begin{pmatrix} 4 \\ -4 \\ 3 \end{pmatrix}$. Then $$ r = \norm{\mathbf{w}} + 1 = \sqrt{35} + 1 $$""",
    "two constants beside one that was told before": r"""
Else $e^x = C$ for a constant $C$. The general solution is $y = C_1 e^{2x} + C_2 e^{5x}$. Then $y' = 2 C_1 e^{2x} + C_2 e^{5x}$.""",
}

MEANT = {
    "vectors told in another example": r"""
:::{prf:example}
Let $\vect{v} = \begin{pmatrix} 1 \\ 1 \end{pmatrix}$.
:::

:::{prf:example}
We find the eigenvectors from $$ \begin{pmatrix} -2 & 4 \\ 1 & -2 \end{pmatrix} \vect{v} = \begin{pmatrix} 0 \\ 0 \end{pmatrix} . $$
:::""",
    "a matrix given anew in a display": rf"""
Let $A = \begin{{pmatrix}} 1 & 1 \\ 0 & 1 \end{{pmatrix}}$. Next take $$ A = {MATRIX} $$ for which we find
$$ A \begin{{pmatrix}} 1 \\ 0 \end{{pmatrix}} = \begin{{pmatrix}} 2 \\ 2 \end{{pmatrix}} $$""",
    "a matrix given anew that is not read": r"""
Let $A = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}$. Next take $$ A = \begin{pmatrix} \heartsuit & 1 \\ 2 & 1 \end{pmatrix} $$ for which we find
$$ A \begin{pmatrix} 1 \\ 0 \end{pmatrix} = \begin{pmatrix} 2 \\ 2 \end{pmatrix} $$""",
    "decimals of a letter": r"""
The largest eigenvalue is $\lambda_1 = 0.9606$. The decrease is $$ 655/681 \approx 0.9618 \approx \lambda_1 . $$""",
    "an equation to be solved after a value of its letter": r"""
At the time $t = 0$ it has 89 degrees. It has 60 degrees when, as we find, $$ 60 = 22 + 67 e^{-0.06 t} . $$""",
    "a derivative of what has a value as well": r"""
For this input $z_a = 0.1$ and $a = 0.5249$. We need $$ \frac{\partial a}{\partial z_a} = a(1 - a) $$""",
    "an exponential names nothing": r"If not, $e^{5x} = C$. We see that $$ y = e^{5 x} + C = C + e^{5x} $$",
}


@pytest.mark.parametrize("words", WRONG)
def test_alarmed(words: str) -> None:
    assert alarms(WRONG[words])


@pytest.mark.parametrize("words", MEANT)
def test_not_alarmed(words: str) -> None:
    assert alarms(MEANT[words]) == []


def test_the_text_of_a_directive_is_read_at_its_place() -> None:
    text = "# H\n\n````{prf:theorem} A title\n:label: x\n\nLet $a$.\n\n```python\nx = '$b$'\n```\n\n:::{proof}\n$c$\n:::\n````\n\n$d$\n"
    document = read_markdown(text)
    kinds = [type(part).__name__ for part in document.parts if isinstance(part, Heading | End)]
    assert kinds == ["Heading", "Heading", "Heading", "End", "End"]
    formulas = [part for part in document.parts if isinstance(part, Formula)]
    assert [part.text.text for part in formulas] == ["a", "c", "d"]
    assert [text[part.start : part.end] for part in formulas] == ["$a$", "$c$", "$d$"]


def test_directives_in_directives_end() -> None:
    depth = 200
    text = "\n".join([":" * (depth + 3 - n) + "{note}" for n in range(depth)] + ["$x$"])
    assert any(isinstance(part, Formula) for part in read_markdown(text).parts)
