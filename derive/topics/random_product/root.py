"""Section: the variance that one weight needs for a wanted variance of the product (claim B5)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.random_product import Options

DEPTHS = (1, 2, 10, 100)


def root(options: Options) -> Section:
    """v = v_*^{1/n}: it exists, is unique, tends to 1, and must be met precisely."""
    return Section(
        "root", "Choosing the variance: the n-th root rule", (*_rule(), *_own(options), *_precision(options))
    )


def _rule() -> tuple[Block, ...]:
    declared = scope(integer("n", r"n \ge 1"), real("v_star", r"v_\star > 0"))
    two = scope(integer("n", r"n \ge 1"), real("u", r"u > 0"), real("v", r"v > 0"), given=("u < v",))
    return (
        Prose(
            "Want the product to have the variance $v_\\star > 0$? Solve $v^n = v_\\star$. (The formula in the source texts at hand has lost "
            "its stars and its root; this is what the book prints.)"
        ),
        step(
            r"\left( v_\star^{1/n} \right)^{n} = v_\star",
            "The $n$-th root solves it.",
            declared,
            ledger=("B5",),
        ),
        step(
            r"u^{n} < v^{n}",
            "Nothing else does, because a larger variance gives a larger power.",
            two,
            ledger=("B5",),
        ),
        step(
            r"\ln\left( v_\star^{1/n} \right) = \frac{\ln v_\star}{n}",
            "The logarithm of the answer is the logarithm of the target, shared out among the layers.",
            declared,
            ledger=("B5",),
        ),
        step(
            r"\lim_{n \to \infty} v_\star^{1/n} = 1",
            "So whatever the target, a deep chain needs $v$ close to 1.",
            declared,
            ledger=("B5",),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    n, target = options.n, rational(options.target)
    blocks: list[Block] = [
        approximate(
            rf"\left( {target} \right)^{{1/{n}}}",
            f"For the target $v_\\star = {target}$ and $n = {n}$ weights:",
            scope(),
            options.digits,
            ledger=("B5",),
        )
    ]
    rows = tuple((str(depth), f"${_numeral(options.target, depth, options.digits)}$") for depth in DEPTHS)
    blocks.append(Table(f"The variance of one weight for the target $v_\\star = {target}$", ("$n$", "$v$"), rows))
    return tuple(blocks)


def _numeral(target: Fraction, n: int, digits: int) -> str:
    shown = approximate(rf"\left( {rational(target)} \right)^{{1/{n}}}", "", scope(), max(digits, 5)).formula
    return shown.rpartition(r"\approx" if r"\approx" in shown else "=")[2].strip()


def _precision(options: Options) -> tuple[Block, ...]:
    n = options.n
    small = scope(integer("n", r"n \ge 1"), real("v", r"v > 0"), real("delta", r"\delta > -1"))
    return (
        Prose("And it must be met precisely. Let the variance be off by the relative error $\\delta$:"),
        step(
            r"\frac{(v (1 + \delta))^{n}}{v^{n}} = (1 + \delta)^{n}",
            "The error of one layer is compounded by all of them.",
            small,
            ledger=("B5",),
        ),
        approximate(
            r"\left( 1 + \frac{1}{100} \right)^{100}",
            "One per cent too much in a hundred layers:",
            scope(),
            3,
            ledger=("B5",),
        ),
        approximate(
            rf"\left( 1 + \frac{{1}}{{100}} \right)^{{{n}}}",
            f"In the $n = {n}$ layers of this handout:",
            scope(),
            options.digits,
            ledger=("B5",),
        ),
    )
