"""Sums, products and series with dots: read where the pattern is certain, left alone where it is not."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.notation import show
from derive.notes.ellipses import letters_of, undotted
from derive.notes.parsing import parse
from derive.notes.series import series_in

ALARMS = ("refuted", "conditional")


def statuses(text: str) -> list[str]:
    return [step.status.value for step in check_text(text).steps]


def plain(latex: str) -> str:
    """With sums for dots, without spaces."""
    tree = parse(latex)
    return "".join(show(undotted(tree, letters_of([tree]))).split())


@pytest.mark.parametrize(
    ("dotted", "meant"),
    [
        (r"a_1 b_1 + a_2 b_2 + \cdots + a_n b_n", r"\sum_{k=1}^{n}(a_kb_k)"),
        (r"c_1 \vec{v}_1 + \cdots + c_n \vec{v}_n", r"\sum_{k=1}^{n}(c_k\vec{v}_k)"),
        (r"1 + 2 + \dots + n", r"\sum_{k=1}^{n}k"),
        (r"1^2 + 2^2 + \cdots + m^2", r"\sum_{k=1}^{m}k^2"),
        (r"1 + x + x^2 + \cdots + x^n", r"\sum_{k=0}^{n}x^k"),
        (r"1 + 2 + 4 + \cdots + 2^n", r"\sum_{k=0}^{n}2^k"),
        (r"b + a_1 + a_2 + \cdots + a_n + b", r"b+\sum_{k=1}^{n}a_k+b"),
        (r"- y_1 - y_2 - \cdots - y_n", r"\sum_{k=1}^{n}(-y_k)"),
        (r"\frac{1}{1 \cdot 2} + \frac{1}{2 \cdot 3} + \cdots + \frac{1}{n(n+1)}", r"\sum_{k=1}^{n}\frac{1}{k(k+1)}"),
        (r"x_1 x_2 \cdots x_n", r"\prod_{k=1}^{n}x_k"),
        (r"2^m (-n)(2-n) \cdots (2m-2-n)", r"2^m(\prod_{k=1}^{m}(2k-2-n))"),
        (r"n(n-1) \cdots (n-k+1)", r"\prod_{j=1}^{k}(n-j+1)"),
    ],
)
def test_a_certain_pattern_is_read(dotted: str, meant: str) -> None:
    assert plain(dotted) == meant


@pytest.mark.parametrize(
    "dotted",
    [
        r"x + x^3 + \cdots + x^n",
        r"1 + 2 + 5 + \cdots + n",
        r"1 - 2 + \cdots + n",
        r"1 + 3 + 4 + \cdots + n",
        r"\frac{1}{n} + \frac{2}{n} + \cdots + \frac{n}{n}",
        r"a + b + \cdots + z",
        r"E_k E_{k-1} \cdots E_1",
        r"\cdots + a_1 + a_2",
        r"a_1 + \cdots + a_m + \cdots + a_n",
        r"x_5 + \cdots + x_n",
    ],
)
def test_any_other_is_left_alone(dotted: str) -> None:
    assert plain(dotted) == "".join(show(parse(dotted)).split())


@pytest.mark.parametrize(
    ("dotted", "other", "certain"),
    [
        (r"1 - \frac14 + \frac19 - \cdots", r"\sum_{n=1}^\infty \frac{1}{n^2}", True),
        (r"2 + \frac23 + \frac25 + \cdots", r"\sum_{n=1}^\infty \frac{1 - (-1)^n}{n}", True),
        (r"a_1 + 2 a_2 (x - b) + \cdots", r"\sum_{k=1}^\infty k a_k (x - b)^{k-1}", True),
        (r"x - \frac{x^3}{3!} + \frac{x^5}{5!} - \cdots", r"\sin x", False),
        (r"1 + x + \cdots", r"\frac{1}{1-x}", None),
        (r"1 + x + 2 x^2 + \cdots", r"f(x)", None),
        (r"1 + x^2 + x^3 + \cdots", r"f(x)", None),
        (r"a_0 + a_1 x + a_2 x^2 + \cdots", r"f(x)", None),
    ],
)
def test_series(dotted: str, other: str, certain: bool | None) -> None:
    side, beside = parse(dotted), parse(other)
    found = series_in(side, beside, letters_of([side, beside]))
    assert (found and found.certain) == certain


@pytest.mark.parametrize(
    "text",
    [
        r"$$ s = 1 + 2 + \cdots + n = \frac{n(n+1)}{2} $$",
        r"$$ s = \sum_{i=1}^n a_i x_i + b = a_1 x_1 + a_2 x_2 + \cdots + a_n x_n + b $$",
        r"$$ s = \sum_{k=1}^\infty \frac{(-1)^{k+1}}{k^2} = 1 - \frac{1}{4} + \frac{1}{9} - \cdots $$",
        r"We evaluate $\sum_{n=1}^\infty \frac{(-1)^n}{n^2} = -1 + \frac{1}{4} - \frac{1}{9} + \cdots$ later.",
    ],
)
def test_true_ones_are_proved(text: str) -> None:
    assert "proved" in statuses(text)
    assert not set(ALARMS) & set(statuses(text))


@pytest.mark.parametrize(
    "text",
    [
        r"$$ s = 1 + 2 + \cdots + n = \frac{n(n-1)}{2} $$",
        r"$$ s = 1 + r + r^2 + \cdots + r^n = \frac{1 - r^n}{1 - r} $$",
        r"$$ s = \sum_{i=1}^n a_i x_i = a_1 x_1 + a_2 x_2 + \cdots + a_n x_n + a_1 $$",
        r"We evaluate $\sum_{n=1}^\infty \frac{(-1)^n}{n^2} = 1 - \frac{1}{4} + \frac{1}{9} - \cdots$ later.",
        r"We know $\int_0^1 x^2 \, dx = \frac{1}{2}$.",
    ],
)
def test_false_ones_are_alarmed(text: str) -> None:
    assert set(ALARMS) & set(statuses(text))


@pytest.mark.parametrize(
    "text",
    [
        r"$$ s = e^{\sin x} = 1 + x + \frac{x^2}{2} + \cdots $$",
        r"$$ s = \frac{1}{1 - x - x^3} = 1 + x + x^2 + \cdots $$",
        r"$$ s = \frac{1}{1 - x} = 1 + x^2 + x^4 + \cdots $$",
        r"We ask whether $\int_0^1 x^2 \, dx = \frac{1}{2}$.",
        r"It is not true that $\sum_{k=1}^3 k = 5$.",
    ],
)
def test_what_may_be_meant_otherwise_is_no_alarm(text: str) -> None:
    assert not set(ALARMS) & set(statuses(text))
