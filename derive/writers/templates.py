"""Finds the Jinja templates: inside the package when it was installed from a wheel, beside it in a checkout. A user's folder
goes before ours (``users_templates``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

    from derive.writers.layout import Layout

TEX_DELIMITERS = {
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""Braces and percent signs belong to TeX."""


@cache
def folder() -> Path:
    """Raises FileNotFoundError if the installation is damaged."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "templates", package.parent / "templates"):
        if (candidate / "handout.md.j2").is_file():
            return candidate
    raise FileNotFoundError("the templates of derive are missing; install it again")


def environment(layout: Layout, delimiters: dict[str, str] | None = None, *, escaped: bool = False) -> Environment:
    """Templates lay out, never compute: an unknown name is an error. ``escaped``: for HTML, where all but ``Markup`` is escaped;
    elsewhere nothing is escaped behind our back."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from derive.writers.words import words_of

    options: dict[str, Any] = {
        "undefined": StrictUndefined,
        "autoescape": escaped,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
        **(delimiters or {}),
    }
    if layout.templates is None:
        jinja = Environment(loader=FileSystemLoader(folder()), **options)
    else:
        from derive.writers.users_templates import sandbox

        jinja = sandbox(layout.templates, folder(), options)
    jinja.globals["words"] = words_of(layout)
    return jinja


def rendered(jinja: Environment, name: str, **values: Any) -> str:
    """What the template of that name makes of the values. Raises InputError where a template of the user's is broken."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if not isinstance(jinja, ImmutableSandboxedEnvironment):
        return jinja.get_template(name).render(values)
    from derive.writers.users_templates import rendered_apart

    return rendered_apart(jinja, name, values)
