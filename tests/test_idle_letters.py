"""Letters that a claim does not use: names of environments are none, and a vector of one entry beside the claim raises no doubt."""

from __future__ import annotations

from derive.checking import _has_lone_entry
from derive.core import Matrix
from derive.formula.claims import read_claims
from derive.judge import judge_claim
from derive.notes.markdown import read_markdown
from derive.notes.reading import derivation_of

TEXT = r"""
A vector $x$ may have one entry only, as

$$
x = \begin{bmatrix} 5 \end{bmatrix} ,
$$

or several:

$$
2 \begin{bmatrix} 1 \\ 3 \end{bmatrix} = \begin{bmatrix} 2 \\ 6 \end{bmatrix} = \begin{bmatrix} 1 + 1 \\ 6 \end{bmatrix} .
$$
"""


def test_the_name_of_an_environment_has_no_letters() -> None:
    steps = derivation_of(read_markdown(TEXT)).sections[0].blocks
    assert [[d.name for claim in step.claims for d in claim.scope.declarations] for step in steps] == [["x"], [], []]


def test_a_letter_that_is_not_used_multiplies_nothing() -> None:
    def doubted(latex: str) -> bool:
        finding = judge_claim(read_claims(latex, "A in R^{1 x 1}")[0])
        assert any(isinstance(value, Matrix) for _, value in finding.counterexample or ())
        return _has_lone_entry(finding)

    assert not doubted(r"2 \begin{pmatrix} 1 \\ 3 \end{pmatrix} = \begin{pmatrix} 3 \\ 6 \end{pmatrix}")
    assert doubted(r"\begin{pmatrix} 1 \\ 3 \end{pmatrix} A = \begin{pmatrix} 1 \\ 3 \end{pmatrix}")
