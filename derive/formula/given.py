"""Declarations in words of their own: ``x > 0; n in N; W in R^{d x d} symmetric; X ~ N(mu, sigma^2)``.

Items are separated by semicolons. Sets: ``R``, ``C``, ``Z``, ``N`` (1, 2, ...), ``N_0``, and powers of them for vectors and
matrices, followed by properties. ``~`` gives a law, with ``where X \\ne 0`` behind it a value of probability 0 that is left
out, ``X, Y independent`` independence, ``f: R -> R`` a function. Every other item is a relation: a bound of one letter by a
numeral belongs to the letter's declaration, the rest are hypotheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derive.core import Declaration, Law, Relation, Scope, Term
from derive.formula.family import subterms
from derive.formula.given_laws import almost_surely, law_of
from derive.formula.letters import letter_names
from derive.formula.notation import GREEK
from derive.formula.tokens import Unread

PROPERTIES = {
    "symmetric": "symmetric",
    "orthogonal": "orthogonal",
    "invertible": "invertible",
    "diagonal": "diagonal",
    "positive definite": "positive_definite",
    "positive semidefinite": "positive_semidefinite",
}
DOMAINS = {"R": "real", "C": "complex", "Z": "integer", "N": "integer", "N_0": "integer"}
STARTS = {"N": 1, "N_0": 0}
SIZES = ("abs", "norm", "frobenius")
"""Heads of a size: ``|x_k| <= r`` bounds every member, as ``x_k <= s`` does."""
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}

_SET = re.compile(r"^(?P<names>.+?)\s*(?:\\in\b|\bin\b)\s*(?P<set>.+)$", re.DOTALL)
_SPACE = re.compile(
    r"^(?:\\mathbb\s*\{?\s*)?(?P<field>[RCZN])\s*\}?\s*(?P<zero>_0|_\{0\})?\s*(?:\^\s*(?P<size>\{[^{}]*\}|\w))?\s*(?P<words>.*)$"
)
_FUNCTION = re.compile(r"^(?P<name>\S+)\s*:\s*R\s*(?:->|\\to)\s*R\s*(?P<words>.*)$")


@dataclass(slots=True)
class _Letters:
    """What has been said so far, by name."""

    families: frozenset[str]
    declared: dict[str, Declaration] = field(default_factory=dict)
    hypotheses: list[Relation] = field(default_factory=list)
    independent: list[tuple[str, ...]] = field(default_factory=list)

    def scope(self) -> Scope:
        return Scope(tuple(self.declared.values()), tuple(self.hypotheses), (), tuple(self.independent))


def read_given(text: str, formula: str = "", known: tuple[Declaration, ...] = ()) -> Scope:
    """The scope that the items declare, for a ``formula`` that may show which letters are families, beside letters that are
    ``known``. Raises ``Unread``, with the item, for what is not understood."""
    text = with_backslashes(text)
    letters = _Letters(families_of(f"{text} ; {formula}"), {declaration.name: declaration for declaration in known})
    for item in filter(None, map(str.strip, text.split(";"))):
        try:
            _item(item, letters)
        except Unread as problem:
            raise Unread(f"in '{item}': {problem.args[0]}", problem.position) from None
    return letters.scope()


_CONSTANTS = {"\\gamma": "gamma", "\\pi": "pi", "e": "e", "i": "i"}
_SIGN = re.compile(r"<=|>=|!=|<|>|=|\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z])|\\neq?(?![A-Za-z])")
_NUMERAL = re.compile(r"[-+]?\s*(\d[\d./\s]*|\\frac\{?\d+\}?\{?\d+\}?)")
_GAMMA = re.compile(r"\\gamma(?![A-Za-z]|\s*_)")


def _letters_named_like_constants(item: str) -> Iterator[str]:
    """``\\pi`` in ``0 < \\pi < 1``: nobody assumes of a constant how it compares with a numeral. ``x < \\pi`` speaks of the constant,
    and nothing that is assumed of the letter gamma speaks of Euler's; a value, ``L = -\\gamma - \\ln 2``, may."""
    sides = [side.strip() for side in _SIGN.split(item)]
    for before, side, after in zip(["", *sides], sides, [*sides[1:], ""], strict=False):
        if side in _CONSTANTS and any(_NUMERAL.fullmatch(other) for other in (before, after)):
            yield _CONSTANTS[side]
    name, equals, value = item.partition("=")
    gives_a_value = equals and not _SIGN.search(value) and name.strip()[-1:] not in ("<", ">", "!")
    if _GAMMA.search(name if gives_a_value else item):
        yield "gamma"


