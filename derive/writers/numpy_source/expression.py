"""A term as a Python expression that a student can read: one rule for each head.

Vectors are columns (arrays with one column), families are lists or functions of their index. In *exact* mode numbers are
fractions and matrices hold fractions, so that nothing is rounded.
"""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derive.core import Declaration, Scope, Term
from derive.kernel.heads import Pair, ShapeError, shape_of
from derive.kernel.terms import free_letters, heads, rational_value

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
"""How strongly the parts of an expression hold together."""
LARGEST = Fraction(10) ** 300
MOST_DIGITS = 140
"""A power of a numeral with more digits than this, before or after the point, is left out: its square is beyond doubles."""
CORNERS = frozenset(
    {"abs", "max", "min", "floor", "ceil", "norm", "frobenius", "norm_p", "derivative", "inner", "root"}
)
"""What is no analytic function of one number: there an imaginary step does not give the slope."""
# fmt: off
TAKEN = frozenset({
    "abs", "agree", "at_most", "average", "cache", "checked", "complex", "difference", "float", "gaussian",
    "gradient", "int", "integral", "left", "math", "max", "min", "np", "point", "product", "range", "reduce",
    "right", "rng", "size", "slope", "sorted", "square", "sum", "symmetric", "two_values", "uniform",
    "variance",
})
# fmt: on
"""Names that a cell needs for what they mean."""


class NoSource(Exception):
    """The term has no expression; the message says why, in words that follow 'because of'."""


