"""Edges of basins of your function: the interval around a root from which every start converges."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.authoring import fixed, rational, real, scope, step
from derive.core import Block, Prose, Scope, Step, Term
from derive.formula import show
from derive.functions import Zero
from derive.functions.zeros import substituted
from derive.kernel.balls import BallMatrix, evaluate
from derive.kernel.terms import rational_value
from derive.topics.newton import Options
from derive.topics.newton.analysis import Analysis, Cycle, around, bends_between, gaps, stretches
from derive.topics.newton.proved import proved
from derive.topics.newton.shown import decimal_of, place

MOST = 6


def basins(options: Options, found: Analysis) -> Iterator[Block]:
    """For each simple root the argument that applies, if one does."""
    shown = list(stretches(found))[:MOST]
    if not shown:
        return
    yield Prose("**Where it converges.**")
    for below, root, above in shown:
        blocks = (
            list(_by_line(found))
            or list(_by_cycle(options, found, root, below, above))
            or list(_by_bend(options, found, root, below, above))
            or list(_by_rise(options, found, root, below, above))
        )
        yield from blocks or [
            Prose(
                f"Around the root ${place(root, options)}$ it converges fast (the slope of $N$ is 0 there); how far that reaches is "
                "not settled by the arguments that we have (a map that falls or rises, a function that bends one way)."
            )
        ]


def _by_line(found: Analysis) -> Iterator[Block]:
    if rational_value(found.map) is not None:
        yield Prose("The function is a straight line, so **one step ends at the root**, from anywhere.")


def _by_rise(options: Options, found: Analysis, root: Zero, below: Zero | None, above: Zero | None) -> Iterator[Block]:
    """N' >= 0 on the whole line, where f is smooth and f' has one sign: the method runs to the root without overshooting."""
    if below is not None or above is not None:
        return
    if not found.whole and not (smooth_everywhere(found.forms.f) and _monotone(found, None, 1)):
        return
    made = list(
        proved(
            step(
                f"{show(found.pace)} \\ge 0",
                "The slope of $N$ is nowhere negative: the map rises.",
                scope(real("x")),
                ledger=("C9",),
            )
        )
    )
    if made:
        yield from made
        yield Prose(
            f"So $N$ keeps each side of the root ${place(root, options)}$, and moves towards it, since $f/f'$ has the sign of $x$ less "
            "the root: the method runs to the root monotonically, and **every start converges to it**."
        )


# ------------------------------------------------------------------------------------------------- between two points


def _by_cycle(options: Options, found: Analysis, root: Zero, below: Zero | None, above: Zero | None) -> Iterator[Block]:
    """N falls between the points p < q of a 2-cycle, and N(N(x)) = x only at p, the root and q: all in between converges."""
    cycle = around(found, root, below, above)
    if cycle is None or not _falls(found, cycle, root):
        return
    p, q = cycle.points
    low, high = p.between(options.digits)[0], q.between(options.digits)[1]
    between = scope(real("x", rf"x \ge {decimal_of(low)}", rf"x \le {decimal_of(high)}"))
    made = list(
        proved(
            step(
                f"{show(found.pace)} \\le 0",
                "Between the points of the cycle (rounded outwards here) the slope of $N$ is nowhere positive: the map falls.",
                between,
                ledger=("C9",),
            )
        )
    )
    if made:
        yield from made
        yield Prose(
            f"So $N$ exchanges the two sides of the root ${place(root, options)}$, and $N \\circ N$ rises; between the two points of "
            f"the cycle ${place(p, options)}$, ${place(q, options)}$ it stays at the root only. A start in between therefore moves, "
            "every second step, monotonically towards the root: **every start strictly between "
            f"${place(p, options)}$ and ${place(q, options)}$ converges to ${place(root, options)}$**, and the two ends do not."
        )


def _falls(found: Analysis, cycle: Cycle, root: Zero) -> bool:
    """f f'' <= 0 between the points of the cycle: f'' vanishes there at the root only, and the signs fit."""
    p, q = cycle.points
    if gaps(found, p.lower, q.upper):
        return False
    bends = bends_between(found, p.lower, q.upper)
    if any(zero.middle != root.middle and zero.multiplicity % 2 for zero in bends):
        return False
    inside = [(p.middle + root.middle) / 2, (q.middle + root.middle) / 2]
    return all(_sign(found, x) < 0 for x in inside)


def _sign(found: Analysis, x: Fraction) -> int:
    """Of f f'' at a rational number."""
    product = Term("mul", (found.forms.f, found.forms.curvature))
    value = evaluate(substituted(product, x), {}, 128)
    assert not isinstance(value, BallMatrix)
    return 1 if value.real > 0 else -1 if value.real < 0 else 0


# ------------------------------------------------------------------------------------------------ a function that bends


def _by_bend(options: Options, found: Analysis, root: Zero, below: Zero | None, above: Zero | None) -> Iterator[Block]:
    """f bends one way between a pole and infinity: from the outer side of the root the method runs down to it, from the inner side it
    jumps to the outer one."""
    for end, inner, side in ((below, above, 1), (above, below, -1)):
        if inner is not None:
            continue
        made = list(_one_bend(found, end, side))
        if made:
            yield from made
            yield Prose(_bent(options, root, end, side))
            return


ENTIRE = frozenset(
    [
        "add",
        "neg",
        "mul",
        "exp",
        "sin",
        "cos",
        "sinh",
        "cosh",
        "tanh",
        "arctan",
        "number",
        "decimal",
        "symbol",
        "constant",
    ]
)
"""Defined and smooth on the whole line."""


def smooth_everywhere(term: Term) -> bool:
    """By its heads, powers with natural exponents or constant base, and quotients by numbers."""
    args = term.args
    if term.head == "pow":
        exponent = rational_value(args[1])
        if exponent is not None:
            return exponent >= 0 and exponent.denominator == 1 and smooth_everywhere(args[0])
        return args[0] == Term("constant", (), "e") and smooth_everywhere(args[1])
    if term.head == "div":
        return bool(rational_value(args[1])) and smooth_everywhere(args[0])
    return term.head in ENTIRE and all(smooth_everywhere(part) for part in args)


def _one_bend(found: Analysis, end: Zero | None, side: int) -> Iterator[Step]:
    """f'' > 0 or < 0 all the way from the end to infinity. Outside of rational functions f' must be shown not to vanish there, too."""
    if not found.whole and (found.critical.unsettled or not smooth_everywhere(found.forms.f)):
        return
    if not found.whole and not _monotone(found, end, side):
        return
    where = _beyond(end, side, outward=True)
    for sign in (">", "<"):
        reason = "The function bends one way all along here."
        made = list(proved(step(f"{show(found.forms.curvature)} {sign} 0", reason, where, ledger=("C9",))))
        if made and _outer_side_fits(found, side):
            yield from made
            return


