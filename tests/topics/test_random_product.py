"""The topic `random-product` under many options: nothing false is asserted, every quotation falls, and what the page says of a law
fits the law.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import blocks, prose, sound_page, tables

from derive.catalog import converted
from derive.core import Derivation, FiniteLaw, InputError, Status, Step
from derive.topics.random_product import Options, derivation


def law(*atoms: tuple[str, str]) -> FiniteLaw:
    return FiniteLaw(tuple((Fraction(x), Fraction(p)) for x, p in atoms))


CASES: dict[str, Options] = {
    "one layer of one unit": Options(n=1, width=1, law="uniform", variance=Fraction(4), digits=2),
    "deep": Options(n=1000, width=7, law="laplace", variance=Fraction(1, 3), target=Fraction(9), digits=10),
    "signs": Options(n=3, width=2, law="signs", variance=Fraction(1, 4)),
    "a law with a mean and with zero": Options(n=70, law=law(("0", "1/10"), ("-1/2", "2/5"), ("3/2", "1/2"))),
    "a law that grows": Options(n=12, law=law(("-3", "1/4"), ("3", "1/4"), ("-1", "1/4"), ("1", "1/4"))),
}


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_the_page_is_sound(name: str) -> None:
    report = sound_page(made(name))
    assert sum(judged.step.stance == "quotes" for judged in report.steps) == 2


def test_default_audited() -> None:
    """Prover and refuter both run on every claim; two numbers have the word of an oracle, everything else is proved."""
    report = sound_page(derivation(), audit=True)
    supported = [judged for judged in report.steps if judged.status == Status.SUPPORTED]
    assert {finding.trust for judged in supported for finding in judged.findings} == {
        ("oracle:mellin_inversion",),
        ("oracle:bounded_mean",),
    }


# ------------------------------------------------------------------------------------------------- words fit the options


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("one layer of one unit", "explodes"),
        ("deep", "vanishes"),
        ("a law with a mean and with zero", "not 0, so the theorem does not apply"),
        ("a law with a mean and with zero", "one zero among the factors is enough"),
        ("a law that grows", "explodes"),
    ],
)
def test_words_that_depend_on_the_law(name: str, words: str) -> None:
    text = prose(made(name)) + " ".join(block.reason for block in blocks(made(name)) if isinstance(block, Step))
    assert words in text


def test_the_table_of_verdicts() -> None:
    """The true law is supported, the four wrong ones are not."""
    (table,) = [table for table in tables(made("signs")) if "claimed variance" in table.header]
    assert [row[1:] for row in table.rows] == [("yes", "supported")] + 4 * [("no", "no support")]


def test_the_exact_table_uses_the_own_law() -> None:
    (table,) = [table for table in tables(made("a law that grows")) if "different values of $P_n$" in table.header]
    assert table.rows[0][1:] == ("4", "$5$", "yes")
    assert all(row[-1] == "yes" for row in table.rows)


# ------------------------------------------------------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("laplace", "laplace"),
        ("finite: -1 1/2, 1 1/2", law(("-1", "1/2"), ("1", "1/2"))),
        ("finite: -1: 1/2, 1: 1/2", law(("-1", "1/2"), ("1", "1/2"))),
        ("0.5: 0.25, -0.5: 0.75", law(("1/2", "1/4"), ("-1/2", "3/4"))),
    ],
)
def test_laws_in_text(text: str, wanted: object) -> None:
    assert converted("random-product", {"law": text}) == {"law": wanted}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gausian", "did you mean 'gaussian'"),
        ("finite: 1 1/2, 2", "--law"),
        ("finite: 1 1/2, 2 1/3", "add up to"),
        ("finite: 1 3/2, 2 -1/2", "above 0"),
        ("__import__('os')", "--law"),
    ],
)
def test_laws_that_are_none(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        converted("random-product", {"law": text})


@pytest.mark.parametrize(
    "options",
    [
        Options(n=0),
        Options(n=1001),
        Options(width=0),
        Options(digits=1),
        Options(variance=Fraction(0)),
        Options(target=Fraction(-1)),
        Options(law="cauchy"),
        Options(law=law(("0", "1"))),
        Options(law=law(("-1", "1/2"), ("1", "1/2")), variance=Fraction(2)),
    ],
)
def test_outside_the_domain(options: Options) -> None:
    with pytest.raises(InputError):
        derivation(options)
