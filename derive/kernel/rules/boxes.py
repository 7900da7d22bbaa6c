"""Every letter is bounded: balls over a subdivision of the box decide the sign of the difference."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.core import Boxes, Claim, Term
from derive.kernel.balls import BALLS, Unclear, Undefined, evaluate
from derive.kernel.balls.outside import BallMatrix
from derive.kernel.balls.place import Budget, Place, scalar_of
from derive.kernel.balls.values import rounded
from derive.kernel.budget import spend
from derive.kernel.continuity import CONTINUOUS
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.nested import difference, require_free
from derive.kernel.terms import free_letters, heads, sub, symbol
from derive.kernel.verdict import NotAdmitted

MOST_BOXES = 3000
BITS = 64
PRICE = 50
"""Operations for one box."""

Box = tuple[tuple[fmpq, fmpq], ...]


def boxes(claim: Claim, evidence: Boxes, facts: Facts) -> Basis:
    """The difference is > 0 on each small box."""
    term, _ = difference(claim, facts)
    names = [name for name, _, _ in evidence.bounds]
    if set(names) != free_letters(term) or len(set(names)) != len(names) or not heads(term) <= CONTINUOUS:
        raise NotAdmitted("a letter without bounds, or a function that balls do not follow")
    for name, lower, upper in evidence.bounds:
        require_free(name, facts)
        x = symbol(name)
        if free_letters(lower) | free_letters(upper):
            raise NotAdmitted("bounds that are no numbers")
        if not (facts.non_negative(sub(x, lower)) and facts.non_negative(sub(upper, x))):
            raise NotAdmitted("a bound does not follow from the declarations")
    count = _subdivided(term, names, tuple(_outward(lower, upper) for _, lower, upper in evidence.bounds))
    return Basis(f"rigorous enclosures over {count} boxes that cover the domain")


def _outward(lower: Term, upper: Term) -> tuple[fmpq, fmpq]:
    """Rational ends around the two values."""
    low, high = evaluate(lower, {}, BITS), evaluate(upper, {}, BITS)
    if isinstance(low, BallMatrix) or isinstance(high, BallMatrix):
        raise NotAdmitted("bounds that are no numbers")
    return rational_end(low.real, -1), rational_end(high.real, 1)


def rational_end(ball: arb, direction: int) -> fmpq:
    """A rational number below the ball (direction -1) or above it (1)."""
    exact = ball.unique_fmpz() if ball.is_exact() else None
    if exact is not None:
        return fmpq(exact)
    end = ball.lower() if direction < 0 else ball.upper()
    man, exp = end.man_exp()
    q = Fraction(int(man)) * Fraction(2) ** int(exp)
    return fmpq(q.numerator, q.denominator)


def _subdivided(term: Term, names: list[str], box: Box) -> int:
    """The number of boxes needed. Raises NotAdmitted where one is not positive, or there are too many."""
    stack, count = [box], 0
    with ctx.workprec(BITS):
        while stack:
            count += 1
            spend(PRICE)
            if count > MOST_BOXES:
                raise NotAdmitted(f"not settled by {MOST_BOXES} boxes")
            current = stack.pop()
            if _positive_on(term, names, current):
                continue
            stack += _halves(current)
    return count


def _positive_on(term: Term, names: list[str], box: Box) -> bool:
    """Certainly > 0 on the whole box. False where that is not seen."""
    bound = {name: _ball(low, high) for name, (low, high) in zip(names, box, strict=True)}
    try:
        value = rounded(scalar_of(term, Place(BALLS, {}, Budget(), BITS, bound)))  # type: ignore[arg-type]
    except Unclear:
        return False
    except (Undefined, ZeroDivisionError) as reason:
        raise NotAdmitted(f"not defined on the whole box: {reason}") from None
    if not isinstance(value, arb):
        raise NotAdmitted("a value that may not be real")
    if value <= 0:
        raise NotAdmitted("the difference is not positive on a whole box")
    return bool(value > 0)


def _ball(low: fmpq, high: fmpq) -> arb:
    return arb(low).union(arb(high))


def _halves(box: Box) -> list[Box]:
    """Both halves along the widest side."""
    widest = max(range(len(box)), key=lambda i: box[i][1] - box[i][0])
    low, high = box[widest]
    middle = (low + high) / 2
    return [
        (*box[:widest], (low, middle), *box[widest + 1 :]),
        (*box[:widest], (middle, high), *box[widest + 1 :]),
    ]
