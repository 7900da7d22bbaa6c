"""What holds of every topic: nothing false is asserted, nothing true is refuted, every quotation falls, what the page shows
is what was judged, and the last section holds three exercises with judged solutions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from derive.core import Block, Claim, Derivation, Prose, Status, Step, Table
from derive.formula import read_chain, show_chain
from derive.judge import judge
from derive.report import JudgedStep, Report

EXERCISE = re.compile(r"\*\*Exercise [1-9]\.\*\*")


def blocks(made: Derivation) -> list[Block]:
    return [*made.opening, *(block for section in made.sections for block in section.blocks)]


def steps(made: Derivation) -> list[Step]:
    return [block for block in blocks(made) if isinstance(block, Step)]


def tables(made: Derivation) -> list[Table]:
    return [block for block in blocks(made) if isinstance(block, Table)]


def prose(made: Derivation) -> str:
    return "\n".join(block.text for block in blocks(made) if isinstance(block, Prose))


def judged_well(made: Derivation, *, audit: bool = False) -> Report:
    """No alarm; what is asserted is proved, or has the word of a named oracle (never of sampling alone); what is quoted as
    false is refuted; only definitions are assumed; beside every claim stands a NumPy check within its bound, or the reason
    why not. With ``audit`` prover and refuter both run on every claim."""
    # Patience bounds a hang, nothing else: on a busy machine a slow search must not decide a test.
    report = judge(made, audit=audit, patience=60)
    assert report.alarms == ()
    assert [problem for judged in report.steps for problem in problems(judged)] == []
    assert all(finding.contradiction is None for judged in report.steps for finding in judged.findings)
    return report


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


def reads_back(made: Derivation) -> None:
    """Each formula, read in its scope, gives exactly its claims; printed again it is the same LaTeX; a chain is of one piece."""
    for step in steps(made):
        scope = step.claims[0].scope
        relations = read_chain(step.formula, scope)
        assert tuple(Claim(r.lhs, r.relation, r.rhs, scope) for r in relations) == step.claims, step.formula
        assert show_chain(relations) == step.formula
        assert all(one.rhs == next_one.lhs for one, next_one in pairwise(step.claims))


def clean_tables(made: Derivation) -> None:
    """Rectangular; no pipe inside mathematics (GitHub splits cells there); no ball or Python object leaks into a cell."""
    for table in tables(made):
        assert all(len(row) == len(table.header) for row in table.rows)
        for cell in (*table.header, *(cell for row in table.rows for cell in row)):
            assert not any(stray in cell for stray in ("|", "+/-", "nan", "None")), cell


def three_exercises(made: Derivation) -> None:
    """The last section: three questions, each with a solution of judged steps."""
    last = made.sections[-1]
    assert last.key == "exercises"
    starts = [i for i, block in enumerate(last.blocks) if isinstance(block, Prose) and EXERCISE.match(block.text)]
    assert len(starts) == 3
    for start, end in pairwise((*starts, len(last.blocks))):
        assert any(isinstance(block, Step) and not block.assumed for block in last.blocks[start:end])
    assert all(block.stance != "asserts" for block in last.blocks if isinstance(block, Step))


def sound_page(made: Derivation, *, audit: bool = False) -> Report:
    """All of the above."""
    reads_back(made)
    clean_tables(made)
    three_exercises(made)
    return judged_well(made, audit=audit)
