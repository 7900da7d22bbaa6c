"""What real errors in books that nobody had looked at taught: each retyped, beside what is true and must stay quiet."""

from __future__ import annotations

import pytest

from derive.checking import check_text

ALARMS = ("refuted", "conditional")


def statuses(text: str) -> list[tuple[str, str]]:
    return [(step.step.formula, step.status.value) for step in check_text(text).steps]


def alarms(text: str) -> list[str]:
    return [formula for formula, status in statuses(text) if status in ALARMS]


COVARIANCE = r"""If $\text{Cov}[X, Y] > 0$, they move together. If $\text{Cov}[X, Y] < 0$, they do not.

\begin{align*} C &= E[XY - X E[Y] - E[X] Y + E[X]E[Y]] \\ &= E[XY] - END \end{align*}"""

ROULETTE = r"""```{example, name="Roulette Variances"}
We have seen that $E[X] = -\frac{2}{38}$. It is
\begin{align*}
\text{Var}[X] &= E[(X - -\frac{2}{38})^2] \\ v &= (35 - -\frac{2}{38})^2 \cdot \frac{1}{38} = VALUE
\end{align*}
```"""

INTERVAL = r"A proper subgroup is meant; see also the cyclic group. $$ y = c^2 (t - v x / c^2)^2 - (x - v t)^2 = (1 - v^2/c^2)(c^2 TIME - x^2) $$"

LIKELIHOOD = r"""$$ \log L(\beta_0, \beta_1, \sigma^2) = - \frac{n}{2} \log(\sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^{n} (y_i - \beta_0 - \beta_1 x_i)^2 $$

We take a derivative: $$ \frac{\partial \log L(\beta_0, \beta_1, \sigma^2)}{\partial LETTER} = SLOPE $$"""
RESIDUALS = r"\sum_{i=1}^{n} (y_i - \beta_0 - \beta_1 x_i)"
LOSS = r"""TOLD we have $$ L(w) = \sum_{i=1}^n (Z - t_i)^2 + c w^2 $$ so that $$ \frac{\partial L}{\partial w} = SLOPE $$"""
INTERACTION = r"$$ m(x_{1}, x_{2}, x_{1}x_{2}) = a x_{1} + b x_{2} + c x_{1} x_{2} $$ so $$ \frac{\partial m(x_{1}, x_{2}, x_{1}x_{2})}{\partial x_2} = SLOPE $$"