_GREEK_WORD = re.compile(rf"(?<![\\A-Za-z])({'|'.join(sorted(GREEK, key=len, reverse=True))})(?![A-Za-z])")
_RUNNING = re.compile(r"(\\[A-Za-z]+|[A-Za-z])_(?:\{\s*)?[ijklmnst](?![A-Za-z])")


def with_backslashes(text: str) -> str:
    """``mu`` and ``lambda_1`` as commands."""
    return _GREEK_WORD.sub(lambda found: f"\\{found[1]}", text)


def families_of(text: str) -> frozenset[str]:
    """Names of the letters that carry a running index somewhere: ``h`` for ``h_t`` or ``h_{t-1}``."""
    plain = frozenset(found[1].removeprefix("\\") for found in _RUNNING.finditer(text))
    bound = frozenset(found[1] for found in _SUMMED.finditer(text))
    return plain | {
        f"{found['base'].removeprefix(BACKSLASH)}_{found['accent']}"
        for found in _ACCENTED.finditer(text)
        if found["index"] in bound
    }


BACKSLASH = "\\"
_SUMMED = re.compile(r"\\(?:sum|prod)\s*_\s*\{?\s*([a-z])(?![A-Za-z])")
_ACCENTED = re.compile(
    r"\\(?P<accent>bar|hat|tilde)\s*\{\s*(?P<base>\\?[A-Za-z]+)\s*\}\s*_\s*(?:\{\s*)?(?P<index>[a-z])(?![A-Za-z])"
)
"""``\\hat{y}_i`` is a member of a family where a sum runs through i; ``\\bar{X}_n`` is a letter of its own elsewhere."""


def _item(item: str, letters: _Letters) -> None:
    known = set(letters.declared)
    for name in _letters_named_like_constants(item):
        letters.declared.setdefault(name, Declaration(name))
    if item.endswith("independent"):
        letters.independent.append(tuple(_names(item.removesuffix("independent"))))
    elif found := _FUNCTION.match(item):
        _declare_function(found["name"], found["words"], letters)
    elif "~" in item or "\\sim" in item:
        _random(item.replace("\\sim", "~"), letters)
    elif (found := _SET.match(item)) and (space := _SPACE.match(found["set"].strip())):
        _member(found["names"], space, letters)
    else:
        _relation(item, letters, known)


def _names(text: str) -> list[str]:
    return [_name(part.strip())[0] for part in text.split(",") if part.strip()]


def _name(latex: str) -> tuple[str, bool]:
    """The name of a letter, and whether it is written as the general member of a family (``x_i``)."""
    return letter_names(latex)


def _declare_function(name: str, words: str, letters: _Letters) -> None:
    properties = tuple(word for word in ("convex", "increasing") if word in words.split())
    letters.declared[_name(name)[0]] = Declaration(_name(name)[0], "real", properties=properties, function=True)


