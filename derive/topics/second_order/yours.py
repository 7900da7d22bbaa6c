"""Section: the loss of this handout: its ratio, where it explodes, where the step turns around."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from flint import arb

from derive.authoring import decimal, fixed, rational, real, scope, step
from derive.checkers import search
from derive.core import Block, Prose, Section, Step, Table, Term
from derive.formula import show
from derive.functions import Outside, Unclear, Zero, Zeros, derivatives, forms_of, quotient_of, real_zeros
from derive.functions.forms import Forms, brief
from derive.functions.taylor import point
from derive.functions.zeros import substituted
from derive.topics.second_order import Options

MOST = 8
BITS = 320


TAKE_HOME = (
    "**To take home.** Where first and second derivative vanish together, their ratio may vanish more slowly, stay, or grow: ask which tail "
    "it is. The ratio has the sign of the curvature: where the loss bends down, Newton's step goes uphill, to maxima and saddles. What is "
    "used in practice (Gauss–Newton, a modulus, damping) is no longer the ratio, and it needs batches large enough for a ratio of averages."
)


def yours(options: Options, f: Term) -> Section:
    """Derivatives, ratio, stationary points with what attracts, poles, and the step fields at a few places."""
    title = "The loss of this handout" if options.f is None else "Your loss"
    forms = forms_of(f)
    return Section("yours", title, (*_derivatives(options, forms), *_second_order(options, forms), Prose(TAKE_HOME)))


def _second_order(options: Options, forms: Forms) -> Iterator[Block]:
    if forms.curvature == Term("number", (), Fraction(0)):
        yield Prose("**It is a straight line**: the second derivative is 0, and there is no Newton step.")
        return
    whole = quotient_of(forms.f) is not None
    stationary, bends = real_zeros(forms.slope, options.window), real_zeros(forms.curvature, options.window)
    yield from _ratio(forms)
    yield from _stationary(options, forms, stationary, whole)
    yield from _poles(options, forms, stationary, bends, whole)
    yield from _field(options, forms, stationary, bends)


def proved(*steps: Step) -> Iterator[Step]:
    """Those of the steps whose claims a search proves: the function is not ours."""
    for made in steps:
        if all(search(claim, made.hints).proof is not None for claim in made.claims):
            yield made


def _derivatives(options: Options, forms: Forms) -> Iterator[Block]:
    x = scope(real("x"))
    f, slope = show(forms.f), show(forms.slope)
    yield Prose(
        f"Here $f(x) = {f}$."
        + (
            ""
            if quotient_of(forms.f) is not None
            else f" Where zeros are listed, it was searched from ${-options.window}$ to ${options.window}$."
        )
    )
    yield from proved(
        step(rf"\frac{{d}}{{dx}} \left( {f} \right) = {slope}", "The first derivative.", x, ledger=("C1",))
    )
    yield from proved(
        step(
            rf"\frac{{d}}{{dx}} \left( {slope} \right) = {show(forms.curvature)}", "And the second.", x, ledger=("C1",)
        )
    )


def _ratio(forms: Forms) -> Iterator[Block]:
    quotient = Term("div", (forms.slope, forms.curvature))
    reduced = brief(quotient, quotient)
    if reduced != quotient:
        yield from proved(
            step(
                f"{show(quotient)} = {show(reduced)}",
                "Their ratio, simplified: minus the Newton step.",
                scope(real("x")),
                ledger=("C1", "C2"),
            )
        )
    for sign in ("", "-"):
        limit = _limit(reduced, sign) if _reaches(forms, sign) else None
        if limit is not None:
            yield limit


def _reaches(forms: Forms, sign: str) -> bool:
    """Whether the loss has derivatives far out on that side."""
    try:
        derivatives(forms.f, point(Fraction(-100 if sign else 100)), 2, BITS)
    except (Outside, Unclear):
        return False
    return True


def _limit(ratio: Term, sign: str) -> Step | None:
    """The limit of the ratio at infinity among a few numbers, if the kernel proves it."""
    for value in ("0", r"\infty", r"-\infty", *_guesses(ratio, sign)):
        side = "right" if not sign else "left"
        words = {"0": "vanishes", r"\infty": "grows without bound", r"-\infty": "grows without bound"}.get(
            value, "tends to a constant"
        )
        try:
            made = step(
                rf"\lim_{{x \to {sign}\infty}} {_grouped(ratio)} = {value}",
                f"Far to the {side} the ratio {words}.",
                scope(),
                ledger=("C2",),
            )
        except ValueError:
            return None
        for kept in proved(made):
            return kept
    return None


def _grouped(term: Term) -> str:
    text = show(term)
    return rf"\left( {text} \right)" if term.head in ("add", "neg") else text


def _guesses(ratio: Term, sign: str) -> list[str]:
    """Simple fractions near the value far out."""
    from derive.functions.zeros import simplest

    far = Fraction(10**4) * (-1 if sign else 1)
    try:
        value = derivatives(ratio, point(far), 0, BITS)[0]
    except (Outside, Unclear):
        return []
    if not value.is_finite() or abs(value) > 1000:
        return []
    middle = Fraction(int(value.mid().fmpq().p), int(value.mid().fmpq().q))
    guess = simplest(middle - Fraction(1, 1000), middle + Fraction(1, 1000))
    return [rational(guess)]


# -------------------------------------------------------------------------------------------------- stationary points


def place(zero: Zero, options: Options) -> str:
    return rational(zero.exact) if zero.exact is not None else decimal(zero.ball(), options.digits)


def _stationary(options: Options, forms: Forms, stationary: Zeros, whole: bool) -> Iterator[Block]:
    if not stationary.found:
        yield Prose(
            "**No stationary point was found**: the loss has no minimum"
            + (" on the whole line." if whole else " there.")
        )
        return
    yield Prose(
        "Newton's method is attracted by every stationary point at which $f'' \\ne 0$, of whatever kind. These are "
        f"{'all' if not stationary.unsettled else 'those that are certain'}:"
    )
    yield Table(
        "Stationary points",
        ("$x$", "$f''$", "it is", "Newton"),
        tuple(_kind(options, forms, zero) for zero in stationary.found),
    )
    for zero in stationary.found[:MOST]:
        if zero.exact is not None:
            yield from _exact_kind(forms, zero.exact)


def _exact_kind(forms: Forms, q: Fraction) -> Iterator[Step]:
    for sign, words in ((">", "a minimum"), ("<", "a maximum, which attracts the method all the same")):
        made = step(
            f"{show(substituted(forms.curvature, q))} {sign} 0",
            f"At $x = {rational(q)}$: {words}.",
            scope(),
            ledger=("C4",),
        )
        kept = list(proved(made))
        if kept:
            yield from kept
            return


def _kind(options: Options, forms: Forms, zero: Zero) -> tuple[str, str, str, str]:
    name = f"${place(zero, options)}$"
    try:
        value = 2 * derivatives(forms.f, zero.ball(), 2, BITS)[2]
    except (Outside, Unclear):
        return name, "not settled", "not settled", "not settled"
    if value > 0:
        return name, f"${decimal(value, options.digits)}$", "a minimum", "attracted"
    if value < 0:
        return name, f"${decimal(value, options.digits)}$", "a maximum", "attracted"
    if zero.multiplicity > 1:
        return name, "$0$", _degenerate(forms, zero), "slowly attracted"
    return name, "not settled", "not settled", "not settled"


def _degenerate(forms: Forms, zero: Zero) -> str:
    """By the first derivative of f that is not 0 there, of order multiplicity + 1."""
    order = zero.multiplicity + 1
    leading = derivatives(forms.f, zero.ball(), order, BITS)[order]
    if order % 2:
        return "an inflection with slope 0"
    return "a degenerate minimum" if leading > 0 else "a degenerate maximum" if leading < 0 else "not settled"


# -------------------------------------------------------------------------------------------------------------- poles


def _poles(options: Options, forms: Forms, stationary: Zeros, bends: Zeros, whole: bool) -> Iterator[Block]:
    poles = [
        zero for zero in bends.found if zero.multiplicity and not any(_meet(zero, other) for other in stationary.found)
    ]
    where = "" if whole else " there"
    if not poles:
        yield Prose(f"The second derivative has no zero{where} at which $f' \\ne 0$: the Newton step has no pole.")
        return
    yield Prose(
        "Where $f''$ vanishes and $f'$ does not, the Newton step has a pole, and behind the pole it points the other way."
    )
    for zero in poles[:MOST]:
        yield from _pole(options, forms, zero)


def _meet(one: Zero, other: Zero) -> bool:
    return one.lower <= other.upper and other.lower <= one.upper


def _pole(options: Options, forms: Forms, zero: Zero) -> Iterator[Step]:
    if zero.exact is not None:
        name = rational(zero.exact)
        yield from proved(
            step(
                f"{show(substituted(forms.curvature, zero.exact))} = 0",
                f"At $x = {name}$ the curvature vanishes.",
                scope(),
                ledger=("C3",),
            ),
            step(
                f"{show(substituted(forms.slope, zero.exact))} \\ne 0",
                "And the gradient does not: a pole.",
                scope(),
                ledger=("C3",),
            ),
        )
        return
    low, high = zero.between(options.digits)
    texts = [show(substituted(forms.curvature, end, options.digits)) for end in (low, high)]
    here = f"${fixed(low, options.digits)}$ and ${fixed(high, options.digits)}$"
    for sign in "<>":
        yield from proved(
            step(
                f"{texts[0]} {sign} 0 {sign} {texts[1]}",
                f"Between {here} the curvature changes its sign.",
                scope(),
                ledger=("C3",),
            )
        )
    between = scope(real("x", rf"x \ge {fixed(low, options.digits)}", rf"x \le {fixed(high, options.digits)}"))
    for sign in "<>":
        yield from proved(
            step(f"{show(forms.slope)} {sign} 0", "There the gradient keeps its sign: a pole.", between, ledger=("C3",))
        )


# -------------------------------------------------------------------------------------------------------------- field


def _field(options: Options, forms: Forms, stationary: Zeros, bends: Zeros) -> Iterator[Block]:
    rows = [row for q in _grid(stationary, bends) if (row := _row(options, forms, q)) is not None]
    if not rows:
        return
    yield Table(
        "The directions at a few places: the gradient step $-f'$, the Newton step $-f'/f''$, the step $-f'/\\lvert f'' \\rvert$",
        ("$x$", "$-f'$", "$-f'/f''$", "$-f'/\\lvert f'' \\rvert$", "Newton goes"),
        tuple(rows),
    )
    yield Prose(
        "Slope times Newton step is $-(f')^2/f''$: wherever $f'' < 0$ the Newton step goes **uphill**. The step with the modulus is the "
        "Newton step where the loss bends up, and its mirror image where it bends down."
    )


def _grid(stationary: Zeros, bends: Zeros) -> list[Fraction]:
    """Simple numbers in between the special places, and a little beyond."""
    special = sorted({zero.middle for zero in (*stationary.found, *bends.found)})
    if not special:
        return [Fraction(k) for k in (-2, -1, 0, 1, 2)]
    ends = [special[0] - 1, *special, special[-1] + 1]
    middles = [(a + b) / 2 for a, b in pairwise(ends)]
    return [Fraction(round(middle * 10), 10) for middle in middles][:9]


def _row(options: Options, forms: Forms, q: Fraction) -> tuple[str, ...] | None:
    try:
        _, slope, half = derivatives(forms.f, point(q), 2, BITS)
    except (Outside, Unclear):
        return None
    bend = 2 * half
    if bend.contains(0) or slope.contains(0):
        return None
    step_ = -slope / bend
    way = "uphill" if bend < 0 else "downhill"
    cells = (-slope, step_, -slope / abs(bend))
    return (f"${rational(q)}$", *(f"${_shown(value, options)}$" for value in cells), way)


def _shown(value: arb, options: Options) -> str:
    return decimal(value, options.digits)
