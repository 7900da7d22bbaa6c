"""What a third round of unseen books taught: formulas retyped, true as their text means them, and errors near by that must still be
found."""

from __future__ import annotations

import pytest

from derive.checking import check_document
from derive.notes.files import read_text
from derive.notes.settings import Settings

ALARMS = ("refuted", "conditional")


def statuses(text: str, name: str = "a.md") -> list[tuple[str, str]]:
    report = check_document(read_text(text, name, Settings()))
    return [(step.step.formula, step.status.value) for step in report.steps]


def alarms(text: str, name: str = "a.md") -> list[str]:
    return [formula for formula, status in statuses(text, name) if status in ALARMS]


SUM = r"\sum_{k = 0}^{N-1} e^{-j \Omega k}"
MEANT = {
    "a number in front": r"$$ \begin{aligned} (1) &\quad \binom{n}{k} = \binom{n}{n-k} \\[4pt] (2) &\quad \binom{n}{k} = \binom{n-1}{k-1} + \binom{n-1}{k} \end{aligned} $$",
    "a number in a cell": r"$$ \begin{aligned} (1) & y = x + x = 2 x \\ (2) & y = x (1 + 1) = 2 x \end{aligned} $$",
    "true or false": "# Exercise\nFor each of the following statements decide whether they are true or false.\n\n"
    "For each two $n \\times n$-matrices $A$ and $B$ it holds that\n\n$$ \\det{(A+B)} = \\det{A}+\\det{B}. $$",
    "rows interchanged": "Let $B$ be the matrix $A$ with the first and second row interchanged.\n\nBecause of rule iii., we have\n\n"
    r"$$ \det{B} = -\det{A} = -d. $$",
    "braces that do not show": r"It follows that $$ M = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix} = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix} {\begin{pmatrix} 3 & 0 \\ 0 & 3 \end{pmatrix} \begin{pmatrix} 3 & 0 \\ 0 & 3 \end{pmatrix}}^{-1} $$",
    "a quotient rounded to a whole number": r"$$ v = \frac{67968}{24 - 2} = 3089 $$",
    "a sample size": r"$$ M = \frac{2}{n-1}\sigma^4 > \frac{2n-1}{n^2}\sigma^4 $$",
    "a subgroup": "Soit $H$ un sous-groupe du groupe $G$. Comme le sous-groupe est stable $$ K = H^{-1} = H $$",
    "every equation at the left": r"Consider $$ \begin{aligned} &2 x-y+3 z=-3\\ &3 x+3 y-z=10\\ &-x-y+z=-4 \end{aligned} $$",
    "an integral called I": r"The identity matrix is $I$. $$ y = I = \left[\int_0^1 x \, dx\right] + 1 $$",
    "an indicator": r"Then since $X = 0$ or 1, $$ m = E(X^2) = E(X) $$",
    "a set": r"We define $$ 1 = \{0\} $$",
    "an engineer's unit": rf"$$ D = {SUM} = e^{{-j \Omega \frac{{N-1}}{{2}}}} \cdot \frac{{\sin \left(\frac{{N \Omega}}{{2}} \right)}}{{\sin \left( \frac{{\Omega}}{{2}} \right)}} $$",
    "a causal signal": r"A causal signal $x[k]$ of length $L$ with a signal $h[k]$ of length $N$: $$ y = \sum_{\kappa = 0}^{L-1} x[\kappa] h[k - \kappa] = \sum_{\kappa = 0}^{N-1} h[\kappa] x[k - \kappa] $$",
    "an engineer's number": r"$$ z = \frac{1}{\sigma + j \omega} = \frac{\sigma - j \omega}{\sigma^2 + \omega^2} $$",
    "millions": r"It has $2 \times (512 \times 2048) = 2,097,152 \approx 2 \text{ million}$.",
    "a triangle": r"$$ \begin{aligned} a &= \sqrt{r^2 - (r-h)^2} = r \sin(\theta) \\ h &= r (1 - \cos(\theta)) = r - \frac{a}{\tan(\theta)} \end{aligned} $$",
    "points that are rows": r"$$ L = \frac{1}{n} \sum_{i=1}^n (X_i - z_i w)(X_i - z_i w)^T = \frac{1}{n} \sum_{i=1}^n (X_i X_i^T - 2 z_i X_i w^T + z_i^2 w w^T) $$",
    "a law in words": r"If $X$ is a Poisson random variable with parameter $\lambda$, then $$ m = E(X) = Var(X) = \lambda $$",
    "a partition": r"We must use the law of total probability for $P(A)$ and $B_1$. $$ q = \frac{P(B_3 A)}{P(A)} = \frac{P(A | B_3)P(B_3)}{P(A | B_1)P(B_1) + P(A | B_2)P(B_2) + P(A | B_3)P(B_3)} $$",
    "the end of an argument": r"$$ s = \sum_{k=1}^{n}\sin kt = \frac{\sin \frac{1}{2}(n+1)t \cdot \sin\frac{1}{2}nt}{\sin \frac{1}{2}t} $$",
    "a letter i that counts": r"Let $x \in [a + i d, a + (i+1) d)$ for $0 \le i \le m$. $$ \begin{aligned} x &\ge a + i d \\ |x - (a + i d)| &= x - a - i d \\ &= x - a - d i \end{aligned} $$",
    "a property of a random letter": r"$$ m = E(X^2) = E(X) $$",
    "a property of a matrix": r"$$ M = B^{-1} = B $$ and $$ d = \det B = -\det C $$",
    "a norm of functions": r"$$ s = \lVert\sin k\omega_0 t\rVert^2 = \lVert\cos k\omega_0 t\rVert^2 $$",
    "a conjugate with a star": r"$$ w = \dfrac{z^*}{z z^*} = \dfrac{z^*}{|z|^2} $$",
    "powers of ten": r"$$ r = 5 \times 10^{14}/1 \times 10^{16} = 0.05 $$",
    "decimals that come to a whole number": r"$$ c = \frac{1110.9889}{333.33} + \frac{4443.9489}{333.33} + \frac{1110.9889}{333.33} = 20 $$",
    "another case of one left side": r"For $v(t) = A \sin(t)$ we have: $$ w(t) = \frac{R + r}{r} A \sin(t) $$ So for $v(t) = 2 + A \sin(t)$ we have: $$ w(t) = 2 + \frac{R + r}{r} A \sin(t) $$",
    "round numbers": r"There are $399 \approx 400$ of them. $$ n = 399 \approx 400 $$",
    "a norm of the function 1": r"$$ s = \lVert 1 \rVert = \sqrt{\int_{-1}^1 dx} $$",
    "a blank row": r"$$ \begin{array}{ll} \left(a + b\right)^3 & = a^3 + b^3 \\ \ \\ & \quad + \ 3 a^2 b + 3 a b^2 \end{array} $$",
    "a derivative of all that follows": r"$$ y = \frac{d}{dx} x^2 + 4x = 2x + 4 $$",
    "a deviation that is not defined": r"$$ E = \left( \frac{c}{s_x^2} \right)^2 \sum_{i=1}^n (x_i - \bar{x})^2 = \left( \frac{c}{s_x^2} \right)^2 (n-1) s_x^2 $$",
    "a row behind a sign with words": r"$$ \begin{split} &\quad\quad y \\ &\overset{\eqref{a}}{=} a^2 \\ &+ 2 a b + b^2 \\ &= (a + b)^2 \end{split} $$",
    "a variance of what is tied in words": r"$X \sim \mathrm{Poisson}(2)$, $T \sim \mathrm{Poisson}(5)$. $$ v = \operatorname{Var}(T) = \operatorname{Var}(X) + 2 $$",
}