def _member(names: str, space: re.Match[str], letters: _Letters) -> None:
    kind = space["field"] + ("_0" if space["zero"] else "")
    shape = _shape(space["size"]) if space["size"] else ()
    properties = tuple(_properties(space["words"]))
    if kind == "C" and any(word.startswith("positive") for word in properties):
        raise Unread("a complex matrix that is positive is Hermitian, which is not known here", 0)
    for part in names.split(","):
        name, family = _name(part.strip())
        symbol = Term("symbol", (), name)
        start = STARTS.get(kind)
        where = _known_bounds(name, shape, letters)
        if start is not None:
            where = _tightest(where, Relation(symbol, ">=", _numeral(start)))
        _name_a_member(name, letters)
        letters.declared[name] = Declaration(name, DOMAINS[kind], shape, properties, where, family=family)


def _known_bounds(name: str, shape: tuple[str | int, ...], letters: _Letters) -> tuple[Relation, ...]:
    """What was said before of a letter whose set comes now (``n >= 4; n in N``). Raises ``Unread`` for one of another kind."""
    before = letters.declared.get(name)
    if before is None:
        return ()
    if before.law is not None or before.function or (before.where and shape):
        raise Unread(f"'{name}' is declared twice", 0)
    return before.where


def _name_a_member(name: str, letters: _Letters) -> None:
    """``x_0 in R`` beside ``x_t = ...``: the letter x_0 is the member 0 of the sequence."""
    family, _, number = name.rpartition("_")
    if family in letters.families and number.isdigit():
        letters.declared.setdefault(family, Declaration(family, "real", family=True))
        member = Term("index", (Term("symbol", (), family), _numeral(int(number))))
        letters.hypotheses.append(Relation(member, "=", Term("symbol", (), name)))


def _shape(size: str) -> tuple[str | int, ...]:
    parts = re.split(r"\\times|(?<=[\w\s])x(?=[\w\s])", size.strip("{}"))
    return tuple(int(part) if part.strip().isdigit() else _name(part.strip())[0] for part in parts)


def _properties(words: str) -> Iterator[str]:
    rest = " ".join(words.replace(",", " ").replace(" and ", " ").split())
    while rest:
        word = next((word for word in PROPERTIES if rest.startswith(word)), None)
        if word is None:
            raise Unread(f"the property '{rest}' is not known", 0)
        yield PROPERTIES[word]
        rest = rest.removeprefix(word).strip()


def _random(item: str, letters: _Letters) -> None:
    names, words = (part.strip() for part in item.split("~", 1))
    words, _, bounds = (part.strip() for part in words.partition(" where "))
    law = law_of(words, lambda text: _read(f"{text} = 0", letters)[0].lhs)
    iid, single = words.startswith("iid"), []
    for part in map(str.strip, names.split(",")):
        name, family = _name(part)
        if family:
            _require_one_law(part, law, iid)
        else:
            single.append(name)
        letters.declared[name] = replace(
            letters.declared.get(name) or Declaration(name, "real", family=family), law=law
        )
        if bounds:
            where = _read(plain(bounds), letters)
            if not all(almost_surely(law, relation) for relation in where):
                raise Unread("only a single value can be left out of a law, one of probability 0", 0)
            letters.declared[name] = replace(letters.declared[name], where=where)
    if iid and len(single) > 1:
        letters.independent.append(tuple(single))


def _require_one_law(member: str, law: Law, iid: bool) -> None:
    """A random family is independent and identically distributed, which has to be said."""
    if not iid:
        raise Unread(f"whether the members of {member} are independent is not said: write iid", 0)
    place = member.partition("_")[2].strip("{} ")
    parts = [part for term in (law.mean, law.variance, *law.parameters) for part in subterms(term)]
    if any(part.head in ("symbol", "constant") and part.value == place for part in parts):
        raise Unread(f"members of one law have no parameter that depends on {place}", 0)


def _relation(item: str, letters: _Letters, known: set[str]) -> None:
    """Bounds of one letter by numerals go into its declaration; a bare letter that nobody declared is a real number. ``known``:
    letters of the items before."""
    for relation in _read(plain(item), letters):
        _give_shape(relation, known, letters)
        bound = _bound(relation, letters)
        if bound is None:
            letters.hypotheses.append(relation)
        else:
            name, turned = bound
            declaration = letters.declared[name]
            letters.declared[name] = replace(declaration, where=_tightest(declaration.where, turned))


