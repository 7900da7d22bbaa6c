"""`derive check` on small notes: what is alarmed stands at its exact place, and what is right is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checking import check_text
from derive.cli import main
from derive.core import Status

NOTE = r"""# Powers

Let $x > 0$ and $n \in \mathbb{N}$.

$$
\begin{aligned}
(x+1)^2 - (x-1)^2 &= x^2 + 2x + 1 - x^2 + 2x - 1 \\
&= 4x \\
&= 2x + 2
\end{aligned}
$$

Then

$$ \sum_{k=1}^n k = \frac{n(n+1)}{2} = \frac{n^2 + n + 1}{2}. $$

For all matrices:

$$ (AB)^\top = A^\top B^\top = B^\top A^\top $$
"""
ALARMS = {(9, 4), (15, 40), (19, 4), (19, 32)}


def alarms(text: str) -> set[tuple[int, int]]:
    steps = [step for step in check_text(text).steps if step.status in (Status.REFUTED, Status.CONDITIONAL)]
    return {(step.step.source.line, step.step.source.column) for step in steps if step.step.source}


def test_every_alarm_stands_at_its_place() -> None:
    assert alarms(NOTE) == ALARMS


@pytest.mark.parametrize(
    "text",
    [
        "Let $A$ be diagonalisable.\n\n$$ A = PDP^{-1} $$\n\n$$ A^2 = PDP^{-1}PDP^{-1} = PD^2P^{-1} $$\n",  # A is defined
        "$$ -\\log \\frac{1}{16} = 4 \\log 2 = 4 $$\n",  # logarithms to base 2
        "With $a + b = 1$:\n\n$$ a^2 + ab = a(a + b) = a $$\n",  # a hypothesis in the text
        "$$ \\sqrt{x^2} = x = x $$\n",  # x may be meant to be positive: true only if
        "Solve $$ x^2 = x + 1 $$\n",
        "$$\\begin{aligned} (a+b)^2 &= a^2 \\\\ &+ 2ab \\\\ &\\quad + b^2 \\\\ &= b^2 + 2ab + a^2 \\end{aligned}$$\n",  # goes on
        "```\n$$ 1 = 2 = 3 $$\n```\n",
        "$$ f(x + 1) = f(x) + 1 = f(x) + 2 - 1 $$\n",  # an unknown function
        "<!-- derive: off -->\n\n$$ 1 = 2 = 3 $$\n",
    ],
)
def test_no_alarm(text: str) -> None:
    refuted = [step for step in check_text(text).steps if step.status == Status.REFUTED]
    assert refuted == []


def test_a_comment_declares_and_asks() -> None:
    text = "<!-- derive: check; x > 0 -->\n\n$$ \\sqrt{x^2} = x $$\n\n<!-- derive: check; y in R -->\n\n$$ \\sqrt{y^2} = y $$\n"
    first, second = check_text(text).steps
    assert (first.status, second.status) == (Status.PROVED, Status.REFUTED)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = tmp_path / "note.md"
    note.write_text(NOTE, encoding="utf-8")
    assert main(["check", str(note)]) == 1
    out = capsys.readouterr().out
    assert f"{note}:9:4: refuted" in out
    assert "    &= 2x + 2\n       ^^^^^^\n" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "give files"),
        (["check", "missing.md"], "cannot be read"),
        (["check", "-f", "yaml", "x.md"], "there is no format"),
        (["check", "-e", r"\foo = 1"], "unknown command"),
    ],
)
def test_bad_usage_is_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert words in err and err.count("\n") == 1


@pytest.mark.parametrize(("formula", "code"), [(r"(a + b)^2 = a^2 + 2 a b + b^2", 0), (r"(a + b)^2 = a^2 + b^2", 1)])
def test_one_line(formula: str, code: int) -> None:
    assert main(["check", "-e", formula]) == code