ITEMS = r"""
\begin{enumerate}
\item $f(z) = z$ is entire. Here $u = x, v = y$. Then
\[ x + \frac{\partial u}{\partial x} = 1 + x \]
\item $f(z) = e^z$ is entire since
\[ \frac{\partial u}{\partial y} = - e^x \sin y = -\frac{\partial v}{\partial x}. \]
\end{enumerate}
"""

WRONG = {
    "a number in front": r"$$ \begin{aligned} (1) &\quad \binom{n}{k} = \binom{n}{n-k} \\ (2) &\quad \binom{n}{k} = \binom{n-1}{k-1} + \binom{n-2}{k} \end{aligned} $$",
    "a numeral in brackets that multiplies": r"$$ y = (2) (x + 1) = 2 x + 1 $$",
    "rounded too far": r"$$ v = \frac{67968}{24 - 2} = 3091 $$",
    "a small whole number": r"$$ v = \frac{7}{2} = 3 $$",
    "a sample size": r"$$ M = \frac{2}{n-1}\sigma^4 > \frac{2n+1}{n}\sigma^4 $$",
    "a row that goes on": r"$$ \begin{aligned} y &= 2 a + b\\ &- a + b = a + b \end{aligned} $$",
    "an engineer's unit": r"$$ D = (e^{-j \Omega})^2 = e^{-j \Omega} $$",
    "a product transposed": r"$$ M = (A B)^T = A^T B^T $$",
    "a determinant": r"$$ d = \det(A + B) = \det A + \det B $$",
    "decimals that do not come to a whole number": r"$$ c = \frac{1110.9889}{333.33} + \frac{4443.9489}{333.33} + \frac{1110.9889}{333.33} = 21 $$",
    "a derivative in brackets": r"$$ y = \frac{d}{dx}(x^2) + 4x = 2x + 4 $$",
    "an optimum with a star": r"$$ d = (x^* - x)(x^* + x) = x^* x^* - x^* x $$",
    "a conjugate": r"$$ z = \frac{1}{\sigma + j \omega} = \frac{\sigma + j \omega}{\sigma^2 + \omega^2} $$",
    "points that are rows": r"$$ L = (X_i - z_i w)(X_i - z_i w)^T = X_i X_i^T - z_i X_i w^T + z_i^2 w w^T $$",
    "an item of its own": ITEMS.replace("1 + x", "2 x"),
    "rows interchanged": r"Let $B$ be the matrix $A$ with the first and second row interchanged. Now $$ y = (x + 1)^2 = x^2 + 1 $$",
}

