"""Claims of known truth in any number: true by random rewriting, false by one change that mpmath confirms to be one.

Deterministic for a seed. A rewriting rule replaces a part by one that is equal wherever both are defined, so that both ends of
a chain of them agree. Positive means positive by the declarations: ``p`` and ``q`` are, ``x``, ``y`` and ``z`` may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from independent import random_opinions

from derive.core import Claim, Declaration, Law, Relation, Scope, Term

SPOTS = 2
LOOKS = 6


@dataclass(frozen=True, slots=True)
class Generated:
    """A claim, whether it is true, its kind (the field) and how it was made (the rules, or the change)."""

    claim: Claim
    truth: bool
    kind: str
    how: str


class Unsound(Exception):
    """mpmath contradicts a claim that is true by construction: a rule of this file is wrong."""


# ---------------------------------------------------------------------------------------------------------- small terms


def num(n: int | Fraction) -> Term:
    value = Fraction(n)
    if value < 0:
        return Term("neg", (num(-value),))
    if value.denominator > 1:
        return Term("div", (num(value.numerator), num(value.denominator)))
    return Term("number", (), value)


def sym(name: str) -> Term:
    return Term("symbol", (), name)


def fn(head: str, *args: Term) -> Term:
    return Term(head, args)


def add(*args: Term) -> Term:
    return args[0] if len(args) == 1 else Term("add", args)


def neg(a: Term) -> Term:
    return a.args[0] if a.head == "neg" else Term("neg", (a,))


def sub(a: Term, b: Term) -> Term:
    return Term("add", (a, neg(b)))


def mul(*args: Term) -> Term:
    return args[0] if len(args) == 1 else Term("mul", args)


def div(a: Term, b: Term) -> Term:
    return Term("div", (a, b))


def pow_(a: Term, n: Term | int) -> Term:
    return Term("pow", (a, num(n) if isinstance(n, int) else n))


ONE, TWO = num(1), num(2)
x, y, z, p, q = map(sym, "xyzpq")
n, m, k = map(sym, "nmk")
A, B, C = map(sym, "ABC")
u, v = sym("u"), sym("v")
X, Y, mu, nu, s, w, a, b = map(sym, ("X", "Y", "mu", "nu", "s", "w", "a", "b"))


def at_least(t: Term, bound: int, strict: bool = False) -> Relation:
    return Relation(t, ">" if strict else ">=", num(bound))


def _reals(*names: str) -> tuple[Declaration, ...]:
    return tuple(Declaration(name) for name in names)


POSITIVE = tuple(Declaration(str(t.value), where=(at_least(t, 0, True),)) for t in (p, q))
NATURAL = tuple(Declaration(str(t.value), "integer", where=(at_least(t, 1),)) for t in (n, m))
SQUARE = ("d", "d")
SCALARS = Scope((*_reals("x", "y", "z"), *POSITIVE))
WITH_INTEGERS = Scope((*_reals("x", "y", "z"), *POSITIVE, *NATURAL))
MATRICES = Scope(
    (
        *(Declaration(name, shape=SQUARE) for name in "AB"),
        Declaration("C", shape=SQUARE, properties=("invertible",)),
        Declaration("u", shape=("d",)),
        Declaration("v", shape=("d",)),
        *_reals("a", "b"),
    )
)
CHANCES = Scope(
    (
        *_reals("mu", "nu", "a", "b"),
        Declaration("s", where=(at_least(s, 0, True),)),
        Declaration("w", where=(at_least(w, 0, True),)),
        Declaration("X", law=Law("moments", mu, s)),
        Declaration("Y", law=Law("moments", nu, w)),
    ),
    independent=(("X", "Y"),),
)


def is_positive(t: Term) -> bool:
    """By the declarations, at a glance."""
    if t.head == "number":
        return bool(t.value)
    if t.head == "symbol":
        return t.value in ("p", "q")
    if t.head in ("add", "mul", "div"):
        return all(map(is_positive, t.args)) or (t.head == "add" and _square_and_more(t))
    if t.head in ("sqrt", "pow"):
        return is_positive(t.args[0])
    return t.head in ("exp", "cosh")


def _square_and_more(t: Term) -> bool:
    return all(is_positive(arg) or _is_square(arg) for arg in t.args) and any(map(is_positive, t.args))


def _is_square(t: Term) -> bool:
    return t.head == "pow" and t.args[1] == TWO


# ---------------------------------------------------------------------------------------------------------------- seeds

Seed = Callable[[Random, int], Term]
LETTERS = (x, y, z, p, q)


def leaf(r: Random) -> Term:
    return r.choice(LETTERS) if r.random() < 0.7 else num(r.choice((1, 2, 3, 5, Fraction(1, 2), Fraction(2, 3))))


def polynomial(r: Random, depth: int) -> Term:
    if depth == 0:
        return leaf(r)
    kind = r.random()
    left, right = polynomial(r, depth - 1), polynomial(r, r.randrange(depth))
    if kind < 0.35:
        return add(left, right)
    if kind < 0.5:
        return sub(left, right)
    if kind < 0.8:
        return mul(left, right)
    return pow_(left, r.choice((2, 2, 3)))


def rational(r: Random, depth: int) -> Term:
    top = polynomial(r, depth)
    return div(top, polynomial(r, max(1, depth - 1))) if r.random() < 0.7 else add(div(top, leaf(r)), rational_leaf(r))


def rational_leaf(r: Random) -> Term:
    return div(leaf(r), add(r.choice(LETTERS), num(r.randint(1, 4))))


def positive(r: Random) -> Term:
    return r.choice((p, q, mul(p, q), add(p, q), fn("exp", x), add(pow_(x, 2), ONE), div(p, q), mul(TWO, p)))


def exponential(r: Random, depth: int) -> Term:
    parts = [r.choice(("log", "exp", "sqrt", "power", "log"))]
    if depth > 1 and r.random() < 0.6:
        parts.append(r.choice(("poly", "log", "exp", "sqrt", "abs")))
    made = [_exponential_part(kind, r) for kind in parts]
    return made[0] if len(made) == 1 else r.choice((add, mul, sub))(made[0], made[1])


def _exponential_part(kind: str, r: Random) -> Term:
    if kind == "log":
        inside = r.choice(
            (mul(positive(r), positive(r)), pow_(positive(r), r.choice((2, 3))), div(positive(r), positive(r)))
        )
        return fn("log", inside)
    if kind == "exp":
        return fn("exp", r.choice((add(leaf(r), leaf(r)), neg(leaf(r)), mul(num(2), leaf(r)), sub(leaf(r), leaf(r)))))
    if kind == "sqrt":
        return fn("sqrt", r.choice((mul(positive(r), positive(r)), pow_(positive(r), 2), pow_(polynomial(r, 1), 2))))
    if kind == "power":
        return pow_(mul(p, q), div(num(r.choice((1, 2, 5))), num(3)))
    return fn("abs", mul(leaf(r), leaf(r))) if kind == "abs" else polynomial(r, 1)


TRIG = ("sin", "cos", "sin", "cos", "tan", "sinh", "cosh", "tanh")


def trigonometric(r: Random, depth: int) -> Term:
    def one() -> Term:
        angle = r.choice((x, add(x, y), mul(TWO, x), sub(x, y), neg(y), mul(num(3), x)))
        part = fn(r.choice(TRIG), angle)
        return pow_(part, 2) if r.random() < 0.35 else part

    first = one()
    return first if depth <= 1 else r.choice((add, sub, mul))(first, one() if r.random() < 0.7 else polynomial(r, 1))


def powers(r: Random, depth: int) -> Term:
    base = r.choice((p, q, x, mul(p, q)))
    first = pow_(base, r.choice((n, m, add(n, ONE), add(n, m), mul(TWO, n))))
    return first if depth <= 1 else r.choice((mul, add))(first, r.choice((pow_(base, n), pow_(p, m), polynomial(r, 1))))


def summand(r: Random) -> Term:
    return r.choice(
        (
            k,
            pow_(k, 2),
            mul(x, k),
            pow_(TWO, k),
            add(k, ONE),
            mul(k, pow_(TWO, k)),
            div(ONE, mul(k, add(k, ONE))),
            add(pow_(k, 3), mul(p, k)),
            fn("factorial", k),
            sub(pow_(k, 2), k),
        )
    )


def summation(r: Random, depth: int) -> Term:
    body = summand(r)
    if r.random() < 0.5:
        body = r.choice((add, sub))(body, summand(r))
    if r.random() < 0.3:
        body = mul(r.choice((x, p, num(3))), body)
    upper = r.choice((n, n, add(n, ONE), mul(TWO, n)))
    total = fn("sum", body, k, r.choice((ONE, ONE, TWO)), upper)
    return total if depth <= 1 or r.random() < 0.5 else add(total, polynomial(r, 1))


def word(r: Random, depth: int) -> Term:
    kind = r.random()
    if depth <= 0:
        return r.choice((A, B, C, A, B, fn("transpose", A)))
    left, right = word(r, depth - 1), word(r, r.randrange(depth))
    if kind < 0.45:
        return mul(left, right)
    if kind < 0.65:
        return add(left, right)
    if kind < 0.75:
        return mul(r.choice((a, b, num(2))), left)
    if kind < 0.9:
        return fn("transpose", left)
    return mul(pow_(C, num(-1)), left)


def matrix_claim(r: Random, depth: int) -> Term:
    kind = r.random()
    inside = word(r, depth)
    if kind < 0.2:
        return fn("trace", inside)
    if kind < 0.35:
        return mul(fn("transpose", u), inside, v)
    if kind < 0.45:
        return fn("det", mul(word(r, 0), word(r, 0)))
    return mul(inside, u) if kind < 0.6 else inside


def average(r: Random, depth: int) -> Term:
    scaled = r.choice((X, add(mul(a, X), b), sub(X, Y), add(X, Y), mul(a, X), add(mul(a, X), mul(b, Y))))
    kind = r.random()
    if kind < 0.35:
        return fn("expect", r.choice((scaled, mul(X, Y), pow_(X, 2), pow_(scaled, 2))))
    if kind < 0.75:
        return fn("variance", scaled)
    return fn("covariance", r.choice((X, mul(a, X), add(X, b))), r.choice((X, Y, add(X, Y))))


# ---------------------------------------------------------------------------------------------------------------- rules

Rule = Callable[[Term, Random], Term | None]


def commute(t: Term, r: Random) -> Term | None:
    if t.head not in ("add", "mul"):
        return None
    args = list(t.args)
    r.shuffle(args)
    return Term(t.head, tuple(args))


def distribute(t: Term, r: Random) -> Term | None:
    if t.head != "mul" or not any(arg.head == "add" for arg in t.args):
        return None
    i = r.choice([i for i, arg in enumerate(t.args) if arg.head == "add"])
    return add(*(mul(*t.args[:i], part, *t.args[i + 1 :]) for part in t.args[i].args))


def square_out(t: Term, r: Random) -> Term | None:
    if t.head != "pow" or t.args[0].head != "add" or len(t.args[0].args) != 2:
        return None
    c, d = t.args[0].args
    if t.args[1] == TWO:
        return add(pow_(c, 2), mul(TWO, c, d), pow_(d, 2))
    if t.args[1] == num(3):
        return add(pow_(c, 3), mul(num(3), pow_(c, 2), d), mul(num(3), c, pow_(d, 2)), pow_(d, 3))
    return None


def multiply_out(t: Term, r: Random) -> Term | None:
    if t.head == "pow" and t.args[1].head == "number" and t.args[1].value in (2, 3):
        return mul(*[t.args[0]] * int(t.args[1].value))  # type: ignore[arg-type]
    return None


def split_number(t: Term, r: Random) -> Term | None:
    if t.head != "number":
        return None
    other = r.randint(1, 9)
    return r.choice(
        (sub(num(Fraction(t.value or 0) + other), num(other)), mul(num(other), num(Fraction(t.value or 0) / other)))
    )


def common_divisor(t: Term, r: Random) -> Term | None:
    if t.head != "add" or len(t.args) != 2:
        return None
    tops = [(c.args if c.head == "div" else (c, ONE)) for c in t.args]
    (c, d), (e, f) = tops
    return div(add(mul(c, f), mul(e, d)), mul(d, f)) if (d, f) != (ONE, ONE) else None


def split_quotient(t: Term, r: Random) -> Term | None:
    if t.head != "div":
        return None
    if t.args[0].head == "add":
        return add(*(div(part, t.args[1]) for part in t.args[0].args))
    return mul(t.args[0], pow_(t.args[1], num(-1)))


def there_and_back(t: Term, r: Random) -> Term | None:
    other = r.choice((x, p, mul(x, y), num(7)))
    kind = r.random()
    if kind < 0.4:
        return sub(add(t, other), other)
    return div(mul(t, other), other) if kind < 0.8 else neg(mul(num(-1), t))


def fold_sign(t: Term, r: Random) -> Term | None:
    return mul(num(-1), t.args[0]) if t.head == "neg" and t.args[0].head != "number" else None


def exponentials(t: Term, r: Random) -> Term | None:
    if t.head == "exp":
        inside = t.args[0]
        if inside.head == "add":
            return mul(*(fn("exp", part) for part in inside.args))
        if inside.head == "neg":
            return div(ONE, fn("exp", inside.args[0]))
        if inside.head == "mul" and inside.args[0] == TWO:
            return pow_(fn("exp", mul(*inside.args[1:])), 2)
    if t.head in ("cosh", "sinh"):
        one, other = fn("exp", t.args[0]), fn("exp", neg(t.args[0]))
        return div((add if t.head == "cosh" else sub)(one, other), TWO)
    return fn("exp", fn("log", t)) if t.head == "symbol" and is_positive(t) else None


def logarithms(t: Term, r: Random) -> Term | None:
    if t.head != "log" or not is_positive(t.args[0]):
        return None
    inside = t.args[0]
    if inside.head == "mul":
        return add(*(fn("log", part) for part in inside.args))
    if inside.head == "div":
        return sub(fn("log", inside.args[0]), fn("log", inside.args[1]))
    if inside.head == "pow":
        return mul(inside.args[1], fn("log", inside.args[0]))
    return neg(fn("log", div(ONE, inside))) if r.random() < 0.5 else None


def roots(t: Term, r: Random) -> Term | None:
    if t.head == "sqrt":
        inside = t.args[0]
        if _is_square(inside):
            return inside.args[0] if is_positive(inside.args[0]) else fn("abs", inside.args[0])
        if inside.head == "mul" and is_positive(inside):
            return mul(*(fn("sqrt", part) for part in inside.args))
        if is_positive(inside):
            return r.choice((pow_(inside, div(ONE, TWO)), fn("exp", div(fn("log", inside), TWO)), div(inside, t)))
    if t.head == "abs":
        return fn("sqrt", pow_(t.args[0], 2))
    if t.head == "symbol" and is_positive(t):
        return pow_(fn("sqrt", t), 2)
    return None


def real_powers(t: Term, r: Random) -> Term | None:
    if t.head != "pow" or not is_positive(t.args[0]) or t.args[1].head == "number":
        return None
    base, exponent = t.args
    if base.head == "mul":
        return mul(*(pow_(part, exponent) for part in base.args))
    if exponent.head == "add":
        return mul(*(pow_(base, part) for part in exponent.args))
    return fn("exp", mul(exponent, fn("log", base)))


def whole_powers(t: Term, r: Random) -> Term | None:
    if t.head != "pow" or t.args[1].head == "number":
        return None
    base, exponent = t.args
    if exponent.head == "add":
        return mul(*(pow_(base, part) for part in exponent.args))
    if exponent.head == "mul" and exponent.args[0] == TWO:
        return r.choice((pow_(pow_(base, exponent.args[1]), 2), pow_(pow_(base, 2), exponent.args[1])))
    return mul(base, pow_(base, sub(exponent, ONE))) if exponent.head == "symbol" and base != x else None


def angles(t: Term, r: Random) -> Term | None:
    if t.head == "pow" and t.args[1] == TWO and t.args[0].head in ("sin", "cos", "sinh", "cosh"):
        angle, head = t.args[0].args[0], t.args[0].head
        double = fn("cosh" if head.endswith("h") else "cos", mul(TWO, angle))
        return {
            "sin": r.choice((sub(ONE, pow_(fn("cos", angle), 2)), div(sub(ONE, double), TWO))),
            "cos": r.choice((sub(ONE, pow_(fn("sin", angle), 2)), div(add(ONE, double), TWO))),
            "sinh": r.choice((sub(pow_(fn("cosh", angle), 2), ONE), div(sub(double, ONE), TWO))),
            "cosh": r.choice((add(ONE, pow_(fn("sinh", angle), 2)), div(add(double, ONE), TWO))),
        }[head]
    if t.head not in TRIG:
        return None
    angle = t.args[0]
    if t.head in ("tan", "tanh"):
        return div(fn(t.head.replace("tan", "sin"), angle), fn(t.head.replace("tan", "cos"), angle))
    if angle.head == "neg":
        return (
            fn("cos", angle.args[0]) if t.head == "cos" else neg(fn("sin", angle.args[0])) if t.head == "sin" else None
        )
    if angle.head == "add" and len(angle.args) == 2:
        return _addition(t.head, *angle.args)
    if angle.head == "mul" and angle.args[0] == TWO:
        return _addition(t.head, angle.args[1], angle.args[1])
    if angle.head == "mul" and angle.args[0] == num(3):
        return _addition(t.head, mul(TWO, angle.args[1]), angle.args[1])
    return None


def _addition(head: str, c: Term, d: Term) -> Term | None:
    h = "h" if head.endswith("h") else ""
    sines, cosines = (fn("sin" + h, c), fn("sin" + h, d)), (fn("cos" + h, c), fn("cos" + h, d))
    if head in ("sin", "sinh"):
        return add(mul(sines[0], cosines[1]), mul(cosines[0], sines[1]))
    return (add if h else sub)(mul(*cosines), mul(*sines))


def over_sums(t: Term, r: Random) -> Term | None:
    if t.head != "sum":
        return None
    body, letter, lower, upper = t.args
    kind = r.random()
    if body.head == "add" and kind < 0.6:
        return add(*(fn("sum", part, letter, lower, upper) for part in body.args))
    if body.head == "mul" and body.args[0] != k and not _mentions(body.args[0], "k") and kind < 0.8:
        return mul(body.args[0], fn("sum", mul(*body.args[1:]), letter, lower, upper))
    if kind < 0.5:
        return fn("sum", put(body, "k", add(k, ONE)), letter, sub(lower, ONE), sub(upper, ONE))
    if upper == add(n, ONE):
        return add(fn("sum", body, letter, lower, upper.args[0]), put(body, "k", upper))
    return fn("sum", put(body, "k", sub(add(lower, upper), k)), letter, lower, upper) if kind < 0.75 else None


def closed_sums(t: Term, r: Random) -> Term | None:
    if t.head != "sum" or t.args[2] != ONE or t.args[3] != n:
        return None
    body = t.args[0]
    up = add(n, ONE)
    known = {
        k: div(mul(n, up), TWO),
        pow_(k, 2): div(mul(n, up, add(mul(TWO, n), ONE)), num(6)),
        pow_(k, 3): div(mul(pow_(n, 2), pow_(up, 2)), num(4)),
        pow_(TWO, k): sub(pow_(TWO, up), TWO),
        mul(k, pow_(TWO, k)): add(mul(sub(n, ONE), pow_(TWO, up)), TWO),
        div(ONE, mul(k, add(k, ONE))): div(n, up),
    }
    return known.get(body)


def _mentions(t: Term, name: str) -> bool:
    return t.value == name if t.head == "symbol" else any(_mentions(arg, name) for arg in t.args)


def put(t: Term, name: str, by: Term) -> Term:
    if t.head == "symbol":
        return by if t.value == name else t
    return Term(t.head, tuple(put(arg, name, by) for arg in t.args), t.value) if t.args else t


def _is_number_like(t: Term) -> bool:
    return t in (a, b) or t.head in ("number", "neg", "trace", "det")


def matrix_rules(t: Term, r: Random) -> Term | None:
    if t.head == "transpose":
        inside = t.args[0]
        if inside.head == "add":
            return add(*(fn("transpose", part) for part in inside.args))
        if inside.head == "mul":
            return mul(*(part if _is_number_like(part) else fn("transpose", part) for part in reversed(inside.args)))
        return inside.args[0] if inside.head == "transpose" else None
    if t.head == "trace":
        inside = t.args[0]
        if inside.head == "add":
            return add(*(fn("trace", part) for part in inside.args))
        if inside.head == "mul" and not any(map(_is_number_like, inside.args)):
            return fn("trace", mul(*inside.args[1:], inside.args[0]))
        return fn("trace", fn("transpose", inside))
    if t.head == "det":
        if t.args[0].head == "mul":
            return mul(*(fn("det", part) for part in t.args[0].args))
        return fn("det", fn("transpose", t.args[0]))
    if t in (A, B):
        return r.choice((mul(t, C, pow_(C, num(-1))), fn("transpose", fn("transpose", t))))
    return distribute(t, r)


def chance_rules(t: Term, r: Random) -> Term | None:
    if t.head == "expect":
        return _linear(t.args[0], r)
    if t.head == "variance":
        inside = t.args[0]
        kind = r.random()
        if kind < 0.35:
            return sub(fn("expect", pow_(inside, 2)), pow_(fn("expect", inside), 2))
        if inside.head == "add":
            return add(*(part for part in map(_variance_of, inside.args) if part is not None))
        return _variance_of(inside)
    if t.head == "covariance":
        c, d = t.args
        return (
            sub(fn("expect", mul(c, d)), mul(fn("expect", c), fn("expect", d)))
            if r.random() < 0.7
            else fn("covariance", d, c)
        )
    return distribute(t, r) or square_out(t, r)


def _variance_of(t: Term) -> Term | None:
    """Of a scaled letter: independent letters add up."""
    if t.head == "neg":
        return _variance_of(t.args[0])
    if t.head == "mul":
        return mul(pow_(t.args[0], 2), fn("variance", t.args[1]))
    return None if t == b else {X: s, Y: w}.get(t)


def _linear(t: Term, r: Random) -> Term | None:
    if t.head == "add":
        return add(*(fn("expect", part) for part in t.args))
    if t.head == "neg":
        return neg(fn("expect", t.args[0]))
    if t.head == "mul" and t.args[0] in (a, b):
        return mul(t.args[0], fn("expect", mul(*t.args[1:])))
    if t == mul(X, Y):
        return mul(mu, nu)
    if t == pow_(X, 2):
        return add(s, pow_(mu, 2))
    return {X: mu, Y: nu, b: b}.get(t)


ALGEBRA: tuple[Rule, ...] = (commute, distribute, square_out, multiply_out, split_number, there_and_back, fold_sign)
KINDS: dict[str, tuple[Scope, Seed, tuple[Rule, ...]]] = {
    "polynomial": (SCALARS, polynomial, ALGEBRA),
    "rational": (SCALARS, rational, (*ALGEBRA, common_divisor, split_quotient)),
    "exponential": (
        SCALARS,
        exponential,
        (exponentials, logarithms, roots, real_powers, commute, distribute, there_and_back),
    ),
    "trigonometric": (SCALARS, trigonometric, (angles, angles, exponentials, commute, distribute, square_out)),
    "powers": (WITH_INTEGERS, powers, (whole_powers, whole_powers, commute, distribute, there_and_back)),
    "sums": (WITH_INTEGERS, summation, (over_sums, over_sums, closed_sums, closed_sums, commute, distribute)),
    "matrices": (MATRICES, matrix_claim, (matrix_rules, matrix_rules, matrix_rules)),
    "expectations": (CHANCES, average, (chance_rules, chance_rules, commute)),
}


def places(t: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    yield path, t
    inner = t.args[:1] if t.head == "sum" else t.args
    for i, arg in enumerate(inner):
        if not (t.head == "pow" and i == 1 and arg.head in ("number", "neg")):
            yield from places(arg, (*path, i))


def replaced(t: Term, path: tuple[int, ...], by: Term) -> Term:
    if not path:
        return by
    i, *rest = path
    return Term(t.head, (*t.args[:i], replaced(t.args[i], tuple(rest), by), *t.args[i + 1 :]), t.value)


def _only_numbers_commute(t: Term, rule: Rule, kind: str) -> bool:
    """Matrix factors keep their order."""
    return not (kind == "matrices" and rule is commute and t.head == "mul")


def rewritten(t: Term, kind: str, r: Random) -> tuple[Term, str] | None:
    """One random rule at one random place where it applies."""
    rules = KINDS[kind][2]
    everywhere = list(places(t))
    for _ in range(12):
        path, part = r.choice(everywhere)
        rule = r.choice(rules)
        if rule in (there_and_back, split_number) and (inside_sum(t, path) or r.random() < 0.75):
            continue
        new = rule(part, r) if _only_numbers_commute(part, rule, kind) else None
        if new is not None and new != part:
            return replaced(t, path, new), rule.__name__
    return None


def inside_sum(t: Term, path: tuple[int, ...]) -> bool:
    for i in path:
        if t.head == "sum":
            return True
        t = t.args[i]
    return False


def chain(r: Random, kind: str) -> tuple[Term, Term, str] | None:
    """A seed and what a few rules make of it."""
    seed = KINDS[kind][1](r, r.choice((1, 2, 2, 3)))
    term, names = seed, []
    for _ in range(r.choice((1, 2, 3, 4))):
        found = rewritten(term, kind, r)
        if found is not None:
            term, name = found
            names.append(name)
    return (seed, term, " ".join(names)) if names and term != seed else None


# -------------------------------------------------------------------------------------------------------------- changes

SWAPS = {
    "sin": "cos",
    "cos": "sin",
    "sinh": "cosh",
    "cosh": "sinh",
    "tan": "tanh",
    "tanh": "tan",
    "log": "sqrt",
    "sqrt": "log",
    "trace": "det",
    "variance": "expect",
    "abs": "neg",
}


def changes(t: Term, r: Random) -> Iterator[tuple[Term, str]]:
    """What a slip of the pen makes of the top of ``t``."""
    if t.head == "number":
        yield num(Fraction(t.value or 0) + 1), "number"
        yield Term("neg", (t,)), "sign"
    if t.head in ("add", "mul") and len(t.args) > 1:
        i = r.randrange(len(t.args))
        rest = t.args[:i] + t.args[i + 1 :]
        yield (rest[0] if len(rest) == 1 else Term(t.head, rest)), "dropped"
    if t.head == "add":
        i = r.randrange(len(t.args))
        yield Term("add", (*t.args[:i], neg(t.args[i]), *t.args[i + 1 :])), "sign"
    if t.head == "mul" and len(t.args) > 1:
        yield Term("mul", (*t.args[:-2], t.args[-1], t.args[-2])), "order"
        yield Term("mul", (Term("decimal", (), "1.000000001"), *t.args)), "1e-9"
    if t.head == "neg":
        yield t.args[0], "sign"
    if t.head == "pow":
        yield Term("pow", (t.args[0], add(t.args[1], ONE))), "exponent"
    if t.head in SWAPS:
        yield Term(SWAPS[t.head], t.args), "function"
    if t.head == "sum":
        yield Term("sum", (*t.args[:2], add(t.args[2], ONE), t.args[3])), "end"
    if t.head == "transpose":
        yield t.args[0], "transpose"
    if t.head == "symbol" and t in LETTERS:
        yield r.choice([other for other in LETTERS if other != t]), "letter"
    if t.head == "sqrt" and _is_square(t.args[0]):
        yield t.args[0].args[0], "sign behind a root"


def changed(t: Term, r: Random) -> tuple[Term, str] | None:
    everywhere = list(places(t))
    for _ in range(12):
        path, part = r.choice(everywhere)
        options = list(changes(part, r))
        if options:
            new, how = r.choice(options)
            return replaced(t, path, new), how
    return None


def ordered(claim: Claim, r: Random) -> tuple[Claim, bool, str]:
    """The equation as an inequality: a square is added to a side, or the order is turned round."""
    square = pow_(r.choice((x, sub(x, y), add(x, p))), 2)
    kind = r.random()
    if kind < 0.35:
        return Claim(add(claim.lhs, square), ">=", claim.rhs, claim.scope), True, "square"
    if kind < 0.5:
        return Claim(claim.lhs, "<", add(claim.rhs, square, div(ONE, num(100))), claim.scope), True, "square"
    if kind < 0.75:
        return Claim(add(claim.lhs, square), "<=", claim.rhs, claim.scope), False, "order turned"
    return Claim(claim.lhs, "<", claim.rhs, claim.scope), False, "strict"


# ------------------------------------------------------------------------------------------------------------- the claims


def generated(count: int, seed: int = 0, kinds: tuple[str, ...] = tuple(KINDS)) -> Iterator[Generated]:
    """``count`` claims, about half of them true. Raises Unsound where mpmath contradicts a true one."""
    r = Random(seed)
    given = 0
    while given < count:
        made = _one(r, kinds[given % len(kinds)])
        if made is not None:
            yield made
            given += 1


def _one(r: Random, kind: str) -> Generated | None:
    found = chain(r, kind)
    if found is None:
        return None
    lhs, rhs, how = found
    scope = _used(KINDS[kind][0], lhs, rhs)
    if r.random() < 0.5:
        lhs, rhs = rhs, lhs
    claim, truth = Claim(lhs, "=", rhs, scope), True
    if kind in ("polynomial", "rational") and r.random() < 0.2:
        claim, truth, note = ordered(Claim(lhs, "=", rhs, KINDS[kind][0]), r)
        claim = Claim(claim.lhs, claim.relation, claim.rhs, _used(claim.scope, claim.lhs, claim.rhs))
        how = f"{how}; {note}"
    elif r.random() < 0.5:
        slip = changed(rhs, r)
        if slip is None:
            return None
        claim, truth, how = Claim(lhs, "=", slip[0], _used(KINDS[kind][0], lhs, slip[0])), False, f"{how}; {slip[1]}"
    return _confirmed(Generated(claim, truth, kind, how), r)


def _used(scope: Scope, *sides: Term) -> Scope:
    """The declarations that the claim needs."""
    kept = [d for d in scope.declarations if any(_mentions(side, d.name) for side in sides)]
    needed = {str(t.value) for d in kept if d.law is not None for t in (d.law.mean, d.law.variance)}
    declarations = tuple(d for d in scope.declarations if d in kept or d.name in needed)
    names = {d.name for d in declarations}
    independent = tuple(group for group in scope.independent if set(group) <= names)
    return Scope(declarations, (), (), independent)


def _confirmed(made: Generated, r: Random) -> Generated | None:
    """A true claim holds wherever mpmath looks; a false one fails somewhere, or it is thrown away."""
    if made.claim.lhs == made.claim.rhs:
        return None
    looks = SPOTS if made.truth else LOOKS
    opinions = {o.outcome for o in random_opinions(made.claim, looks, r.randrange(10**9), 40)}
    if "open" in opinions:  # a slip made it ill-shaped
        return None
    if made.truth and "fails" in opinions:
        raise Unsound(f"{made.kind}: {made.how}: {made.claim}")
    return made if made.truth or "fails" in opinions else None
