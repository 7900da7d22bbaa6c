"""What further unseen books taught: formulas retyped, true as their text means them; errors near by that must still be found; and what
the same misreadings would have proved."""

from __future__ import annotations

import pytest

from derive.checking import check_document, check_text
from derive.notes.files import read_text
from derive.notes.settings import Settings

ALARMS = ("refuted", "conditional")


def statuses(text: str) -> list[tuple[str, str]]:
    return [(step.step.formula, step.status.value) for step in check_text(text).steps]


def alarms(text: str) -> list[str]:
    return [formula for formula, status in statuses(text) if status in ALARMS]


INDEPENDENT_SUM = (
    r"\begin{align} M(X + Y) &= \mathbb{E}(e^{t(X+Y)}) \\ &= \mathbb{E}(e^{tX}) \, \mathbb{E}(e^{tY}) \end{align}"
)

MEANT = {
    "a condition in a cell": r"$$\begin{align} M(t) &= \int_{0}^{\infty} e^{-x(1-t)} dx \\ &= \boxed{\frac{1}{1-t}} &\quad \text{ for } t < 1 \end{align}$$",
    "a condition with bars": r"$$\begin{align} \frac{1}{1-t} &= \sum_{n=0}^{\infty} t^n &\quad \text{ for } |t| < 1 \end{align}$$",
    "a condition in brackets": r"$$\begin{align} y &= \sqrt{x^2} \\ &= -x & (x \le 0) \end{align}$$",
    "a condition in brackets behind a space": r"$$ y = \sqrt{x^2} = x \qquad (x \geq 0), $$",
    "a condition with dollars": r"$$ y = \sqrt{x^2} = -x \text{ for $x < 0$} $$",
    "what a condition excludes": r"$$ y = \sqrt{x^2} = x \text{, unless } x < 0 $$",
    "a definition at the end of the last line": r"$$ \begin{split} f & = \exp\left(\sum_{k=1}^K x_k\log\mu_k\right) \\ & = \exp\left[\sum_{k=1}^{K-1} x_k\log\mu_k + (1-\sum_{k=1}^{K-1} x_k)\log(1-\sum_{k=1}^{K-1} \mu_k)\right] \\ & = \exp\left[\sum_{k=1}^{K-1} x_k\log\frac{\mu_k}{\mu_K}+\log\mu_K\right] \text{, where } \mu_K = 1-\sum_{k=1}^{K-1} \mu_k \end{split} $$",
    "a reason that is an equation": r"$$\begin{align} y &= a^2 + 1 \\ &= a + 1 & \quad \text{since } a^2 = a \end{align}$$",
    "a root of unity": r"The value $$ \omega_n = e^{\frac{2\pi i}{n}} $$ has the property that $\omega_n^n = e^{2\pi i} = 1$. Therefore, $\omega_n^{j+n} = \omega_n^j \omega_n^n = \omega_n^j$.",
    "independence beside a row": INDEPENDENT_SUM.replace(r"\end", r"&\quad \text{ by independence} \end"),
    "independence in slanted words": f"If we have _independent_ r.v. $X$ and $Y$, then\n\n{INDEPENDENT_SUM}",
    "the imaginary unit": r"We introduce the number $i$ that satisfies $i^2 = -1$. $$ z = \frac{1}{a + ib} = \frac{a - ib}{a^2 + b^2} $$",
    "a coefficient called gamma": r"If $\alpha a + \gamma c = 0$, then $\alpha = \beta = \gamma = 0$.",
    "a material derivative": r"We have $$ y = \frac{D}{Dt} \left(\frac{p}{\rho}\right) = - \frac{p}{\rho^2} \frac{D\rho}{Dt} + \frac{1}{\rho} \frac{Dp}{Dt} $$",
    "an increment": r"$$ s = (x + \Delta x)^2 - x^2 = 2 x \Delta x + \Delta x^2 $$",
    "a variation": r"$$ s = (x + \delta x)^2 - x^2 = 2 x \delta x + \delta x^2 $$",
    "degrees": r"At an angle of 30 degrees it is $60 \cos(30) = 60 \times \frac{\sqrt{3}}{2} = 30 \sqrt{3}$.",
    "rounded degrees": r"$$ F = 60 \sin(-36.87) = -36.0 $$",
    "a rounded root": r"$$ |z| \le (0.5)^{\frac{N}{2}+1} (b-a) \le (0.707)^{N} \frac{b-a}{2} $$",
    "a deviation": r"For $X \sim \mathcal{N}(\mu, \sigma^2)$ we find $$ M = \mathbb{E}(e^{tX}) = \int_{-\infty}^{\infty} e^{tx} \, \frac{1}{\sigma \sqrt{2\pi}} e^{-\frac{1}{2} \left(\frac{x - \mu}{\sigma}\right)^2} \, dx $$",
    "a generating function": r"With $a = \frac{1}{2}(1 + \sqrt{5})$ we have $$ F(z) = \frac{1}{1 - a z} = \sum_{n=0}^\infty a^n z^n $$",
    "a bound that is not understood": r"For $N > 0$, let $N \leq \sqrt{2}^n$. We know $$ X \leq \left(\frac{3N}{n}\right)^n \leq \left(\frac{3}{n}\right)^n \sqrt{2}^{n^2} $$",
    "a signed number put for a letter": r"$$ f = 6 x^2 + 3 y^2 = 6\times -0.5^2 + 3 \times 1^2 = 6\times -0.5^2 + 3 = 4.5 $$",
    "a value computed more precisely": r"$F = \frac{0.00803}{0.00158} = 5.082 \approx 5.077$",
    "a value given far before": r"Take $n = 10$ and $p = 0.15$. "
    + "We use $f$ here. " * 20
    + r"We verify $$ m = np = 400 \times 0.15 = 60 $$",
    "a residual maker": r"$$ v = \sigma^2 [(\mathbf{M}_1 \mathbf{x}_2)^T (\mathbf{M}_1 \mathbf{x}_2)]^{-1} = \sigma^2 (\mathbf{x}_2^T \mathbf{M}_1 \mathbf{x}_2)^{-1} $$",
    "a hat matrix": r"$$ S = (I - P)^2 = I - 2 P + P^2 = I - 2 P + P $$",
    "a sum that goes on in the next line": r"$$ y = 3 + 4 \\ + 5 = 12 $$",
    "an inverse told": r"The inverse of $A$ is the matrix $X$ such that $$ AX = XA = I, $$ where $I$ is the identity matrix.",
    "an antisymmetric matrix": r"If $A^T = -A$, then $$ \det(A) = \det(A^T) = \det(-A) $$",
    "a polynomial by its name": r"Since $P_1(\cos \theta) = \cos \theta$, and the $P_n(x)$ are orthogonal, we are done.",
    "a recurrence": r"$$ A_\text{s}(n) = 7 A_\text{s}\left( \frac{n}{2} \right) + n^2 = 7 \left(7 A_\text{s}\left( \frac{n}{4} \right) + \frac{n^2}{4} \right) + n^2 $$",
    "what a minimum chooses": r"$$ \begin{aligned} \min_{w} L &= w^2 - 2 w a + a c \\ &= a c - a^2 \end{aligned} $$",
    "what is substituted by its number": r"Substituting (6.9) into (6.8) gives the following: $$ L = x^2 - 2 x y + y^2 = 1 - 2 x y $$",
    "rows of a matrix": r"$$ s = \mathbf{F}_i \mathbf{F}_j^{\top} = \left(\mathbf{F}_i \mathbf{F}_j^{\top}\right)^{\top} $$",
    "an assumption around a section": "If $P^2=P$ show that $(I-P)^2=I-P$.\n\n## A) $(I-P)^2 = I - 2P + P^2 = I - 2P + P = I - P$. So it is another.",
    "words of another language": "Сила тока в цепи и напряжение на концах участка связаны законом, как показано выше в этой главе. $$ L = x^2 + y^2 = 1 + y^2 $$",
}

