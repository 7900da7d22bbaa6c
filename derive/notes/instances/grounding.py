"""A side of a relation under a law of a few variables: sums over values written out, probabilities as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derive.notation import Node
from derive.notes.instances.laws import MOST_CELLS, Law
from derive.notes.instances.marking import LAW, NoCase, Value, law_calls, sides_of, value_in
from derive.notes.roles import key_of

SMALLEST = 2
FILLERS = (Fraction(5, 3), Fraction(7, 2), Fraction(9, 4))
"""Values of which nothing is said."""
SUMS = (r"\sum", r"\prod")
NONE = (r"\emptyset", r"\varnothing")
NOT = (r"\complement",)
Event = Callable[[Mapping[str, int]], bool]


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of a relation with their values; ``indices``: the letters for values, by their variable; ``numbered``: those
    that are numbers of values, as i in ``x_i``."""

    values: Mapping[str, tuple[Fraction, ...]]
    indices: Mapping[str, str]
    numbered: frozenset[str] = frozenset()

    @property
    def sizes(self) -> dict[str, int]:
        return {name: len(values) for name, values in self.values.items()}

    def variable_of(self, letter: str) -> str:
        """Of which variable a letter runs through the values. Raises NoCase."""
        name = self.indices.get(letter, letter.lower())
        if name not in self.values:
            raise NoCase(f"a sum over {letter}, which is no value of a random letter")
        return name


@dataclass(frozen=True, slots=True)
class Told:
    """What the text says of events: letters of the sure event, those that a stroke or bar turns into their complement."""

    sure: frozenset[str] = frozenset()
    complements: bool = False


def variables_in(sides: list[Node], told: Told) -> list[Variables]:
    """The variables that marked sides speak of: with the values that are written, and with one more where these may not be all.
    Raises NoCase."""
    numerals: dict[str, frozenset[Fraction]] = {}
    indices: dict[str, str] = {}
    numbered: set[str] = set()
    for value in (one for side in sides for call in law_calls(side) for one in _values(call, told)):
        found = numerals.setdefault(value.variable, frozenset())
        if _is_number(value.value):
            numerals[value.variable] = found | {Fraction(value.value)}
        elif indices.setdefault(value.value, value.variable) != value.variable:
            raise NoCase(f"{value.value} stands for values of several variables")
        elif value.index:
            numbered.add(value.value)
    if any(letter.lower() in {indices[number] for number in numbered} for letter in indices):
        raise NoCase("a letter with and without an index, which may be a list of its members")
    written = {name: numbers for letter, numbers in _ranges(sides) if (name := indices.get(letter))}
    if any(not numbers <= written.get(name, numbers) for name, numbers in numerals.items()):
        raise NoCase("a value outside of the set that is written")
    sets = [
        {name: _values_of(written.get(name), numbers, more) for name, numbers in numerals.items()} for more in (0, 1)
    ]
    if max(map(_count, sets)) > MOST_CELLS:
        raise NoCase("too many random letters")
    return [Variables(one, indices, frozenset(numbered)) for one in (sets if sets[0] != sets[1] else sets[:1])]


def _values_of(written: frozenset[Fraction] | None, numerals: frozenset[Fraction], more: int) -> tuple[Fraction, ...]:
    if written is not None:
        return tuple(sorted(written))
    size = max(SMALLEST, len(numerals) + more)
    return (*sorted(numerals), *FILLERS)[:size]


def _count(values: Mapping[str, tuple[Fraction, ...]]) -> int:
    count = 1
    for found in values.values():
        count *= len(found)
    return count


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _values(call: Node, told: Told) -> Iterator[Value]:
    before, behind = sides_of(call)
    found = [value for item in (*before, *behind) for value in _named_in(item, told)]
    if len({(one.variable) for one in found}) < len({(one.variable, one.value) for one in found}):
        raise NoCase("two values of one letter in one probability")
    yield from found


def _named_in(item: Node, told: Told) -> Iterator[Value]:
    """The variables of an event. Raises NoCase for what is none."""
    item = _inside(item)
    if item.text in NONE or key_of(item) in told.sure:
        return
    if (inner := _complemented(item, told)) is not None:
        yield from _named_in(inner, told)
    elif item.kind == "fence" or (item.kind in ("sum", "product") and set(_signs(item)) <= set(JOINS)):
        for child in item.children:
            yield from _named_in(child, told)
    elif (value := value_in(item)) is not None:
        yield value
    else:
        raise NoCase("an event of which no case is made")


