"""The last section: three exercises with judged solutions."""

from __future__ import annotations

from derive.authoring import exercise, exercises, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.newton.division import ANSWER
from derive.variant import Variant, pick


def practice(variant: Variant) -> Section:
    """The square root, a multiple root, a pole."""
    return exercises(_square_root(variant), _multiple(variant), _chaos())


def _square_root(variant: Variant) -> tuple[Block, ...]:
    a = pick(variant, "radicand", "a", "2", "3", "5", "6", "7", "10", "11", "13")
    x, letter = real("x", r"x > 0"), [real("a", r"a > 0")] if a == "a" else []
    letters = scope(x, *letter)
    root = rf"\frac{{1}}{{2}} \left( x + \frac{{{a}}}{{x}} \right)"
    return exercise(
        f"The ancient rule for $\\sqrt{{{a}}}$ takes the mean of $x$ and ${a}/x$. Show that it is Newton's method for $x^2 - {a}$, and that "
        "it converges from every $x > 0$. How does the error shrink?",
        step(rf"x - \frac{{x^{{2}} - {a}}}{{2 x}} = {root}", "The map.", letters, ledger=("C9",)),
        step(
            rf"{root} - \sqrt{{{a}}} = \frac{{(x - \sqrt{{{a}}})^{{2}}}}{{2 x}}",
            f"The new error is the square of the old one, over $2 x$: after the first step $x \\ge \\sqrt{{{a}}}$, and the number of right "
            "digits doubles.",
            letters,
            ledger=("C9",),
        ),
        step(
            rf"{root} \le x",
            f"From there on the sequence falls, and it is bounded below, so it converges; a limit is a fixed point, and that is $\\sqrt{{{a}}}$.",
            scope(x, *letter, given=(rf"{a} \le x^{{2}}",)),
            ledger=("C9",),
        ),
    )


def _multiple(variant: Variant) -> tuple[Block, ...]:
    m = pick(variant, "multiplicity", "m", "2", "3", "4", "5", "6")
    letter = [integer("m", r"m \ge 1")] if m == "m" else []
    letters = scope(*letter, real("x"), real("c"), given=(r"x \ne c",))
    return exercise(
        f"At a root of multiplicity ${m}$ the method gains only a factor $1 - 1/{m}$ a step. Which multiple of the step would make up for "
        "it?",
        step(
            rf"x - {m} \frac{{(x - c)^{{{m}}}}}{{\frac{{d}}{{dx}} (x - c)^{{{m}}}}} = c",
            f"Take ${m}$ times the step: on $(x - c)^{m}$ it ends at $c$ at once.",
            letters,
            ledger=("C10",),
        ),
        Prose(
            f"The price: {'$m$' if m == 'm' else 'the multiplicity'} must be known. With too large a multiple at a simple root the method oscillates:"
        ),
        step(
            r"x - 2 \frac{x - c}{\frac{d}{dx} (x - c)} = 2 c - x",
            "Twice the step at a simple root mirrors $x$ at $c$, for ever.",
            letters,
            ledger=("C10",),
        ),
    )


def _chaos() -> tuple[Block, ...]:
    letters = scope(real("theta"), given=(r"\sin \theta \ne 0", r"\cos \theta \ne 0"))
    return exercise(
        "$f(x) = x^2 + 1$ has no real root. What does the method do? (Put $x = \\cos \\theta / \\sin \\theta$.) And is it the huge "
        "derivatives that throw it about?",
        step(
            r"x - \frac{x^{2} + 1}{2 x} = \frac{x^{2} - 1}{2 x}",
            "The map has a simple pole at the critical point 0.",
            scope(real("x", r"x \ne 0")),
            ledger=("C10",),
        ),
        step(
            r"\frac{\left( \frac{\cos \theta}{\sin \theta} \right)^{2} - 1}{2 \frac{\cos \theta}{\sin \theta}} = "
            r"\frac{\cos(2 \theta)}{\sin(2 \theta)}",
            "Each step doubles the angle. An angle that is no rational multiple of $\\pi$ never comes back; and almost every angle comes "
            "close to every other again and again (doubling is ergodic). The method wanders for ever.",
            letters,
            ledger=("C9",),
        ),
        Prose(
            "And the derivative $2 x$? It is huge where $\\lvert x \\rvert$ is, and there the step is tame: about half of $x$."
        ),
        quoted(
            r"\left\lvert \frac{x^{2} + 1}{2 x} \right\rvert \ge \lvert 2 x \rvert",
            "A step at least as long as the derivative is large?",
            scope(real("x", r"x \ge 1")),
            ANSWER,
            "Updates are proportional to the value of the derivative of the function",
            ledger=("C7",),
        ),
    )
