"""LaTeX mathematics as a tree, for layouts that are not LaTeX. Lenient: what it does not know it keeps as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["atom", "word", "relation", "operator", "open", "close", "comma", "big", "space"]


@dataclass(frozen=True, slots=True)
class Sign:
    """A character or a word, and what it does to the space around it."""

    text: str
    role: Role = "atom"


@dataclass(frozen=True, slots=True)
class Scripts:
    """``base_below^above``; ``primes`` counts apostrophes."""

    base: Node
    below: Row | None
    above: Row | None


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction bar."""

    above: Row
    below: Row


@dataclass(frozen=True, slots=True)
class Binomial:
    """A binomial coefficient."""

    above: Row
    below: Row


@dataclass(frozen=True, slots=True)
class Root:
    """``degree`` None is the square root."""

    body: Row
    degree: Row | None


@dataclass(frozen=True, slots=True)
class Accent:
    """A combining character over the body."""

    mark: str
    body: Row


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix with its fences."""

    left: str
    right: str
    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Things side by side."""

    items: tuple[Node, ...]


Node = Sign | Scripts | Fraction | Binomial | Root | Accent | Grid | Row

# fmt: off
LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "infty": "∞", "partial": "∂",
    "nabla": "∇", "dots": "…", "ldots": "…", "cdots": "⋯", "top": "⊤", "star": "⋆", "prime": "′", "forall": "∀",
    "exists": "∃", "emptyset": "∅", "circ": "∘", "dagger": "†", "vdots": "⋮", "ddots": "⋱", "hbar": "ℏ", "degree": "°",
}
RELATIONS = {
    "=": "=", "<": "<", ">": ">", "ne": "≠", "neq": "≠", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "approx": "≈",
    "sim": "∼", "to": "→", "rightarrow": "→", "Rightarrow": "⇒", "iff": "⇔", "in": "∈", "notin": "∉", "equiv": "≡",
    "propto": "∝", "ll": "≪", "gg": "≫", "mapsto": "↦", "subset": "⊂", "mid": "|", "implies": "⟹", ":": ":",
}
OPERATORS = {"+": "+", "-": "-", "pm": "±", "mp": "∓", "times": "×", "cdot": "·", "/": "/", "odot": "⊙", "otimes": "⊗",
             "cup": "∪", "cap": "∩", "setminus": "∖", "ast": "∗", "*": "∗"}
OPEN = {"(": "(", "[": "[", "lvert": "|", "lVert": "‖", "lfloor": "⌊", "lceil": "⌈", "langle": "⟨", "{": "{", "lbrace": "{"}
CLOSE = {")": ")", "]": "]", "rvert": "|", "rVert": "‖", "rfloor": "⌋", "rceil": "⌉", "rangle": "⟩", "}": "}", "rbrace": "}"}
EITHER = {"|": "|", "vert": "|", "Vert": "‖", "\\|": "‖"}
BIG = {"sum": "Σ", "prod": "Π", "int": "∫", "lim": "lim", "max": "max", "min": "min", "sup": "sup", "inf": "inf",
       "limsup": "lim sup", "liminf": "lim inf"}
WORDS = {name: name for name in ("exp", "ln", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "det", "arg",
                                 "dim", "ker", "deg", "gcd")} | {"Pr": "P"}
SPACES = {",": "", ";": " ", "quad": "  ", "qquad": "    ", " ": " ", "!": "", ":": " ", "~": " "}
ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "overline": "\u0304", "dot": "\u0307",
           "vec": "\u20d7"}
