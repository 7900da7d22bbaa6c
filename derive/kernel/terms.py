"""Small constructors and walks on terms: everything here is structural, nothing simplifies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Relation, Surveyed, Term

BINDERS = dict.fromkeys(
    (
        "sum",
        "prod",
        "limit",
        "derivative",
        "diagonal_family",
        "integral",
        "antiderivative",
        "gradient",
        "hessian",
    ),
    1,
)
"""Heads whose argument number 1 is the letter that they bind (in argument 0 only)."""

AT_THE_LETTER = ("derivative", "antiderivative", "gradient", "hessian")
"""Binders whose value is a function of their letter, taken at the letter's value: it occurs free."""

ZERO = Term("number", (), Fraction(0))
ONE = Term("number", (), Fraction(1))
INFINITY = Term("constant", (), "infinity")


def number(value: int | Fraction) -> Term:
    """A rational number in canonical form: signs as ``neg``, quotients as ``div``."""
    q = value if type(value) is Fraction else Fraction(value)
    if q.numerator < 0:
        return Term("neg", (number(-q),))
    if q.denominator != 1:
        return Term("div", (number(q.numerator), number(q.denominator)))
    return Term("number", (), q)


def symbol(name: str) -> Term:
    return Term("symbol", (), name)


def add(*terms: Term) -> Term:
    return terms[0] if len(terms) == 1 else Term("add", terms)


def sub(a: Term, b: Term) -> Term:
    return Term("add", (a, Term("neg", (b,))))


def mul(*terms: Term) -> Term:
    return terms[0] if len(terms) == 1 else Term("mul", terms)


def power(base: Term, exponent: Term) -> Term:
    return Term("pow", (base, exponent))


def rational_value(term: Term) -> Fraction | None:
    """The value of a numeral (number, decimal, their negatives and quotients), else None."""
    head = term.head
    if head == "number":
        return term.value if isinstance(term.value, Fraction) else None
    if head == "decimal":
        return Fraction(str(term.value))
    if head == "neg":
        inner = rational_value(term.args[0])
        return None if inner is None else -inner
    if head == "div":
        top, bottom = rational_value(term.args[0]), rational_value(term.args[1])
        return None if top is None or not bottom else top / bottom
    return None


def is_nought(term: Term) -> bool:
    """The number 0, or a product with it, which stands for a vector or matrix of zeros beside one."""
    if term.head in ("mul", "neg"):
        return any(map(is_nought, term.args))
    return term == ZERO


def free_letters(term: Term) -> frozenset[str]:
    """Names of the letters that occur free."""
    try:
        return term._letters
    except AttributeError:
        found = _free_letters(term)
        _remember_letters(term, found)
        return found


def _free_letters(term: Term) -> frozenset[str]:
    if term.head == "symbol":
        return frozenset([str(term.value)])
    if term.head in BINDERS and term.head not in AT_THE_LETTER:
        inner = free_letters(term.args[0]) - {str(term.args[1].value)}
        return inner.union(*(free_letters(arg) for arg in term.args[2:]))
    return frozenset().union(*map(free_letters, term.args))


