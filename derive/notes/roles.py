"""What the letters of a text are: numbers, vectors, matrices, functions, random; decided over the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from derive.notation import Node

LETTER_FONTS = {
    r"\mathbf": r"\mathbf",
    r"\boldsymbol": r"\mathbf",
    r"\bm": r"\mathbf",
    r"\pmb": r"\mathbf",
    r"\mathbold": r"\mathbf",
    r"\vect": r"\mathbf",
    r"\vec": r"\vec",
    r"\hat": r"\hat",
    r"\widehat": r"\hat",
    r"\bar": r"\bar",
    r"\tilde": r"\tilde",
    r"\widetilde": r"\tilde",
    r"\mathcal": r"\mathcal",
    r"\overline": r"\bar",
    r"\dot": r"\dot",
}
"""Fonts and accents that make another letter of a letter, as ``formula`` spells them."""
IDENTITY = "I"
IDENTITIES = (IDENTITY, r"\mathbf{I}")
"""The identity matrix, of any size."""
OPERATORS = ("E", "Var", "var", "Cov", "cov", "Pr", "tr", "Tr", "trace", "diag", "det")
USUAL_FUNCTIONS = frozenset(
    [
        "f",
        "g",
        "h",
        "F",
        "G",
        "H",
        "p",
        "q",
        "P",
        "Q",
        "u",
        "v",
        "L",
        "J",
        "K",
        "k",
        r"\phi",
        r"\psi",
        r"\sigma",
        r"\Phi",
        r"\Gamma",
        r"\varphi",
        "T",
        "M",
        r"\pi",
        r"\mathcal{L}",
        r"\mathcal{N}",
        "U",
        "V",
        "R",
        "y",
        "x",
        "s",
        "c",
        "r",
        "w",
        r"\ell",
        "D",
        "I",
        "B",
        r"\mu",
        r"\lambda",
        r"\rho",
        r"\kappa",
        r"\eta",
        r"\theta",
        "N",
        "S",
        "W",
        "Y",
        "X",
        "Z",
        "C",
        "O",
    ]
)
"""Letters that somebody's text may apply to an argument; a letter in front of a sum in brackets is a factor all the same."""


def key_of(node: Node) -> str | None:
    """A letter with its font or accent, spelled as ``formula`` does; None for what is no letter."""
    if node.kind == "letter":
        return node.text
    if node.kind == "word":
        return None
    if node.kind == "font" and node.text in LETTER_FONTS:
        inner = node.children[0].children[0] if node.children[0].kind == "group" else node.children[0]
        return f"{LETTER_FONTS[node.text]}{{{inner.text}}}" if inner.kind == "letter" else None
    return None


def transposes(script: Node, base: Node, roles: Roles) -> bool:
    """A T above a vector or matrix."""
    inside = script.children[0] if script.kind == "group" else script
    if inside.kind == "symbol" and inside.text in (r"\top", r"\intercal"):
        return True
    if inside.kind == "word" and inside.text.partition("{")[2] in ("T}", "t}", "tr}"):
        return True
    return inside.kind == "letter" and inside.text == "T" and roles.upper_t_transposes


ROUNDS = 4
"""How often what is known of some letters may tell of others."""


@dataclass(slots=True)
class Seen:
    """How often a letter was seen as what."""

    transposed: int = 0
    inverted: int = 0
    called: int = 0
    plain: int = 0
    shaped_argument: int = 0
    counted: int = 0
    number: int = 0
    block: bool = False
    before_capital: int = 0
    before_square: int = 0
    beside_shaped: bool = False


