"""Derivatives of scalar terms by the rules of calculus, for functions that are differentiable wherever they are defined.

``abs`` is refused (not differentiable at 0); so are roots and logarithms of what may be 0, through their own conditions.
"""

from __future__ import annotations

from derive.core import Term
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import ONE, ZERO, add, free_letters, mul, number, power, rational_value, sub


def differentiate(term: Term, x: str) -> Term:
    """d term / dx. Raises NoNormalForm for heads without a rule."""
    if x not in free_letters(term):
        return ZERO
    head, args = term.head, term.args
    if head == "symbol":
        return ONE
    if head == "add":
        return add(*(differentiate(arg, x) for arg in args))
    if head == "neg":
        return Term("neg", (differentiate(args[0], x),))
    if head == "mul":
        return add(*(mul(*args[:i], differentiate(arg, x), *args[i + 1 :]) for i, arg in enumerate(args)))
    if head == "div":
        top = sub(mul(differentiate(args[0], x), args[1]), mul(args[0], differentiate(args[1], x)))
        return Term("div", (top, power(args[1], number(2))))
    if head == "pow":
        return _power_rule(args[0], args[1], x)
    if head == "apply" and len(args) == 2:
        return mul(Term("prime", (*args, ONE)), differentiate(args[1], x))
    if head == "prime":
        name, value, order = args
        return mul(Term("prime", (name, value, add(order, ONE))), differentiate(value, x))
    if head == "derivative":
        return differentiate(differentiate(args[0], str(args[1].value)), x)
    if head in OUTER:
        return mul(OUTER[head](args[0]), differentiate(args[0], x))
    raise NoNormalForm(f"no rule for the derivative of {head}")


def _power_rule(base: Term, exponent: Term, x: str) -> Term:
    if x not in free_letters(exponent):
        if rational_value(exponent) == 0:
            return ZERO
        return mul(exponent, power(base, sub(exponent, ONE)), differentiate(base, x))
    slope = add(
        mul(differentiate(exponent, x), Term("log", (base,))),
        mul(exponent, Term("div", (differentiate(base, x), base))),
    )
    return mul(power(base, exponent), slope)


def _of(head: str, u: Term) -> Term:
    return Term(head, (u,))


OUTER = {
    "exp": lambda u: _of("exp", u),
    "log": lambda u: Term("div", (ONE, u)),
    "sqrt": lambda u: Term("div", (ONE, mul(number(2), _of("sqrt", u)))),
    "sin": lambda u: _of("cos", u),
    "cos": lambda u: Term("neg", (_of("sin", u),)),
    "tan": lambda u: Term("div", (ONE, power(_of("cos", u), number(2)))),
    "sinh": lambda u: _of("cosh", u),
    "cosh": lambda u: _of("sinh", u),
    "tanh": lambda u: sub(ONE, power(_of("tanh", u), number(2))),
    "cot": lambda u: Term("neg", (Term("div", (ONE, power(_of("sin", u), number(2)))),)),
    "sec": lambda u: mul(_of("sec", u), _of("tan", u)),
    "csc": lambda u: Term("neg", (mul(_of("csc", u), _of("cot", u)),)),
    "arcsin": lambda u: Term("div", (ONE, _of("sqrt", sub(ONE, power(u, number(2)))))),
    "arccos": lambda u: Term("neg", (Term("div", (ONE, _of("sqrt", sub(ONE, power(u, number(2)))))),)),
    "arctan": lambda u: Term("div", (ONE, add(ONE, power(u, number(2))))),
}
"""The derivative of each outer function at u."""
