"""Integrals whose range a substitution turns round."""

from __future__ import annotations

import pytest

from derive.checkers import reflecting
from derive.core import Evidence, Hints, Reflected, Status, Term
from derive.evidence_json import from_json, to_json
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, add, mul, number, sub, symbol

X = symbol("x")
TURNED = sub(ONE, X)
SERRET = Term("div", (TURNED, add(ONE, X)))


def admitted(latex: str) -> list[Evidence]:
    claim, found = read_claim(latex), []
    for evidence in reflecting.find(claim, Hints()):
        try:
            if admit(claim, evidence, ()).status == Status.PROVED:
                found.append(evidence)
        except NotAdmitted:
            continue
    return found


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_0^1 \frac{\ln(1 + x)}{1 + x^2} \, dx = \frac{\pi \ln 2}{8}",
        r"\int_0^{\pi/2} \frac{\sin x}{\sin x + \cos x} \, dx = \frac{\pi}{4}",
        r"\int_2^4 \frac{\sqrt{\ln(9 - x)}}{\sqrt{\ln(9 - x)} + \sqrt{\ln(x + 3)}} \, dx = 1",
        r"\int_{-1}^1 \frac{x^2}{1 + e^x} \, dx \le \frac{1}{3}",
        r"\int_1^0 \frac{e^x}{e^x + e^{1 - x}} \, dx = -\frac{1}{2}",
    ],
)
def test_proved(latex: str) -> None:
    (evidence,) = admitted(latex)
    assert from_json(to_json(evidence), Reflected) == evidence


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_0^1 \frac{\ln(1 + x)}{1 + x^2} \, dx = \frac{\pi \ln 3}{8}",
        r"\int_0^{\pi/2} \frac{\sin x}{\sin x + 2 \cos x} \, dx = \frac{\pi}{4}",
        r"\int_0^{\pi} \frac{\sin x}{\sin x + \cos x} \, dx = \frac{\pi}{2}",  # a pole inside
        r"\int_{-1}^1 \frac{x^2}{1 + e^x} \, dx < \frac{1}{3}",
        r"\int_{-1}^1 \frac{1}{x} \, dx = 0",
        r"\int_0^1 \frac{1}{\sqrt{x} + \sqrt{1 - x}} \, dx = 1",
        r"\int_{-\infty}^{\infty} \frac{x}{1 + x^2} \, dx = 0",
        r"\sum_{k=1}^{3} \int_0^1 \frac{e^{k x}}{e^{k x} + e^{k - k x}} \, dx = 1",
    ],
)
def test_near_misses(latex: str) -> None:
    assert not admitted(latex)


@pytest.mark.parametrize(
    ("latex", "map_", "primitive"),
    [
        (r"\int_0^1 x \, dx = 0", X, ZERO),  # does not turn the range round
        (r"\int_0^1 x \, dx = \frac{1}{4}", TURNED, Term("div", (X, number(4)))),  # no antiderivative of the mean
        (r"\int_0^1 x \, dx = 0", Term("neg", (X,)), ZERO),  # leaves the range
        (r"\int_{-1}^1 \frac{1}{x} \, dx = 0", Term("neg", (X,)), ZERO),  # a pole
        (r"\int_{-1}^1 \frac{1}{x^3} \, dx = 0", Term("neg", (X,)), ZERO),
        (r"\int_{-\infty}^{\infty} x \, dx = 0", Term("neg", (X,)), ZERO),  # an improper integral
        (
            r"\int_{-1}^1 \frac{1}{x} \, dx = 0",
            Term("div", (number(-1), X)),
            ZERO,
        ),  # exchanges the ends through infinity
        (r"\int_0^1 \lfloor 2 x \rfloor \, dx = \frac{1}{2}", TURNED, Term("div", (X, number(2)))),  # jumps
        (r"\int_0^1 x \, dx + \int_0^1 x^2 \, dx = 1", TURNED, Term("div", (X, number(2)))),
        (r"\lim_{t \to 0} \int_0^1 x \, dx = 1", TURNED, Term("div", (X, number(2)))),
    ],
)
def test_forged_evidence(latex: str, map_: Term, primitive: Term) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(latex), Reflected(map_, primitive), ())


def test_a_map_that_turns_back_on_its_way_is_refused() -> None:
    claim = read_claim(r"\int_0^1 x^2 \, dx = \frac{1}{3}")
    wave = add(TURNED, mul(number(3), X, TURNED, sub(X, Term("div", (ONE, number(2))))))
    with pytest.raises(NotAdmitted):
        admit(claim, Reflected(wave, Term("div", (X, number(3)))), ())
    with pytest.raises(NotAdmitted):
        admit(claim, Reflected(SERRET, Term("div", (X, number(3)))), ())
