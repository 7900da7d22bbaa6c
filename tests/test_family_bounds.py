"""What a declaration says of a general member ``d_k`` holds of each member that occurs, and of no other letter."""

from __future__ import annotations

import pytest

from derive.authoring import Letter, integer, real, scope, step
from derive.core import Scope, Status
from derive.formula import read
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.kernel.facts import facts_of

N, S = integer("n", r"n \ge 0"), integer("s", r"s \ge 1")
WEIGHTS, PRODUCT = real("w", family=True), real("g", family=True)
CHAIN = ("g_0 = 1", r"g_s = w_s d_s g_{s-1}")


def slopes(*bounds: str) -> Letter:
    return real("d", *bounds, family=True)


def chain(*bounds: str) -> Scope:
    return scope(N, S, WEIGHTS, slopes(*bounds), PRODUCT, given=CHAIN)


def status(formula: str, where: Scope) -> Status:
    made = step(formula, "", where)
    return judge_claim(made.claims[0], made.hints, patience=60).status


COMPOUND = r"\lvert g_n \rvert \le \prod_{k=1}^{n} \frac{\lvert w_k \rvert}{4}"


def test_a_bound_on_every_slope_bounds_the_product() -> None:
    assert status(COMPOUND, chain(r"0 \le d_k", r"d_k \le 1/4")) == Status.PROVED


@pytest.mark.parametrize(
    "bounds",
    [
        (r"d_k \le 1/4",),  # -3 is a slope, too
        (r"0 \le d_k", r"d_k \le 1/3"),
        (r"0 \le d_k",),
        (),
    ],
)
def test_no_weaker_bound_does(bounds: tuple[str, ...]) -> None:
    assert status(COMPOUND, chain(*bounds)) in (Status.REFUTED, Status.UNDECIDED)


def test_members_are_told_apart() -> None:
    """A bound of d speaks of no member of w, one of d_1 of no d_2, and one of two members of no single one."""
    where = scope(N, slopes(r"0 \le d_k", r"d_k \le 1/4"), WEIGHTS, given=(r"w_1 \le 1/4",))
    assert status(r"d_{n+1} \le 1/4", where) == status(r"1 - 4 d_{n+7} \ge 0", where) == Status.PROVED
    assert status(r"w_{n+1} \le 1/4", where) != Status.PROVED
    assert status(r"w_2 \le 1/4", where) != Status.PROVED
    assert status(r"d_{n+1} < 1/4", where) != Status.PROVED
    falling = scope(N, slopes(r"d_{k+1} \le 1/4"))
    assert not facts_of(falling).non_negative(read(r"1/4 - d_n", falling))
    tied = scope(N, slopes(r"d_k \le d_{k+1}"))
    assert not facts_of(tied).non_negative(read(r"d_{n+1} - d_{n}", tied))


def test_a_bound_that_names_the_member() -> None:
    """The k of a bound is the place, also on the right."""
    where = scope(N, slopes(r"d_k \le k"))
    assert status(r"d_{n+1} \le n + 1", where) == Status.PROVED
    assert status(r"d_{n+1} \le n", where) != Status.PROVED


@pytest.mark.parametrize(
    ("latex", "given", "wanted"),
    [
        # a = 3 would break the bound of h_1: it refutes nothing
        (r"a \le 2", "a in R; h_k <= 1; h_0 = a; h_t = h_{t-1} / 2", Status.PROVED),
        # true, since the members grow beyond every bound: not seen at any point
        (r"a \le 0", "a in R; h_k <= 1000; h_0 = a; h_t = 2 h_{t-1}", Status.UNDECIDED),
        (r"h_n \ge 0", "h_k >= 0; h_0 = 1; h_t = h_{t-1} / 2; n in N", Status.PROVED),
        # what is declared of every member contradicts what is given of one: nothing is proved, nothing refuted
        (r"h_0 > 0", "h_k > 0; h_0 = -1", Status.UNDECIDED),
        (r"h_1 \le 1", "h_k <= 1; h_0 = 3; h_t = h_{t-1} / 2", Status.UNDECIDED),
        (r"h_n \le 1", "h_k <= 1; h_0 = 3; h_t = h_{t-1} / 2; n in N", Status.UNDECIDED),
    ],
)
def test_bounds_of_given_sequences(latex: str, given: str, wanted: Status) -> None:
    finding = judge_claim(read_claim(latex, given), patience=60)
    assert finding.status == wanted
    assert finding.contradiction is None
