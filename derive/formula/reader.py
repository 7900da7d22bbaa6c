"""LaTeX to terms: the grammar. Sums of products of factors; what a command means stands in ``commands`` and ``letters``.

Nothing is guessed: what is unknown, or can be read in two ways, raises ``Unread``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NoReturn, TypeVar

from derive.core import Declaration, Scope, Term
from derive.formula.commands import COMMANDS, Handler
from derive.formula.extent import SCALAR, extent, has_shaped_letter, is_made_of_shaped
from derive.formula.letters import lone_letter, read_letter
from derive.formula.neighbours import refuse_other_readings
from derive.formula.notation import FUNCTIONS, PARTS, RELATION_SIGNS
from derive.formula.tokens import MAX_HEIGHT, MAX_NESTING, MAX_SLASHES, Token, Unread, tokenize

T = TypeVar("T")

_SIGNS = frozenset(["+", "-"])
_SCRIPTS = frozenset(["^", "_", "!", "'"])
_TRANSPOSED = frozenset(["\\top", "T", "\\mathrm{T}"])


def read(latex: str, scope: Scope) -> Term:
    """The term that a formula without relation sign stands for. Raises ``Unread``."""
    reader = Reader(latex, scope)
    term = reader.side()
    reader.end()
    return term


class Reader:
    """A place in the tokens, the letters known there, and the grammar.

    ``open_function`` and ``open_binder`` hold the place where the argument of a bare function (``\\ln x``) or the body of
    a binder last ended: right there a further factor could belong to either.
    """

    __slots__ = (
        "bar",
        "depth",
        "last_bar",
        "letters",
        "open_binder",
        "open_function",
        "place",
        "stop",
        "subscript",
        "tokens",
    )

    def __init__(self, latex: str, scope: Scope) -> None:
        self.tokens = tokenize(latex)
        self.place = 0
        self.letters: Mapping[str, Declaration] = {declaration.name: declaration for declaration in scope.declarations}
        self.depth = 0
        self.subscript = False  # directly inside a subscript, where ij is two indices and no product
        self.bar = ""  # the plain bar that closes the innermost group, if one does
        self.last_bar = -1  # the place after the last plain bar that closed in this group
        self.open_function = self.open_binder = -1
        self.stop = -1  # the place of the differential that closes the innermost integral

    # ------------------------------------------------------------------------------------------------ the tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def advance(self) -> Token:
        token = self.tokens[self.place]
        if token.kind != "end":
            self.place += 1
        return token

    def skip(self, text: str) -> bool:
        """Whether the next token was ``text``; then it is passed."""
        if self.tokens[self.place].text != text:
            return False
        self.advance()
        return True

    def expect(self, text: str) -> None:
        if not self.skip(text):
            self.unexpected(f"expected '{text}'")

    def closing(self, place: int) -> int:
        """The place of the brace that closes the one at ``place``; ``place`` itself if no brace opens there."""
        depth = 0
        while self.tokens[place].kind != "end":
            depth += (self.tokens[place].text == "{") - (self.tokens[place].text == "}")
            if depth <= 0:
                break
            place += 1
        return place

    def end(self) -> None:
        if self.token.kind != "end":
            self.unexpected("expected the end")

    def fail(self, reason: str, token: Token | None = None) -> NoReturn:
        raise Unread(reason, (token or self.token).position)

    def unexpected(self, wanted: str) -> NoReturn:
        token = self.token
        if token.kind == "end":
            self.fail(f"{wanted} where the formula ends")
        known = token.kind != "command" or self.handler(token) or token.text in RELATION_SIGNS or token.text in PARTS
        self.fail(f"{wanted} but found '{token.text}'" if known else f"unknown command '{token.text}'")

    def handler(self, token: Token) -> Handler | None:
        """The function that reads on after ``token``; ``None`` for what starts no factor."""
        if token.kind == "letter":
            return read_letter
        if token.text.startswith("\\mathrm{") and token.text[len("\\mathrm{") : -1] not in self.letters:
            return COMMANDS.get(token.text.replace("mathrm", "operatorname", 1), read_letter)
        return read_letter if token.text.startswith("\\mathrm{") else COMMANDS.get(token.text)

    # ------------------------------------------------------------------------------------------------ the groups

    def nest(self, read: Callable[[], T]) -> T:
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.fail(f"nested more than {MAX_NESTING} deep")
        result = read()
        self.depth -= 1
        return result

    def within(self, read: Callable[[], T], *, subscript: bool = False, bar: str = "") -> T:
        """Read inside delimiters: what surrounds them has no say there."""
        outside = self.subscript, self.bar, self.last_bar
        self.subscript, self.bar, self.last_bar = subscript, bar, -1
        result = self.nest(read)
        self.subscript, self.bar, self.last_bar = outside
        return result

    def group(self, close: str, *, subscript: bool = False, bar: str = "") -> Term:
        term = self.within(self.expression, subscript=subscript, bar=bar)
        self.expect(close)
        return term

    def argument(self, *, subscript: bool = False) -> Term:
        """What TeX takes after ``^`` or ``\\frac``: a group in braces, one digit or one letter."""
        token = self.advance()
        if token.text == "{":
            return self.group("}", subscript=subscript)
        if token.kind == "number" and len(token.text) == 1:
            return self.numeral(token)
        if self.handler(token) is read_letter:
            return lone_letter(self, token)
        self.fail("expected a group in braces", token)

    def leading(self, place: int) -> Token:
        """The first token from ``place`` on that can be seen."""
        while self.tokens[place].text == "{":
            place += 1
        return self.tokens[place]

    # ----------------------------------------------------------------------------------------------- the grammar

    def side(self) -> Term:
        """A whole side of a relation, of bounded height: whoever walks through the term may recurse."""
        start = self.token
        term = self.expression()
        layer: tuple[Term, ...] = (term,)
        for _ in range(MAX_HEIGHT):
            layer = tuple(part for parent in layer for part in parent.args)
            if not layer:
                return term
        self.fail(f"a term of more than {MAX_HEIGHT} layers", start)

    def expression(self) -> Term:
        self.last_bar = -1
        terms = [self.signed()]
        while self.token.text in _SIGNS:
            terms.append(self.signed() if self.token.text == "-" else self.plus())
        return terms[0] if len(terms) == 1 else Term("add", tuple(terms))

    def signed(self) -> Term:
        return Term("neg", (self.product(),)) if self.skip("-") else self.product()

    def plus(self) -> Term:
        self.expect("+")
        return self.product()

    def product(self) -> Term:
        """Factors side by side, then divisors after slashes: ``a b/c`` is (a b)/c, and ``a/b c`` is refused."""
        factors = [self.factor()]
        while self.continues():
            dot, start = self.skip("\\cdot"), self.place
            factors.append(self.factor())
            if not dot:
                refuse_other_readings(self, factors, start)
        term = factors[0] if len(factors) == 1 else Term("mul", tuple(factors))
        return self.quotient(term) if self.token.text == "/" else term

    def continues(self) -> bool:
        """Whether another factor follows. After a bare argument only a further function may: ``\\sin x \\cos y``."""
        token = self.token
        if token.text != "\\cdot" and not self.starts_factor(token):
            return False
        if self.open_function == self.place and token.text not in FUNCTIONS:
            self.fail(f"'{token.text}' may or may not belong to the function's argument, write parentheses")
        return True

    def starts_factor(self, token: Token) -> bool:
        if self.place == self.stop:
            return False
        if token.kind == "number":
            return True
        return self.handler(token) is not None and not (self.bar and token.text == self.bar)

    def quotient(self, term: Term) -> Term:
        slashes = 0
        while self.token.text == "/":
            slashes += 1
            if slashes > MAX_SLASHES:
                self.fail(f"more than {MAX_SLASHES} slashes in a row")
            if self.open_function == self.place:
                self.fail("'/' may or may not belong to the function's argument, write parentheses")
            self.advance()
            divisor = self.factor()
            if self.open_binder == self.place:
                self.fail("a divisor that could go on, write parentheses")
            term = Term("div", (term, divisor), "/")
        if self.token.text == "\\cdot" or self.starts_factor(self.token):
            self.fail("a factor after '/', which may be above or below it, write parentheses")
        return term

    def factor(self) -> Term:
        term = self.atom()
        if self.place == self.stop:
            return term
        text = self.token.text
        if text == "^":
            term = self.superscript(term)
        elif text == "!":
            self.advance()
            term = Term("factorial", (term,))
        self.no_script()
        return term

    def no_script(self) -> None:
        """Refuse ``\\frac{a}{b}^2``, ``\\ln(x)^2``, ``n!!`` and the like: to what does the script belong?"""
        if self.token.text in _SCRIPTS:
            self.fail(f"'{self.token.text}' after something that cannot carry it, write parentheses")

    def closed(self, term: Term) -> Term:
        self.no_script()
        return term

    def superscript(self, base: Term) -> Term:
        self.expect("^")
        braced = self.token.text == "{"
        first = self.tokens[self.place + braced]
        alone = not braced or self.tokens[self.place + 2].text == "}"
        if braced and first.text == "-" and self.inverts_and_transposes(base):
            self.place += 4
            return Term("transpose", (Term("pow", (base, Term("neg", (Term("number", (), Fraction(1)),)))),))
        if alone and first.text in _TRANSPOSED and self.transposes(base, first):
            self.place += 3 if braced else 1
            return Term("transpose", (base,))
        if alone and has_shaped_letter(base, self.letters):
            self.refuse_conjugate(first)
        return Term("pow", (base, self.argument()))

    def refuse_conjugate(self, exponent: Token) -> None:
        """``A^H`` is no power where nobody declares H; nor is ``(x^T A x)^T`` or ``\\det(A)^T`` one where T may transpose."""
        name = exponent.text.removeprefix("\\mathrm{").removesuffix("}")
        known = self.letters.get(name)
        if name in ("H", "T") and (known is None or not known.declared):
            self.fail(f"a power, or a transposed matrix? declare {name}, or write \\top", exponent)

    def inverts_and_transposes(self, base: Term) -> bool:
        """``A^{-\\top}``."""
        sign, close = self.tokens[self.place + 2 : self.place + 4]
        return close.text == "}" and sign.text in _TRANSPOSED and self.transposes(base, sign)

    def transposes(self, base: Term, token: Token) -> bool:
        """``\\top`` always does, an undeclared T does above vectors and matrices."""
        if token.text == "\\top":
            return True
        made_of_matrices = is_made_of_shaped(base, self.letters) or extent(base, self.letters) != SCALAR
        return "T" not in self.letters and made_of_matrices

    def atom(self) -> Term:
        token = self.token
        if token.kind == "number":
            return self.numeral(self.advance())
        handle = self.handler(token)
        if handle is None or (self.bar and token.text == self.bar):
            self.unexpected("expected a factor")
        self.advance()
        return handle(self, token)

    def numeral(self, token: Token) -> Term:
        text = token.text
        if len(text) > 1 and text[0] == "0" and text[1] != ".":
            self.fail("a numeral that starts with 0", token)
        return Term("decimal", (), text) if "." in text else Term("number", (), Fraction(int(text)))
