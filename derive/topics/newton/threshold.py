"""Section: divergence without any pole: the arctangent and its threshold (claim C9)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from derive.authoring import decimal, fixed, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.functions.taylor import point, precision
from derive.topics.newton import Options

PLACES = 24
FAR = 10**50
BEYOND = Fraction(1, 10**6)


def threshold(options: Options) -> Section:
    """The map, its factor, which grows, the number at which it is 2, both sides of that."""
    return Section(
        "threshold", "Divergence without a pole: the arctangent", (*_map(), *_factor(), *_number(), *_sides(options))
    )


def _map() -> tuple[Block, ...]:
    x = scope(real("x"))
    return (
        Prose(
            "Now $f(x) = \\arctan x$. Its derivative is nowhere zero, so no step ever explodes at one stroke. Its only root is 0, and "
            "there the method is very fast. Yet it diverges from most starting points."
        ),
        step(
            r"x - \frac{\arctan x}{\frac{d}{dx} \arctan x} = x - (1 + x^{2}) \arctan x",
            "Newton's map $N$.",
            x,
            ledger=("C9",),
        ),
        step(
            r"-x - (1 + (-x)^{2}) \arctan(-x) = -(x - (1 + x^{2}) \arctan x)",
            "It is odd, $N(-x) = -N(x)$: it is enough to look at $x > 0$.",
            x,
            ledger=("C9",),
        ),
    )


def _factor() -> tuple[Block, ...]:
    positive = scope(real("x", r"x > 0"))
    inner, outer = scope(real("x", r"0 < x", r"x < 1")), scope(real("x", r"x \ge 1"))
    quotient = r"\frac{(1 + x^{2}) \arctan x}{x}"
    known = scope(real("x", r"x > 0"), given=(r"(1 - x^{2}) \arctan x < x",))
    return (
        Prose("Write the step as a multiple of $x$: $N(x) = (1 - q) x$ with"),
        step(
            rf"x - (1 + x^{{2}}) \arctan x = x - {quotient} \cdot x",
            "$q(x) = (1 + x^2) \\arctan(x) / x$.",
            positive,
            ledger=("C9",),
        ),
        step(
            r"\frac{x}{1 + x^{2}} < \arctan x < x",
            "Near 0 almost nothing is left of $x$: these bounds say that $1 < q(x) < 1 + x^2$.",
            positive,
            ledger=("C9",),
        ),
        Prose("Farther out it grows, all the time. To see this, differentiate."),
        step(
            rf"\frac{{d}}{{dx}} {quotient} = \frac{{x - (1 - x^{{2}}) \arctan x}}{{x^{{2}}}}",
            "This is the quotient rule.",
            positive,
            ledger=("C9",),
        ),
        step(r"(1 - x^{2}) \arctan x < x", "The numerator is positive below 1.", inner, ledger=("C9",)),
        step(r"(1 - x^{2}) \arctan x \le 0 < x", "So it is from 1 on.", outer, ledger=("C9",)),
        step(
            r"\frac{x - (1 - x^{2}) \arctan x}{x^{2}} > 0",
            "So $q$ increases: at most one number $x_c > 0$ has $q(x_c) = 2$.",
            known,
            ledger=("C9",),
        ),
    )


def _number() -> tuple[Block, ...]:
    low, high = bounds()
    here = scope()
    return (
        Prose("There is one. Twenty-five digits of it, by evaluating both sides on either side of it:"),
        step(
            rf"(1 + {low}^{{2}}) \arctan({low}) < 2 \cdot {low}",
            "Here $q < 2$.",
            here,
            ledger=("C9",),
        ),
        step(
            rf"(1 + {high}^{{2}}) \arctan({high}) > 2 \cdot {high}",
            "And here $q > 2$: the threshold $x_c$ lies in between.",
            here,
            ledger=("C9",),
        ),
    )


def bounds() -> tuple[str, str]:
    """Neighbouring decimals around x_c."""
    low, high = Fraction(1), Fraction(3, 2)
    while high - low > Fraction(1, 10 ** (PLACES + 6)):
        middle = (low + high) / 2
        low, high = (middle, high) if _sign(middle) > 0 else (low, middle)
    unit = Fraction(1, 10**PLACES)
    floor = low // unit * unit
    return fixed(floor, PLACES), fixed(floor + unit, PLACES)


def _sign(x: Fraction) -> int:
    """Of 2 x - (1 + x^2) arctan x."""
    with precision(512, 1):
        value = 2 * point(x) - (1 + point(x) ** 2) * point(x).atan()
        return 1 if value > 0 else -1 if value < 0 else 0


def _sides(options: Options) -> tuple[Block, ...]:
    below = scope(real("x", r"x \ne 0"), real("q", r"q > 1", r"q < 2"))
    beyond = scope(real("x", r"x \ne 0"), real("q", r"q > 2"))
    low, high = bounds()
    edge = (Fraction(low) + Fraction(high)) / 2
    steps = escape(edge + BEYOND)
    return (
        step(
            r"\lvert x - q x \rvert < \lvert x \rvert",
            "Below the threshold, where $1 < q < 2$, each step brings $x$ closer to 0 (to the other side of it). The factor $q - 1$ "
            "falls with $\\lvert x \\rvert$, so the method converges.",
            below,
            ledger=("C9",),
        ),
        step(
            r"\lvert x - q x \rvert > \lvert x \rvert",
            "Beyond it each step leads farther away. The factor $q - 1 > 1$ grows with $\\lvert x \\rvert$, so the method diverges.",
            beyond,
            ledger=("C9",),
        ),
        Prose(
            f"At $x_c$ itself it jumps between $x_c$ and $-x_c$ for ever. A start only $10^{{-6}}$ beyond passes $10^{{50}}$ after "
            f"{steps} steps; a start $10^{{-6}}$ below ends at 0:"
        ),
        Table(
            "Newton's method for $\\arctan$, iterated in ball arithmetic with 2000 bits",
            ("step", "from $x_c - 10^{-6}$", "from $x_c + 10^{-6}$"),
            tuple(
                (str(t), f"${_shown(edge - BEYOND, t)}$", f"${_shown(edge + BEYOND, t)}$")
                for t in (0, 5, 10, 15, steps - 2, steps - 1, steps)
            ),
        ),
    )


def orbit(start: Fraction, steps: int) -> arb:
    with precision(2000, 1):
        x = point(start)
        for _ in range(steps):
            x = x - (1 + x * x) * x.atan()
        return x


def escape(start: Fraction) -> int:
    """How many steps until the modulus passes 10^50."""
    steps = 0
    while not abs(orbit(start, steps)) > FAR:
        steps += 1
    return steps


def _shown(start: Fraction, steps: int) -> str:
    place = orbit(start, steps)
    assert place.rel_accuracy_bits() > 20
    return decimal(place, 4)
