"""Terms to LaTeX, so that the reader gives back the very term: parentheses wherever the structure needs them, no others.

A printing function takes the term and whether it stands at the end of its product. There a bare function (``\\ln 2``) or
an open sum may stay as it is; before a further factor it is closed by parentheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from derive.core import Relation, Term
from derive.formula.family import ends, recover, subterms
from derive.formula.layout import ATOM, FACTOR, PRODUCT, below, fence, level_of, side_by_side
from derive.formula.neighbours import calls, is_mixed_number
from derive.formula.notation import BINDERS, FUNCTIONS, RELATION_SIGNS, SPECTRAL, show_name

Print = Callable[[Term, bool], str]

_COMMANDS = {head: command for command, head in reversed(FUNCTIONS.items())}
_COMMANDS["log"] = "\\ln"
_SIGNS = {relation: sign for sign, relation in RELATION_SIGNS.items()}
_BINDERS = {head: command for command, head in BINDERS.items()}
_SPECTRAL = {head: "\\" + letter for letter, head in SPECTRAL.items()}
_CONSTANTS = {"pi": "\\pi", "e": "e", "i": "\\mathrm{i}", "gamma": "\\gamma", "infinity": "\\infty"}

_ALWAYS_PARENTHESES = frozenset(["exp", "trace"])
_BARE = frozenset(["symbol", "number", "decimal", "constant", "index", "abs", "norm"])


def show(term: Term) -> str:
    """The LaTeX of a term in canonical form; ``read`` gives the same term back wherever its letters are declared."""
    return PRINT[term.head](term, True)


def show_relation(relation: Relation) -> str:
    """``lhs = rhs``."""
    return f"{show(relation.lhs)} {_sign_and_side(relation)}"


def _sign_and_side(relation: Relation) -> str:
    if relation.relation == "O":
        return f"= O({show(relation.rhs)})"
    return f"{_SIGNS[relation.relation]} {show(relation.rhs)}"


def show_chain(relations: Iterable[Relation]) -> str:
    """``a = b \\le c``; a relation that does not go on from the one before starts anew after a comma."""
    text, end = "", None
    for relation in relations:
        if end is not None and relation.lhs == end:
            text += f" {_sign_and_side(relation)}"
        else:
            text += (", \\quad " if text else "") + show_relation(relation)
        end = relation.rhs
    return text


# --------------------------------------------------------------------------------------------- levels and fences


def _fit(term: Term, level: int, last: bool = True) -> str:
    """``term`` where at least ``level`` is needed."""
    if level_of(term, last) < level:
        return fence("(", PRINT[term.head](term, True), ")")
    return PRINT[term.head](term, last)


def _script(term: Term) -> str:
    """In small type, sums stand close."""
    return show(term).replace(" + ", "+").replace(" - ", "-")


def _subscript(term: Term) -> str:
    text = _script(term)
    return f"({text})" if side_by_side(term) else text


# --------------------------------------------------------------------------------------------------------- leaves


def _number(term: Term, last: bool) -> str:
    """A numeral; inside the kernel also a negative number or a fraction."""
    value = Fraction(term.value or 0)
    size = str(abs(value.numerator))
    text = size if value.denominator == 1 else f"\\frac{{{size}}}{{{value.denominator}}}"
    return f"-{text}" if value < 0 else text


def _symbol(term: Term, last: bool) -> str:
    return show_name(str(term.value))


# ----------------------------------------------------------------------------------------------------- arithmetic


def _add(term: Term, last: bool) -> str:
    text = ""
    for number, part in enumerate(term.args):
        negative = part.head == "neg"
        sign = ("-" if negative else "") if number == 0 else (" - " if negative else " + ")
        text += sign + _fit(part.args[0] if negative else part, PRODUCT)
    return text


def _neg(term: Term, last: bool) -> str:
    return "-" + _fit(term.args[0], PRODUCT)


def _mul(term: Term, last: bool) -> str:
    factors = term.args
    text = _fit(factors[0], FACTOR, False)
    for number in range(1, len(factors)):
        left, right = factors[number - 1 : number + 1]
        shown = _fit(right, FACTOR, last and number == len(factors) - 1)
        text += (" \\cdot " if _needs_dot(left, right, shown) else " ") + shown
    return text


def _needs_dot(left: Term, right: Term, shown: str) -> bool:
    if shown[0].isdigit() or is_mixed_number(left, right):
        return True
    return calls(left) and shown.startswith(("(", "\\left("))


def _div(term: Term, last: bool) -> str:
    above, below = term.args
    if term.value == "/":
        numerator = _fit(above, PRODUCT, False)
        return f"{numerator}/{_fit(below, FACTOR, False)}"
    numerator, divisor = show(above), show(below)
    if numerator.startswith("d") and below.head == "mul" and below.args[0] == Term("symbol", (), "d"):
        # d over d x would be a derivative
        divisor = "d \\cdot " + divisor.removeprefix("d ").removeprefix("\\cdot ")
    return f"\\frac{{{numerator}}}{{{divisor}}}"


def _pow(term: Term, last: bool) -> str:
    base, exponent = term.args
    return f"{_fit(base, ATOM)}^{{{_script(exponent)}}}"


# ------------------------------------------------------------------------------------------------------ functions


def _function(term: Term, last: bool) -> str:
    argument = term.args[0]
    if last and term.head not in _ALWAYS_PARENTHESES and argument.head in _BARE and level_of(argument, True) == ATOM:
        return f"{_COMMANDS[term.head]} {show(argument)}"
    return _COMMANDS[term.head] + fence("(", show(argument), ")")


def _root(term: Term, last: bool) -> str:
    return f"\\sqrt[{show(term.args[1])}]{{{show(term.args[0])}}}"


def _binomial(term: Term, last: bool) -> str:
    return f"\\binom{{{show(term.args[0])}}}{{{show(term.args[1])}}}"


def _apply(term: Term, last: bool) -> str:
    return show(term.args[0]) + fence("(", ", ".join(map(show, term.args[1:])), ")")


# -------------------------------------------------------------------------------------------------------- binders


def _sum(term: Term, last: bool) -> str:
    body, letter, lower, upper = term.args
    return f"{_BINDERS[term.head]}{_range(letter, lower, upper)} {_fit(body, PRODUCT)}"


def _range(letter: Term, lower: Term, upper: Term) -> str:
    return f"_{{{show(letter)}={_script(lower)}}}^{{{_script(upper)}}}"


def _limit(term: Term, last: bool) -> str:
    body, letter, point = term.args
    end = _script(point) if term.value is None else f"{_fit(point, ATOM)}^{term.value}"
    return f"\\lim_{{{show(letter)} \\to {end}}} {_fit(body, PRODUCT)}"


def _derivative(term: Term, last: bool) -> str:
    body, letter = term.args
    sign, gap = ("\\partial", " ") if term.value == "partial" else ("d", "")
    return f"\\frac{{{sign}}}{{{sign}{gap}{show(letter)}}} {_fit(body, PRODUCT)}"


def _integral(term: Term, last: bool) -> str:
    body, letter, *ends = term.args
    span = "_{{{}}}^{{{}}}".format(*map(_script, ends)) if ends else ""
    return f"\\int{span} {_fit(body, PRODUCT)} \\, d{show(letter)}"


def _gradient(term: Term, last: bool) -> str:
    body, letter = term.args
    square = "^2" if term.head == "hessian" else ""
    return f"\\nabla_{{{show(letter)}}}{square} {_fit(body, PRODUCT)}"


def _listed(command: str) -> Print:
    return lambda term, last: command + fence("(", ", ".join(map(show, term.args)), ")")


def _prime(term: Term, last: bool) -> str:
    name, value, order = term.args
    primes = "'" * int(Fraction(order.value or 0))
    return show(name) + primes + fence("(", show(value), ")")


def _norm_p(term: Term, last: bool) -> str:
    vector, order = term.args
    return fence("\\lVert", show(vector), "\\rVert") + below(show(order))


def _expectation_given(term: Term, last: bool) -> str:
    value, *given = term.args
    return "\\operatorname{E}" + fence("[", f"{show(value)} \\mid {', '.join(map(show, given))}", "]")


def _index(term: Term, last: bool) -> str:
    family, subscript = term.args
    name = show(family)
    return (f"{{{name}}}" if "_" in name else name) + below(_subscript(subscript))


# ------------------------------------------------------------------------------------------------------- matrices


def _matrix(term: Term, last: bool) -> str:
    return "\\begin{pmatrix} " + " \\\\ ".join(map(show, term.args)) + " \\end{pmatrix}"


def _row(term: Term, last: bool) -> str:
    return " & ".join(map(show, term.args))


def _diagonal(term: Term, last: bool) -> str:
    return "\\operatorname{diag}" + fence("(", ", ".join(map(show, term.args)), ")")


def _diagonal_family(term: Term, last: bool) -> str:
    """With dots where the two ends determine the family, else with its range at the word."""
    first, final = ends(term)
    nested = any(part.head == "diagonal_family" for part in subterms(term.args[0]))  # twice the text a layer
    if not nested and recover(first, final) == term:
        return "\\operatorname{diag}" + fence("(", f"{show(first)}, \\dots, {show(final)}", ")")
    body, letter, lower, upper = term.args
    return "\\operatorname{diag}" + _range(letter, lower, upper) + fence("(", show(body), ")")


def _entry(term: Term, last: bool) -> str:
    matrix, row, column = term.args
    return fence("(", show(matrix), ")") + f"_{{{_subscript(row)},{_subscript(column)}}}"


def _spectral(term: Term, last: bool) -> str:
    return _SPECTRAL[term.head] + fence("(", show(term.args[0]), ")")


def _eigenvalue(term: Term, last: bool) -> str:
    matrix, number = term.args
    return f"\\lambda_{{{_subscript(number)}}}" + fence("(", show(matrix), ")")


# ------------------------------------------------------------------------------------------------------ the table


def _bracketed(command: str) -> Print:
    return lambda term, last: command + fence("[", show(term.args[0]), "]")


def _probability(term: Term, last: bool) -> str:
    event = Relation(term.args[0], str(term.value), term.args[1])
    return "\\Pr" + fence("[", show_relation(event), "]")


PRINT: dict[str, Print] = {
    "number": _number,
    "decimal": lambda term, last: str(term.value),
    "symbol": _symbol,
    "constant": lambda term, last: _CONSTANTS[str(term.value)],
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "sqrt": lambda term, last: f"\\sqrt{{{show(term.args[0])}}}",
    "root": _root,
    **dict.fromkeys(_COMMANDS, _function),
    "abs": lambda term, last: fence("\\lvert", show(term.args[0]), "\\rvert"),
    "factorial": lambda term, last: _fit(term.args[0], ATOM) + "!",
    "binomial": _binomial,
    **{head: _listed(f"\\{head}") for head in ("max", "min")},
    "floor": lambda term, last: fence("\\lfloor", show(term.args[0]), "\\rfloor"),
    "ceil": lambda term, last: fence("\\lceil", show(term.args[0]), "\\rceil"),
    "apply": _apply,
    "prime": _prime,
    "sum": _sum,
    "prod": _sum,
    "limit": _limit,
    "derivative": _derivative,
    "integral": _integral,
    "antiderivative": _integral,
    "gradient": _gradient,
    "hessian": _gradient,
    "index": _index,
    "matrix": _matrix,
    "row": _row,
    "identity": lambda term, last: "I",
    "diagonal": _diagonal,
    "diagonal_family": _diagonal_family,
    "transpose": lambda term, last: _fit(term.args[0], ATOM) + "^\\top",
    "entry": _entry,
    "norm": lambda term, last: fence("\\lVert", show(term.args[0]), "\\rVert") + "_2",
    "frobenius": lambda term, last: fence("\\lVert", show(term.args[0]), "\\rVert") + "_F",
    "norm_p": _norm_p,
    "inner": lambda term, last: fence("\\langle", ", ".join(map(show, term.args)), "\\rangle"),
    **dict.fromkeys(_SPECTRAL, _spectral),
    "eigenvalue": _eigenvalue,
    "expect": _bracketed("\\operatorname{E}"),
    "expect_given": _expectation_given,
    "covariance": _listed("\\operatorname{Cov}"),
    "variance": _bracketed("\\operatorname{Var}"),
    "probability": _probability,
}
