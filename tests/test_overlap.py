"""Agreement at points counts a point once: letters that the claim does not mention make no new points."""

from __future__ import annotations

import pytest

from derive.authoring import Letter, integer, matrix, real, scope, step
from derive.checkers.sampling import sample
from derive.judge import judge_claim
from derive.kernel.points import OVERLAPS_NEEDED, distinct

N = integer("n", r"n \ge 0")
FALSE_FROM_21 = r"\prod_{k=0}^{20} (n - k) = 0"


@pytest.mark.parametrize("letters", [(N,), (N, real("x")), (N, real("x"), matrix("W"))])
def test_idle_letters_do_not_support_a_false_claim(letters: tuple[Letter, ...]) -> None:
    (claim,) = step(FALSE_FROM_21, "holds at 0, 1, ..., 20 and nowhere else", scope(*letters)).claims
    assert judge_claim(claim).status.value not in ("proved", "supported")


def test_letters_behind_a_hypothesis_count() -> None:
    where = scope(matrix("W"), matrix("V"), matrix("Lambda", "diagonal"), given=(r"W = V \Lambda V^{-1}",))
    (claim,) = step(r"\det(W^\top) = \det W", "W is computed from V and Lambda", where).claims
    assert distinct(claim, tuple(sample(claim.scope, 96))) >= OVERLAPS_NEEDED