PROVED = {
    "a plus between wide spaces": r"$$ v = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \begin{pmatrix} 2 \\ -1 \end{pmatrix} = (2) \cdot \begin{pmatrix} 1 \\ 3 \end{pmatrix} \quad+\quad (-1) \cdot \begin{pmatrix} 2 \\ 4 \end{pmatrix} = \begin{pmatrix} 0 \\ 2 \end{pmatrix} $$",
    "a factor behind an argument": r"$$ s = \cos\theta (1 + \sin \theta) = \cos\theta + \cos\theta\sin\theta $$",
    "a square of i": r"$$ z = (a + i b)(a - i b) = a^2 + b^2 $$",
    "braces around one factor": r"$$ y = {x_1}^2 {(a+b)}^2 = x_1^2 (a^2 + 2 a b + b^2) $$",
    "a number in front": r"$$ \begin{aligned} (2) &\quad \binom{n}{k} = \binom{n-1}{k-1} + \binom{n-1}{k} \end{aligned} $$",
    "a row that goes on": r"$$ \begin{aligned} y &= a + b\\ &- a - b + 2 = 2 \end{aligned} $$",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_is_meant_otherwise_is_no_mistake(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_mistakes_are_still_found(text: str) -> None:
    assert alarms(text, "a.tex" if r"\item" in text else "a.md")


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED)
def test_what_is_understood_is_proved(text: str) -> None:
    assert statuses(text)[-1][1] == "proved"


def test_a_value_ends_with_its_item() -> None:
    assert alarms(ITEMS, "a.tex") == []


def test_a_law_of_another_item_is_no_excuse_for_what_fails_for_all_laws() -> None:
    text = "1. Let $c = 1$ and $X \\sim \\mathcal{N}(3, 1)$.\n2. Let $c = 2$. We find $$ v = %s $$\n"
    assert alarms(text % r"\operatorname{Var}(2 X) = 2 \operatorname{Var}(X)")
    assert not alarms(text % r"E(X) = E(X) + 3")
    assert not alarms(text % r"E(X^2) = 3 E(X)")


def test_an_item_is_replaced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book was read for ever: the item for a namesake was put for itself."""
    replaced: list[str] = []

    def again(problem: str, items: list[str], latex: str) -> tuple[str, list[str]] | None:
        replaced.extend(items[:1])
        assert len(replaced) < 100
        return (items[0], [items[0]]) if items and "no family" in problem else None

    monkeypatch.setattr("derive.notes.walk._of_a_namesake", again)
    assert statuses(r"Let $x \in \mathbb{R}^d$ and $x > 0$. $$ y = x_{t+1} + 1 = 1 + x_{t+1} $$")
    assert replaced
