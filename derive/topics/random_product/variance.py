"""Section: the variance of the product, exactly, and three ways to be sure of it (claim B2)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.authoring import (
    Letter,
    approximate,
    assume,
    fixed,
    integer,
    random_family,
    rational,
    real,
    scope,
    step,
)
from derive.core import Block, Declaration, FiniteLaw, Law, Prose, Section, Table
from derive.kernel.terms import ZERO, symbol
from derive.topics.random_product import Options
from derive.topics.random_product.exact import product_law
from derive.topics.random_product.product import PRODUCT
from derive.topics.random_product.weights import Weights, family, law_of, words

DEMONSTRATION = FiniteLaw(
    (
        (Fraction(-1), Fraction(3, 10)),
        (Fraction(-1, 2), Fraction(1, 5)),
        (Fraction(1, 2), Fraction(1, 5)),
        (Fraction(1), Fraction(3, 10)),
    )
)
"""Mean 0, variance 7/10, and few different products."""
DEPTHS = (1, 2, 3, 5, 8, 12)


def variance(options: Options, weights: Weights) -> Section:
    """Var = v^n: the general proof, the proof layer by layer, different variances, the exact law of the product."""
    return Section(
        "variance",
        "The variance of the product is exactly the product of the variances",
        (*_theorem(), *_layer_by_layer(), *_different(), *_own(options, weights), *_exact(weights), *_quadrature()),
    )


def _theorem() -> tuple[Block, ...]:
    declared = scope(integer("n", r"n \ge 1"), real("v", r"v > 0"), random_family("w", "moments", ZERO, symbol("v")))
    return (
        Prose(
            "**The idea.** The variance of something with mean 0 is its mean square. Squares multiply, and so do means of independent "
            "factors. Nothing else is needed: not a Gaussian law, not symmetry.\n\n"
            "Let $w_1, w_2, \\dots$ be independent, each with mean 0 and a finite variance $v$, and otherwise of any law."
        ),
        step(
            rf"\operatorname{{E}}[{PRODUCT}] = \prod_{{i=1}}^{{n}} \operatorname{{E}}[w_i] = 0",
            "The mean of a product of independent factors is the product of the means.",
            declared,
            ledger=("B2",),
        ),
        step(
            rf"\operatorname{{Var}}[{PRODUCT}] = \operatorname{{E}}[({PRODUCT})^{{2}}]",
            "So the variance is the mean square.",
            declared,
            ledger=("B2",),
        ),
        step(
            rf"({PRODUCT})^{{2}} = \prod_{{i=1}}^{{n}} w_i^{{2}}",
            "The square goes into the product.",
            scope(integer("n", r"n \ge 1"), Letter(Declaration("w", "real", family=True))),
            ledger=("B2",),
        ),
        step(
            r"\operatorname{E}[\prod_{i=1}^{n} w_i^{2}] = \prod_{i=1}^{n} \operatorname{E}[w_i^{2}] = v^{n}",
            "Squares of independent weights are independent, so their means multiply too.",
            declared,
            ledger=("B2",),
        ),
        step(
            rf"\operatorname{{Var}}[{PRODUCT}] = v^{{n}}",
            "Together. Goodfellow et al. (section 10.7) write an order of magnitude here; it is an equality, for every $n$.",
            declared,
            ledger=("B2",),
        ),
    )


def _layer_by_layer() -> tuple[Block, ...]:
    letters = scope(
        real("v", r"v > 0"),
        real("q", r"q > 0"),
        Letter(Declaration("P", "real", law=Law("moments", ZERO, symbol("q")))),
        Letter(Declaration("w", "real", law=Law("moments", ZERO, symbol("v")))),
    )
    declared = replace(letters, independent=(("P", "w"),))
    return (
        Prose(
            "**Layer by layer.** The same in the order in which the network computes. Let $P$ be the product so far, with mean square "
            "$q$, and $w$ the next weight, independent of it. *Given* the past, the next square is $v$ times the last one on average:"
        ),
        step(
            r"\operatorname{E}[P^{2} w^{2} \mid P] = v P^{2}",
            "What is known comes out of the conditional mean; what is independent of it is averaged.",
            declared,
            ledger=("B2",),
        ),
        step(
            r"\operatorname{E}[(P w)^{2}] = v \operatorname{E}[P^{2}]",
            "Averaging over the past: one more layer, one more factor $v$. This is the induction step of the theorem.",
            declared,
            ledger=("B2",),
        ),
    )


def _different() -> tuple[Block, ...]:
    letters = (
        integer("n", r"n \ge 0"),
        integer("t"),
        Letter(Declaration("v", "real", family=True)),
        Letter(Declaration("q", "real", family=True)),
    )
    declared = scope(*letters, given=(r"q_0 = 1", r"q_{t} = v_t q_{t-1}"))
    three = scope(
        *(real(name, rf"{name} > 0") for name in ("a", "b", "c")),
        *(
            Letter(Declaration(name, "real", law=Law("moments", ZERO, symbol(variance))))
            for name, variance in zip("XYZ", "abc", strict=True)
        ),
    )
    return (
        Prose(
            "**The laws may differ.** Identical laws were never used. If layer $t$ has variance $v_t$, the mean square $q_t$ of the "
            "product obeys"
        ),
        assume(r"q_0 = 1", "the empty product.", declared),
        assume(r"q_{t} = v_t q_{t-1}", "the step above, each layer with its own variance.", declared),
        step(
            r"q_{n} = \prod_{i=1}^{n} v_i",
            "So the variances multiply.",
            declared,
            induction=("n", 0),
            ledger=("B2",),
        ),
        step(
            r"\operatorname{Var}[X Y Z] = a b c",
            "For instance three independent factors $X$, $Y$, $Z$ with mean 0 and variances $a$, $b$, $c$.",
            replace(three, independent=(("X", "Y", "Z"),)),
            ledger=("B2",),
        ),
    )


def _own(options: Options, weights: Weights) -> tuple[Block, ...]:
    n, v = options.n, weights.square
    if weights.mean:
        return (
            Prose(
                f"**Your weights** are {words(weights)}. Their mean is ${rational(weights.mean)}$, not 0, so the theorem does not apply "
                "as it stands; section 3 gives the variance."
            ),
        )
    power = rf"\left( {rational(v)} \right)^{{{n}}}"
    lead = Prose(f"**The weights of this handout** are {words(weights)}, and there are $n = {n}$ of them.")
    own = scope(integer("n", r"n \ge 1"), family(weights))
    if v == 1:
        reason = "With $v = 1$ the variance of the product is 1 at every depth."
        return (lead, step(rf"\operatorname{{Var}}[{PRODUCT}] = 1", reason, own, ledger=("B2",)))
    reason = "The theorem for these weights, from their own moments."
    claim = step(rf"\operatorname{{Var}}[{PRODUCT}] = \left( {rational(v)} \right)^{{n}}", reason, own, ledger=("B2",))
    return (lead, claim, approximate(power, f"For $n = {n}$:", scope(), options.digits, ledger=("B2",)))


# ------------------------------------------------------------------------------------------------ without the theorem


def _exact(weights: Weights) -> tuple[Block, ...]:
    """The law of P_n itself, atom by atom."""
    shown = weights if weights.finite is not None and not weights.mean else _demonstration()
    assert shown.finite is not None
    atoms = ", ".join(rf"${rational(x)}$ (probability ${rational(p)}$)" for x, p in shown.finite.atoms)
    rows = []
    for n in DEPTHS:
        found = product_law(shown.finite, n)
        if found is None:
            break
        exact = sum((p * x * x for x, p in found.items()), Fraction(0))
        assert sum(found.values()) == 1 and sum(p * x for x, p in found.items()) == 0
        same = "yes" if exact == shown.square**n else "no"
        rows.append((str(n), str(len(found)), f"${_short(exact)}$", same))
    v = rational(shown.square)
    claim = step(
        rf"\operatorname{{Var}}[\prod_{{i=1}}^{{12}} w_i] = \left( {v} \right)^{{12}}",
        "The theorem for this law and twelve factors.",
        scope(Letter(Declaration("w", "real", law=law_of(shown), family=True))),
        ledger=("B2",),
    )
    return (
        Prose(
            "**Without the theorem.** A formula should be checked by a route that does not use it. For a law with a few rational values "
            f"the law of $P_n$ itself can be written down, value by value, in exact fractions. Take the values {atoms}: variance ${v}$. "
            "Multiply out one factor at a time, collect equal products, and square only at the end:"
        ),
        Table(
            "The exact law of the product, in fractions; nothing here uses that variances multiply",
            ("$n$", "different values of $P_n$", r"$\operatorname{Var} P_n$", rf"equal to $({v})^n$"),
            tuple(rows),
        ),
        claim,
    )


def _short(q: Fraction) -> str:
    """The fraction if it is short, else a decimal numeral."""
    if len(str(q)) <= 16:
        return rational(q)
    return rf"\approx {fixed(q, 8)}"


def _demonstration() -> Weights:
    return Weights("", DEMONSTRATION, Fraction(0), Fraction(7, 10), Fraction(5, 8))


def _quadrature() -> tuple[Block, ...]:
    return (
        Prose(
            "**Gaussian weights, without sampling.** A Gaussian law has no list of values, but for polynomials there is a finite stand-in: "
            "the three nodes $-\\sqrt{3}$, $0$, $\\sqrt{3}$ with weights $1/6$, $2/3$, $1/6$ (Gauss and Hermite) average every polynomial of "
            "degree up to 5 exactly as the standard Gaussian law does. The odd degrees are 0 by symmetry; in the even ones the node 0 contributes nothing and the other two the same:"
        ),
        step(
            r"2 \cdot \frac{1}{6} (\sqrt{3})^{2} = 1",
            "The variance is right.",
            scope(),
            ledger=("B2",),
        ),
        step(
            r"2 \cdot \frac{1}{6} (\sqrt{3})^{4} = 3",
            "So is the fourth moment.",
            scope(),
            ledger=("B2",),
        ),
        Prose(
            "$P_n^2$ has degree 2 in each weight. So its mean is the average over the grid of all $3^n$ combinations of nodes, for "
            "$n = 10$ that is $59\\,049$ points, with no sampling error at all."
        ),
        step(r"3^{10} = 59049", "The size of the grid for ten weights.", scope(), ledger=("B2",)),
        step(
            r"\left( \frac{1}{3} \right)^{10} 3^{10} = 1",
            "In that grid $P_{10}^2$ is 0 as soon as one node is 0; the rest has weight $(1/3)^{10}$ and there $P_{10}^2 = 3^{10}$.",
            scope(),
            ledger=("B2",),
        ),
    )