def _signs(item: Node) -> tuple[str, ...]:
    """Between events; two events side by side both happen."""
    if item.kind == "product" and set(item.value) == {""} and all(map(_is_event_letter, item.children)):
        return (r"\cap",) * len(item.value)
    return item.value[1:] if item.kind == "sum" else item.value


def _is_event_letter(item: Node) -> bool:
    base = item.children[0] if item.kind == "scripts" else item
    return base.kind == "letter" and base.text.isupper()


JOINS: dict[str, Callable[[bool, bool], bool]] = {
    r"\cup": lambda a, b: a or b,
    r"\lor": lambda a, b: a or b,
    r"\vee": lambda a, b: a or b,
    r"\cap": lambda a, b: a and b,
    r"\land": lambda a, b: a and b,
    r"\wedge": lambda a, b: a and b,
    r"\setminus": lambda a, b: a and not b,
}


def _complemented(item: Node, told: Told) -> Node | None:
    r"""A of ``A^c``, ``A^\complement``, and of ``\bar{A}``, ``A'`` where the text speaks of complements."""
    if item.kind == "scripts" and item.text == "^" and _inside(item.children[1]).text in ("c", "C", *NOT):
        return item.children[0]
    if item.kind == "scripts" and item.text == "'" and told.complements:
        return item.children[0]
    if item.kind == "font" and item.text in (r"\bar", r"\overline") and told.complements:
        return _inside(item.children[0])
    return None


def _ranges(sides: list[Node]) -> Iterator[tuple[str, frozenset[Fraction]]]:
    r"""The letters of sums over sets that are written: ``\sum_{x \in \{0, 1\}}``, ``\sum_{x=0}^1``."""
    for node in (part for side in sides for part in side.walk() if part.kind == "big"):
        operator = node.children[0]
        scripts = _scripts(operator)
        below = _inside(scripts["_"]) if "_" in scripts else None
        if below is None or below.kind != "chain" or (letter := key_of(below.children[0])) is None:
            continue
        last = _inside(below.children[-1])
        if below.value == (r"\in",) and last.kind == "fence" and (numbers := _numbers(last)):
            yield letter, numbers
        if below.value == ("=",) and last.kind == "number" and "^" in scripts:
            end = _inside(scripts["^"])
            if end.kind == "number" and _is_number(end.text) and int(last.text) < int(end.text) < int(last.text) + 4:
                yield letter, frozenset(map(Fraction, range(int(last.text), int(end.text) + 1)))


def _numbers(braces: Node) -> frozenset[Fraction]:
    items = braces.children[0].children if braces.children[0].kind == "list" else braces.children
    plain = all(item.kind == "number" and _is_number(item.text) for item in items)
    return frozenset(Fraction(item.text) for item in items) if plain else frozenset()


def _scripts(operator: Node) -> dict[str, Node]:
    if operator.kind != "scripts" or "'" in operator.text:
        return {}
    return dict(zip(operator.text, operator.children[1:], strict=True))


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


