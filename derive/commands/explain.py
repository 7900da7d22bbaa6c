"""``derive explain D201``: what a code means, an example, what to do."""

from __future__ import annotations

import textwrap

import click

from derive.streams import emit

WIDTH = 100
HUNDREDS = {"1": "unread", "2": "refuted", "3": "true only if", "4": "not decided", "5": "usage"}


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """What a CODE of 'derive check' means, and what to do; without one, the list."""
    emit(listed() if code is None else in_full(code))
    return 0


def listed() -> str:
    """Every code with its name and what it means, under its hundred."""
    from derive.codes import TABLE

    lines: list[str] = []
    for hundred, words in HUNDREDS.items():
        lines += ["", f"D{hundred}xx {words}"] if lines else [f"D{hundred}xx {words}"]
        for code in TABLE:
            if code.id[1] == hundred:
                first = f"  {code.id}  {code.name:<22}  "
                lines.append(textwrap.fill(code.meaning, WIDTH, initial_indent=first, subsequent_indent=" " * 32))
    return "\n".join(lines) + "\n"


def in_full(word: str) -> str:
    """Raises InputError for an unknown code."""
    from derive.codes import explain as explained

    code = explained(word)
    parts = (code.meaning, f"Example: {code.example}", f"What to do: {code.advice}")
    return "\n\n".join((f"{code.id} {code.name}", *(textwrap.fill(part, WIDTH) for part in parts))) + "\n"
