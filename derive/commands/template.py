"""``derive template``: a folder of templates to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from derive.streams import emit


@click.command()
@click.argument("folder", metavar="DIR")
def template(folder: str) -> int:
    """Write templates to begin with into DIR, for --template DIR. What is there already is left as it is."""
    from derive.core import InputError
    from derive.output import write_file
    from derive.writers import templates

    lines = []
    starter = templates.folder() / "starter"
    files = {path.relative_to(starter): path for path in sorted(starter.rglob("*")) if path.is_file()}
    for name, path in files.items():
        target = Path(folder) / name
        if target.exists() or target.is_symlink():
            lines.append(f"{target}: is there, left as it is")
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make {target.parent}: {error.strerror}; choose another folder") from None
        write_file(target, path.read_bytes())
        lines.append(f"{target}: written")
    emit("\n".join(lines) + "\n")
    return 0
