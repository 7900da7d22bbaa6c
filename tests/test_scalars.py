"""Scalar claims: absolute values, roots, floors, inverse functions. True ones are proved; near misses and forged evidence are not."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import (
    Angles,
    Cases,
    Claim,
    Evidence,
    Injective,
    InRange,
    Normal,
    RealParts,
    Rearranged,
    Residues,
    SameDerivative,
    Status,
    Term,
    WholePart,
)
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import number, symbol

a, b, x, n = map(symbol, "abxn")

TRUE = (
    (r"\max(a, b) = \frac{a + b + |a - b|}{2}", "a, b in R"),
    (r"\max(a, b) \cdot \min(a, b) = a b", ""),
    (r"\min(a, \max(b, c)) = \max(\min(a, b), \min(a, c))", ""),
    (r"\lfloor x + n \rfloor = \lfloor x \rfloor + n", "x in R; n in Z"),
    (r"\lceil x \rceil = -\lfloor -x \rfloor", "x in R"),
    (r"\lceil x + 3/2 \rceil = \lceil x - 1/2 \rceil + 2", "x in R"),
    (r"\lfloor x \rfloor \le x", "x in R"),
    (r"x - 1 < \lfloor x \rfloor", "x in R"),
    (r"\arcsin x + \arccos x = \frac{\pi}{2}", "-1 <= x <= 1"),
    (r"\cos(\arctan x) = \frac{1}{\sqrt{1 + x^2}}", ""),
    (r"\tan(\arcsin x) = \frac{x}{\sqrt{1 - x^2}}", ""),
    (r"\arctan x + \arctan(1/x) = \frac{\pi}{2}", "x > 0"),
    (r"\arctan x + \arctan(1/x) = -\frac{\pi}{2}", "x < 0"),
    (r"\arctan(\tan x) = x", "-1 < x < 1"),
    (r"\arcsin(\sin x) = x", "0 <= x <= 1"),
    (r"\arctan x + \arctan y = \arctan\left(\frac{x + y}{1 - x y}\right)", "x, y in R; x y < 1"),
    (r"\cos(n \pi) = (-1)^n", "n in Z"),
    (r"\sin(x + \pi n) = (-1)^n \sin x", "n in Z"),
    (r"\sin((2 n + 1) \pi/2) = (-1)^n", "n in Z"),
    (r"(-1)^{n (n + 1)} = 1", "n in Z"),
    (r"(\cos x + \mathrm{i} \sin x)^n = \cos(n x) + \mathrm{i} \sin(n x)", "n in Z"),
    (r"\sin(x + \pi/3) = \frac{\sin x + \sqrt{3} \cos x}{2}", ""),
    (r"\sin(x) + \sin(x + 2 \pi/5) + \sin(x + 4 \pi/5) + \sin(x + 6 \pi/5) + \sin(x + 8 \pi/5) = 0", ""),
    (r"|x + \mathrm{i} y| = \sqrt{x^2 + y^2}", "x, y in R"),
    (r"|z + w|^2 + |z - w|^2 = 2 |z|^2 + 2 |w|^2", "z, w in C"),
    (r"\ln(x^2) = 2 \ln|x|", ""),
    (r"\ln(x y) = \ln|x| + \ln|y|", ""),
    (r"\ln(e^a + e^b) = \max(a, b) + \ln\left(1 + e^{-|a - b|}\right)", ""),
    (r"-\ln(x + \sqrt{x^2 - 1}) = \ln(x - \sqrt{x^2 - 1})", "x >= 1"),
    (r"\sqrt{a^2 + b^2} \le |a| + |b|", "a, b in R"),
    (r"\sqrt{x + 2 \sqrt{x - 1}} = 1 + \sqrt{x - 1}", "x in R"),
    (r"\sqrt{2 x + 2 \sqrt{x^2 - 1}} = \sqrt{x + 1} + \sqrt{x - 1}", "x >= 1"),
    (r"n \binom{n - 1}{k - 1} = k \binom{n}{k}", "n, k in N"),
    (r"\binom{n + 1}{k} = \binom{n}{k} + \binom{n}{k - 1}", "n in N; k in N"),
    (r"4 \arctan\left(\frac{1}{5}\right) - \arctan\left(\frac{1}{239}\right) = \frac{\pi}{4}", ""),
    (r"\arctan 1 + \arctan 2 + \arctan 3 = \pi", ""),
    (r"|a + b| \le |a| + |b|", ""),
    (r"|z + w| \le |z| + |w|", "z, w in C"),
    (r"\lfloor x \rfloor + \left\lfloor x + \frac{1}{2} \right\rfloor = \lfloor 2 x \rfloor", "x in R"),
    (r"\lfloor x \rfloor + \lfloor y \rfloor \le \lfloor x + y \rfloor", "x, y in R"),
    (r"\lfloor n/2 \rfloor + \lceil n/2 \rceil = n", "n in Z"),
    (r"\lfloor n/3 \rfloor + \lfloor (n + 1)/3 \rfloor + \lfloor (n + 2)/3 \rfloor = n", "n in N"),
    (r"\arcsin(2 x \sqrt{1 - x^2}) = 2 \arcsin x", r"|x| <= \frac{1}{\sqrt{2}}"),
    (r"2 \arctan x = \arcsin\left(\frac{2 x}{1 + x^2}\right)", "-1 < x < 1"),
    (r"2 \arcsin \sqrt{x} = \arccos(1 - 2 x)", "0 <= x <= 1"),
    (r"\cos(\arccos(x)/2) = \sqrt{\frac{1 + x}{2}}", ""),
    (r"\sqrt{x + 2 \sqrt{x - 1}} - \sqrt{x - 2 \sqrt{x - 1}} = 2", "x >= 2"),
    (r"\sqrt{a^2 + b^2} + \sqrt{c^2 + d^2} \ge \sqrt{(a + c)^2 + (b + d)^2}", "a, b, c, d in R"),
    (r"\arctan x < \pi/2", ""),
    (r"\arcsin x \le \pi/2", "-1 <= x <= 1"),
    (r"\arccos x \ge \pi/2", "-1 <= x <= 0"),
    (r"\sqrt{x} \le 3", "0 <= x <= 9"),
    (r"\sqrt[3]{x} \ge -2", "x >= -8"),
    (r"\ln x \ge 1", "x >= e"),
    (r"\sqrt{x^2 + 1} > x", "x in R"),
    (r"e^x > 2", "x > 1"),
)

FALSE = (
    (r"\max(a, b) = \frac{a + b + (a - b)}{2}", "a, b in R"),
    (r"\lfloor x + y \rfloor = \lfloor x \rfloor + \lfloor y \rfloor", "x, y in R"),
    (r"\lfloor n x \rfloor = n \lfloor x \rfloor", "x in R; n in Z"),
    (r"\lceil x \rceil = \lfloor x \rfloor + 1", "x in R"),
    (r"\cos(\arcsin x) = -\sqrt{1 - x^2}", ""),
    (r"\arctan x + \arctan(1/x) = \frac{\pi}{2}", "x != 0"),
    (r"\arctan(\tan x) = x", "0 < x < 2"),
    (r"\arcsin(\sin x) = x", "0 <= x <= 2"),
    (r"\arctan x + \arctan y = \arctan\left(\frac{x + y}{1 - x y}\right)", "x, y in R; x y != 1"),
    (r"\sin(x + \pi n) = \sin x", "n in Z"),
    (r"\cos(x \pi) = (-1)^{\lfloor x \rfloor}", "x in R"),
    (r"(-1)^{n (n + 1)/2} = 1", "n in Z"),
    (r"|x + \mathrm{i} y| = \sqrt{x^2 - y^2}", "x, y in R"),
    (r"|z + w|^2 = |z|^2 + |w|^2", "z, w in C"),
    (r"\ln(x^2) = 2 \ln(-x) + \ln 1", "x in R; x > 0"),
    (r"\sqrt{x - 2 \sqrt{x - 1}} = \sqrt{x - 1} - 1", "x >= 1"),
    (r"\sqrt{a^2 + b^2} \le a + b", "a, b in R"),
    (r"|a - b| \le |a| - |b|", ""),
    (r"\arctan 1 + \arctan 2 + \arctan 3 = 0", ""),
    (r"\arctan 1 + \arctan 2 + \arctan 3 = 3 \pi", ""),
    (r"\binom{n + 1}{k} = \binom{n}{k} + \binom{n}{k + 1}", "n in N; k in N"),
    (r"\arcsin x = \arcsin(-x)", "-1 <= x <= 1"),
    (r"\lceil n/3 \rceil = \lfloor (n + 1)/3 \rfloor", "n in Z"),
    (r"\arcsin(2 x \sqrt{1 - x^2}) = 2 \arcsin x", "|x| <= 0.71"),
    (r"2 \arctan x = \arcsin\left(\frac{2 x}{1 + x^2}\right)", "-1 < x < 1.01"),
    (r"\sqrt{x + 2 \sqrt{x - 1}} - \sqrt{x - 2 \sqrt{x - 1}} = 2", "x >= 1"),
    (r"\arcsin x < \pi/2", "-1 <= x <= 1"),
    (r"\arccos x > 0", "-1 <= x <= 1"),
    (r"\sqrt{x} < 3", "0 <= x <= 9"),
    (r"\sqrt[3]{x} \ge -2", "x >= -9"),
    (r"\sqrt{x} \ge -1 + x", "x >= 0"),
    (r"\ln x > 1", "x >= e"),
    (r"\arctan x \le 1", "x <= 2"),
    (r"\arctan x \ge -1", "x >= -2"),
    (r"\cos(\arccos(x)/2) = -\sqrt{\frac{1 + x}{2}}", ""),
)


def _statuses(claim: Claim) -> set[Status]:
    found = search(claim, audit=True)
    evidence = (found.proof, found.refutation, found.support)
    return {admit(claim, e, found.witness).status for e in evidence if e is not None}


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_claims_are_proved(latex: str, given: str) -> None:
    assert _statuses(read_claim(latex, given)) == {Status.PROVED}


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_false_claims_are_neither_proved_nor_supported(latex: str, given: str) -> None:
    assert not _statuses(read_claim(latex, given)) & {Status.PROVED, Status.SUPPORTED}


def _refused(latex: str, given: str, evidence: Evidence, because: str) -> None:
    claim = read_claim(latex, given)
    with pytest.raises(NotAdmitted, match=because):
        admit(claim, evidence, search(read_claim("0 = 0", given)).witness)


BOTH = (("<=", Normal()), (">=", Normal()))


@pytest.mark.parametrize(
    ("latex", "given", "evidence", "because"),
    [
        # Cases: a sign left out, a term that is complex, undefined, a matrix, or in unknown letters; a case that fails.
        (r"|x| = x", "x in R", Cases(x, ((">=", Normal()),)), "cover"),
        (r"|x| = -x", "x in R", Cases(x, (("<", Normal()), ("=", Normal()))), "cover"),
        (r"|x| = x", "x in R", Cases(x, ((">", Normal()), ("!=", Normal()))), "cover"),
        (r"|x| = x", "x in R", Cases(x, BOTH), "normal form"),
        (r"|z| = z", "z in C", Cases(symbol("z"), BOTH), "real number"),
        (r"|a| = a", "a in R; A in R^{2 x 2}", Cases(symbol("A"), BOTH), "real number"),
        (r"|x| = x", "x in R", Cases(read_claim(r"\ln x = 0").lhs, BOTH), "undefined"),
        (r"|x| = x", "x in R", Cases(symbol("q"), BOTH), "."),
        # Injective: even powers of what may be negative, the larger side of an inequality included; complex sides.
        (r"\sqrt{x^2} = x", "x in R", Injective(2, Normal()), "negative"),
        (r"x \le |x| - 1", "x in R", Injective(2, Normal()), "negative"),
        (r"-|x| \ge x", "x in R", Injective(2, Normal()), "negative"),
        (r"z = |z|", "z in C", Injective(3, Normal()), "real"),
        (r"\sqrt{x^2} = |x| + 1", "x in R", Injective(2, Normal()), "normal form"),
        (r"\sqrt{x^2} = |x|", "x in R", Injective(-2, Normal()), "of that kind"),
        (r"\mathrm{i} \pi = - \mathrm{i} \pi", "", Injective(0, Normal()), "real"),
        # Whole and rest, real and imaginary parts: of plain letters only.
        (r"\lfloor z \rfloor = z", "z in C", WholePart("z", Normal()), "plain real"),
        (r"\lfloor x \rfloor = x", "x in R", WholePart("x", Normal()), "normal form"),
        (r"|x| = x", "x in R", RealParts(Normal()), "no complex"),
        (r"|z|^2 = z^2", "z in C", RealParts(Normal()), "normal form"),
        # Equal derivatives: a gap in the domain, a corner, a point outside, another value at the point.
        (
            r"\arctan x + \arctan(1/x) = \frac{\pi}{2}",
            "x != 0",
            SameDerivative("x", number(1), Normal(), Normal()),
            "gaps",
        ),
        (
            r"\arctan x + \arctan(1/x) = \frac{\pi}{2}",
            "x^2 > 0",
            SameDerivative("x", number(1), Normal(), Normal()),
            "gaps",
        ),
        (r"|x| = x", "x in R", SameDerivative("x", number(1), Normal(), Normal()), "smooth"),
        (r"\lfloor x \rfloor = 0", "x in R", SameDerivative("x", number(0), Normal(), Normal()), "smooth"),
        (r"\sqrt{x^2} = x", "x in R", SameDerivative("x", number(1), Normal(), Normal()), "."),
        (r"\arctan x = \arctan x + 1", "x > 0", SameDerivative("x", number(1), Normal(), Normal()), "normal form"),
        (r"\arctan(2 x) = \arctan x", "x > 0", SameDerivative("x", number(0), Normal(), Normal()), "."),
        (r"\arcsin x = \arctan x", "0 <= x <= 1", SameDerivative("x", number(0), Normal(), Normal()), "."),
        (r"\ln x = \ln x + 0 y", "x > 0; y in R", SameDerivative("x", symbol("x"), Normal(), Normal()), "depends"),
        (
            r"\ln(x) - \ln(x) = x y",
            "x > 0; y in R; y = 0 x",
            SameDerivative("x", number(1), Normal(), Normal()),
            "tied",
        ),
        (r"\ln(x - 1) = \ln(x - 1)", "x > 1", SameDerivative("x", number(0), Normal(), Normal()), "outside"),
        # A range that an angle may leave; a function that is none of the three.
        (r"\arcsin(\sin x) = x", "0 <= x <= 2", InRange("sin", Normal()), "outside"),
        (r"x = \pi - x", r"0 <= x <= \pi", InRange("sin", Normal()), "outside"),
        (r"x = -x", "-1 <= x <= 1", InRange("cos", Normal()), "outside"),
        (r"x = x + \pi", "-1 <= x <= 1", InRange("tan", Normal()), "outside"),
        (r"x = x/2", "0 <= x <= 1", InRange("sin", Normal()), "normal form"),
        (r"x = -x", "-1 <= x <= 1", InRange("cosh", Normal()), "angles"),
        (r"x \le -x", "-1 <= x <= 1", InRange("sin", Normal()), "angles"),
        # Another relation, one turned the wrong way, one that asks for more.
        (r"a \le b", "a, b in R", Rearranged(a, "<=", a, Normal()), "another"),
        (r"a \le b", "a, b in R; a >= b", Rearranged(b, "<=", a, Normal()), "wrong way"),
        (r"a = b", "a, b in R", Rearranged(Term("mul", (a, a)), "=", Term("mul", (b, b)), Normal()), "another"),
        (r"a < b", "a, b in R; a <= b", Rearranged(a, "<=", b, Normal()), "wrong way"),
        (
            r"a = b",
            "a, b in R",
            Rearranged(read_claim(r"a + \ln a - \ln a = b").lhs, "=", b, Normal()),
            "asks for more",
        ),
        # A residue left out.
        (r"\lfloor n/2 \rfloor = n/2", "n in Z", Residues("n", (Normal(), Normal())), "normal form"),
        (r"\lfloor n/2 \rfloor = n/2", "n in Z", Residues("n", (Normal(),)), "between"),
        (r"\lfloor x/2 \rfloor = x/2", "x in R", Residues("x", (Normal(), Normal())), "plain integer"),
        # Angles: more than a turn, letters, no angle at all.
        (r"\arctan 1 + \arctan 2 + \arctan 3 = 3 \pi", "", Angles(), "turn"),
        (r"2 \pi = 0", "", Angles(), "turn"),
        (r"\arctan x = x", "x in R", Angles(), "numbers"),
        (r"\arctan 2 = \arctan 3", "", Angles(), "exponential"),
        (r"\ln 2 = \ln 3", "", Angles(), "exponential"),
    ],
)
def test_forged_evidence_is_refused(latex: str, given: str, evidence: Evidence, because: str) -> None:
    _refused(latex, given, evidence, because)


def test_a_gap_between_two_intervals_is_no_interval() -> None:
    """arctan((1 + x) / (1 - x)) - arctan x is pi/4 below 1 and -3 pi/4 above."""
    latex = r"\arctan\left(\frac{1 + x}{1 - x}\right) = \arctan x + \frac{\pi}{4}"
    evidence = SameDerivative("x", number(0), Normal(), Normal())
    below = read_claim(latex, "x < 1")
    assert admit(below, evidence, (("x", number(0).value),)).status == Status.PROVED
    for given in ("x != 1", "x in R", "(x - 1)^2 > 0"):
        with pytest.raises(NotAdmitted):
            admit(read_claim(latex, given), evidence, (("x", number(0).value),))


def test_cases_on_integers_know_the_next_integer() -> None:
    claim = read_claim(r"|2 n - 1| \ge 1", "n in Z")
    three = tuple((relation, Normal()) for relation in ("<", "=", ">"))
    assert admit(claim, Cases(n, three)).status == Status.PROVED
    real = read_claim(r"|2 x - 1| \ge 1", "x in R")
    with pytest.raises(NotAdmitted):
        admit(real, Cases(x, three))


def test_a_condition_on_the_end_of_arcsine_is_not_taken_for_its_opposite() -> None:
    """``x <= 1`` does not follow from ``x >= 1``."""
    claim = read_claim(r"\arcsin x = \arcsin x", "x >= 1")
    verdict = admit(claim, Normal(), (("x", number(1).value),))
    assert any(relation.relation == "<=" for relation in verdict.assuming)
