"""The grammar: chains of sides, sums of products of factors with scripts. Everything that formulas of notes contain has a place."""

from __future__ import annotations

from derive.notation.lexer import Token, Unparsed, tokenize
from derive.notation.nodes import Node
from derive.notation.tables import (
    ADDITIVE,
    ARGUMENTS,
    BARS,
    BIG,
    CLOSING,
    FENCES,
    FONTS,
    FUNCTIONS,
    GREEK,
    MATRICES,
    MULTIPLICATIVE,
    OPTIONAL,
    RELATIONS,
    SEPARATORS,
    SYMBOLS,
)

DEEPEST = 60
NO_OPERAND = RELATIONS | ADDITIVE | MULTIPLICATIVE | BIG | FUNCTIONS | frozenset(ARGUMENTS) | FONTS | SEPARATORS
"""Commands after which an operand is due."""
INFIX = frozenset(["\\choose", "\\over", "\\atop"])
NO_FACTOR = RELATIONS | ADDITIVE | MULTIPLICATIVE | CLOSING | SEPARATORS | INFIX | frozenset(["\\cr", "\\newline"])
ROW_ENDS = frozenset(["\\cr", "\\newline"])
INTEGRALS = frozenset(["\\int", "\\iint", "\\iiint", "\\oint"])
_SIZES = ("\\left", "\\right", "\\middle", "\\bigg", "\\Bigg", "\\big", "\\Big")


def parse(latex: str) -> Node:
    """The tree of a formula, which may be a chain of relations. Raises ``Unparsed``."""
    parser = Parser(latex)
    node = parser.listing()
    if parser.token.kind != "stop":
        parser.fail(f"'{parser.token.text}' closes nothing", "closing")
    return node


def bare(text: str) -> tuple[str, str]:
    """Size and delimiter: ``\\left(`` is ``\\left`` and ``(``."""
    for size in _SIZES:
        if text.startswith(size) and len(text) > len(size):
            rest = text[len(size) :]
            side = (
                rest[0] if rest[0] in "lrm" and size not in ("\\left", "\\right", "\\middle") and len(rest) > 1 else ""
            )
            return size + side, rest[len(side) :]
    return "", text