def _beyond(end: Zero | None, side: int, *, outward: bool) -> Scope:
    """x beyond the end; an irrational end is rounded to 9 places, to make the stretch a little longer (outward) or shorter."""
    if end is None:
        return scope(real("x"))
    sign = ">" if side > 0 else "<"
    if end.exact is not None:
        return scope(real("x", f"x {sign} {rational(end.exact)}"))
    return scope(real("x", f"x {sign} {fixed(end.between(9)[0 if (side > 0) == outward else 1], 9)}"))


def _monotone(found: Analysis, end: Zero | None, side: int) -> bool:
    where = _beyond(end, side, outward=False)
    return any(list(proved(step(f"{show(found.forms.slope)} {sign} 0", "", where))) for sign in "<>")


def _outer_side_fits(found: Analysis, side: int) -> bool:
    """Far out, beyond the root, f has the sign of f''."""
    roots = [zero.middle for zero in found.roots.found]
    far = (max(roots) if side > 0 else min(roots)) + side
    return _sign(found, far) > 0


def _bent(options: Options, root: Zero, end: Zero | None, side: int) -> str:
    name = place(root, options)
    outer = "right" if side > 0 else "left"
    start = "anywhere" if end is None else f"{'beyond' if side > 0 else 'below'} ${place(end, options)}$"
    first = (
        f"To the {outer} of the root ${name}$, $f$ and $f''$ have the same sign: the tangent meets the axis between $x$ and the root, so "
        "the method runs to the root monotonically. From the other side the first tangent leads to that side."
    )
    last = (
        "every start converges to it"
        if end is None
        else f"every start {start} converges to it, and that pole is the edge"
    )
    return f"{first} So **{last}**."
