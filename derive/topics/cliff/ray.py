"""Section: the ray on which the network is solved in closed form (claims D2, T3)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from flint import ctx

from derive.authoring import approximate, assume, decimal, extended, integer, rational, real, scope, step
from derive.core import Block, Declaration, Prose, Scope, Section, Table
from derive.topics.cliff import Options
from derive.topics.cliff.unit import ball, bits, multiplier, ray, visit

WEIGHTS = (Fraction(3), Fraction(9, 2), Fraction(5), Fraction(6), Fraction(7), Fraction(-6))
SIGMA = r"\frac{1}{1 + e^{-1/2}}"


def ray_section(options: Options) -> Section:
    """For any activation; then for the logistic function and the options' weight."""
    return Section(
        "ray", "A ray on which everything is known", (*_fixed_point(), *_sensitivity(), *_growth(), *_logistic(options))
    )


def with_functions(base: Scope, *names: str) -> Scope:
    """The scope with unknown differentiable functions besides."""
    return replace(base, declarations=(*base.declarations, *(Declaration(name, function=True) for name in names)))


def _fixed_point() -> tuple[Block, ...]:
    letters = with_functions(scope(real("w"), real("a"), real("b")), "f")
    given = extended(letters, "b = a - w f(a)")
    return (
        Prose(
            "The unit: $x_t = w f(x_{t-1}) + b$ from $x_0 = a$, with some differentiable activation $f$. After $T$ steps its loss is $E = (f(x_T) - y)^2$. Pascanu, Mikolov and "
            "Bengio draw it for the logistic $f = \\sigma$ with $a = 1/2$, $T = 50$, $y = 7/10$. Choose the bias so that the start is a fixed point:"
        ),
        assume("b = a - w f(a)", "a ray in the plane of $w$ and $b$.", given),
        step(
            "w f(a) + b = a",
            "On the ray the first step leads from $a$ to $a$, hence every step: $x_t = a$ for all $t$.",
            given,
            ledger=("D2",),
        ),
    )


def _sensitivity() -> tuple[Block, ...]:
    by_b = with_functions(scope(real("w"), real("b")), "f", "X")
    sequences = scope(integer("t", r"t \ge 0"), real("S", family=True), real("V", family=True), real("rho"), real("c"))
    given = extended(sequences, "S_0 = 0", r"S_t = 1 + \rho S_{t-1}", "V_0 = 0", r"V_t = c + \rho V_{t-1}")
    apart = extended(given, r"\rho \ne 1")
    return (
        Prose(
            "Now move the parameters. Let $X$ be the state before a step, as a function of the parameter that moves:"
        ),
        step(
            r"\frac{d}{db} (w f(X(b)) + b) = 1 + w f'(X(b)) X'(b)",
            "One step, differentiated by the bias.",
            by_b,
            ledger=("D2",),
        ),
        step(
            r"\frac{d}{dw} (w f(X(w)) + b) = f(X(w)) + w f'(X(w)) X'(w)",
            "And by the weight.",
            by_b,
            ledger=("D2",),
        ),
        Prose(
            "On the ray $X = a$ at every step, so that the slope $\\rho = w f'(a)$ is one and the same number, and so is $c = f(a)$. Write $S_t$ and $V_t$ for the derivatives of $x_t$ by $b$ and by $w$:"
        ),
        assume(r"S_t = 1 + \rho S_{t-1}", "from $S_0 = 0$, since $x_0$ does not depend on $b$.", given),
        assume(r"V_t = c + \rho V_{t-1}", "from $V_0 = 0$.", given),
        step(
            r"S_t = \frac{\rho^{t} - 1}{\rho - 1}",
            "A geometric sum.",
            apart,
            induction=("t", 0),
            ledger=("D2",),
        ),
        step("V_t = c S_t", "The two derivatives are proportional.", given, induction=("t", 0), ledger=("D2",)),
        step(
            r"\frac{d}{db} (f(X(b)) - y)^{2} = 2 (f(X(b)) - y) f'(X(b)) X'(b)",
            "The loss adds one factor, the same for both parameters.",
            with_functions(scope(real("b"), real("y")), "f", "X"),
            ledger=("D2",),
        ),
        step(
            r"\sqrt{(c S)^{2} + S^{2}} = \lvert S \rvert \sqrt{c^{2} + 1}",
            "So on the ray the gradient of $E$ is $2 (f(a) - y) f'(a) S_T$ times $(f(a), 1)$, and its length is that factor times $\\sqrt{f(a)^2 + 1}$.",
            scope(real("c"), real("S")),
            ledger=("D2",),
        ),
    )