class Parser:
    """A place in the tokens. ``bars``: the bar that is open in the innermost fence; ``opened``: the places of bars that open."""

    __slots__ = ("bars", "depth", "integrals", "opened", "place", "tokens")

    def __init__(self, latex: str) -> None:
        self.tokens = tokenize(latex)
        self.place = 0
        self.depth = 0
        self.integrals = 0
        self.bars: list[str] = []
        self.opened: set[int] = set()

    # ------------------------------------------------------------------------------------------------ the tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def advance(self) -> Token:
        token = self.tokens[self.place]
        if token.kind != "stop":
            self.place += 1
        return token

    def fail(self, reason: str, kind: str = "syntax") -> None:
        raise Unparsed(reason, self.token.start, kind)

    def node(
        self, kind: str, start: int, text: str = "", children: tuple[Node, ...] = (), value: tuple[str, ...] = ()
    ) -> Node:
        """A node that reaches from ``start`` to the token before this place."""
        end = self.tokens[self.place - 1].end if self.place else start
        return Node(kind, text, children, value, start, max(start, end))

    # ------------------------------------------------------------------------------------- lists, chains and sums

    def listing(self) -> Node:
        """Chains with separators between them, up to what closes."""
        start = self.token.start
        items, separators = [self.chain()], []
        while self.separates():
            separators.append(self.advance().text)
            items.append(self.chain())
        return items[0] if not separators else self.node("list", start, "", tuple(items), tuple(separators))

    def separates(self) -> bool:
        """A separator stands here; a bar is one only where it closes nothing."""
        text = bare(self.token.text)[1]
        return text in SEPARATORS and not (text in BARS and self.bars) and not self.token.text.startswith("\\right")

    def chain(self) -> Node:
        start = self.token.start
        sides, signs = [self.sum()], []
        while self.token.text in RELATIONS or self.is_relation():
            signs.append(self.relation())
            sides.append(self.sum())
        return sides[0] if not signs else self.node("chain", start, "", tuple(sides), tuple(signs))

    def is_relation(self) -> bool:
        """``\\not\\in``, ``:=``, ``\\overset{def}{=}``."""
        texts = [token.text for token in self.tokens[self.place : self.place + 2]]
        if texts in (
            ["\\not", "\\in"],
            [":", "="],
            ["\\not", "\\subset"],
            ["\\not", "\\equiv"],
            ["=", ":"],
            ["\\not", "="],
        ):
            return True
        return texts[0] in ("\\overset", "\\stackrel", "\\underset") and self.over_a_relation()

    def over_a_relation(self) -> bool:
        """Whether the second argument of the command here is a relation sign."""
        place = self.closing(self.place + 1) + 1
        texts = [token.text for token in self.tokens[place : place + 3]]
        return (texts[:1] == ["{"] and texts[1] in RELATIONS) or texts[0] in RELATIONS

    def closing(self, place: int) -> int:
        """The place of the brace that closes the one at ``place``, or ``place``."""
        depth = 0
        while self.tokens[place].kind != "stop":
            depth += (self.tokens[place].text == "{") - (self.tokens[place].text == "}")
            if depth <= 0:
                break
            place += 1
        return place

    def relation(self) -> str:
        first = self.advance()
        if first.text in (":", "\\not", "=") and self.token.text in ("=", "\\in", "\\subset", "\\equiv", ":"):
            joined = first.text + self.token.text
            if joined in (":=", "=:") or first.text == "\\not":
                self.advance()
                return joined
        if first.text in ("\\overset", "\\stackrel", "\\underset", "\\xrightarrow", "\\xleftarrow"):
            start = self.place
            for _ in range(2 if not first.text.startswith("\\x") else 1):
                self.place = self.closing(self.place) + 1
            return first.text + "".join(token.text for token in self.tokens[start : self.place])
        return first.text

    def sum(self) -> Node:
        """Products with signs before them; a side may be empty, and a sign may stand alone (``x^+``)."""
        start = self.token.start
        signs, terms = [""], []
        if self.token.text in ADDITIVE:
            signs = [self.advance().text]
        terms.append(self.product())
        while self.token.text in ADDITIVE:
            signs.append(self.advance().text)
            terms.append(self.product())
        if len(terms) == 1 and signs == [""]:
            return terms[0]
        return self.node("sum", start, "", tuple(terms), tuple(signs))

    # --------------------------------------------------------------------------------------- products and factors

    def product(self) -> Node:
        start = self.token.start
        if not self.starts_factor():
            if self.token.text not in MULTIPLICATIVE:
                return Node("empty", "", (), (), start, start)
            factors = [self.node("symbol", start, self.advance().text)]  # the sign itself: f(\cdot), x^*, n_{\bullet j}
        else:
            factors = [self.factor()]
        operators: list[str] = []
        while True:
            if self.token.text in MULTIPLICATIVE:
                operators.append(self.advance().text)
                factors.append(self.signed_factor())
                if factors[-1].kind == "empty":  # n_{i \bullet}, f(\cdot): the sign itself
                    sign = operators.pop()
                    factors[-1] = self.sign_itself(sign)
                    operators.append("")
            elif self.starts_factor():
                operators.append("")
                factors.append(self.factor())
            else:
                break
        return factors[0] if not operators else self.node("product", start, "", tuple(factors), tuple(operators))

    def sign_itself(self, sign: str) -> Node:
        """The operator that was passed last, as a sign without operands."""
        token = self.tokens[self.place - 1]
        return Node("symbol", sign, (), (), token.start, token.end)

    def signed_factor(self) -> Node:
        """``a \\cdot -b`` is written by some; so is ``f(\\cdot)``."""
        start = self.token.start
        if self.token.text in ("-", "+"):
            sign = self.advance().text
            return self.node("sum", start, "", (self.factor(),), (sign,))
        if not self.starts_factor():
            return Node("empty", "", (), (), start, start)
        return self.factor()

    def starts_factor(self) -> bool:
        token = self.token
        text = bare(token.text)[1]
        if token.kind in ("number", "letter", "word", "begin"):
            return True
        if text in BARS:
            return self.opens_bar(token, text)
        if token.text.startswith(("\\right", "\\middle")) or self.is_relation():
            return False
        if token.kind == "command" and text in NO_FACTOR:
            return False
        return (
            token.kind == "command"
            or token.text == "\\left."
            or text in FENCES
            or text in ("{", "!", "_", "^", "'")
            or not token.text.isascii()
        )

    def opens_bar(self, token: Token, text: str) -> bool:
        """A bar opens where an operand is due, or beside one if no bar is open that it could close (``a |b|``)."""
        size = bare(token.text)[0]
        if size == "\\left" or size.endswith("l"):
            return True
        if size in ("\\right", "\\middle") or size.endswith("r"):
            return False
        if text == "||" and "|" in self.bars[-1:]:
            self.split_bars(token)  # |a||b|
            text = "|"
        if self.after_operand():
            return not self.bars and self.closes_later(text)
        return self.closes_later(text)

    def split_bars(self, token: Token) -> None:
        middle = token.start + 1
        halves = [Token("mark", "|", token.start, middle), Token("mark", "|", middle, token.end)]
        self.tokens[self.place : self.place + 1] = halves

    def after_operand(self) -> bool:
        """What stands before this place is something to which an operator or a bar could follow."""
        before = self.tokens[self.place - 1] if self.place else None
        if before is None:
            return False
        text = bare(before.text)[1]
        if before.kind in ("number", "letter", "word", "end"):
            return True
        if before.kind == "command":
            return text not in NO_OPERAND and text not in FENCES
        return text in (")", "]", "}", "'", "!") or (text in BARS and self.place - 1 not in self.opened)

    def closes_later(self, text: str) -> bool:
        """A second bar of the kind comes before what surrounds this place ends."""
        depth = 0
        for token in self.tokens[self.place + 1 :]:
            inner = bare(token.text)[1]
            if inner == text and depth == 0:
                return True
            depth += inner in FENCES or inner == "{" or token.kind == "begin"
            depth -= inner in CLOSING or inner == "}" or token.kind == "end"
            if depth < 0 or token.kind == "stop" or (depth == 0 and inner == "\\\\"):
                return False
        return False

    def factor(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"nested more than {DEEPEST} deep", "size")
        start = self.token.start
        node = self.scripted(self.unit(), start)
        while self.token.text == "!":
            self.advance()
            node = self.scripted(self.node("postfix", start, "!", (node,)), start)
        self.depth -= 1
        return node

    def scripted(self, base: Node, start: int) -> Node:
        """The base with the scripts behind it; operators take their body or argument after them."""
        kinds, scripts = "", []
        while self.token.text in ("_", "^", "'"):
            sign = self.advance().text
            kinds += sign
            if sign != "'":
                scripts.append(self.argument())
        node = self.node("scripts", start, kinds, (base, *scripts)) if kinds else base
        name = base.text if base.kind == "symbol" else ""
        if name in BIG:
            return self.big(node, start)
        if name in FUNCTIONS:
            return self.applied(node, start)
        return node

    def at_differential(self) -> bool:
        """``dx`` in an integral."""
        after = self.tokens[self.place + 1]
        return self.integrals > 0 and self.token.text == "d" and (after.kind == "letter" or after.text[1:] in GREEK)

    def big(self, operator: Node, start: int) -> Node:
        integral = operator.text in INTEGRALS or any(child.text in INTEGRALS for child in operator.children[:1])
        self.integrals += integral
        body = self.product()
        self.integrals -= integral
        return self.node("big", start, operator.text, (operator,) if body.kind == "empty" else (operator, body))

    def applied(self, function: Node, start: int) -> Node:
        """``\\sin x``, ``\\log(x)``, ``\\sin 2 x``: the argument is a fence, or the product up to the next function."""
        if bare(self.token.text)[1] in FENCES or self.token.text == "{":
            return self.node("apply", start, "", (function, self.factor()))
        factors: list[Node] = []
        begin = self.token.start
        while self.starts_factor() and not (self.token.text in FUNCTIONS | BIG and factors):
            fence = bare(self.token.text)[1] in FENCES
            if factors and (fence or self.at_differential()):
                break
            factors.append(self.factor())
        if not factors:
            return function
        argument = (
            factors[0]
            if len(factors) == 1
            else self.node("product", begin, "", tuple(factors), ("",) * (len(factors) - 1))
        )
        return self.node("apply", start, "", (function, argument))

    # ------------------------------------------------------------------------------------------------------- units

    def unit(self) -> Node:
        token = self.token
        text = bare(token.text)[1]
        if token.kind in ("number", "letter", "word"):
            self.advance()
            return self.node(token.kind, token.start, token.text)
        if token.kind == "begin":
            return self.environment()
        if text == "{":
            return self.group()
        if text in FENCES or text in BARS or token.text == "\\left.":
            return self.fence(text)
        if token.text in ("_", "^", "'", "!"):
            return Node("empty", "", (), (), token.start, token.start)
        return self.command()

    def group(self) -> Node:
        start = self.advance().start
        outside, self.bars = self.bars, []
        inside = self.listing()
        if self.token.text.startswith("\\\\"):
            inside = self.lines(inside)
        if self.token.text in INFIX:
            inside = self.node("infix", inside.start, self.advance().text, (inside, self.listing()))
        self.bars = outside
        if self.token.text != "}":
            open_end = self.token.kind == "stop"
            reason = "a brace that nothing closes" if open_end else f"'{self.token.text}' in braces"
            self.fail(reason, "closing" if open_end else "syntax")
        self.advance()
        return self.node("group", start, "", (inside,))

    def lines(self, first: Node) -> Node:
        """``\\substack{i < n \\\\ j < n}``: the lines as a list."""
        lines, separators = [first], []
        while self.token.text.startswith("\\\\"):
            separators.append(self.advance().text)
            lines.append(self.listing())
        return self.node("list", first.start, "", tuple(lines), tuple(separators))

    def fence(self, opening: str) -> Node:
        """Brackets of one kind may be closed by the other, as in ``[0, 1)``."""
        self.opened.add(self.place)
        open_ = self.advance()
        outside, self.bars = self.bars, [opening] if opening in BARS else []
        inside = self.listing()
        self.bars = outside
        if not self.closes(opening, open_.text.startswith("\\left")):
            self.fail(f"'{open_.text}' that nothing closes", "closing")
        close = self.advance()
        return self.node("fence", open_.start, f"{open_.text} {close.text}", (inside,))

    def closes(self, opening: str, sized: bool) -> bool:
        text = bare(self.token.text)[1]
        if sized:
            return self.token.text.startswith("\\right")
        if opening in ("(", "[", "\\lbrack"):
            return text in (")", "]", "\\rbrack", "[")
        return text == (opening if opening in BARS else FENCES.get(opening))

    def environment(self) -> Node:
        begin = self.advance()
        name = begin.text.partition("{")[2].rstrip("}")
        if name not in MATRICES:
            self.fail(f"unknown environment {name}", "command")
        columns = ""
        if name.endswith("matrix*") and self.token.text == "[":
            stop = next((n for n in range(self.place, len(self.tokens)) if self.tokens[n].text == "]"), self.place)
            columns = "".join(token.text for token in self.tokens[self.place : stop + 1])
            self.place = stop + 1
        if name in ("array", "alignedat", "subarray", "tabular") and self.token.text == "{":
            stop = self.closing(self.place)
            columns = "".join(token.text for token in self.tokens[self.place : stop + 1])
            self.place = stop + 1
        outside, self.bars = self.bars, []
        rows = self.rows()
        self.bars = outside
        if self.token.kind != "end":
            self.fail(f"the environment {name} that nothing closes", "closing")
        self.advance()
        return self.node("environment", begin.start, name, tuple(rows), (columns,))

    def rows(self) -> list[Node]:
        rows: list[Node] = []
        while self.token.kind not in ("end", "stop"):
            start = self.token.start
            cells = [self.listing()]
            while self.token.text == "&":
                self.advance()
                cells.append(self.listing())
            rows.append(self.node("row", start, "", tuple(cells)))
            if self.token.text.startswith("\\\\") or self.token.text in ROW_ENDS:
                self.advance()
            elif self.token.kind != "end":
                self.fail(f"'{self.token.text}' in a row")
        return rows

    def command(self) -> Node:
        token = self.advance()
        text = token.text
        if text in ARGUMENTS:
            return self.with_arguments(token)
        if text in FONTS:
            return self.node("font", token.start, text, (self.argument(),))
        if text.startswith("\\") and text[1:] in GREEK:
            return self.node("letter", token.start, text)
        if text in FUNCTIONS | BIG | SYMBOLS | MULTIPLICATIVE or not text.isascii():
            return self.node("symbol", token.start, text)
        self.place -= 1
        self.fail(f"unknown command '{text}'", "command")
        raise AssertionError

    def with_arguments(self, token: Token) -> Node:
        children: list[Node] = []
        option = ""
        if token.text in OPTIONAL and self.token.text == "[":
            self.advance()
            option = "["
            children.append(self.listing())
            if self.token.text != "]":
                self.fail("a bracket that nothing closes", "closing")
            self.advance()
        children += [self.argument() for _ in range(ARGUMENTS[token.text])]
        return self.node("command", token.start, token.text, tuple(children), (option,))

    def argument(self) -> Node:
        """What TeX takes: a group, one digit, one letter, or a command with its own arguments."""
        token = self.token
        if token.text == "{":
            return self.group()
        if token.kind == "number" and len(token.text) > 1:
            return self.first_digit(token)
        if token.kind in ("number", "letter", "word"):
            self.advance()
            return self.node(token.kind, token.start, token.text)
        if token.kind == "command":
            if token.text in CLOSING | RELATIONS | ADDITIVE or token.text in FENCES:
                self.advance()
                return self.node("symbol", token.start, token.text)
            return self.command()
        if token.kind == "mark" and token.text in "*+-'":
            self.advance()
            return self.node("symbol", token.start, token.text)
        self.fail("an argument is missing")
        raise AssertionError

    def first_digit(self, token: Token) -> Node:
        """``x^12`` is x^1 2: the rest of the numeral is put back."""
        rest = Token("number", token.text[1:], token.start + 1, token.end)
        self.tokens[self.place : self.place + 1] = [Token("number", token.text[0], token.start, token.start + 1), rest]
        first = self.advance()
        return self.node("number", first.start, first.text)
