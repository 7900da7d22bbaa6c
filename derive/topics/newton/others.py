"""Section: two more ways to fail: steps that are tiny and still run away, and a circle (claim C9)."""

from __future__ import annotations

from derive.authoring import Letter, integer, real, scope, step
from derive.core import Block, Declaration, Prose, Section


def others() -> Section:
    """The cube root, and the cubic with a super-attracting 2-cycle."""
    return Section("others", "A huge derivative that runs away all the same, and a circle", (*_cube_root(), *_circle()))


def _cube_root() -> tuple[Block, ...]:
    away = scope(real("x", r"x \ne 0"))
    orbit = scope(integer("t", r"t \ge 0"), Letter(Declaration("x", "real", family=True)), given=(r"x_{t+1} = -2 x_t",))
    return (
        Prose("The root itself may be a place of huge derivative. Take $f(x) = \\sqrt[3]{x}$, on the whole line."),
        step(
            r"\frac{d}{dx} \sqrt[3]{x} = \frac{1}{3 (\sqrt[3]{x})^{2}}",
            "This is its derivative.",
            away,
            ledger=("C9",),
        ),
        step(
            r"\frac{1}{3 (\sqrt[3]{h^{3}})^{2}} = \frac{1}{3 h^{2}}",
            "At $x = h^3$ the derivative exceeds every bound as $h$ tends to 0.",
            scope(real("h", r"h \ne 0")),
            ledger=("C9",),
        ),
        step(
            r"x - \frac{\sqrt[3]{x}}{\frac{d}{dx} \sqrt[3]{x}} = -2 x",
            "Newton's map. The step is $-3 x$: near the root it is tiny, as it should be with a huge derivative.",
            away,
            ledger=("C9",),
        ),
        step(
            r"x_t = (-2)^{t} x_0",
            "Yet every start but 0 runs away. By induction:",
            orbit,
            induction=("t", 0),
            ledger=("C9",),
        ),
        step(
            r"\lvert (-2)^{t} a \rvert = 2^{t} \lvert a \rvert",
            "The distance to the root doubles at each step.",
            scope(integer("t", r"t \ge 0"), real("a")),
            ledger=("C9",),
        ),
        step(
            r"\frac{1}{3 (\sqrt[3]{10^{-9}})^{2}} = \frac{10^{6}}{3}",
            "At $x = 10^{-9}$, for instance, the derivative is this large, while the step $-3 x$ is $3 \\cdot 10^{-9}$ long: a huge "
            "derivative, no explosion, and divergence all the same.",
            scope(),
            ledger=("C9",),
        ),
    )


def _circle() -> tuple[Block, ...]:
    x = scope(real("x"))
    newton = r"\frac{2 x^{3} - 2}{3 x^{2} - 2}"
    slope = r"\frac{6 x (x^{3} - 2 x + 2)}{(3 x^{2} - 2)^{2}}"
    return (
        Prose("And a polynomial on which the method neither converges nor runs away: $f(x) = x^3 - 2 x + 2$."),
        step(
            rf"x - \frac{{x^{{3}} - 2 x + 2}}{{\frac{{d}}{{dx}} (x^{{3}} - 2 x + 2)}} = {newton}",
            "Newton's map $N$.",
            x,
            ledger=("C9",),
        ),
        step(
            rf"{newton} - 1 = \frac{{x^{{2}} (2 x - 3)}}{{3 x^{{2}} - 2}}",
            "From 0 it goes to 1: $N(x) - 1$ has a factor $x^2$.",
            x,
            ledger=("C9",),
        ),
        step(
            rf"{newton} = \frac{{2 (x - 1) (x^{{2}} + x + 1)}}{{3 x^{{2}} - 2}}",
            "And from 1 back to 0: $N(x)$ has a factor $x - 1$.",
            x,
            ledger=("C9",),
        ),
        step(
            rf"\frac{{d}}{{dx}} {newton} = {slope}",
            "Is the circle stable? The slope of $N$ is $f f''/(f')^2$.",
            x,
            ledger=("C9",),
        ),
        Prose(
            "It has a factor $x$. So the slope of $N \\circ N$ at 0, by the chain rule the product $N'(1) N'(0)$, is 0: the cycle is "
            "*super-attracting*, and draws in an interval of starts around 0 as fast as a root would."
        ),
        step(
            r"\frac{d}{dx} \left( x - \frac{f(x)}{f'(x)} \right) = \frac{f(x) f''(x)}{(f'(x))^{2}}",
            "In general: the slope of Newton's map vanishes at a simple root (there $f = 0$), which is why the method is fast; but "
            "also at every inflection that lies on a cycle (there $f'' = 0$).",
            scope(real("x"), Letter(Declaration("f", "real", function=True))),
            ledger=("C9", "C10"),
        ),
    )
