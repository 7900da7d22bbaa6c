"""The last section: three exercises with judged solutions."""

from __future__ import annotations

from derive.authoring import Letter, exercise, exercises, integer, quoted, real, scope, step, vector
from derive.core import Block, Declaration, Prose, Section
from derive.variant import Variant, pick


def practice(variant: Variant) -> Section:
    """A tail, the sign of progress, the damped step in one dimension."""
    return exercises(_tail(variant), _progress(), _damped())


def _tail(variant: Variant) -> tuple[Block, ...]:
    n = pick(variant, "power", 0, *range(2, 16))
    names = (str(n), str(n + 1), str(n + 2)) if n else ("n", "n + 1", "n + 2")
    power, lower = (f"-{n}", f"-{n + 1}") if n else ("-n", "-n-1")
    letters = scope(*([] if n else [integer("n", r"n \ge 1")]), real("z", r"z > 0"))
    return exercise(
        f"A loss falls off like $z^{{{power}}}$. What does the Newton step do, and in which direction does it go?",
        step(
            rf"\frac{{\frac{{d}}{{dz}} z^{{{power}}}}}{{\frac{{d}}{{dz}} (-{names[0]} z^{{{lower}}})}} = -\frac{{z}}{{{names[1]}}}",
            "The ratio grows with $z$, though both derivatives vanish.",
            letters,
            ledger=("C2",),
        ),
        step(
            rf"z - \left( -\frac{{z}}{{{names[1]}}} \right) = \frac{{{names[2]}}}{{{names[1]}}} z",
            f"The step $-f'/f''$ is positive: $z$ is multiplied by $\\frac{{{names[2].replace(' ', '')}}}{{{names[1].replace(' ', '')}}}$ each time. It runs downhill along the tail, for ever.",
            letters,
            ledger=("C2",),
        ),
    )


def _progress() -> tuple[Block, ...]:
    letters = scope(real("p", r"p \ne 0"), real("h", r"h < 0"))
    return exercise(
        "Show that, to first order, the Newton step increases the loss wherever the second derivative is negative. By how much does the "
        "step with $\\lvert f'' \\rvert$ decrease it?",
        step(
            r"p \cdot \left( -\frac{p}{h} \right) = -\frac{p^{2}}{h} > 0",
            "With $p = f'$ and $h = f'' < 0$, the change of first order is slope times step.",
            letters,
            ledger=("C3",),
        ),
        step(
            r"p \cdot \left( -\frac{p}{\lvert h \rvert} \right) = \frac{p^{2}}{h} < 0",
            "With the modulus it is the same, with the other sign.",
            letters,
            ledger=("C3",),
        ),
    )


def _damped() -> tuple[Block, ...]:
    J = Letter(Declaration("J", "real", ("m", "n")))
    r = vector("r", size="m")
    lam = real("lambda", r"\lambda > 0")
    return exercise(
        "Is the damped Gauss–Newton step $-(J^\\top J + \\lambda I)^{-1} J^\\top r$ always a descent direction? And is it true that it is at "
        "most $\\lVert r \\rVert / \\sqrt{\\lambda + 1}$ long?",
        Prose(
            "Put $p = (J^\\top J + \\lambda I)^{-1} J^\\top r$. The gradient of the loss $\\frac12 \\lVert r \\rVert^2$ is $J^\\top r$."
        ),
        step(
            r"p^\top J^\top r = \lVert J p \rVert^{2} + \lambda \lVert p \rVert^{2} \ge 0",
            "Slope times step is minus this: never positive, and 0 only if $p = 0$.",
            scope(J, vector("p", size="n"), r, lam, given=(r"p = (J^\top J + \lambda I)^{-1} J^\top r",)),
            ledger=("X15",),
        ),
        quoted(
            r"\frac{s}{s^{2} + \lambda} \le \frac{1}{\sqrt{\lambda + 1}}",
            "The second claim fails already in one dimension, $J = s$ and $r = 1$.",
            scope(real("s", r"s > 0"), lam),
            "this exercise",
            "at most ‖r‖/√(λ+1) long",
            ledger=("X15",),
        ),
        step(
            r"\frac{s}{s^{2} + \lambda} \le \frac{1}{2 \sqrt{\lambda}}",
            "The right bound is the one of this page.",
            scope(real("s", r"s > 0"), lam),
            ledger=("X15",),
        ),
    )
