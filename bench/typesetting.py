"""Time to the first PDF or page, and bytes to install: Typst as ``derive`` uses it, beside latexmk and pandoc with MathJax.

    python bench/typesetting.py             a handout, median of 5 rounds
    python bench/typesetting.py newton --runs 9

The handout is made once as Markdown and LaTeX; each way of typesetting then starts from the finished text in a new process, and
the ways take turns. For ``derive`` that is the time beyond the same command with ``-f md``. What is not installed is left out.
Prints a Markdown table. Bytes are those on disk: of the Python packages that an extra adds, of the packages of Debian that were
installed for the program.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import files
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
TEX = [
    "texlive",
    "latexmk",
    "tex-common",
    "lmodern",
    "fonts-lmodern",
    "preview-latex",
    "libkpathsea",
    "libptexenc",
    "libsynctex",
    "libtexlua",
]


def derive(topic: str, target: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "derive", topic, "-o", str(target)], capture_output=True, env=environment, check=True
    )


def latexmk(folder: Path) -> None:
    for path in folder.glob("handout.*"):
        if path.suffix not in (".tex", ".md"):
            path.unlink()
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "handout.tex"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)


def pandoc(folder: Path) -> None:
    command = ["pandoc", "handout.md", "--standalone", "--mathjax", "--metadata=title:handout", "-o", "pandoc.html"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)


def seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def python_bytes(*packages: str) -> int:
    """Of the files of installed Python packages."""
    found = [path.locate() for package in packages for path in files(package) or ()]
    return sum(path.stat().st_size for path in map(Path, map(str, found)) if path.is_file())


def debian_bytes(beginnings: list[str]) -> int:
    """Of the installed packages of Debian whose names begin so; 0 where there is no dpkg."""
    if not shutil.which("dpkg-query"):
        return 0
    command = ["dpkg-query", "-W", "-f=${Package} ${Installed-Size} ${db:Status-Status}\\n"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    rows = [line.split() for line in listed if line.endswith(" installed") and line.startswith(tuple(beginnings))]
    return sum(1024 * int(row[1]) for row in rows if len(row) == 3)


def measure(topic: str, runs: int) -> list[tuple[str, float, int, int]]:
    """Way, seconds, bytes of the result, bytes to install."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in (".md", ".tex"):
            derive(topic, folder / f"handout{suffix}")
        ways: dict[str, Callable[[], None]] = {
            suffix: lambda suffix=suffix: derive(topic, folder / f"derive{suffix}")
            for suffix in (".md", ".pdf", ".html")
        }
        ways |= {"latexmk": lambda: latexmk(folder)} if shutil.which("latexmk") else {}
        ways |= {"pandoc": lambda: pandoc(folder)} if shutil.which("pandoc") else {}
        times: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(runs + 1):
            for way, work in ways.items():
                taken = seconds(work)
                if number:  # the first round fills the file cache
                    times[way].append(taken)
        base = median(times[".md"])
        results = {".pdf": "derive.pdf", ".html": "derive.html", "latexmk": "handout.pdf", "pandoc": "pandoc.html"}
        sizes = {way: (folder / results[way]).stat().st_size for way in times if way in results}
    names = {
        ".pdf": "derive, PDF (Typst)",
        ".html": "derive, HTML (math-core)",
        "latexmk": "latexmk, PDF",
        "pandoc": "pandoc --mathjax, HTML (MathJax from the network not counted)",
    }
    installed = {
        ".pdf": python_bytes("typst"),
        ".html": python_bytes("math-core"),
        "latexmk": debian_bytes(TEX),
        "pandoc": debian_bytes(["pandoc"]),
    }
    return [
        (names[way], median(times[way]) - (base if way.startswith(".") else 0), sizes[way], installed[way])
        for way in sizes
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("topic", nargs="?", default="vanishing")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print(f"`{given.topic}`, from finished text to the page, median of {given.runs} rounds:\n")
    print("| way | seconds | result | to install |\n| --- | --- | --- | --- |")
    for way, taken, size, installed in measure(given.topic, given.runs):
        print(f"| {way} | {taken:.2f} | {size / 1000:.0f} kB | {installed / 1e6:.0f} MB |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
