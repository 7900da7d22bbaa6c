"""What has a letter of its own and a body that goes on to the end of the product: sums, products, limits, derivatives."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import Term
from derive.formula.letters import BOUND, binding_name, read_letter
from derive.formula.notation import ACCENTS, BINDERS, GREEK
from derive.formula.tokens import Token

if TYPE_CHECKING:
    from derive.formula.reader import Reader


def sum_or_product(reader: Reader, token: Token) -> Term:
    name, lower, upper = bounds(reader)
    body = with_bound(reader, name, reader.product)
    reader.open_binder = reader.place
    return Term(BINDERS[token.text], (body, Term("symbol", (), name), lower, upper))


def bounds(reader: Reader) -> tuple[str, Term, Term]:
    """``_{k=a}^{b}``, in either order."""
    upper = reader.argument() if reader.skip("^") else None
    reader.expect("_")
    reader.expect("{")
    name = binding_name(reader)
    reader.expect("=")
    lower = reader.group("}")
    if upper is None:
        reader.expect("^")
        upper = reader.argument()
    return name, lower, upper


def with_bound(reader: Reader, name: str, read: Callable[[], Term]) -> Term:
    outside = reader.letters
    reader.letters = {**outside, name: BOUND}
    body = reader.nest(read)
    reader.letters = outside
    return body


def limit(reader: Reader, token: Token) -> Term:
    reader.expect("_")
    reader.expect("{")
    name = binding_name(reader)
    reader.expect("\\to")
    outside = reader.stop
    side = one_sided(reader)
    point = reader.group("^" if side else "}")
    reader.stop = outside
    if side:
        close_side(reader)
    body = with_bound(reader, name, reader.product)
    reader.open_binder = reader.place
    return Term("limit", (body, Term("symbol", (), name), point), side)


def one_sided(reader: Reader) -> str | None:
    """'+' or '-' if the point that stands next ends with ``^+`` or ``^{-}``; the reader then stops before that."""
    close = reader.place
    depth = 1
    while reader.tokens[close].kind != "end" and depth:
        depth += (reader.tokens[close].text == "{") - (reader.tokens[close].text == "}")
        close += depth > 0
    for length in (2, 4):
        tail = [token.text for token in reader.tokens[close - length : close]]
        if tail[:1] == ["^"] and "".join(tail[1:]) in ("+", "-", "{+}", "{-}"):
            reader.stop = close - length
            return "+" if "+" in tail else "-"
    return None


def close_side(reader: Reader) -> None:
    """Pass ``+}`` or ``{+}}``."""
    braced = reader.skip("{")
    reader.advance()
    if braced:
        reader.expect("}")
    reader.expect("}")


def integral(reader: Reader, token: Token) -> Term:
    """``\\int_a^b f \\, dx``, or ``\\int f \\, dx``, an antiderivative."""
    ends: tuple[Term, ...] = ()
    if reader.token.text in ("_", "^"):
        ends = _ends_of_integral(reader)
    place = _differential(reader, token)
    variable_at = place + 1
    name = reader.tokens[variable_at]
    outside = reader.stop
    reader.stop = place
    here = reader.place
    reader.place = variable_at
    variable = binding_name(reader)
    after, reader.place = reader.place, here
    body = Term("number", (), Fraction(1)) if here == place else with_bound(reader, variable, reader.expression)
    if reader.place != place:
        reader.fail(f"an integrand that does not go up to 'd{name.text}'", token)
    reader.stop = outside
    reader.place = after
    letter = Term("symbol", (), variable)
    return Term("integral", (body, letter, *ends)) if ends else Term("antiderivative", (body, letter))


def _ends_of_integral(reader: Reader) -> tuple[Term, Term]:
    upper = reader.argument() if reader.skip("^") else None
    reader.expect("_")
    lower = reader.argument()
    if upper is None:
        reader.expect("^")
        upper = reader.argument()
    return lower, upper


def _differential(reader: Reader, token: Token) -> int:
    """The place of the d that closes this integral."""
    place, integrals, depth = reader.place, 1, 0
    while reader.tokens[place].kind != "end" and depth >= 0:
        text, following = reader.tokens[place].text, reader.tokens[place + 1]
        depth += (text in ("{", "(", "[")) - (text in ("}", ")", "]"))
        integrals += text == "\\int"
        if text in ("d", "\\mathrm{d}") and (following.kind == "letter" or following.text[1:] in GREEK):
            integrals -= depth == 0
            if integrals == 0:
                return place
        place += 1
    reader.fail("an integral without its differential", token)


def gradient(reader: Reader, token: Token) -> Term:
    """``\\nabla_x f``, ``\\nabla_x^2 f``, the Hessian."""
    reader.expect("_")
    place = reader.token
    braced = reader.skip("{")
    letter = read_letter(reader, reader.advance())
    if braced:
        reader.expect("}")
    if letter.head != "symbol":
        reader.fail("a gradient by something that is no letter", place)
    second = reader.skip("^")
    if second and reader.argument() != Term("number", (), Fraction(2)):
        reader.fail("a power of the gradient other than the second", place)
    body = reader.nest(reader.product)
    reader.open_binder = reader.place
    return Term("hessian" if second else "gradient", (body, letter))


DIFFERENTIALS = {"d": None, "\\mathrm{d}": None, "\\partial": "partial"}
"""What a derivative is written with, and the mark that the term keeps."""


def differentiates(reader: Reader) -> bool:
    """Whether ``\\frac`` goes on as a derivative: ``{d}{dx}``, ``{d^2}{dx^2}``, ``{\\partial f}{\\partial x}``."""
    tokens, place = reader.tokens, reader.place
    sign = tokens[place + 1].text
    if tokens[place].text != "{" or sign not in DIFFERENTIALS:
        return False
    above = reader.closing(place)
    if tokens[above + 1].text != "{" or tokens[above + 2].text != sign:
        return False
    if sign == "\\partial":
        return True
    alone = above == place + 2 or tokens[place + 2].text == "^"
    if not alone and "d" in reader.letters:
        return False
    end = _letter_end(reader, above + 3)
    return end is not None and tokens[end].text in ("}", "^")


def _letter_end(reader: Reader, place: int) -> int | None:
    """The place after the letter at ``place``, accent and subscript included."""
    token = reader.tokens[place]
    if token.text[1:] in ACCENTS:
        place = reader.closing(place + 1)
    elif token.kind != "letter" and token.text[1:] not in GREEK and not token.text.startswith("\\mathrm{"):
        return None
    place += 1
    place += reader.tokens[place].text == "'"
    if reader.tokens[place].text == "_":
        place = reader.closing(place + 1) + 1
    return place


def derivative(reader: Reader) -> Term:
    """From the opening brace of the numerator on."""
    start = reader.token
    reader.expect("{")
    sign = reader.advance().text
    order = _order(reader)
    body = None if reader.token.text == "}" else reader.nest(reader.product)
    reader.expect("}")
    reader.expect("{")
    variables = _variables(reader, sign)
    if len(variables) != order:
        reader.fail("a derivative whose order is not that of its differentials", start)
    if body is None:
        body = reader.nest(reader.product)
        reader.open_binder = reader.place
    for variable in reversed(variables):
        body = Term("derivative", (body, variable), DIFFERENTIALS[sign])
    return body


def _order(reader: Reader) -> int:
    if not reader.skip("^"):
        return 1
    place = reader.token
    order = reader.argument()
    if order.head != "number" or not 1 <= int(Fraction(order.value or 0)) <= 8:
        reader.fail("a derivative of symbolic or high order", place)
    return int(Fraction(order.value or 0))


def _variables(reader: Reader, sign: str) -> list[Term]:
    """``dx``, ``dx^2``, ``\\partial x \\partial y``: each letter as often as it is differentiated by."""
    found: list[Term] = []
    while not reader.skip("}"):
        if reader.token.text != sign:
            reader.unexpected(f"expected '{sign}'")
        reader.advance()
        token = reader.advance()
        variable = read_letter(reader, token)
        if variable.head not in ("symbol", "index"):
            reader.fail("a derivative by something that is no letter", token)
        found += [variable] * _order(reader)
    return found
