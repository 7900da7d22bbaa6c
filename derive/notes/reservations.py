"""What the words of a text say that no formula says: that a display is shown as a mistake, that numbers are computed modulo
another, that letters are restricted. It is not understood; an alarm that it bears on would be unfair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derive.core import Claim
from derive.kernel.terms import free_letters, heads
from derive.notes.caseless import caseless, in_small_letters
from derive.notes.context import letters_in
from derive.notes.determined import determined
from derive.notes.display import statements
from derive.notes.document import End, Formula, Heading, Part, Prose
from derive.notes.random_letters import of_unknown_law

FORMULA = "\x00"
"""Stands for a formula in a sentence."""
DISPLAY = "\x01"

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!cf\.)[)*_]*\s+|\n\s*\n(?!\s*\x01)|\n(?=\s*[-*] )|(?<=\x01)\s+(?=[A-Z*#])"
)
_QUOTED = caseless(
    r"\b(?:mistakes?|mistaken(?:ly)?|wrong(?:ly)?|incorrect(?:ly)?|fallac\w+|misconceptions?|tempting|tempted|naively|"
    r"pitfalls?|paradox|absurd|nonsense|beware|counter-?examples?|cannot|can not|never|need not|\w+n't(?! (?:matter|worry|need to|forget))|"
    r"not\W+(?:\w+\W+)?(?:true|hold|valid|equal|correct|the same|commut\w+|in general)|(?:is|are|was) false|fails?|flaw\w*|"
    r"what (?:is|goes) wrong|find the error|no (?:\w+ )?solutions?|inconsistent)\b"
)
"""Words beside a display that its author does not stand for."""
_PUZZLE = caseless(
    r"\b(?:true or false|true/false|(?:statements?|following|claims?|equalit(?:y|ies)|identit(?:y|ies)|equations?|relations?|assertions?)\b[^.?!]{0,60}\b(?:true|false|valid|correct)\b[^.!]{0,20}\b(?:false|not|invalid|incorrect|\?)|"
    r"(?:decide|determine|check|verify|tell|state|say) (?:whether|if|which)\b[^.!]{0,80}\b(?:true|false|correct|valid|holds?|equal)|"
    r"which (?:\w+ )?(?:of (?:the |these )?)?(?:\w+ )*(?:is|are) (?:\w+ )?(?:true|false|correct|valid|equal|equivalent)|flaw\w*|(?:find|spot|where is) the (?:\w+ )?(?:error|mistake)|what (?:is|goes) wrong|fallac\w+|paradox\w*|(?:bogus|fake) proof)\b"
)
"""Words after which a whole derivation is not meant."""
_ABSURD = caseless(r"\b(?:contradict\w*|on the contrary|the contrary|were true|absurd\w*|impossible|reductio)\b")
_MODULAR = caseless(
    r"\b(?:modulo|modular|mod|finite field|characteristic (?:two|2|p)|XOR|Boolean|parity|clock|residues?|congruen\w+|GF)\b|"
    r"\\pmod|\\bmod|\\mathbb\s*\{?F\}?|\\mathbb\s*\{?Z\}?\s*(?:_|/)|tropical|semiring"
)
_GROUPS = caseless(
    r"\b(?:(?:normal )?subgroups?|(?:quotient|cyclic|dihedral|symmetric|alternating|abelian|finite|free) groups?|group homomorphisms?|"
    r"(?:sous-)?groupes?|ssgpes?|Untergruppen?|Gruppen?|subgrupos?|grupos? (?:abelianos?|cíclicos?))\b"
)
"""Words of texts in which products are those of a group: what is added or divided are numbers still."""
_MULTIPLIED = frozenset(["mul", "pow", "symbol", "index", "number", "neg", "inverse"])
_ALGEBRA = caseless(
    r"\b(?:cosets?|(?:prime|principal|maximal|fractional) ideals?|normal subgroups?|Galois groups?|homomorphisms?|"
    r"(?:commutative|quotient|polynomial) rings?|"
    r"integral domains?|UFD|PID|number (?:fields?|rings?)|field extensions?|finite fields?|rings? of integers|equivalence class(?:es)?|"
    r"Galois|Frobenius|Freshman's dream|anneau(?:x)?)\b"
)
"""Words of texts in which letters, and even numerals, stand for something else than numbers."""
_MACHINE = caseless(
    r"\b(?:(?:integer|floor|truncat\w+) divisions?|floating[- ]points?|(?:over|under)flow\w*|machine (?:numbers?|precision|epsilon)|"
    r"(?:IEEE|double|single|finite) (?:\d+|precision)|in code|pseudo-?code|guess(?:es|ed)?)\b"
)
"""Words beside what a machine computes, or somebody guesses."""
_RESTRICTED = caseless(
    r"\b(?:acute|obtuse|quadrant|unit (?:circle|sphere|ball|vectors?|norm|length|simplex|disc|disk|determinant|variance|mass)|"
    r"norm(?:ali[sz]\w+)|unit-norm|standardi[sz]\w+|whiten\w+|cent(?:red|ered)|demeaned|(?:zero|vanishing) (?:mean|sum)|"
    r"means? (?:(?:is|are|of) )?(?:zero|0)|(?:sums?|add|adds|summing|adding)(?: up)? to(?= (?:one|zero|unity|\x00))|simplex|"
    r"(?:a|an|the|both|two|its|any) (?:\w+ )?(?:roots?|zeros?|solutions?) of|roots? of unity|fixed[- ]points?|steady[- ]states?|equilibri\w+|"
    r"stationar\w+|optim(?:al|um|ality)|critical points?|one-hot|binary|or (?:0|1|zero|one)|indicators?|signs?(?= \x00)|(?:is|are|both|an) (?:even|odd)|prime|"
    r"golden ratio|at the (?:minimum|maximum|optimum|point|origin|boundary)|small|drop(?:s|ped|ping)?|omit\w*|up to (?:\w+ )*constants?|constant factors?|(?:do|does) not depend|proportional|negligibl\w+|ignor\w+|neglect\w+|"
    r"approximat\w+|(?:first|second|leading) order|lineari[sz]\w+|without loss of generality|w\.?l\.?o\.?g|"
    r"total probability|partitions?|mutually exclusive|disjoint|exhaustive|special cases?|in (?:the )?(?:first|second|third|other|one) case|collinear|coplanar|isosceles|equilateral|"
    r"right[- ]angled?|evaluat\w+ at|constants? (?:of integration|absorb\w*|may)|absorb\w*)\b"
)
"""Words that restrict letters in ways that are not understood."""
_OF_MATRICES = caseless(
    r"\b(?:trace[- ]?(?:zero|free)|traceless|stochastic matri\w+|ortho(?:normal|gonal)\w*|SVD|singular value decomposition|QR|perpendicular|idempotent|nilpotent|involution|"
    r"projections?|projectors?|commut\w+|(?:left |right )?(?:eigen|singular ?)(?:vectors?|values?|pairs?|functions?)|skew|"
    r"antisymmetric|unimodular|interchang\w+|swap\w*|(?:elementary )?(?:row|column) (?:operation|addition|reduction|swap)s?|elementary matri\w+|obtained (?:from|by)|row[- ]equivalent|permutation matri\w+|rotations?|reflections?)\b"
)
_OF_FAMILIES = caseless(
    r"\b(?:probabilit\w+|proportions?|frequenc\w+|weights?|fractions?|shares?|mixture|responsibilit\w+|"
    r"causal|finite[- ](?:length|support)|of (?:finite )?length|zero[- ]pad\w+|convolution|compact\w* support\w*)\b"
)
"""What sums to one, or is 0 outside of its range."""
_INDEPENDENT = caseless(
    r"\b(?:(?:in|un)?dependen(?:t|ce|tly)|uncorrelated|i\.?i\.?d\b|random samples?|orthogonal|martingale|white noise)"
)
_LAWS = caseless(
    r"\b(?:(?:poisson|bernoulli|binomial|geometric|exponential|uniform|normal|gaussian|gamma|beta|rademacher|chi-?squared?)(?:ly)? "
    r"(?:random|distribut\w+|variables?|law|r\.?v)|(?:follows?|distributed|drawn|sampled)\b)"
)
"""Words that give a letter a law, where that is not understood."""
_SYMMETRIC = caseless(r"\bsymmetr\w+")
_KINDS = (
    ("symmetry", _SYMMETRIC),
    ("", _RESTRICTED),
    ("matrices", _OF_MATRICES),
    ("families", _OF_FAMILIES),
    ("laws", _LAWS),
)
AVERAGES = frozenset(["expect", "expect_given", "variance", "covariance", "probability"])
_LEAD = 260
"""Characters before a display in which its author says what he thinks of it."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Holds for the parts from ``first`` to ``last``; ``letters``: of which something is said, None for all formulas, the empty
    set for all letters; ``about``: matrices, families, averages or letters without a law where only these are meant."""

    reason: str
    first: int
    last: int
    letters: frozenset[str] | None = None
    about: str = ""

    def bears_on(self, part: int, claim: Claim) -> bool:
        if not self.first <= part <= self.last:
            return False
        if self.letters is None:
            return self.about != "groups" or heads(claim.lhs, claim.rhs) <= _MULTIPLIED
        letters = _letters(claim, self.about)
        return bool(letters) if not self.letters else bool(self.letters & letters)


def _letters(claim: Claim, about: str) -> frozenset[str]:
    """The letters of a claim, as far as they are of the kind that is meant."""
    names = (free_letters(claim.lhs) | free_letters(claim.rhs)) - determined(claim)
    if about == "averages" and (AVERAGES.isdisjoint(heads(claim.lhs, claim.rhs)) or _independent(claim)):
        return frozenset()
    if about == "laws":
        names &= of_unknown_law(claim.scope) if AVERAGES & heads(claim.lhs, claim.rhs) else frozenset()
    if about == "matrices" and not any(d.shape and d.name in names for d in claim.scope.declarations):
        return frozenset()
    if about == "symmetry":
        names = frozenset(d.name for d in claim.scope.declarations if len(d.shape) == 2 and not d.properties) & names
    if about == "families":
        sums = (d for d in claim.scope.declarations if d.family and not (d.shape or d.law))
        names = frozenset(d.name for d in sums if d.name in names)
    return frozenset(name.partition("_")[0] for name in names)


def _independent(claim: Claim) -> bool:
    """All random letters are known to be independent, or there is one."""
    random = {d.name for d in claim.scope.declarations if d.law is not None and not d.family}
    return len(random) < 2 or any(random <= set(group) for group in claim.scope.independent)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence with the letters of the formulas in it, and the parts from which to which it reaches."""

    words: str
    letters: frozenset[str]
    first: int
    last: int
    formulas: tuple[str, ...] = ()


