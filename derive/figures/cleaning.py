"""matplotlib's SVG made small, and fit to stand beside others in one page."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

_PROLOG = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL
)
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_PATH = re.compile(r'\bd="[^"]*"')
_IDENTIFIER = re.compile(r'\bid="([^"]+)"')
_USE = re.compile(r'(href="#|url\(#)([^")]+)')


def cleaned(svg: str, key: str, alt: str) -> str:
    """Without what no reader sees; numbers to a hundredth of a point; identifiers begin with the key."""
    svg = _PROLOG.sub("", svg)
    svg = _renamed(svg, key)
    svg = re.sub(r"<g>\s*</g>", "", _short(svg))
    svg = re.sub(r">\s+<", "><", svg).strip()
    svg = re.sub(r"\s*\n\s*", " ", svg)
    svg = _PATH.sub(lambda match: re.sub(r" ?([MLQCz]) ?", r"\1", match.group()), svg).replace("<g >", "<g>")
    said = quoteattr(" ".join(alt.split()))
    return svg.replace("<svg ", f'<svg role="img" aria-label={said} stroke-linejoin="round" ', 1) + "\n"


def _short(svg: str) -> str:
    """Outlines of letters are in their own units, 64 to a point or so: there whole numbers will do."""
    return _NUMBER.sub(lambda match: _rounded(match.group()), svg)


def _rounded(number: str) -> str:
    value = round(float(number), 2 if abs(float(number)) >= 0.1 else 4)
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _renamed(svg: str, key: str) -> str:
    """Only what is referred to keeps an identifier."""
    used = {name: f"{key}-{number}" for number, name in enumerate(dict.fromkeys(m[1] for m in _USE.findall(svg)), 1)}
    svg = _USE.sub(lambda match: match.group(1) + used[match.group(2)], svg)
    return _IDENTIFIER.sub(lambda match: f'id="{used[match.group(1)]}"' if match.group(1) in used else "", svg)
