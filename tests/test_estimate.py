"""Support from seeded samples: the true law passes whatever the seed, mutated laws never do, nothing is refuted, and what was not
counted beforehand is not admitted.
"""

from __future__ import annotations

from math import exp, sqrt

import mpmath
import pytest

from derive import evidence_json
from derive.checkers import estimate, search
from derive.core import Claim, Evidence, Hints, Sampled, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.statistics.bounded import SHAPES
from derive.kernel.statistics.grid import SPREADS, log_estimate
from derive.kernel.statistics.looks import MISSED, ONE_LOOK, POWER, SEEDS, SIZES, nats
from derive.kernel.statistics.radii import Spread, above, below, binomial_like, product_of_means

P10 = r"\prod_{i=1}^{10} w_i"
GAUSSIAN = "w_i ~ iid N(0, 7/10)"
LAWS = {"gaussian": GAUSSIAN, "laplace": "w_i ~ iid Laplace(0, 7/10)"}


def supported(claim: Claim, evidence: Evidence) -> bool:
    """Admitted, and then as support and nothing else."""
    try:
        verdict = admit(claim, evidence)
    except NotAdmitted:
        return False
    assert verdict.status == Status.SUPPORTED
    return True


def within(value: str, given: str, room: str = "2/5") -> Claim:
    """The variance of the product of ten is ``value``, up to two fifths."""
    return read_claim(
        rf"\left\lvert \frac{{\operatorname{{Var}}[{P10}]}}{{{value}}} - 1 \right\rvert \le {room}", given
    )


TRUE = r"\left(\frac{7}{10}\right)^{10}"
MUTANTS = {
    "0.95^n": r"\left(\frac{95}{100} \cdot \frac{7}{10}\right)^{10}",
    "(1.05 v)^n": r"\left(\frac{105}{100} \cdot \frac{7}{10}\right)^{10}",
    "v^(n+1)": r"\left(\frac{7}{10}\right)^{11}",
    "v^(n-2)": r"\left(\frac{7}{10}\right)^{8}",
    "n v": r"10 \cdot \frac{7}{10}",
    "1": "1",
}

# ------------------------------------------------------------------------------------------------ the law of the ledger


@pytest.mark.parametrize("law", LAWS)
def test_the_true_law_passes_whatever_the_seed(law: str) -> None:
    claim = within(TRUE, LAWS[law])
    assert all(supported(claim, Sampled("tilt", seed, 2**13)) for seed in range(16))


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.parametrize("law", LAWS)
def test_mutated_laws_are_rejected_whatever_the_seed(law: str, mutant: str) -> None:
    claim = within(MUTANTS[mutant], LAWS[law])
    assert not any(supported(claim, Sampled("tilt", seed, 2**13)) for seed in range(16))


@pytest.mark.parametrize("law", ["N(0, 7/10)"])
def test_the_full_grid_tells_them_apart_too(law: str) -> None:
    evidence = Sampled("full_grid", 5, 2**16)
    assert supported(within(TRUE, f"w_i ~ iid {law}"), evidence)
    assert not any(supported(within(mutant, f"w_i ~ iid {law}"), evidence) for mutant in MUTANTS.values())


def test_a_wrong_law_within_the_room_is_not_called_wrong() -> None:
    """What a sample cannot tell apart it does not refute: silence."""
    near = within(r"\left(\frac{101}{100} \cdot \frac{7}{10}\right)^{10}", GAUSSIAN, "1/10")
    for evidence in estimate.find(near, Hints()):
        with pytest.raises(NotAdmitted):
            admit(near, evidence)
    assert (
        search(near).refutation is None or search(near).proof is None
    )  # the exact rules may decide it, the sample does not


def test_what_is_printed() -> None:
    (evidence,) = estimate.find(within(TRUE, GAUSSIAN), Hints())
    verdict = admit(within(TRUE, GAUSSIAN), evidence)
    for word in ("seed 0", "draws", "beforehand", "kappa = 1.449", "probability 0.999", "1e-09"):
        assert word in verdict.why
    assert verdict.trust == ("oracle:tilt",)


def test_the_size_comes_from_kappa_and_the_claim_alone() -> None:
    (first,) = estimate.find(within(TRUE, GAUSSIAN), Hints())
    (second,) = estimate.find(within(MUTANTS["1"], GAUSSIAN), Hints())
    assert first == second


# ------------------------------------------------------------------------------------------------- where nothing is exact

CHAIN = r"\operatorname{E}[(\tanh(w_3 \tanh(w_2 \tanh(w_1))))^2]"
STANDARD = "w_i ~ iid N(0, 1)"


def test_a_chain_through_a_nonlinearity() -> None:
    found = search(read_claim(rf"{CHAIN} < \frac{{3}}{{20}}", STANDARD))
    assert found.proof is None and isinstance(found.support, Sampled)