def reservations(parts: Sequence[Part]) -> list[Reservation]:
    """All that the words of a text say, section by section."""
    found: list[Reservation] = []
    found += _of_algebra(parts)
    for first, last in _sections(parts):
        for sentence in _sentences(parts, first, last):
            found += _said(sentence, parts, first, last)
    return found


def _of_algebra(parts: Sequence[Part]) -> Iterator[Reservation]:
    """A text that speaks of it often enough."""
    said = [in_small_letters(_said_in(part)) for part in parts if isinstance(part, Prose | Heading)]
    spoken, grouped = (sum(len(words.findall(one)) for one in said) for words in (_ALGEBRA, _GROUPS))
    if spoken + grouped >= OFTEN:
        about = "" if spoken else "groups"
        yield Reservation("the text is about algebra in which letters are no numbers", 0, len(parts), about=about)


OFTEN = 2


def _said_in(part: Prose | Heading) -> str:
    return part.text if isinstance(part, Prose) else part.title


def _sections(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    begin = 0
    for number, part in enumerate(parts):
        if isinstance(part, Heading | End):
            if number > begin:
                yield begin, number - 1
            begin = number
    if parts:
        yield begin, len(parts) - 1


def _sentences(parts: Sequence[Part], first: int, last: int) -> Iterator[_Piece]:
    """The running text with marks for formulas, cut where sentences end; a display belongs to the sentence that leads to it."""
    text, owners = "", []
    for number in range(first, last + 1):
        part = parts[number]
        words = _EMPHASIS.sub(_blank, part.text) if isinstance(part, Prose) else ""
        if isinstance(part, Formula):
            words = DISPLAY if part.display else FORMULA
        text += words
        owners += [number] * len(words)
    begin = 0
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        if heading := _HEADING_LINE.match(text, begin, end):
            begin = heading.end()
        if end > begin and text[begin:end].strip():
            yield _piece(text, owners, begin, end, parts)
        begin = max(begin, end)


_HEADING_LINE = re.compile(r"\s*#[^\n]*(?:\n|$)")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9])[_*]+(?=[A-Za-z])|(?<=[A-Za-z])[_*]+(?![A-Za-z0-9])")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _piece(text: str, owners: list[int], begin: int, end: int, parts: Sequence[Part]) -> _Piece:
    inline = [
        part
        for place in range(begin, end)
        if text[place] == FORMULA and isinstance(part := parts[owners[place]], Formula)
    ]
    letters = frozenset[str]().union(*(letters_in(part.text.text) for part in inline))
    words = "".join(f" {part.text.text} " if isinstance(part, Formula) and not part.display else "" for part in inline)
    return _Piece(
        f"{text[begin:end]} {words}", letters, owners[begin], owners[end - 1], tuple(part.text.text for part in inline)
    )


