"""Section: three exercises with judged solutions (claims G1, G2, G4)."""

from __future__ import annotations

from derive.authoring import exercise, exercises, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.inexact_gradients import Options


def practice(options: Options) -> Section:
    return exercises(_size(), _halving(), _window())


def _size() -> tuple[Block, ...]:
    return exercise(
        "The gradients of 1000 training examples have variance 4. How large a minibatch has standard error $1/10$ or less, with and without replacement?",
        Prose(
            "The variance must be $1/100$ or less. With replacement $4/m \\le 1/100$ gives $m = 400$. Without, solve $\\frac{4}{m} \\cdot \\frac{1000 - m}{999} = \\frac{1}{100}$."
        ),
        step(r"\frac{4}{400} = \frac{1}{100}", "With replacement 400,", scope(), ledger=("G1",)),
        step(
            r"\frac{4}{286} \cdot \frac{1000 - 286}{999} < \frac{1}{100}",
            "without replacement 286 suffice,",
            scope(),
            ledger=("G1",),
        ),
        step(r"\frac{4}{285} \cdot \frac{1000 - 285}{999} > \frac{1}{100}", "and 285 do not.", scope(), ledger=("G1",)),
    )


def _halving() -> tuple[Block, ...]:
    letters = scope(
        real("eta", r"\eta > 0"),
        real("h", r"h > 0"),
        real("sigma", r"\sigma > 0"),
        integer("m", r"m \ge 1"),
        given=(r"\eta h < 2",),
    )
    whole = r"\frac{\eta \sigma^{2}}{h (2 - \eta h) m}"
    half = r"\frac{\frac{\eta}{2} \sigma^{2}}{h \left( 2 - \frac{\eta}{2} h \right) m}"
    return exercise(
        "True or false: halving the learning rate halves the noise floor exactly.",
        Prose("False: the factor $2 - \\eta h$ in the denominator changes, too, in your favour."),
        quoted(
            rf"{half} = \frac{{1}}{{2}} \cdot {whole}",
            "The sentence as a formula.",
            letters,
            "the sentence of the exercise",
            "halves the noise floor exactly",
            ledger=("G4",),
        ),
        step(rf"{half} < \frac{{1}}{{2}} \cdot {whole}", "It falls to less than half.", letters, ledger=("G4",)),
        step(
            rf"\lim_{{\eta \to 0^{{+}}}} \frac{{{half}}}{{{whole}}} = \frac{{1}}{{2}}",
            "For small steps it is half.",
            scope(real("h", r"h > 0"), real("sigma", r"\sigma > 0"), integer("m", r"m \ge 1")),
            ledger=("G4",),
        ),
    )


def _window() -> tuple[Block, ...]:
    return exercise(
        "A recurrence has the weight $a = 0.99$. How many steps must truncated backpropagation keep so that in a long run the gradient is biased by at most one per cent?",
        Prose("The bias is $a^K$, so $K \\ge \\ln 0.01 / \\ln 0.99$."),
        step(r"\frac{\ln 0.01}{\ln 0.99} \approx 458.2", "The bound.", scope(), ledger=("G2",)),
        step(r"0.99^{459} < 0.01", "So 459 steps suffice,", scope(), ledger=("G2",)),
        step(r"0.99^{458} > 0.01", "and 458 do not: a long memory needs a long window.", scope(), ledger=("G2",)),
    )
