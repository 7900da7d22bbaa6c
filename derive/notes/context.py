"""What a text has declared and defined where a formula stands: from comments, and from prose where the pattern is unmistakable.

A declaration holds to the end of its section, or until the letter is declared again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from derive.formula.given import PROPERTIES, families_of, read_given, with_backslashes
from derive.formula.letters import letter_names
from derive.formula.tokens import Unread
from derive.notes.items import spoken_of

_LETTER = re.compile(r"\\(?:hat|bar|tilde|mathbf|boldsymbol|mathrm|vec)\s*\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z]")
_DEFINES = re.compile(rf"\s*(?P<name>(?:{_LETTER.pattern})(?:_(?:\w|\{{[^{{}}]*\}}))?)\s*:?=", re.DOTALL)
_SQUARE = re.compile(
    rf"\s*(?P<name>(?:{_LETTER.pattern})(?:_(?:\w|\{{[^{{}}]*\}}))?)\s*\^\s*\{{?2\}}?\s*:?=[^=<>]*\\(?:sum|operatorname)[^=<>]*"
    r"(?:=1[^=<>]*)?$",
    re.DOTALL,
)
r"""``s^2 = \frac{1}{n - 1} \sum_{i=1}^{n} (x_i - \bar{x})^2``: what is computed there has a square, which restricts no letter of it."""
_UPRIGHT = re.compile(r"\\(?:begin|end|operatorname\*?|text[a-z]*|label|mbox)\s*\{[^{}]*\}")
"""Names that are made of letters and stand for none."""
_CASE = re.compile(r"(?:^|[\s(,;:])(?:if|when|whenever)\s*(?:,\s*)?$", re.IGNORECASE)
r"""Words of a case: "if $\text{Cov}[X, Y] > 0$, they move together" says nothing of what comes behind it."""
_GROUP = re.compile(r"\{[^{}]*\}")
_WORDS_BEFORE = re.compile(
    r"(?:^|[\s(,;:])(?:let|for|where|with|if|when|whenever|given|suppose|assume|assuming|assumed|fix|take|consider|all|any|every|each|some|and|"
    r"that|number|numbers|integer|integers|constant|constants|scalar|scalars|real|reals|positive|negative|parameter|"
    r"parameters|provided|since|because|in|here|thus)\s*(?:that\s+)?(?:,\s*)?$",
    re.IGNORECASE,
)
ASSUMES = re.compile(
    r"(?:^|[\s(,;:])(?:let|for|where|with|if|when|whenever|given|suppose|assume|assuming|assumed|fix|take|consider|provided|since|because|"
    r"unless|once|until|requires?|requiring|such|solve|solving|equations?|conditions?|whether|at|and|or|says?)\s*(?:that\s+)?(?:,\s*)?$",
    re.IGNORECASE,
)
"""Words in front of what is assumed, or asked, and not claimed."""
_ORDER = re.compile(
    r"(?P<names>[^=<>]+?)\s*(?:<|>|\\leq?(?![a-z])|\\geq?(?![a-z])|\\neq?(?![a-z]))\s*(?P<bound>-?[0-9./\\ frac{}]+)"
)
_ORDER_SIGN = re.compile(r"\s*(<|>|\\leq?(?![a-z])|\\geq?(?![a-z]))\s*")
_LETTER_ORDER = re.compile(r"[\w\s\\+-]+(?:(?:<|>|\\leq?(?![a-z])|\\geq?(?![a-z]))[\w\s\\+-]+){1,2}")
"""``m > k``, ``1 \\le k \\le n``."""
_INTERVAL = re.compile(
    r"(?P<name>\\?[A-Za-z]+)\s*\\in\s*(?:\\left)?\s*(?P<open>[\[(])\s*(?P<low>-?[0-9./]+)\s*,\s*(?P<high>-?[0-9./]+)\s*(?:\\right)?\s*(?P<close>[\])])"
)
"""``s \\in [0, 1)``."""
_CHAIN = re.compile(r"-?[0-9./]+\s*(?:<|\\leq?)\s*(?P<names>[^=<>]+?)\s*(?:<|\\leq?)\s*-?[0-9./]+")
_MEMBER = re.compile(
    r"(?P<names>[^=<>]+?)\s*\\in\s*\\(?:(?:mathbb|Bbb|R(?=\s*\{))\s*\{?\s*)?(?P<field>[RCZN])(?P=field)?(?![A-Za-z])\s*\}?\s*(?P<rest>(?:[_^]\s*(?:\{[^{}]*\}|\w)\s*)*)$"
)
_PROPERTY_AFTER = re.compile(
    rf"^\s*(?:is|are|be)\s+(?:an?\s+)?(?P<words>(?:(?:{'|'.join(PROPERTIES)})(?:\s*,\s*|\s+and\s+|\s+)?)+)",
    re.IGNORECASE,
)
_PROPERTY_BEFORE = re.compile(
    rf"(?P<words>(?:(?:{'|'.join(PROPERTIES)})\s+(?:and\s+)?)+)matri(?:x|ces)\s*$", re.IGNORECASE
)
_KIND_BEFORE = re.compile(
    r"(?:(?P<sign>positive|negative|nonnegative|non-negative)\s+)?(?:(?P<field>complex|imaginary|special)\s+)?(?P<kind>integers?|real numbers?|natural numbers?|numbers?|scalars?|constants?|reals?)\s*$",
    re.IGNORECASE,
)

_COMPLEX = ("i", "z", "w")
"""Letters of complex numbers, where a number is all that is said."""
_CONSTANTS_CALLED = frozenset(["e", "i", r"\pi", r"\gamma"])
"""``the number $e$`` is the one that is known."""
LONGEST_VALUE = 30
"""Parts of the text, formulas and the words between them, for which the value of a letter surely holds."""
_NUMERAL = re.compile(r"[\s{}.,+\-\d/]+|\s*-?\s*\\[dt]?frac\s*\{?\d+\}?\s*\{?\d+\}?\s*")
LONGEST_KIND = 80
"""Characters in which it stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """One item of the language of declarations, the letters that it speaks of, the depth of the section it was said in, and the part
    of the text."""

    item: str
    letters: frozenset[str]
    depth: int
    start: int
    part: int = 0

    def bears_on(self, letters: frozenset[str]) -> bool:
        """A definition says nothing of the letters in which its name is expressed."""
        defined = _definition(self.item) or _SQUARE.match(self.item)
        return bool((letters_in(defined["name"]) if defined else self.letters) & letters)


