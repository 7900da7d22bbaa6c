"""Section: the function of this handout: its Newton map, roots, poles, cycles and basins, as far as they are certain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.authoring import fixed, rational, real, scope, step
from derive.core import Block, Prose, Section, Step, Table
from derive.formula import read, show
from derive.functions import Zero
from derive.functions.reading import SCOPE
from derive.functions.zeros import substituted
from derive.topics.newton import Options
from derive.topics.newton.analysis import Analysis, Pole
from derive.topics.newton.basins import basins
from derive.topics.newton.figures import map_figures
from derive.topics.newton.iterates import iterates
from derive.topics.newton.loops import loops
from derive.topics.newton.proved import proved
from derive.topics.newton.shown import in_window, number, one_sign, place, short, sign_change

MOST = 6
"""So many roots, poles and cycles are written out as steps; tables show all."""

TAKE_HOME = (
    "**To take home.** The step $f/f'$ is long where the derivative is small, and has a pole of order $k$ where $f'$, but not $f$, "
    "vanishes to order $k$. A huge derivative makes a short step: it is *gradient descent* that a huge derivative throws far. "
    "And without any pole the method may still run away, or turn on a cycle: ask of each start in whose basin it lies, and where that ends."
)


def yours(options: Options, found: Analysis) -> Section:
    """The map, then what it does: where it stays, where it explodes, where it turns in a circle, where it converges."""
    title = "The function of this handout" if options.f is None else "Your function"
    return Section(
        "yours",
        title,
        (
            *_map(found),
            *_roots(options, found),
            *_poles(options, found),
            *loops(options, found),
            *basins(options, found),
            *iterates(options, found),
            *map_figures(options, found),
            Prose(TAKE_HOME),
        ),
    )


def _map(found: Analysis) -> Iterator[Block]:
    x = scope(real("x"))
    f, slope, newton = show(found.forms.f), show(found.forms.slope), show(found.map)
    where = "on the whole line" if found.whole else f"from ${-found.window}$ to ${found.window}$"
    yield Prose(
        f"Here $f(x) = {f}$. "
        + ("It is a rational function, so" if found.whole else "It is no rational function, so what follows holds")
        + (
            " its roots are isolated exactly, on the whole line."
            if found.whole
            else f" {where}; nothing is said beyond."
        )
    )
    yield from proved(step(rf"\frac{{d}}{{dx}} \left( {f} \right) = {slope}", "Its derivative.", x, ledger=("C9",)))
    written = rf"x - \frac{{{f}}}{{{slope}}}"
    if show(read(written, SCOPE)) == newton:
        yield Prose(f"Its Newton map is $N(x) = {newton}$.")
    else:
        yield from proved(
            step(f"{written} = {newton}", "Its Newton map $N(x) = x - f(x)/f'(x)$, simplified.", x, ledger=("C9",))
        )
    yield from proved(
        step(
            rf"\frac{{d}}{{dx}} \left( {newton} \right) = {show(found.pace)}",
            "The slope of the map, $N' = f f''/(f')^2$.",
            x,
            ledger=("C9",),
        )
    )


# -------------------------------------------------------------------------------------------------------------- roots


def _roots(options: Options, found: Analysis) -> Iterator[Block]:
    if not found.roots.found:
        yield Prose(
            "**No root was found**"
            + (", and there is none on the real line" if found.whole else "")
            + ". Newton's method has nothing to converge to: its orbits run away, or wander without end."
            if found.whole or not found.roots.unsettled
            else "**No root is certain** here."
        )
    elif found.roots.found:
        yield Prose("The points at which it stays are the roots of $f$.")
    for root in found.roots.found[:MOST]:
        yield from _root(options, found, root)
    if len(found.roots.found) > MOST:
        yield Prose(f"There are {len(found.roots.found)} roots in all; " + _listed(found.roots.found, options) + ".")
    yield from _open(found.roots.unsettled, "it is not settled whether $f$ has a root (it may be undefined there)")


def _root(options: Options, found: Analysis, root: Zero) -> Iterator[Block]:
    f = found.forms.f
    if root.exact is not None:
        name = rational(root.exact)
        yield from proved(
            step(f"{show(substituted(f, root.exact))} = 0", f"A root: $x = {name}$.", scope(), ledger=("C9",))
        )
        if root.multiplicity > 1:
            yield Prose(
                f"It has multiplicity {root.multiplicity}: the slope of $N$ there is $1 - 1/{root.multiplicity}$, and the method, where "
                "it converges to it, gains a fixed share of the distance with each step, no more."
            )
        elif root.multiplicity == 0:
            yield Prose("At this root $f$ has no finite derivative, so the usual fast convergence is not to be had.")
        return
    if root.multiplicity > 1:
        yield Prose(
            f"A root of multiplicity {root.multiplicity} lies at ${place(root, options)}$ (an irrational number, rounded): the method gains a "
            f"factor $1 - 1/{root.multiplicity}$ with each step there, no more."
        )
        return
    low, high = root.between(options.digits)
    yield from sign_change(
        show(substituted(f, low, options.digits)),
        show(substituted(f, high, options.digits)),
        root_reason(low, high, options),
        ledger=("C9",),
    )
    if root.multiplicity == 1:
        yield from one_sign(
            show(found.forms.slope), low, high, "Between them $f$ is monotone, so there is exactly one."
        )


def root_reason(low: Fraction, high: Fraction, options: Options) -> str:
    return f"A root between ${number(low, options)}$ and ${number(high, options)}$: $f$ has different signs there."


def _listed(zeros: tuple[Zero, ...], options: Options) -> str:
    return "to " + f"{options.digits} digits they are " + ", ".join(f"${place(zero, options)}$" for zero in zeros)


def _open(pieces: tuple[tuple[Fraction, Fraction], ...], what: str) -> Iterator[Prose]:
    if pieces:
        text = ", ".join(f"${fixed((a + b) / 2, 3)}$" for a, b in pieces[:MOST])
        more = " and elsewhere" if len(pieces) > MOST else ""
        yield Prose(f"Close to {text}{more} {what}.")


# -------------------------------------------------------------------------------------------------------------- poles


def _poles(options: Options, found: Analysis) -> Iterator[Block]:
    if not found.poles:
        yield Prose(
            "Its derivative has no zero that is not also one of $f$" + in_window(found) + ": **no step explodes**."
            if not found.critical.unsettled
            else "No pole of the step is certain here."
        )
    else:
        yield Prose("The step explodes at the zeros of $f'$ that are no roots of $f$.")
    for pole in found.poles[:MOST]:
        yield from _pole(options, found, pole)
    if found.poles:
        yield Table(
            "Poles of the step $f/f'$" + in_window(found) + ": near $c$ the step is about $s / (x - c)^k$",
            ("$c$", "order $k$", "$s$"),
            tuple(
                (f"${place(pole.place, options)}$", str(pole.order), f"${short(pole.strength, options)}$")
                for pole in found.poles
            ),
        )
    yield from _open(
        found.critical.unsettled, "it is not settled whether the derivative has a zero (it may not exist there)"
    )


def _pole(options: Options, found: Analysis, pole: Pole) -> Iterator[Block]:
    f = show(found.forms.f)
    exact = pole.place.exact
    if exact is not None:
        yield from proved(*_exact_pole(found, pole, exact))
        return
    low, high = pole.place.between(options.digits)
    low_text, high_text = number(low, options), number(high, options)
    yield from sign_change(
        show(substituted(found.forms.slope, low, options.digits)),
        show(substituted(found.forms.slope, high, options.digits)),
        f"A zero of $f'$ between ${low_text}$ and ${high_text}$.",
        ledger=("C10",),
    )
    yield from one_sign(f, low, high, "There $f$ keeps away from 0: the step has a pole.", ("C10",))
    if pole.order == 1:
        yield from one_sign(
            show(found.forms.curvature), low, high, "And $f''$ does so, too: the pole is simple.", ("C10",)
        )


def _exact_pole(found: Analysis, pole: Pole, c: Fraction) -> Iterator[Step]:
    """The limit of (x - c)^k f/f', which is not 0."""
    f, slope = show(found.forms.f), show(found.forms.slope)
    name = rational(c)
    distance = "x" if c == 0 else f"(x - {name})" if c > 0 else f"(x + {rational(-c)})"
    power = "" if pole.order == 1 else f"^{{{pole.order}}}"
    strength = exact_strength(found, pole, c)
    if strength is None:
        return
    kind = "simple pole" if pole.order == 1 else f"pole of order {pole.order}"
    yield step(
        rf"\lim_{{x \to {name}}} {distance}{power} \frac{{{f}}}{{{slope}}} = {rational(strength)}",
        f"At $x = {name}$ the step has a {kind}: multiplied by this power of the distance it has a limit that is not 0.",
        scope(),
        ledger=("C10",),
    )


def exact_strength(found: Analysis, pole: Pole, c: Fraction) -> Fraction | None:
    from derive.functions.zeros import simplest

    middle = pole.strength
    with_radius = [middle.lower(), middle.upper()]
    low, high = (Fraction(int(end.man_exp()[0])) * Fraction(2) ** int(end.man_exp()[1]) for end in with_radius)
    guess = simplest(low, high)
    return guess if guess.denominator < 10**6 else None
