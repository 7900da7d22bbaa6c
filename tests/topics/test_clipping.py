"""The topic `clipping` under many options."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from topic_checks import clean_tables, prose, reads_back, sound_page, steps, tables, three_exercises

from derive.core import Derivation, FiniteLaw, InputError, Matrix
from derive.topics.clipping import Options, derivation


def column(*entries: str) -> Matrix:
    return Matrix(tuple((Fraction(entry),) for entry in entries))


def law(**masses: str) -> FiniteLaw:
    return FiniteLaw(tuple((Fraction(value[1:].replace("m", "-")), Fraction(p)) for value, p in masses.items()))


CASES: dict[str, Options] = {
    "default": Options(),
    "not clipped": Options(
        gradient=column("1/2", "-1/3"), threshold=Fraction(2), law=law(v1="1/2", vm1="1/2"), digits=2
    ),
    "all equal": Options(
        gradient=column("3", "-3", "0"), threshold=Fraction(1, 7), law=law(v8="1/8", vm1="1/2", v0="3/8")
    ),
    "six entries": Options(
        gradient=column("100", "-1", "1/10", "0", "7", "-30"), law=law(vm10="1/10", v1="9/10"), digits=12
    ),
    "tiny": Options(threshold=Fraction(1, 10**6), learning_rate=Fraction(1, 1000)),
    "large": Options(
        threshold=Fraction(10**6),
        learning_rate=Fraction(100),
        gradient=column("0", "1000000000"),
        law=law(v3="1/2", v1="1/2"),
    ),
}
every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


@pytest.mark.parametrize("name", ["default", "not clipped", "six entries"])
def test_the_page_is_sound(name: str) -> None:
    sound_page(made(name), audit=name == "default")


@every_case
def test_the_page_is_well_made(name: str) -> None:
    reads_back(made(name))
    clean_tables(made(name))
    three_exercises(made(name))


def test_made_twice_is_the_same() -> None:
    assert derivation(CASES["default"]) == made("default")


def test_the_default_law_turns_the_step_around_and_says_until_when() -> None:
    assert "walk *uphill*" in prose(made("default"))
    reasons = [step.reason for step in steps(made("default"))]
    assert "For $m = 13$ the sign is still wrong." in reasons and "For $m = 14$ it is right." in reasons


@pytest.mark.parametrize("name", ["large", "not clipped"])
def test_other_laws_raise_no_alarm(name: str) -> None:
    assert "uphill" not in prose(made(name))
    assert not any("sign is still wrong" in step.reason for step in steps(made(name)))


def test_the_table_ends_at_the_clipped_mean() -> None:
    (table,) = tables(made("default"))
    assert table.rows[0] == ("1", r"$-\frac{4}{5}$") and table.rows[-1] == ("all examples", r"$\frac{1}{10}$")


def test_an_unclipped_gradient_is_said_to_be_unchanged() -> None:
    reasons = [step.reason for step in steps(made("not clipped"))]
    assert "So the factor is 1 and nothing is changed." in reasons
    assert "nothing is changed. Try a smaller threshold." in prose(made("not clipped"))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(threshold=Fraction(0)), "threshold"),
        (Options(threshold=Fraction(10**7)), "threshold"),
        (Options(learning_rate=Fraction(0)), "learning rate"),
        (Options(gradient=column("1")), "gradient"),
        (Options(gradient=column("0", "0")), "gradient"),
        (Options(gradient=Matrix(((Fraction(1), Fraction(2)), (Fraction(1), Fraction(2))))), "gradient"),
        (Options(law=FiniteLaw(((Fraction(1), Fraction(1)),))), "law"),
        (Options(digits=1), "digits"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
