"""What every web page of ours is made of: templates with their filters, the style sheet, the fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.writers.layout import Layout

PAPERS = {"a4": "A4", "letter": "letter"}
"""As CSS calls them."""


def web_page(template: str, layout: Layout, title: str, more_styles: str = "", **values: Any) -> str:
    """A page around the template's body: everything that is not ``Markup`` is escaped. ``title`` is Markdown-lite.
    ``more_styles`` are for this page alone."""
    from markupsafe import Markup

    from derive.writers.html_math import NARROWEST, STEP, WIDEST, display
    from derive.writers.html_prose import html, plain
    from derive.writers.html_telling import telling
    from derive.writers.templates import environment, rendered
    from derive.writers.web_fonts import font_faces
    from derive.writers.wording import MARKS
    from derive.writers.words import words_of

    jinja = environment(layout, escaped=True)
    jinja.filters.update(html=html, plain=plain, display=display, telling=telling)
    status_of = {mark: status.value for status, mark in MARKS.items()}
    body = rendered(jinja, template, **values, status_of=status_of)
    widths = range(NARROWEST, WIDEST + 1, STEP)
    styles = rendered(environment(layout), "web/page.css.j2", paper=PAPERS[layout.paper], widths=widths)
    return rendered(
        jinja,
        "web/page.html.j2",
        body=Markup(body),
        styles=Markup(styles + more_styles),
        fonts=Markup(font_faces(body)),
        title=plain(title),
        language=words_of(layout).language,
    )
