"""What every web page of ours is made of: templates with their filters, the style sheet, the fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup

    from derive.writers.layout import Layout
    from derive.writers.page import ShownFigure

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
    jinja.filters.update(html=html, plain=plain, display=display, telling=telling, picture=_picture)
    status_of = {mark: status.value for status, mark in MARKS.items()}
    body = rendered(jinja, template, **values, status_of=status_of)
    widths = range(NARROWEST, WIDEST + 1, STEP)
    styles = rendered(
        environment(layout), "web/page.css.j2", paper=PAPERS[layout.paper], widths=widths, pictures=_colours(body)
    )
    return rendered(
        jinja,
        "web/page.html.j2",
        body=Markup(body),
        styles=Markup(styles + more_styles),
        fonts=Markup(font_faces(body)),
        title=plain(title),
        language=words_of(layout).language,
    )


def _picture(block: ShownFigure) -> Markup | None:
    """None without matplotlib: then what is seen is said in words."""
    from markupsafe import Markup

    from derive.figures import available, web

    return Markup(web(block.figure)) if available() else None


def _colours(body: str) -> dict[str, str]:
    """Of pictures, by light and dark; empty where the page has none."""
    from derive.figures import variables

    return {"light": variables(), "dark": variables(dark=True)} if "<figure" in body else {"light": "", "dark": ""}
