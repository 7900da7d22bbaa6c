"""What books taught that the check had never seen: formulas retyped, true as their text means them, and errors that must still be found."""

from __future__ import annotations

import pytest

from derive.checking import check_text

ALARMS = ("refuted", "conditional")


def alarms(text: str) -> list[str]:
    return [step.step.formula for step in check_text(text).steps if step.status.value in ALARMS]


MEANT = {
    "a comma in a number": r"$$ W = a + b = 327,600 + 299,520 = 627,120 $$",
    "a per cent": r"$$ m = \frac{0.9 + 0.73 + 0.85}{3} \approx 0.827 = 82.7\text{\%} $$",
    "a wide space within a sum": r"$$ D = 3\ +0\ +0\quad-0\ -2\ -(-8)=9 $$",
    "a column of numbers": r"$$\begin{align*} 1&.2345 \\ - 1&.2344 \\ = 0&.0001 \end{align*}$$",
    "a remark in a cell behind a space": r"""$$\begin{align*} \frac{2 x + 2}{2} &= x + 1 && \quad \text{ since } \frac{2}{2} = 1 \\ &= 1 + x \end{align*}$$""",
    "a preference parameter called like a constant": r"The parameter $\gamma$ is fixed. $$ \gamma = 2 $$",
    "an index called like a constant": r"We guess $b_i$, and for all of them $$ i = 1 $$",
    "a derivative of what stands in square brackets": r"$$ z = \frac{d}{dx}[x^2] \, x^2 = 2 x^3 $$",
    "two derivatives side by side": r"Let $f(x) = x^2 + 1$ and $g(x) = x^3 - 3x$. $$ f'(x) g'(x) = (2x)(3x^2 - 3) = 6x^3 - 6x $$",
    "a function given anew behind": r"Let $g(x) = 1 - x$ and $f(x) = (x + 1)^2$. Later $$ y = (1-x)^2 = f(g(x)), \text{ where } f(x) = x^2 \text{ and } g(x) = 1-x. $$",
    "a rule that is not understood": r"Let $g(x) = x^2$. Now take $g(x) := \ln \sabs{x}$ and compute $g'(x) = \frac{1}{x}$.",
    "members tied by an inequality": r"As $b_j > a_{j+1}$ for all $j$, we obtain $$ \sum_{j=1}^{k} (b_j - a_j) \ge \sum_{j=1}^{k-1} (a_{j+1} - a_j) + (b_k - a_k) $$",
    "an order of letters": r"For all $m > k$ we have $$ s = \sum_{n=0}^m c_n - \sum_{n=0}^k c_n = \sum_{n=k+1}^m c_n $$",
    "an interval": r"For $x \in (0, 1)$ we get $$ y = \sqrt{(x - 1)^2} = 1 - x $$",
    "an interval behind": r"Show that $$ \ln (1+x) = \sum_{n=1}^\infty \frac{(-1)^{n+1} x^n}{n} $$ for all $x \in (-1,1]$.",
    "a set beside it": r"$$ 0 \le \frac{1}{n\sqrt{n}} \le \frac{1}{n} \quad \text{for all } n \in \N. $$",
    "a convention behind": r"$$ y = w_0 + \sum_{j=1}^{M-1} w_j u_j = \sum_{j=0}^{M-1} w_j u_j $$ where $M$ is the number of parameters. Here we use the convention $u_0 = 1$.",
    "letters that are told to vanish": r"We note that $a^2 - b = a - b^2 = 0$ for this pair.",
    "vectors of which the products vanish": r"Yes. $\vec v_1 \cdot \vec v_3 = \vec v_1 \cdot \vec v_5 = 0$ and so on.",
    "ideals": r"In this ring we have $(2) = (3) = (1)$.",
    "an embedding": r"Number fields embed by the Galois group; the number field has two. For all $a$ $$ s(a + b\sqrt2) = a - b \sqrt2 $$",
    "dividing integers": r"Two integers are divided by integer division, such that $$ 1 / 2 = 0 $$",
    "limits that do not exist": r"$$ L = \lim_{x\to 3} \frac{x-7}{x-3} = \lim_{x\to 3}\frac{-4}{x-3} $$",
    "a series differentiated term by term": r"We have $$ \frac{d}{dx} \left[\sum_{k=0}^{\infty} \frac{2^k}{k+1} x^k \right] = \sum_{k=0}^{\infty} \frac{d}{dx} \left[\frac{2^k}{k+1} x^k \right] $$",
    "a power of an angle": r"$$ w = e^{i a} (r e^{i b})^s + 1 = r^s e^{i (a + s b)} + 1 $$",
    "a constant's letter behind words": r"For each state we have $$\begin{aligned} \beta &= .9 \\ \gamma &= 2 \end{aligned}$$",
    "two reasons": r"""$$\begin{align*} \lim_{x \to 0} \frac{\sin x}{\cos x + 1} & = \frac{0}{1+1} && \quad \text{ since } \lim_{x \to 0}\sin x = 0 \text{ and } \lim_{x \to 0} \cos x = 1 \\ & = 0 \end{align*}$$""",
    "a branch": r"For example $z = (re^{i\theta})^{1/2} = r^{1/2}e^{i\theta/2}$.",
    "a quadratic form": r"Let $Q = A x x^T$. Then $f(x) = \operatorname{tr}(Axx^T) = \operatorname{tr}(x^T A x) = x^T A x$.",
    "success and failure": r"$$ m = 1 + \frac{p^2 + q^2}{pq} = \frac{1 - pq}{pq} $$",
    "a constant factor left out": r"$$ c \propto e^{-x^2 + 2x} = e^{-(x - 1)^2} $$",
    "a transform": r"$$ S = \frac{1}{N} X_N(\mathrm{e}^{\mathrm{j} \Omega}) X_N(\mathrm{e}^{-\mathrm{j} \Omega}) = \frac{1}{N} | X_N(\mathrm{e}^{\mathrm{j} \Omega}) |^2 $$",
}

WRONG = {
    "a chain that ends in a value": r"$$ y = (x + 1)^2 - x^2 - 2x = x^2 + 2x - 1 - x^2 - 2x = 1 $$",
    "within an interval": r"The points are moved such that $s \in [0, 1]$. $$ y = (1 - s)^2 - s (3 s - 2) = 1 - 3 s^2 $$",
    "a factor": r"$$ v = \pi \cdot \frac{220}{3} \approx 240.4 $$",
    "a sign": r"$$ d = 1 - (1 + s)(1 + s) = 2 s + s^2 $$",
    "a derivative by a rule": r"Let $f(x) = x^2 + 1$. We get $$ f'(x) = 2x + 1 $$",
    "words behind that say nothing of it": r"$$ y = (x + 1)^2 = x^2 + 1 $$ where $n > 3$ is large.",
    "a fraction": r"$$ P = \frac{3}{4} \times \frac{2}{5} + \frac{1}{2} \times \frac{3}{5} = \frac{3}{10} $$",
    "success and failure": r"$$ m = 1 + \frac{p^2 + q^2}{pq} = \frac{2 - pq}{pq} $$",
    "a per cent of a sum": r"$$ m = 0.3 + 0.4 = 1.9 $$",
    "thousands": r"$$ W = a + b = 327,600 + 299,520 = 637,120 $$",
    "two statements behind a space": r"$$ x = 1 + 1 = 2 \quad y = 2 + 2 = 5 $$",
    "groups of a sample": r"The two groups have the same size. $$ m = \frac{2 + 4}{2} = 4 $$",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_is_meant_otherwise_is_no_mistake(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_mistakes_are_still_found(text: str) -> None:
    assert alarms(text)
