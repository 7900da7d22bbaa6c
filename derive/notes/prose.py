"""What running text says of the kinds of its letters: "for all square matrices $A$ and $B$", "let $X$ be a random variable with
mean $\\mu$ and variance $\\sigma^2$", "$X \\sim \\mathcal{N}(0, 1)$".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.formula.given import PROPERTIES
from derive.notes.document import Formula, Part, Prose

_LETTER = r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z])(?:_(?:\w|\{\w+\}))?"
_LETTERS = re.compile(rf"\s*{_LETTER}(?:\s*,\s*{_LETTER})*\s*")
_AND = r"(?:\s*,?\s*(?:and|or)\s+|\s*,\s*)"
_MORE_BEFORE = re.compile(rf"(?:\$[^$]*\${_AND})+$")
_MORE_AFTER = re.compile(rf"^(?:{_AND}\$[^$]*\$)+")
_NOUN = r"(?P<noun>matri(?:x|ces)|vectors?|random (?:variables?|vectors?|numbers?)|variables?|returns?|estimators?)"
NOUNS = (
    *("matrix", "matrices", "vector", "vectors", "variable", "variables", "number", "numbers"),
    *("return", "returns", "estimator", "estimators"),
)
"""How these end: seen at once, where the pattern looks at every word."""
_WORDS = r"(?P<words>(?:(?:\$[^$]*\$|[A-Za-z-]+),?\s+){0,6}?)"
_BEFORE = re.compile(rf"(?:^|[\s(]){_WORDS}{_NOUN}\s+$", re.IGNORECASE)
_AFTER = re.compile(rf"^\s*(?:be|is|are|denotes?)\s+{_WORDS}{_NOUN}\b(?P<rest>[^.]*)", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\b(?:of|for|in|on|to|by|with|from|not|zero|no)\b", re.IGNORECASE)
"""In front of the noun: it is another letter that is a matrix in "is an eigenvalue of the symmetric matrix"."""
_SIZE = re.compile(r"\$\s*(\w+)\s*(?:\\times|×)\s*(\w+)\s*\$|\$\s*(\w+)\s*\$-by-\$\s*(\w+)\s*\$")
_MOMENTS = re.compile(
    r"(?:mean|expectation|expected value)\s+\$(?P<mean>[^$=]*)\$\s*(?:,|and)\s*(?:finite\s+)?variance\s+\$(?P<var>[^$=]*)\$",
    re.IGNORECASE,
)
_DENOTED = r"(?:\s+of)?,?\s+(?:denoted\s+(?:as|by)\s+|is\s+)?"
_COMMON_MOMENTS = re.compile(
    rf"(?:mean|expectation|expected value){_DENOTED}\$(?:[^$=]*=)?(?P<mean>[^$=<>]*)\$\s*,?\s*(?:and|with|,)\s+"
    rf"(?:(?:the|a|same|common|finite|known|unknown)\s+)*variance{_DENOTED}\$(?:[^$=]*=)?(?P<var>[^$=<>]*)\$",
    re.IGNORECASE,
)
"""Also ``mean $\\mathrm{E}(X_i) = \\mu$``, and ``the same mean, denoted as $\\mu$``."""
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_LAW = re.compile(
    rf"\s*(?P<name>{_LETTER})\s*\\sim\s*(?:\\(?:mathcal|text|mathrm|operatorname|textrm|mathsf)\s*)?\{{?\s*(?P<law>[A-Za-z]+)\s*\}}?\s*(?:\\left)?"
    r"\((?P<inside>.*)\)\s*",
    re.DOTALL,
)
_VARIANCE = re.compile(r"\^\s*\{?2|^\s*[0-9./]+\s*$|\\frac|\\operatorname|\bv\b")
LAWS = {
    "N": "N",
    "Normal": "N",
    "Bern": "bernoulli",
    "Ber": "bernoulli",
    "Bernoulli": "bernoulli",
    "Bin": "binomial",
    "Binom": "binomial",
    "Binomial": "binomial",
    "Pois": "poisson",
    "Poi": "poisson",
    "Poisson": "poisson",
    "Unif": "uniform",
    "Uniform": "uniform",
}
"""Laws as notes name them, and as declarations do."""
_STANDARD = re.compile(r"^\s*(?:be|is|are)\s+(?:a\s+)?standard (?:normal|gaussian)", re.IGNORECASE)
_RUN = re.compile(
    rf"\s*(?P<letter>{_LETTER.partition('(?:_')[0]})_\{{?1\}}?\s*,.*\\(?:l|c)?dots.*(?P=letter)_\{{?(?P<last>\w+)\}}?\s*",
    re.DOTALL,
)
"""``X_1, \\dots, X_n``."""
_ALIKE = re.compile(
    r"^\s*(?:be|are)\s+(?:(?:a|an|random|sample|of|the)\s+)*(?:i\.?i\.?d\.?|independent(?:,?\s+and)?,?\s+identically[\s-]distributed)(?=[\s,])(?P<rest>[^;]*)",
    re.IGNORECASE,
)
_INDEPENDENT = re.compile(
    r"^\s*(?:be|are)\s+(?:two |mutually |statistically |jointly |stochastically )*independent\b", re.IGNORECASE
)
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Kind:
    """What the words say of letters: matrix, vector or random; with the words between and behind."""

    letters: tuple[str, ...]
    noun: str
    words: str
    rest: str = ""


def around(parts: Sequence[Part], number: int) -> tuple[str, str]:
    """The running text before and behind a part, formulas between dollar signs, up to the displays."""
    before = after = ""
    for place in range(number - 1, max(-1, number - 16), -1):
        words = _words(parts[place])
        if words is None or len(before) > LONGEST:
            break
        before = words + before
    for place in range(number + 1, min(len(parts), number + 16)):
        words = _words(parts[place])
        if words is None or len(after) > LONGEST:
            break
        after += words
    return before, after


def _words(part: Part) -> str | None:
    if isinstance(part, Prose):
        return part.text
    return f"${part.text.text}$" if isinstance(part, Formula) and not part.display else None


def kind_said(before: str, formula: str, after: str) -> Kind | None:
    """What is said of the letters of a formula that stands in a sentence."""
    if not _LETTERS.fullmatch(formula):
        return None
    letters = tuple(part.strip() for part in formula.split(",") if part.strip())
    found = _AFTER.match(_MORE_AFTER.sub("", after))
    if found and not _OF_ANOTHER.search(found["words"]):
        return Kind(letters, _noun(found), found["words"], found["rest"])
    said = _MORE_BEFORE.sub("", before)[-LONGEST:]
    found = _BEFORE.search(said) if said.rstrip().lower().endswith(NOUNS) else None
    return Kind(letters, _noun(found), found["words"], _MORE_AFTER.sub("", after).partition(".")[0]) if found else None


def _noun(found: re.Match[str]) -> str:
    noun, words = found["noun"].lower(), found["words"].lower()
    if noun.startswith("random v") and "vector" not in noun:
        return "random"
    if noun.startswith("matri"):
        return "matrix"
    if noun.startswith("vector"):
        return "vector" if "random" not in words else "random vector"
    return "random" if "random" in words else noun


def items_said(before: str, formula: str, after: str) -> Iterator[str]:
    """Items of the language of declarations."""
    if law := _LAW.fullmatch(formula):
        yield from _law(law)
        return
    if run := _RUN.fullmatch(formula):
        yield from _alike(run, after)
    kind = kind_said(before, formula, after)
    if _LETTERS.fullmatch(formula) and not _MORE_BEFORE.search(before):
        yield from _independent(formula, after)
    if kind is None:
        if _LETTERS.fullmatch(formula) and _STANDARD.match(_MORE_AFTER.sub("", after)):
            yield from (f"{letter.strip()} ~ N(0, 1)" for letter in formula.split(","))
        return
    if kind.noun == "matrix":
        yield from _matrices(kind)
    elif kind.noun == "random" and (moments := _MOMENTS.search(kind.rest)):
        yield from (f"{letter} ~ moments(mean={moments['mean']}, var={moments['var']})" for letter in kind.letters)


def _alike(run: re.Match[str], after: str) -> Iterator[str]:
    """Members of a family, independent and with one mean and variance."""
    said = _ALIKE.match(_LINK.sub(r"\1", after))
    moments = _COMMON_MOMENTS.search(said["rest"]) if said else None
    if moments:
        yield f"{run['letter']}_i ~ iid(mean={moments['mean']}, var={moments['var']})"
        if run["last"].isalpha() and len(run["last"]) == 1:
            yield f"{run['last']} in N"


def _independent(formula: str, after: str) -> Iterator[str]:
    """Of all letters of the list that begins here."""
    more = _MORE_AFTER.match(after)
    letters = [formula, *re.findall(r"\$([^$]*)\$", more.group() if more else "")]
    if _INDEPENDENT.match(_MORE_AFTER.sub("", after)) and all(map(_LETTERS.fullmatch, letters)):
        yield f"{', '.join(letter.strip() for letter in letters)} independent"


def _law(found: re.Match[str]) -> Iterator[str]:
    """Laws whose parameters everybody writes in the same way; the second one of a normal law is its variance if that shows."""
    name = LAWS.get(found["law"])
    inside = re.sub(r"\\(?:left|right)(?![A-Za-z])", "", found["inside"])
    parts = inside.split(",")
    if name is None or (name == "N" and not (len(parts) == 2 and _VARIANCE.search(parts[1]))):
        return
    yield f"{found['name']} ~ {name}({inside})"


def _matrices(kind: Kind) -> Iterator[str]:
    size = _SIZE.search(f"{kind.words} {kind.rest}")
    square = re.search(r"\bsquare\b", kind.words, re.IGNORECASE)
    words = kind.words.lower().replace("-", " ")
    properties = [name for name in PROPERTIES if re.search(rf"\b{name}\b", words)]
    if size:
        rows, columns = [name for name in size.groups() if name]
    elif square or properties:
        rows = columns = "n"
    else:
        return
    for letter in kind.letters:
        yield f"{letter} in R^{{{rows} x {columns}}} {' '.join(properties)}".strip()


def shapes_said(parts: Sequence[Part]) -> Iterator[str]:
    """Letters that the text calls matrices or vectors somewhere."""
    for number, part in enumerate(parts):
        if isinstance(part, Formula) and not part.display and _LETTERS.fullmatch(part.text.text):
            kind = kind_said(*in_its_place(parts, number))
            if kind is not None and kind.noun in ("matrix", "vector", "random vector"):
                yield from kind.letters


def in_its_place(parts: Sequence[Part], number: int) -> tuple[str, str, str]:
    """The words before a formula, the formula, and the words behind it."""
    part = parts[number]
    before, after = around(parts, number)
    return before, part.text.text if isinstance(part, Formula) else "", after


__all__ = ["Kind", "in_its_place", "items_said", "kind_said", "shapes_said"]
