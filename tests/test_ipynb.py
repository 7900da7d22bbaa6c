"""The notebook: runs from top to bottom, each cell needs the first one only, the same handout gives the same bytes."""

from __future__ import annotations

import contextlib
import io
import re
from functools import cache

import nbformat
import pytest

from derive import catalog
from derive.core import InputError, Status
from derive.report import Report
from derive.writers import WRITERS, Layout
from derive.writers.numpy_source import cell

TOPICS = ("vanishing", "clipping", "second-order", "random-product")


@cache
def report(name: str) -> Report:
    return catalog.report(name, {})


@cache
def notebook(name: str) -> nbformat.NotebookNode:
    return nbformat.reads(str(WRITERS["ipynb"](report(name), Layout())), 4)


def code_of(name: str) -> list[tuple[str, str]]:
    return [(c.id, c.source) for c in notebook(name).cells if c.cell_type == "code"]


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_cell_works_after_the_first_alone(name: str) -> None:
    (first, imports), *checks = code_of(name)
    assert first == "imports" and len(checks) > 30
    for identity, code in checks:
        space: dict[str, object] = {}
        exec(imports, space)
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, identity, "exec"), space)


@pytest.mark.parametrize("name", TOPICS)
def test_every_step_has_a_cell_or_a_reason(name: str) -> None:
    cells = {c.id: c for c in notebook(name).cells}
    for judged in report(name).steps:
        key = judged.id.replace(".", "-")
        assert f"step-{key}" in cells
        assert f"check-{key}" in cells or judged.status == Status.ASSUMED or "No cell" in cells[f"step-{key}"].source


def test_every_cell_can_fail() -> None:
    """A cell without an assertion would check nothing."""
    checks = [code for name in TOPICS for identity, code in code_of(name) if identity != "imports"]
    assert all("assert " in code for code in checks)


@pytest.mark.parametrize(
    ("right", "wrong"), [("t * w**(t - 1)", "w**t"), ("np.linalg.inv(V)", "V"), ("x.T @ x", "2 * x.T @ x")]
)
def test_a_slip_of_the_pen_is_noticed(right: str, wrong: str) -> None:
    """The right side of a proved step, changed in one place, no longer passes."""
    (_, imports), *checks = code_of("vanishing")
    changed = 0
    for identity, code in checks:
        *before, last = re.split(r"(?m)^(?=    right = )", code)
        if not before or right not in last or last.count("assert agree") != 1:
            continue
        space: dict[str, object] = {}
        exec(imports, space)
        with pytest.raises(AssertionError):
            exec(compile("".join(before) + last.replace(right, wrong, 1), identity, "exec"), space)
        changed += 1
        break
    assert changed


def test_a_refuted_step_shows_its_counterexample() -> None:
    refuted = next(j for j in report("vanishing").steps if j.status == Status.REFUTED and cell(j, 0).code)
    code = cell(refuted, 0).code
    point = refuted.deciding.counterexample  # type: ignore[union-attr]
    assert point and all(
        re.search(rf"(?m)^{name} = ", code) for name, _ in point if name.isalpha() and name != "lambda"
    )
    assert "print(" in code and "assert " in code


def test_it_runs_from_top_to_bottom_in_a_kernel() -> None:
    nbclient = pytest.importorskip("nbclient")
    made = nbformat.reads(str(WRITERS["ipynb"](report("momentum"), Layout())), 4)
    nbclient.NotebookClient(made, timeout=120, kernel_name="python3").execute()


def test_the_file_is_valid_and_the_same_each_time() -> None:
    text = WRITERS["ipynb"](report("vanishing"), Layout())
    assert text == WRITERS["ipynb"](report("vanishing"), Layout())
    made = notebook("vanishing")
    nbformat.validate(made)
    assert all(not c.outputs and c.execution_count is None for c in made.cells if c.cell_type == "code")
    identities = [c.id for c in made.cells]
    assert len(set(identities)) == len(identities)


def test_bounds_are_stated() -> None:
    for name in TOPICS:
        for identity, code in code_of(name):
            if identity != "imports" and "bound=1e-6" in code:
                assert "within 1e-6" in code.splitlines()[0]


def test_sections_and_students() -> None:
    made = nbformat.reads(str(WRITERS["ipynb"](report("vanishing"), Layout("student", ("powers",)))), 4)
    text = "\n".join(c.source for c in made.cells)
    assert "<sub>" not in text and "## 1 " in text and "## 2 " not in text


def test_without_nbformat_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "nbformat", None)
    with pytest.raises(InputError, match=r"derive-handouts\[notebook\]"):
        WRITERS["ipynb"](report("vanishing"), Layout())
