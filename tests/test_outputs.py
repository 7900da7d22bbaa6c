"""The committed handouts are what the program writes today, and its bytes depend on nothing but its input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from derive.build import build, build_claims
from derive.writers import BINARY

ROOT = Path(__file__).parent.parent


def test_committed_outputs_are_current() -> None:
    """``derive build outputs --check``, but for PDF, whose bytes are those of one version of Typst."""
    made = build(ROOT / "outputs", check=True, without=BINARY)
    different = [path.name for built in made for path in built.changed]
    ledger = build_claims(ROOT / "outputs", check=True)
    different += [path.name for path in ledger.changed] if ledger else []
    assert different == [], "run `derive build outputs` and look at the difference"


def run(seed: str, *arguments: str) -> bytes:
    """The bytes of a fresh process with that hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "derive", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout


@pytest.mark.parametrize("form", ["md", "tex", "terminal"])
def test_bytes_do_not_depend_on_the_hash_seed(form: str) -> None:
    arguments = ("vanishing", "--n", "7", "-f", form, "--matrix", "[[1, 2], [3, 4]]")
    first = run("1", *arguments)
    assert first == run("2", *arguments)
    assert len(first) > 10_000


def test_two_runs_give_the_same_json() -> None:
    assert run("3", "vanishing", "-f", "json") == run("4", "vanishing", "-f", "json")