_remember_letters, _remember_heads = (vars(Surveyed)[name].__set__ for name in ("_letters", "_heads"))


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything inside it, bound letters included."""
    yield term
    rest = list(reversed(term.args))
    while rest:
        part = rest.pop()
        yield part
        if part.args:
            rest.extend(reversed(part.args))


def heads(*terms: Term) -> frozenset[str]:
    """The heads of the terms and of everything inside them."""
    return _heads(terms[0]) if len(terms) == 1 else frozenset().union(*map(_heads, terms))


def _heads(term: Term) -> frozenset[str]:
    try:
        return term._heads
    except AttributeError:
        found = frozenset((term.head,)).union(*map(_heads, term.args))
        _remember_heads(term, found)
        return found


def has_series(*terms: Term) -> bool:
    """A sum or product without end occurs, of which somebody must show that it converges."""
    if heads(*terms).isdisjoint(("sum", "prod")):
        return False
    return any(part.head in ("sum", "prod") and INFINITY in part.args[2:] for term in terms for part in subterms(term))


def substitute(term: Term, name: str, value: Term) -> Term:
    """``term`` with ``value`` for the free letter ``name``; bound letters are renamed where they would capture."""
    if term.head == "symbol":
        return value if term.value == name else term
    if not term.args or name not in free_letters(term):
        return term
    if term.head not in BINDERS:
        return Term(term.head, tuple([substitute(arg, name, value) for arg in term.args]), term.value)
    body, bound, *ends = term.args
    if term.head in AT_THE_LETTER:
        return _substitute_at_letter(term, name, value)
    if bound.value == name:
        return replace(term, args=(body, bound, *(substitute(end, name, value) for end in ends)))
    if str(bound.value) in free_letters(value):
        fresh = symbol(f"{bound.value}'")
        while str(fresh.value) in free_letters(value) | free_letters(body):
            fresh = symbol(f"{fresh.value}'")
        body, bound = substitute(body, str(bound.value), fresh), fresh
    return replace(term, args=(substitute(body, name, value), bound, *(substitute(end, name, value) for end in ends)))


def _substitute_at_letter(term: Term, name: str, value: Term) -> Term:
    """The derivative by x, taken at another place: renamed if that is a letter of its own, else differentiated first (and
    the body kept, times 0, so that it must be defined). Raises Undefined where that has no rule."""
    body, letter = term.args
    if name not in free_letters(letter):
        if free_letters(letter) & free_letters(value):
            if term.head != "derivative":
                raise _no_place(term)
            slope = _differentiated(body, letter, term)
            return substitute(add(slope, mul(ZERO, body)), name, value)
        return replace(term, args=(substitute(body, name, value), letter))
    if value.head == "symbol" and (letter.head != "symbol" or str(value.value) not in free_letters(body)):
        return replace(term, args=(substitute(body, name, value), substitute(letter, name, value)))
    if letter.head == "index" and letter.args[0] != symbol(name):
        return replace(term, args=(substitute(body, name, value), substitute(letter, name, value)))
    if term.head != "derivative":
        raise _no_place(term)
    return substitute(add(_differentiated(body, letter, term), mul(ZERO, body)), name, value)


def _differentiated(body: Term, letter: Term, term: Term) -> Term:
    from derive.kernel.differentiate import differentiate
    from derive.kernel.normal import NoNormalForm

    try:
        return differentiate(body, letter)
    except NoNormalForm:
        raise _no_place(term) from None


def _no_place(term: Term) -> Exception:
    from derive.kernel.balls.limits import Undefined

    return Undefined(f"a {term.head} at a place of its letter that is not a letter")


def substitute_relation(relation: Relation, name: str, value: Term) -> Relation:
    return Relation(substitute(relation.lhs, name, value), relation.relation, substitute(relation.rhs, name, value))


def relation_of(claim: Claim) -> Relation:
    return Relation(claim.lhs, claim.relation, claim.rhs)


def letters_of(relation: Relation) -> frozenset[str]:
    return free_letters(relation.lhs) | free_letters(relation.rhs)


def linear_in(term: Term, name: str) -> Term | None:
    """The slope of a term that is linear in a letter (``a t + b`` gives a), else None."""
    if name not in free_letters(term):
        return ZERO
    head, args = term.head, term.args
    if head == "symbol":
        return ONE
    if head == "neg":
        inner = linear_in(args[0], name)
        return None if inner is None else Term("neg", (inner,))
    if head == "add":
        slopes = [linear_in(arg, name) for arg in args]
        kept = [slope for slope in slopes if slope is not None and slope != ZERO]
        return None if None in slopes else add(*kept)
    if head == "mul":
        inside = [arg for arg in args if name in free_letters(arg)]
        rest = [arg for arg in args if name not in free_letters(arg)]
        inner = linear_in(inside[0], name) if len(inside) == 1 else None
        return None if inner is None else mul(*rest, inner)
    if head == "div" and name not in free_letters(args[1]):
        inner = linear_in(args[0], name)
        return None if inner is None else Term("div", (inner, args[1]))
    return None