def _said(sentence: _Piece, parts: Sequence[Part], first: int, last: int) -> Iterator[Reservation]:
    displays = [n for n in range(sentence.first, sentence.last + 1) if isinstance(p := parts[n], Formula) and p.display]
    ahead = _next_display(parts, sentence.last + 1, last)
    before = _display_before(parts, sentence.first)
    begin = sentence.first if before is None else before
    words = in_small_letters(sentence.words)
    if _QUOTED.search(words):
        for shown in (*displays, *([ahead] if ahead is not None and not displays else [])):
            yield Reservation("the text may show it as a mistake", shown, shown)
        if not displays and before is not None:
            yield Reservation("the text may show it as a mistake", before, before)
    if _PUZZLE.search(words):
        yield Reservation("the text may show it as a mistake", begin, last)
    if _ABSURD.search(words):
        yield Reservation("the text looks for a contradiction", begin, last)
    if _MODULAR.search(words):
        yield Reservation("the text may compute modulo a number", sentence.first, last)
    if _MACHINE.search(words):
        for shown in (*displays, *([ahead] if ahead is not None else [])):
            yield Reservation("the text may show what a machine computes, or a guess", shown, shown)
    beside = "".join(_beside(parts[shown]) for shown in displays)
    sentence = replace(sentence, words=f"{sentence.words} {beside}")
    words = in_small_letters(sentence.words)
    for about, pattern in _KINDS:
        if found := next((one for one in pattern.finditer(words) if not _of_a_function(one, sentence)), None):
            reason = _says(sentence, found)
            if sentence.letters:
                yield Reservation(reason, begin, last, sentence.letters, about)
            for shown in sorted({*displays, *([ahead] if ahead is not None else [])}):
                yield Reservation(reason, shown, shown, frozenset(), about)
    if found := _INDEPENDENT.search(words):
        yield Reservation(_says(sentence, found), first, last, frozenset(), "averages")


