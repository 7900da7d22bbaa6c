"""Section: the method whose step is proportional to the derivative, gradient descent, and where it is thrown (claims C7, C8)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.newton import Options

BOOK = "Deep Learning (2016), section 10.11.1"
BEYOND = Fraction(1, 10**6)
FAR = Fraction(10) ** 100


def descent(options: Options) -> Section:
    """Gradient descent on x^4: threshold, both sides of it, beside Newton's method for the minimum."""
    return Section(
        "descent",
        "Whose step is proportional to the derivative",
        (*_scaling(), *_quartic(), *_worked(options), *_newton()),
    )


def _scaling() -> tuple[Block, ...]:
    letters = scope(real("p"), real("eta", r"\eta > 0"), real("c", r"c > 0"))
    return (
        Prose(
            "What the two sentences describe is *gradient descent*: from $x$ it goes to $x - \\eta f'(x)$, with a learning rate "
            "$\\eta > 0$. There the update is proportional to the derivative $p = f'(x)$, and a cliff throws it far."
        ),
        step(
            r"\lvert -\eta (c p) \rvert = c \lvert -\eta p \rvert",
            "A derivative $c$ times as large makes an update $c$ times as long.",
            letters,
            ledger=("C7", "C8"),
        ),
    )


def _quartic() -> tuple[Block, ...]:
    eta, b = real("eta", r"\eta > 0"), real("b", r"b > 0")
    plain = scope(real("x"), eta)
    inside = scope(real("x", r"x \ne 0"), eta, given=(r"2 \eta x^{2} < 1",))
    edge = scope(real("x"), eta, given=(r"x = \frac{1}{\sqrt{2 \eta}}",))
    outside = scope(real("x"), eta, b, given=(r"2 \eta b^{2} > 1", r"x \ge b"))
    factor = r"\lvert 1 - 4 \eta x^{2} \rvert"
    return (
        Prose("How far is far? On $f(x) = x^4$ everything can be computed."),
        step(
            r"x - \eta \frac{d}{dx} x^{4} = x (1 - 4 \eta x^{2})",
            "One step multiplies $x$ by a factor that depends on $x$.",
            plain,
            ledger=("C8",),
        ),
        step(
            rf"{factor} < 1",
            "Close to 0, where $2 \\eta x^2 < 1$, the factor is smaller than 1: $\\lvert x \\rvert$ falls at every step. It tends "
            "to 0, since a positive limit would have a factor of modulus 1.",
            inside,
            ledger=("C8",),
        ),
        step(
            r"x (1 - 4 \eta x^{2}) = -x",
            "On the threshold $x = 1/\\sqrt{2 \\eta}$ it jumps to $-x$, and back: a cycle of period 2.",
            edge,
            ledger=("C8",),
        ),
        step(
            r"\lvert x (1 - 4 \eta x^{2}) \rvert \ge (4 \eta b^{2} - 1) \lvert x \rvert",
            "Beyond it, for $x \\ge b > 1/\\sqrt{2 \\eta}$ (for $-x$ likewise), each step multiplies by at least $4 \\eta b^2 - 1$.",
            outside,
            ledger=("C8",),
        ),
        step(
            r"4 \eta b^{2} - 1 > 1",
            "That factor exceeds 1, so $x$ grows without bound, in fact faster and faster.",
            scope(eta, b, given=(r"2 \eta b^{2} > 1",)),
            ledger=("C8",),
        ),
    )


def _worked(options: Options) -> tuple[Block, ...]:
    rate = rational(options.rate)
    steps, edge = _escape(options.rate)
    return (
        approximate(
            rf"\frac{{1}}{{\sqrt{{2 \cdot {rate if options.rate.denominator == 1 else f'({options.rate})'}}}}}",
            f"With the learning rate $\\eta = {rate}$ of this handout the threshold lies here.",
            scope(),
            9,
            ledger=("C8",),
        ),
        Table(
            f"Gradient descent on $x^4$ with $\\eta = {rate}$, in exact arithmetic on rational numbers rounded to 60 digits",
            ("start", "after", "$\\lvert x \\rvert$"),
            (
                (f"$10^{{-6}}$ above ${edge}$", f"{steps} steps", "above $10^{100}$"),
                (f"$10^{{-6}}$ below ${edge}$", f"{steps} steps", _below(options.rate, steps)),
            ),
        ),
    )


def _threshold(rate: Fraction) -> Fraction:
    """1/sqrt(2 rate), to 40 digits."""
    from math import isqrt

    scale = 10**40
    return Fraction(isqrt(int(scale * scale / (2 * rate))), scale)


def _rounded(x: Fraction) -> Fraction:
    """To 60 significant digits: an exact orbit would double its digits at each step."""
    if not x:
        return x
    shift = Fraction(10) ** (60 - len(str(abs(x.numerator))) + len(str(x.denominator)))
    return Fraction(round(x * shift)) / shift


def _moved(x: Fraction, rate: Fraction) -> Fraction:
    return _rounded(x * (1 - 4 * rate * x * x))


def _escape(rate: Fraction) -> tuple[int, str]:
    """How many steps an orbit from just beyond the threshold needs to pass 10^100, and the threshold in short."""
    edge = _threshold(rate)
    x, steps = edge + BEYOND, 0
    while abs(x) <= FAR:
        x, steps = _moved(x, rate), steps + 1
    return steps, _short(edge)


def _below(rate: Fraction, steps: int) -> str:
    x = _threshold(rate) - BEYOND
    for _ in range(steps):
        x = _moved(x, rate)
    return f"${_short(abs(x))}$"


def _short(x: Fraction) -> str:
    from derive.authoring import decimal
    from derive.functions.taylor import point

    return decimal(point(x), 4)


def _newton() -> tuple[Block, ...]:
    return (
        Prose(
            "Newton's method for the *minimum*, with step $-f'/f''$, does not care about the cliff: the huge gradient is divided by a "
            "huge curvature."
        ),
        step(
            r"x - \frac{\frac{d}{dx} x^{4}}{\frac{d}{dx} (4 x^{3})} = \frac{2}{3} x",
            "On $x^4$ it contracts by $2/3$ from everywhere.",
            scope(real("x", r"x \ne 0")),
            ledger=("C8",),
        ),
    )
