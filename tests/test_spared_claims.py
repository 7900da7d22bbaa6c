"""Claims that end early: what nothing can prove is not looked for, what others say of other letters is no matter of theirs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from derive.asking import Question
from derive.checkers import antiderivatives as found_by
from derive.checkers import searching
from derive.core import Claim, Status, Term
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.kernel.terms import ZERO, symbol
from derive.notes.context import letters_in
from derive.notes.items import spoken_of
from derive.notes.markdown import read_markdown
from derive.notes.reading import derivation_of
from derive.notes.relevant import relevant


def asked(monkeypatch: pytest.MonkeyPatch, question: Question) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(
        "derive.checkers.CHECKERS",
        tuple((name, lambda c, h, n=name, f=find: (names.append(n), f(c, h))[1]) for name, find in _checkers()),
    )
    list(searching(question))
    return names


def _checkers():  # type: ignore[no-untyped-def]
    from derive.checkers import CHECKERS

    return CHECKERS


def test_where_no_point_is_known_nothing_that_proves_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    names = asked(monkeypatch, Question(read_claim("x^2 + y = y", "x^2 + 1 = 0"), audit=True))
    assert "normal form" in names and "counterexample" in names
    assert not {"taking apart", "growth", "cited theorem", "agreement at points"} & set(names)


def test_no_repair_is_looked_for_where_a_failure_is_doubted() -> None:
    claim = read_claim(r"\sqrt{x^2} = x")
    *_, plain = searching(Question(claim, audit=True))
    *_, doubted = searching(Question(claim, audit=True, doubted=True))
    assert type(plain.refutation).__name__ == "Repair"
    assert type(doubted.refutation).__name__ == "Counterexample"


@pytest.mark.parametrize(
    ("item", "letters"),
    [
        ("M in R^{m x n} invertible", "Mmn"),
        (r"W \in \mathbb{R}^{d\times d} symmetric", "Wd"),
        ("X ~ iid(mean=0, var=v)", "Xv"),
        (r"w ~ \mathcal{N}(a, b^2)", "wab"),
        ("f: R -> R convex", "f"),
        ("X, Y independent", "XY"),
        ("x in N_0", "x"),
        ("R = 2", "R"),
        ("i n = x", "inx"),
    ],
)
def test_the_words_of_an_item_are_no_letters(item: str, letters: str) -> None:
    assert letters_in(spoken_of(item)) == set(letters)


def test_what_is_said_of_other_letters_is_left_out() -> None:
    claim = read_claim("a x = x a", "n in N; A in R^{n x n}; x > y; y > z; p = 0; q^2 = -1")
    kept = relevant(claim)
    assert {d.name for d in kept.scope.declarations} == {"a", "x", "y", "z"}
    assert len(kept.scope.hypotheses) == 2
    again = relevant(read_claim("x = x + 1", "x = 1; x = 1; z in R"))
    assert {d.name for d in again.scope.declarations} == {"x"}


def test_a_hypothesis_elsewhere_neither_helps_nor_hinders() -> None:
    text = "If $i = j$ and $q = 0$, nothing follows.\n\nLet $u \\in \\mathbb{R}$.\n\n$$(u + 1)^2 = u^2 + 2 u + 1 = (1 + u)^2$$"
    (first, *_) = (s for s in derivation_of(read_markdown(text)).sections[0].blocks if getattr(s, "claims", ()))
    assert all(not claim.scope.hypotheses for claim in first.claims)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (r"\int_0^1 (1-t)^2 (1+t) dt = \frac{5}{12}", ""),
        (r"\int_0^1 (a-t) e^t dt = a (e - 1) - 1", ""),
        (r"\int_0^{\pi} (1 - t + t^2) \sin(2 t) dt = \frac{\pi - \pi^2}{2}", ""),
        (r"\int_0^1 |e^{2 t}| dt = \frac{e^2 - 1}{2}", ""),
        (r"\int_0^{2 \pi} \sqrt{(\sin t + 3)^2} dt = \int_0^{2 \pi} \sqrt{9 + \sin^2 t + 6 \sin t} dt", ""),
    ],
)
def test_products_of_sums_need_no_program(monkeypatch: pytest.MonkeyPatch, text: str, given: str) -> None:
    monkeypatch.setattr("derive.checkers.antiderivatives._by_sympy", lambda *rest: None)
    claim = read_claim(text, given)
    assert judge_claim(claim).status is Status.PROVED
    wrong = Claim(claim.lhs, "<", claim.rhs, claim.scope)
    assert judge_claim(wrong).status is not Status.PROVED


def test_few_integrands_of_one_claim_go_to_sympy(monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[Term] = []
    monkeypatch.setattr(found_by, "_by_sympy", lambda body, *rest: met.append(body))
    text = r"\int_{-\infty}^{\infty} f(s) g(t - s) ds = \int_{-\infty}^{t} f(s) g(t - s) \sqrt{1 + s^4} ds"
    list(searching(Question(read_claim(text, "f: R -> R; g: R -> R"), audit=True)))
    assert len(set(met)) <= found_by.MOST_ASKED


def test_no_difference_but_zero_vanishes() -> None:
    x = symbol("x")
    scope = read_claim("x = x").scope
    assert found_by._vanishes(read_claim("(x + 1)^2 - x^2 - 2 x - 1 = 0").lhs, "x", scope)
    assert not found_by._vanishes(Term("add", (x, ZERO)), "x", scope)


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        (r"\int_0^1 (1 - x)^2 e^x dx = 2 e - 5", False),
        (r"\int_0^1 f(x) dx = f(1)", False),
        ("x + 1 = 1 + x", False),
        (r"\int_0^1 \sqrt{1 + x^4} dx = 1", True),
    ],
)
def test_sympy_is_imported_before_the_fork_where_an_integral_asks_for_it(text: str, imported: bool) -> None:
    code = (
        "import sys; from derive.formula.claims import read_claim; from derive.checkers.antiderivatives import prepare; "
        f"prepare([read_claim({text!r}, 'f: R -> R')]); print('sympy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(imported)