WRONG = {
    "an integral over the plane": r"$$ y = \int_0^\infty \int_0^{2\pi} \frac{1}{2\pi} e^{-r^2/2} r \; d\theta \; dr = 2 $$",
    "a residual sum of squares": r"$$ \mathrm{RSS}(b) = \sum_{i=1}^n (y_i - b x_i)^2 $$ and $$ \frac{\partial \mathrm{RSS}(b)}{\partial b} = 2 \sum_{i=1}^n x_i (y_i - b x_i) $$",
    "terms that should cancel": r"$$ d = (x_1 + 1) b_1 + \sum_{k=2}^p x_k b_k + \sum_{k=1}^p x_k b_k = b_1 $$",
    "j that is left out": r"$$ V = \sum_{i=1}^N \sum_{j\neq i} x_i x_j = \left(\sum_{i=1}^N x_i\right)^2 + \sum_{i=1}^N x_i^2 $$",
    "a sine of Euler": r"We can write $$ \sin(\omega t) = \frac{1}{2} e^{j \omega t} - \frac{1}{2} e^{-j \omega t} $$",
    "order that does not matter": r"It is $$ \frac{3}{4} \cdot 2 = 3. $$ This holds where order doesn't matter.",
    "a value found behind": r"The distance is $$ y = (t + 1)^2 = t^2 + t + 1. $$ It is minimized when $t = -3$.",
    "a likelihood": LIKELIHOOD.replace("LETTER", r"\beta_0").replace("SLOPE", rf"- \frac{{2}}{{\sigma^2}} {RESIDUALS}"),
    "a likelihood by a variance": LIKELIHOOD.replace("LETTER", r"\sigma^2").replace(
        "SLOPE", r"- \frac{n}{\sigma^2} + \frac{1}{2 (\sigma^2)^2} \sum_{i=1}^{n} (y_i - \beta_0 - \beta_1 x_i)^2"
    ),
    "a function of terms": INTERACTION.replace("SLOPE", "b + c x_2"),
    "a loss": LOSS.replace("TOLD", r"For $t_i = w x_i + \epsilon_i$")
    .replace("Z", "w x_i")
    .replace("SLOPE", r"\sum_{i=1}^n (w x_i - t_i) x_i + 2 c w"),
    "a mean with its size": r"We have $$ \sum_{i=1}^n (X_i - \bar{X}_n)^2 = \sum_{i=1}^n X_i^2 - n\bar{X}_n. $$",
    "a mean beside a double sum": r"$$ \begin{aligned} V &= \sum_{i=1}^N\sum_{j=1}^N x_i x_j \\ &= N^2 \overline{x} \end{aligned} $$",
    "a quotient of numerals": r"The probability is $$\frac{(52 \cdot 3 \cdot 2 \cdot 48) \cdot 5}{52 \cdot 51 \cdot 50 \cdot 49 \cdot 48} \approx .0024.$$",
    "a space behind a comma": r"$$ a = (x + 1)^2 \ , \ b = (x + 1)^2 = x^2 + x + 1 \ , \ c = x $$",
    "a zero matrix with its size": r"$$ M = \begin{pmatrix} 0 & 0 \\ 0 & 0 \end{pmatrix} \neq 0_{n \times n} \ \checkmark $$",
    "a proof that ends in a display": r"$$ y = (x + 1)^2 = x^2 + x + 1 . \qedhere $$",
    "cases of a covariance": COVARIANCE.replace("END", "E[XY]"),
    "two signs in brackets": ROULETTE.replace("VALUE", "33"),
    "a subgroup far away": INTERVAL.replace("TIME", "t"),
    "the letter of a sum that escapes": r"$$ y = \sum_{j = k+1}^\infty \frac{9}{10^j} = \frac{9}{10^j} \cdot \frac{1}{1 - 1/10} $$",
    "the j of engineers": r"$$ z = e^{j \omega t} + e^{-j \omega t} = 2 j \sin(\omega t) $$",
    "a square that is defined": r"With $$ s^2 = \frac{1}{N-1} \sum_{i=1}^N (x_i - c)^2 $$ we have $$ \sum_{i=1}^N (x_i - c)^2 = \sum_{i=1}^N x_i^2 - 2 c \sum_{i=1}^N x_i + c^2. $$",
}
"""As they were printed, but for their letters."""

