"""A small topic for tests of the writers and of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.core import Derivation, Matrix


@dataclass(frozen=True, slots=True)
class Options:
    """``fault``: false puts in a false claim, alarm quotes a true statement as false."""

    n: int = field(default=3, metadata={"help": "steps", "kind": "int", "low": 1, "high": 100})
    matrix: Matrix | None = field(default=None, metadata={"help": "a matrix", "kind": "matrix"})
    variance: Fraction = field(
        default=Fraction(1), metadata={"help": "variance", "kind": "rational", "above": 0, "high": 9}
    )
    fault: str = field(
        default="none",
        metadata={"help": "what is wrong", "kind": "choice", "choices": ("none", "false", "open", "alarm")},
    )


def derivation(options: Options = Options()) -> Derivation:
    """An opening, two sections, one step of every kind."""
    from derive.authoring import assume, integer, matrix, quoted, real, scope, step
    from derive.core import Derivation, Prose, Section, Table

    x = scope(real("x"))
    powers = scope(
        integer("t", r"t \ge 0"), matrix("J", size=2), given=(r"J = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}",)
    )
    false = {
        "none": [],
        "false": [step(r"\lvert x \rvert = x", "wrong.", x)],
        "open": [step(r"\tanh(x) \le \lvert x \rvert", "true, and beyond our rules.", x)],
        "alarm": [quoted(r"(x+1)^{2} = x^{2} + 2 x + 1", "true after all.", x, "Nobody", "never")],
    }
    first = Section(
        "algebra",
        "Algebra with $x$ & 50 % more",
        (
            Prose("Text with `code_like --n`, *emphasis*, **weight** and $x_1 < x_2$; 100 % of $\\$5$ & #1."),
            assume("J = I", "a definition.", scope(matrix("J", size=2))),
            step(r"(x+1)^{2} = (x+1) (x+1) = x^{2} + 2 x + 1", "expand.", x),
            step(r"\lvert x \rvert^{2} = x^{2}", "the square forgets the sign.", x),
            *false[options.fault],
        ),
    )
    second = Section(
        "powers",
        "Powers",
        (
            Prose("Only lecturers see this.", "lecturer"),
            Prose("Only students see this.", "student"),
            step(r"J^{t} = \begin{pmatrix} 1 & t \\ 0 & 1 \end{pmatrix}", "by induction.", powers, induction=("t", 0)),
            quoted(r"\sqrt{x^{2}} = x", "the sign is lost.", x, "A <book>, p. 7", "roots undo *squares* | always_"),
            Table("Numbers | of $\\lvert x \\rvert$", ("$|x|$", "a|b"), (("$\\|x\\|$", "100 % | _raw_"), ("$2$", "3"))),
        ),
    )
    return Derivation(
        "tiny",
        "A tiny handout",
        (Prose("The opening."),),
        (first, second),
        (("n", str(options.n)), ("note", "a_b $ {c} \\ ÿ 中")),
        sources=("A *book*",),
    )
