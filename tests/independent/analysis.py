"""Sums, products, limits, derivatives and integrals by mpmath's numerical methods, with the error that they may leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mpmath import mp

from derive.core import Term
from independent.values import Diverges, Undefined, Unsuited, added, is_matrix, is_zero, scalar, size, times
from independent.world import World, parts

MOST_TERMS = 6000
KINKS = {"abs", "max", "min", "floor", "ceil", "sqrt", "root", "norm", "norm_p", "arcsin", "arccos"}


def _evaluate(term: Term, w: World) -> Any:
    from independent.evaluate import value

    return value(term, w)


def _ends(term: Term, w: World) -> tuple[Callable[[int], Any], int | None, int | None]:
    """The body as a function of the index, the lower and the upper end (None: infinite)."""
    from independent.evaluate import whole

    body, letter, lower, upper = term.args
    infinite = (Term("constant", (), "infinity"), Term("neg", (Term("constant", (), "infinity"),)))
    low = None if lower == infinite[1] else whole(lower, w)
    high = None if upper == infinite[0] else whole(upper, w)
    return (lambda k: _evaluate(body, w.bind(str(letter.value), mp.mpf(k)))), low, high


def summation(term: Term, w: World) -> Any:
    body, low, high = _ends(term, w)
    if low is None:
        raise Unsuited("a sum from minus infinity")
    if high is None:
        return _series(body, low, w)
    if high - low > MOST_TERMS:
        raise Unsuited("a sum of too many terms")
    total: Any = mp.mpf(0)
    for k in range(low, high + 1):
        total = added(total, body(k))
    return total


def product(term: Term, w: World) -> Any:
    body, low, high = _ends(term, w)
    if low is None or high is None:
        raise Unsuited("an infinite product")
    if high - low > MOST_TERMS:
        raise Unsuited("a product of too many factors")
    total: Any = mp.mpf(1)
    for k in range(low, high + 1):
        total = times(total, body(k))
    return total


def _series(body: Callable[[int], Any], low: int, w: World) -> Any:
    """Term by term while they fall fast; else extrapolated; a series whose terms do not fall diverges."""
    total: Any = mp.mpf(0)
    small, sizes = 0, {}
    for k in range(low, low + MOST_TERMS // 2):
        part = body(k)
        total = added(total, part)
        sizes[k - low] = size(part)
        small = small + 1 if size(part) <= mp.mpf(10) ** -mp.dps * (1 + size(total)) else 0
        if small >= 24:
            return total
        if size(part) > mp.mpf(10) ** 60:
            raise Diverges("the terms grow")
    early, late = max(sizes[k] for k in range(950, 1000)), max(sizes[k] for k in range(2900, 2950))
    if late > 0.95 * early:
        raise Diverges("the terms do not tend to 0")
    scalar(total)
    if late > 0.3 * early:  # like 1/k or slower: a Leibniz series or a divergent one
        signs = [mp.sign(mp.re(body(low + k))) for k in (2000, 2001, 2002)]
        if signs[0] == signs[1]:
            raise Unsuited("a series that converges slowly, if at all")
    with mp.workdps(25):
        found = mp.nsum(lambda k: body(int(k)), [low, mp.inf])
    if abs(found - total) > 3000 * late + mp.mpf(10) ** -15:
        raise Unsuited("the extrapolation of the series is not to be trusted")
    w.accuracy.allow(mp.mpf(10) ** -9)
    return found


# ------------------------------------------------------------------------------------------------------------- limits


def limit(term: Term, w: World) -> Any:
    """From values far out or close by; trusted only where they settle."""
    from independent.evaluate import value

    body, letter, point = term.args
    name = str(letter.value)
    target = value(point, w)
    whole = name in ("n", "k", "m", "N", "t", "i", "j")

    w = replace(w, eps=mp.mpf(10) ** -240)

    def at(x: Any) -> Any:
        with mp.workdps(260):
            return scalar(value(body, w.bind(name, mp.mpf(x))))

    sides = []
    if abs(target) == mp.inf:
        sign = 1 if target > 0 else -1
        heavy = any(part.head in ("sum", "prod", "index", "binomial") for part in parts(body))
        steep = any(part.head in ("exp", "cosh", "sinh", "tanh") or _is_steep(part, name) for part in parts(body))
        far = (40, 120, 360) if steep else (300, 900, 2700) if heavy else (10**4, 10**8, 10**12)
        sides.append([sign * mp.mpf(x) + (0 if whole else mp.mpf(1) / 3) for x in far])
    else:
        for sign in {"+": (1,), "-": (-1,)}.get(str(term.value), (1, -1)):
            sides.append([target + sign * mp.mpf(10) ** -e for e in (8, 16, 24)])
    found = [_settled([at(x) for x in xs], abs(target) == mp.inf, w) for xs in sides]
    if len(found) == 2 and abs(found[0] - found[1]) > 1e-4 * (1 + abs(found[0])):
        raise Diverges("the limits from both sides differ")
    return found[0]


def _is_steep(term: Term, name: str) -> bool:
    """A power with the letter in its exponent."""
    return term.head == "pow" and any(part.value == name for part in parts(term.args[1]))


def _settled(values: list[Any], far: bool, w: World) -> Any:
    first, second, third = values
    if abs(third) > 1e6 and abs(third) > 2 * abs(second) > 4 * abs(first):
        raise Diverges("the values grow beyond all bounds")
    scale = 1 + abs(third)
    if abs(third - second) > 1e-3 * scale and abs(third - second) > 0.5 * abs(second - first):
        raise Unsuited("the values do not settle")
    w.accuracy.allow(mp.mpf(10) ** -6 + 4 * abs(third - second) / scale)
    return third


# --------------------------------------------------------------------------------------------------------- derivatives


def derivative(term: Term, w: World) -> Any:
    """Derivatives by the same letter one inside the other become one of higher order."""
    body, letter, order = term.args[0], term.args[1], 1
    while body.head == "derivative" and body.args[1] == letter:
        body, order = body.args[0], order + 1
    name, start = _place(letter, w)

    def along(x: Any) -> Any:
        return scalar(_evaluate(body, w.put(name, x)))

    if any(part.head in KINKS for part in parts(body)):
        left, right = (mp.diff(along, start, order, direction=side) for side in (-1, 1))
        if abs(left - right) > mp.mpf(10) ** -(mp.dps // 4) * (1 + abs(left)):
            raise Undefined("the derivatives from both sides differ")
    along(start)
    if any(part.head in ("integral", "expect", "limit") for part in parts(body)):
        return _coarse(along, start, order, w)
    w.accuracy.allow(mp.mpf(10) ** -(mp.dps // 3))
    return mp.diff(along, start, order)


def _coarse(along: Callable[[Any], Any], x: Any, order: int, w: World) -> Any:
    """From six values with a step that is large against their errors."""
    if order > 1:
        raise Unsuited("a higher derivative of what is known to few digits")
    w.accuracy.allow(mp.mpf(10) ** -8)
    h = mp.mpf(2) ** -8
    weights = ((1, mp.mpf(3) / 4), (2, mp.mpf(-3) / 20), (3, mp.mpf(1) / 60))
    return mp.fsum(c * (along(x + k * h) - along(x - k * h)) for k, c in weights) / h


def _place(letter: Term, w: World) -> tuple[str, Any]:
    from independent.evaluate import whole

    value = _evaluate(letter, w)
    if letter.head == "index":
        return f"{letter.args[0].value}@{whole(letter.args[1], w)}", value
    return str(letter.value), value


def gradient(term: Term, w: World) -> Any:
    """Entry by entry."""
    body, letter = term.args
    name, start = str(letter.value), _evaluate(letter, w)
    w.accuracy.allow(mp.mpf(10) ** -20)
    with mp.workdps(40):
        if not is_matrix(start):
            return mp.diff(lambda x: scalar(_evaluate(body, w.put(name, x))), start)
        result = mp.matrix(start.rows, start.cols)
        for i in range(start.rows):
            for j in range(start.cols):
                result[i, j] = mp.diff(lambda x, i=i, j=j: _moved(body, name, start, {(i, j): x}, w), start[i, j])
        return result


def _moved(body: Term, name: str, start: Any, cells: dict[tuple[int, int], Any], w: World) -> Any:
    there = start.copy()
    for cell, x in cells.items():
        there[cell] = x
    return scalar(_evaluate(body, w.put(name, there)))


def hessian(term: Term, w: World) -> Any:
    body, letter = term.args
    name, start = str(letter.value), _evaluate(letter, w)
    w.accuracy.allow(mp.mpf(10) ** -15)
    with mp.workdps(40):
        if not is_matrix(start):
            return mp.diff(lambda x: scalar(_evaluate(body, w.put(name, x))), start, 2)
        d = start.rows
        result = mp.matrix(d, d)
        for i in range(d):
            for j in range(i, d):
                result[i, j] = result[j, i] = _second(body, name, start, i, j, w)
        return result


def _second(body: Term, name: str, start: Any, i: int, j: int, w: World) -> Any:
    if i == j:
        return mp.diff(lambda x: _moved(body, name, start, {(i, 0): x}, w), start[i, 0], 2)
    return mp.diff(
        lambda x, y: _moved(body, name, start, {(i, 0): x, (j, 0): y}, w), (start[i, 0], start[j, 0]), (1, 1)
    )


# ----------------------------------------------------------------------------------------------------------- integrals


def integral(term: Term, w: World) -> Any:
    """By quadrature on pieces; an integrand without a value in between has no integral here."""
    body, letter, lower, upper = term.args
    name = str(letter.value)
    a, b = (scalar(_evaluate(end, w)) for end in (lower, upper))
    w.accuracy.allow(mp.mpf(10) ** -11)
    if a == b:
        return mp.mpf(0)
    with mp.workdps(24):

        def at(x: Any) -> Any:
            return scalar(_evaluate(body, w.put(name, x)))

        for end, sign in ((a, -1), (b, 1)):
            if abs(end) == mp.inf:
                _require_tail(at, sign if end > 0 else -1)
        poles: list[Any] = []

        def noted(x: Any) -> Any:
            try:
                return at(x)
            except Undefined:
                poles.append(x)
                raise

        try:
            return quadrature(noted, a, b)
        except Undefined:
            raise _at_pole(at, a, poles[-1]) from None


def _at_pole(at: Callable[[Any], Any], a: Any, pole: Any) -> Exception:
    """Diverges where the integral up to a pole inside grows as one comes closer; else this evaluator cannot tell."""
    try:
        far, near = (quadrature(at, a, pole - mp.mpf(10) ** -e) for e in (3, 6))
    except (Undefined, Unsuited):
        return Unsuited("the integrand has no value at some point inside")
    grows = abs(near - far) > abs(far) / 2
    return Diverges("the integral grows without bound near a pole") if grows else Unsuited("a pole inside the interval")


def quadrature(at: Callable[[Any], Any], a: Any, b: Any) -> Any:
    for cuts in (1, 4, 16):
        found, error = mp.quad(at, pieces(a, b, cuts), error=True)
        if error < mp.mpf(10) ** -12 * (1 + abs(found)):
            return found
    raise Unsuited("the quadrature does not settle")


def pieces(a: Any, b: Any, count: int) -> list[Any]:
    if a == -mp.inf and b == mp.inf:
        return [a, *(mp.mpf(k) for k in range(-count, count + 1, max(1, count // 4))), b]
    if b == mp.inf:
        return [a, *(a + mp.mpf(2) ** k - 1 for k in range(1, count)), b]
    if a == -mp.inf:
        return [a, *(b - mp.mpf(2) ** k + 1 for k in range(count - 1, 0, -1)), b]
    return [a + (b - a) * k / count for k in range(count + 1)]


def _require_tail(at: Callable[[Any], Any], sign: int) -> None:
    """The integral over [10^2, 10^3] is larger than that over [10^4, 10^5], if there is a tail to speak of."""
    try:
        near, far = (
            abs(mp.quad(lambda u: at(sign * mp.exp(u)) * mp.exp(u), [mp.log(x), mp.log(10 * x)])) for x in (100, 10_000)
        )
    except (OverflowError, Undefined):
        raise Diverges("the integrand has no value far out") from None
    if far > 0.9 * near and not is_zero(far, mp.mpf(10) ** -8):
        raise Diverges("the integral over the tail does not tend to 0")
