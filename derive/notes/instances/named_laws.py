r"""Densities and means of letters with a usual law: ``X \sim \mathrm{Gam}(a, b)`` says what ``f_X(x)`` and ``\mathrm{E}(X^2)`` are.

All letters get numbers. The parameters of some laws are read in more than one way; what is said must fail in each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from derive.core import Claim, Instance, Instances
from derive.notation import Node, Unparsed
from derive.notation import show as latex_of
from derive.notes.context import letters_in
from derive.notes.display import statements
from derive.notes.document import Formula, Heading, Part, Prose
from derive.notes.instances.at_numbers import spoken_in
from derive.notes.instances.densities import FAMILIES, VARIATE, Density, Maker, readings_of, written
from derive.notes.instances.eulers_constant import constant_of_euler
from derive.notes.instances.marking import NoCase
from derive.notes.instances.piecewise import is_piecewise, with_branches
from derive.notes.instances.special_values import Spoken, number_of, require_clear_divisors, with_calls, with_values
from derive.notes.lowering import OutOfScope
from derive.notes.parsing import parse
from derive.notes.roles import key_of
from derive.notes.unknown import plain_text
from derive.notes.walk import Walk, lowered

DUMMY = "x"
"""The letter of integrals that are put in."""
CONSTANTS = frozenset(["e", "d", r"\pi", r"\Gamma"])
MOST_WORDS = 500
"""Characters between the law of a letter and what is said of it."""
_RESTRICTS = re.compile(
    r"\b(?:truncat\w*|condition\w*|given that|approximat\w*|asymptotic\w*|limit\w*|unnormali[sz]\w*|proportional|posterior|wrong|mistake|"
    r"if|when|suppose|assum\w+|transform\w*|standardi[sz]\w*|cent(?:red|ered)|folded|reflect\w*|inverse|log-|mixture|not|exercise|cumulative|survival|hazard|"
    r"generating|characteristic|quantile|log of|logarithm)\b|n't\b",
    re.IGNORECASE,
)
Point = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class LawSaid:
    """Of which letter, the name of the law, and its parameters."""

    letter: str
    name: str
    parameters: tuple[Node, ...]


def law_in(text: str) -> tuple[str, tuple[Node, ...]] | None:
    r"""Name and parameters of ``\mathcal{N}(\mu, \sigma^2)``, ``\text{Beta}(a, b)``, ``\chi^2(k)``, ``\chi^2_k``."""
    try:
        tree = parse(text.strip().rstrip(".,;"))
    except Unparsed:
        return None
    if tree.kind == "scripts" and plain_text([tree.children[0]]) == r"\chi" and sorted(tree.text) == ["^", "_"]:
        return r"\chi^2", (tree.children[1 + tree.text.index("_")],)
    if tree.kind != "product" or len(tree.children) != 2 or tree.children[1].kind != "fence":
        return None
    inside = tree.children[1].children[0]
    items = inside.children if inside.kind == "list" and set(inside.value) <= {",", ";"} else (inside,)
    name = re.sub(
        r"\\(?:mathrm|mathcal|text|operatorname|mathsf|textrm|mathit|rm)\s*|[{}\s]", "", latex_of(tree.children[0])
    )
    return (name, items) if name in FAMILIES else None


def law_before(parts: Sequence[Part], reached: int, letter: str) -> LawSaid | None:
    """The law of the letter that the text told last: nothing but few words stand between, in which nothing is changed."""
    words = ""
    for number in range(reached - 1, -1, -1):
        part = parts[number]
        if isinstance(part, Heading):
            return None
        if isinstance(part, Prose):
            words = part.text + words
        if len(words) > MOST_WORDS:
            return None
        if isinstance(part, Formula):
            said = list(_laws(part))
            if any(one.letter == letter for one in said):
                return said[0] if len(said) == 1 and not _RESTRICTS.search(words) else None
            if said or (part.display and "=" in part.text.text):
                return None
    return None


def _laws(formula: Formula) -> Iterator[LawSaid]:
    for link in (link for statement in statements(formula) for link in statement.links):
        if link.sign == r"\sim":
            found = law_in(link.rhs.text)
            yield (
                LawSaid(link.lhs.text.strip(), *found) if found is not None else LawSaid(link.lhs.text.strip(), "", ())
            )


def named_law_instances(walk: Walk, sign: str, trees: Sequence[Node]) -> Instances | None:
    """What is said of a density or a mean, for some numbers; None where no law is told, or not all are numbers."""
    if sign not in ("=", ":="):
        return None
    density = density_of(trees[0])
    letters = [density[0]] if density else list(dict.fromkeys(averaged(walk, trees)))
    law = law_before(walk.plain, walk.reached, letters[0]) if len(letters) == 1 else None
    if law is None or not (makers := readings_of(law.name, len(law.parameters))):
        return None
    try:
        _require_free(walk, law)
        spoken = spoken_in(walk)
        say = (
            _density_said(density[1], trees[1], law, spoken) if density else _mean_said(walk, trees, letters[0], spoken)
        )
        readings = tuple(tuple(_cases(walk, trees, law, maker, say)) for maker in makers)
    except (NoCase, OutOfScope, Unparsed, ZeroDivisionError):
        return None
    return Instances(readings) if all(readings) else None


Said = Callable[[Density, Point], Iterator[tuple[tuple[Node, Node], Point]]]
"""Pairs of sides that must be equal for a density, with the numbers of its parameters and letters."""


def _require_free(walk: Walk, law: LawSaid) -> None:
    """Nothing more is said of its parameters. Raises NoCase."""
    letters = letters_in(" ".join(latex_of(node) for node in law.parameters))
    if any(
        "=" in item and letters_in(item.partition("=")[0]) & letters for item in walk.context.given(" ".join(letters))
    ):
        raise NoCase("a parameter that has a value")
    ties = (one for one in (*walk.constraints, *walk.behind) if not (one.orders or _orders(one.claims)))
    if any(one.letters and one.letters <= letters and one.restricts for one in ties):
        raise NoCase("parameters that are tied")


def _orders(claims: Sequence[Claim]) -> bool:
    """``a < b``: numbers that a law may have are chosen so."""
    return bool(claims) and all(claim.relation in ("<", "<=", ">", ">=") for claim in claims)


def _cases(walk: Walk, trees: Sequence[Node], law: LawSaid, maker: Maker, say: Said) -> Iterator[Instance]:
    marked = [with_calls(tree, spoken_in(walk)) for tree in trees]
    for numbers in FAMILIES[law.name].numbers:
        names = _letters_of(law.parameters)
        point = dict(zip(names, numbers, strict=False))
        if len(names) > len(numbers):
            raise NoCase("more letters than parameters")
        density = maker(*(number_of(_bare(node), point) for node in law.parameters))
        if density is None:
            continue
        for sides, told in say(density, point):
            with constant_of_euler(walk, marked):
                found = lowered(walk, "=", walk.lowering(sides), sides, ())
            if found.beyond or found.doubt or len(found.claims) != 1:
                raise NoCase(found.beyond or found.doubt)
            words = ", ".join(f"{name} = {value}" for name, value in told.items())
            yield Instance(found.claims[0], f"by the law of {law.letter}" + (f" for {words}" if words else ""))


def _letters_of(nodes: Sequence[Node]) -> list[str]:
    return list(dict.fromkeys(key for node in nodes for part in node.walk() if (key := key_of(part)) is not None))


def _bare(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


# ------------------------------------------------------------------------------------------------------------ densities


def density_of(lhs: Node) -> tuple[str, str] | None:
    r"""The random letter and the letter of the argument of ``f_X(x)``, ``f(x)``, ``p(x; a, b)``, ``\Pr(X = x)``; None for others."""
    if lhs.kind == "apply" or (lhs.kind == "product" and len(lhs.children) == 2 and lhs.value == ("",)):
        function, brackets = lhs.children
    else:
        return None
    if brackets.kind != "fence":
        return None
    inside = brackets.children[0]
    first = inside.children[0] if inside.kind == "list" and inside.value[0] in (";", "|", r"\mid") else inside
    if (
        first.kind == "chain"
        and first.value == ("=",)
        and plain_text([function]) in ("P", r"\Pr", r"\mathrm{Pr}", r"\mathbb{P}")
    ):
        letter, value = map(key_of, first.children)
        return (letter, value) if letter and value else None
    base = function.children[0] if function.kind == "scripts" and function.text == "_" else function
    argument = key_of(first)
    if argument is None or plain_text([base]) not in ("f", "p"):
        return None
    letter = plain_text([_bare(function.children[1])]) if base is not function else argument.upper()
    return (letter, argument) if letter.lower() == argument.lower() else None


def _density_said(argument: str, rhs: Node, law: LawSaid, spoken: Spoken) -> Said:
    """The right side is the density at each number in the support, and 0 outside of it where that is told."""
    missing = set(_letters_of(law.parameters)) - {key_of(part) for part in rhs.walk()}
    if missing:
        raise NoCase("a density without one of its parameters")

    def say(density: Density, point: Point) -> Iterator[tuple[tuple[Node, Node], Point]]:
        for x, value in _values(density, any(map(is_piecewise, rhs.walk()))):
            told = {**point, argument: x}
            yield (parse(value), _at(rhs, told, spoken)), told

    return say


def _values(density: Density, outside: bool) -> Iterator[tuple[Fraction, str]]:
    if density.is_discrete:
        for x, chance in density.atoms:
            yield x, chance if isinstance(chance, str) else written(chance)
        return
    low, high = density.low, density.high
    if low is not None and high is not None:
        inside, beyond = [low + (high - low) / 4, low + (high - low) / 2], [low - 1, high + 1]
    elif low is not None:
        inside, beyond = [low + Fraction(1, 2), low + 2], [low - 1]
    else:
        inside, beyond = [Fraction(1, 2), Fraction(-1), Fraction(3)], []
    for x in inside:
        yield x, density.density.replace(VARIATE, written(x))
    for x in beyond if outside else []:
        yield x, "0"


def _at(node: Node, point: Point, spoken: Spoken, dummy: str = "") -> Node:
    """The tree with numbers for all letters. Raises NoCase where one is left."""
    return with_values(_put(with_calls(with_branches(node, point), spoken), point, dummy), {})


def _put(node: Node, point: Point, dummy: str) -> Node:
    key = key_of(node)
    if key in point and key is not None:
        return Node("fence", "( )", (parse(written(point[key])),))
    if key is not None and key not in CONSTANTS and key != dummy:
        raise NoCase(f"{key} has no number")
    if node.kind == "scripts" and "_" in node.text and key_of(node.children[0]) is not None:
        raise NoCase("a letter with an index")
    children = tuple(_put(child, point, dummy) for child in node.children)
    if node.kind == "scripts":  # a number in brackets above a letter may be an index
        return replace(node, children=(children[0], *map(_unbracketed, children[1:])))
    if node.kind != "product":
        return replace(node, children=children)
    require_clear_divisors(node)
    signs = (
        r"\cdot" if not sign and {key_of(one) for one in pair} & point.keys() and key_of(pair[0]) != "d" else sign
        for sign, pair in zip(node.value, pairwise(node.children), strict=True)
    )
    return replace(node, children=children, value=tuple(signs))


def _unbracketed(script: Node) -> Node:
    inside = _bare(script)
    return Node("group", "", inside.children) if inside.kind == "fence" and inside.text == "( )" else script


# ---------------------------------------------------------------------------------------------------------------- means

AVERAGES = ("E", "Var", "var")


def averaged(walk: Walk, trees: Sequence[Node]) -> Iterator[str]:
    """The random letters inside of means and variances."""
    for _, brackets in _averages(walk, trees):
        yield from _letters_of(brackets.children)


def _averages(walk: Walk, trees: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    for node in (part for tree in trees for part in tree.walk()):
        if node.kind in ("product", "apply"):
            for before, after in zip(node.children, node.children[1:], strict=False):
                if _averages_of(walk, before, after):
                    yield before, after


def _averages_of(walk: Walk, before: Node, after: Node) -> str:
    """Which average, of what stands in the brackets; empty for others."""
    head = walk.roles.operator(before)
    return (
        head if head in AVERAGES and after.kind == "fence" and after.children[0].kind not in ("list", "chain") else ""
    )


def _mean_said(walk: Walk, trees: Sequence[Node], letter: str, spoken: Spoken) -> Said:
    """Both sides, with integrals of the density, or sums, for means."""
    if any(part.kind == "big" or key_of(part) == DUMMY for tree in trees for part in tree.walk()):
        raise NoCase("a sum or an integral beside a mean")

    def say(density: Density, point: Point) -> Iterator[tuple[tuple[Node, Node], Point]]:
        if density.is_discrete and not density.finite:
            raise NoCase("a series")
        sides = [_at(_averages_put(walk, tree, letter, density), point, spoken, DUMMY) for tree in trees]
        yield (sides[0], sides[1]), point

    return say


def _averages_put(walk: Walk, node: Node, letter: str, density: Density) -> Node:
    if node.kind in ("product", "apply"):
        children: list[Node] = []
        signs: list[str] = []
        for sign, child in zip(
            ("", *node.value) if node.kind == "product" else ("",) * len(node.children), node.children, strict=True
        ):
            head = _averages_of(walk, children[-1], child) if children and not sign else ""
            if head:
                children[-1] = parse(_average(head, latex_of(child.children[0]), letter, density))
            else:
                children.append(_averages_put(walk, child, letter, density))
                signs.append(sign)
        return children[0] if len(children) == 1 else replace(node, children=tuple(children), value=tuple(signs[1:]))
    return replace(node, children=tuple(_averages_put(walk, child, letter, density) for child in node.children))


def _average(head: str, content: str, letter: str, density: Density) -> str:
    if head == "E":
        return f"({_mean(content, letter, density)})"
    return f"({_mean(f'({content})^2', letter, density)} - ({_mean(content, letter, density)})^2)"


def _mean(content: str, letter: str, density: Density) -> str:
    if density.is_discrete:
        terms = (
            rf"({_with(content, letter, written(x))}) \cdot {p if isinstance(p, str) else written(p)}"
            for x, p in density.atoms
        )
        return " + ".join(terms)
    low = written(density.low) if density.low is not None else r"-\infty"
    high = written(density.high) if density.high is not None else r"\infty"
    body = _with(content, letter, DUMMY)
    return rf"\int_{{{low}}}^{{{high}}} ({body}) \cdot {density.density.replace(VARIATE, DUMMY)} \, d{DUMMY}"


def _with(content: str, letter: str, value: str) -> str:
    return re.sub(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", lambda _: f"({value})", content)


__all__ = ["LawSaid", "density_of", "law_before", "law_in", "named_law_instances"]
