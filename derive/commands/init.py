"""``derive init``: what a folder of notes needs to be checked with every commit, and a first look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from derive import __version__
from derive.streams import cache_of, emit, say

if TYPE_CHECKING:
    from derive.many import Many

SETTINGS = """[tool.derive]
# macros = ["macros.tex"]  # files of \\newcommand that hold in all notes
"""
HOOK = """  - repo: local
    hooks:
      - id: derive-check
        name: derive check
        entry: derive check
        language: system
        files: \\.(md|markdown|qmd|Rmd|rmd|tex|ipynb)$
"""
WORKFLOW = f"""name: mathematics
on: [push, pull_request]
permissions:
  contents: read
jobs:
  derive:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install derive-handouts=={__version__}
      - run: derive check --format github .
"""


@click.command()
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--no-cache", is_flag=True, help="search anew instead of recalling the evidence of earlier runs")
def init(folder: str, no_cache: bool) -> int:
    """Set DIR up to be checked: configuration, pre-commit hook, workflow. What is there already is left as it is. Then check once."""
    from derive.core import InputError

    place = Path(folder)
    if not place.is_dir():
        raise InputError(f"there is no directory {folder}; name the folder of your notes")
    lines = [_settings(place / "pyproject.toml"), _hook(place / ".pre-commit-config.yaml")]
    lines.append(_workflow(place / ".github" / "workflows" / "derive.yml"))
    emit("\n".join(lines) + "\n\n")
    return _first_look(place, no_cache)


def _settings(path: Path) -> str:
    from derive.output import write_file

    before = _text(path)
    if before is None:
        write_file(path, SETTINGS)
        return f"{path}: written"
    tool = _toml(path, before).get("tool", {})
    if isinstance(tool, dict) and "derive" in tool:
        return f"{path}: has [tool.derive], left as it is"
    after = f"{before.rstrip()}\n\n{SETTINGS}".lstrip()
    _toml(path, after)
    write_file(path, after)
    return f"{path}: [tool.derive] added"


def _toml(path: Path, text: str) -> dict[str, object]:
    import tomllib

    from derive.core import InputError

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InputError(f"{path}: [tool.derive] cannot be added: {problem}; add it by hand") from None


def _hook(path: Path) -> str:
    """Others' hooks are not touched: YAML cannot be written back as it was."""
    from derive.output import write_file

    before = _text(path)
    if before is None:
        write_file(path, f"repos:\n{HOOK}")
        return f"{path}: written; 'pre-commit install' switches it on"
    if "derive check" in before or "derive-check" in before:
        return f"{path}: has the hook, left as it is"
    return f"{path}: is there and left as it is; add to its repos:\n{HOOK.rstrip()}"


def _workflow(path: Path) -> str:
    from derive.core import InputError
    from derive.output import write_file

    if _text(path) is not None:
        return f"{path}: is there, left as it is"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"cannot make {path.parent}: {problem.strerror}; make it by hand") from None
    write_file(path, WORKFLOW)
    return f"{path}: written"


def _text(path: Path) -> str | None:
    """What is there; None for nothing. Raises InputError for what cannot be read, or is no text."""
    from derive.core import InputError

    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        if path.is_symlink():
            raise InputError(f"{path} is a link that leads nowhere; remove it first") from None
        return None
    except OSError as problem:
        raise InputError(f"{path} cannot be read: {problem.strerror}; nothing was changed in it") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8; nothing was changed in it") from None


def _first_look(place: Path, no_cache: bool) -> int:
    from derive.many import check_many
    from derive.progress import progress

    with progress("checking") as done:
        many = check_many([str(place)], cache=cache_of(no_cache), done=done)
    for line in (*many.missing, *many.problems):
        say(" ".join(line.split()))
    emit("\n".join(_coverage(many)) + "\n")
    return 3 if any(text.alarms for text in many.texts) else 0


def _coverage(many: Many) -> Iterator[str]:
    """How much of the notes is read and decided."""
    from derive.selecting import share_read

    if not many.texts:
        yield "No notes yet."
        return
    verdicts = [found.entry["verdict"] for text in many.texts for found in text.found]
    total = sum(text.coverage["formulas"] for text in many.texts)
    number = len(many.texts)
    yield f"{number} text{'s' * (number != 1)}, {total} relations, {share_read(many.texts):.0f} % of them read:"
    yield "  " + ", ".join(f"{verdicts.count(name)} {name}" for name in dict.fromkeys(sorted(verdicts)))
    yield "'derive check' on this folder shows what is wrong; old notes begin with --baseline known.json --write-baseline."