def _growth() -> tuple[Block, ...]:
    T = integer("T", r"T \ge 1")
    return (
        Prose("Everything is fixed except $S_T$, and that is an exploding gradient, no more and no less:"),
        step(
            r"\frac{\rho^{T} - 1}{\rho - 1} \sim \frac{\rho^{T}}{\rho - 1}",
            "For $\\rho > 1$ it grows like $\\rho^T$: the fixed point repels.",
            scope(T, real("rho", r"\rho > 1")),
            ledger=("D2", "T3"),
        ),
        step(
            r"\lim_{T \to \infty} \frac{\rho^{T} - 1}{\rho - 1} = \frac{1}{1 - \rho}",
            "For $0 < \\rho < 1$ it stays bounded.",
            scope(T, real("rho", r"0 < \rho", r"\rho < 1")),
            ledger=("D2",),
        ),
        step(
            r"\lvert \rho^{T} \rvert = \lvert \rho \rvert^{T}",
            "A negative $\\rho$ grows just as well:",
            scope(T, real("rho")),
            ledger=("D2",),
        ),
        step(
            r"\lvert p - 1 \rvert \ge \lvert p \rvert - 1",
            "with $p = \\rho^T$ the numerator is at least $\\lvert \\rho \\rvert^T - 1$ in size,",
            scope(real("p")),
            ledger=("D2",),
        ),
        step(
            r"\lvert \rho - 1 \rvert \le \lvert \rho \rvert + 1",
            "and the denominator at most $\\lvert \\rho \\rvert + 1$. So $S_T$ explodes exactly where $\\lvert w \\rvert > 1 / \\lvert f'(a) \\rvert$.",
            scope(real("rho")),
            ledger=("D2",),
        ),
    )


def _logistic(options: Options) -> tuple[Block, ...]:
    w, T = options.w, options.depth
    given = (
        f"w = {rational(w)}",
        f"c = {SIGMA}",
        r"\rho = w c (1 - c)",
        rf"S = \frac{{\rho^{{{T}}} - 1}}{{\rho - 1}}",
    )
    letters = scope(real("w"), real("c"), real("rho"), real("S"), given=given)
    digits = options.digits
    with ctx.workprec(bits(w, T)):
        explodes = abs(multiplier(ball(w))) > 1
    return (
        Prose(
            f"**The logistic function** with $a = 1/2$, and the options of this handout: $w = {rational(w)}$, $T = {T}$, $y = 7/10$."
        ),
        step(
            r"\frac{d}{dx} \frac{1}{1 + e^{-x}} = \frac{1}{1 + e^{-x}} \left( 1 - \frac{1}{1 + e^{-x}} \right)",
            "Its slope is $\\sigma (1 - \\sigma)$.",
            scope(real("x")),
            ledger=("D2",),
        ),
        approximate(
            r"\frac{(1 + e^{-1/2})^{2}}{e^{-1/2}}",
            "So $1 / \\sigma'(1/2)$, the weight from which on the gradient explodes on the ray, is",
            scope(),
            max(8, digits),
            ledger=("D2",),
        ),
        *(assume(line, reason, letters) for line, reason in zip(given, _REASONS, strict=True)),
        approximate(
            rf"\frac{{1}}{{2}} - {rational(w)} c" if w > 0 else rf"\frac{{1}}{{2}} + {rational(-w)} c",
            "The bias on the ray.",
            letters,
            digits,
            ledger=("D2",),
        ),
        approximate(r"\rho", f"Its modulus is {'above' if explodes else 'below'} 1.", letters, digits, ledger=("D2",)),
        approximate(
            r"2 \left( \frac{7}{10} - c \right) c (1 - c) \lvert S \rvert \sqrt{c^{2} + 1}",
            f"The length of the gradient on the ray: it {'has exploded' if explodes else 'stays moderate'}.",
            letters,
            digits,
            ledger=("D2",),
        ),
        _table(T, digits),
    )


_REASONS = ("the weight.", "the activation at the start.", "the slope of one step.", "its geometric sum.")


def _table(T: int, digits: int) -> Table:
    rows = []
    for w in WEIGHTS:
        with ctx.workprec(bits(w, T)):
            W = ball(w)
            place = visit(W, ray(W), T)
            rows.append(
                (
                    f"${rational(w)}$",
                    f"${decimal(ray(W), digits)}$",
                    f"${decimal(multiplier(W), digits)}$",
                    f"${decimal(place.slope, digits)}$",
                )
            )
    caption = f"On the ray, $T = {T}$, every step computed in ball arithmetic"
    return Table(caption, ("$w$", "$b$ on the ray", "$\\rho$", "length of the gradient"), tuple(rows))
