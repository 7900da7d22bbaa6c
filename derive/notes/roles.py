"""What the letters of a text are: numbers, vectors, matrices, functions, random; decided over the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from derive.notation import Node
from derive.notation import show as written

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


def is_size(below: Node) -> bool:
    r"""``n \times n`` below a letter: how large it is."""
    inside = below.children[0] if below.kind == "group" else below
    return inside.kind == "product" and inside.value == (r"\times",)


INCREMENT = r"\Delta"


def increments(node: Node) -> Iterator[tuple[Node, Node]]:
    r"""Each ``\Delta x`` of a product: the sign, and the letter, with its scripts, in front of which it stands."""
    if node.kind == "product":
        for place, (sign, letter) in enumerate(pairwise(node.children)):
            base = letter.children[0] if letter.kind == "scripts" else letter
            if (
                sign.kind == "letter"
                and sign.text == INCREMENT
                and node.value[place] == ""
                and key_of(base) is not None
            ):
                yield sign, letter


COUNTING = frozenset("ijklmntde")
"""Letters that are numbers, or signs, in nearly every text."""
RUNNING = (r"\sum", r"\prod", r"\int", r"\bigcup", r"\bigcap")
"""What stands above these is an end, no power."""
SPREADING = ("product", "sum", "chain", "apply")
"""Kinds of nodes in which a letter may learn from those beside it what it is."""
TELLING = ("product", "sum", "chain")
"""Kinds of nodes that may tell that a letter is a vector."""
ROUNDS = 4
"""How often what is known of some letters may tell of others."""


@dataclass(slots=True)
class Seen:
    """How often a letter was seen as what."""

    transposed: int = 0
    inverted: int = 0
    called: int = 0
    member_called: int = 0
    plain: int = 0
    shaped_argument: int = 0
    counted: int = 0
    number: int = 0
    block: bool = False
    before_capital: int = 0
    before_square: int = 0
    beside_shaped: bool = False
    vector: bool = False
    turned_member: bool = False


@dataclass(slots=True)
class Roles:
    """By the key of a letter. ``named``: known functions that declarations name. ``above``: how often a T stands above something; ``identities``: I_n is added to a capital
    letter. ``numbers``: letters that have no shape here, whatever they have elsewhere. ``lone_increments``: how often \\Delta
    stands in front of no letter. ``speaks_of_euler``: \\gamma is his constant. ``members_called``: ``A_s`` where ``A_s(n)`` stands somewhere.
    ``engineers``: j is the imaginary unit."""

    seen: dict[str, Seen] = field(default_factory=dict)
    upper_t_transposes: bool = True
    functions: frozenset[str] = frozenset()
    named: dict[str, str] = field(default_factory=dict)
    above: int = 0
    identities: bool = False
    differentials: int = 0
    said: frozenset[str] = frozenset()
    lone_increments: int = 0
    speaks_of_euler: bool = False
    members_called: set[str] = field(default_factory=set)
    numbers: frozenset[str] = frozenset()
    engineers: bool = False

    @classmethod
    def of(cls, formulas: Iterable[Node], said: frozenset[str] = frozenset()) -> Roles:
        """``said``: letters that the text calls vectors or matrices."""
        roles = cls(said=said)
        nodes = [node for formula in formulas for node in formula.walk()]
        for node in nodes:
            roles._note(node)
            roles.lone_increments -= sum(1 for _ in increments(node)) if node.kind == "product" else 0
        texts = Counter(node.text for node in nodes if node.kind == "letter")
        roles.lone_increments += texts[INCREMENT]
        roles.upper_t_transposes = (
            texts["T"] <= 2 * roles.above
        )  # else it also stands by itself: a horizon, a temperature
        roles.functions = frozenset(
            key for key, one in roles.seen.items() if one.called and one.called >= one.plain and not one.transposed
        )
        spreading = [node for node in nodes if node.kind in SPREADING]
        for _ in range(ROUNDS):
            learnt = [roles._spread(node) for node in spreading]
            if not any(learnt):
                break
        return roles

    def learn_vectors(self, equations: Sequence[Node]) -> None:
        """Small letters that are vectors because a matrix stands in front of them, or because they are added to, or equated with,
        what is one: y and beta of ``y = X \\beta``."""
        nodes = [node for equation in equations for node in equation.walk() if node.kind in TELLING]
        for _ in range(ROUNDS):
            new = {key for node in nodes for key in vectors_in(node, self) if self._may_be_vector(key)}
            if not new:
                break
            for key in new:
                self._of(key).vector = True

    def _may_be_vector(self, key: str) -> bool:
        """Not counted with, divided by, applied or a number elsewhere."""
        one = self._seen(key)
        small = not _capital(key) and key not in COUNTING and key not in self.functions
        return small and not self.is_shaped(key) and not (one.number or one.called)

    def _spread(self, node: Node) -> bool:
        """A capital letter beside a vector or matrix, in a product or as a whole side, is a matrix, too."""
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
        identity = self.is_identity(node)
        if key is not None or identity:
            return identity or self.is_shaped(key or "")
        parts = node.children if node.kind in ("product", "sum", "fence", "group") else ()
        return any(self._holds_shaped(part) for part in parts)

    def _of(self, key: str) -> Seen:
        found = self.seen.get(key)
        if found is None:
            found = self.seen[key] = Seen()
        return found

    def _seen(self, key: str) -> Seen:
        """What was seen of a letter, without remembering one of which nothing was."""
        return self.seen.get(key) or Seen()

    def _note(self, node: Node) -> None:
        if node.kind == "scripts":
            key = key_of(node.children[0])
            for script in node.children[1:]:
                self._note_number(script, above=not _is_below(node, script))
                inside = script.children[0] if script.kind == "group" else script
                raised = not _is_below(node, script) and node.children[0].text not in RUNNING
                upper = raised and inside.kind == "letter" and inside.text == "T"
                self.above += upper
                if key is not None and raised and _is_exponent(inside):
                    self._of(key).number += 1
                inverse = inside.kind == "sum" and inside.value == ("-",)
                if key is not None and "_" in node.text and not _is_below(node, script) and (upper or inverse):
                    self._of(key).block |= _capital(key)
                if key is not None and inside.kind in ("sum", "product", "list") and not is_size(inside):
                    self._of(key).counted += node.text[:1] == "_" and script is node.children[1]
                if key is not None and raised and (upper or transposes(script, node.children[0], self)):
                    self._of(key).transposed += 1
                    self._of(key).turned_member |= "_" in node.text
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
            following = node.children[position + 1] if position + 1 < len(node.children) else None
            if factor.kind == "scripts" and factor.text == "_" and (base := key_of(factor.children[0])) is not None:
                applied = following is not None and node.value[position] == "" and _holds_a_letter(following)
                self._of(base).member_called += applied
                if applied:
                    self.members_called.add(written(factor))
            if key is None:
                continue
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
        one = self._seen(key)
        return one.beside_shaped and not (one.transposed or one.inverted or key.startswith("\\"))

    @property
    def differentiates(self) -> bool:
        """A d in front of another letter is a differential: the text has more of these than letters d that stand otherwise."""
        one = self._seen("d")
        return self.differentials > one.plain - self.differentials

    # ---------------------------------------------------------------------------------------------------- questions

    def is_function(self, node: Node) -> bool:
        key = key_of(_base(node))
        return key is not None and key in self.functions

    def may_be_function(self, node: Node, fence: Node) -> bool:
        """A letter before brackets of which nobody can tell whether it is applied or multiplied."""
        key = key_of(_base(node))
        if written(node) in self.members_called:
            return True
        if key is None or not _looks_like_arguments(fence):
            return False
        one = self._seen(key)
        if node.kind == "scripts" and one.member_called and not one.transposed:
            return _holds_a_letter(fence)
        return one.called > 0 and not one.transposed

    def is_matrix(self, node: Node) -> bool:
        """For bars: a determinant is meant where a letter that is transposed or inverted stands between them alone."""
        key = key_of(_base(node))
        one = self._seen(key or "")
        return key is not None and (one.transposed > 0 or one.inverted > 0) and _capital(key)

    def is_identity(self, node: Node) -> bool:
        """I, or I_n, in a text about matrices; not where it is applied, or carries an index that is computed with."""
        key = key_of(_base(node))
        one = self._seen(key or "")
        if key not in IDENTITIES or one.called or one.counted:
            return False
        return self.identities or any(self.is_shaped(other) for other in self.seen if other not in IDENTITIES)

    def is_average(self, key: str) -> bool:
        """E in front of another capital letter, or of square brackets: EX, E[X]."""
        one = self._seen(key)
        return one.before_capital + one.before_square > 0 and not (one.transposed or one.inverted)

    def is_called(self, key: str) -> bool:
        """Applied to something at least once."""
        return self._seen(key).called > 0

    def is_shaped(self, key: str) -> bool:
        one = self._seen(key)
        return key not in self.numbers and (
            one.transposed > 0
            or key.startswith(r"\mathbf")
            or key.startswith(r"\vec")
            or key in self.said
            or (one.inverted > 0 and _capital(key))
            or (one.beside_shaped and not one.number)
            or one.vector
        )

    def has_entries(self, key: str) -> bool:
        """``y_i`` is an entry of the vector y: a small letter in no font of its own, whose members are not transposed."""
        one = self._seen(key)
        own = key.startswith((r"\mathbf", r"\vec"))
        return self.is_shaped(key) and not (own or _capital(key) or one.turned_member or one.block)

    def operator(self, node: Node) -> str | None:
        """E, Var, Cov, Pr, tr, diag where that is what the node writes."""
        if node.kind == "word":
            command, brace, words = node.text.partition("{")
            word = words.removesuffix("}").strip() if brace else command
            return word if word in OPERATORS else None
        if node.kind == "symbol" and node.text[1:] in OPERATORS:
            return node.text[1:]
        if node.kind == "letter" and node.text == "E" and self._seen("E").before_square:
            return "E" if self.is_average("E") else None
        if node.kind == "font" and node.text in (r"\mathbb", r"\mathbf", r"\boldsymbol"):
            inner = node.children[0].children[0] if node.children[0].kind == "group" else node.children[0]
            return {"E": "E", "P": "Pr", "V": "Var"}.get(inner.text) if node.text == r"\mathbb" else None
        return None

    def shown(self, node: Node) -> str:
        return key_of(_base(node)) or "it"


def _is_exponent(inside: Node) -> bool:
    """A Greek letter, or a fraction: what has such a power is a number."""
    greek = any(part.kind == "letter" and part.text.startswith("\\") for part in inside.walk())
    return greek or (inside.kind == "command" and inside.text.endswith("frac"))


def _is_below(node: Node, script: Node) -> bool:
    signs = [sign for sign in node.text if sign != "'"]
    return signs[node.children[1:].index(script)] == "_"


def vectors_in(node: Node, roles: Roles) -> Iterator[str]:
    """Letters that must be vectors if those that are known as such are vectors and matrices."""
    if node.kind == "product" and set(node.value) <= {"", r"\cdot"}:
        *before, last = node.children
        if _is_plain(last) and before and is_matrix_here(before[-1], roles):
            yield key_of(_base(last)) or ""
    elif node.kind in ("sum", "chain") and any(is_vector_here(child, roles) for child in node.children):
        yield from (key_of(_base(child)) or "" for child in node.children if _is_plain(child))


def _is_plain(node: Node) -> bool:
    """A letter, with a subscript that is none of a running index or none."""
    if node.kind == "scripts" and node.text == "_":
        below = node.children[1].children[0] if node.children[1].kind == "group" else node.children[1]
        return key_of(node.children[0]) is not None and below.kind in ("number", "letter") and below.text not in "ijkl"
    return key_of(node) is not None


def is_matrix_here(node: Node, roles: Roles) -> bool:
    """A capital letter that is a matrix, its transpose or inverse, or the inverse of something in brackets."""
    scripted = node.kind == "scripts" and "^" in node.text
    base = _base(node)
    key = key_of(base)
    if key is not None:
        return _capital(key) and roles.is_shaped(key) and not _is_numbered(node)
    inside = base.children[0] if base.kind == "fence" else base
    parts = inside.children if inside.kind == "product" else (inside,)
    return scripted and base.kind == "fence" and bool(parts) and all(is_matrix_here(part, roles) for part in parts)


def _is_numbered(node: Node) -> bool:
    """With a running index: ``X_i v``."""
    return node.kind == "scripts" and "_" in node.text and node.children[1].text in ("i", "j", "k", "t")


def is_vector_here(node: Node, roles: Roles) -> bool:
    """Matrices in front of a vector, or a vector by itself."""
    if node.kind == "product" and set(node.value) <= {"", r"\cdot"}:
        *before, last = node.children
        return all(is_matrix_here(one, roles) or one.kind == "number" for one in before) and is_vector_here(last, roles)
    if node.kind == "sum":
        return any(is_vector_here(child, roles) for child in node.children)
    key = key_of(_base(node))
    return _is_plain(node) and key is not None and roles.is_shaped(key) and not _capital(key)


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


def _holds_a_letter(fence: Node) -> bool:
    """``(x)``, ``(\\mathbf{x})``, ``(e^{j w})``: behind ``x_j`` as behind f, rather what it is applied to than a factor."""
    return (
        fence.kind == "fence"
        and _looks_like_arguments(fence)
        and fence.children[0].kind in ("letter", "font", "scripts", "apply")
    )


def _looks_like_arguments(fence: Node) -> bool:
    """``(x)``, ``(x, y)``, ``(x; \\theta)``: letters and lists, not sums."""
    if not fence.text.startswith(("(", r"\left(", r"\big(", r"\Big(", r"\bigl(", "[", r"\left[")):
        return False
    inside = fence.children[0]
    return inside.kind in ("letter", "font", "list", "scripts", "number", "empty", "chain", "apply")
