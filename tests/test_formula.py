"""LaTeX <-> Term: each notation by example, what is refused, and the two directions inverse to each other."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from fractions import Fraction
from subprocess import run

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.core import HEADS, Declaration, Relation, Scope, Term
from derive.formula import PRINT, Unread, read, read_chain, read_relation, show, show_chain, show_relation

SCOPE = Scope(
    declarations=(
        *(Declaration(name) for name in ("a", "b", "c", "d", "x", "y", "delta", "loss", "t_half", "x_hat", "y_prime")),
        *(Declaration(name, domain="integer") for name in ("n", "t", "s")),
        *(Declaration(name, shape=("d", "d")) for name in ("W", "V", "Lambda", "A", "B", "J")),
        *(Declaration(name, shape=("d",)) for name in ("v", "u", "v_0", "v_star")),
        *(Declaration(name, family=True) for name in ("w", "lambda", "z")),
        Declaration("D", shape=("d", "d"), family=True),
        Declaration("h", shape=("d",), family=True),
        Declaration("sigma_max"),
        Declaration("mu_1"),
        Declaration("mu_1_max"),
        Declaration("f", function=True),
        Declaration("g", function=True),
    )
)

# The same letters twice: once lambda, rho and kappa are letters, once they are functions of a matrix.
LETTERED = Scope((*SCOPE.declarations, Declaration("rho"), Declaration("kappa"), Declaration("lambda_max")))
SPECTRAL = Scope(tuple(declaration for declaration in SCOPE.declarations if declaration.name != "lambda"))


def num(value: int) -> Term:
    return Term("number", (), Fraction(value))


def sym(name: str) -> Term:
    return Term("symbol", (), name)


def con(name: str) -> Term:
    return Term("constant", (), name)


def op(head: str, *args: Term) -> Term:
    return Term(head, args)


a, b, c, d, x, y, n, t, k = (sym(name) for name in "abcdxyntk")
W, V, A, v, Lambda = (sym(name) for name in ("W", "V", "A", "v", "Lambda"))
w, lam, i = sym("w"), sym("lambda"), sym("i")
one, two = num(1), num(2)
w_i, w_k = op("index", w, i), op("index", w, k)


def slash(above: Term, below: Term) -> Term:
    return Term("div", (above, below), "/")


# What the printer writes, and the term.
WRITTEN: list[tuple[str, Term]] = [
    ("W", W),
    (r"\Lambda", Lambda),
    (r"v_\star", sym("v_star")),
    (r"\sigma_{\max}", sym("sigma_max")),
    (r"t_{\mathrm{half}}", sym("t_half")),
    (r"\mu_1", sym("mu_1")),
    (r"\mu_{1,\max}", sym("mu_1_max")),
    (r"v_0", sym("v_0")),
    (r"\mathrm{loss}", sym("loss")),
    (r"\hat{x}", sym("x_hat")),
    (r"y'", sym("y_prime")),
    (r"\pi + e + \mathrm{i} + \gamma + \infty", op("add", *map(con, ("pi", "e", "i", "gamma", "infinity")))),
    ("12", num(12)),
    ("0.30", Term("decimal", (), "0.30")),
    ("-2", op("neg", two)),
    (r"\frac{a}{b}", op("div", a, b)),
    ("a/b", slash(a, b)),
    ("a b/c", slash(op("mul", a, b), c)),
    ("a/b/c", slash(slash(a, b), c)),
    ("(a/b) c", op("mul", slash(a, b), c)),
    ("a/(b c)", slash(a, op("mul", b, c))),
    ("a - b + c", op("add", a, op("neg", b), c)),
    ("a - (b + c)", op("add", a, op("neg", op("add", b, c)))),
    ("(a + b) + c", op("add", op("add", a, b), c)),
    ("-a b", op("neg", op("mul", a, b))),
    ("(-a) b", op("mul", op("neg", a), b)),
    ("-(-a)", op("neg", op("neg", a))),
    ("W^{t} W", op("mul", op("pow", W, t), W)),
    (r"V \Lambda^{t} (V^{-1} V) \Lambda V^{-1}", None),  # type: ignore[list-item]
    (r"2 \cdot 3 a", op("mul", two, num(3), a)),
    (r"2 \cdot \frac{1}{3}", op("mul", two, op("div", one, num(3)))),
    (r"9.77 \cdot 10^{-4}", op("mul", Term("decimal", (), "9.77"), op("pow", num(10), op("neg", num(4))))),
    ("V^{-1}", op("pow", V, op("neg", one))),
    ("(a^{b})^{c}", op("pow", op("pow", a, b), c)),
    ("(-1)^{n}", op("pow", op("neg", one), n)),
    (r"(W^\top)^{t}", op("pow", op("transpose", W), t)),
    (r"v^\top W^{t} v", op("mul", op("transpose", v), op("pow", W, t), v)),
    (r"\sqrt{x}", op("sqrt", x)),
    (r"\sqrt[3]{x}", op("root", x, num(3))),
    (r"\exp(x)", op("exp", x)),
    (r"e^{x}", op("pow", con("e"), x)),
    (r"\ln 2", op("log", two)),
    (r"\ln(2) a", op("mul", op("log", two), a)),
    (r"a \ln 2", op("mul", a, op("log", two))),
    (r"\ln(2)/a", slash(op("log", two), a)),
    (r"\ln \lvert \lambda_i \rvert", None),  # type: ignore[list-item]
    (r"\tanh x", op("tanh", x)),
    (r"\ln(a + b)", op("log", op("add", a, b))),
    (r"(\sin x)^{2}", op("pow", op("sin", x), two)),
    (r"\ln\left( \frac{a}{b} \right)", op("log", op("div", a, b))),
    (r"\lvert x \rvert^{t}", op("pow", op("abs", x), t)),
    ("n!", op("factorial", n)),
    ("(n!)!", op("factorial", op("factorial", n))),
    (r"\binom{n}{2}", op("binomial", n, two)),
    ("f(x)", op("apply", sym("f"), x)),
    ("f(x, y)^{2}", op("pow", op("apply", sym("f"), x, y), two)),
    ("x (a + b)", op("mul", x, op("add", a, b))),
    (r"\sum_{k=0}^{t-1} a^{k}", op("sum", op("pow", a, k), k, num(0), op("add", t, op("neg", one)))),
    (r"\sum_{k=1}^{n} (w_k + 1)", op("sum", op("add", w_k, one), k, one, n)),
    (r"\left( \sum_{k=1}^{n} w_k \right) a", op("mul", op("sum", w_k, k, one, n), a)),
    (r"a \sum_{k=1}^{n} w_k b", op("mul", a, op("sum", op("mul", w_k, b), k, one, n))),
    (r"\cot(x) \sec x", op("mul", op("cot", x), op("sec", x))),
    (r"\arcsin x", op("arcsin", x)),
    (r"\max(a, b, 1)", op("max", a, b, one)),
    (
        r"\lfloor x \rfloor^{2} + \lceil \frac{a}{b} \rceil".replace(
            r"\lceil \frac{a}{b} \rceil", r"\left\lceil \frac{a}{b} \right\rceil"
        ),
        op("add", op("pow", op("floor", x), two), op("ceil", op("div", a, b))),
    ),
    ("f'(x) + f''(a x)", op("add", op("prime", sym("f"), x, one), op("prime", sym("f"), op("mul", a, x), two))),
    (r"\int_{0}^{1} x^{2} \, dx", op("integral", op("pow", x, two), x, num(0), one)),
    (
        r"2 \int_{a}^{\infty} e^{-x} \, dx",
        op("mul", two, op("integral", op("pow", con("e"), op("neg", x)), x, a, con("infinity"))),
    ),
    (r"\int_{0}^{1} \int_{0}^{x} y \, dy \, dx", op("integral", op("integral", y, y, num(0), x), x, num(0), one)),
    (r"\int \frac{1}{x} \, dx", op("antiderivative", op("div", one, x), x)),
    (r"\frac{\partial}{\partial x} x y", Term("derivative", (op("mul", x, y), x), "partial")),
    (r"\lim_{x \to 0^+} \frac{1}{x}", Term("limit", (op("div", one, x), x, num(0)), "+")),
    (r"\lim_{x \to 1^-} x", Term("limit", (x, x, one), "-")),
    (r"\nabla_{v} v^\top A v", op("gradient", op("mul", op("transpose", v), A, v), v)),
    (r"\nabla_{v}^2 v^\top A v", op("hessian", op("mul", op("transpose", v), A, v), v)),
    (
        r"\lVert v \rVert_1 + \lVert v \rVert_{\infty}",
        op("add", op("norm_p", v, one), op("norm_p", v, con("infinity"))),
    ),
    (r"\lVert A \rVert_F^{2}", op("pow", op("frobenius", A), two)),
    (r"\langle v, A v \rangle", op("inner", v, op("mul", A, v))),
    (r"\operatorname{E}[x \mid y]", op("expect_given", x, y)),
    (r"\operatorname{Cov}(x, y) a", op("mul", op("covariance", x, y), a)),
    (r"\prod_{k=1}^{n} w_k^{2}", op("prod", op("pow", w_k, two), k, one, n)),
    (r"\lim_{k \to \infty} a^{k}", op("limit", op("pow", a, k), k, con("infinity"))),
    (r"\frac{d}{dx} x^{2}", op("derivative", op("pow", x, two), x)),
    (r"\frac{d}{d \cdot x}", op("div", d, op("mul", d, x))),
    ("h_{t-1}", op("index", sym("h"), op("add", t, op("neg", one)))),
    (r"\lambda_1", op("index", lam, one)),
    (r"w_{(t n)}", op("index", w, op("mul", t, n))),
    (r"w_{2 n+1}", op("index", w, op("add", op("mul", two, n), one))),
    (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", op("matrix", op("row", a, b), op("row", c, d))),
    ("I", op("identity")),
    (r"\operatorname{diag}(a, b)", op("diagonal", a, b)),
    (
        r"\operatorname{diag}(\lambda_1^{t}, \dots, \lambda_d^{t})",
        op("diagonal_family", op("pow", op("index", lam, i), t), i, one, d),
    ),
    (r"\operatorname{diag}_{i=1}^{n}(a^{i})", op("diagonal_family", op("pow", a, i), i, one, n)),
    (r"\det W", op("det", W)),
    (r"\det(W V)", op("det", op("mul", W, V))),
    (r"\operatorname{tr}(W)", op("trace", W)),
    ("(J^{t})_{1,2}", op("entry", op("pow", sym("J"), t), one, two)),
    (r"\lVert A \rVert_2", op("norm", A)),
    (r"\rho(A)^{t}", op("pow", op("spectral_radius", A), t)),
    (r"\kappa(A V)", op("condition_number", op("mul", A, V))),
    (r"\operatorname{E}[x]^{2}", op("pow", op("expect", x), two)),
    (r"\operatorname{Var}[x]", op("variance", x)),
    (r"\Pr[x > 1/2]", Term("probability", (x, slash(one, two)), ">")),
]


@pytest.mark.parametrize(("latex", "term"), WRITTEN, ids=[latex for latex, _ in WRITTEN])
def test_notation(latex: str, term: Term | None) -> None:
    inner = Scope((*SCOPE.declarations, Declaration("i", domain="integer")))
    free = inner if r"\lambda_i" in latex else SCOPE
    got = read(latex, free)
    assert term is None or got == term
    assert show(got) == latex


def test_products_keep_their_parentheses() -> None:
    flat, nested = read("V V^{-1} V", SCOPE), read("V (V^{-1} V)", SCOPE)
    assert flat != nested
    assert [part.head for part in nested.args] == ["symbol", "mul"]


# A further way to write it, and the printer's.
VARIANTS = [
    (r"\left( a + b \right) c", "(a + b) c"),
    (r"\bigl(a+b\bigr)\,c", "(a + b) c"),
    ("|x|", r"\lvert x \rvert"),
    (r"\left|x\right|", r"\lvert x \rvert"),
    ("|x||y|", r"\lvert x \rvert \lvert y \rvert"),
    ("|x| + |y|", r"\lvert x \rvert + \lvert y \rvert"),
    (r"\|A\|", r"\lVert A \rVert_2"),
    (r"\|A\|_{2}^2", r"\lVert A \rVert_2^{2}"),
    (r"\lVert A \rVert", r"\lVert A \rVert_2"),
    (r"\tfrac12", r"\frac{1}{2}"),
    (r"\dfrac{a}{b}", r"\frac{a}{b}"),
    ("A^T", r"A^\top"),
    (r"A^{\top}", r"A^\top"),
    (r"\log 2", r"\ln 2"),
    (r"2 \times 3", r"2 \cdot 3"),
    (r"\sin^2 x", r"(\sin x)^{2}"),
    (r"\sin^2(x) + \cos^2(x)", r"(\sin x)^{2} + (\cos x)^{2}"),
    (r"\frac{d^2}{dx^2} x^3", r"\frac{d}{dx} \frac{d}{dx} x^{3}"),
    (r"\frac{\partial f(x)}{\partial x}", r"\frac{\partial}{\partial x} f(x)"),
    (
        r"\frac{\partial^2 (x y)}{\partial x \partial y}",
        r"\frac{\partial}{\partial x} \frac{\partial}{\partial y} x y",
    ),
    (r"A^{-\top}", r"(A^{-1})^\top"),
    (r"\max\{a, b\}", r"\max(a, b)"),
    (r"\int x^2 + 1 \, dx", r"\int (x^{2} + 1) \, dx"),
    (r"\int_0^1 x\,dx + \int_0^1 y\,dy", r"\int_{0}^{1} x \, dx + \int_{0}^{1} y \, dy"),
    (r"\operatorname{Cov}(v)", r"\operatorname{Var}[v]"),
    (r"\lim_{x \to 0^{+}} x", r"\lim_{x \to 0^+} x"),
    ("2x", "2 x"),
    (r"\mathbb{E}[x]", r"\operatorname{E}[x]"),
    (r"\operatorname{E}\left[x\right]", r"\operatorname{E}[x]"),
    (r"\mathrm{tr}(A)", r"\operatorname{tr}(A)"),
    (r"\begin{bmatrix}1&2\\3&4\\\end{bmatrix}", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
    ("{x}^{2}", "x^{2}"),
    ("x^2", "x^{2}"),
    ("(x)^2", "x^{2}"),
    ("((x))", "x"),
    ("a + (-b)", "a - b"),
    ("w_{t}", "w_t"),
    ("(A)_{12}", "(A)_{1,2}"),
    (r"\det(A)", r"\det A"),
    (r"\sin x \cos y", r"\sin(x) \cos y"),
    (r"\ln x^2", r"\ln(x^{2})"),
    (r"\sqrt x", r"\sqrt{x}"),
    (r"\sum^{n}_{k=1} w_k", r"\sum_{k=1}^{n} w_k"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x} x^2", r"\frac{d}{dx} x^{2}"),
    (
        r"\operatorname{diag}(\lambda_1, \lambda_2, \ldots, \lambda_n)",
        r"\operatorname{diag}(\lambda_1, \dots, \lambda_n)",
    ),
    (r"\mathrm{e}^{\mathrm{i}\pi}", r"e^{\mathrm{i} \pi}"),
    (r"\Pr(x > y)", r"\Pr[x > y]"),
]


@pytest.mark.parametrize(("latex", "written"), VARIANTS)
def test_variants(latex: str, written: str) -> None:
    assert show(read(latex, SCOPE)) == written


# What is not guessed, and a word of the reason.
REFUSED = [
    ("", "ends"),
    ("q", "undeclared letter 'q' at 0"),
    ("x + q", "undeclared letter 'q' at 4"),
    (r"\theta", "undeclared"),
    (r"\foo x", "unknown command"),
    ("W_1", "no family"),
    ("x_1", "no family"),
    ("w", "without its subscript"),
    ("f + 1", "without its argument"),
    ("f'", "expected '('"),
    ("f^{2}(x)", "without its argument"),
    ("a/b c", "after '/'"),
    (r"1/2 \cdot a", "after '/'"),
    (r"\ln 2 a", "argument"),
    (r"\ln 2 \cdot a", "argument"),
    (r"\ln 2/a", "argument"),
    (r"\ln(x)^2", "carry"),
    (r"\sin^{-1} x", "may mean its inverse"),
    (r"\frac{a}{b}^2", "carry"),
    ("n!!", "carry"),
    ("a^{2}!", "carry"),
    ("x^{2}^{3}", "carry"),
    ("x^{n}_{1}", "carry"),
    ("(A)_{12}^{2}", "carry"),
    ("(A)_{123}", "two indices"),
    (r"2 \frac{1}{3}", "mixed number"),
    ("12 382", "numeral after a factor"),
    (r"12\,382", "numeral after a factor"),
    ("{2}{3}", "numeral after a factor"),
    ("x2", "numeral after a factor"),
    ("x^12", "numeral after a factor"),
    ("007", "starts with 0"),
    ("{a+b} c", "braces"),
    ("{a b}", "braces"),
    ("(a + b", "expected ')'"),
    ("a + b)", "expected the end"),
    ("a +", "ends"),
    ("+a", "expected a factor"),
    ("a - -b", "expected a factor"),
    ("a = b", "expected the end"),
    ("w_{ij}", "undeclared letter 'j'"),
    ("w_{t n}", "two indices"),
    ("w_i", "constant in a subscript"),
    ("|a|b|c|", "may open or close"),
    ("||x||", "may open or close"),
    ("|A|", "norm or a determinant"),
    (r"\|A\|_1", "norm other"),
    ("a^T", "undeclared letter 'T'"),
    (r"\rho(x)", "undeclared letter 'rho'"),
    (r"\lambda_1(W)", "write \\cdot"),
    (r"\lambda_1 (W + V) x", "write \\cdot"),
    (r"\frac{d x}{d y}", "derivative or a fraction"),
    (r"\frac{d}{d x}", "ends"),
    (r"\sum_k w_k", "expected '{'"),
    (r"\sum_{k=1}^{n} w_k + k", "undeclared letter 'k'"),
    (r"\sum_{k=1}^{k} w_k", "undeclared letter 'k'"),
    (r"a/\sum_{k=1}^{n} w_k", "go on"),
    (r"\ln \sum_{k=1}^{n} w_k", "go on"),
    (r"\operatorname{diag}(\lambda_1, \dots, w_n)", "dots"),
    (r"\operatorname{diag}(\lambda_1^{2}, \dots, \lambda_n^{n})", "dots"),
    (r"\operatorname{diag}(\lambda_1 w_1, \dots, \lambda_n w_t)", "dots"),
    (r"\operatorname{diag}(1, \dots, n)", "dots"),
    (r"\operatorname{diag}(\lambda_1, \lambda_3, \dots, \lambda_n)", "count up"),
    (r"\operatorname{diag}(a, \dots)", "expected ','"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}", "different lengths"),
    (r"\begin{pmatrix} \end{pmatrix}", "without entries"),
    (r"\begin{vmatrix} 1 \end{vmatrix}", "unknown command"),
    (r"\sqrt[n+1]{x}", "degree"),
    (r"\left. x \right|", "size"),
    ("é", "unknown character"),
    ("９", "unknown character"),
    ("1" * 401, "longer than 400"),
    ("a+" * 10_001 + "a", "longer than 20000"),
    (r"\mathfrak{W}", "unknown command"),
    ("[a + b)", "expected ']'"),
    (r"\mathrm{lambda}_1", "expected a letter"),
]


@pytest.mark.parametrize(("latex", "reason"), REFUSED, ids=[latex[:40] for latex, _ in REFUSED])
def test_refused(latex: str, reason: str) -> None:
    with pytest.raises(Unread) as caught:
        read(latex, SCOPE)
    assert reason in caught.value.reason
    assert 0 <= caught.value.position <= max(len(latex), 20_000)
    assert str(caught.value) == caught.value.reason


def test_roles_of_letters() -> None:
    plain = Scope((Declaration("lambda_1"), Declaration("A", shape=("d", "d")), Declaration("v", shape=("d",))))
    matrix = Scope((Declaration("A", shape=("d", "d")),))
    assert read(r"\lambda_1", plain) == sym("lambda_1")
    assert read(r"\lambda_{1}(A)", matrix) == op("eigenvalue", A, one)
    assert show(op("eigenvalue", A, one)) == r"\lambda_{1}(A)"
    assert read(r"\lambda_1 \cdot (A + A)", plain) == op("mul", sym("lambda_1"), op("add", A, A))
    assert read(r"\lambda_1 (1 + 2)", plain) == op("mul", sym("lambda_1"), op("add", one, two))
    with pytest.raises(Unread):
        read(r"\lambda_1 (A)", plain)
    assert read(r"\rho", Scope((Declaration("rho"),))) == sym("rho")
    assert read(r"\gamma", Scope((Declaration("gamma"),))) == sym("gamma")
    assert read("e", Scope((Declaration("e"),))) == sym("e")
    assert read("I", Scope((Declaration("I"),))) == sym("I")
    assert read("i", Scope()) == con("i")
    assert read(r"\mathrm{i}", Scope((Declaration("i"),))) == con("i")
    assert read(r"\mathrm{tr}", Scope((Declaration("tr"),))) == sym("tr")


def test_bound_letters_shadow() -> None:
    scope = Scope((Declaration("k", family=True), Declaration("w", family=True), Declaration("w_k")))
    assert read(r"\sum_{i=1}^{2} i", Scope()) == op("sum", i, i, one, two)
    assert read(r"\sum_{k=1}^{2} k", scope) == op("sum", k, k, one, two)
    assert read("w_k", scope) == sym("w_k")
    with pytest.raises(Unread):
        read(r"\sum_{k=1}^{2} w_k", scope)


def test_diagonal_family_chooses_a_free_letter() -> None:
    scope = Scope((Declaration("lambda", family=True), Declaration("d"), Declaration("i")))
    got = read(r"\operatorname{diag}(\lambda_1^{i}, \dots, \lambda_d^{i})", scope)
    assert got == op("diagonal_family", op("pow", op("index", lam, k), i), k, one, d)


def test_diagonal_family_never_captures() -> None:
    inner = op("sum", op("mul", w_i, k), k, one, n)
    family = op("diagonal_family", inner, i, k, n)
    assert r"\dots" not in show(family)
    assert read(show(family), Scope((*SCOPE.declarations, Declaration("k")))) == family


def test_relations_and_chains() -> None:
    signs = {"=": "=", r"\ne": "!=", "<": "<", r"\le": "<=", ">": ">", r"\ge": ">=", r"\approx": "~~", r"\sim": "~"}
    for sign, relation in signs.items():
        assert read_relation(f"a {sign} b", SCOPE) == Relation(a, relation, b)
        assert show_relation(Relation(a, relation, b)) == f"a {sign} b"
    chain = read_chain(r"a = b \leq c \neq d.", SCOPE)
    assert chain == (Relation(a, "=", b), Relation(b, "<=", c), Relation(c, "!=", d))
    assert show_chain(chain) == r"a = b \le c \ne d"
    assert show_chain((Relation(a, "=", b), Relation(c, "=", d))) == r"a = b, \quad c = d"
    assert read_chain("|a| = |b|,", SCOPE)[0].lhs == op("abs", a)
    for latex in ("a", "a = ", "= a", "a = b;", "a = b..", "a < < b"):
        with pytest.raises(Unread):
            read_chain(latex, SCOPE)
    with pytest.raises(Unread):
        read_relation("a = b = c", SCOPE)


def test_the_tables_agree() -> None:
    assert set(PRINT) == set(HEADS)


def test_numbers_of_the_kernel_print() -> None:
    assert show(Term("number", (), Fraction(-2, 3))) == r"-\frac{2}{3}"
    assert show(op("mul", a, Term("number", (), Fraction(-2)))) == "a (-2)"


# ---------------------------------------------------------------------------------------------------- round trips

SCALARS = ["a", "b", "d", "x", "n", "t", "delta", "loss", "t_half", "x_hat", "y_prime", "sigma_max", "mu_1_max"]
MATRICES = ["W", "V", "Lambda", "A"]
VECTORS = ["v", "u", "v_0", "v_star"]
UNARY = ["neg", "sqrt", "exp", "log", "abs", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "factorial"]


class Terms:
    """Draws well formed terms, by shape. ``bound`` are the letters of the binders around."""

    def __init__(self, draw: Callable[..., object], spectral: bool) -> None:
        self.draw = draw
        self.spectral = spectral
        self.scalars = SCALARS if spectral else [*SCALARS, "rho", "kappa", "lambda_max"]
        self.families = ["w"] if spectral else ["w", "lambda"]

    def pick(self, *options: object) -> object:
        return self.draw(st.sampled_from(options))

    def count(self, most: int) -> range:
        return range(int(str(self.draw(st.integers(2, most)))))

    def integer(self, depth: int, bound: tuple[str, ...]) -> Term:
        kind = "leaf" if depth <= 0 else self.pick("leaf", "add", "mul", "neg", "pow", "div", "slash", "sum")
        if kind == "leaf":
            leaf = self.pick(0, 1, 7, 12, "n", "t", *bound)
            return num(leaf) if isinstance(leaf, int) else sym(str(leaf))
        if kind == "sum":
            return self.binder("sum", self.integer, depth, bound)
        if kind in ("add", "mul"):
            return op(str(kind), *(self.integer(depth - 1, bound) for _ in self.count(3)))
        if kind == "neg":
            return op("neg", self.integer(depth - 1, bound))
        parts = self.integer(depth - 1, bound), self.integer(depth - 1, bound)
        return slash(*parts) if kind == "slash" else op(str(kind), *parts)

    def binder(self, head: str, body: Callable[..., Term], depth: int, bound: tuple[str, ...]) -> Term:
        letter = str(self.pick("k", "i", "j_1", "x", "alpha"))
        inside = body(depth - 1, (*bound, letter))
        if head == "limit":
            return op(head, inside, sym(letter), self.pick(con("infinity"), num(0)))  # type: ignore[arg-type]
        return op(head, inside, sym(letter), self.integer(1, bound), self.integer(1, bound))

    def scalar(self, depth: int, bound: tuple[str, ...] = ()) -> Term:
        if depth <= 0:
            return self.leaf(bound)
        kind = str(
            self.pick(
                "leaf", "add", "mul", "mul", "div", "slash", "pow", "unary", "root", "binomial", "apply", "binder",
                "derivative", "index", "of_matrix", "entry", "norm", "quadratic", "eigenvalue", "chance",
            )
        )  # fmt: skip
        if kind == "leaf":
            return self.leaf(bound)
        if kind in ("add", "mul"):
            return op(kind, *(self.scalar(depth - 1, bound) for _ in self.count(4)))
        if kind == "unary":
            return op(str(self.pick(*UNARY)), self.scalar(depth - 1, bound))
        if kind == "root":
            return op("root", self.scalar(depth - 1, bound), num(3))
        if kind == "apply":
            return op("apply", sym("f"), *(self.scalar(depth - 1, bound) for _ in self.count(3)))
        if kind == "binder":
            return self.binder(str(self.pick("sum", "prod", "limit")), self.scalar, depth, bound)
        if kind == "derivative":
            variable = self.pick(sym("b"), sym("delta"), sym("loss"), op("index", sym("z"), self.integer(1, ())))
            return op("derivative", self.scalar(depth - 1, bound), variable)  # type: ignore[arg-type]
        if kind == "index":
            return op("index", sym(str(self.pick(*self.families))), self.integer(depth, bound))
        if kind == "of_matrix":
            spectral = ["spectral_radius", "condition_number"] if self.spectral else []
            head = str(self.pick("det", "trace", *spectral))
            return op(head, self.matrix(depth - 1, bound))
        if kind == "entry":
            return op("entry", self.matrix(depth - 1, bound), self.integer(1, bound), self.integer(1, bound))
        if kind == "norm":
            return op("norm", self.vector(depth - 1, bound))
        if kind == "quadratic":
            return op("mul", op("transpose", self.vector(depth - 1, bound)), self.vector(depth - 1, bound))
        if kind == "chance":
            if self.pick(True, False):
                return op(str(self.pick("expect", "variance")), self.scalar(depth - 1, bound))
            parts = self.scalar(depth - 1, bound), self.scalar(depth - 1, bound)
            return Term("probability", parts, str(self.pick("=", "<", ">=")))
        if kind == "eigenvalue" and not self.spectral:
            return op("abs", self.scalar(depth - 1, bound))
        if kind == "eigenvalue":
            return op("eigenvalue", self.matrix(depth - 1, bound), self.integer(1, bound))
        parts = self.scalar(depth - 1, bound), self.scalar(depth - 1, bound)
        return slash(*parts) if kind == "slash" else op(kind, *parts)

    def leaf(self, bound: tuple[str, ...]) -> Term:
        kind = self.pick("number", "decimal", "symbol", "symbol", "constant")
        if kind == "number":
            return num(int(str(self.draw(st.integers(0, 10**6)))))
        if kind == "decimal":
            return Term("decimal", (), str(self.pick("0.30", "12.382", "9.77")))
        if kind == "constant":
            return con(str(self.pick("pi", "e", "i", "gamma", "infinity")))
        return sym(str(self.pick(*self.scalars, *bound)))

    def vector(self, depth: int, bound: tuple[str, ...]) -> Term:
        kind = self.pick("leaf", "mul", "add", "index", "column") if depth > 0 else "leaf"
        if kind == "mul":
            return op("mul", self.matrix(depth - 1, bound), self.vector(depth - 1, bound))
        if kind == "add":
            return op("add", self.vector(depth - 1, bound), self.vector(depth - 1, bound))
        if kind == "index":
            return op("index", sym("h"), self.integer(depth, bound))
        if kind == "column":
            return op("matrix", *(op("row", self.scalar(depth - 1, bound)) for _ in self.count(3)))
        return sym(str(self.pick(*VECTORS)))

    def matrix(self, depth: int, bound: tuple[str, ...]) -> Term:
        kinds = ["leaf", "mul", "add", "scaled", "pow", "transpose", "index", "square", "diagonal", "family", "binder"]
        kind = self.pick(*kinds) if depth > 0 else "leaf"
        if kind in ("mul", "add"):
            return op(str(kind), *(self.matrix(depth - 1, bound) for _ in self.count(4)))
        if kind == "scaled":
            return op("mul", self.scalar(depth - 1, bound), self.matrix(depth - 1, bound))
        if kind == "pow":
            return op("pow", self.matrix(depth - 1, bound), self.integer(1, bound))
        if kind == "transpose":
            return op("transpose", self.matrix(depth - 1, bound))
        if kind == "index":
            return op("index", sym("D"), self.integer(depth, bound))
        if kind == "square":
            side = self.count(3)
            return op("matrix", *(op("row", *(self.scalar(depth - 1, bound) for _ in side)) for _ in side))
        if kind == "diagonal":
            return op("diagonal", *(self.scalar(depth - 1, bound) for _ in self.count(3)))
        if kind == "family":
            return self.binder("diagonal_family", self.scalar, depth, bound)
        if kind == "binder":
            return self.binder(str(self.pick("sum", "prod")), self.matrix, depth, bound)
        return self.pick(op("identity"), *map(sym, MATRICES))  # type: ignore[return-value]


@st.composite
def scoped_terms(draw: Callable[..., object]) -> tuple[Term, Scope]:
    spectral = bool(draw(st.booleans()))
    drawn = Terms(draw, spectral)
    depth = int(str(draw(st.integers(0, 4))))
    term = drawn.scalar(depth) if drawn.pick(True, False) else drawn.matrix(depth, ())
    return term, SPECTRAL if spectral else LETTERED


MANY = settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(scoped_terms())
def test_print_then_read_is_the_identity(drawn: tuple[Term, Scope]) -> None:
    term, scope = drawn
    assert read(show(term), scope) == term


@MANY
@given(scoped_terms(), st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "~~", "~"]))
def test_relations_round_trip(drawn: tuple[Term, Scope], sign: str) -> None:
    relation = Relation(drawn[0], sign, drawn[0])
    assert read_relation(show_relation(relation), drawn[1]) == relation


# ----------------------------------------------------------------------------------------------------------- fuzz

SOUP = [
    r"\frac", r"\sqrt", "[", "]", "{", "}", "(", ")", "^", "_", "!", "|", r"\|", r"\left", r"\right", r"\bigl",
    r"\lvert", r"\rvert", r"\lVert", r"\rVert", "a", "w", "W", "f", r"\lambda", r"\rho", "T", "d", "1", "12", "0.5",
    "+", "-", "/", r"\cdot", "=", "<", r"\le", r"\ln", r"\sin", r"\det", r"\sum", r"\prod", r"\lim", r"\to",
    r"\infty", "k", "i", "e", r"\operatorname{E}", r"\operatorname{diag}", ",", r"\dots", r"\top", "'",
    r"\begin{pmatrix}", r"\end{pmatrix}", "&", r"\\", r"\Pr", r"\binom", r"\hat", r"\mathrm{d}", r"\mathrm{loss}",
    ".", r"\,", "~", "_{", "^{", "_{k=1}^{n}", "{d}{d",
]  # fmt: skip


def only_unread(latex: str, scope: Scope = SCOPE) -> None:
    """No exception but ``Unread``; and what is read, prints and reads back."""
    try:
        term = read(latex, scope)
    except Unread as unread:
        assert unread.reason
    else:
        assert read(show(term), scope) == term
    try:
        relations = read_chain(latex, scope)
    except Unread as unread:
        assert unread.reason
    else:
        assert read_chain(show_chain(relations), scope) == relations


@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=25))
def test_token_soup(parts: list[str]) -> None:
    only_unread(" ".join(parts))
    only_unread("".join(parts))


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_bytes(data: bytes) -> None:
    only_unread(data.decode("latin-1"))


@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(scoped_terms(), st.data())
def test_damaged_formulas(drawn: tuple[Term, Scope], data: st.DataObject) -> None:
    latex = show(drawn[0])
    start = data.draw(st.integers(0, len(latex)))
    end = data.draw(st.integers(start, min(len(latex), start + 5)))
    only_unread(latex[:start] + data.draw(st.sampled_from(["", *SOUP])) + latex[end:], drawn[1])


DEEP = ["{", "(", "[", "-(", "x^{", "w_{", r"\sqrt{", r"\frac{", r"\ln ", r"\left(", "|", r"\|", "f(", r"\hat{",
        r"\sum_{k=1}^{n} ", r"\frac{d}{dx} ", r"\begin{pmatrix}", r"\operatorname{E}[", r"\lambda_{", r"\rho(",
        r"\frac{d}{d w_{", "|a+", r"\frac{d}{d\hat{"]  # fmt: skip


@pytest.mark.parametrize("opening", DEEP)
def test_deep_nesting_is_refused(opening: str) -> None:
    for times in (61, 20_000 // len(opening)):
        with pytest.raises(Unread):
            read(opening * times, SCOPE)


def test_ten_thousand_braces() -> None:
    with pytest.raises(Unread, match="nested more than 60"):
        read("{" * 10_000 + "}" * 10_000, SCOPE)


def test_tall_formulas_stay_within_the_stack() -> None:
    def nested(text: str, times: int) -> str:
        return text.replace("@", nested(text, times - 1)) if times else "x"

    shapes = ["(@)", "1 - a (@)^{2}/b/c", r"\frac{1}{1 - @}", r"a^{-a @}", r"\lvert a - @/b \rvert", r"-\ln(2 @/b)!/c"]
    for shape in shapes:
        for times in (10, 25, 40, 58):
            only_unread(nested(shape, times))
    read(nested("(@)", 58), SCOPE)
    read(nested("1 + (@)", 58), SCOPE)
    with pytest.raises(Unread, match="slashes"):
        read("a/a/a/a/a", SCOPE)
    with pytest.raises(Unread, match="layers"):
        read(nested("1 - a (@)^{2}/b/c", 58), SCOPE)
    with pytest.raises(Unread):
        read("a" + "/a" * 9_000, SCOPE)


def test_families_in_families_print_once_a_layer() -> None:
    body = w_i
    for letter in ("i", "k", "j", "m") * 5:
        body = op("diagonal_family", op("mul", body, op("index", w, sym(letter))), sym(letter), one, n)
    assert len(show(body)) < 2_000
    assert read(show(op("pow", body, two)), Scope((*SCOPE.declarations, Declaration("i")))) == op("pow", body, two)


def test_unread_survives_pickling() -> None:
    unread = pickle.loads(pickle.dumps(Unread("undeclared letter 'q'", 12)))
    assert (unread.reason, unread.position) == ("undeclared letter 'q' at 12", 12)


def test_import_stays_light() -> None:
    code = "import sys, derive.formula; print([m for m in ('sympy', 'numpy', 'flint') if m in sys.modules])"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
