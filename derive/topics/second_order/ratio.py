"""Section: the ratio of first and second derivative where both vanish (claims C1, C2)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, log

from derive.authoring import Letter, approximate, integer, quoted, real, scope, step
from derive.core import Block, Declaration, Prose, Section, Table
from derive.topics.second_order import Options

BOOK = "Deep Learning (2016), section 10.11"


def ratio(options: Options) -> Section:
    """Powers, what Newton and gradient descent make of them, when the ratio is constant, what other tails do."""
    return Section(
        "ratio",
        "How constant is the ratio?",
        (*_powers(), *_reading(), *_steps(options), *_constant(), *_tails()),
    )


def _powers() -> tuple[Block, ...]:
    letters = scope(integer("n", r"n \ge 3"), real("w", r"0 < w", r"w < 1"))
    growing = scope(integer("n", r"n \ge 3"), real("w", r"0 < w", r"w < 1"))
    return (
        Prose(
            "The smallest recurrent network: one weight $w$, used in $n$ layers, so that the output is $f(w) = w^n$. Let $0 < w < 1$."
        ),
        step(r"\frac{d}{dw} w^{n} = n w^{n-1}", "The first derivative.", letters, ledger=("C1",)),
        step(r"\frac{d}{dw} (n w^{n-1}) = n (n - 1) w^{n-2}", "And the second.", letters, ledger=("C1",)),
        step(
            r"\lim_{n \to \infty} n w^{n-1} = 0",
            "With depth the first vanishes exponentially.",
            growing,
            ledger=("C1",),
        ),
        step(r"\lim_{n \to \infty} n (n - 1) w^{n-2} = 0", "And so does the second.", growing, ledger=("C1",)),
        step(
            r"\frac{n w^{n-1}}{n (n - 1) w^{n-2}} = \frac{w}{n - 1}",
            "Their ratio does not: it falls only like $1/n$. This is the truth in the idea.",
            letters,
            ledger=("C1",),
        ),
    )


def _reading() -> tuple[Block, ...]:
    letters = scope(integer("n", r"n \ge 3"), real("w", r"0 < w", r"w < 1"))
    return (
        Prose(
            "But it is not constant. Read as a statement about depth, the book's sentence says that one more layer changes nothing:"
        ),
        quoted(
            r"\frac{w}{n} = \frac{w}{n - 1}",
            "The ratio with $n + 1$ layers would be the ratio with $n$.",
            letters,
            BOOK,
            "the ratio of first and second derivatives may remain relatively constant",
            ledger=("C1",),
        ),
        step(
            r"\frac{w}{n} = \left( 1 - \frac{1}{n} \right) \frac{w}{n - 1}",
            "Corrected: each layer takes a share $1/n$ away. The gain is “polynomial instead of exponential”, no more, and that is much.",
            letters,
            ledger=("C1",),
        ),
    )


def _steps(options: Options) -> tuple[Block, ...]:
    n = integer("n", r"n \ge 3")
    orbit = scope(
        integer("t", r"t \ge 0"),
        n,
        Letter(Declaration("w", "real", family=True)),
        given=(r"w_{t+1} = \frac{n - 2}{n - 1} w_t",),
    )
    return (
        Prose("What does the gain buy? Newton's method for the minimum of $w^n$, started at $w_0$:"),
        step(r"w - \frac{w}{n - 1} = \frac{n - 2}{n - 1} w", "One step.", scope(n, real("w")), ledger=("C1",)),
        step(
            r"w_t = \left( \frac{n - 2}{n - 1} \right)^{t} w_0",
            "After $t$ steps, by induction: a linear rate.",
            orbit,
            induction=("t", 0),
            ledger=("C1",),
        ),
        step(
            r"1 - \frac{1}{n - 1} \le e^{-\frac{1}{n-1}}",
            "So $(n - 1) \\ln(1/\\varepsilon)$ steps are enough to make $w$ smaller by a factor $\\varepsilon$.",
            scope(n),
            ledger=("C1",),
        ),
        approximate(
            r"\frac{1}{2} \left( \frac{18}{19} \right)^{100}",
            "For instance 100 steps from $w_0 = 1/2$ with $n = 20$.",
            scope(),
            8,
            ledger=("C1",),
        ),
        step(
            r"-\eta n w^{n-1} \frac{d}{dw} w^{2-n} = \eta n (n - 2)",
            "Gradient descent with learning rate $\\eta$ moves $w$ by $-\\eta n w^{n-1}$. Measured by $w^{2-n}$, the move is the same at "
            "every step, to first order. So $w^{2-n}$ has to be climbed from $w_0^{2-n}$ in steps of $\\eta n (n-2)$:",
            scope(n, real("w", r"w > 0"), real("eta", r"\eta > 0")),
            ledger=("C1",),
        ),
        _halving(options),
    )


def _halving(options: Options) -> Table:
    """Exact for Newton, the first-order count for gradient descent."""
    depths = sorted({5, 10, 20, options.depth})
    w = options.start
    return Table(
        f"Steps that halve the weight from $w_0 = {w}$ on $w^n$; gradient descent with $\\eta = 1$, to first order",
        ("$n$", "Newton", "gradient descent"),
        tuple((str(n), str(_newton_steps(n)), f"${_short((w / 2) ** (2 - n) - w ** (2 - n), n)}$") for n in depths),
    )


def _newton_steps(n: int) -> int:
    return ceil(log(2) / -log((n - 2) / (n - 1)))


def _short(climb: Fraction, n: int) -> str:
    from derive.authoring import decimal
    from derive.functions.taylor import point

    return decimal(point(climb / (n * (n - 2))), 2)


def _constant() -> tuple[Block, ...]:
    letters = scope(real("w"), real("a"), real("c", r"c \ne 0"), real("tau", r"\tau > 0"))
    free = scope(real("w"), real("tau", r"\tau > 0"), Letter(Declaration("g", "real", function=True)))
    return (
        Prose("When is the ratio exactly constant, in $w$?"),
        step(
            r"\frac{\frac{d}{dw} (a + c e^{-w/\tau})}{\frac{d}{dw} \left( -\frac{c}{\tau} e^{-w/\tau} \right)} = -\tau",
            "For an exponential tail it is.",
            letters,
            ledger=("C1", "C2"),
        ),
        Prose(
            "And for nothing else. Let $g = f'$, and suppose that $g / g' = -\\tau$ everywhere, that is $g' = -g/\\tau$."
        ),
        step(
            r"\frac{d}{dw} \left( g(w) e^{w/\tau} \right) = \left( g'(w) + \frac{g(w)}{\tau} \right) e^{w/\tau}",
            "By the product rule; and the right side is 0, since $g' = -g/\\tau$. So $g(w) e^{w/\\tau}$ is a constant: $f'$ is an "
            "exponential, and so is $f$, up to a constant.",
            free,
            ledger=("C1", "C2"),
        ),
    )


def _tails() -> tuple[Block, ...]:
    z = scope(real("z"))
    eps = scope(real("w"), real("varepsilon", r"\varepsilon > 0"))
    return (
        Prose(
            "Other tails, as $z$ grows. In each the first derivative vanishes and the second vanishes with it; what the ratio does is "
            "another matter each time."
        ),
        step(
            r"\frac{\frac{d}{dz} \frac{1}{1 + z^{2}}}{\frac{d}{dz} \left( -\frac{2 z}{(1 + z^{2})^{2}} \right)} = "
            r"-\frac{z (1 + z^{2})}{3 z^{2} - 1}",
            "The ratio for a tail like $1/z^2$.",
            z,
            ledger=("C2",),
        ),
        step(
            r"\lim_{z \to \infty} \frac{1}{z} \cdot \frac{z (1 + z^{2})}{3 z^{2} - 1} = \frac{1}{3}",
            "It is about $-z/3$: the ratio *grows*.",
            z,
            ledger=("C2",),
        ),
        step(
            r"\frac{\frac{d}{dz} e^{-z^{2}}}{\frac{d}{dz} (-2 z e^{-z^{2}})} = -\frac{z}{2 z^{2} - 1}",
            "The ratio for a Gaussian tail.",
            z,
            ledger=("C2",),
        ),
        step(
            r"\lim_{z \to \infty} 2 z \cdot \frac{z}{2 z^{2} - 1} = 1",
            "It is about $-\\frac{1}{2 z}$: the ratio *vanishes*, too.",
            z,
            ledger=("C2",),
        ),
        step(
            r"\frac{\frac{d}{dz} \ln(1 + e^{-z})}{\frac{d}{dz} \left( -\frac{1}{1 + e^{z}} \right)} = -1 - e^{-z}",
            "The ratio for the softplus $\\ln(1 + e^{-z})$, which ends in an exponential tail.",
            z,
            ledger=("C2",),
        ),
        step(r"\lim_{z \to \infty} (-1 - e^{-z}) = -1", "It tends to $-1$.", z, ledger=("C2",)),
        Prose("And the second derivative need not be small where the first is:"),
        step(
            r"\frac{d}{dw} \left( \varepsilon^{2} \sin\left( \frac{w}{\varepsilon} \right) \right) = "
            r"\varepsilon \cos\left( \frac{w}{\varepsilon} \right)",
            "A fine ripple has a derivative of size $\\varepsilon$.",
            eps,
            ledger=("C2",),
        ),
        step(
            r"\frac{d}{dw} \left( \varepsilon \cos\left( \frac{w}{\varepsilon} \right) \right) = "
            r"-\sin\left( \frac{w}{\varepsilon} \right)",
            "And a second derivative of size 1. The ratio is as small as the gradient itself.",
            eps,
            ledger=("C2",),
        ),
        Prose(
            "And a straight line $\\varepsilon w$ has second derivative 0: there is no ratio at all. So “may remain constant” is an existence "
            "statement, true of one family of functions."
        ),
    )
