"""How places and their evidence are shown: decimals, changes of sign, one sign on an interval."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from derive.authoring import decimal, fixed, rational, real, scope, step
from derive.core import Step
from derive.functions import Zero
from derive.topics.newton import Options
from derive.topics.newton.analysis import Analysis
from derive.topics.newton.proved import proved


def sign_change(at_low: str, at_high: str, reason: str, *, ledger: tuple[str, ...]) -> Iterator[Step]:
    """``f(a) < 0 < f(b)``, or the other way round, whichever the kernel proves."""
    for sign in ("<", ">"):
        made = list(proved(step(f"{at_low} {sign} 0 {sign} {at_high}", reason, scope(), ledger=ledger)))
        if made:
            yield from made
            return


def one_sign(
    term: str, low: Fraction, high: Fraction, reason: str, ledger: tuple[str, ...] = ("C9",)
) -> Iterator[Step]:
    """The term has one sign from low to high, where the kernel proves it."""
    between = scope(real("x", rf"x \ge {decimal_of(low)}", rf"x \le {decimal_of(high)}"))
    for sign in (">", "<"):
        made = list(proved(step(f"{term} {sign} 0", reason, between, ledger=ledger)))
        if made:
            yield from made
            return


def decimal_of(q: Fraction) -> str:
    """A decimal numeral, exact where the denominator is a power of ten."""
    places = 0
    while (q * 10**places).denominator != 1 and places < 40:
        places += 1
    return fixed(q, places)


def number(q: Fraction, options: Options) -> str:
    return fixed(q, options.digits)


def place(zero: Zero, options: Options) -> str:
    """The zero as it is shown: exact, or in decimals."""
    return rational(zero.exact) if zero.exact is not None else short(zero.ball(), options)


def short(value: arb, options: Options) -> str:
    """As many digits as are wanted and as the ball is sure of; a question mark where it is sure of none."""
    if value.is_exact():
        return decimal(value, options.digits)
    sure = int(value.rel_accuracy_bits() * 0.3)
    return decimal(value, min(options.digits, sure)) if sure > 0 else "?"


def in_window(found: Analysis) -> str:
    return "" if found.whole else f" from ${-found.window}$ to ${found.window}$"