@dataclass(slots=True)
class Roles:
    """By the key of a letter. ``named``: known functions that declarations name. ``above``: how often a T stands above something; ``identities``: I_n is added to a capital letter."""

    seen: dict[str, Seen] = field(default_factory=dict)
    upper_t_transposes: bool = True
    functions: frozenset[str] = frozenset()
    named: dict[str, str] = field(default_factory=dict)
    above: int = 0
    identities: bool = False
    differentials: int = 0
    said: frozenset[str] = frozenset()

    @classmethod
    def of(cls, formulas: Iterable[Node], said: frozenset[str] = frozenset()) -> Roles:
        """``said``: letters that the text calls vectors or matrices."""
        roles = cls(said=said)
        texts = Counter[str]()
        formulas = list(formulas)
        for formula in formulas:
            for node in formula.walk():
                roles._note(node)
                if node.kind == "letter":
                    texts[node.text] += 1
        roles.upper_t_transposes = (
            texts["T"] <= 2 * roles.above
        )  # else it also stands by itself: a horizon, a temperature
        roles.functions = frozenset(
            key for key, one in roles.seen.items() if one.called and one.called >= one.plain and not one.transposed
        )
        for _ in range(ROUNDS):
            learnt = [roles._spread(node) for formula in formulas for node in formula.walk()]
            if not any(learnt):
                break
        return roles

    def _spread(self, node: Node) -> bool:
        """A capital letter beside a vector or matrix, in a product or as a whole side, is a matrix, too."""
        if node.kind not in ("product", "sum", "chain", "apply"):
            return False
        inside_det = node.kind == "apply" and _base(node.children[0]).text == r"\det"
        shaped = inside_det or any(self._holds_shaped(child) for child in node.children)
        new = [
            key
            for child in _factors(node)
            if shaped and (key := key_of(_unscripted(child))) is not None and _is_capital_letter(key)
            if not self.is_shaped(key) and key not in self.functions
        ]
        for key in new:
            self._of(key).beside_shaped = True
        return bool(new)

    def _holds_shaped(self, node: Node) -> bool:
        key = key_of(_unscripted(node))
        if key is not None or self.is_identity(node):
            return self.is_shaped(key or "") or self.is_identity(node)
        parts = node.children if node.kind in ("product", "sum", "fence", "group") else ()
        return any(self._holds_shaped(part) for part in parts)

    def _of(self, key: str) -> Seen:
        return self.seen.setdefault(key, Seen())

    def _note(self, node: Node) -> None:
        if node.kind == "scripts":
            key = key_of(node.children[0])
            for script in node.children[1:]:
                self._note_number(script, above=not _is_below(node, script))
                inside = script.children[0] if script.kind == "group" else script
                upper = inside.kind == "letter" and inside.text == "T"
                self.above += upper
                inverse = inside.kind == "sum" and inside.value == ("-",)
                if key is not None and "_" in node.text and not _is_below(node, script) and (upper or inverse):
                    self._of(key).block |= _capital(key)
                if key is not None and inside.kind in ("sum", "product", "list"):
                    self._of(key).counted += node.text[:1] == "_" and script is node.children[1]
                if key is not None and (upper or transposes(script, node.children[0], self)):
                    self._of(key).transposed += 1
                if (
                    key is not None
                    and inside.kind == "sum"
                    and inside.value == ("-",)
                    and inside.children[0].text == "1"
                ):
                    self._of(key).inverted += 1
        elif node.kind == "command" and node.text.endswith("frac"):
            self._note_number(node.children[1], above=False)
        elif node.kind == "product":
            self._note_calls(node)
        if node.kind == "sum":
            keys = [key_of(_base(child)) or "" for child in node.children]
            others = [key for key in keys if key not in IDENTITIES]
            self.identities |= len(others) < len(keys) and any(map(_is_capital_letter, others))
        if node.kind in ("sum", "chain", "list", "group", "fence", "row", "command", "apply"):
            for child in node.children:
                key = key_of(child)
                if key is not None:
                    self._of(key).plain += 1

    def _note_number(self, node: Node, *, above: bool) -> None:
        """What divides, counts or stands in an index is a number; a T above may transpose."""
        for part in (node, *node.children, *(inner for child in node.children for inner in child.children)):
            if part.kind == "letter" and part.text != "d" and not (above and part.text == "T"):
                self._of(part.text).number += 1

    def _note_calls(self, node: Node) -> None:
        for position, factor in enumerate(node.children):
            key = key_of(factor)
            if key is None:
                continue
            following = node.children[position + 1] if position + 1 < len(node.children) else None
            if following is not None and node.value[position] == "" and _capital(key_of(_base(following)) or ""):
                self._of(key).before_capital += key == "E"
            if key == "E" and following is not None and following.kind == "fence" and node.value[position] == "":
                self._of(key).before_square += following.text.removeprefix(r"\left").startswith("[")
            if key == "d" and factor.kind == "letter" and following is not None and node.value[position] == "":
                self.differentials += following.kind in ("letter", "scripts", "font", "fence")
            beside = following is not None and node.value[position] == "" and following.kind == "fence"
            if beside and following is not None and _looks_like_arguments(following):
                self._of(key).called += 1
            elif not beside:
                self._of(key).plain += 1

    def is_shaped_by_its_place(self, key: str) -> bool:
        """A matrix only because it stands beside one: C_1 need not be one."""
        one = self.seen.get(key, Seen())
        return one.beside_shaped and not (one.transposed or one.inverted or key.startswith("\\"))

    @property
    def differentiates(self) -> bool:
        """A d in front of another letter is a differential: the text has more of these than letters d that stand otherwise."""
        one = self.seen.get("d", Seen())
        return self.differentials > one.plain - self.differentials

    # ---------------------------------------------------------------------------------------------------- questions

    def is_function(self, node: Node) -> bool:
        key = key_of(_base(node))
        return key is not None and key in self.functions

    def may_be_function(self, node: Node, fence: Node) -> bool:
        """A letter before brackets of which nobody can tell whether it is applied or multiplied."""
        key = key_of(_base(node))
        if key is None or not _looks_like_arguments(fence):
            return False
        one = self.seen.get(key, Seen())
        return one.called > 0 and not one.transposed

    def is_matrix(self, node: Node) -> bool:
        """For bars: a determinant is meant where a letter that is transposed or inverted stands between them alone."""
        key = key_of(_base(node))
        one = self.seen.get(key or "", Seen())
        return key is not None and (one.transposed > 0 or one.inverted > 0) and _capital(key)

    def is_identity(self, node: Node) -> bool:
        """I, or I_n, in a text about matrices; not where it is applied, or carries an index that is computed with."""
        key = key_of(_base(node))
        one = self.seen.get(key or "", Seen())
        if key not in IDENTITIES or one.called or one.counted:
            return False
        return self.identities or any(self.is_shaped(other) for other in self.seen if other not in IDENTITIES)

    def is_average(self, key: str) -> bool:
        """E in front of another capital letter, or of square brackets: EX, E[X]."""
        one = self.seen.get(key, Seen())
        return one.before_capital + one.before_square > 0 and not (one.transposed or one.inverted)

    def is_called(self, key: str) -> bool:
        """Applied to something at least once."""
        return self.seen.get(key, Seen()).called > 0

    def is_shaped(self, key: str) -> bool:
        one = self.seen.get(key, Seen())
        return (
            one.transposed > 0
            or key.startswith(r"\mathbf")
            or key.startswith(r"\vec")
            or key in self.said
            or (one.inverted > 0 and _capital(key))
            or (one.beside_shaped and not one.number)
        )

    def operator(self, node: Node) -> str | None:
        """E, Var, Cov, Pr, tr, diag where that is what the node writes."""
        if node.kind == "word":
            command, brace, words = node.text.partition("{")
            word = words.removesuffix("}").strip() if brace else command
            return word if word in OPERATORS else None
        if node.kind == "symbol" and node.text[1:] in OPERATORS:
            return node.text[1:]
        if node.kind == "letter" and node.text == "E" and self.seen.get("E", Seen()).before_square:
            return "E" if self.is_average("E") else None
        if node.kind == "font" and node.text in (r"\mathbb", r"\mathbf", r"\boldsymbol"):
            inner = node.children[0].children[0] if node.children[0].kind == "group" else node.children[0]
            return {"E": "E", "P": "Pr", "V": "Var"}.get(inner.text) if node.text == r"\mathbb" else None
        return None

    def shown(self, node: Node) -> str:
        return key_of(_base(node)) or "it"


