"""Mellin inversion against closed forms for one and two factors, published digits for ten, and wrong numerals."""

from __future__ import annotations

from itertools import pairwise

import mpmath
import pytest
from flint import arb, ctx

from derive.authoring import Letter, integer, random_family, real, scope, step
from derive.checkers import inversion, search
from derive.checkers.inversion import LAWS, median, probability
from derive.core import Hints, Oracle, Scope, Status
from derive.kernel import admit
from derive.kernel.terms import ONE, ZERO, number, symbol


def close(found: arb, wanted: mpmath.mpf, room: float = 1e-13) -> bool:
    return abs(float(found.mid()) - float(wanted)) <= room and float(found.rad()) <= room


LEVELS = ("0.001", "0.3", "1", "1.5", "4")


def one_factor(law: str, level: mpmath.mpf) -> mpmath.mpf:
    """P[|w| > c]."""
    if law == "gaussian":
        return mpmath.erfc(level / mpmath.sqrt(2))
    return max(mpmath.mpf(0), 1 - level / mpmath.sqrt(3)) if law == "uniform" else mpmath.exp(-mpmath.sqrt(2) * level)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("level", LEVELS)
def test_one_factor(law: str, level: str) -> None:
    assert close(probability(law, 1, arb(level)), one_factor(law, mpmath.mpf(level)))


@pytest.mark.parametrize("level", LEVELS)
def test_two_gaussian_factors_have_a_bessel_density(level: str) -> None:
    wanted = (
        2
        / mpmath.pi
        * mpmath.quad(lambda x: mpmath.besselk(0, x), [mpmath.mpf(level), 2 + mpmath.mpf(level), mpmath.inf])
    )
    assert close(probability("gaussian", 2, arb(level)), wanted, 1e-11)


@pytest.mark.parametrize("law", ["uniform", "laplace"])
@pytest.mark.parametrize("level", LEVELS)
def test_two_factors_by_conditioning_on_the_first(law: str, level: str) -> None:
    c, end = mpmath.mpf(level), mpmath.sqrt(3) if law == "uniform" else mpmath.inf

    def outer(x: mpmath.mpf) -> mpmath.mpf:
        density = 1 / mpmath.sqrt(3) if law == "uniform" else mpmath.sqrt(2) * mpmath.exp(-mpmath.sqrt(2) * x)
        return density * one_factor(law, c / x)

    kink = c / mpmath.sqrt(3)
    nodes = [kink, mpmath.sqrt(3)] if law == "uniform" else [0, c / 8, c, 1 + c, 8 + c, end]
    wanted = mpmath.mpf(0) if law == "uniform" and c >= 3 else mpmath.quad(outer, nodes)
    assert close(probability(law, 2, arb(level)), wanted, 1e-9)


def test_published_digits() -> None:
    assert close(1 - probability("gaussian", 10, arb(1)), mpmath.mpf("0.981003447589"), 5e-13)
    assert close(1 - probability("gaussian", 20, arb(1)), mpmath.mpf("0.99857"), 5e-6)
    assert close(median("gaussian", 10), mpmath.mpf("0.0023075"), 5e-8)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("n", [1, 2, 7, 50])
def test_the_median_halves(law: str, n: int) -> None:
    middle = median(law, n)
    assert middle > 0
    assert close(probability(law, n, middle.mid()), mpmath.mpf("0.5"), 1e-11)


@pytest.mark.parametrize("law", LAWS)
def test_probabilities_fall_with_the_level_and_stay_probabilities(law: str) -> None:
    for n in (1, 3, 30, 500):
        found = [probability(law, n, (arb(n) * k).exp()) for k in (-6, -3, -1, 0)]
        assert all(-1e-12 < float(p.mid()) < 1 + 1e-12 for p in found)
        assert all(float(p.mid()) >= float(q.mid()) - 1e-12 for p, q in pairwise(found))


def test_the_working_precision_is_left_alone() -> None:
    before = ctx.prec
    probability("gaussian", 10, arb(1))
    assert ctx.prec == before


