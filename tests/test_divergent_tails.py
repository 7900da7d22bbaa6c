"""Integrals that diverge at infinity because their integrand does not vanish there, and those that only look so."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import DivergentTail, Status
from derive.evidence_json import from_json, to_json
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_{-\infty}^{\infty} \exp[x^2] \, dx = \sqrt{\pi}", ""),
        (r"\int_0^\infty \int_0^{2 \pi} r \, d\theta \, dr = 2 \pi \int_0^\infty r e^{-r^2} \, dr", ""),
        (r"\int_{-\infty}^{\infty} e^{a x^2 + b x} \, dx = \sqrt{\frac{\pi}{a}}", "a > 0; b in R"),
        (r"\int_{-\infty}^{\infty} e^{-x^3 + s x} \, dx = 1 + \int_0^1 x \, dx", "s > 0"),
        (r"\int_1^{\infty} \frac{x}{x^2 + \sqrt{x} + 7} \, dx = 2", ""),
    ],
)
def test_refuted(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None
    assert found.refutation is not None
    assert from_json(to_json(found.refutation), type(found.refutation)) == found.refutation
    assert admit(claim, found.refutation, found.witness).status == Status.REFUTED


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = \sqrt{\pi}",
        r"\int_1^{\infty} \frac{1}{x^2} \, dx = 1",
        r"\int_1^{\infty} \frac{1}{x \sqrt{x}} \, dx = 2",
        r"\int_2^{\infty} \frac{1}{x (\ln x)^2} \, dx = \frac{1}{\ln 2}",
        r"\int_0^{\infty} \frac{\sin(x)}{x} \, dx = \frac{\pi}{2}",
        r"\int_0^{\infty} \cos(x^2) \, dx = \sqrt{\frac{\pi}{8}}",  # converges, though the integrand does not vanish
        r"\int_{-\infty}^{0} e^{x} \, dx = 1",
        r"\int_{\infty}^{\infty} 1 \, dx = 0",
        r"\int_0^{\infty} 1 \, dx = \infty",
        r"\int_1^{\infty} \frac{1}{x} \, dx = \int_1^{\infty} \frac{1}{x} \, dx",
        r"\int_1^{\infty} 1 \, dx = \int_0^1 \frac{1}{x} \, dx",
        r"\lim_{t \to 0} \int_1^{\infty} 1 \, dx = 3",
        r"\int_0^{\infty} 0 \, dx = 0",
        r"\int_0^1 x \, dx = \frac{1}{2}",
    ],
)
@pytest.mark.parametrize("position", [-1, 0, 1])
@pytest.mark.parametrize("upwards", [True, False])
def test_not_called_divergent(latex: str, position: int, upwards: bool) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex), DivergentTail((), position, upwards, ()))


def test_an_inequality_may_hold_between_infinite_values() -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(r"\int_0^{\infty} 1 \, dx \ge 3"), DivergentTail((), 0, True, ()))
