"""Figures: the spectrum in the unit disc, |λ|^t with the band near 1, growth before the decay."""

from __future__ import annotations

from fractions import Fraction
from math import cos, pi, sin

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from derive.core import Axis, Band, Curve, Figure, Mark, Panel, Points
from derive.kernel import spectrum
from derive.picturing import counts, drawn, drawn_size, evenly, numeral, spoken
from derive.topics.vanishing import Options
from derive.topics.vanishing.spectrum import BITS, SMALL, Analysis

DELTA = Fraction(1, 1000)
VISIBLE = 1e-6
"""Sizes below this, and above its inverse, are not drawn."""
MOST = 4
"""So many moduli are drawn."""
LABELLED = 6
STYLES = ("solid", "dashed", "dashdot", "dotted")
SHEAR = ((Fraction(9, 10), Fraction(100)), (Fraction(0), Fraction(4, 5)))
LAST = 80
POINTS = 41


# ------------------------------------------------------------------------------------------------------------- spectrum


def spectrum_figure(analysis: Analysis) -> Figure:
    """The eigenvalues as points of the complex plane, with the unit circle."""
    places = [(drawn(value.real), drawn(value.imag)) for value, _ in analysis.eigenvalues]
    circle = evenly(0, 2 * pi, 91)
    reach = 1.12 * max(1.0, *(max(abs(x), abs(y)) for x, y in places))
    names = tuple(rf"$\lambda_{{{k}}}$" for k in range(1, len(places) + 1)) if len(places) <= LABELLED else ()
    marks = (
        Curve(tuple(map(cos, circle)), tuple(map(sin, circle)), weight="faint"),
        Points(tuple(x for x, _ in places), tuple(y for _, y in places), labels=names),
    )
    axes = (
        Axis(r"real part of $\lambda$", low=-reach, high=reach),
        Axis(r"imaginary part of $\lambda$", low=-reach, high=reach),
    )
    caption = f"The eigenvalues of the matrix of this handout, {analysis.size} by {analysis.size}, and the unit circle."
    return Figure("spectrum", caption, _seen_in_the_plane(analysis), (Panel(marks, *axes, equal=True),))


def _seen_in_the_plane(analysis: Analysis) -> str:
    inside = sum(1 for modulus in _moduli(analysis) if modulus < 1)
    outside = sum(1 for modulus in _moduli(analysis) if modulus > 1)
    on = len(analysis.eigenvalues) - inside - outside
    return (
        f"Different eigenvalues inside the unit circle: {inside}, on it: {on}, outside: {outside}. "
        f"The largest modulus is {spoken(analysis.radius)}, the smallest {spoken(_moduli(analysis)[-1])}."
    )


def _moduli(analysis: Analysis) -> list[arb]:
    with ctx.workprec(BITS):
        return [abs(value) for value, _ in analysis.eigenvalues]


# ------------------------------------------------------------------------------------------------------------- the band


def fate_figure(options: Options, analysis: Analysis) -> tuple[Figure, ...]:
    """|λ|^t for moduli of the matrix, in the wedge of those that are still between δ and 1/δ after n steps. None for a nilpotent
    matrix."""
    n, steps = options.n, counts(options.n)
    moduli = _chosen(analysis)
    if not moduli:
        return ()
    with ctx.workprec(BITS):
        edge = drawn(arb(fmpq(DELTA.numerator, DELTA.denominator)) ** (arb(1) / n))
        curves = tuple(_modulus_curve(modulus, steps, position) for position, modulus in enumerate(moduli))
    ends = (0.0, float(n))  # powers are straight on a logarithmic axis
    one = Curve(ends, (1.0, 1.0), weight="faint")
    band = Band(ends, (1.0, float(DELTA)), (1.0, float(1 / DELTA)))
    edges = tuple(
        Curve(ends, (1.0, end), f"${numeral(base, 4)}$", "dotted", "faint")
        for base, end in ((1 / edge, float(1 / DELTA)), (edge, float(DELTA)))
    )
    size = Axis(r"$\lvert \lambda \rvert^t$", "log10", low=VISIBLE, high=1 / VISIBLE)
    caption = (
        f"$\\lvert \\lambda \\rvert^t$ for {'moduli' if len(moduli) > 1 else 'the modulus'} of the matrix of this handout, $t$ up to $n = {n}$. Shaded: what becomes of "
        f"the moduli that are still between $10^{{-3}}$ and $10^3$ after {_steps(n)}."
    )
    panel = Panel((band, one, *edges, *curves), Axis("number of steps $t$"), size)
    return (Figure("band", caption, _seen_of_the_band(options, moduli, edge), (panel,)),)


def _steps(n: int) -> str:
    return "1 step" if n == 1 else f"{n} steps"


def _chosen(analysis: Analysis) -> list[arb]:
    """Moduli that a reader can tell apart, the largest and the smallest among them; 0 is left out."""
    different: list[arb] = []
    for modulus in _moduli(analysis):
        if drawn(modulus) > VISIBLE and (not different or drawn(modulus) < 0.985 * drawn(different[-1])):
            different.append(modulus)
    if len(different) <= MOST:
        return different
    return [different[round(k * (len(different) - 1) / (MOST - 1))] for k in range(MOST)]


