"""The figures of the topics: drawn for options of all kinds, every axis labelled, the words under them true of the data."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import exp, isfinite, log

import pytest

from derive import catalog
from derive.core import Band, Curve, Derivation, Figure, Histogram, Mark, Points
from derive.figures import svg
from derive.listing import topic
from derive.picturing import numeral, spoken

LARGEST = 40_000
"""Bytes of a picture."""

CASES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "vanishing": ("vanishing", {}, ("spectrum", "band", "transient")),
    "defective": ("vanishing", {"n": "300", "matrix": "[[1, 1], [0, 1]]"}, ("spectrum", "band", "transient")),
    "rotation": ("vanishing", {"n": "10000", "matrix": "[[0, 1], [-1, 0]]"}, ("spectrum", "band", "transient")),
    "nilpotent": ("vanishing", {"n": "1", "matrix": "[[0, 1], [0, 0]]"}, ("spectrum", "transient")),
    "gaussian": ("random-product", {}, ("sizes",)),
    "laplace": ("random-product", {"law": "laplace", "n": "1", "variance": "2"}, ("sizes",)),
    "uniform": ("random-product", {"law": "uniform", "n": "1000"}, ("sizes",)),
    "signs": ("random-product", {"law": "signs"}, ()),
    "own law": ("random-product", {"law": "finite: -1/2 1/4, 2 1/4, 0 1/2", "n": "12"}, ("sizes",)),
    "newton": ("newton", {}, ("map",)),
    "cycle": ("newton", {"f": "x^3 - 2x + 2", "start": "0"}, ("map",)),
    "no root": ("newton", {"f": "x^2 + 1", "start": "2", "steps": "20"}, ("map",)),
    "sine": ("newton", {"f": r"\sin x", "start": "2"}, ("map",)),
    "cliff": ("cliff", {}, ("zooms", "descent")),
    "ramp": ("cliff", {"w": "3", "b": "-1", "depth": "20"}, ("zooms", "descent")),
    "deep cliff": ("cliff", {"w": "-7", "depth": "200", "threshold": "1/100"}, ("zooms", "descent")),
    "clipping": ("clipping", {"threshold": "5", "learning_rate": "1/7"}, ("valley",)),
    "long-term": ("long-term", {"weight": "1/2", "horizon": "300", "seeds": "10", "updates": "100"}, ("lags",)),
    "initialization": ("initialization", {}, ("learning",)),
    "three layers": ("initialization", {"depth": "3", "start": "1/1000000"}, ("learning",)),
    "remedies": ("remedies", {}, ("lags",)),
    "one step": ("remedies", {"horizon": "1", "forget_bias": "-50", "delay": "100"}, ("lags",)),
}


@cache
def derivation(case: str) -> Derivation:
    name, options, _ = CASES[case]
    module = topic(name)
    made: Derivation = module.derivation(module.Options(**catalog.converted(name, options)))
    return made


def figures(case: str) -> dict[str, Figure]:
    made = derivation(case)
    blocks = (*made.opening, *(block for section in made.sections for block in section.blocks))
    return {block.key: block for block in blocks if isinstance(block, Figure)}


def curves(figure: Figure, panel: int = 0) -> list[Curve]:
    return [mark for mark in figure.panels[panel].marks if isinstance(mark, Curve)]


@pytest.mark.parametrize("case", CASES)
def test_each_topic_has_its_figures_and_they_can_be_drawn(case: str) -> None:
    found = figures(case)
    assert tuple(found) == CASES[case][2]
    for figure in found.values():
        assert len(svg(figure).encode()) < LARGEST, figure.key


@pytest.mark.parametrize("case", CASES)
def test_axes_have_labels_and_all_that_is_shown_fits_together(case: str) -> None:
    for figure in figures(case).values():
        assert figure.caption.endswith(".") and figure.alt.endswith(".") and "$" not in figure.alt
        for before, panel in zip((None, *figure.panels), figure.panels, strict=False):
            assert panel.x.label
            assert panel.y.label or (before and (before.y.low, before.y.high) == (panel.y.low, panel.y.high))
            for mark in panel.marks:
                check(mark)


def check(mark: Mark) -> None:
    if isinstance(mark, Curve | Points):
        assert len(mark.x) == len(mark.y) > 0
    if isinstance(mark, Band):
        assert len(mark.x) == len(mark.low) == len(mark.high)
        assert all(low <= high for low, high in zip(mark.low, mark.high, strict=True))
    if isinstance(mark, Histogram):
        assert len(mark.edges) == len(mark.heights) + 1


@pytest.mark.parametrize("case", ["vanishing", "defective", "gaussian", "newton", "cliff", "remedies"])
def test_data_of_a_figure_are_the_same_each_time(case: str) -> None:
    before = figures(case)
    derivation.cache_clear()
    assert figures(case) == before


# ------------------------------------------------------------------------------------------------- what the words say


def test_what_is_said_of_powers_is_recomputed() -> None:
    figure = figures("vanishing")["band"]
    for modulus, power in ((1.2, 1.2**10), (0.5, 0.5**10)):
        assert f"{spoken(modulus)} has become {spoken(power)}" in figure.alt
    assert f"{spoken(10**-0.3, 4)} and {spoken(10**0.3, 4)}" in figure.alt
    assert curves(figure)[3].y[-1] == pytest.approx(1.2**10)


def test_norms_lie_between_their_bounds_and_the_peak_is_where_it_is_said_to_be() -> None:
    figure = figures("vanishing")["transient"]
    upper, lower, norm = curves(figure, 1)
    kappa, rho = upper.y[0], 0.9
    assert all(rho**t * (1 - 1e-9) <= y <= kappa * rho**t for t, y in zip(norm.x, norm.y, strict=True))
    assert lower.y[-1] == pytest.approx(rho**80)
    peak = max(range(len(norm.y)), key=norm.y.__getitem__)
    below = next(t for t in range(peak, len(norm.y)) if norm.y[t] < 1)
    assert f"rises to {spoken(norm.y[peak])} at {peak} steps" in figure.alt and f"from step {below} on" in figure.alt
    assert (peak, below) == (6, 66), "as the steps of the handout prove"


def test_eigenvalues_are_counted_by_their_place() -> None:
    assert "inside the unit circle: 0, on it: 2, outside: 0." in figures("rotation")["spectrum"].alt
    assert "inside the unit circle: 1, on it: 0, outside: 1." in figures("vanishing")["spectrum"].alt


@pytest.mark.parametrize("case", ["gaussian", "laplace"])
def test_densities_are_those_of_probability_and_variance(case: str) -> None:
    """Both integrate to 1, and the second is the first times the square."""
    figure = figures(case)["sizes"]
    _, plain, weighted = curves(figure)
    step = plain.x[1] - plain.x[0]
    assert sum(plain.y) * step == pytest.approx(1, abs=0.01) and sum(weighted.y) * step == pytest.approx(1, abs=0.01)
    variance = 2.0 if case == "laplace" else 1.0
    for y, f, g in zip(plain.x, plain.y, weighted.y, strict=True):
        if f > 1e-5:
            assert g == pytest.approx(f * exp(2 * y) / variance, rel=1e-3, abs=1e-6)
    small = sum(f for y, f in zip(plain.x, plain.y, strict=True) if y < 0) * step
    assert f"{100 * small:.2g} % of the products are smaller than 1" in figure.alt


def test_density_of_one_laplace_weight_is_elementary() -> None:
    _, plain, _ = curves(figures("laplace")["sizes"])
    for y, f in zip(plain.x, plain.y, strict=True):
        assert f == pytest.approx(exp(y) * exp(-exp(y)), abs=1e-5)  # of scale 1 at variance 2


def test_histograms_of_an_own_law_hold_what_is_not_zero() -> None:
    figure = figures("own law")["sizes"]
    law, squares = (mark for mark in figure.panels[0].marks if isinstance(mark, Histogram))
    masses = [sum(h * (b - a) for h, (a, b) in zip(m.heights, pairwise(m.edges), strict=True)) for m in (law, squares)]
    assert masses == [pytest.approx(0.5**12), pytest.approx(1)]
    assert "are 0 and not shown" in figure.alt


def test_newtons_map_and_its_path() -> None:
    figure = figures("cycle")["map"]
    graph = next(curve for curve in curves(figure) if curve.weight == "strong")
    for x, y in zip(graph.x, graph.y, strict=True):
        value = x - (x**3 - 2 * x + 2) / (3 * x * x - 2)
        if isfinite(y) and abs(y) < 3:
            assert y == pytest.approx(value, rel=1e-6, abs=1e-9)
    assert "From 0 the path goes to 1, 0 and so on; within 40 steps it reaches no root." in figure.alt
    assert "within 40 steps it comes to the root 3.14." in figures("sine")["map"].alt
    assert " 0 per cent come to a root." in figures("no root")["map"].alt


def test_only_the_last_zoom_shows_the_cliff() -> None:
    figure = figures("cliff")["zooms"]
    truth = next(mark.y[0] for mark in figure.panels[0].marks if isinstance(mark, Points))
    seen = [max(curves(figure, k)[0].y) for k in range(3)]
    assert seen[0] < seen[1] < truth < seen[2]
    assert all(spoken(value) in figure.alt for value in (truth, *seen))


def test_the_path_that_is_clipped_never_takes_a_longer_step() -> None:
    figure = figures("clipping")["valley"]
    path = next(curve for curve in curves(figure) if curve.label == "clipped")
    steps = [
        ((b - a) ** 2 + (d - c) ** 2) ** 0.5 for (a, b), (c, d) in zip(pairwise(path.x), pairwise(path.y), strict=True)
    ]
    assert max(steps) == pytest.approx(1)
    assert f"never further out than {spoken(max(map(abs, path.x)))}" in figure.alt


def test_terms_lie_below_their_bound() -> None:
    figure = figures("long-term")["lags"]
    bound, terms = curves(figure)
    assert all(y <= high for y, high in zip(terms.y, bound.y, strict=True)) and "terms above it: 0." in figure.alt
    assert bound.y[1] / bound.y[0] == pytest.approx(1 / 2)


def test_learning_times_are_where_the_curves_cross_nine_tenths() -> None:
    figure = figures("initialization")["learning"]
    for start in (0.5, 0.01, 0.0001):
        time = log(0.9 * (1 - start) / (start * 0.1)) / 2
        assert f"from {spoken(start)} two layers take {spoken(time)}" in figure.alt
    for curve in curves(figure, 1)[1:]:
        crossed = max(t for t, a in zip(curve.x, curve.y, strict=True) if a <= 0.9)
        assert any(float(t.replace(",", "")) >= crossed for t in re.findall(r"10 layers ([\d.,]*\d)", figure.alt))


def test_powers_of_the_remedies() -> None:
    figure = figures("remedies")["lags"]
    assert f"weight alone, {spoken(0.9**100)}" in figure.alt
    assert curves(figure)[4].y[-1] == pytest.approx((1 / (1 + exp(-1))) ** 100)


@pytest.mark.parametrize(
    ("number", "said", "label"),
    [
        (0.5, "0.5", "0.5"),
        (1.0, "1", "1"),
        (22582.6, "22,583", r"22\,583"),
        (-6.35181, "-6.35", "-6.35"),
        (1.2e-9, "1.2 × 10^-9", r"1.2 \cdot 10^{-9}"),
        (1e-6, "1 × 10^-6", "10^{-6}"),
        (0.0, "0", "0"),
        (float("inf"), "1 × 10^300", "10^{300}"),
    ],
)
def test_numbers_in_sentences_and_labels(number: float, said: str, label: str) -> None:
    assert spoken(number) == said
    assert numeral(number) == label
