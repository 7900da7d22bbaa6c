"""The architecture: on which floor each part of ``derive`` stands, and that nothing imports upwards.

A module imports only lower floors, or its own folder. Imports inside functions count (they only come later); imports for the
type checker do not (they are never run).
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from derive.core import HEADS

ROOT = Path(__file__).parent.parent / "derive"
MODULES = sorted(ROOT.rglob("*.py"))

FLOORS = {
    "core": 0,  # the nouns
    "extras": 1,  # packages that a core install does without
    "formula": 1,  # LaTeX to terms and back
    "notation": 1,  # LaTeX to syntax trees and back, for the notation of notes
    "kernel": 1,  # trusted: where verdicts are made
    "sympy_bridge": 1,  # terms to SymPy and back
    "asking": 1,  # what is asked of a search, and what it answers
    "purse": 2,  # what the claims of one text may cost together
    "evidence_json": 1,  # evidence as JSON and back
    "binomial": 1,  # exact intervals for a probability
    "variant": 0,  # exercises with other numbers
    "authoring": 2,  # how a topic writes letters, scopes and steps
    "checkers": 2,  # untrusted search for evidence
    "floats": 2,  # the NumPy check
    "codes": 2,  # how a finding is called, and what that means
    "explaining": 2,  # what the reason of a verdict speaks of
    "figures": 2,  # data to pictures
    "picturing": 2,  # how a topic gives a figure its data
    "functions": 2,  # a user's function: read, differentiated, its zeros isolated
    "inputs": 2,  # the user's matrices and numbers, read exactly
    "listed": 3,  # vectors and finite laws, read exactly
    "output": 2,  # files written whole or not at all
    "entry": 2,  # a sentence of a source and its formal readings
    "streams": 4,  # standard output and standard error
    "parallel": 2,  # tasks spread over processes
    "progress": 2,  # a bar while something takes long
    "topics": 3,  # the handouts
    "claims": 3,  # the entries of the textbook ledger
    "cache": 3,  # evidence that earlier searches found
    "notes": 3,  # somebody's text to relations with their places
    "report": 3,  # a derivation with a finding for every step
    "worker": 3,  # a search in a process that can be killed
    "judge": 4,  # derivation to report
    "ledger": 4,  # an entry and its verdict
    "found": 4,  # what was found in a text, as plain data
    "listing": 4,  # which topics there are
    "textbook": 5,  # the entries asked for, judged
    "catalog": 5,  # a topic's options, and its judged handout
    "arguing": 4,  # which solutions an argument loses or gains
    "freeing": 4,  # what holds without what the text assumes
    "tying": 4,  # what holds, or fails, under the equations that the text assumes
    "instancing": 4,  # what fails in a special case
    "checking": 5,  # somebody's text to a report
    "baseline": 5,  # findings that are known already
    "changes": 6,  # findings that are new since a revision
    "selecting": 5,  # which findings are shown, and which decide
    "writers": 5,  # report to text
    "many": 6,  # files and folders of notes
    "planning": 5,  # plans in TOML
    "course": 6,  # several handouts and own texts into a site and a PDF
    "build": 6,  # many handouts into a folder
    "commands": 7,  # words about notes in, text out
    "cli": 8,  # words in, text out
    "__init__": 9,  # the Python side
    "__main__": 9,
}

VERDICT = "derive.kernel.verdict"


def part_of(module: Path) -> str:
    """``kernel`` for derive/kernel/balls/table.py, ``cli`` for derive/cli.py."""
    return module.relative_to(ROOT).parts[0].removesuffix(".py")


def name_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def nodes(module: Path) -> Iterator[ast.AST]:
    """All nodes that can run: everything but the bodies of ``if TYPE_CHECKING``."""
    pending: list[ast.AST] = [ast.parse(module.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        yield node
        only_types = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        pending += node.orelse if isinstance(node, ast.If) and only_types else ast.iter_child_nodes(node)


def imports(module: Path) -> Iterator[tuple[str, str]]:
    """Pairs of a module and a name imported from it; the name is empty for ``import module``."""
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(module)}, line {node.lineno}: a relative import"
            yield from ((str(node.module), alias.name) for alias in node.names)


def parts_imported(module: Path) -> set[str]:
    """Parts of ``derive``. ``from derive import __version__`` imports nothing but the package, which is there anyway."""
    found = set()
    for source, name in imports(module):
        package, _, inside = source.partition(".")
        if package == "derive" and (inside or name not in ("", "__version__")):
            found.add((inside or name).split(".")[0])
    return found


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_nothing_imports_upwards(module: Path) -> None:
    here = part_of(module)
    too_high = {part for part in parts_imported(module) - {here} if FLOORS[part] >= FLOORS[here]}
    assert not too_high, f"{name_of(module)} stands on floor {FLOORS[here]} and imports {sorted(too_high)}"


def test_every_part_has_a_floor_and_every_floor_a_part() -> None:
    assert {part_of(module) for module in MODULES} == set(FLOORS)


def test_a_topic_imports_no_other_topic() -> None:
    for module in (ROOT / "topics").rglob("*.py"):
        own = ".".join(("derive", *module.relative_to(ROOT).with_suffix("").parts[:2]))
        for source, _ in imports(module):
            assert not source.startswith("derive.topics") or source.split(".")[:3] == own.split("."), name_of(module)


@pytest.mark.parametrize("part", ["core", "formula", "kernel"])
def test_the_trusted_part_imports_neither_sympy_nor_numpy(part: str) -> None:
    modules = [module for module in MODULES if part_of(module) == part]
    used = {source.split(".")[0] for module in modules for source, _ in imports(module)}
    allowed = set(sys.stdlib_module_names) - {"importlib", "runpy", "pkgutil"} | {"flint", "derive"}
    assert used <= allowed


def test_nor_does_anything_that_they_import() -> None:
    code = "import sys, derive.formula, derive.kernel; print(sorted({'sympy', 'numpy'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT.parent, check=True)
    assert run.stdout.strip() == "[]"


def test_only_admit_makes_verdicts() -> None:
    """Nobody else imports ``make`` or the whole module; the package offers the type and ``genuine`` only."""
    makers = set()
    for module in MODULES:
        for source, name in imports(module):
            if (source, name) in ((VERDICT, "make"), (VERDICT, "*"), (VERDICT, ""), ("derive.kernel", "verdict")):
                makers.add(name_of(module))
        if any(
            isinstance(node, ast.Attribute) and ast.unparse(node).endswith("verdict.make") for node in nodes(module)
        ):
            makers.add(name_of(module))
    assert makers == {"kernel/admit.py"}


def test_the_tables_have_the_same_heads() -> None:
    from derive.floats import EVALUATE
    from derive.formula.printer import PRINT
    from derive.kernel.heads import HEADS as KERNEL
    from derive.sympy_bridge import BRIDGE

    for table in (PRINT, EVALUATE, BRIDGE, KERNEL):
        assert set(table) == set(HEADS)


# ------------------------------------------------------------------------------------------- the test can see a breach


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from derive.cli import main", {"cli"}),
        ("import derive.judge", {"judge"}),
        ("from derive import catalog, build", {"catalog", "build"}),
        ("from derive import __version__", set()),
        ("def f():\n    from derive.report import Report", {"report"}),
        ("if TYPE_CHECKING:\n    from derive.report import Report", set()),
        ("if TYPE_CHECKING:\n    import derive.report\nelse:\n    import derive.worker", {"worker"}),
        ("import derived", set()),
    ],
)
def test_imports_are_seen(tmp_path: Path, text: str, found: set[str]) -> None:
    module = tmp_path / "module.py"
    module.write_text(text, encoding="utf-8")
    assert parts_imported(module) == found