@dataclass(slots=True)
class Context:
    """Walks through a document; ``given`` is what holds at the place reached."""

    said: list[Said] = field(default_factory=list)
    depth: int = 0
    around: list[tuple[list[Said], int]] = field(default_factory=list)
    stated: list[Said] = field(default_factory=list)
    part: int = 0
    items: list[int] = field(default_factory=list)
    gives: list[tuple[int, str]] = field(default_factory=list)

    def item(self) -> None:
        """An item of a list begins here."""
        self.items.append(self.part)

    def give(self, name: str) -> None:
        """Something is said to be equal to a name here."""
        self.gives.append((self.part, name))

    def heading(self, level: int) -> None:
        """A section ends where one of its level or a higher one begins."""
        self.said = [one for one in self.said if one.depth < level]
        self.depth = level
        self.around.clear()
        self.items.clear()
        self.gives.clear()
        self.stated = []

    def enter(self, *, proof: bool) -> None:
        """A theorem begins, or a proof, in which the hypotheses of the theorem before it hold."""
        self.around.append((list(self.said), self.depth))
        self.said += self.stated if proof else []

    def leave(self) -> None:
        """What held before the theorem holds again; without one nothing happens."""
        if self.around:
            before, self.depth = self.around.pop()
            self.stated = [one for one in self.said if one not in before]
            self.said = before

    def declare(self, items: str, start: int) -> list[str]:
        """Take items of the language of declarations; those that are not understood come back, each with the reason."""
        refused: list[str] = []
        for item in filter(None, (part.strip() for part in items.split(";"))):
            try:
                read_given(item)
            except Unread as problem:
                refused.append(str(problem.args[0]))
                continue
            self._take(item, start)
        return refused

    def _take(self, item: str, start: int) -> None:
        letters = letters_in(spoken_of(item))
        subject = _subject(item)
        if subject is not None and " in " in f" {item} ":
            self.said = [one for one in self.said if _subject(one.item) != subject]
        if (name := defined_by(item)) is not None:
            written_out = _WRITTEN_OUT.search(item) is not None
            self.said = [one for one in self.said if not _is_replaced(one.item, name, written_out)]
        self.said.append(Said(item, letters, self.depth, start, self.part))

    def forget(self, name: str) -> None:
        """What was said to be equal to a letter is so no longer."""
        name = _plain_name(name)
        self.said = [one for one in self.said if _plain_name(one.item.partition("=")[0]) != name]

    def old_values(self) -> frozenset[str]:
        """Letters to which a numeral was given so far before, or a value in another item of a list, that they may have another value
        by now."""
        old = (one for one in self.said if self._in_another_item(one) or self._is_far(one))
        return frozenset[str]().union(*(given_to(one.item) for one in old))

    def _is_far(self, one: Said) -> bool:
        found = _definition(one.item) if self.part - one.part > LONGEST_VALUE else None
        return found is not None and _NUMERAL.fullmatch(one.item[found.end() :]) is not None

    def _in_another_item(self, one: Said) -> bool:
        """In one that is an example of the same as the item reached: both give something to one name."""
        place = bisect_right(self.items, one.part)
        if not 0 < place < len(self.items):
            return False
        first, last, here = self.items[place - 1], self.items[place], self.items[-1]
        there = {name for part, name in self.gives if first <= part < last}
        return any(name in there for part, name in self.gives if part >= here)

    def given(self, latex: str) -> list[str]:
        """The items that bear on a formula: those that speak of its letters, and of the letters of these."""
        known = letters_in(latex)
        chosen: list[Said] = []
        rest = list(self.said)
        while found := [one for one in rest if one.bears_on(known)]:
            chosen += found
            rest = [one for one in rest if one not in found]
            known |= frozenset[str]().union(*(one.letters for one in found))
        return [one.item for one in _without_circles(chosen)]


