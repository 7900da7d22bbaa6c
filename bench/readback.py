"""Every handout, read by ``derive check``: how many relations get another verdict than the topic gave them.

python bench/readback.py              all topics, Markdown and LaTeX
python bench/readback.py tex newton   one format, some topics
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from derive import catalog
from derive.checking import check_document
from derive.listing import names
from derive.notes.markdown import read_markdown
from derive.notes.tex import read_tex
from derive.report import Report
from derive.writers import WRITERS, Layout

READERS = {"md": read_markdown, "tex": read_tex}


def verdicts(report: Report) -> list[str]:
    return [finding.status.value for step in report.steps for finding in step.findings]


def main() -> int:
    formats = [word for word in sys.argv[1:] if word in READERS] or list(READERS)
    topics = [word for word in sys.argv[1:] if word not in READERS] or list(names())
    print("| handout | relations | other verdict | seconds to check |\n|---|---:|---:|---:|")
    rows = list(_rows(topics, formats))
    print(
        f"| all | {sum(row[0] for row in rows)} | {sum(row[1] for row in rows)} | {sum(row[2] for row in rows):.1f} |"
    )
    return int(any(row[1] for row in rows))


def _rows(topics: list[str], formats: list[str]) -> Iterator[tuple[int, int, float]]:
    for topic in topics:
        report = catalog.report(topic, {}, 0)
        for format in formats:
            text, start = str(WRITERS[format](report, Layout())), time.perf_counter()
            found = verdicts(check_document(READERS[format](text, f"{topic}.{format}")))
            wanted, taken = verdicts(report), time.perf_counter() - start
            differ = abs(len(found) - len(wanted)) + sum(a != b for a, b in zip(found, wanted, strict=False))
            print(f"| {topic}.{format} | {len(wanted)} | {differ} | {taken:.1f} |", flush=True)
            yield len(wanted), differ, taken


if __name__ == "__main__":
    sys.exit(main())