def _give_shape(relation: Relation, known: set[str], letters: _Letters) -> None:
    """A letter that this item introduces as a matrix is one."""
    name, size = str(relation.lhs.value), matrix_size(relation.rhs)
    if relation.relation == "=" and relation.lhs.head == "symbol" and size and name not in known:
        shape = size if size[1] != 1 else size[:1]
        letters.declared[name] = replace(letters.declared[name], domain="real", shape=shape)


def matrix_size(term: Term) -> tuple[int, ...] | None:
    """Rows and columns of a matrix that is written out, or of products, sums and transposes of such."""
    if term.head == "matrix":
        return len(term.args), len(term.args[0].args)
    if term.head == "transpose":
        inner = matrix_size(term.args[0])
        return inner and inner[::-1]
    if term.head in ("add", "neg", "mul", "div"):
        sizes = [size for arg in term.args if (size := matrix_size(arg))]
        return (sizes[0][0], sizes[-1][1]) if sizes else None
    return None


def plain(item: str) -> str:
    """ASCII relation signs in LaTeX."""
    for sign, command in (
        ("<=", " \\le "),
        (">=", " \\ge "),
        ("!=", " \\ne "),
        ("\\neq", " \\ne "),
        ("≤", " \\le "),
        ("≥", " \\ge "),
    ):
        item = item.replace(sign, command)
    return item


def _read(text: str, letters: _Letters) -> tuple[Relation, ...]:
    from derive.formula.claims import with_letters

    relations, scope = with_letters(text, letters.scope(), letters.families, declared=True)
    letters.declared = {declaration.name: declaration for declaration in scope.declarations}
    return relations


def _bound(relation: Relation, letters: _Letters) -> tuple[str, Relation] | None:
    """(letter, ``letter relation numeral``) for such a relation, whichever side the letter stands on. The general member of a
    family may be bounded by any term: ``x_k <= s`` speaks of every k."""
    lhs, sign, rhs = relation.lhs, relation.relation, relation.rhs
    if sign not in TURNED or sign == "=":
        return None
    if _is_numeral(lhs) or (_is_of_general(rhs) and not _is_of_general(lhs)):
        lhs, sign, rhs = rhs, TURNED[sign], lhs
    member = lhs.args[0] if lhs.head in SIZES else lhs
    general = _is_general(member)
    letter = member.args[0] if general else lhs
    name = str(letter.value)
    if letter.head != "symbol" or name not in letters.declared or not (_is_numeral(rhs) or general):
        return None
    return None if letters.declared[name].law is not None else (name, Relation(lhs, sign, rhs))


def _tightest(where: tuple[Relation, ...], new: Relation) -> tuple[Relation, ...]:
    """A new numeral bound on the same side replaces an old one that it implies (``n in N; n >= 2``)."""
    same = [old for old in where if old.lhs == new.lhs and old.relation == new.relation == ">="]
    if not same:
        return (*where, new)
    old = same[0]
    low, high = (int(str(side.value)) if side.head == "number" else None for side in (old.rhs, new.rhs))
    if low is None or high is None:
        return (*where, new)
    kept = [relation for relation in where if relation != old]
    return (*kept, new if high >= low else old)


def _is_of_general(term: Term) -> bool:
    return _is_general(term.args[0] if term.head in SIZES else term)


def _is_general(term: Term) -> bool:
    """The general member ``x_k`` of a family."""
    return term.head == "index" and term.args[1].head == "symbol"


def _is_numeral(term: Term) -> bool:
    if term.head in ("neg", "div"):
        return all(map(_is_numeral, term.args))
    return term.head in ("number", "decimal")


def _numeral(value: int) -> Term:
    from fractions import Fraction

    return Term("number", (), Fraction(value))