def _plain_name(side: str) -> str:
    """``y_c`` for ``y_{c}``; a font stays."""
    name = "".join(with_backslashes(side).split())
    return re.sub(r"_\{(\w)\}", r"_\1", name)


_WRITTEN_OUT = re.compile(r"=\s*\\begin\{pmatrix\}[^=]*\\end\{pmatrix\}\s*$")
"""A matrix that is written out says all of a letter, its size too."""


def _is_replaced(item: str, name: str, written_out: bool) -> bool:
    """By a later definition of the name."""
    membership, _, _ = item.partition(" in ")
    return defined_by(item) == name or (written_out and " in " in item and "".join(membership.split()) == name)


def _definition(item: str) -> re.Match[str] | None:
    """A letter and one equals sign, without counting those in braces."""
    found = _DEFINES.match(item)
    rest = item[found.end() :] if found else ""
    while (shorter := _GROUP.sub("", rest)) != rest:
        rest = shorter
    return None if re.search(r"[<>=]|\\(?:le|ge|ne|in)(?![a-z])", rest) else found


def defined_by(item: str) -> str | None:
    """The name that an item gives to something: x_1 of ``x_1 = 2``."""
    found = _definition(item)
    return "".join(found["name"].split()) if found else None


def given_to(item: str) -> frozenset[str]:
    """The letters to which an item gives a value or a law."""
    names, law, _ = item.partition(" ~ ")
    found = _definition(item)
    return accented_letters_in(names if law else found["name"] if found else "")