WRONG = {
    "against a condition in a cell": r"$$\begin{align} y &= \sqrt{x^2} \\ &= x & (x \le 0) \end{align}$$",
    "in spite of a condition": r"$$\begin{align} y &= (x + 1)^2 \\ &= x^2 + 1 &\quad \text{ for } x > 2 \end{align}$$",
    "an increment": r"$$ s = (x + \Delta x)^2 - x^2 = 2 x \Delta x $$",
    "a limit of increments": r"$$ y = \lim_{\Delta x \to 0} \frac{(x + \Delta x)^2 - x^2}{\Delta x} = \lim_{\Delta x \to 0} (2 x + \Delta x) = 3 x $$",
    "an angle in degrees": r"$$ x = 60 \sin(30) = 60 \times \frac{1}{3} $$",
    "a letter called gamma": r"$$ y = (x + \gamma)^2 = x^2 + \gamma x + \gamma^2 $$",
    "a mean": r"Let $\bar x = \frac{1}{n} \sum_{i=1}^{n} x_i$. Then $$ s = \sum_{i=1}^{n} (x_i - \bar x)^2 = \sum_{i=1}^{n} x_i^2 - 2 n \bar x^2 $$",
    "a factor before a matrix that meets itself": r"$$ v = (\mathbf{M}_1 \mathbf{x}_2)^T (\mathbf{M}_1 \mathbf{x}_2) = 2 \mathbf{x}_2^T \mathbf{M}_1 \mathbf{x}_2 $$",
    "a sum that goes on in the next line": r"$$ y = 3 + 4 \\ + 5 = 13 $$",
    "a value given here": r"Take $n = 10$ and $p = 0.15$. We verify $$ m = np = 400 \times 0.15 = 60 $$",
    "a generating function": r"With $a = \frac{1}{2}(1 + \sqrt{5})$ we have $$ F(z) = \frac{1}{1 - a z} = \sum_{n=0}^\infty a^n z^{2n} $$",
    "a deviation": r"For $X \sim \mathcal{N}(\mu, \sigma^2)$ we find $$ s = \sqrt{\sigma^2 \mu^2} = \sigma \mu $$",
    "a number of another language": "Сила тока в цепи и напряжение на концах участка связаны законом, как показано выше. $$ L = 2 + 3 = 6 $$",
    "letters in a named quantity": r"It can be written as $$ \text{NLL}(w) = \frac{1}{2}(y - X w)^T(y - X w) $$ Hence, $$ g = \frac{1}{2} (X^T X w + X^T X w - 2 X^T y) = \frac{1}{2} (X^T X w - X^T y) $$",
    "a constant without a subscript": r"Else $e^{5x} = C$ for a constant $C$. Now $$ y = (C_1 + x)^2 = C_1^2 + x^2 $$",
    "a maximum on both sides": r"$$ \max_{w} L = (w + 1)^2 - w^2 $$ and $$ y = (w + 1)^2 - w^2 = 2 w $$",
    "rows of a matrix": r"$$ s = \mathbf{F}_i \mathbf{F}_j^{\top} = 2 \mathbf{F}_j \mathbf{F}_i^{\top} $$",
    "a decimal bound": r"$$ |z| \le (0.707)^{4} x^2 \le 0.125 x^2 $$",
}

