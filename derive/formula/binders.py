"""What has a letter of its own and a body that goes on to the end of the product: sums, products, limits, derivatives."""

from __future__ import annotations

from collections.abc import Callable
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
    point = reader.group("}")
    body = with_bound(reader, name, reader.product)
    reader.open_binder = reader.place
    return Term("limit", (body, Term("symbol", (), name), point))


def differentiates(reader: Reader) -> bool:
    """Whether ``\\frac`` goes on ``{d}{dx}``, with one letter after the second d."""
    place = reader.place
    texts = [token.text for token in reader.tokens[place : place + 5]]
    if texts not in (["{", "d", "}", "{", "d"], ["{", "\\mathrm{d}", "}", "{", "\\mathrm{d}"]):
        return False
    end = _letter_end(reader, place + 5)
    return end is not None and reader.tokens[end].text == "}"


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
    reader.place += 5
    token = reader.advance()
    variable = read_letter(reader, token)
    if variable.head not in ("symbol", "index"):
        reader.fail("a derivative by something that is no letter", token)
    reader.expect("}")
    body = reader.nest(reader.product)
    reader.open_binder = reader.place
    return Term("derivative", (body, variable))