def _without_circles(chosen: list[Said]) -> list[Said]:
    """Without definitions by which a letter would be expressed by itself, the later ones kept."""
    leads: dict[str, frozenset[str]] = {}
    kept: list[Said] = []
    for one in sorted(chosen, key=lambda one: -one.start):
        found = _definition(one.item)
        if found is not None:
            (name, *_) = accented_letters_in(found["name"]) or ("",)
            others = accented_letters_in(one.item[found.end() :])
            if _reaches(others, name, leads):
                continue
            leads[name] = leads.get(name, frozenset()) | others
        kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _reaches(letters: frozenset[str], name: str, leads: dict[str, frozenset[str]]) -> bool:
    seen: set[str] = set()
    pending = list(letters)
    while pending:
        letter = pending.pop()
        if letter == name:
            return True
        if letter not in seen:
            seen.add(letter)
            pending += leads.get(letter, frozenset())
    return False


@lru_cache(maxsize=2048)
def letters_in(latex: str) -> frozenset[str]:
    """Names of the letters that occur in a formula or an item, without accents."""
    return frozenset(name.partition("_")[0] for name in accented_letters_in(latex))


_CONSTANTS = {
    "pi": re.compile(r"\d\s*\\pi|\\pi\s*(?:[\d/]|i(?![A-Za-z]))|i\s*\\pi|\\frac\s*\{\s*\\pi|/\s*\\pi"),
    "e": re.compile(
        r"(?<![A-Za-z\\])e\s*\^(?!\s*(?:\{\s*(?:\\top|T|\\intercal|2)\s*\}|\\top|\\intercal|T(?![A-Za-z])|2))|\\mathrm\s*\{\s*e\s*\}"
    ),
    "i": re.compile(r"\\pi\s*i(?![A-Za-z])|(?<![A-Za-z\\])i\s*\\pi|\^\s*\{\s*-?\s*i(?![A-Za-z])"),
}
r"""Where letters are constants: ``2 \pi i``, ``e^{i x}``, but not ``e^T e``."""
_BOUND = re.compile(
    r"\\(?:sum|prod|lim|max|min|sup|inf|bigcup|bigcap)(?:\\limits)?\s*_\s*(?:\{\s*)?(\\[A-Za-z]+|[A-Za-z])(?![A-Za-z])"
)


_TURNED = re.compile(
    r"\^\s*(?:\{\s*-?\s*(?:T|H|\\top|\\mathrm\s*\{\s*T\s*\}|\\intercal|\\dagger)\s*\}|T(?![A-Za-z])|H(?![A-Za-z]))"
)
"""The sign of a transpose is no letter."""


_NAMED_QUANTITY = re.compile(
    r"\s*\\(?:text[a-z]*|mathrm|operatorname\*?|mathsf|mbox)\s*\{\s*(?P<name>[A-Za-z]{2,})\s*\}\s*(?:_\s*(?:\{[^{}]*\}|\w))?\s*(?:\\left\s*)?[(\[]"
)
_RESTRICTING = frozenset(
    [
        "tr",
        "Tr",
        "trace",
        "det",
        "rank",
        "dim",
        "diag",
        "Var",
        "var",
        "Cov",
        "cov",
        "Pr",
        "sgn",
        "sign",
        "gcd",
        "lcm",
        "ker",
        "Im",
        "Re",
        "div",
    ]
)
"""Names of what is computed from letters, and so may restrict them."""


_AVERAGE = re.compile(
    r"\\(?:mathbb|mathrm|mathbf|operatorname)\s*\{\s*E\s*\}|(?<![A-Za-z\\])E(?=\s*(?:\\left\s*|\\[bB]igl?\s*)?[\[(])"
)
"""The sign of an average is no letter either."""


@lru_cache(maxsize=2048)
def letters_tied(latex: str) -> frozenset[str]:
    """The letters of which an equation says something: without constants, and without those that run in its sums."""
    if (named := _NAMED_QUANTITY.match(latex)) and named["name"] not in _RESTRICTING:
        return frozenset([named["name"]])  # it says what the name stands for, and nothing of the other letters
    latex = _AVERAGE.sub(" ", _TURNED.sub(" ", latex))
    constants = {name for name, sign in _CONSTANTS.items() if sign.search(latex)}
    return letters_in(latex) - constants - letters_in(" ".join(_BOUND.findall(latex)))


_SUBSCRIPTED = re.compile(rf"(?:{_LETTER.pattern})\s*_\s*(?:\{{[^{{}}]*\}}|\w)")