@pytest.mark.parametrize(
    ("law", "n", "level"),
    [
        ("signs", 1, 1),
        ("cauchy", 1, 1),
        ("gaussian", 0, 1),
        ("gaussian", 501, 1),
        ("gaussian", 1, 0),
        ("gaussian", 1, -1),
    ],
)
def test_what_is_out_of_reach_is_refused(law: str, n: int, level: int) -> None:
    with pytest.raises(ValueError, match="law"):
        probability(law, n, arb(level))


# -------------------------------------------------------------------------------------------------------------- claims


def evidence(latex: str, where: Scope) -> list[Oracle]:
    (claim,) = step(latex, "", where).claims
    return [found for found in inversion.find(claim, Hints()) if isinstance(found, Oracle)]


def family(law: str = "gaussian", *bounds: str) -> Letter:
    return random_family("w", law, ZERO, ONE, *bounds)


GAUSS = scope(family())


def below(numeral: str, n: str = "10", level: str = "1", sign: str = "<") -> str:
    return rf"\Pr\left[ \left\lvert \prod_{{i=1}}^{{{n}}} w_i \right\rvert {sign} {level} \right] \approx {numeral}"


@pytest.mark.parametrize(
    ("latex", "where"),
    [
        (below("0.981003447589"), GAUSS),
        (below("0.99857", "20"), GAUSS),
        (below("0.018996552411", sign=">"), GAUSS),
        (below(r"1.90 \cdot 10^{-2}", sign=">"), GAUSS),
        (below("0.6827", "1"), GAUSS),
        (below("0.7910", "2"), GAUSS),
        (below("0.9466"), scope(family("uniform"))),
        (below("0.99537"), scope(family("laplace", r"w_k \ne 0"))),
        (r"\Pr[\prod_{i=1}^{10} \lvert w_i \rvert < 1] \approx 0.9810", GAUSS),
        (r"\Pr[\lvert \prod_{i=3}^{4} w_i \rvert < 1] \approx 0.7910", GAUSS),
        (below("0.6827", "1", "2"), scope(random_family("w", "gaussian", ZERO, number(4)))),
        (below("0.981003", "n"), scope(integer("n"), family(), given=("n = 10",))),
    ],
)
def test_right_numerals_are_supported(latex: str, where: Scope) -> None:
    assert [found.name for found in evidence(latex, where)] == ["mellin_inversion"]
    (claim,) = step(latex, "", where).claims
    found = search(claim, audit=True)
    assert found.support is not None
    assert (found.proof, found.refutation) == (None, None)
    assert admit(claim, found.support).status == Status.SUPPORTED


@pytest.mark.parametrize(
    ("latex", "where"),
    [
        (below("0.9647"), GAUSS),
        (below("0.981003447588"), GAUSS),
        (below("0.981003447590"), GAUSS),
        (below("0.9810", sign=">"), GAUSS),
        (below("0.9810", "11"), GAUSS),
        (below("0.9810"), scope(family("uniform"))),
        (below("0.9810"), scope(family("signs"))),
        (below("0.9810"), scope(random_family("w", "moments", ZERO, ONE))),
        (below("0.9810"), scope(random_family("w", "gaussian", ONE, ONE))),
        (below("0.9810"), scope(real("v", "v > 0"), random_family("w", "gaussian", ZERO, symbol("v")))),
        (below("0.9810"), scope(family("gaussian", "w_k > 0"))),
        (below("0.9810"), scope(family(), given=("w_1 = w_2",))),
        (below("0.9810", "n"), scope(integer("n"), family())),
        (below("0.9810", level="c"), scope(real("c", "c > 0"), family())),
        (below("1.0", "501"), GAUSS),
        (r"\Pr[\prod_{i=1}^{10} w_i < 1] \approx 0.9810", GAUSS),
        (r"\Pr[\lvert \prod_{i=1}^{10} w_1 \rvert < 1] \approx 0.9810", GAUSS),
        (r"\Pr[\lvert \prod_{i=1}^{10} w_{i+1} w_i \rvert < 1] \approx 0.9810", GAUSS),
        (below("0.9810").replace(r"\approx", "="), GAUSS),
    ],
)
def test_anything_else_gives_nothing(latex: str, where: Scope) -> None:
    assert evidence(latex, where) == []
