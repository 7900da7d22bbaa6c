"""Numbers side by side, each from a rigorous enclosure: the spectrum, and what becomes of each eigenvalue after n steps."""

from __future__ import annotations

from flint import acb, arb, arb_mat, ctx, fmpq

from derive.authoring import decimal
from derive.core import Table
from derive.kernel import spectrum
from derive.topics.vanishing import Options
from derive.topics.vanishing.spectrum import BITS, ENCLOSED, Analysis, estimated_condition

BAND = fmpq(1, 1000)
"""The tolerance delta: between delta and 1/delta a factor counts as neither vanished nor exploded."""


def spectrum_table(analysis: Analysis, options: Options) -> Table:
    """Eigenvalues with exact multiplicities."""
    rows = []
    for position, (value, multiplicity) in enumerate(analysis.eigenvalues, start=1):
        rows.append(
            (
                f"$\\lambda_{{{position}}}$",
                f"${_complex(value, options.digits)}$",
                f"${_modulus(value, options.digits)}$",
                str(multiplicity),
            )
        )
    return Table(
        "Eigenvalues of $W$: enclosed rigorously, multiplicities exact",
        ("", "eigenvalue", "modulus", "multiplicity"),
        tuple(rows),
    )


def _complex(value: acb, digits: int) -> str:
    with ctx.workprec(BITS):
        real = decimal(value.real, digits)
        if value.imag == 0:
            return real
        sign = "-" if value.imag < 0 else "+"
        return f"{real} {sign} {decimal(abs(value.imag), digits)}\\,\\mathrm{{i}}"


def _modulus(value: acb, digits: int) -> str:
    with ctx.workprec(BITS):
        return decimal(abs(value), digits)


def fate_table(analysis: Analysis, options: Options) -> Table:
    """Every eigenvalue (the largest ones, if there are many) after n steps."""
    rows = []
    shown = analysis.eigenvalues[:8]
    for position, (value, _) in enumerate(shown, start=1):
        with ctx.workprec(BITS):
            modulus = abs(value)
            rows.append(
                (f"$\\lambda_{{{position}}}$", f"${_modulus(value, options.digits)}$", *_fate(modulus, options))
            )
    more = (
        "" if len(shown) == len(analysis.eigenvalues) else f" (the {len(shown)} largest of {len(analysis.eigenvalues)})"
    )
    return Table(
        f"What becomes of each eigenvalue of $W$ in $n = {options.n}$ steps{more}",
        (
            "",
            "$\\lvert \\lambda \\rvert$",
            f"$\\lvert \\lambda \\rvert^{{{options.n}}}$",
            "pace",
            "verdict at $\\delta = 10^{-3}$",
        ),
        tuple(rows),
    )


def _fate(modulus: arb, options: Options) -> tuple[str, str, str]:
    if modulus == 0:
        return "$0$", "gone at once", "vanished"
    power = modulus**options.n
    text = f"${decimal(power, options.digits)}$"
    if modulus.overlaps(arb(1)):
        exactly = modulus.rad() == 0
        return text, "keeps its size" if exactly else "keeps its size (to 60 digits)", "alive"
    pace = abs(arb(2).log() / modulus.log())
    name = "halves" if modulus < 1 else "doubles"
    delta = arb(BAND)
    verdict = "vanished" if power < delta else "exploded" if power > 1 / delta else "alive"
    every = "at each step" if pace.overlaps(arb(1)) else f"every ${decimal(pace, 3)}$ steps"
    return text, f"{name} {every}", verdict


def summary_table(analysis: Analysis) -> Table:
    """The spectrum of a large matrix in a few lines."""
    with ctx.workprec(BITS):
        moduli = [(abs(value), multiplicity) for value, multiplicity in analysis.eigenvalues]
        above = sum(m for size, m in moduli if size > 1)
        below = sum(m for size, m in moduli if size < 1)
        on = analysis.size - above - below
        rows = [
            ("size", f"${analysis.size} \\times {analysis.size}$"),
            ("spectral radius", f"${decimal(analysis.radius, min(15, certified_digits(analysis.radius)))}$"),
            ("certified digits of the spectral radius", str(certified_digits(analysis.radius))),
            ("smallest modulus", f"${decimal(moduli[-1][0], 6)}$"),
            ("different eigenvalues", str(len(moduli))),
            ("moduli above 1, below 1, not separated from 1", f"{above}, {below}, {on}"),
            ("complex pairs", str(sum(m for value, m in analysis.eigenvalues if value.imag > 0))),
            ("diagonalisable", "yes, decided exactly" if analysis.diagonalisable else "no: defective, decided exactly"),
            ("normal", "yes" if analysis.normal else "no"),
            ("condition $\\kappa(V)$, unit columns", condition_text(analysis)),
        ]
    return Table("The spectrum in short", ("what", "value"), tuple(rows))


def norms_table(analysis: Analysis, n: int, digits: int) -> Table:
    """What the eigenvalues promise and what the matrix does, for matrices too large to print."""
    with ctx.workprec(4 * BITS):
        promised = analysis.radius**n
        one, power = (norm_text(arb_mat(analysis.flint) ** k, digits) for k in (1, n))
    rows = (
        ("$\\lVert W \\rVert_2$, one step", one),
        (f"$\\rho(W)^{{{n}}}$, promised by the eigenvalues", f"${decimal(promised, digits)}$"),
        (f"$\\lVert W^{{{n}}} \\rVert_2$, what it does", power),
    )
    return Table(f"The matrix of this handout after $n = {n}$ steps, enclosed rigorously", ("what", "value"), rows)


def norm_text(power: arb_mat, digits: int) -> str:
    """The spectral norm of an enclosed matrix, or that it has no useful enclosure."""
    if power.nrows() > ENCLOSED:
        return f"not enclosed above ${ENCLOSED} \\times {ENCLOSED}$"
    try:
        norm = spectrum.ball_norm(power, 2 * BITS)
    except ValueError:
        return "no enclosure found"
    return f"${decimal(norm, digits)}$" if certified_digits(norm) > digits else "no useful enclosure"


def certified_digits(ball: arb) -> int:
    """How many significant digits the enclosure certifies."""
    if ball.rad() == 0:
        return BITS * 3 // 10
    return max(0, int(ball.rel_accuracy_bits() * 0.30103))


def condition_text(analysis: Analysis) -> str:
    if not analysis.diagonalisable:
        return "there is no $V$"
    if analysis.condition is None:
        return f"about ${decimal(arb(estimated_condition(analysis)), 2)}$ in floating point, not enclosed"
    return f"${decimal(analysis.condition, max(2, min(4, certified_digits(analysis.condition))))}$"
