"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from derive.authoring import decimal, rational
from derive.core import Derivation, Figure, InputError, Prose, Table
from derive.topics.remedies import LARGEST_BIAS, LONGEST, LONGEST_DELAY, Options
from derive.topics.remedies.echo import echo
from derive.topics.remedies.figures import lags_figure
from derive.topics.remedies.leaky import leaky
from derive.topics.remedies.lstm import lstm
from derive.topics.remedies.orthogonal import orthogonal
from derive.topics.remedies.practice import practice
from derive.topics.remedies.residual import residual
from derive.topics.remedies.skip import growth_rate, skip
from derive.variant import PRINTED, Variant

BITS = 256
DRAWN = ((0, "weight alone"), (1, "leaky unit"), (2, "skip alone"), (3, "skip, direct"), (4, "LSTM"))
"""Rows of the overview that the figure shows, and their names there."""
SOURCES = (
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016, sections 10.8 to 10.10",
    "Hochreiter, Schmidhuber, *Long short-term memory*, Neural Computation 9, 1997",
    "Jaeger, *The “echo state” approach to analysing and training recurrent neural networks*, GMD Report 148, 2001",
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    opening = (
        Prose(
            "A gradient that travels many steps is multiplied many times. Four remedies are usually named: leaky units, skip connections, LSTMs and echo state networks; residual layers and orthogonal "
            "weights belong beside them. Each is an equation, so each can be asked the same question: what is left of the gradient after many steps?"
        ),
        Prose(
            "**In one line.** Leaks, skips and constant gates make the exponential slower and leave it one; gates that learn, residual layers with small updates and orthogonal weights move the base to 1; and "
            "an echo state network avoids the question, not the dynamics."
        ),
        *_overview(options),
    )
    sections = (
        leaky(options),
        skip(options),
        lstm(options),
        residual(options),
        echo(options),
        orthogonal(options),
        practice(options, variant),
    )
    names = ("horizon", "leak", "weight", "delay", "direct", "skip", "forget_bias", "layers", "variance")
    parameters = tuple((name.replace("_", "-"), str(getattr(options, name))) for name in names)
    return Derivation(
        "remedies", "Remedies for vanishing gradients, as equations", opening, sections, parameters, sources=SOURCES
    )


def _overview(options: Options) -> tuple[Table, Figure]:
    """One number a remedy: the factor of one step, and what is left after the horizon; the same as lines."""
    T = options.horizon
    with ctx.workprec(BITS):
        w, leak = (arb(fmpq(q.numerator, q.denominator)) for q in (options.weight, options.leak))
        gate = 1 / (1 + (-arb(fmpq(options.forget_bias.numerator, options.forget_bias.denominator))).exp())
        both = growth_rate(options.direct, options.skip, options.delay)
        w_text = rational(options.weight)
        rows = (
            ("a weight on its own", f"$w = {w_text}$", w, w**T),
            ("leaky unit, saturated", f"$1 - {rational(options.leak)}$", 1 - leak, (1 - leak) ** T),
            (
                f"skip of delay {options.delay} alone",
                f"$w^{{1/{options.delay}}}$",
                w ** arb(fmpq(1, options.delay)),
                w ** (T // options.delay),
            ),
            ("skip beside a direct connection", "the rate $r$ of section 2", both, both**T),
            ("LSTM, constant forget gate", f"bias ${rational(options.forget_bias)}$", gate, gate**T),
            ("orthogonal weights, no saturation", "$1$", arb(1), arb(1)),
        )
        cells = tuple(
            (name, source, f"${decimal(step, options.digits)}$", f"${decimal(left, options.digits)}$")
            for name, source, step, left in rows
        )
    drawn = [(name, rows[position][2]) for position, name in DRAWN]
    table = Table(
        f"The factor of one step, and its power for {T} steps (for the skip alone: the last multiple of its delay)",
        ("remedy", "from", "one step", f"{T} steps"),
        cells,
    )
    return table, lags_figure(options, tuple(drawn))


def _check(options: Options) -> None:
    for name, low, high in (
        ("horizon", 1, LONGEST),
        ("delay", 2, LONGEST_DELAY),
        ("forget_bias", -LARGEST_BIAS, LARGEST_BIAS),
        ("layers", 1, LONGEST),
        ("digits", 2, 12),
    ):
        if not low <= getattr(options, name) <= high:
            raise InputError(f"{name} = {getattr(options, name)} is outside {low} to {high}")
    for name, below in (("leak", 1), ("weight", 1), ("variance", 1)):
        if not 0 < getattr(options, name) < below:
            raise InputError(f"{name} = {getattr(options, name)} is not between 0 and {below}")
    for name in ("direct", "skip"):
        if not 0 < getattr(options, name) <= 2:
            raise InputError(f"{name} = {getattr(options, name)} is outside 0 to 2; choose a weight above 0")
