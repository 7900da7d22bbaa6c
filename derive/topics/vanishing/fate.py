"""Section: what |λ|^t becomes, and what "near 1" means after n steps (claims A3, A10)."""

from __future__ import annotations

from derive.authoring import approximate, complex_number, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options
from derive.topics.vanishing.figures import fate_figure
from derive.topics.vanishing.spectrum import Analysis
from derive.topics.vanishing.tables import fate_table

LESSWRONG = "LessWrong post on vanishing and exploding gradients, paragraph on the eigenvalues"


def fate(options: Options, analysis: Analysis) -> Section:
    """Modulus first, then half-life, then the band for a finite horizon."""
    return Section(
        "fate",
        f"What “near 1” means after {options.n} step{'s' if options.n > 1 else ''}",
        (
            *_modulus(),
            *_pace(),
            *_band(options),
            fate_table(analysis, options),
            *fate_figure(options, analysis),
            *_misreading(),
        ),
    )


def _modulus() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    any_size = scope(t, complex_number("lambda"))
    non_zero = scope(t, complex_number("lambda", r"\lambda \ne 0"))
    inside = scope(t, complex_number("lambda"), given=(r"\lvert \lambda \rvert < 1",))
    outside = scope(t, complex_number("lambda"), given=(r"\lvert \lambda \rvert > 1",))
    circle = scope(integer("t"), real("theta"))
    return (
        Prose("Only the modulus of an eigenvalue counts; its sign and its phase turn, they do not scale."),
        step(
            r"\lvert \lambda^{t} \rvert = \lvert \lambda \rvert^{t}",
            "The modulus is multiplicative.",
            any_size,
            ledger=("A3",),
        ),
        step(
            r"\lvert \lambda \rvert^{t} = e^{t \ln \lvert \lambda \rvert}",
            "So the sign of $\\ln \\lvert \\lambda \\rvert$ decides.",
            non_zero,
            ledger=("A3",),
        ),
        step(r"\lim_{t \to \infty} \lambda^{t} = 0", "Inside the unit circle it vanishes.", inside, ledger=("A3",)),
        step(
            r"\lim_{t \to \infty} \lvert \lambda \rvert^{t} = \infty", "Outside it explodes.", outside, ledger=("A3",)
        ),
        step(
            r"\lvert e^{\mathrm{i} \theta t} \rvert = 1",
            "On the circle, where $\\lambda = e^{\\mathrm{i}\\theta}$ with real $\\theta$, it does neither, for ever.",
            circle,
            ledger=("A3",),
        ),
    )


def _pace() -> tuple[Block, ...]:
    inside = scope(real("r", r"0 < r < 1"))
    outside = scope(real("r", r"r > 1"))
    return (
        Prose(
            "With $r = \\lvert \\lambda \\rvert$, the pace has one number: the half-life below 1, the doubling time above."
        ),
        step(
            r"r^{\frac{\ln 2}{-\ln r}} = \frac{1}{2}",
            "Half-life: after $\\ln 2 / (-\\ln r)$ steps half is left.",
            inside,
            ledger=("A3",),
        ),
        step(
            r"r^{\frac{\ln 2}{\ln r}} = 2",
            "Doubling time: after $\\ln 2 / \\ln r$ steps it has doubled.",
            outside,
            ledger=("A3",),
        ),
        step(
            r"\frac{\ln 2}{-\ln 0.99} \approx 69.0",
            "An eigenvalue 0.99 looks harmless, and loses half in 69 steps.",
            scope(),
            ledger=("A3",),
        ),
    )


def _band(options: Options) -> tuple[Block, ...]:
    letters = (integer("n", r"n \ge 1"), real("delta", r"0 < \delta < 1"), real("r", r"r > 0"))
    after = scope(*letters, given=(r"\delta \le r^{n}", r"r^{n} \le \delta^{-1}"))
    before = scope(*letters, given=(r"\delta^{1/n} \le r", r"r \le \delta^{-1/n}"))
    n = options.n
    return (
        Prose(
            "“Near 1” has no meaning until a horizon and a tolerance are fixed. Call a factor *alive* after $n$ steps if it lies "
            "between $\\delta$ and $1/\\delta$. Then the eigenvalues that stay alive form a band whose width shrinks like $1/n$."
        ),
        step(
            r"\delta^{1/n} \le r \le \delta^{-1/n}",
            "If $\\delta \\le r^n \\le 1/\\delta$, take $n$-th roots, which keeps the order.",
            after,
            ledger=("A3",),
        ),
        step(
            r"\delta \le r^{n} \le \delta^{-1}",
            "Conversely, if $\\delta^{1/n} \\le r \\le \\delta^{-1/n}$, take $n$-th powers.",
            before,
            ledger=("A3",),
        ),
        approximate(
            rf"\left(10^{{-3}}\right)^{{1/{n}}}",
            f"The lower edge for $n = {n}$ and $\\delta = 10^{{-3}}$.",
            scope(),
            options.digits,
            ledger=("A3",),
        ),
        approximate(rf"\left(10^{{-3}}\right)^{{-1/{n}}}", "The upper edge.", scope(), options.digits, ledger=("A3",)),
    )


def _misreading() -> tuple[Block, ...]:
    negative = scope(integer("t", r"t \ge 0"), real("lambda", r"\lambda < 1"))
    return (
        quoted(
            r"\lvert \lambda \rvert^{t+1} \le \lvert \lambda \rvert^{t}",
            "Read literally, for every real eigenvalue below 1, each step would shrink it. The modulus is missing: $-2$ is less than one.",
            negative,
            LESSWRONG,
            "the ones that are less than one will decay exponentially towards zero",
            ledger=("A10",),
        ),
    )