def _modulus_curve(modulus: arb, steps: tuple[int, ...], position: int) -> Curve:
    powers = tuple(drawn_size(modulus**t) for t in steps)
    name = rf"$\lvert \lambda \rvert = {numeral(modulus, 4)}$"
    return Curve(tuple(map(float, steps)), powers, name, STYLES[position % len(STYLES)], "strong", position)


def _seen_of_the_band(options: Options, moduli: list[arb], edge: float) -> str:
    n = options.n
    with ctx.workprec(BITS):
        ends = ", ".join(f"{spoken(modulus)} has become {spoken(modulus**n)}" for modulus in moduli)
    wedge = f"A shaded wedge opens from 1; its edges belong to the moduli {spoken(edge, 4)} and {spoken(1 / edge, 4)}, which reach 0.001 and 1,000 after {_steps(n)}."
    return f"{wedge} Of the moduli drawn, after {_steps(n)} {ends}."


# ------------------------------------------------------------------------------------------------------------ transient


def transient_figure(options: Options, analysis: Analysis) -> Figure:
    """The norm of the powers between its bounds: for the matrix of the handout, and for the sheared one of the text."""
    example = fmpq_mat(2, 2, [fmpq(q.numerator, q.denominator) for row in SHEAR for q in row])
    shear = _norms(example, tuple(range(LAST + 1)))
    with ctx.workprec(BITS):
        kappa = spectrum.eigenvector_condition(example, BITS)
    assert kappa is not None
    own = _own(options, analysis)
    right = _growth(tuple(range(LAST + 1)), shear, arb(fmpq(9, 10)), kappa, "$T$ with eigenvalues 9/10, 4/5", "T")
    panels = (own[0], right) if own else (right,)
    peak = max(range(LAST + 1), key=shear.__getitem__)
    below = next(t for t in range(peak, LAST + 1) if shear[t] < 1)
    about_T = (
        f"The norm of the powers of T rises to {spoken(shear[peak])} at {peak} steps, though both eigenvalues are below 1, and is below 1 "
        f"from step {below} on; the upper bound starts at {spoken(kappa)}."
    )
    caption = (
        ("Left: the matrix $W$ of this handout, right: " if own else "")
        + "the matrix $T$ of the text. Solid: the norm of the power; dashed: what the eigenvalues promise, $\\rho^t$, and $\\kappa(V) \\rho^t$."
    )
    return Figure("transient", caption[:1].upper() + caption[1:], f"{own[1]} {about_T}" if own else about_T, panels)


def _own(options: Options, analysis: Analysis) -> tuple[Panel, str] | None:
    """Of a matrix that is small enough for quick norms, and not nilpotent."""
    if analysis.size > SMALL or drawn(analysis.radius) < VISIBLE:
        return None
    steps = counts(options.n, POINTS)
    norms = _norms(analysis.flint, steps)
    kappa = analysis.condition if not analysis.normal else arb(1)
    panel = _growth(steps, norms, analysis.radius, kappa, "$W$ of this handout", "W")
    with ctx.workprec(BITS):
        promised = analysis.radius**options.n
    upper = (
        "there is no upper bound by eigenvectors" if kappa is None else f"at most {spoken(kappa)} times that is allowed"
    )
    if analysis.normal:
        upper = "and W is normal: it keeps that promise exactly"
    return panel, (
        f"After {_steps(options.n)} the norm of the power of W is {spoken(norms[-1])}; the eigenvalues promise at least {spoken(promised)}, {upper}."
    )


def _norms(A: fmpq_mat, steps: tuple[int, ...]) -> list[float]:
    """Spectral norms of the powers, enclosed; the middles of the enclosures."""
    with ctx.workprec(2 * BITS):
        W = arb_mat(A)
        return [drawn_size(spectrum.ball_norm(W**t, 64)) for t in steps]


def _growth(steps: tuple[int, ...], norms: list[float], radius: arb, kappa: arb | None, title: str, name: str) -> Panel:
    ends = (0.0, float(steps[-1]))  # the bounds are straight on a logarithmic axis
    with ctx.workprec(BITS):
        lower = (1.0, drawn_size(radius ** steps[-1]))
        upper = (drawn_size(kappa), drawn_size(kappa * radius ** steps[-1])) if kappa is not None else ()
    marks: list[Mark] = []
    if upper and upper[0] > 1.01:
        marks += [Band(ends, lower, upper), Curve(ends, upper, r"$\kappa \rho^t$", "dashed", shade=1)]
    marks.append(Curve(ends, lower, r"$\rho^t$", "dashed", shade=2))
    marks.append(Curve(tuple(map(float, steps)), tuple(norms), rf"$\Vert {name}^t \Vert$", "solid", "strong"))
    return Panel(tuple(marks), Axis("number of steps $t$"), Axis("size (spectral norm)", "log10"), title)