@pytest.mark.parametrize(
    "false", [rf"{CHAIN} > \frac{{3}}{{20}}", rf"{CHAIN} \approx 0.2", rf"{CHAIN} < \frac{{1}}{{10}}"]
)
def test_false_bounds_have_no_support(false: str) -> None:
    claim = read_claim(false, STANDARD)
    assert not any(supported(claim, Sampled("bounded_mean", seed, 2**14)) for seed in range(10))
    found = search(claim)
    assert found.support is None and found.refutation is None and found.proof is None


def test_probabilities_agree_with_exact_ones() -> None:
    """P(w_1 < 1/2) = Phi(1/2), P(|w_1 w_2| < 1) by the known value."""
    known = mpmath.ncdf(0.5)
    event = r"\Pr\left[ w_1 + w_2 < \frac{1}{\sqrt{2}} \right]"
    claim = rf"\left\lvert {event} - {mpmath.nstr(known, 8)} \right\rvert \le \frac{{1}}{{30}}"
    text = claim.replace(r"\frac{1}{\sqrt{2}}", "0.70710678")
    assert supported(read_claim(text, STANDARD), Sampled("bounded_mean", 1, 2**16))
    wrong = text.replace(mpmath.nstr(known, 8), "0.76")
    assert not supported(read_claim(wrong, STANDARD), Sampled("bounded_mean", 1, 2**16))


# ------------------------------------------------------------------------------------------------------ what is refused

OK = Sampled("tilt", 0, 2**13)


@pytest.mark.parametrize(
    ("latex", "given", "evidence"),
    [
        (rf"\operatorname{{Var}}[{P10}] = {TRUE}", GAUSSIAN, OK),  # an equation
        (rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN, Sampled("tilt", SEEDS, 2**13)),
        (rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN, Sampled("tilt", -1, 2**13)),
        (rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN, Sampled("tilt", 0, 2**13 + 1)),
        (rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN, Sampled("tilt", 0, 2)),
        (rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN, Sampled("guess", 0, 2**13)),
        (rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN, Sampled("bounded_mean", 0, 2**13)),  # not bounded
        (rf"\operatorname{{Var}}[{P10}] \le 1", "w_i ~ iid Laplace(0, 7/10)", Sampled("full_grid", 0, 2**13)),
        (rf"\operatorname{{Var}}[{P10}] \le 1", "w_i ~ iid(mean=0, var=7/10)", OK),  # no law
        (rf"\operatorname{{Var}}[{P10}] \le 1", "w_i ~ iid N(1/10, 7/10)", OK),  # a mean
        (rf"\operatorname{{Var}}[{P10}] \le 1", "v > 0; w_i ~ iid N(0, v)", OK),  # no number
        (r"\operatorname{Var}[\prod_{i=1}^{n} w_i] \le 1", "n in N; w_i ~ iid N(0, 1/2)", OK),  # no length
        (r"\operatorname{E}[(\prod_{i=1}^{10} w_i)^4] \le 9", GAUSSIAN, OK),  # another power
        (r"\operatorname{E}[w_1^2] \le \operatorname{E}[w_2^2] + 1", STANDARD, OK),  # two averages
        (
            r"\operatorname{E}[\tanh(x y)] \le 1/2",
            "x ~ N(0, 1); y ~ N(0, 1)",
            Sampled("bounded_mean", 0, 2**13),
        ),  # dependence
        (
            r"\operatorname{E}[\tanh(a x)] \le 1/2",
            "x ~ N(0, 1); a > 0",
            Sampled("bounded_mean", 0, 2**13),
        ),  # a free letter
        (r"\operatorname{E}[\frac{1}{x}] \le 1/2", "x ~ N(0, 1)", Sampled("bounded_mean", 0, 2**13)),  # no mean
    ],
)
def test_refused(latex: str, given: str, evidence: Sampled) -> None:
    assert not supported(read_claim(latex, given), evidence)


def test_what_could_have_been_refused_is_supported() -> None:
    """The claims above, without what is wrong with them."""
    assert supported(read_claim(rf"\operatorname{{Var}}[{P10}] \le 1", GAUSSIAN), OK)
    assert supported(
        read_claim(r"\operatorname{E}[\tanh(2 x)] \le 1/2", "x ~ N(0, 1)"), Sampled("bounded_mean", 0, 2**13)
    )


def test_the_evidence_travels() -> None:
    assert evidence_json.from_json(evidence_json.to_json(OK), Evidence) == OK


# ------------------------------------------------------------------------------------------------- the bounds themselves