@dataclass(frozen=True, slots=True)
class Code:
    """An expression and how strongly its outermost operation binds."""

    text: str
    strength: int = ATOM

    def within(self, strength: int) -> str:
        """In brackets where it binds less than what stands around it."""
        return self.text if self.strength >= strength else f"({self.text})"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands: the letters declared there; ``called``: families and functions that are Python functions;
    ``laws``: the random letters; ``exact``: in fractions; ``size``: the number of rows that an identity has here."""

    scope: Scope
    called: frozenset[str] = frozenset()
    laws: dict[str, Declaration] = field(default_factory=dict)
    exact: bool = False
    size: int | str | None = None

    def inside(self, letter: str, domain: str) -> Place:
        """Where a binder has declared its letter."""
        scope = replace(self.scope, declarations=(Declaration(letter, domain), *self.scope.declarations))
        return replace(self, scope=scope, called=self.called - {letter})


Rule = Callable[[Term, Place], Code]


def name_of(letter: str) -> str:
    """A letter as a Python name: lambda is a keyword, and other names are needed for what they mean."""
    name = re.sub(r"\W", "_", letter.replace("'", "_prime"))
    name = "lam" if name == "lambda" else name.replace("lambda_", "lam_")
    return f"{name}_" if keyword.iskeyword(name) or name in TAKEN or not name.isidentifier() else name


def shape(term: Term, place: Place) -> Pair | None:
    """As in the kernel: () for a number, (rows, columns), None for what fits any size."""
    try:
        return shape_of(term, place.scope)
    except ShapeError as reason:
        raise NoSource(str(reason)) from None


def size_code(size: int | str) -> str:
    """The number of rows or columns as code."""
    if isinstance(size, str) and not size.isidentifier():
        raise NoSource("a matrix whose size is no letter")
    return str(size) if isinstance(size, int) else name_of(size)


def write(term: Term, place: Place) -> Code:
    """The expression. Raises NoSource."""
    rule = RULES.get(term.head)
    if rule is None:
        raise NoSource(NEVER.get(term.head, f"the notation '{term.head}'"))
    return rule(term, place)


def text(term: Term, place: Place, strength: int = SUM) -> str:
    """The expression as text, in brackets where it binds less than ``strength``."""
    return write(term, place).within(strength)


# -------------------------------------------------------------------------------------------------------------- leaves


def _number(term: Term, place: Place) -> Code:
    value = Fraction(term.value or 0)
    if abs(value) > LARGEST and not place.exact:
        raise NoSource("numbers beyond the range of doubles")
    if value.denominator == 1:
        return Code(str(value.numerator))
    written = f"{value.numerator}, {value.denominator}"
    return Code(f"Fraction({written})") if place.exact else Code(written.replace(", ", " / "), PRODUCT)


def _decimal(term: Term, place: Place) -> Code:
    return Code(f'Fraction("{term.value}")' if place.exact else str(term.value).lstrip("0") and _plain(str(term.value)))


def _plain(numeral: str) -> str:
    """A decimal numeral as Python writes it."""
    whole, _, places = numeral.partition(".")
    return f"{int(whole or '0')}.{places}" if places else str(int(whole))


def _symbol(term: Term, place: Place) -> Code:
    name = str(term.value)
    if name in place.called or any(d.name == name and d.family for d in place.scope.declarations):
        raise NoSource(f"the family {name} without an index")
    return Code(name_of(name))


def _constant(term: Term, place: Place) -> Code:
    known = {"pi": "np.pi", "e": "np.e", "gamma": "np.euler_gamma", "i": "1j"}
    if term.value not in known:
        raise NoSource("infinity, which is no number")
    return Code(known[str(term.value)])


def _index(term: Term, place: Place) -> Code:
    family, position = term.args
    if family.head != "symbol":
        raise NoSource("an index on something that is not a letter")
    name, at = str(family.value), text(position, place)
    if name in place.called:
        return Code(f"{name_of(name)}({at})")
    declared = next((d for d in place.scope.declarations if d.name == name), None)
    if declared is not None and not declared.family:
        return Code(f"{name_of(name)}[{_before(position, place)}, 0]")
    return Code(f"{name_of(name)}[{at}]")


def _before(position: Term, place: Place) -> str:
    """Python counts from 0."""
    value = rational_value(position)
    return str(value - 1) if value is not None else f"{text(position, place)} - 1"


# ---------------------------------------------------------------------------------------------------------- arithmetic


def _add(term: Term, place: Place) -> Code:
    place = _sized(term, place)
    pieces = [text(term.args[0], place)]
    for arg in term.args[1:]:
        minus = arg.head == "neg"
        pieces.append(f"{'-' if minus else '+'} {text(arg.args[0] if minus else arg, place, PRODUCT)}")
    return Code(" ".join(pieces), SUM)


def _sized(term: Term, place: Place) -> Place:
    """With the size that an identity among the summands has."""
    whole = shape(term, place)
    return replace(place, size=whole[0]) if whole else place


def _neg(term: Term, place: Place) -> Code:
    return Code(f"-{text(term.args[0], place, SIGN)}", SIGN)


def _mul(term: Term, place: Place) -> Code:
    """Numbers first, then matrices in their order; a row times a column is the number in it."""
    numbers: list[str] = []
    matrices: list[Term] = []
    for arg in term.args:
        if shape(arg, place) == () or _is_nought(arg):
            numbers.append(text(arg, place, SIGN if numbers else PRODUCT))
        elif arg.head != "identity":
            matrices.append(arg)
            if len(matrices) > 1 and shape(Term("mul", tuple(matrices)), place) == ():
                numbers.append(f"({_matrices(matrices, place)}).item()")
                matrices = []
    if not matrices and shape(term, place) is None and not any(map(_is_nought, term.args)):
        matrices = [Term("identity")]
    if not numbers:
        return Code(_matrices(matrices, place), PRODUCT if len(matrices) > 1 else ATOM)
    product = " * ".join(f"({n})" if n.startswith("-") and k else n for k, n in enumerate(numbers))
    if not matrices:
        alone = ATOM if product.endswith(".item()") else PRODUCT if "/" in product else SIGN
        return Code(product, PRODUCT if len(numbers) > 1 else alone)
    joined = _matrices(matrices, place)
    return Code(f"{product} * {joined if len(matrices) == 1 else f'({joined})'}", PRODUCT)


def _is_nought(term: Term) -> bool:
    return term.head == "number" and term.value == 0


def _matrices(factors: list[Term], place: Place) -> str:
    return " @ ".join(text(factor, place, POWER) for factor in factors)


def _div(term: Term, place: Place) -> Code:
    above, below = term.args
    if place.exact and shape(term, place) == ():
        return Code(f"Fraction({text(above, place)}, {text(below, place)})")
    if place.exact:
        return Code(f"Fraction(1, {text(below, place)}) * {text(above, place, POWER)}", PRODUCT)
    return Code(f"{text(above, place, PRODUCT)} / {text(below, place, POWER)}", PRODUCT)


def _pow(term: Term, place: Place) -> Code:
    base, exponent = term.args
    sides = shape(base, place)
    value = rational_value(exponent)
    if sides is None and base.head == "identity":
        return write(base, place)
    if sides:
        if value == -1 and not place.exact:
            return Code(f"np.linalg.inv({text(base, place)})")
        if value is not None and value < 0 and place.exact:
            raise NoSource("the inverse of a matrix of fractions")
        return Code(f"np.linalg.matrix_power({text(base, place)}, {text(exponent, place)})")
    if base == Term("constant", (), "e"):
        return Code(f"np.exp({text(exponent, place)})")
    if value is not None and not place.exact:
        _representable(base, value)
    under = text(base, place, ATOM)
    if base.head == "number":  # whole numbers would grow without bound, and have no negative powers in NumPy
        under = (
            f"Fraction({under})" if place.exact else under if value is not None and 0 <= value <= 9 else f"{under}.0"
        )
    return Code(f"{under}**{text(exponent, place, ATOM)}", POWER)


def _representable(base: Term, exponent: Fraction) -> None:
    """Raises NoSource where a power of a numeral, or its square, is beyond the range of doubles."""
    value = rational_value(base)
    if value and abs(exponent) * abs(math.log10(abs(value))) > MOST_DIGITS:
        raise NoSource("numbers beyond the range of doubles")


def _of(function: str) -> Rule:
    def rule(term: Term, place: Place) -> Code:
        return Code(f"{function}({', '.join(text(arg, place) for arg in term.args)})")

    return rule


def _over(function: str) -> Rule:
    def rule(term: Term, place: Place) -> Code:
        return Code(f"1 / {function}({text(term.args[0], place)})", PRODUCT)

    return rule


def _root(term: Term, place: Place) -> Code:
    inside, order = term.args
    value = rational_value(order)
    if value == 3:
        return Code(f"np.cbrt({text(inside, place)})")
    if value is not None and value % 2:
        raise NoSource("an odd root")
    return Code(f"{text(inside, place, ATOM)}**(1 / {text(order, place, POWER)})", POWER)


def _apply(term: Term, place: Place) -> Code:
    function, *values = term.args
    return Code(f"{text_of_function(function)}({', '.join(text(v, place) for v in values)})")


def text_of_function(function: Term) -> str:
    if function.head != "symbol":
        raise NoSource("a function that is no letter")
    return name_of(str(function.value))


def _prime(term: Term, place: Place) -> Code:
    function, at, order = term.args
    name = text_of_function(function)
    if any(d.name == str(function.value) and d.function for d in place.scope.declarations):
        return Code(f"{name}.deriv({text(order, place)})({text(at, place)})")
    raise NoSource("the derivative of a function")


# -------------------------------------------------------------------------------------------------------------- binders


def _series(function: str) -> Rule:
    def rule(term: Term, place: Place) -> Code:
        body, letter, lower, upper = term.args
        inner = place.inside(str(letter.value), "integer")
        terms = f"{text(body, inner)} for {name_of(str(letter.value))} in range({text(lower, place)}, {_after(upper, place)})"
        sides = shape(body, inner)
        if function == "math.prod" and sides:
            start = f"np.eye({size_code(sides[0])})"
            return Code(f"reduce(np.matmul, ({terms}), {start})")
        return Code(f"{function}({terms})")

    return rule


def _after(upper: Term, place: Place) -> str:
    """The end of a range, which Python leaves out."""
    value = rational_value(upper)
    if value is not None:
        return str(value + 1)
    if upper.head == "add" and upper.args[-1] == Term("neg", (Term("number", (), Fraction(1)),)):
        rest = upper.args[:-1]
        return text(rest[0] if len(rest) == 1 else Term("add", rest), place)
    if upper.head == "constant":
        raise NoSource("an infinite series")
    return f"{text(upper, place)} + 1"


def _derivative(term: Term, place: Place) -> Code:
    body, letter = term.args
    if letter.head != "symbol":
        raise NoSource("a derivative by a member of a family")
    name = str(letter.value)
    if any(place.called & free_letters(body)):
        raise NoSource("the derivative of a recurrence")
    inner = place.inside(name, "real")
    function = "difference" if heads(body) & CORNERS else "slope"
    return Code(f"{function}(lambda {name_of(name)}: {text(body, inner)}, {name_of(name)})")


def _gradient(term: Term, place: Place) -> Code:
    body, letter = term.args
    if letter.head != "symbol":
        raise NoSource("a gradient by something that is not a letter")
    name = name_of(str(letter.value))
    return Code(f"gradient(lambda {name}: {text(body, place)}, {name})")


def _integral(term: Term, place: Place) -> Code:
    body, letter, lower, upper = term.args
    if "constant" in (lower.head, upper.head) or lower.head == "neg":
        ends = [rational_value(end) for end in (lower, upper)]
        if None in ends:
            raise NoSource("an integral without finite ends in numbers")
    inner = place.inside(str(letter.value), "real")
    name = name_of(str(letter.value))
    return Code(f"integral(lambda {name}: {text(body, inner)}, {text(lower, place)}, {text(upper, place)})")


# ------------------------------------------------------------------------------------------------- vectors and matrices


def _matrix(term: Term, place: Place) -> Code:
    rows = term.args if term.head == "matrix" else (term,)
    entries = ", ".join(f"[{', '.join(text(entry, place) for entry in row.args)}]" for row in rows)
    kind = "object" if place.exact else "complex" if "1j" in entries else "float"
    return Code(f"np.array([{entries}], dtype={kind})")


def _identity(term: Term, place: Place) -> Code:
    if place.size is None:
        raise NoSource("an identity matrix of no stated size")
    whole = ", dtype=int" if place.exact else ""
    return Code(f"np.eye({size_code(place.size)}{whole})")


def _diagonal(term: Term, place: Place) -> Code:
    if place.exact:
        raise NoSource("a diagonal of fractions")
    return Code(f"np.diag([{', '.join(text(entry, place) for entry in term.args)}])")


def _diagonal_family(term: Term, place: Place) -> Code:
    body, letter, lower, upper = term.args
    inner = place.inside(str(letter.value), "integer")
    name = name_of(str(letter.value))
    return Code(f"np.diag([{text(body, inner)} for {name} in range({text(lower, place)}, {_after(upper, place)})])")


def _transpose(term: Term, place: Place) -> Code:
    if not shape(term.args[0], place):
        return write(term.args[0], place)
    return Code(f"{text(term.args[0], place, ATOM)}.T")


def _entry(term: Term, place: Place) -> Code:
    a, i, j = term.args
    return Code(f"{text(a, place, ATOM)}[{_before(i, place)}, {_before(j, place)}]")


def _norm(term: Term, place: Place) -> Code:
    sides = shape(term.args[0], place)
    if sides == ():
        return Code(f"abs({text(term.args[0], place)})")
    if sides is None:
        raise NoSource("the norm of an identity matrix of no stated size")
    order = "" if 1 in sides else ", 2"
    return Code(f"np.linalg.norm({text(term.args[0], place)}{order})")


def _norm_p(term: Term, place: Place) -> Code:
    order = "np.inf" if term.args[1].value == "infinity" else text(term.args[1], place)
    if not shape(term.args[0], place):
        return Code(f"abs({text(term.args[0], place)})")
    return Code(f"np.linalg.norm({text(term.args[0], place, ATOM)}[:, 0], {order})")


def _inner(term: Term, place: Place) -> Code:
    x, y = term.args
    if shape(x, place) == ():
        return Code(f"{text(x, place, PRODUCT)} * {text(y, place, POWER)}", PRODUCT)
    return Code(f"({text(x, place, ATOM)}.T @ {text(y, place, POWER)}).item()")


def _eigenvalue(term: Term, place: Place) -> Code:
    a, k = term.args
    order = "key=lambda z: (-abs(z), -z.real, -z.imag)"
    return Code(f"sorted(np.linalg.eigvals({text(a, place)}), {order})[{_before(k, place)}]")


def _spectral_radius(term: Term, place: Place) -> Code:
    return Code(f"max(abs(np.linalg.eigvals({text(term.args[0], place)})))")


def _expectation(head: str) -> Rule:
    def rule(term: Term, place: Place) -> Code:
        from derive.writers.numpy_source.averages import average

        return average(head, term, place)

    return rule


RULES: dict[str, Rule] = {
    "number": _number,
    "decimal": _decimal,
    "symbol": _symbol,
    "constant": _constant,
    "index": _index,
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    **{head: _of(f"np.{head}") for head in ("sqrt", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{head: _of(f"np.{head}") for head in ("arctan", "arcsin", "arccos")},
    "cot": _over("np.tan"),
    "sec": _over("np.cos"),
    "csc": _over("np.sin"),
    "abs": _of("abs"),
    "root": _root,
    "floor": _of("math.floor"),
    "ceil": _of("math.ceil"),
    "max": _of("max"),
    "min": _of("min"),
    "factorial": _of("math.factorial"),
    "binomial": _of("math.comb"),
    "apply": _apply,
    "prime": _prime,
    "sum": _series("sum"),
    "prod": _series("math.prod"),
    "derivative": _derivative,
    "gradient": _gradient,
    "integral": _integral,
    "matrix": _matrix,
    "row": _matrix,
    "identity": _identity,
    "diagonal": _diagonal,
    "diagonal_family": _diagonal_family,
    "transpose": _transpose,
    "det": _of("np.linalg.det"),
    "trace": _of("np.trace"),
    "entry": _entry,
    "norm": _norm,
    "frobenius": _of("np.linalg.norm"),
    "norm_p": _norm_p,
    "inner": _inner,
    "spectral_radius": _spectral_radius,
    "eigenvalue": _eigenvalue,
    "condition_number": _of("np.linalg.cond"),
    "expect": _expectation("expect"),
    "variance": _expectation("variance"),
    "probability": _expectation("probability"),
}
"""One rule for each head that has a finite computation."""

NEVER: dict[str, str] = {
    "limit": "a limit, which no finite number of values decides",
    "antiderivative": "an antiderivative, which is a function and no number",
    "hessian": "a matrix of second derivatives",
    "expect_given": "a conditional expectation",
    "covariance": "a covariance",
}
"""Why the other heads have none."""
