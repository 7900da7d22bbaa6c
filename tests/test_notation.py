"""The syntax tree of a formula loses nothing: printed, it is the formula again up to spaces; every node knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.notation import Node, Unparsed, parse, show
from derive.notation.lexer import tokenize
from derive.notation.nodes import KINDS

FORMULAS = [
    r"|a||b| = |ab|",
    r"\|x\|_2^2 = x^\top x",
    r"P(A|B) = \frac{P(B|A)P(A)}{P(B)}",
    r"\sum_{k=1}^n |a_k| |b_k| \le \left( \sum_{k=1}^n a_k^2 \right)^{1/2}",
    r"E[X \mid Y] = \int x \, p(x \mid Y) \, dx",
    r"\{x : |x| < 1\} \subset [0, 1) \cup (1, 2]",
    r"f(x)|_{x=0}",
    r"x^12 + \frac12 + 2^{-n} + n! + {n \choose k}",
    r"\sin 2x \cos y - \log\left(\frac{a}{b}\right)c",
    r"\lim_{n \to \infty} a_n = 0, \quad n = 1, \ldots, N",
    r"D_{KL}(p\|q) \ge 0",
    r"\mathrm{KL}[P\,||\,Q] = \operatorname{E}_{x \sim p}\left[ \ln \frac{p(x)}{q(x)} \right]",
    r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}, \quad |\Sigma|^{-1/2}",
    r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\underbrace{a + b}_{\text{sum}} \overset{(1)}{=} \hat{\beta}_0^{(t+1)} - \bar{x}'",
    r"\nabla_\theta J(\theta)^T = \left[ \begin{array}{cc} 1 & 0 \\ 0 & 1 \end{array} \right]",
    r"\langle u, v \rangle := \overline{\langle v, u \rangle}",
    r"x \in \mathbb{R}^{n \times n} \implies \exists y \; x \not\in y",
    r"\sqrt[3]{x + 1} \pm \sqrt{\pi} \approx 3.14",
    r"\int_0^1\int_0^x \mathrm{d}y\,\mathrm{d}x = \tfrac{1}{2}",
]


def plain(latex: str) -> str:
    return "".join("".join(token.text.split()) for token in tokenize(latex))


@pytest.mark.parametrize("latex", FORMULAS)
def test_nothing_is_lost(latex: str) -> None:
    assert plain(show(parse(latex))) == plain(latex)


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_node_knows_its_place(latex: str) -> None:
    """The places of the children lie in order within that of the node, and a piece of text read by itself is the node again."""
    for node in parse(latex).walk():
        assert node.kind in KINDS
        starts = [child.start for child in node.children]
        assert starts == sorted(starts)
        assert all(node.start <= child.start <= child.end <= node.end for child in node.children)
        if node.kind in ("number", "letter", "command", "fence", "group"):
            assert plain(latex[node.start : node.end]) == plain(show(node))


def kinds(node: Node) -> list[str]:
    return [part.kind for part in node.walk()]


@pytest.mark.parametrize(
    ("latex", "kind", "count"),
    [
        (r"|a||b|", "fence", 2),
        (r"P(A|B)", "fence", 1),
        (r"\left|a\right|b|c|", "fence", 2),
        (r"a = b \le c", "chain", 1),
        (r"\sum_k a_k + b", "sum", 1),
        (r"x^12", "product", 1),
        (r"\{x \mid x > 0\}", "list", 1),
    ],
)
def test_structure(latex: str, kind: str, count: int) -> None:
    assert kinds(parse(latex)).count(kind) == count


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\frac{a}{b", "nothing closes"),
        (r"(a + b", "nothing closes"),
        (r"a + b)", "closes nothing"),
        (r"\foo{x}", "unknown command"),
        (r"x^", "argument is missing"),
        (r"||x|-|y||", "nothing closes"),  # two readings
        (r"\begin{tikzpicture} x \end{tikzpicture}", "unknown environment"),
        ("{" * 500 + "x" + "}" * 500, "deep"),
        ("x\x00", "unknown character"),
    ],
)
def test_what_is_no_formula_is_refused(latex: str, reason: str) -> None:
    with pytest.raises(Unparsed, match=reason):
        parse(latex)


@given(st.text(alphabet=r"\{}()[]|^_&=+-/'!,.xyz012 frac left right sum begin end pmatrix", max_size=60))
def test_whatever_comes_is_parsed_or_refused(text: str) -> None:
    try:
        node = parse(text)
    except Unparsed:
        return
    assert plain(show(node)) == plain(text) or "\\\\" in text or "begin" in text
