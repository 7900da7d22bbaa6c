"""What a text says of letters nearby is taken for a hypothesis where it is understood: a relation has to fail under it as well."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Claim, Declaration, Relation, Scope
from derive.kernel.terms import ONE, add, mul, number, symbol
from derive.notes.constraints import Constraint, under
from derive.notes.trying import never_holds

ALARMS = ("refuted", "conditional")


def alarms(text: str) -> list[str]:
    return [step.step.formula for step in check_text(text).steps if step.status.value in ALARMS]


WRONG = {
    "a vector that is not zero": r"A form is definite if $q(\vect{x}) > 0$ for all $\vect{x} \neq \vect{0}$. We complete the square: $$ q = (x_2 - x_3)^2 - x_2^2 = x_3^2 - x_2 x_3 $$",
    "an interval of another kind": r"Here $s \in (-1, 3]$ has no meaning of its own. $$ y = (1 - s)^2 - s^2 = 1 - 3 s $$",
    "whole numbers": r"This is true of $m \in \mathbb{N}_{>0}$ as well. $$ y = (m + 1)^2 - m^2 = 2 m + 2 $$",
    "a bound": r"For larger values ($m \ge 3$) it grows. $$ y = (m + 1)^2 - m^2 = 2 m + 2 $$",
    "counts that differ by a number": r"Backward substitution takes $2(n - 1) + n$ operations, and we find for both phases $$ 2(n-1) + 2(n-1) + n = 5n - 2. $$",
}

MEANT = {
    "true within the interval": r"This holds ($s \in (0, 3]$ as we said). $$ y = \sqrt{s^2} + 1 = s + 1 $$",
    "true for whole numbers": r"This is true of $m \in \mathbb{Z}$ as well. $$ y = \sin(m \pi) + m = m $$",
    "true beyond a bound": r"For larger values ($a \ge 3$) it grows. $$ y = \lvert a - 2 \rvert = a - 2 $$",
    "an order of two letters": r"For larger values ($a \ge b$) it grows. $$ y = \lvert a - b \rvert = a - b $$",
    "an equation to be solved": r"For both phases we find $$ 2(n-1) + 2(n-1) + n = 4n - 2. $$",
    "an equation without solutions": r"We find $$ 2(n-1) + n = 3n - 3, $$ which has no real solution.",
}


@pytest.mark.parametrize("words", WRONG)
def test_alarmed(words: str) -> None:
    assert alarms(WRONG[words])


@pytest.mark.parametrize("words", MEANT)
def test_not_alarmed(words: str) -> None:
    assert alarms(MEANT[words]) == []


X, X1, TWO = symbol("x"), symbol("x_1"), number(2)


def claim(*letters: Declaration) -> Claim:
    return Claim(add(X, X1), "=", mul(TWO, X1), Scope(letters))


def told(*relation: str) -> Constraint:
    lhs, sign, rhs = relation
    return Constraint(frozenset(["x"]), 3, orders=True, relation=(lhs, sign, rhs))


def test_every_letter_that_may_be_meant_is_restricted() -> None:
    meant = under(claim(Declaration("x"), Declaration("x_1")), [told("1", r"\le", "x")])
    assert meant is not None
    assert meant.scope.hypotheses == (Relation(X, ">=", ONE), Relation(X1, ">=", ONE))


@pytest.mark.parametrize(
    ("relation", "letter"),
    [
        (("x", "<", "y"), Declaration("x")),
        (("x", r"\in", "S"), Declaration("x")),
        (("x^2", "<", "1"), Declaration("x")),
        (("x", "<", "1"), Declaration("x", family=True)),
        (("x", "<", "1"), Declaration("x", shape=("n",))),
        (("x", "<", "1/0"), Declaration("x")),
    ],
)
def test_what_is_not_understood_restricts_nothing(relation: tuple[str, str, str], letter: Declaration) -> None:
    assert under(claim(letter, Declaration("x_1")), [told(*relation)]) is None


def test_sides_that_differ_by_a_number_never_meet() -> None:
    letters = (Declaration("x"), Declaration("x_1"))
    assert never_holds(Claim(add(X, X1), "=", add(X, X1, ONE), Scope(letters)))
    assert not never_holds(Claim(add(X, X1), "=", add(X, X1), Scope(letters)))
    assert not never_holds(Claim(add(X, X1), "=", add(X, TWO), Scope(letters)))


RECALLED = r"Recall that $\cosh t = \dfrac{e^t + e^{-t}}{2}$, $\sinh t = \dfrac{e^t - e^{-t}}{2}$ and $\cosh 2t = 2 \cosh^2 t - 1$."


def test_what_is_recalled_of_known_functions_is_judged() -> None:
    found = [step.status.value for step in check_text(RECALLED).steps]
    assert found == ["proved"] * 3
    assert alarms(RECALLED.replace("- e^{-t}", "+ e^{-t}")) == [r"\sinh t = \dfrac{e^t + e^{-t}}{2}"]
    assert len(alarms(RECALLED.replace("- 1$", "+ 1$"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        r"We solve $\sin x = \cos x$ as before.",
        r"Recall that $x y = x + y$ on this curve.",
        r"Recall the condition $\sin x = \frac{x}{2}$.",
        r"Recall that $\cos \theta = 0$ there.",
    ],
)
def test_equations_are_not_taken_for_what_is_recalled(text: str) -> None:
    assert alarms(text) == []
