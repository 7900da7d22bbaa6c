"""Products of sines over powers of x: the integrals of Dirichlet and Borwein, and near misses."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim
from derive.kernel import Verdict, admit


def verdict(latex: str, given: str = "") -> Verdict | None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return None if evidence is None else admit(claim, evidence, found.witness)


def status(latex: str, given: str = "") -> str:
    found = verdict(latex, given)
    return "undecided" if found is None else str(found.status)


def sincs(last: int) -> str:
    part = r"\frac{\sin\left(\frac{x}{2 k + 1}\right)}{\frac{x}{2 k + 1}}"
    return rf"\int_0^{{\infty}} \prod_{{k=0}}^{{{last}}} {part} \, dx = \frac{{\pi}}{{2}}"


def half_line(body: str, value: str) -> str:
    return rf"\int_0^{{\infty}} {body} \, dx = {value}"


@pytest.mark.parametrize(
    ("latex", "given", "wanted"),
    [
        (half_line(r"\frac{\sin x}{x}", r"\frac{\pi}{2}"), "", "proved"),
        (half_line(r"\frac{\sin x}{x}", r"\pi"), "", "refuted"),
        (half_line(r"\frac{\sin(a x)}{x}", r"\frac{\pi}{2}"), "a > 0", "proved"),
        (half_line(r"\frac{\sin(a x)}{x}", r"\frac{\pi}{2}"), r"a \ne 0", "refuted"),
        (half_line(r"\frac{\sin^2(a x)}{x^2}", r"\frac{\pi a}{2}"), "a > 0", "proved"),
        (half_line(r"\frac{\sin^2(a x)}{x^2}", r"\frac{\pi a^2}{2}"), "a > 0", "refuted"),
        (half_line(r"\left(\frac{\sin x}{x}\right)^3", r"\frac{3 \pi}{8}"), "", "proved"),
        (half_line(r"\frac{\sin x \sin(2 x)}{x^2}", r"\frac{\pi}{2}"), "", "proved"),
        (r"\int_{-\infty}^{\infty} \frac{\sin x}{x} \, dx = \pi", "", "proved"),
        (half_line(r"\frac{\sin(x)}{x + 1}", r"\frac{\pi}{2}"), "", "undecided"),
        (half_line(r"\frac{\sin(x + 1)}{x}", r"\frac{\pi}{2}"), "", "undecided"),
        (half_line(r"\frac{\sin^2(x)}{x}", r"\frac{\pi}{2}"), "", "undecided"),
        (half_line(r"\frac{\sin(x^2)}{x}", r"\frac{\pi}{2}"), "", "undecided"),
        (r"\int_0^1 \frac{\sin x}{x} \, dx = \frac{\pi}{2}", "", "undecided"),
    ],
)
def test_verdicts(latex: str, given: str, wanted: str) -> None:
    assert status(latex, given) == wanted


def test_the_pattern_of_borwein_ends_at_the_eighth_factor() -> None:
    """1 + 1/3 + ... + 1/15 is more than 2: the integral is smaller than pi/2 by 2 10^-11."""
    assert [status(sincs(last)) for last in (0, 1, 5, 6)] == ["proved"] * 4
    found = verdict(sincs(7))
    assert found is not None and found.status == "refuted"
    left, right = found.values or ("", "")
    assert left.startswith("1.57079632677") and right.startswith("1.57079632679") and left != right