FONTS = frozenset(["mathrm", "operatorname", "text", "mathbf", "mathit", "mathsf", "mathcal", "textbf", "emph", "boldsymbol"])
BLACKBOARD = {"R": "ℝ", "C": "ℂ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "E": "𝔼", "P": "ℙ"}
FENCES = {"pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "matrix": ("", ""), "smallmatrix": ("", "")}
SILENT = frozenset(["displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "left",
                    "right", "middle"])
# fmt: on

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)


def parse(latex: str) -> Row:
    """The tree of a formula."""
    return _Parser(latex).row(())


class _Parser:
    """One pass over the tokens; ``stop`` are the tokens that end the present row."""

    def __init__(self, latex: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(latex)[::-1]

    def row(self, stop: tuple[str, ...]) -> Row:
        items: list[Node] = []
        while (token := self._peek()) and token not in stop:
            if token in ("_", "^", "'"):
                items.append(self._scripts(items.pop() if items else Sign("")))
            else:
                items.append(self._node())
        return Row(tuple(items))

    def _peek(self) -> str:
        """The next token that is not white space; empty at the end."""
        while self._tokens and self._tokens[-1].isspace():
            self._tokens.pop()
        return self._tokens[-1] if self._tokens else ""

    def _next(self) -> str:
        return self._tokens.pop() if self._peek() else ""

    def _scripts(self, base: Node) -> Scripts:
        below: Row | None = None
        above: tuple[Node, ...] = ()
        while (token := self._peek()) in ("_", "^", "'") and token:
            self._next()
            if token == "'":
                above = (*above, Sign("′"))
            elif token == "_":
                below = self._argument()
            else:
                above = (*above, *self._argument().items)
        return Scripts(base, below, Row(above) if above else None)

    def _argument(self) -> Row:
        """What a command or a script applies to: a group, or one token."""
        if self._peek() == "{":
            self._next()
            return self._group()
        if self._tokens and len(self._tokens[-1]) > 1 and self._tokens[-1][0].isdigit():
            numeral = self._tokens.pop()
            self._tokens.append(numeral[1:])
            return Row((Sign(numeral[0]),))
        return Row((self._node(),)) if self._peek() else Row(())

    def _group(self) -> Row:
        inner = self.row(("}",))
        self._next()
        return inner

    def _raw(self) -> str:
        """A group as text, spaces kept."""
        if self._peek() != "{":
            return self._next()
        self._next()
        text, depth = "", 1
        while self._tokens:
            token = self._tokens.pop()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if not depth:
                break
            text += token
        return text

    def _node(self) -> Node:
        token = self._next()
        if token == "{":
            return self._group()
        name = token.removeprefix("\\")
        if token.startswith("\\"):
            return self._command(name)
        return _sign(name) or Sign(token)

    def _command(self, name: str) -> Node:
        if name in ("frac", "dfrac", "tfrac"):
            return Fraction(self._argument(), self._argument())
        if name == "binom":
            return Binomial(self._argument(), self._argument())
        if name == "sqrt":
            return self._root()
        if name == "begin":
            return self._environment(self._raw())
        if name in FONTS:
            return _word(self._raw())
        if name == "mathbb":
            text = self._raw()
            return Sign(BLACKBOARD.get(text, text))
        if name in ACCENTS:
            return Accent(ACCENTS[name], self._argument())
        if name in SILENT:
            return self._silent(name)
        if name in SPACES:
            return Sign(SPACES[name], "space")
        return _sign(name, command=True) or Sign(name, "word" if len(name) > 1 else "atom")

    def _silent(self, name: str) -> Node:
        """``\\left.`` and ``\\right.`` swallow their point; the fence itself is the next token."""
        if name in ("left", "right") and self._peek() == ".":
            self._next()
        return Sign("", "space")

    def _root(self) -> Root:
        degree = None
        if self._peek() == "[":
            self._next()
            degree = self.row(("]",))
            self._next()
        return Root(self._argument(), degree)

    def _environment(self, name: str) -> Node:
        left, right = FENCES.get(name, ("", ""))
        rows, cells = [], [self._cell()]
        while (token := self._next()) in ("&", "\\\\"):
            if token == "\\\\":
                rows.append(tuple(cells))
                cells = []
            cells.append(self._cell())
        self._raw()  # the name after \end
        if len(cells) > 1 or cells[0].items:
            rows.append(tuple(cells))
        return Grid(left, right, tuple(rows))

    def _cell(self) -> Row:
        return self.row(("&", "\\\\", "\\end"))


def _sign(name: str, command: bool = False) -> Sign | None:
    if command and name == "|":
        return Sign("‖")
    tables: tuple[tuple[dict[str, str], Role], ...] = (
        (RELATIONS, "relation"),
        (OPERATORS, "operator"),
        (OPEN, "open"),
        (CLOSE, "close"),
        (BIG, "big"),
    )
    for table, role in tables:
        if name in table:
            return Sign(table[name], role)
    if name in EITHER:
        return Sign(EITHER[name])
    if name == ",":
        return Sign(",", "comma")
    if command and name in WORDS:
        return Sign(WORDS[name], "word")
    return Sign(LETTERS[name]) if command and name in LETTERS else None


def _word(text: str) -> Sign:
    return Sign(text, "word" if len(text.strip()) > 1 else "atom")
