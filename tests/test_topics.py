"""The topic `vanishing` under many options: nothing false is asserted, nothing true is refuted, every quotation falls, and
what the page shows is what was judged.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from derive.core import Block, Claim, Derivation, InputError, Matrix, Prose, Status, Step, Table
from derive.formula import read_chain, show_chain
from derive.judge import judge
from derive.report import JudgedStep
from derive.topics.vanishing import Options, derivation


def matrix(*rows: str) -> Matrix:
    """Exact entries: decimals in text mean what they say."""
    return Matrix(tuple(tuple(Fraction(cell) for cell in row.split()) for row in rows))


def dyadic(rows: list[list[float]]) -> Matrix:
    """The numbers that the floats hold."""
    return Matrix(tuple(tuple(Fraction(x) for x in row) for row in rows))


def seeded(size: int, seed: int) -> Matrix:
    draw = random.Random(seed)
    return dyadic([[draw.gauss(0, 1) / size**0.5 for _ in range(size)] for _ in range(size)])


CASES: dict[str, Options] = {
    "default": Options(),
    "n=1": Options(n=1),
    "n=3": Options(n=3),
    "n=50": Options(n=50),
    "row": Options(convention="row"),
    "uniform": Options(law="uniform"),
    "signs": Options(law="signs"),
    "laplace": Options(law="laplace"),
    "variance 2": Options(variance=Fraction(2)),
    "digits 12": Options(digits=12),
    "jordan": Options(matrix=matrix("1 1", "0 1")),
    "jordan 3": Options(matrix=matrix("1/2 1 0", "0 1/2 1", "0 0 1/2")),
    "nilpotent": Options(matrix=matrix("0 1 0", "0 0 1", "0 0 0")),
    "quarter turn": Options(matrix=matrix("0 -1", "1 0")),
    "rotation": Options(matrix=matrix("3/5 -4/5", "4/5 3/5")),
    "symmetric": Options(matrix=matrix("2 1", "1 2")),
    "irrational": Options(matrix=matrix("2 1 0", "1 2 1", "0 1 2")),
    "irrational, complex pair": Options(matrix=matrix("1 1 0", "0 1 1", "1 0 0")),
    "zero": Options(matrix=matrix("0 0", "0 0")),
    "identity": Options(matrix=matrix("1 0 0", "0 1 0", "0 0 1")),
    "transient": Options(matrix=matrix("9/10 100", "0 4/5")),
    "half a unit": Options(n=2, matrix=matrix("21/2 0", "0 1/2")),  # 110.25 lies midway between numerals of four digits
    "random 8": Options(matrix=seeded(8, 1)),
    "decimals": Options(matrix=matrix("0.3 1", "-0.01 0.1")),
    "dyadics": Options(matrix=dyadic([[0.3, 1], [-0.01, 0.1]])),
}

every_case = pytest.mark.parametrize("name", CASES)


@cache
def made(name: str) -> Derivation:
    return derivation(CASES[name])


def blocks(made: Derivation) -> list[Block]:
    return [*made.opening, *(block for section in made.sections for block in section.blocks)]


def steps(made: Derivation) -> list[Step]:
    return [block for block in blocks(made) if isinstance(block, Step)]


def tables(made: Derivation) -> list[Table]:
    return [block for block in blocks(made) if isinstance(block, Table)]


def prose(made: Derivation) -> str:
    return "\n".join(block.text for block in blocks(made) if isinstance(block, Prose))


# ------------------------------------------------------------------------------------------------------------ verdicts


@every_case
def test_verdicts(name: str) -> None:
    """No alarm; what is asserted is proved, or has the word of a named oracle (never of sampling alone); what is quoted as
    false is refuted; only definitions are assumed; beside every claim stands a NumPy check within its bound, or the reason
    why not."""
    # Patience bounds a hang, nothing else: on a busy machine a slow search must not decide a test.
    report = judge(made(name), patience=60)
    assert report.alarms == ()
    assert [problem for judged in report.steps for problem in problems(judged)] == []
    assert sum(judged.step.stance == "quotes" for judged in report.steps) >= 8


def problems(judged: JudgedStep) -> Iterator[str]:
    wanted = Status.REFUTED if judged.step.stance == "quotes" else Status.PROVED
    if judged.step.assumed:
        wanted = Status.ASSUMED
    named = all(
        f.status == Status.PROVED or any(word.startswith("oracle:") for word in f.trust) for f in judged.findings
    )
    if judged.status != wanted and not (wanted == Status.PROVED and judged.status == Status.SUPPORTED and named):
        reasons = "; ".join(f"{f.status}: {f.reason}" for f in judged.findings)
        yield f"{judged.id} is {judged.status}, not {wanted}: {judged.step.formula} ({reasons})"
    if (judged.step.stance == "quotes") != (judged.step.quote is not None):
        yield f"{judged.id}: a quotation without its words, or words without a quotation"
    for finding in judged.findings:
        if (finding.numpy is None) == (finding.numpy_reason is None):
            yield f"{finding.id}: a NumPy check and a reason why there is none, or neither"
        beyond = finding.numpy is not None and (finding.numpy.points < 1 or not finding.numpy.ok)
        if finding.status == Status.PROVED and beyond:
            yield f"{finding.id} is proved, but NumPy: {finding.numpy}"


def test_default_audited() -> None:
    """Prover and refuter both run on every claim: no contradiction."""
    audited = judge(made("default"), audit=True, patience=60)
    assert audited.alarms == ()
    assert [problem for judged in audited.steps for problem in problems(judged)] == []
    assert all(finding.contradiction is None for judged in audited.steps for finding in judged.findings)


# ------------------------------------------------------------------------------------- what is shown is what is judged


@every_case
def test_every_formula_reads_back_to_its_claims(name: str) -> None:
    """Read in its scope it gives exactly its claims, printed again it is the same LaTeX; a chain is of one piece."""
    for step in steps(made(name)):
        scope = step.claims[0].scope
        relations = read_chain(step.formula, scope)
        assert tuple(Claim(r.lhs, r.relation, r.rhs, scope) for r in relations) == step.claims, step.formula
        assert show_chain(relations) == step.formula
        assert all(one.rhs == next_one.lhs for one, next_one in pairwise(step.claims))


@every_case
def test_tables_are_rectangular_and_clean(name: str) -> None:
    """No pipe inside mathematics (GitHub splits cells there); no ball or Python object leaks into a cell."""
    for table in tables(made(name)):
        assert all(len(row) == len(table.header) for row in table.rows)
        for cell in (*table.header, *(cell for row in table.rows for cell in row)):
            assert not any(stray in cell for stray in ("|", "+/-", "nan", "None")), cell


@every_case
def test_made_twice_is_the_same(name: str) -> None:
    assert derivation(CASES[name]) == made(name)


# ---------------------------------------------------------------------------------------------- what a case must say


def test_decimals_and_dyadics_are_told_apart() -> None:
    """[[0.3, 1], [-0.01, 0.1]] is defective as decimals; the doubles of that name have two different eigenvalues, and
    rounding decides."""
    assert "This matrix is **defective**" in prose(made("decimals"))
    assert "the rounding of your data decides" not in prose(made("decimals"))
    assert "the rounding of your data decides" in prose(made("dyadics"))
    assert "This matrix is **defective**" not in prose(made("dyadics"))


@pytest.mark.parametrize("name", ["jordan", "jordan 3", "nilpotent", "decimals"])
def test_defective_matrices_are_named(name: str) -> None:
    assert "This matrix is **defective**" in prose(made(name))


@pytest.mark.parametrize("name", ["default", "symmetric", "rotation", "irrational", "zero", "identity", "random 8"])
def test_sound_matrices_get_no_warning(name: str) -> None:
    assert "defective**" not in prose(made(name))
    assert "the rounding of your data decides" not in prose(made(name))


@pytest.mark.parametrize("law", ["gaussian", "uniform", "laplace", "signs"])
def test_only_signs_escape(law: str) -> None:
    """The almost sure collapse is shown for every law but fair signs."""
    formulas = [step.formula for step in steps(derivation(Options(law=law)))]
    collapses = any(
        r"\Pr\left[ \lim_{n \to \infty} \prod_{i=1}^{n} w_i = 0 \right] = 1" in formula for formula in formulas
    )
    assert collapses == (law != "signs")


def test_the_large_matrix_is_summarised() -> None:
    assert not any(r"W = \begin{pmatrix}" in step.formula and "-0." in step.formula for step in steps(made("random 8")))
    assert any("in short" in table.caption for table in tables(made("random 8")))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (Options(n=0), "n = 0"),
        (Options(n=10**9), "n = 1000000000"),
        (Options(variance=Fraction(0)), "variance"),
        (Options(digits=1), "digits"),
        (Options(matrix=matrix("1 2")), "square"),
        (Options(matrix=Matrix(())), "square|empty"),
        (Options(matrix=matrix("3/4")), "1 by 1"),
    ],
)
def test_options_outside_their_domain_are_refused_in_one_line(options: Options, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        derivation(options)
    assert "\n" not in str(caught.value)
