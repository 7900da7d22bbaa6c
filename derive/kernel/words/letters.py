"""Letters with integer exponents, words, and sums of words with scalar coefficients."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.core import Term
from derive.kernel.normal import Normaliser
from derive.kernel.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Letter:
    """``base`` to an integer ``exponent``; ``exponent_key`` is its canonical text. ``name`` tells the base (a transposed
    letter ends with '). ``index`` is that of a member of a family. ``opened`` is the inverse of a sum, of which the letter is
    a name."""

    name: str
    exponent: Ratio
    exponent_key: str
    rows: str
    columns: str
    body: Term | None = None
    index: Term | None = None
    opened: Term | None = None

    @property
    def key(self) -> str:
        return f"{self.name}^{self.exponent_key}"


@dataclass(frozen=True, slots=True)
class Word:
    """A product of letters, possibly summed over a bound letter between two ends."""

    letters: tuple[Letter, ...]
    ends: tuple[Ratio, Ratio] | None = None
    ends_key: str = ""

    @property
    def key(self) -> str:
        return f"{self.ends_key}[{' '.join(letter.key for letter in self.letters)}]"


Polynomial = dict[str, tuple[Ratio, Word]]


def diagonal_range(name: str) -> str:
    """The range of the index of a diagonal letter, which its name begins with: only diagonals over one range multiply
    entry by entry (``diag(a_0, a_1) diag(b_1, b_2)`` is not ``diag(a_1 b_1, a_2 b_2)``)."""
    return ":".join(name.split(":")[:3])


@dataclass(frozen=True, slots=True)
class Rule:
    """Rewrite the word ``pattern`` to ``result`` wherever it stands."""

    pattern: tuple[Letter, ...]
    result: Polynomial


def with_exponent(normaliser: Normaliser, letter: Letter, exponent: Ratio) -> Letter:
    reduced = normaliser.reduce(exponent)
    return replace(letter, exponent=reduced, exponent_key=f"{reduced.num}|{reduced.den}")