@dataclass(frozen=True, slots=True)
class Grounding:
    """``bound``: the numbers of the values that letters of sums have here."""

    laws: Mapping[str, Law]
    variables: Variables
    told: Told
    bound: Mapping[str, int] = field(default_factory=dict)

    def __call__(self, node: Node) -> Node:
        """The tree with numbers in place of probabilities and values. Raises NoCase."""
        if node.kind == LAW:
            return _numeral(self.probability(node))
        if node.kind == "big":
            return self._written_out(node)
        if (value := self._as_number(node)) is not None:
            return _numeral(value)
        return replace(node, children=tuple(map(self, node.children)))

    def probability(self, call: Node) -> Fraction:
        """Raises NoCase where what stands behind the bar has probability 0."""
        before, behind = sides_of(call)
        event, given = self._all(before), self._all(behind)
        law = self.laws[call.text]
        whole = law.probability(given)
        if not whole:
            raise NoCase("a condition of probability 0")
        return law.probability(lambda cell: event(cell) and given(cell)) / whole

    def _all(self, items: list[Node]) -> Event:
        events = list(map(self._event, items))
        return lambda cell: all(event(cell) for event in events)

    def _event(self, item: Node) -> Event:
        item = _inside(item)
        if item.text in NONE:
            return lambda cell: False
        if key_of(item) in self.told.sure:
            return lambda cell: True
        if (inner := _complemented(item, self.told)) is not None:
            other = self._event(inner)
            return lambda cell: not other(cell)
        if item.kind in ("fence", "sum", "product"):
            return self._joined(item)
        value = value_in(item)
        if value is None:
            raise NoCase("an event of which no case is made")
        number = self._number_of(value)
        return lambda cell: cell[value.variable] == number

    def _joined(self, item: Node) -> Event:
        first, *others = map(self._event, item.children)
        for sign, other in zip(_signs(item), others, strict=True):
            first = _joined(JOINS[sign], first, other)
        return first

    def _number_of(self, value: Value) -> int:
        if value.value in self.bound:
            return self.bound[value.value]
        if _is_number(value.value):
            return self.variables.values[value.variable].index(Fraction(value.value))
        return 0

    def _written_out(self, node: Node) -> Node:
        operator, *body = node.children
        scripts = _scripts(operator)
        base = operator.children[0] if operator.kind == "scripts" else operator
        if base.text not in SUMS or "_" not in scripts or len(body) != 1:
            raise NoCase(f"{base.text} in it")
        cells: list[dict[str, int]] = [{}]
        for letter in self._letters(_inside(scripts["_"]), scripts.get("^")):
            size = len(self.variables.values[self.variables.variable_of(letter)])
            cells = [{**cell, letter: number} for cell in cells for number in range(size)]
        terms = tuple(replace(self, bound={**self.bound, **cell})(body[0]) for cell in cells)
        signs = ("", *("+",) * (len(terms) - 1)) if base.text == r"\sum" else (r"\cdot",) * (len(terms) - 1)
        kind = "sum" if base.text == r"\sum" else "product"
        terms = tuple(Node("fence", "( )", (term,)) for term in terms)
        return Node("fence", "( )", (Node(kind, "", terms, signs),)) if len(terms) > 1 else terms[0]

    def _letters(self, below: Node, above: Node | None) -> list[str]:
        r"""The letters of ``\sum_x``, ``\sum_{x, y}``, ``\sum_{x \in S}``, ``\sum_{i=1}^n``."""
        if below.kind == "chain" and below.value == ("=",):
            first = key_of(below.children[0])
            counts = first is not None and _inside(below.children[1]).text in ("0", "1")
            if above is None or not counts or first is None:
                raise NoCase("a sum that begins elsewhere")
            if _inside(above).kind != "number" and first not in self.variables.numbered:
                raise NoCase("a sum to an end that is a letter")
            return [first]
        if above is not None:
            raise NoCase("a sum with an end")
        first_part = below.children[0] if below.kind == "chain" and below.value == (r"\in",) else below
        names = [key_of(part) for part in (first_part.children if first_part.kind == "list" else (first_part,))]
        if None in names:
            raise NoCase("a sum over something that is no letter")
        return [name for name in names if name is not None]

    def _as_number(self, node: Node) -> Fraction | None:
        """The value that a letter of a sum has here."""
        key = key_of(node)
        if key in self.bound and key is not None:
            variable = self.variables.variable_of(key)
            if variable != key.lower():
                raise NoCase("the number of a value, outside of its letter")
            return self.variables.values[variable][self.bound[key]]
        below = _inside(node.children[1]) if node.kind == "scripts" and node.text == "_" else None
        if below is not None and below.text in self.bound and (base := key_of(node.children[0])) is not None:
            if self.variables.variable_of(below.text) != base.lower():
                raise NoCase("a member of a family that is no value")
            return self.variables.values[base.lower()][self.bound[below.text]]
        return None


def _joined(join: Callable[[bool, bool], bool], first: Event, other: Event) -> Event:
    return lambda cell: join(first(cell), other(cell))


def _numeral(value: Fraction) -> Node:
    whole = Node("number", str(abs(value.numerator)))
    if value.denominator == 1:
        return whole
    return Node("command", r"\frac", (whole, Node("number", str(value.denominator))))


__all__ = ["Grounding", "Told", "Variables", "variables_in"]