UNPROVED = {
    "quotients of increments": r"$$ s = \frac{\Delta y}{\Delta x} = \frac{y}{x} $$",
    "quotients of variations": r"$$ s = \frac{\delta y}{\delta x} = \frac{y}{x} $$",
    "material derivatives": r"$$ s = \frac{D (p q)}{D t} = p \frac{D q}{D t} $$",
    "increments of products": r"$$ s = \Delta(x y) = x \Delta y $$",
    "the sign of gamma": r"$$ s = \sqrt{\gamma^2} = \gamma $$",
    "a series in gamma": r"$$ s = \sum_{k=0}^\infty \gamma^k = \frac{1}{1-\gamma} $$",
    "a recurrence": r"$$ s = A_\text{s}(n) = A_\text{s}(2) \frac{n}{2} $$",
    "a polynomial by its name": r"The $P_n(x)$ are orthogonal. $$ s = P_1(\cos \theta) = \cos \theta \, P_1 $$",
    "unless": r"$$\begin{align} y &= \sqrt{x^2} = x & \text{unless } x > 0 \end{align}$$",
}

PROVED = {
    "a condition in a cell": r"$$\begin{align} y &= \sqrt{x^2} \\ &= -x & (x \le 0) \end{align}$$",
    "a limit of increments": r"$$ y = \lim_{\Delta x \to 0} \frac{(x + \Delta x)^2 - x^2}{\Delta x} = 2 x $$",
    "a member of a family of increments": r"$$ S = \sum_{k=1}^n 2 \Delta t_k = 2 \sum_{k=1}^n \Delta t_k $$",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_is_meant_otherwise_is_no_mistake(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_mistakes_are_still_found(text: str) -> None:
    assert alarms(text)


@pytest.mark.parametrize("text", UNPROVED.values(), ids=UNPROVED)
def test_what_was_misread_is_not_proved(text: str) -> None:
    assert statuses(text)[-1][1] == "undecided"


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED)
def test_what_is_understood_is_proved(text: str) -> None:
    assert statuses(text)[-1][1] == "proved"


def test_a_primed_sum_is_read_past() -> None:
    assert alarms(r"$$ s = \sum'_{n} a_n = 3 + 1 = 5 $$") == ["3 + 1 = 5"]


BOOK = r"""
\begin{examplewrap}\begin{nexample}{A sample}
There are $n = 10$ of them, and $p = 0.5$.
\end{nexample}\end{examplewrap}

%s
We verify that
\begin{align*} np &= 400 \times 0.15 = 60 \end{align*}
%s
"""


@pytest.mark.parametrize("begin, end", [(r"\begin{nexample}", r"\end{nexample}"), ("", "")])
def test_a_value_ends_with_its_example(begin: str, end: str) -> None:
    text = BOOK % (begin, end)
    report = check_document(
        read_text(r"\documentclass{book}\begin{document}" + text + r"\end{document}", "a.tex", Settings())
    )
    assert not [step for step in report.steps if step.status.value in ALARMS]
