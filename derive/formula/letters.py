"""What a letter stands for: a symbol, a member of a family, a function applied, a constant, or nothing that we know."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from derive.core import Declaration, Term
from derive.formula.extent import SCALAR, extent
from derive.formula.family import subterms
from derive.formula.notation import ACCENTS, GREEK, SPECTRAL, SUBSCRIPTS
from derive.formula.tokens import Token

if TYPE_CHECKING:
    from derive.formula.reader import Reader

BOUND = Declaration("")
"""Declares the letter of a sum, product, limit or diagonal while its body is read."""

CALLED = frozenset(["f", "g", "h", "F", "G", "Gamma", "zeta", "Phi", "Psi"])
"""Letters that name functions more often than numbers."""

CONSTANTS = {
    **{name: Term("constant", (), name) for name in ("pi", "e", "i", "gamma")},
    "I": Term("identity"),
}
"""What a letter means that nobody declared."""

_NAMES = {"\\" + name: name for name in GREEK}
_SUBSCRIPT_NAMES = _NAMES | {sign: word for word, sign in SUBSCRIPTS.items()} | {"\\infty": "infinity"}
_ALWAYS = {
    "\\mathrm{i}": CONSTANTS["i"],
    "\\mathrm{e}": CONSTANTS["e"],
    "\\infty": Term("constant", (), "infinity"),
}


def read_letter(reader: Reader, token: Token) -> Term:
    """A letter with its subscript and its arguments."""
    if token.text in _ALWAYS:
        return _ALWAYS[token.text]
    name = base_name(reader, token)
    if reader.token.text != "_":
        return _with_arguments(reader, name, token)
    below, end = subscript_name(reader, reader.place + 1)
    full = f"{name}_{below}"
    base = reader.letters.get(name)
    if below and full in reader.letters:
        if base and base.family and any(reader.letters.get(part) is BOUND for part in below.split("_")):
            reader.fail(f"'{full}' is a letter and a member of the family '{name}'", token)
        if any(reader.letters.get(part) is BOUND for part in below.split("_")):
            reader.fail(f"the letter '{full}' depends on the letter of a sum", token)
        reader.place = end
        return _with_arguments(reader, full, token)
    if base and base.family and below not in SUBSCRIPTS:
        return Term("index", (Term("symbol", (), name), _subscript(reader)))
    if name == "lambda" and not (base and base.function) and _is_called(reader):
        return _of_matrix(reader, "eigenvalue", name, token)
    if base and not base.family:
        reader.fail(f"letter '{name}' is no family and carries no subscript", token)
    reader.fail(f"undeclared letter '{full if below else name}'", token)


def lone_letter(reader: Reader, token: Token) -> Term:
    """A letter by itself: a declared or bound symbol, else a constant."""
    if token.text in _ALWAYS:
        return _ALWAYS[token.text]
    return _symbol(reader, base_name(reader, token), token)


def binding_name(reader: Reader) -> str:
    """The letter that a binder introduces; it need not be declared."""
    token = reader.advance()
    name = base_name(reader, token)
    if reader.token.text != "_":
        return name
    below, end = subscript_name(reader, reader.place + 1)
    if not below:
        reader.fail("expected a letter to bind", token)
    reader.place = end
    return f"{name}_{below}"


def base_name(reader: Reader, token: Token) -> str:
    """The name of the letter at ``token``, without subscript: ``x``, ``lambda``, ``loss``, ``x_hat``, ``x_prime``."""
    if token.text[1:] in ACCENTS:
        braced = reader.skip("{")
        name = f"{_plain_name(reader, reader.advance())}_{token.text[1:]}"
        if braced:
            reader.expect("}")
        return name
    name = _plain_name(reader, token)
    known = reader.letters.get(name)
    if known is not None and known.function and f"{name}_prime" not in reader.letters:
        return name
    if reader.token.text == "'" and known is not None and known.shape and not _is_declared(reader, f"{name}_prime"):
        reader.fail(f"a transposed matrix, or a letter '{name}_prime'? write \\top, or declare it")
    return f"{name}_prime" if reader.skip("'") else name


def _is_declared(reader: Reader, name: str) -> bool:
    declaration = reader.letters.get(name)
    return declaration is not None and declaration.declared


def _refuse_call(reader: Reader, name: str, token: Token) -> None:
    """``f(x + y)`` is no product of numbers where nobody says what f is, nor is ``y(x)``."""
    if _is_declared(reader, name):
        return
    called = [token.text for token in reader.tokens[reader.place + 1 : reader.place + 3]]
    lone = reader.tokens[reader.place + 1].kind == "letter" and called[1:] == [")"]
    if name.removesuffix("_prime") in CALLED or lone:
        reader.fail(f"'{name}' may be a function: declare it, or write \\cdot", token)


def _plain_name(reader: Reader, token: Token) -> str:
    name = token.text if token.kind == "letter" else _NAMES.get(token.text) or _roman_name(token)
    if not name:
        reader.fail(f"expected a letter but found '{token.text}'", token)
    return name


def subscript_name(reader: Reader, place: int) -> tuple[str, int]:
    """The subscript at ``place`` as part of a name (``1``, ``star``, ``1_max``) and where it ends; '' if it is none."""
    tokens = reader.tokens
    if tokens[place].text != "{":
        return _name_part(tokens[place]), place + 1
    parts: list[str] = []
    while tokens[place].text == ("," if parts else "{"):
        part = _name_part(tokens[place + 1])
        if not part or (not parts and (part in ACCENTS or part == "prime")):
            return "", place
        parts.append(part)
        place += 2
    return ("_".join(parts), place + 1) if tokens[place].text == "}" else ("", place)


def _name_part(token: Token) -> str:
    if token.kind == "letter" or (token.kind == "number" and token.text.isdigit()):
        return token.text
    name = _SUBSCRIPT_NAMES.get(token.text) or _roman_name(token)
    return "" if name in ("star", "infinity") and token.kind == "command" and "{" in token.text else name


def _roman_name(token: Token) -> str:
    """``loss`` for ``\\mathrm{loss}``; '' for single letters and for names that have a sign of their own."""
    if not token.text.startswith("\\mathrm{"):
        return ""
    name = token.text[len("\\mathrm{") : -1]
    return "" if len(name) == 1 or name in GREEK or name.isdigit() else name


def _with_arguments(reader: Reader, name: str, token: Token) -> Term:
    declaration = reader.letters.get(name)
    if declaration and declaration.function and reader.token.text == "'":
        return _derivative_at(reader, name)
    if reader.token.text == "(":
        if declaration and declaration.function and not declaration.family:
            reader.advance()
            return Term("apply", (Term("symbol", (), name), *reader.within(lambda: _arguments(reader))))
        if declaration is None and name in SPECTRAL:
            return _of_matrix(reader, SPECTRAL[name], name, token)
        _refuse_call(reader, name, token)
    return _symbol(reader, name, token)


def _derivative_at(reader: Reader, name: str) -> Term:
    """``f'(x)``, ``f''(x)``."""
    order = 0
    while reader.skip("'"):
        order += 1
    reader.expect("(")
    arguments = reader.within(lambda: _arguments(reader))
    if len(arguments) != 1:
        reader.fail("a prime on a function of several numbers")
    return Term("prime", (Term("symbol", (), name), arguments[0], Term("number", (), Fraction(order))))


