"""C1 to C11: second derivatives and Newton's method."""

from __future__ import annotations

from derive.entry import Count, Experiment, empirical, entry, provided, reading


def _chain(seed: int) -> tuple[Count, ...]:
    """Imported when it runs, for NumPy takes its time."""
    from derive.claims.experiments.chain import solved

    return solved(seed)


ENTRIES = (
    entry(
        "C1",
        "10.11",
        "Second derivatives may vanish together with first ones, so that their ratio stays about constant.",
        reading(
            "first derivatives",
            r"\lim_{n \to \infty} \frac{d}{d w} w^n = 0",
            "0 < w < 1",
            "In a chain of $n$ equal weights they vanish with the depth.",
        ),
        reading(
            "second ones",
            r"\lim_{n \to \infty} n (n - 1) w^{n-2} = 0",
            "0 < w < 1",
            "So do the second derivatives.",
        ),
        reading(
            "the ratio of exponentials",
            r"\frac{\frac{d}{d w} e^{-w / \tau}}{\frac{d^2}{d w^2} e^{-w / \tau}} = -\tau",
            r"w in R; \tau > 0",
            "Where the loss falls exponentially the ratio is constant.",
        ),
        reading(
            "the ratio of powers",
            r"\frac{w}{n - 1} = \frac{w}{n}",
            "0 < w < 1; n in N; n \\ge 2",
            "In the chain the ratio is $w / (n - 1)$; at another depth it would be the same.",
        ),
        correction="In a chain the ratio falls like $1/n$ while both derivatives fall exponentially: the gain is polynomial instead of exponential, not a constant "
        "ratio. Constant it is for $a + c e^{-w / \\tau}$ only.",
        corrected=(
            reading(
                "the law 1/n",
                r"\frac{\frac{d}{d w} w^n}{\frac{d^2}{d w^2} w^n} = \frac{w}{n - 1}",
                "0 < w < 1; n in N; n \\ge 2",
            ),
        ),
        topic="second-order",
    ),
    entry(
        "C2",
        "10.11",
        "Wherever a function flattens, the ratio of its first and second derivatives stays about constant.",
        reading(
            "a rational tail",
            r"\lim_{z \to \infty} \frac{\frac{d}{d z} \frac{1}{1 + z^2}}{\frac{d^2}{d z^2} \frac{1}{1 + z^2}} = -1",
            "",
            "On $1/(1 + z^2)$ the ratio would tend to a constant, say $-1$.",
        ),
        reading(
            "a Gaussian tail",
            r"\lim_{z \to \infty} \frac{\frac{d}{d z} e^{-z^2}}{\frac{d^2}{d z^2} e^{-z^2}} = -1",
            "",
            "On $e^{-z^2}$ as well.",
        ),
        correction="On a rational tail the ratio grows without bound, on a Gaussian one it vanishes; it is constant on exponential ones only.",
        corrected=(
            reading(
                "Gaussian",
                r"\lim_{z \to \infty} \frac{\frac{d}{d z} e^{-z^2}}{\frac{d^2}{d z^2} e^{-z^2}} = 0",
            ),
        ),
        see=("C1",),
        topic="second-order",
    ),
    entry(
        "C3",
        "10.11, what it leaves out",
        "Dividing the first derivative by the second sends a vanishing chain towards its target.",
        reading(
            "Newton's step",
            r"-\frac{w (w^n - y)}{(2 n - 1) w^n - (n - 1) y} > 0",
            "w > 0; y > 0; n in N; n \\ge 2; w^n < y",
            "The step for the loss $\\frac{1}{2} (w^n - y)^2$ below the target: it should go up.",
        ),
        correction="Where the loss is concave, $w^n < y \\frac{n-1}{2n-1}$, Newton's step goes the wrong way, to the maximum at 0; and the step of Gauss and Newton explodes there.",
        corrected=(
            reading(
                "the slope",
                r"\frac{d}{d w} \frac{1}{2} (w^n - y)^2 = n w^{n-1} (w^n - y)",
                "w > 0; y > 0; n in N",
            ),
            reading(
                "the curvature",
                r"\frac{d^2}{d w^2} \frac{1}{2} (w^n - y)^2 = n w^{n-2} ((2 n - 1) w^n - (n - 1) y)",
                "w > 0; y > 0; n in N; n \\ge 2",
            ),
            reading(
                "the wrong way",
                r"-\frac{w (w^n - y)}{(2 n - 1) w^n - (n - 1) y} < 0",
                "w > 0; y > 0; n in N; n \\ge 2; (2 n - 1) w^n < (n - 1) y; w^n < y",
            ),
            reading(
                "Gauss and Newton",
                r"\lim_{w \to 0^+} \frac{y - w^5}{5 w^4} = \infty",
                "y > 0",
                "For $n = 5$.",
            ),
        ),
        topic="second-order",
    ),
    entry(
        "C4",
        "10.11",
        "Second-order methods are attracted by saddle points.",
        reading(
            "along the falling direction",
            r"\left\lvert y + \frac{y}{B} \right\rvert \le \lvert y \rvert",
            "y, B in R; B \\ne 0",
            "At the saddle of $\\frac{1}{2} (x^2 - y^2)$ a step divides the slope $-y$ by an estimate $B$ of the curvature: it does not lead away.",
            repair=provided(
                "B = -1", "the method is Newton's without damping: $B$ is the second derivative itself, $-1$"
            ),
        ),
        correction="Undamped Newton steps are drawn to every non-degenerate critical point, saddles included. Methods with a positive curvature (Gauss-Newton, trust regions, "
        "absolute values) leave a saddle, as gradient descent does.",
        corrected=(
            reading("Newton: in one step", r"y + \frac{y}{-1} = 0", "y in R"),
            reading(
                "with positive curvature",
                r"\left\lvert y + \frac{y}{B} \right\rvert > \lvert y \rvert",
                "y > 0; B > 0",
                "It moves away.",
            ),
        ),
        topic="second-order",
    ),
    entry(
        "C5",
        "10.11",
        "In higher dimension, dividing by the second derivative is multiplying by the inverse of the Hessian.",
        reading(
            "on a quadratic function",
            r"x - H^{-1} (H x - b) = H^{-1} b",
            "H in R^{n x n} symmetric invertible; x, b in R^n",
            "With the gradient $H x - b$ one step leads to the critical point, from anywhere.",
        ),
        topic="newton",
    ),
    entry(
        "C6",
        "10.11",
        "Second-order methods need large minibatches.",
        reading(
            "the ratio is biased",
            r"\operatorname{E}\left[\frac{1}{h}\right] > 1",
            "0 \\le d < 1; h ~ finite(1 - d: 1/2, 1 + d: 1/2)",
            "The estimate $h$ of a curvature 1 is $1 - d$ or $1 + d$; the step is divided by it.",
            repair=provided("d > 0", "the estimate of the curvature is noisy ($d > 0$)"),
        ),
        correction="The mean of a ratio is not the ratio of the means: the bias is the variance of the estimate divided by the cube of the curvature, to first order, and falls like "
        "$1/m$ with the size $m$ of the minibatch.",
        corrected=(
            reading(
                "how large",
                r"\operatorname{E}\left[\frac{1}{h}\right] = \frac{1}{1 - d^2}",
                "0 \\le d < 1; h ~ finite(1 - d: 1/2, 1 + d: 1/2)",
            ),
        ),
        topic="second-order",
    ),
    entry(
        "C7",
        "SE-A",
        "Newton's updates are proportional to the derivative, so a huge derivative makes the step diverge.",
        reading(
            "because of it",
            r"\left\lvert \frac{F}{a} \right\rvert < \left\lvert \frac{F}{b} \right\rvert",
            "F in R; F \\ne 0; a > 0; b > a",
            "For a given value $F$ of the function, the larger slope $b$ makes the longer step.",
        ),
        reading(
            "at the same time",
            r"\lim_{x \to \infty} \frac{x^2}{2 x} = \infty",
            "",
            "There are functions, such as $x^2$, for which the slope and the step both grow without bound.",
        ),
        correction="Newton's step $-f/f'$ is *inversely* proportional to the derivative: a huge one makes it small, a tiny one huge. The step that is proportional to the derivative is "
        "that of gradient descent (C8).",
        corrected=(
            reading(
                "inversely",
                r"\left\lvert \frac{F}{b} \right\rvert < \left\lvert \frac{F}{a} \right\rvert",
                "F in R; F \\ne 0; a > 0; b > a",
            ),
            reading("the scale drops out", r"\frac{c F}{c D} = \frac{F}{D}", "c, F, D in R; c \\ne 0; D \\ne 0"),
        ),
        topic="newton",
    ),
    entry(
        "C8",
        "SE-Q; 10.11.1",
        "A huge derivative throws gradient descent far.",
        reading(
            "proportional",
            r"\lvert (x - \eta g) - x \rvert = \eta \lvert g \rvert",
            "\\eta > 0; x, g in R",
            "The length of its step.",
        ),
        reading(
            "too far",
            r"4 \eta x^3 - x > x",
            "\\eta > 0; x > 0; 2 \\eta x^2 > 1",
            "On $x^4$, beyond $x = (2 \\eta)^{-1/2}$: across the minimum and farther away, again and again.",
        ),
        topic="newton",
    ),
    entry(
        "C9",
        "SE-A, corrected",
        "Newton's method does diverge, for other reasons.",
        reading(
            "arctan",
            r"(1 + x^2) \arctan(x) - x > x",
            "x \\ge \\frac{3}{2}",
            "From $x = 3/2$ on each step for the root of $\\arctan$ leads across it and farther away.",
        ),
        reading(
            "the cube root",
            r"x - \frac{x^{1/3}}{\frac{d}{d x} x^{1/3}} = -2 x",
            "x > 0",
            "It doubles the distance each time, although the derivative at the root is infinite.",
        ),
        reading(
            "a cycle, there",
            r"0 - \frac{0^3 - 2 \cdot 0 + 2}{3 \cdot 0^2 - 2} = 1",
            "",
            "For $x^3 - 2 x + 2$ the step from 0 leads to 1",
        ),
        reading("and back", r"1 - \frac{1^3 - 2 \cdot 1 + 2}{3 \cdot 1^2 - 2} = 0", "", "and from 1 to 0."),
        topic="newton",
    ),
    entry(
        "C10",
        "SE-A, corrected",
        "Where the derivative vanishes and the function does not, Newton's step has a pole.",
        reading(
            "a simple one",
            r"\lim_{x \to 0} x \cdot \frac{c + a x^2}{2 a x} = \frac{c}{2 a}",
            "a, c in R; a \\ne 0; c \\ne 0",
            "At a critical point at 0 with value $c$ and second derivative $2 a$: the step times $x$ has a limit.",
        ),
        reading(
            "a double one",
            r"\lim_{x \to 0} x^2 \cdot \frac{c + a x^3}{3 a x^2} = \frac{c}{3 a}",
            "a, c in R; a \\ne 0; c \\ne 0",
            "One order more for each further derivative that vanishes.",
        ),
        reading(
            "none at a multiple root",
            r"\frac{x^m}{\frac{d}{d x} x^m} = \frac{x}{m}",
            "x > 0; m in N",
            "Where the function vanishes, too, there is none.",
        ),
        topic="newton",
    ),
    empirical(
        "C11",
        "10.11, on momentum",
        "Nesterov momentum with careful initialisation does as well as second-order methods.",
        Experiment(
            "The loss $\\frac{1}{2} (w_1 \\cdots w_{10} - 1)^2$ from weights drawn uniformly, between 0.3 and 1 (careless) or between 0.6 and 1 (careful): 100 runs of 200 steps each "
            "of gradient descent and of Nesterov momentum 0.9, both with learning rate 0.01, and of Gauss-Newton with damping 1/10. A run succeeds if the product is within 0.001 of 1 "
            "at the end.",
            _chain,
        ),
        reading(
            "on a quadratic function",
            r"z^2 - (1 + \beta) c z + \beta c = \left(z - \left(1 - \frac{1}{s}\right)\right)^2",
            r"s > 1; z in R; \beta = \frac{s - 1}{s + 1}; c = 1 - \frac{1}{s^2}",
            "With condition number $s^2$, step $1/L$ and this momentum, the slowest mode has the double root $1 - 1/s$: its error falls like $(1 - 1/\\sqrt{\\kappa})^k$, up to a factor $k$.",
        ),
        correction="On quadratic functions Nesterov momentum gains a square root in the condition number; Newton's method needs one step. What training does depends on the problem, "
        "the start and the budget.",
    ),
)