def bare_letters(latex: str) -> frozenset[str]:
    """The letters that stand there without a subscript only: C is not C_1."""
    return letters_in(_SUBSCRIPTED.sub(" ", latex)) - letters_in(" ".join(_SUBSCRIPTED.findall(latex)))


_UNBRACED = re.compile(
    r"(\\(?:hat|bar|tilde|vec|dot|widehat|widetilde|overline))(?:\s*(\\[A-Za-z]+)|\s+([A-Za-z]))(?![A-Za-z])"
)


def with_braces(latex: str) -> str:
    """``\\bar X`` is ``\\bar{X}``."""
    return _UNBRACED.sub(r"\1{\2\3}", latex)


@lru_cache(maxsize=2048)
def accented_letters_in(latex: str) -> frozenset[str]:
    """The same with accents: an estimate ``\\hat{y}`` is another letter than y."""
    names = set()
    for found in _LETTER.finditer(with_backslashes(_UPRIGHT.sub(" ", with_braces(latex)))):
        try:
            names.add(letter_names(found.group())[0])
        except Unread:
            continue
    return frozenset(names)


def _subject(item: str) -> str | None:
    first = _LETTER.match(with_backslashes(item.strip()))
    return first.group() if first else None


def declarations_in(before: str, formula: str, after: str) -> Iterator[str]:
    """Items that a short formula in running text declares, by the words around it."""
    formula = formula.strip().rstrip(".,;")
    if member := _MEMBER.fullmatch(formula):
        words = " ".join((*_properties(_PROPERTY_BEFORE.search(before)), *_properties(_PROPERTY_AFTER.match(after))))
        size = member["rest"].replace("\\times", " x ").replace("^", "^").strip()
        yield f"{member['names']} in {member['field']}{size} {words}".strip()
    elif (_ORDER.fullmatch(formula) or _CHAIN.fullmatch(formula)) and _WORDS_BEFORE.search(before):
        if not is_case(before, formula):
            yield formula
    elif (within := _INTERVAL.fullmatch(formula)) and _WORDS_BEFORE.search(before):
        yield f"{within['name']} {'>' if within['open'] == '(' else '>='} {within['low']}"
        yield f"{within['name']} {'<' if within['close'] == ')' else '<='} {within['high']}"
    elif _LETTER_ORDER.fullmatch(formula) and _WORDS_BEFORE.search(before):
        sides = _ORDER_SIGN.split(formula)
        yield from (" ".join(sides[place : place + 3]) for place in range(0, len(sides) - 2, 2))
    elif _LETTER.fullmatch(formula) and (kind := _KIND_BEFORE.search(before[-LONGEST_KIND:])):
        yield from _of_kind(formula, kind)


def is_case(before: str, formula: str) -> bool:
    """Something that is computed is looked at in one case after the other; nothing is assumed of the letters behind it."""
    return _CASE.search(before) is not None and _UPRIGHT.search(formula) is not None


def _properties(found: re.Match[str] | None) -> list[str]:
    if found is None:
        return []
    words = found["words"].lower().replace(",", " ").replace(" and ", " ")
    return [name for name in PROPERTIES if name in words]


def _of_kind(letter: str, kind: re.Match[str]) -> Iterator[str]:
    """``a positive integer n``."""
    what, sign = kind["kind"].lower(), (kind["sign"] or "").lower()
    if kind["field"] or (letter in _COMPLEX and what.startswith("number")):
        return
    if letter in _CONSTANTS_CALLED and not what.startswith(("integer", "natural")):
        return
    if what.startswith("integer"):
        yield f"{letter} in Z"
    elif what.startswith("natural"):
        yield f"{letter} in N"
    elif what.startswith(("real", "scalar", "number", "constant")):
        yield f"{letter} in R"
    if sign:
        yield f"{letter} {'>' if sign == 'positive' else '<' if sign == 'negative' else '>='} 0"


__all__ = ["ASSUMES", "Context", "Said", "declarations_in", "families_of", "given_to", "letters_in", "letters_tied"]