def _is_below(node: Node, script: Node) -> bool:
    signs = [sign for sign in node.text if sign != "'"]
    return signs[node.children[1:].index(script)] == "_"


def _factors(node: Node) -> Iterator[Node]:
    """The letters that stand side by side, also in sums in brackets."""
    for child in node.children:
        if child.kind in ("fence", "group", "sum", "product"):
            yield from _factors(child)
        else:
            yield child


def _unscripted(node: Node) -> Node:
    """Without powers and transposes; a letter with a subscript is another letter."""
    return node.children[0] if node.kind == "scripts" and "_" not in node.text else node


def _is_capital_letter(key: str) -> bool:
    return (_capital(key) and key not in ("I", "E") and len(key) == 1) or key in (
        r"\Sigma",
        r"\Lambda",
        r"\Phi",
        r"\Psi",
        r"\Omega",
    )


def _base(node: Node) -> Node:
    return node.children[0] if node.kind == "scripts" else node


def _capital(key: str) -> bool:
    inner = key.rpartition("{")[2].rstrip("}") if "{" in key else key
    return inner.lstrip("\\")[:1].isupper()


def _looks_like_arguments(fence: Node) -> bool:
    """``(x)``, ``(x, y)``, ``(x; \\theta)``: letters and lists, not sums."""
    if not fence.text.startswith(("(", r"\left(", r"\big(", r"\Big(", r"\bigl(", "[", r"\left[")):
        return False
    inside = fence.children[0]
    return inside.kind in ("letter", "font", "list", "scripts", "number", "empty", "chain")
