"""Syntax trees to the LaTeX that ``formula`` reads: what notes write in many ways, in one way, or the reason why it is out of scope.

Nothing is simplified. What could be read in two ways is decided by the roles of the letters, which come from the whole text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from derive.notation import Node
from derive.notes.dots import dots
from derive.notes.engineers import J
from derive.notes.formal import is_determinant
from derive.notes.gradients import GradientCall, gradient_call
from derive.notes.known_functions import value_of
from derive.notes.roles import IDENTITY, INCREMENT, Roles, Seen, is_size, key_of, transposes
from derive.notes.rules import Rules, call_of, put, put_bracketed, slope_in
from derive.notes.unknown import Unknown, Varied, bracketed, name_of, plain_text, two_indices

NAMES = {
    "Var": r"\operatorname{Var}",
    "var": r"\operatorname{Var}",
    "cov": r"\operatorname{Cov}",
    "Cov": r"\operatorname{Cov}",
    "E": r"\operatorname{E}",
    "Pr": r"\Pr",
    "tr": r"\operatorname{tr}",
    "Tr": r"\operatorname{tr}",
    "trace": r"\operatorname{tr}",
    "det": r"\det",
    "diag": r"\operatorname{diag}",
    **{name: f"\\{name}" for name in ("exp", "log", "ln", "sin", "cos", "tan", "max", "min", "sinh", "cosh", "tanh")},
}
"""Upright words that are functions."""
SYMBOLS = {r"\infty", r"\top", r"\pi"}
SIMPLE = {
    r"\sin",
    r"\cos",
    r"\tan",
    r"\sinh",
    r"\cosh",
    r"\tanh",
    r"\cot",
    r"\sec",
    r"\csc",
    r"\arctan",
    r"\arcsin",
    r"\arccos",
}
SIMPLE |= {r"\exp", r"\ln", r"\log", r"\det"}
AVERAGES = ("E", "Var", "var", "Cov", "cov", "Pr")
NUMBERS_OF_MATRICES = ("rank", "tr", "det", "nullity", "trace")
OPERATORS = {"": " ", r"\cdot": r" \cdot ", r"\times": r" \cdot ", "*": r" \cdot ", "⋅": r" \cdot ", "×": r" \cdot "}
LONGEST_RUN, SHORTEST_WORD = 7, 5
"""Letters side by side."""
BACKSLASH = "\\"
MATRIX = ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "psmallmatrix", "bsmallmatrix")


class OutOfScope(Exception):
    """A formula that is understood as far as it goes, but about which nothing can be decided; the message says why."""


@dataclass(frozen=True, slots=True)
class Lowering:
    """``roles`` decide what a letter is. ``varied``: the letters that the relation binds; ``unknown``: values that got a name;
    ``valued``: letters that run through a set, each of whose values is a member of a family; ``averages``: whether averages are
    such values, too; ``integrates``: inside of an integral; ``rules``: functions that the text gives by a rule;
    ``ranges``: the ends of the sums around, by their letters."""

    roles: Roles
    varied: Varied = field(default_factory=Varied)
    unknown: Unknown = field(default_factory=Unknown)
    valued: frozenset[str] = frozenset()
    averages: bool = False
    rules: Rules = field(default_factory=dict)
    integrates: bool = False
    ranges: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __call__(self, node: Node) -> str:
        return HANDLERS[node.kind](self, node)

    def all(self, nodes: tuple[Node, ...]) -> list[str]:
        return [self(node) for node in nodes]


def _number(lower: Lowering, node: Node) -> str:
    text = node.text.replace(",", "")
    return f"0{text}" if text.startswith(".") else text


def _letter(lower: Lowering, node: Node) -> str:
    if node.text == "E" and lower.roles.is_average("E"):
        raise OutOfScope("E may be an average")
    if node.text == J and lower.roles.engineers and J not in lower.varied.counting:
        return r"\mathrm{i}"
    if node.text in lower.valued:
        return f"\\mathrm{{valueof{node.text.strip(BACKSLASH)}}}_{{{node.text}}}"
    return node.text


def _symbol(lower: Lowering, node: Node) -> str:
    if node.text in SYMBOLS:
        return node.text
    if node.text in (r"\dots", r"\ldots", r"\cdots", r"\vdots", r"\ddots"):
        raise OutOfScope("an ellipsis")
    raise OutOfScope(f"the sign {node.text}")


def _word(lower: Lowering, node: Node) -> str:
    word = words_of(node)
    if word in NAMES:
        return NAMES[word]
    if word == "d":
        return "d"
    if word == "T":
        return r"\top"
    if word in ("e", "i", "j"):  # an upright j is the imaginary unit of engineers
        return r"\mathrm{e}" if word == "e" else r"\mathrm{i}"
    if word.isalnum() and not node.text.startswith((r"\text", r"\mbox", r"\hbox")):
        return f"\\mathrm{{{word}}}" if len(word) > 1 else word
    raise OutOfScope(f"the words '{word}'")


def words_of(node: Node) -> str:
    """The words of an upright word: ``rank`` of ``\\operatorname{rank}`` and of rank(A)."""
    command, brace, words = node.text.partition("{")
    return words.removesuffix("}").strip() if brace else command


def _font(lower: Lowering, node: Node) -> str:
    key = key_of(node)
    if key is not None:
        return IDENTITY if lower.roles.is_identity(node) else key
    if node.text in (r"\underbrace", r"\overbrace", r"\boxed", r"\cancel", r"\ensuremath"):
        return lower(node.children[0])
    inner = node.children[0]
    if node.text in (r"\mathbb", r"\mathbf", r"\boldsymbol") and _plain(inner) in ("E", "P", "V"):
        return {"E": r"\operatorname{E}", "P": r"\Pr", "V": r"\operatorname{Var}"}[_plain(inner)]
    if node.text in (r"\overline", r"\hat", r"\bar", r"\tilde", r"\widehat", r"\widetilde", r"\mathcal"):
        return value(lower, node, why=f"{node.text} of more than a letter")
    raise OutOfScope(f"{node.text} of more than a letter")


def _plain(node: Node) -> str:
    while node.kind == "group":
        node = node.children[0]
    return node.text if node.kind in ("letter", "number") else ""


def _group(lower: Lowering, node: Node) -> str:
    inside = node.children[0]
    return (
        lower(inside)
        if inside.kind in ("letter", "number", "symbol", "font", "scripts", "command")
        else f"({lower(inside)})"
    )


def _scripts(lower: Lowering, node: Node) -> str:
    base, *scripts = node.children
    if base.kind == "font" and base.text in (r"\underbrace", r"\overbrace"):
        return lower(base)
    if base.kind == "group" and "^" in node.text and base.children[0].kind in ("product", "sum"):
        raise OutOfScope("a power of braces, which do not show: of all in them, or of the last factor")
    if base.kind == "symbol" and base.text in SIMPLE:
        return lower_function(lower, node)
    if base.text == r"\nabla":
        return _gradient(lower, node)
    if node.text == "_" and lower.roles.is_identity(node):
        return IDENTITY
    if node.text == "_" and is_size(node.children[1]) and _plain(base) == "0":
        return "0"
    if (pair := two_indices(node)) is not None and (indexed := _indexed(lower, node, pair)):
        return indexed
    if (entry := _entry(lower, node)) is not None:
        return entry
    if (index := bracketed(node)) is not None and "_" not in node.text and "'" not in node.text:
        return _numbered(lower, node, index)
    if (between := _between_ends(lower, node)) is not None:
        return between
    if (slope := slope_in(node)) is not None and (rule := lower.rules.get(slope[0])) is not None:
        if {key_of(part) for part in rule.body.walk()} & lower.varied.others - {rule.letter}:
            raise OutOfScope("a derivative of a letter that is bound")
        power = f"^{{{slope[1]}}}" if slope[1] > 1 else ""
        return rf"(\frac{{d{power}}}{{d{rule.letter}{power}}} ({replace(lower, rules={})(rule.body)}))"
    primes = node.text.count("'")
    if primes and not lower.roles.is_function(base) and key_of(base) is not None:
        return _with_powers(
            lower, node, value(lower, _without_powers(node), why="a prime on what is no known function")
        )
    text = base_text(lower, base)
    below = above = ""
    order = [sign for sign in node.text if sign != "'"]
    for sign, script in zip(order, scripts, strict=True):
        if sign == "_":
            below = f"_{{{_subscript(lower, script)}}}"
        elif transposes(script, base, lower.roles):
            above = r"^\top"
        elif _plain(script) == "*" or (script.kind == "symbol" and script.text in ("*", r"\ast", r"\star")):
            below = below or r"_\star"
        elif script.kind == "group" and script.children[0].kind == "sum" and _inverse_transposed(script):
            above = r"^{-\top}"
        else:
            above = f"^{{{_exponent(lower, script)}}}"
    if primes and not lower.roles.is_function(base):
        raise OutOfScope("a prime on what is no known function")
    return f"{text}{chr(39) * primes}{below}{above}"


def _entry(lower: Lowering, node: Node) -> str | None:
    """``y_i`` where y is a vector and i runs: an entry of it."""
    if sorted(node.text) not in (["_"], ["^", "_"]):
        return None
    scripts = dict(zip(node.text, node.children[1:], strict=True))
    key, below = key_of(node.children[0]), _inside(scripts["_"])
    if (
        key is None
        or below.kind != "letter"
        or below.text not in lower.varied.counting
        or not lower.roles.has_entries(key)
    ):
        return None
    entry = f"({key})_{{{below.text},1}}"
    if "^" not in node.text:
        return entry
    if transposes(scripts["^"], node.children[0], lower.roles) or _inside(scripts["^"]).kind in ("symbol", "fence"):
        return None
    return f"({entry})^{{{_exponent(lower, scripts['^'])}}}"


def _between_ends(lower: Lowering, node: Node) -> str | None:
    """``[F]_a^b`` and ``F |_{t=a}^{t=b}``: the difference of F at the ends. Raises OutOfScope where the letter is not clear."""
    base = node.children[0]
    opening, _, closing = base.text.partition(" ") if base.kind == "fence" else ("", "", "")
    opening, closing = _without_size(opening), _without_size(closing)
    if (opening, closing) not in (("[", "]"), ("(", "|"), ("[", "|"), (".", "|")) or sorted(node.text) != ["^", "_"]:
        return None
    scripts = dict(zip(node.text, map(_inside, node.children[1:]), strict=True))
    letters = frozenset(end.children[0].text for end in scripts.values() if end.kind == "chain" and end.value == ("=",))
    letters = letters or lower.varied.nearby & {key for part in base.walk() if (key := key_of(part)) is not None}
    if len(letters) != 1:
        raise OutOfScope("a difference between two ends of which the letter is not said")
    letter = next(iter(letters))
    low, high = (scripts[sign].children[-1] if scripts[sign].kind == "chain" else scripts[sign] for sign in "_^")
    at = [_at_an_end(lower, base.children[0], letter, end) for end in (high, low)]
    return f"({at[0]} - {at[1]})"


def _at_an_end(lower: Lowering, body: Node, letter: str, end: Node) -> str:
    """The value there, at infinity the limit. Raises OutOfScope for what is no end."""
    text = plain_text([end]).replace(" ", "")
    if text in (r"\infty", r"+\infty", r"-\infty"):
        return rf"(\lim_{{{letter} \to {text.removeprefix('+')}}} ({lower(body)}))"
    if any(part.text == r"\infty" for part in end.walk()):
        raise OutOfScope("a difference between ends at infinity")
    return f"({lower(put_bracketed(body, letter, end))})"


def value(lower: Lowering, *nodes: Node, why: str, silent: bool = True) -> str:
    """A letter for what is written there, a number of which nothing else is known; one that depends on the letter of a sum is a
    member of a family. Raises OutOfScope, saying ``why``, for what may be no number."""
    letters = {key for node in nodes for part in node.walk() if (key := key_of(part)) is not None}
    bound = letters & lower.varied.counting
    if letters & (lower.varied.others - bound) or bound & lower.varied.others or len(bound) > 1:
        raise OutOfScope(why)
    name = lower.unknown.name(plain_text(nodes), silent=silent)
    return f"\\mathrm{{{name}}}" + "".join(f"_{{{key}}}" for key in bound)


def _indexed(lower: Lowering, node: Node, pair: tuple[str, str, str]) -> str:
    """``w_{ij}``: a letter of its own, or a member of the row or column through which a sum runs."""
    key, first, second = pair
    base = node.children[0]
    if base.kind != "letter" or lower.roles.is_shaped(node.children[0].text) or lower.roles.is_function(base):
        return ""
    if lower.roles.seen.get(base.text, Seen()).block:
        raise OutOfScope("two indices below a letter")
    numeral = _inside(node.children[1 + node.text.replace("'", "").index("_")]).kind == "number" and not key.endswith(
        "()"
    )
    column, row = key in lower.varied.columns, key in lower.varied.rows
    if numeral and not (column or row):
        return ""
    if column and row:
        raise OutOfScope("two indices below a letter, both of sums")
    stem = key.replace("()", "at")
    text = {
        (True, False): (f"{stem}_{first}", f"_{{{second}}}"),
        (False, True): (f"{stem}^{second}", f"_{{{first}}}"),
        (False, False): (f"{stem}_{first},{second}", ""),
    }[column, row]
    name = lower.unknown.name(text[0], silent=False)
    return _with_powers(lower, node, f"\\mathrm{{{name}}}{text[1]}")


def _numbered(lower: Lowering, node: Node, index: Node) -> str:
    """``x^{(i)}``: a member of a family."""
    key = key_of(node.children[0])
    if (
        key is None
        or lower.roles.is_shaped(key)
        or lower.roles.is_function(node.children[0])
        or lower.roles.is_called(key)
    ):
        raise OutOfScope("an index or a power in brackets above a letter")
    name = lower.unknown.name(f"{key}at", silent=False)
    return f"\\mathrm{{{name}}}_{{{replace(lower, valued=frozenset())(index)}}}"


def _without_powers(node: Node) -> Node:
    """The letter with primes and subscript."""
    kept = [(sign, script) for sign, script in _signed(node) if sign != "^"]
    scripts = tuple(script for _, script in kept if script is not None)
    return replace(node, text="".join(sign for sign, _ in kept), children=(node.children[0], *scripts))


def _signed(node: Node) -> list[tuple[str, Node | None]]:
    scripts = iter(node.children[1:])
    return [(sign, None if sign == "'" else next(scripts)) for sign in node.text]


def _with_powers(lower: Lowering, node: Node, text: str) -> str:
    for sign, script in _signed(node):
        if sign != "^" or script is None or (bracketed(node) is not None and _inside(script).kind == "fence"):
            continue
        if _plain(script) in ("*", "T") or _inside(script).kind in ("symbol", "fence"):
            raise OutOfScope("a sign above a letter with two indices")
        text += f"^{{{_exponent(lower, script)}}}"
    return text


def _gradient(lower: Lowering, node: Node) -> str:
    r"""``\nabla_x``, ``\nabla_x^2`` with the letter."""
    scripts = dict(zip(node.text, node.children[1:], strict=True)) if "'" not in node.text else {}
    below, above = scripts.get("_"), scripts.get("^")
    if below is None or key_of(_inside(below)) is None or (above is not None and _plain(above) != "2"):
        raise OutOfScope("a gradient without its letter")
    return f"\\nabla_{{{lower(_inside(below))}}}" + ("^2" if above is not None else "")


def _inverse_transposed(script: Node) -> bool:
    inside = script.children[0]
    return inside.value == ("-",) and inside.children[0].text in (r"\top", "T", r"\mathrm{T}")


def base_text(lower: Lowering, base: Node) -> str:
    """What carries scripts: a letter, or something in brackets."""
    text = lower(base)
    if base.kind in ("letter", "font", "word", "number", "symbol"):
        return text
    bracketed = base.kind == "fence" and base.text.split(" ")[0].removeprefix(r"\left") in ("(", "[", r"\{")
    return (
        text
        if bracketed or (base.kind in ("fence", "environment", "group") and text.startswith("("))
        else f"({text})"
        if base.kind != "fence"
        else text
    )


def _exponent(lower: Lowering, script: Node) -> str:
    if script.kind == "group":
        inside = script.children[0]
        if inside.kind == "fence" and inside.text == "( )":
            raise OutOfScope("an index or a power in brackets above a letter")
        return lower(inside)
    return lower(script)


def _subscript(lower: Lowering, script: Node) -> str:
    lower = replace(lower, valued=frozenset())
    inside = script.children[0] if script.kind == "group" else script
    if inside.kind == "list" or inside.kind == "product":
        names = [_plain(child) or _word_in(child) for child in inside.children]
        if all(names) and inside.kind == "list":
            return ",".join(names)
        if inside.kind == "product" and inside.children[0].kind == "number":
            return lower(inside)  # a_{2n}
        if inside.kind == "product" and all(len(name) == 1 for name in names):
            raise OutOfScope("two indices below a letter")
        if inside.kind == "list":
            raise OutOfScope("two indices below a letter")
    if inside.kind == "word":
        return _word_in(inside) or lower(inside)
    return lower(inside)


def _word_in(node: Node) -> str:
    if node.kind != "word":
        return ""
    word = words_of(node)
    return f"\\mathrm{{{word}}}" if len(word) > 1 and word.isalnum() else word if word.isalnum() else ""


def _fence(lower: Lowering, node: Node) -> str:
    opening, closing = (_without_size(part) for part in node.text.split(" "))
    inside = node.children[0]
    if opening in ("(", "[", r"\{", r"\lbrace", r"\lbrack"):
        if opening in (r"\{", r"\lbrace") and inside.kind in ("list", "chain"):
            raise OutOfScope("a set")
        if inside.kind in ("list", "chain"):
            raise OutOfScope("a list in brackets")
        return f"({lower(_signs_joined(inside))})"
    if is_determinant(node):
        return rf"\det\left( {lower(inside)} \right)"
    if opening in ("|", r"\lvert", r"\vert"):
        name = "det" if lower.roles.is_matrix(inside) else ""
        return f"\\det({lower(inside)})" if name else f"\\left\\lvert {lower(inside)} \\right\\rvert"
    if opening in (r"\|", r"\lVert", r"\Vert", "||"):
        return f"\\left\\lVert {lower(inside)} \\right\\rVert"
    if opening == r"\langle" and inside.kind == "list" and inside.value == (",",):
        if any(child.kind in ("number", "apply", "command") for child in inside.children):
            raise OutOfScope("an inner product of functions")
        return f"\\langle {', '.join(lower.all(inside.children))} \\rangle"
    if opening in (r"\lfloor", r"\lceil"):
        return f"{opening} {lower(inside)} {closing}"
    raise OutOfScope(f"{opening} ... {closing}")


def _signs_joined(inside: Node) -> Node:
    """``35 - -2`` is 35 - (-2); only in brackets, since between rows a sign may be written twice."""
    if inside.kind != "sum" or not any(term.kind == "empty" for term in inside.children[1:]):
        return inside
    signs: list[str] = []
    terms: list[Node] = []
    for sign, term in zip(inside.value, inside.children, strict=True):
        if terms and terms[-1].kind == "empty" and len(terms) > 1 and {sign, signs[-1]} <= {"+", "-"}:
            negative = Node("sum", "", (term,), ("-",), term.start, term.end)
            terms[-1] = Node("fence", "( )", (negative,), (), term.start, term.end) if sign == "-" else term
        else:
            signs.append(sign)
            terms.append(term)
    return replace(inside, children=tuple(terms), value=tuple(signs))


def _without_size(text: str) -> str:
    from derive.notation.parser import bare

    return bare(text)[1]


def _list(lower: Lowering, node: Node) -> str:
    raise OutOfScope("a list")


def _chain(lower: Lowering, node: Node) -> str:
    raise OutOfScope("a relation inside a formula")


def _sum(lower: Lowering, node: Node) -> str:
    parts = []
    for written, term in zip(node.value, node.children, strict=True):
        sign = written.strip("{}")
        if sign not in ("", "+", "-", "−"):
            raise OutOfScope(f"the sign {sign}")
        if term.kind == "empty":
            raise OutOfScope("a sign without a term")
        parts.append(f"{sign.replace('−', '-')} {lower(term)}")
    return " ".join(parts).strip().removeprefix("+ ")


def _product(lower: Lowering, node: Node) -> str:
    """Factors side by side, calls of functions put together, differentials kept."""
    factors, operators = list(node.children), ["", *node.value]
    if not lower.integrates and _has_differential(factors, operators) and lower.roles.differentiates:
        raise OutOfScope("a differential outside of an integral")
    if _spells_a_word(factors, operators):
        raise OutOfScope("a word in slanted letters")
    if any(map(_is_signed_power, factors[1:])):
        raise OutOfScope("a power behind a signed number without brackets")
    if any(_is_unclear_divisor(factors, operators, place) for place in range(1, len(factors))):
        raise OutOfScope("a factor after '/', which may be above or below it")
    text = last = ""
    position = 0
    while position < len(factors):
        factor = factors[position]
        operator = operators[position]
        if operator == "*" and not all(_is_numeral(one) for one in factors[position - 1 : position + 1]):
            raise OutOfScope("a product or a convolution")
        if operator not in OPERATORS and operator != "/":
            raise OutOfScope(f"the operation {operator}")
        called = factors[position + 1] if position + 1 < len(factors) and operators[position + 1] == "" else None
        gradient = gradient_call(factors[position : position + 3], operators[position : position + 3])
        piece, used = (_gradient_by_rule(lower, gradient), 3) if gradient else _factor(lower, factor, called)
        if operator == "/":
            text = f"\\frac{{{text}}}{{{piece}}}"
        elif dots(node, position, lower.roles):
            text = f"{text.removesuffix(last)}({last})^{{\\top}} {piece}"
        else:
            text += (OPERATORS[operator] if text else "") + piece
        position, last = position + used, piece
    return text


def _has_differential(factors: list[Node], operators: list[str]) -> bool:
    """``dX``, ``d(u v)``: a d in front of another letter, or of brackets."""
    return any(
        first.kind == "letter" and first.text == "d" and operators[place] == ""
        for place, (first, _) in enumerate(pairwise(factors), 1)
        if factors[place].kind in ("letter", "scripts", "fence", "font")
    )


def _is_numeral(node: Node) -> bool:
    return node.kind == "number" or (node.kind in ("group", "fence", "sum") and all(map(_is_numeral, node.children)))


def _spells_a_word(factors: list[Node], operators: list[str]) -> bool:
    """``posterior``: a run of letters without spaces that is long, or in which letters come twice."""
    run = ""
    for place, factor in enumerate(factors):
        joins = place and operators[place] == "" and factors[place - 1].end == factor.start
        plain = factor.kind == "letter" and len(factor.text) == 1
        run = (run if joins else "") + factor.text if plain else ""
        if len(run) >= LONGEST_RUN or (len(run) >= SHORTEST_WORD and len(set(run.lower())) < len(run)):
            return True
    return False


def _is_signed_power(factor: Node) -> bool:
    r"""``6 \\times -0.4^2``: a number that was put for a letter, of which the square is meant."""
    power = factor.children[0] if factor.kind == "sum" and factor.value == ("-",) else factor
    return power is not factor and power.kind == "scripts" and power.children[0].kind == "number"


def _is_unclear_divisor(factors: list[Node], operators: list[str], place: int) -> bool:
    """``a/2b`` may be a/(2b); a space behind the divisor ends it."""
    if operators[place] == "/" and _is_scientific(factors, operators, place):
        return True
    divides = operators[place] == "/" and place + 1 < len(factors) and operators[place + 1] == ""
    called = (
        divides and factors[place].kind in ("letter", "font", "word", "scripts") and _is_brackets(factors[place + 1])
    )
    return divides and not called and factors[place].end == factors[place + 1].start


def _is_scientific(factors: list[Node], operators: list[str], place: int) -> bool:
    r"""``5 / 1 \times 10^{16}``: the divisor is one number."""
    if (
        place + 1 >= len(factors)
        or operators[place + 1] not in (r"\times", r"\cdot", "×")
        or factors[place].kind != "number"
    ):
        return False
    power = factors[place + 1]
    return power.kind == "scripts" and power.text == "^" and power.children[0].text == "10"


def _factor(lower: Lowering, factor: Node, following: Node | None) -> tuple[str, int]:
    """A factor, and with it the brackets that it is applied to."""
    if following is not None and factor.kind == "letter" and key_of(_base(following)) is not None:
        if factor.text == INCREMENT and not lower.roles.is_shaped(INCREMENT):
            return _increment(lower, factor, following), 2
        if factor.text == r"\delta" and "^" in following.text:
            raise OutOfScope("a power behind a \\delta: of the letter, or of its variation")
    if following is not None and key_of(_base(factor)) in lower.roles.named:
        return _known_function(lower, factor, following), 2
    if (
        following is not None
        and following.kind == "scripts"
        and following.text == "^"
        and _is_brackets(following.children[0])
    ):
        return _powered_call(lower, factor, following)
    if following is not None and _is_derivation(factor) and _without_size(following.text.split(" ")[0]) == "[":
        return f"({lower(factor)} {lower(following)})", 2
    if following is not None and factor.kind == "apply" and (whole := _taken_on(lower, factor, following)) is not None:
        return lower(whole), 2
    if following is not None and factor.kind == "apply" and _may_go_on(factor, following):
        raise OutOfScope(f"where the argument of {_base(factor.children[0]).text} ends")
    if following is not None and _is_brackets(following):
        if (ruled := _by_rule(lower, factor, following)) is not None:
            return ruled, 2
        head = lower.roles.operator(factor)
        if head is not None and not (lower.averages and head in AVERAGES):
            return f"{NAMES[head]}{_applied(lower, head, following)}", 2
        if head is not None:
            return value(
                lower, factor, following, why=f"nothing is said of the law in {plain_text([factor, following])}"
            ), 2
        if _is_one_value(lower, factor, following):
            return value(lower, factor, following, why="a call with parameters or conditions"), 2
        if lower.roles.is_function(factor):
            if _base(factor).text == r"\Gamma" and following.children[0].kind in ("letter", "number"):
                return value(lower, factor, following, why="a function of a bound letter", silent=False), 2
            return f"{lower(factor)}({', '.join(lower.all(_items(following)))})", 2
        if lower.roles.may_be_function(factor, following):
            raise OutOfScope(f"{lower.roles.shown(factor)} may be a function or a factor")
    if following is not None and _names_a_function(factor, following):
        why = f"nothing is known of the function {words_of(_base(factor))}"
        shaped = any(lower.roles.is_shaped(key) for part in following.walk() if (key := key_of(part)) is not None)
        if not _is_brackets(following) or (shaped and words_of(_base(factor)) not in NUMBERS_OF_MATRICES):
            raise OutOfScope(why)
        return value(lower, factor, following, why=why), 2
    if factor.kind == "chain":
        raise OutOfScope("a relation inside a formula")
    text = lower(factor)
    return (f"({text})" if factor.kind == "sum" else text), 1


def _increment(lower: Lowering, sign: Node, letter: Node) -> str:
    r"""``\Delta x``, ``\Delta t_k``: a number of its own, and ``\Delta x^2`` is its square."""
    key = key_of(_base(letter)) or ""
    if lower.roles.lone_increments:
        raise OutOfScope(r"\Delta in front of a letter: a factor, or an increment")
    if lower.roles.is_shaped(key) or lower.roles.is_function(_base(letter)):
        raise OutOfScope("an increment of a vector or a function")
    plain = _without_powers(letter) if letter.kind == "scripts" else letter
    if INCREMENT in lower.varied.others:  # \\lim_{\\Delta x \\to 0}
        text = f"\\mathrm{{{lower.unknown.name(plain_text([sign, plain]), silent=False)}}}"
    else:
        text = value(lower, sign, plain, why="an increment of a letter that is bound", silent=False)
    return _with_powers(lower, letter, text) if letter.kind == "scripts" else text


def _is_derivation(node: Node) -> bool:
    r"""``\frac{d}{dx}``, in front of square brackets that hold all that it is applied to."""
    if node.kind != "command" or not node.text.endswith("frac"):
        return False
    above, below = (_inside(part) for part in node.children[:2])
    letters = [part.text.partition("{")[2].rstrip("}") or part.text for part in (above, *below.children[:1])]
    return below.kind == "product" and set(letters) in ({"d"}, {r"\partial"})


def _by_rule(lower: Lowering, factor: Node, following: Node) -> str | None:
    """The rule of a function in place of its value or derivative; None where there is none."""
    called = call_of(factor, following)
    rule = lower.rules.get(called[0]) if called else None
    if called is None or rule is None:
        return None
    key, primes, argument = called
    inner = Varied.of([rule.body])
    letters = {name for part in argument.walk() if (name := key_of(part)) is not None}
    if letters & (inner.counting | inner.others) - {rule.letter} or lower.valued & letters:
        raise OutOfScope("an argument with a letter that the rule of the function binds")
    within = replace(
        lower,
        varied=lower.varied.and_also(inner),
        rules={name: one for name, one in lower.rules.items() if name != key},
    )
    body = within(put(rule.body, rule.letter, argument))
    if not primes:
        return f"({body})"
    if argument.kind != "letter":
        raise OutOfScope("a derivative at something that is no letter")
    power = f"^{{{primes}}}" if primes > 1 else ""
    return rf"(\frac{{d{power}}}{{d{argument.text}{power}}} ({body}))"


def _gradient_by_rule(lower: Lowering, call: GradientCall) -> str:
    """The gradient, or Hessian, of the rule of the function. Raises OutOfScope where it has none."""
    body = _by_rule(lower, call.function, call.brackets)
    if body is None:
        raise OutOfScope("a gradient without its letter")
    found = f"(\\nabla_{{{call.letter}}}{'^2' if call.order == 2 else ''} {body})"
    if call.above is None:
        return found
    if transposes(call.above.children[1], call.brackets, lower.roles):
        return f"{found}^\\top"
    return f"{found}^{{{_exponent(lower, call.above.children[1])}}}"


def _powered_call(lower: Lowering, factor: Node, following: Node) -> tuple[str, int]:
    """``f(x)^2`` is the square of the value; ``E(X - a)^2`` may be the average of a square."""
    head = lower.roles.operator(factor)
    if head in AVERAGES and following.children[0].children[0].kind == "sum":
        raise OutOfScope("a power of an average, or an average of a power")
    text, used = _factor(lower, factor, following.children[0])
    if used < 2:
        return text, used
    if transposes(following.children[1], following.children[0], lower.roles):
        return f"({text})^\\top", 2
    return f"({text})^{{{_exponent(lower, following.children[1])}}}", 2


def _taken_on(lower: Lowering, factor: Node, following: Node) -> Node | None:
    """``\\log p(x)``: the function is applied to the value of p."""
    if not _is_brackets(following):
        return None
    function, argument = factor.children
    last = argument.children[-1] if argument.kind == "product" else argument
    if not (lower.roles.is_function(last) or _is_one_value(lower, last, following) or lower.roles.operator(last)):
        return None
    parts = argument.children if argument.kind == "product" else (argument,)
    product = Node("product", "", (*parts, following), ("",) * len(parts), argument.start, following.end)
    return replace(factor, children=(function, product), end=following.end)


def _may_go_on(applied: Node, following: Node) -> bool:
    r"""``\sin \frac{1}{2}(n + 1)t``, ``\sin t(n + 1)``: brackets close behind what a function is applied to, or behind a numeral."""
    function, argument = applied.children
    if _base(function).text not in SIMPLE or argument.kind in ("fence", "group") or not _is_brackets(following):
        return False
    parts = [part for part in argument.walk() if part.kind in ("letter", "font", "number")]
    numeral = all(part.kind == "number" for part in parts)
    return numeral or applied.end == following.start


def _is_one_value(lower: Lowering, factor: Node, following: Node) -> bool:
    """``p(y | x)``, ``f(x, y)``, ``I(X; Y)``, ``p(X = 0)``: a letter before brackets with several things in them."""
    key = key_of(_base(factor))
    inside = following.children[0]
    if key is None or lower.roles.is_shaped(key) or inside.kind not in ("list", "chain"):
        return False
    return following.text.replace(r"\left", "").replace(r"\right", "").split(" ")[0].strip() in ("(", "[", r"\big(")


def _names_a_function(factor: Node, following: Node) -> bool:
    """``\\operatorname{rank} A``, ``\\mathrm{rank}(A)``."""
    word = _base(factor)
    if word.kind != "word" or words_of(word) in NAMES or len(words_of(word)) < 2:
        return False
    return _is_brackets(following) or word.text.startswith(r"\operatorname")


def _known_function(lower: Lowering, factor: Node, following: Node) -> str:
    """A function that a declaration names, of its argument; with one prime its derivative at a letter."""
    base, brackets = _base(factor), _base(following)
    if (
        not _is_brackets(brackets)
        or (following.kind == "scripts" and following.text != "^")
        or len(_items(brackets)) != 1
    ):
        raise OutOfScope(f"{lower.roles.shown(factor)} without an argument in brackets")
    function, argument = lower.roles.named[str(key_of(base))], _items(brackets)[0]
    text = f"\\left({value_of(function, lower(argument))}\\right)"
    if factor.kind == "scripts" and factor.text == "'" and argument.kind == "letter":
        text = f"\\left(\\frac{{d}}{{d {argument.text}}} {text}\\right)"
    elif factor.kind == "scripts":
        raise OutOfScope(f"{lower.roles.shown(factor)} with a script or a prime")
    return f"{text}^{{{_exponent(lower, following.children[1])}}}" if following.kind == "scripts" else text


def _is_brackets(node: Node) -> bool:
    return node.kind == "fence" and _without_size(node.text.split(" ")[0]) in ("(", "[", r"\{", r"\lbrace")


def _items(fence: Node) -> tuple[Node, ...]:
    inside = fence.children[0]
    if inside.kind == "list":
        if set(inside.value) != {","}:
            raise OutOfScope("a call with parameters or conditions")
        return inside.children
    return fence.children


def _applied(lower: Lowering, head: str, fence: Node) -> str:
    """The brackets of an expectation, a variance, a probability, a trace."""
    inside = fence.children[0]
    if head in ("E", "Var", "var") and inside.kind == "list":
        if inside.value[0] not in (r"\mid", "|", r"\vert") or set(inside.value[1:]) - {","}:
            raise OutOfScope("an expectation with parameters")
        first, *rest = lower.all(inside.children)
        return f"[{first} \\mid {', '.join(rest)}]"
    if head == "Pr":
        if inside.kind != "chain" or len(inside.value) != 1:
            raise OutOfScope("a probability of something that is no inequality")
        left, right = lower.all(inside.children)
        return f"[{left} {inside.value[0]} {right}]"
    brackets = "[]" if head in ("E", "Var", "var") else "()"
    return brackets[0] + ", ".join(lower.all(_items(fence))) + brackets[1]


def _command(lower: Lowering, node: Node) -> str:
    if node.text in (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\nicefrac", r"\sfrac"):
        above, below = (_inside(child) for child in node.children)
        if _leads_with_d(above) and _leads_with_d(below):
            lower = replace(lower, integrates=True)
        if any(_leads_with(above, sign) and _leads_with(below, sign, alone=False) for sign in ("D", r"\delta")):
            raise OutOfScope("a material derivative, or a variation")
        return f"\\frac{{{_differential(lower, above)}}}{{{_differential(lower, below)}}}"
    if node.text in (r"\binom", r"\dbinom", r"\tbinom"):
        return f"\\binom{{{lower(_inside(node.children[0]))}}}{{{lower(_inside(node.children[1]))}}}"
    if node.text == r"\sqrt":
        *degree, radicand = node.children
        root = f"[{lower(degree[0])}]" if degree else ""
        return f"\\sqrt{root}{{{lower(_inside(radicand))}}}"
    if node.text in (r"\norm", r"\abs"):
        bars = (r"\left\lVert", r"\right\rVert") if node.text == r"\norm" else (r"\left\lvert", r"\right\rvert")
        return f"{bars[0]} {lower(_inside(node.children[0]))} {bars[1]}"
    raise OutOfScope(f"the command {node.text}")


def _leads_with_d(node: Node) -> bool:
    return _base(node.children[0] if node.kind == "product" else node).text == "d"


def _leads_with(node: Node, sign: str, *, alone: bool = True) -> bool:
    """The letter stands in front of others, or ``alone``."""
    return (node.children[0] if node.kind == "product" else node if alone else Node("empty")).text == sign


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


def _differential(lower: Lowering, node: Node) -> str:
    r"""``\partial f`` and ``\partial x^2`` inside a fraction are spelled as they are."""
    parts = node.children if node.kind == "product" else (node,)
    if not any(part.kind in ("symbol", "scripts") and _base(part).text == r"\partial" for part in parts):
        return lower(node)
    out = []
    for part in parts:
        if _base(part).text == r"\partial":
            power = f"^{{{lower(_inside(part.children[1]))}}}" if part.kind == "scripts" else ""
            out.append(rf"\partial{power}")
        else:
            out.append(lower(part))
    return " ".join(out)


def _base(node: Node) -> Node:
    return node.children[0] if node.kind == "scripts" else node


def _infix(lower: Lowering, node: Node) -> str:
    above, below = lower.all(node.children)
    return f"\\binom{{{above}}}{{{below}}}" if node.text == r"\choose" else f"\\frac{{{above}}}{{{below}}}"


def _big(lower: Lowering, node: Node) -> str:
    operator, *body = node.children
    name = _base(operator).text
    if not body:
        raise OutOfScope(f"{name} of nothing")
    if name in (r"\sum", r"\prod") and (over := _set_of(operator)) is not None:
        letter, size = over
        inner = replace(lower, valued=lower.valued | {letter})
        return f"{name}_{{{letter}=1}}^{{\\mathrm{{{size}}}}} {_body(inner, body[0], name)}"
    if name == r"\sum" and (left_out := _left_out(operator)) is not None:
        return _without_one(lower, *left_out, body[0])
    if name in (r"\sum", r"\prod", r"\int"):
        inner = replace(lower, integrates=True) if name == r"\int" else _running(lower, operator, name)
        return f"{name}{_range(lower, operator, name)} {_body(inner, body[0], name)}"
    if name == r"\lim":
        if operator.kind != "scripts" or operator.text != "_":
            raise OutOfScope("a limit without its letter")
        where = _inside(operator.children[1])
        if where.kind != "chain" or where.value[0] not in (r"\to", r"\rightarrow", r"\longrightarrow"):
            raise OutOfScope("a limit without its letter")
        return f"\\lim_{{{lower(where.children[0])} \\to {_end(lower, where.children[1])}}} {lower(body[0])}"
    raise OutOfScope(f"the operator {name}")


def _set_of(operator: Node) -> tuple[str, str] | None:
    """The letter that runs through a set, and a name for how many members it has: ``\\sum_{x \\in S}``, ``\\sum_i``."""
    if operator.kind != "scripts" or operator.text != "_":
        return None
    below = _inside(operator.children[1])
    letter = below.children[0] if below.kind == "chain" and below.value == (r"\in",) else below
    infinite = any(part.text in (r"\mathbb", r"\infty") for part in below.walk())
    written_out = any(part.kind == "number" for part in below.walk())
    if letter.kind != "letter" or infinite or written_out:
        return None
    return letter.text, f"sizeof{name_of(plain_text([below]))}"


def _left_out(operator: Node) -> tuple[str, str] | None:
    """j and i of ``\\sum_{j \\neq i}``."""
    below = _inside(operator.children[1]) if operator.kind == "scripts" and operator.text == "_" else operator
    plain = (
        below.kind == "chain"
        and below.value in ((r"\ne",), (r"\neq",))
        and all(one.kind == "letter" for one in below.children)
    )
    return (below.children[0].text, below.children[1].text) if plain else None


def _without_one(lower: Lowering, letter: str, other: str, body: Node) -> str:
    """``\\sum_{i=1}^n \\sum_{j \\neq i}``: j runs as i does, and its member i is taken away. Raises OutOfScope where i does not run."""
    ends = lower.ranges.get(other)
    if ends is None or letter in lower.ranges:
        raise OutOfScope("a sum or product whose range is not written by its ends")
    inner = replace(lower, ranges={**lower.ranges, letter: ends})
    gone = put(body, letter, Node("letter", other, (), (), body.start, body.end))
    return rf"\left( \sum_{{{letter}={ends[0]}}}^{{{ends[1]}}} ({inner(body)}) - ({lower(gone)}) \right)"


def _end(lower: Lowering, node: Node) -> str:
    return lower(node)


def _range(lower: Lowering, operator: Node, name: str) -> str:
    """``_{k=1}^{n}``, or ``_0^1`` for an integral."""
    if "'" in operator.text:
        raise OutOfScope(f"a prime on {name}")
    below, above = operator.script("_"), operator.script("^")
    if name == r"\int":
        if below is None and above is None:
            return ""
        if below is None or above is None:
            raise OutOfScope("an integral over a set")
        return f"_{{{lower(_inside(below))}}}^{{{lower(_inside(above))}}}"
    if below is None or above is None or _inside(below).kind != "chain" or _inside(below).value != ("=",):
        raise OutOfScope("a sum or product whose range is not written by its ends")
    letter, start = _inside(below).children
    return f"_{{{lower(letter)}={lower(start)}}}^{{{lower(_inside(above))}}}"


def _running(lower: Lowering, operator: Node, name: str) -> Lowering:
    """Inside of a sum from one end to the other, which is known there."""
    below, above = operator.script("_"), operator.script("^")
    if name != r"\sum" or below is None or above is None or _inside(below).kind != "chain":
        return lower
    letter, start = _inside(below).children[:2]
    ends = (lower(start), lower(_inside(above)))
    return replace(lower, ranges={**lower.ranges, letter.text: ends})


def _body(lower: Lowering, node: Node, name: str) -> str:
    return lower(node)


def _apply(lower: Lowering, node: Node) -> str:
    function, argument = node.children
    head = lower.roles.operator(function)
    if head in AVERAGES and lower.averages:
        return value(lower, function, argument, why="nothing is said of the law")
    if head is not None and head not in ("exp", "log", "ln", "det", "sin", "cos", "tan", "max", "min"):
        if _is_brackets(argument):
            return f"{NAMES[head]}{_applied(lower, head, argument)}"
        return f"{NAMES[head]}({lower(argument)})"
    if argument.kind == "scripts" and _is_brackets(argument.children[0]):
        raise OutOfScope("a power of a function's value without brackets")
    inner = argument.children[0] if _is_brackets(argument) else argument
    if inner.kind == "list":
        raise OutOfScope("a function of several numbers")
    return f"{lower_function(lower, function)}\\left( {lower(inner)} \\right)"


def lower_function(lower: Lowering, function: Node) -> str:
    """``\\sin``, ``\\sin^2``, ``\\log_2``; a logarithm without base is the natural one, as everywhere here."""
    base = _base(function)
    if base.text not in SIMPLE:
        raise OutOfScope(f"the function {base.text}")
    if function.kind != "scripts":
        return base.text
    if function.text == "^":
        return f"{base.text}^{{{lower(_inside(function.children[1]))}}}"
    if base.text == r"\log" and function.text == "_" and _plain(_inside(function.children[1])) == "e":
        return r"\ln"
    raise OutOfScope(f"{base.text} with a subscript")


def _postfix(lower: Lowering, node: Node) -> str:
    inner = node.children[0]
    text = lower(inner)
    return f"{text}!" if inner.kind in ("letter", "number", "fence", "font") else f"({text})!"


def _environment(lower: Lowering, node: Node) -> str:
    name = node.text
    name = name.removesuffix("*")
    if name not in (*MATRIX, "vmatrix"):
        raise OutOfScope(f"the environment {name}")
    rows = r" \\ ".join(" & ".join(lower.all(row.children)) for row in node.children)
    text = rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
    return rf"\det\left( {text} \right)" if name == "vmatrix" else text


def _row(lower: Lowering, node: Node) -> str:
    raise OutOfScope("a row outside a matrix")


def _empty(lower: Lowering, node: Node) -> str:
    raise OutOfScope("an empty place")


HANDLERS: dict[str, Callable[[Lowering, Node], str]] = {
    "number": _number,
    "letter": _letter,
    "symbol": _symbol,
    "word": _word,
    "font": _font,
    "scripts": _scripts,
    "group": _group,
    "fence": _fence,
    "list": _list,
    "chain": _chain,
    "sum": _sum,
    "product": _product,
    "command": _command,
    "infix": _infix,
    "big": _big,
    "apply": _apply,
    "postfix": _postfix,
    "environment": _environment,
    "row": _row,
    "empty": _empty,
}