def test_kappa_and_the_largest_value() -> None:
    """By integration: E X = 1, E X^2, and the maximum of X on the half line."""

    def density(law: str, x: mpmath.mpf) -> mpmath.mpf:
        return {
            "gaussian": lambda: mpmath.npdf(x),
            "laplace": lambda: mpmath.exp(-mpmath.sqrt(2) * abs(x)) / mpmath.sqrt(2),
            "uniform": lambda: mpmath.mpf(abs(x) <= mpmath.sqrt(3)) / (2 * mpmath.sqrt(3)),
        }[law]()

    scale = {"gaussian": mpmath.sqrt(3), "laplace": mpmath.mpf(3), "uniform": None}
    for (estimator, law), spread in SPREADS.items():
        s = scale[law] if estimator == "tilt" else mpmath.mpf(1)
        end = mpmath.sqrt(3) if law == "uniform" else mpmath.mpf(60)

        def drawn(x: mpmath.mpf, s: mpmath.mpf = s, law: str = law) -> mpmath.mpf:
            return density(law, x / s) / s

        def weighted(x: mpmath.mpf, law: str = law, drawn: object = drawn) -> mpmath.mpf:
            return x**2 * density(law, x) / drawn(x)  # type: ignore[operator]

        cuts = [0, end / 8, end / 4, end / 2, end]
        for k, wanted in ((1, 1.0), (2, spread.kappa)):
            found = 2 * mpmath.quad(lambda x, k=k: weighted(x) ** k * drawn(x), cuts)
            assert abs(found - wanted) < 1e-9
        if spread.largest is not None:
            top = max(weighted(end * j / 20000) for j in range(1, 20001))
            assert top <= spread.largest * (1 + 1e-9) and top > 0.999 * spread.largest


def test_the_estimates_are_unbiased() -> None:
    """The mean of many estimates is 1, within five of its standard errors."""
    for (estimator, law), spread in SPREADS.items():
        found = [exp(log_estimate(estimator, law, 4, 1024, seed)) for seed in range(60)]
        error = sqrt(((1 + (spread.kappa - 1) / 1024) ** 4 - 1) / len(found))
        assert abs(sum(found) / len(found) - 1) < 5 * error


def test_the_radii_cover() -> None:
    """At a level that can be watched, one in ten: no more than that share of 200 intervals misses, for each estimator."""
    for (estimator, law), spread in SPREADS.items():
        ends = product_of_means(spread, 3, 1024, nats(0.1))
        assert ends is not None
        missed = sum(
            not ends[0] <= exp(log_estimate(estimator, law, 3, 1024, seed)) <= ends[1] for seed in range(200, 400)
        )
        assert missed <= 20
        half = product_of_means(spread, 3, 1024, nats(0.5))
        assert half is not None and half[1] < ends[1] and half[0] > ends[0]


def test_bernstein_by_its_own_formula() -> None:
    spread, draws = Spread(1.5, 2.0), 5000
    for t, excess in ((above(spread, draws, 20.0), 1.0), (below(spread, draws, 20.0), 1.0)):
        assert abs(draws * t**2 / (2 * 0.5 + 2 * excess * t / 3) - 20.0) < 1e-9


def test_chi_square_against_its_tail() -> None:
    """P(chi^2_D/D >= 1 + t) and P(chi^2_D/D <= 1 - t) are at most exp(-L)."""
    spread = Spread(3.0, None)
    for degrees in (50, 400):
        for level in (3.0, 12.0):
            high, low = 1 + above(spread, degrees, level), 1 - below(spread, degrees, level)
            upper = mpmath.gammainc(degrees / 2, degrees * high / 2, mpmath.inf, regularized=True)
            lower = mpmath.gammainc(degrees / 2, 0, max(degrees * low / 2, 0), regularized=True)
            assert upper <= mpmath.exp(-level) and lower <= mpmath.exp(-level)


def test_the_binomial_interval_is_as_sure_as_it_says() -> None:
    """If p were the end of the interval, so many or so few successes would have at most half the level."""
    draws, level = 300, nats(0.01)
    for count in (0, 3, 150, 299, 300):
        low, high = binomial_like(count / draws, draws, level)
        for p, counts in ((low, range(count, draws + 1)), (high, range(count + 1))):
            if p in (0.0, 1.0):
                continue
            tail = sum(
                mpmath.binomial(draws, k) * mpmath.mpf(p) ** k * (1 - mpmath.mpf(p)) ** (draws - k) for k in counts
            )
            assert tail <= 0.005 * 1.001


def test_the_shapes_have_mean_0_and_variance_1() -> None:
    for shape in SHAPES.values():
        grid = [(k + 0.5) / 20000 for k in range(20000)]
        assert abs(sum(map(shape, grid))) / 20000 < 1e-9
        assert abs(sum(shape(u) ** 2 for u in grid) / 20000 - 1) < 3e-3


def test_the_detectable_factor_is_detected() -> None:
    """Claims that are off by the factor that the sentence names are rejected, in all of 60 runs."""
    sure, usual = (product_of_means(SPREADS["tilt", "gaussian"], 10, 2**12, level) for level in (ONE_LOOK, POWER))
    assert sure is not None and usual is not None
    factor = max(usual[1] / sure[0], sure[1] / usual[0])
    for seed in range(60):
        found = exp(log_estimate("tilt", "gaussian", 10, 2**12, seed))
        assert not found / sure[1] <= factor <= found / sure[0] and not found / sure[1] <= 1 / factor <= found / sure[0]


def test_levels() -> None:
    assert exp(-ONE_LOOK) * SEEDS * len(SIZES) * 3 == pytest.approx(1e-9)
    assert exp(-POWER) == pytest.approx(MISSED)