def _arguments(reader: Reader) -> list[Term]:
    arguments = [reader.expression()]
    while reader.skip(","):
        arguments.append(reader.expression())
    reader.expect(")")
    return arguments


def _symbol(reader: Reader, name: str, token: Token) -> Term:
    declaration = reader.letters.get(name)
    if declaration is None:
        if name not in CONSTANTS:
            reader.fail(f"undeclared letter '{name}'", token)
        return CONSTANTS[name]
    if declaration.family:
        reader.fail(f"family '{name}' without its subscript", token)
    if declaration.function:
        reader.fail(f"function '{name}' without its argument", token)
    return Term("symbol", (), name)


def _named_in(subscript: Term) -> str:
    """The letter by its name, where it is the index i and no unit of anything."""
    return " 'i'" if any(part == CONSTANTS["i"] for part in subterms(subscript)) else ""


def _subscript(reader: Reader) -> Term:
    reader.expect("_")
    token = reader.token
    subscript = reader.argument(subscript=True)
    if any(part.head in ("constant", "identity") for part in subterms(subscript)):
        reader.fail(f"a constant in a subscript, declare the letter{_named_in(subscript)}", token)
    return subscript


def _is_called(reader: Reader) -> bool:
    """Whether the subscript that comes is followed by a parenthesis."""
    return reader.tokens[reader.closing(reader.place + 1) + 1].text == "("


def _of_matrix(reader: Reader, head: str, name: str, token: Token) -> Term:
    """``\\rho(A)``, ``\\kappa(A)`` and ``\\lambda_{k}(A)``."""
    number = (_subscript(reader),) if head == "eigenvalue" else ()
    reader.expect("(")
    matrix = reader.group(")")
    if extent(matrix, reader.letters) == SCALAR:
        reader.fail(f"undeclared letter '{name}' before something that is no matrix", token)
    return Term(head, (matrix, *number))


@lru_cache(maxsize=2048)
def letter_names(latex: str) -> tuple[str, bool]:
    """The name of the letter that ``latex`` writes, and whether it is the general member of a family: ``x_i`` is ("x", True).

    Words may lack their backslash (``lambda``). Raises Unread for what is no letter.
    """
    from derive.core import Scope
    from derive.formula.reader import Reader

    if latex.partition("_")[0] in GREEK:
        latex = f"\\{latex}"
    reader = Reader(latex, Scope())
    name = base_name(reader, reader.advance())
    if reader.token.text != "_":
        reader.end()
        return name, False
    part, end = subscript_name(reader, reader.place + 1)
    if not part:
        reader.fail("expected a letter")
    reader.place = end
    reader.end()
    running = len(part) == 1 and part in "ijklmnst"
    return (name, True) if running else (f"{name}_{part}", False)