def _says(sentence: _Piece, found: re.Match[str]) -> str:
    return f"the text says '{sentence.words[found.start() : found.end()].strip()}'"


def _beside(display: Part) -> str:
    """The words beside the rows of a display, not those in it."""
    remarks = [one.remark for one in statements(display)] if isinstance(display, Formula) else []
    return " ".join(words for remark in remarks for words in _WORDS.findall(remark))


_WORDS = re.compile(r"\\(?:text[a-z]*|mbox|hbox|tag)\s*\{([^{}]*)\}")
_PARITY = caseless(r"is (?:even|odd)")
_VALUE = re.compile(r"\\(?:sin|cos|tan|sinh|cosh|exp)(?![A-Za-z])|[A-Za-z]\s*\(\s*[a-z]\s*\)")


def _of_a_function(found: re.Match[str], sentence: _Piece) -> bool:
    r"""``$t \cos(n t)$ is even`` speaks of a function, not of a whole number."""
    before = sentence.words[: found.start()].rstrip()
    number = before.count(FORMULA)
    said = _PARITY.fullmatch(found.group().strip()) and before.endswith(FORMULA) and number <= len(sentence.formulas)
    return bool(said) and _VALUE.search(sentence.formulas[number - 1]) is not None


def _next_display(parts: Sequence[Part], number: int, last: int) -> int | None:
    """The display that follows with nothing but few words between."""
    seen = 0
    for place in range(number, last + 1):
        part = parts[place]
        if isinstance(part, Formula) and part.display:
            return place if not seen else None
        seen += len(part.text.strip()) if isinstance(part, Prose) else 0
    return None


def _display_before(parts: Sequence[Part], number: int) -> int | None:
    """The display that stands directly before a sentence."""
    for place in range(number, max(-1, number - 2), -1):
        part = parts[place]
        if isinstance(part, Formula) and part.display:
            return place
        if isinstance(part, Heading):
            return None
    return None


__all__ = ["Reservation", "reservations"]