MEANT = {
    "differentials in the other order": r"$$ y = \int_0^\infty \int_0^{2\pi} \frac{1}{2\pi} e^{-r^2/2} r \; dr \; d\theta = 1 $$",
    "a residual sum of squares": r"$$ \mathrm{RSS}(b) = \sum_{i=1}^n (y_i - b x_i)^2 $$ and $$ \frac{\partial \mathrm{RSS}(b)}{\partial b} = -2 \sum_{i=1}^n x_i (y_i - b x_i) $$",
    "terms that cancel": r"$$ d = (x_1 + 1) b_1 + \sum_{k=2}^p x_k b_k - \sum_{k=1}^p x_k b_k = b_1 $$",
    "an equation for a long side": r"$$ d = x + y + z = b $$",
    "j that is left out": r"$$ V = \sum_{i=1}^N \sum_{j\neq i} x_i x_j = N^2 \bar{x}^2 - \sum_{i=1}^N x_i^2 $$",
    "a cosine of Euler": r"We can write $$ \cos(\omega t) = \frac{1}{2} e^{j \omega t} + \frac{1}{2} e^{-j \omega t} $$",
    "a value in its case": r"\begin{example} At $t = 2$ we have $$ y = t^2 + t = 6 $$ \end{example}",
    "a likelihood": LIKELIHOOD.replace("LETTER", r"\beta_0").replace("SLOPE", rf"\frac{{1}}{{\sigma^2}} {RESIDUALS}"),
    "a likelihood by a variance": LIKELIHOOD.replace("LETTER", r"\sigma^2").replace(
        "SLOPE", r"- \frac{n}{2 \sigma^2} + \frac{1}{2 \sigma^4} \sum_{i=1}^{n} (y_i - \beta_0 - \beta_1 x_i)^2"
    ),
    "a function of terms": INTERACTION.replace("SLOPE", "b + c x_1"),
    "a likelihood at its top": LIKELIHOOD.replace("LETTER", r"\beta_0").replace("SLOPE", "0"),
    "a letter of a loss that depends on the argument": LOSS.replace("TOLD", "With $z_i = w x_i$")
    .replace("Z", "z_i")
    .replace("SLOPE", r"2 \sum_{i=1}^n (z_i - t_i) x_i + 2 c w"),
    "an estimate in a loss": LOSS.replace("TOLD", "Here")
    .replace("Z", r"\hat{y}_i")
    .replace("SLOPE", r"2 \sum_{i=1}^n (\hat{y}_i - t_i) x_i + 2 c w"),
    "an argument that depends on another": r"$$ f(x, y(x)) = x^2 + y $$ so $$ \frac{d f(x, y(x))}{d x} = 2 x + y'(x) $$",
    "estimates of a family": r"$$ S = \sum_{i=1}^n (y_i - \hat{y}_i)^2 = \sum_{i=1}^n y_i^2 - \sum_{i=1}^n \hat{y}_i^2 $$",
    "a mean with its size": r"We have $$ \sum_{i=1}^n (X_i - \bar{X}_n)^2 = \sum_{i=1}^n X_i^2 - n\bar{X}_n^2. $$",
    "a mean beside a double sum": r"$$ \begin{aligned} V &= \sum_{i=1}^N\sum_{j=1}^N x_i x_j \\ &= N^2 \overline{x}^2 \end{aligned} $$",
    "a bar of another size": r"$$ \begin{aligned} V &= \sum_{i=1}^N x_i \\ &= N \overline{x}_m \end{aligned} $$",
    "a rounded quotient": r"The probability is $$\frac{13 \cdot 48}{52 \cdot 51 \cdot 50} \approx .0047.$$",
    "cases of a covariance": COVARIANCE.replace("END", "E[X]E[Y]"),
    "a mean told before": ROULETTE.replace("VALUE", r"\frac{1774224}{54872}"),
    "a subgroup far away": INTERVAL.replace("TIME", "t^2"),
    "a word of groups beside a product": r"A proper subgroup is meant; see also the cyclic group. $$ y = g h = h g^{-1} $$",
    "a state that moves": r"$$ V = \frac{d}{dt} E(x) = - x^2 - y \sin x $$",
    "a null hypothesis": r"In an example $\mu_A = -1$, $\mu_B = 0$ and $\mu_C = 1$. We would like to test $$ H_0: \mu_A = \mu_B = \mu_C = \mu_D $$",
    "the j of engineers": r"$$ z = e^{j \omega t} + e^{-j \omega t} = 2 \cos(\omega t) $$",
    "a j that counts": r"$$ s_j = e^{j t} e^{-j t} = 1 $$",
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_is_alarmed(name: str) -> None:
    assert alarms(WRONG[name])


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_is_not_alarmed(name: str) -> None:
    assert alarms(MEANT[name]) == []


def test_a_sum_over_estimates_is_proved() -> None:
    text = r"$$ S = \sum_{i=1}^n (\tilde{x}_i + c)^2 = \sum_{i=1}^n \tilde{x}_i^2 + 2 c \sum_{i=1}^n \tilde{x}_i + n c^2 $$"
    assert statuses(text)[1][1] == "proved"


def test_an_exponential_with_an_index_above_it_is_no_complex_number() -> None:
    """Where j counts, e^{j t} is a real power: what holds for the imaginary unit is not proved."""
    text = r"$$ s_j = 1, \quad u = |e^{j t}| = 1 $$"
    assert ("proved", "supported") != tuple({status for _, status in statuses(text)})
    assert all(status != "proved" for formula, status in statuses(text) if "|" in formula)
