"""Pictures whose colours follow the page that they stand in."""

from __future__ import annotations

import re

from derive.figures.style import Palette

_ATTRIBUTE = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"')


def _names(palette: Palette) -> dict[str, str]:
    """Colour to the name of its variable."""
    shades = {colour: f"--figure-{number}" for number, colour in enumerate(palette.shades)}
    return {palette.ink: "--figure-ink", palette.faint: "--figure-faint", palette.paper: "--figure-paper", **shades}


def declared(palette: Palette) -> str:
    return " ".join(f"{name}: {colour};" for colour, name in _names(palette).items())


def themed(svg: str, palette: Palette) -> str:
    """Each colour of the palette as a variable, with the colour itself where the page does not set it. What is an attribute becomes
    a style: variables work there."""
    svg = _ATTRIBUTE.sub(r'style="\1: \2"', svg)
    for colour, name in _names(palette).items():
        svg = svg.replace(f": {colour}", f": var({name}, {colour})")
    return svg
