"""Derivatives of scalar terms by the rules of calculus, for functions that are differentiable wherever they are defined.

The variable is a letter, or a member ``w_j`` of a family, which differs from every other member. What makes a function
differentiable at a point (the argument of a modulus or a root is not 0, the arguments of a maximum differ) is collected by
``heads.conditions_of``; floor and ceiling have no rule. A letter that only a hypothesis ties to the variable is for the caller
to refuse: here it is a constant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import ONE, ZERO, add, free_letters, mul, number, power, rational_value, sub, subterms

IMAGINARY = Term("constant", (), "i")


def differentiate(term: Term, x: str | Term, facts: Facts | None = None) -> Term:
    """d term / dx; ``facts`` tell whether an index lies in a range, and whether an integrand is continuous.

    Raises NoNormalForm for heads without a rule, and for a modulus or a function with a cut of what may be complex."""
    _require_differentiable(term, facts)
    if isinstance(x, Term) and x.head == "index":
        from derive.kernel.kronecker import by_member

        return by_member(term, x, facts)
    name = str(x.value) if isinstance(x, Term) else x
    if isinstance(x, Term) and x.head != "symbol":
        raise NoNormalForm("a derivative by something that is not a letter")
    return _by_letter(term, name, facts)


CUT = frozenset(["log", "sqrt", "root", "arctan", "arcsin", "arccos"])
"""Functions with a cut in the complex plane, on which they are not even continuous."""


def _require_differentiable(term: Term, facts: Facts | None) -> None:
    """|z| has no derivative by a complex z, and |f(x)| not f'(x) f(x)/|f(x)| for a complex f; a logarithm has none on its cut."""
    for part in subterms(term):
        if part.head in CUT | {"abs", "max", "min"} and any(_may_be_complex(arg, facts) for arg in part.args):
            raise NoNormalForm(f"the derivative of {part.head} of what may be complex")
        if part.head != "pow" or facts is None or facts.kind(part.args[1]) == "integer":
            continue
        if facts.kind(part.args[0]) == "complex":
            raise NoNormalForm("the derivative of a power of what may be complex")


def _may_be_complex(term: Term, facts: Facts | None) -> bool:
    if facts is None:
        return IMAGINARY in subterms(term)
    return facts.kind(term) == "complex"


def _by_letter(term: Term, x: str, facts: Facts | None) -> Term:
    if x not in free_letters(term):
        return ZERO
    head, args = term.head, term.args
    if head == "symbol":
        return ONE
    if head in ("sum", "prod", "integral"):
        return _under_binder(term, x, facts)
    if head == "derivative":
        return _by_letter(differentiate(args[0], args[1], facts), x, facts)
    return by_parts(term, lambda part: ZERO if x not in free_letters(part) else _by_letter(part, x, facts))


def by_parts(term: Term, d: Callable[[Term], Term]) -> Term:
    """The derivative of a term from those of its arguments, which ``d`` gives."""
    head, args = term.head, term.args
    if head == "add":
        return add(*(d(arg) for arg in args))
    if head == "neg":
        return Term("neg", (d(args[0]),))
    if head == "mul":
        slopes = [d(arg) for arg in args]
        kept = [mul(*args[:i], slope, *args[i + 1 :]) for i, slope in enumerate(slopes) if slope != ZERO]
        return add(*kept) if kept else ZERO
    if head == "div":
        top = sub(mul(d(args[0]), args[1]), mul(args[0], d(args[1])))
        return Term("div", (top, power(args[1], number(2))))
    if head == "pow":
        return _power_rule(args[0], args[1], d)
    if head == "root":
        if d(args[1]) != ZERO:
            raise NoNormalForm("the derivative of a root of varying order")
        return mul(Term("div", (term, mul(args[1], args[0]))), d(args[0]))
    if head in ("max", "min"):
        return _extremum_rule(head, args, d)
    if head == "apply" and len(args) == 2:
        return mul(Term("prime", (*args, ONE)), d(args[1]))
    if head == "prime":
        name, value, order = args
        return mul(Term("prime", (name, value, add(order, ONE))), d(value))
    if head in OUTER:
        return mul(OUTER[head](args[0]), d(args[0]))
    raise NoNormalForm(f"no rule for the derivative of {head}")


