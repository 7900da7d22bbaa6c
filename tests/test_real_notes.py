"""What real notes taught: single formulas, retyped, on which the check of notes once said something wrong."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.formula import Unread
from derive.formula.claims import read_claims
from derive.notation import parse, show


def verdicts(text: str) -> list[str]:
    return [step.status.value for step in check_text(text).steps]


def reasons(text: str) -> str:
    return " / ".join(step.reason for step in check_text(text).steps)


QUIET = {
    "a decimal is rounded": r"$$ q = \frac{655}{681} = 0.9618 $$",
    "so are decimals on the way": r"$$ q = \frac{1}{1 + e^{-1}} = \frac{1}{1 + 0.368} = \frac{1}{1.368} \approx 0.732 $$",
    "and entries of a vector": r"$$ v = \begin{bmatrix} \frac{2-4}{1.63} \\ 0 \end{bmatrix} = \begin{bmatrix} -1.23 \\ 0 \end{bmatrix} $$",
    "< where both may be equal": r"$$ c = \frac{a^2 + b^2}{2 a b} = \frac{b^2 + a^2}{2 a b} > 1 $$",
    "factors of a decomposition": r"$$ B = Q D Q^{-1} = Q D Q^\top $$",
    "columns that are orthonormal": r"$$ G = (V S U^\top U S V^\top)^{-1} V S U^\top = (V S S V^\top)^{-1} V S U^\top $$",
    "a property of a letter in a theorem": "**Theorem:** The matrix is idempotent: $$ P^2 = P $$",
    "a function by its name": r"$$ r = \operatorname{rank}(A P P^{-1}) \le \operatorname{rank}(A P) $$",
    "words behind a sign": r"$$ s = \frac{a}{|a|} = \textrm{sgn}(a) $$",
    "two columns of statements": r"$$\begin{array}{ll} n_1 = 8 & n_1 = 10 \\ x = 7 & x = 5 \end{array}$$",
    "a recurrence": r"$$ v = \begin{pmatrix} f_{k+1} \\ f_{k+2} \end{pmatrix} = \begin{pmatrix} f_{k+1} \\ f_k + f_{k+1} \end{pmatrix} $$",
    "labels that sum to 1": r"$$ L = \sum_{j=1}^q y_j \log \sum_{k=1}^q \exp(o_k) - \sum_{j=1}^q y_j o_j = \log \sum_{k=1}^q \exp(o_k) - \sum_{j=1}^q y_j o_j $$",
    "coefficients to be found": r"We try $C_1 \cos(3t)$ and get $$ -9 C_1 \cos(3t) = -C_1 \cos(3t) + \frac{2}{3} \cos(3t). $$",
    "a differential": r"$$ u = d\bigl(\exp(-\rho t) Z_t\bigr) = \exp(-\rho t) \bigl[dZ_t - \rho Z_t \, dt\bigr] $$",
    "values in an argument": r"$$ p(W=-1) = a \implies p(W=-1) + 1 = a + 1 $$",
    "an arrow in running text": r"Thus $x \implies y$ and $a = b \iff$ this.",
    "a partial derivative of a letter": r"We get $$ \frac{\partial h_1}{\partial z_1} = h_1 (1 - h_1) $$",
    "a letter that gets another value": r"With $b = 3$ we have $$ c = b + 1 = 4. $$ For all of the second system we get $$ b = 5 $$",
    "an equation at the end of a chain": r"Take $r = 3$. Characteristic equation is $r^2 - 8 r + 16 = (r - 4)^2 = 0$.",
    "a convolution": r"$$ h = (e^t) * (e^t \sin t) = e^t (1 - \cos t) $$",
    "a new equation for the letter of a solution": r"The solution is $y = 2 x + C$. Next take $$ y' = e^{-x^2} $$",
    "a determinant of what was a number": r"Let $A = 2$ and $B^{-1}$. For all matrices: $$ \det(AB) = \det(A) \det(B) $$",
    "for each equation": r"""Let $\vec{x} = C \vec{y}$. For each equation we try $C_1 \cos(3t)$. We plug in to get
        $$ -9 C_1 \cos(3t) = -C_1 \cos(3t) + \frac{2}{3} \cos(3t) $$""",
    "an exercise after a solution": r"The solution is $x = \frac{5}{3} e^{2t} - e^{-t}$. Write $x''' = x + t$ as a system.",
    "a matrix from another example": r"Let $A = \begin{bmatrix} 1 & 0 \\ 0 & 2 \end{bmatrix}$ and $AB = C^{-1}$, $B^{-1}$. This is true in general: $$ \det(AB) = \det(A)\det(B) $$ Then $$ \det(A)\det(B) = \det(AB) = 1 $$",
    "an assumption in running text": r"We know that if $2x = x^2 = 4$ then $x = 2$.",
    "an equation for a function": r"For all times we get $$ \frac{dx}{dt} = 5 - \frac{3x}{60 + 2t} $$",
}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_no_alarm(text: str) -> None:
    assert not {"refuted", "conditional"} & set(verdicts(text))


LOUD = {
    "a sum that decimals do not explain": r"$$ c = 1 \cdot 2 \cdot 0.25 + 2 \cdot 4 \cdot 0.25 + 2 \cdot 0.25 = 2.5 $$",
    "a mean in a text that defines other letters by its terms": r"""We know $y = b x$. $$\begin{aligned}
        S &= \sum_{i=1}^n x_i^2 - 2 n \bar{x} \bar{x} + n \bar{x}^2 \\
          &= \sum_{i=1}^n x_i^2 - 2 \bar{x} \sum_{i=1}^n x_i - \sum_{i=1}^n \bar{x}^2 \end{aligned}$$""",
    "matrices beside an identity": r"$$ Q = (I_n - P)(I_n - P) = I_n - P + P^2 $$",
    "each column goes on for itself": r"$$\begin{align} a &= b + 1 & c &= d + 2 \\ &= 1 + b & &= d + 3 \end{align}$$",
    "a chain in running text": r"We see that $\begin{pmatrix} 1 \\ 1 \end{pmatrix} = \frac{1}{6} \begin{pmatrix} 1 \\ 2 \end{pmatrix} + \frac{1}{6} \begin{pmatrix} 3 \\ 2 \end{pmatrix} = a$.",
    "matrices of numbers in a text about x and m": r"With $x = m + 1$ and $m = x - 1$: $$ M = \frac{1}{4} \begin{pmatrix} 2 & 3^{10} \end{pmatrix} = \frac{1}{4} \begin{pmatrix} 2 & 3^9 \end{pmatrix} $$",
    "an identity of n among matrices restricts nothing": r"""By $A = LU$ the number is $$ \frac{2}{3} n + n (n - 1) = \frac{3 n^2 - n}{3} $$
        and $L \in \mathbb{R}^{n \times n}$. We get $$ c = 2(n-1) + 2(n-1) + n = 5n - 2. $$""",
    "words about matrices bear on no polynomial": r"""With $A \in \mathbb{R}^{2 \times 2}$ an orthogonal change of variables gives
        $$ q = 2 (x + y)^2 = 2 x^2 + 2 x y + 2 y^2 $$""",
    "backward substitution is a method": r"The operations for backward substitution are $$ c = 2(n-1) + 2(n-1) + n = 5n - 2. $$",
    "a derivative with the wrong sign": r"For all $u$: $$ \frac{d}{dv} (x - u v)^2 = 2 (x - u v) u $$",
}


@pytest.mark.parametrize("text", LOUD.values(), ids=LOUD)
def test_one_alarm(text: str) -> None:
    assert sum(word in ("refuted", "conditional") for word in verdicts(text)) == 1


def test_a_capital_letter_beside_a_matrix_commutes_with_nothing() -> None:
    assert "proved" not in verdicts(r"$$ Y = X^\top D X = X^\top X D $$")


PROVED = {
    "a conditional density is a number": r"$$ c = \log (p(y|x, \theta) e^a) = \log p(y|x, \theta) + a $$",
    "two indices under a sum": r"$$ s = \sum_{j=1}^n w_{ij} x_j + \sum_{j=1}^n w_{ij} = \sum_{j=1}^n w_{ij} (x_j + 1) $$",
    "a sum over a set": r"$$ m = \sum_{x \in S} x^2 p(x) = \sum_{x \in S} p(x) x \cdot x $$",
    "members with their number above": r"$$ m = \sum_{i} x^{(i)} (y^{(i)} - 1) = \sum_i x^{(i)} y^{(i)} - \sum_i x^{(i)} $$",
    "a square of an average": r"$$ v = \mathrm{E}(X)^2 - 2 \mathrm{E}(X) \mathrm{E}(X) = -\mathrm{E}(X)^2 $$",
    "a value between ends": r"$$ I = \int_0^1 3 t^2 \, dt = \Bigl[ t^3 \Bigr]_0^1 = \left. t^3 \right|_0^1 $$",
    "a count of terms": r"$$ q = \prod_{i=1}^n \sqrt{t} = (\sqrt{t})^n $$",
    "the last definition counts": "Let $A = 1$. Let $A = \\begin{bmatrix}1 & 2\\\\ 3& 4\\end{bmatrix}$. $$ B = A + A = \\begin{bmatrix}2 & 4\\\\ 6& 8\\end{bmatrix} $$",
    "definitions in a circle": "with $a = b$ and $b = a$: $$ c = a + b = b + a $$",
    "a number of an equation written by hand": r"$$ b = a + a = 2 a \quad (1) $$",
    "underscores escaped for Markdown": r"$$ b = w\_{1} + w\_1 = 2 w\_1 $$",
    "a minus in braces": r"$$ b = a {-} c + c = a $$",
    "a letter d that is a number": r"With $d > 0$, the size is $$ s = d n + n = n (d + 1) $$",
    "a derivative beside a differential": r"The integral $\\int_0^1 x \\, dx$ and $dx$. For all $x$ we get $$ \\frac{d}{dx} (x^2 + 1) = 2 x $$".replace(
        "\\\\", "\\"
    ),
    "an index that is computed": r"$$ u = a_{2n} + 1 = 1 + a_{2n} $$",
}


@pytest.mark.parametrize("text", PROVED.values(), ids=PROVED)
def test_proved(text: str) -> None:
    assert set(verdicts(text)) <= {"proved", "assumed"} and "proved" in verdicts(text)


RULES = {
    "a function in its own rule": r"Let $$ f(x) = x^3 + 1. $$ Then $$ f(a+1) = (a+1)^3 + 1 = a^3 + 3 a^2 + 3 a + 2 $$",
    "a logistic derivative": r"With $$ \sigma(x) = \frac{1}{1+e^{-x}} $$ we get $$ \sigma'(x) = \frac{e^{-x}}{(1+e^{-x})^2} = \sigma(x)(1-\sigma(x)) $$",
    "a solution put into its equation": r"The solution is $y = C_1 e^{2x} + C_2 e^{3x}$ and $$ y'' - 5 y' + 6 y = 0 $$",
}


@pytest.mark.parametrize("text", RULES.values(), ids=RULES)
def test_functions_given_by_a_rule(text: str) -> None:
    assert set(verdicts(text)) <= {"proved", "assumed"} and "proved" in verdicts(text)


WRONG_RULES = {
    "a derivative of a function": r"Let $$ f(x) = x^3 + 1. $$ Then $$ f'(x) = 2 x^2 $$",
    "a derivative of a letter": r"The solution is $y = C_1 e^{2x} + C_2 e^{3x}$ with $$ y' = 2 C_2 e^{2x} + 3 C_2 e^{3x} $$",
    "the same in running text": r"The solution is $y = C_1 e^{2x} + C_2 e^{3x}$, then $y' = 2 C_2 e^{2x} + 3 C_2 e^{3x}$",
}


@pytest.mark.parametrize("text", WRONG_RULES.values(), ids=WRONG_RULES)
def test_one_alarm_by_a_rule(text: str) -> None:
    assert sum(word in ("refuted", "conditional") for word in verdicts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        r"Let $$ f(x) = x^3 + 1. $$ If $f(x) = x$ then $$ f(2) = 9 $$ and $$ f'(x) = f(x) + 1 $$",
        r"One function is $$ f(x) = x^3, $$ another $$ f(x) = x^2, $$ so that $$ c = f(2) = 4 $$",
        r"The function $y = e^{2x}$ is known. Now $$ y' = 3 y + x $$ has other solutions, with $$ y' = 3 $$ at a point.",
        r"Let $$ f(x) = \sum_{k=1}^n k x^k. $$ $$ c = f(k) = \sum_{k=1}^n k \cdot k^k $$",
    ],
)
def test_no_alarm_by_a_rule_that_may_not_hold(text: str) -> None:
    assert not {"refuted", "conditional"} & set(verdicts(text))


NOT_PROVED = {
    "p(y|x) is not p(y,x)": r"$$ b = p(y|x) + 1 = p(y,x) + 1 $$",
    "an index that a sum binds": r"$$ b = \sum_{j=1}^n x_{1,j} = n x_{1,j} $$",
    "a value that depends on the variable of an integral": r"$$ b = \int_0^1 p(y|x) \, dx = p(y|x) $$",
    "what may be above or below a slash": r"$$ b = 1/2x + 1/2x = x $$",
    "a word in slanted letters": r"$$ b = posterior + posterior = 2 posterior $$",
    "an average of matrices": r"$$ V = E Z Z^\top = Z^\top E Z $$",
    "blocks with two indices": r"$$ V = A_{11}^{-1} A_{12} A_{21} = A_{12} A_{11}^{-1} A_{21} $$",
    "a letter and a member of its row": r"$$ V = \sum_{j=1}^2 w_{ij} = w_{i1} + w_{i1} $$",
}


@pytest.mark.parametrize("text", NOT_PROVED.values(), ids=NOT_PROVED)
def test_not_proved(text: str) -> None:
    assert "proved" not in verdicts(text)


READ = [
    r"\left. t^3 \right|_0^1",
    r"n_{\bullet j \bullet}",
    r"f(\cdot) {-} g",
    r"\begin{pmatrix*}[r] 1 & -2 \\ 3 & 4 \end{pmatrix*}",
    r"\sum_{\substack{i < n \\ j < n}} a_i",
    r"\bigl\{ x : x > 0 \bigr\}",
]


@pytest.mark.parametrize("latex", READ)
def test_read_without_loss(latex: str) -> None:
    assert "".join(show(parse(latex)).split()) == "".join(latex.split())


def test_a_relation_in_curly_brackets_is_no_relation_of_the_line() -> None:
    (step,) = check_text(r"$$ S = \{ x : x = 2 \} $$").steps
    assert step.step.formula.endswith(r"\}")


def test_a_letter_below_the_letter_of_a_sum_is_no_constant() -> None:
    with pytest.raises(Unread, match="depends on the letter of a sum"):
        read_claims(r"\sum_{j=1}^n x_{1,j} = n x_{1,j}")
