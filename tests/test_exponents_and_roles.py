"""Letters that are numbers by their exponents, and a T that is an end of a sum, an index or a power and transposes nothing."""

from __future__ import annotations

import pytest

from derive.notes.parsing import parse
from derive.notes.roles import Roles


def roles(*formulas: str) -> Roles:
    return Roles.of([parse(formula) for formula in formulas])


def test_a_horizon_transposes_nothing() -> None:
    found = roles(r"\sum_{t=0}^T \beta^t u_t", r"\beta^T k_{T+1}", "q_T", r"\lim_{T \to \infty} q_T k_{T+1}", "T + 1")
    assert not found.upper_t_transposes and not found.is_shaped("q")


@pytest.mark.parametrize("formula", ["q_T", "w_T + 1", r"\sum_{t=1}^T a_t", "I_T"])
def test_a_t_below_or_above_a_sum_transposes_nothing(formula: str) -> None:
    assert not any(one.transposed for one in roles(formula).seen.values())


def test_a_t_above_a_letter_does() -> None:
    assert roles("x^T A x").is_shaped("x") and roles("x_i^T x_j").is_shaped("x")


@pytest.mark.parametrize("exponent", [r"\alpha", r"1-\alpha", r"\frac{1}{2}", r"\gamma_i"])
def test_a_power_with_such_an_exponent_is_a_number(exponent: str) -> None:
    found = roles("x^T B x", f"B K^{{{exponent}}}")
    assert found.is_shaped("B") and not found.is_shaped("K")
    assert roles("x^T B x", "B K^2").is_shaped("K")