def _under_binder(term: Term, x: str, facts: Facts | None) -> Term:
    """Of a sum term by term; of a product factor by factor, without dividing; of an integral by the rule of Leibniz."""
    body, letter, lower, upper = term.args
    if term.head == "integral":
        from derive.kernel.leibniz import slope_of_integral

        return slope_of_integral(term, x, facts)
    if x in free_letters(lower) | free_letters(upper):
        raise NoNormalForm(f"the derivative of a {term.head} by its end")
    inside = facts.under(letter, lower, upper) if facts is not None else None
    slope = _by_letter(body, x, inside)
    if term.head == "sum":
        return replace(term, args=(slope, letter, lower, upper))
    before = replace(term, args=(body, letter, lower, sub(letter, ONE)))
    after = replace(term, args=(body, letter, add(letter, ONE), upper))
    # the letter of the inner products is bound in their bodies alone, so it may keep its name
    return Term("sum", (mul(before, slope, after), letter, lower, upper))


def _power_rule(base: Term, exponent: Term, d: Callable[[Term], Term]) -> Term:
    varying = d(exponent)
    if varying == ZERO:
        if rational_value(exponent) == 0:
            return ZERO
        return mul(exponent, power(base, sub(exponent, ONE)), d(base))
    slope = add(mul(varying, Term("log", (base,))), mul(exponent, Term("div", (d(base), base))))
    return mul(power(base, exponent), slope)


def _extremum_rule(head: str, args: tuple[Term, ...], d: Callable[[Term], Term]) -> Term:
    """max(u, v) = (u + v + |u - v|) / 2, where u and v differ."""
    u, rest = args[0], args[1:]
    if not rest:
        return d(u)
    v = rest[0] if len(rest) == 1 else Term(head, rest)
    slope_u, slope_v, difference = d(u), _extremum_rule(head, rest, d), sub(u, v)
    turn = mul(Term("div", (difference, Term("abs", (difference,)))), sub(slope_u, slope_v))
    both = add(slope_u, slope_v, turn if head == "max" else Term("neg", (turn,)))
    return Term("div", (both, number(2)))


def _of(head: str, u: Term) -> Term:
    return Term(head, (u,))


OUTER = {
    "exp": lambda u: _of("exp", u),
    "log": lambda u: Term("div", (ONE, u)),
    "sqrt": lambda u: Term("div", (ONE, mul(number(2), _of("sqrt", u)))),
    "abs": lambda u: Term("div", (u, _of("abs", u))),
    "sin": lambda u: _of("cos", u),
    "cos": lambda u: Term("neg", (_of("sin", u),)),
    "tan": lambda u: add(ONE, power(_of("tan", u), number(2))),
    "sinh": lambda u: _of("cosh", u),
    "cosh": lambda u: _of("sinh", u),
    "tanh": lambda u: sub(ONE, power(_of("tanh", u), number(2))),
    "cot": lambda u: Term("neg", (add(ONE, power(_of("cot", u), number(2))),)),
    "sec": lambda u: mul(_of("sec", u), _of("tan", u)),
    "csc": lambda u: Term("neg", (mul(_of("csc", u), _of("cot", u)),)),
    "arcsin": lambda u: Term("div", (ONE, _of("sqrt", sub(ONE, power(u, number(2)))))),
    "arccos": lambda u: Term("neg", (Term("div", (ONE, _of("sqrt", sub(ONE, power(u, number(2)))))),)),
    "arctan": lambda u: Term("div", (ONE, add(ONE, power(u, number(2))))),
}
"""The derivative of each outer function at u; that of the modulus for real u."""
