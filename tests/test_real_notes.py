"""What real notes taught: single formulas, retyped, on which the check of notes once said something wrong."""

from __future__ import annotations

import pytest

from derive.checking import check_text


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
    "a derivative with the wrong sign": r"For all $u$: $$ \frac{d}{dv} (x - u v)^2 = 2 (x - u v) u $$",
}


@pytest.mark.parametrize("text", LOUD.values(), ids=LOUD)
def test_one_alarm(text: str) -> None:
    assert sum(word in ("refuted", "conditional") for word in verdicts(text)) == 1


def test_a_capital_letter_beside_a_matrix_commutes_with_nothing() -> None:
    assert "proved" not in verdicts(r"$$ Y = X^\top D X = X^\top X D $$")
