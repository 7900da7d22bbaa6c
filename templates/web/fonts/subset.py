"""Cuts the fonts of the web page out of STIX Two 2.0.2: only what mathematics and European text need, as WOFF2.

    python templates/web/fonts/subset.py FOLDER        # FOLDER holds STIX2Math.otf, STIX2Text-Regular.otf, -Italic, -Bold

The subsets carry names of their own, as the licence of the originals asks. Every stretched form of a sign (the MATH table's
variants and assemblies) and every small form for scripts (ssty) of a sign that is kept is kept with it. fonttools leaves no
date behind, so the same originals give the same bytes with the same versions of fonttools and brotli.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent


def signs(*ranges: tuple[int, int] | int) -> set[int]:
    return {code for r in ranges for code in (range(r[0], r[1] + 1) if isinstance(r, tuple) else (r,))}


ASCII, LATIN = signs((0x20, 0x7E)), signs((0xA0, 0xFF))
PUNCTUATION = signs(0x2010, (0x2012, 0x2016), (0x2018, 0x201E), (0x2020, 0x2022), 0x2026, 0x2039, 0x203A, 0x2212)
GREEK = signs((0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9), 0x3D1, 0x3D5, 0x3D6, 0x3F0, 0x3F1, 0x3F5)
EUROPEAN = signs((0x100, 0x17F), 0x20AC)

ACCENTS = signs(0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DC, 0x302, 0x303, 0x304, 0x307, 0x308, 0x30C, 0x20D7, 0x203E)
PRIMES = signs((0x2032, 0x2034), (0x2061, 0x2064))
ARROWS = signs((0x2190, 0x2193), 0x21A6, 0x21D0, 0x21D2, 0x21D4, (0x27F5, 0x27F8), 0x27F9, 0x27FA)
OPERATORS = signs((0x2200, 0x220D), 0x220F, 0x2211, 0x2213, 0x2216, (0x2217, 0x221E), 0x2223, (0x2225, 0x222C), 0x222E)
OPERATORS |= signs(0x223C, 0x2243, 0x2245, 0x2248, 0x224D, 0x2254, (0x2260, 0x2262), (0x2264, 0x2267), 0x226A, 0x226B)
OPERATORS |= signs(
    0x227A, 0x227B, (0x2282, 0x2287), 0x2295, 0x2297, 0x2299, 0x22A4, 0x22A5, 0x22C0, 0x22C5, 0x22C6, 0x22EE
)
OPERATORS |= signs(0x22EF, 0x22F1, 0x2A7D, 0x2A7E, 0x2AAF, 0x2AB0, 0x27C2)
FENCES = signs((0x2308, 0x230B), (0x23DE, 0x23DF), (0x27E8, 0x27E9))
SHAPES = signs(0x25A1, 0x25A0, 0x25CB, 0x2713, 0x2717)
ITALIC = signs((0x1D434, 0x1D454), (0x1D456, 0x1D467), (0x1D6E2, 0x1D71B), 0x210E, (0x1D6A4, 0x1D6A5))
DOUBLE = signs(
    0x2102, 0x210D, 0x2115, 0x2119, 0x211A, 0x211D, 0x2124, 0x1D53B, 0x1D53C, 0x1D540, 0x1D54D, 0x1D54E, 0x1D7D9
)
CORE = ASCII | PUNCTUATION | GREEK | ACCENTS | PRIMES | ARROWS | OPERATORS | FENCES | SHAPES | ITALIC | DOUBLE
CORE |= signs(0xA0, 0xAC, 0xAF, 0xB1, 0xB7, 0xD7, 0x2113, 0x2102)
"""What handouts hold, and all that grows."""

LETTERLIKE = signs(
    0x210A, 0x210B, 0x210C, 0x210F, 0x2110, 0x2111, 0x2112, 0x2118, 0x211B, 0x211C, 0x2128, 0x212C, 0x212D
)
LETTERLIKE |= signs(0x212F, 0x2130, 0x2131, 0x2133, 0x2134, 0x2135)
BOLD = signs((0x1D400, 0x1D433), (0x1D468, 0x1D49B), (0x1D6A8, 0x1D6E1), (0x1D7CE, 0x1D7D7))
SCRIPT = signs(0x1D49C, 0x1D49E, 0x1D49F, 0x1D4A2, 0x1D4A5, 0x1D4A6, (0x1D4A9, 0x1D4AC), (0x1D4AE, 0x1D4B5))
FRAKTUR = signs(0x1D504, 0x1D505, (0x1D507, 0x1D50A), (0x1D50D, 0x1D514), (0x1D516, 0x1D51C))
DOUBLES = signs(
    (0x1D538, 0x1D539), (0x1D53D, 0x1D53E), (0x1D541, 0x1D544), 0x1D546, (0x1D54A, 0x1D54C), (0x1D54F, 0x1D550)
)
SANS = signs((0x1D5A0, 0x1D5B9))
MORE = signs(
    (0x2200, 0x2293), (0x2295, 0x22A5), (0x22C0, 0x22C6), 0x22C8, (0x22EE, 0x22F1), (0x2194, 0x2199), (0x25B3, 0x25B3)
)
MORE |= signs(
    (0x21BC, 0x21BD), (0x21C0, 0x21C1), 0x21CC, (0x21D1, 0x21D5), 0x21A0, 0x21AA, (0x2A00, 0x2A02), 0x25C7, 0x25CF
)
MORE |= LETTERLIKE | BOLD | SCRIPT | FRAKTUR | DOUBLES | SANS | LATIN
MORE -= CORE

TEXT = ["kern", "liga", "ccmp", "mark", "locl"]
GROWING = ["ssty", "dtls", "flac", "ccmp", "kern", "mark", "mkmk"]
FONTS = (
    ("STIX2Math", "math", "Derive Math", CORE, GROWING),
    ("STIX2Math", "math-more", "Derive Math", MORE, []),
    ("STIX2Text-Regular", "regular", "Derive Serif", ASCII | LATIN | PUNCTUATION, TEXT),
    ("STIX2Text-Italic", "italic", "Derive Serif", ASCII | LATIN | PUNCTUATION, TEXT),
    ("STIX2Text-Bold", "bold", "Derive Serif", ASCII | LATIN | PUNCTUATION, TEXT),
    ("STIX2Text-Regular", "regular-more", "Derive Serif", EUROPEAN | GREEK, TEXT),
    ("STIX2Text-Italic", "italic-more", "Derive Serif", EUROPEAN | GREEK, TEXT),
    ("STIX2Text-Bold", "bold-more", "Derive Serif", EUROPEAN | GREEK, TEXT),
)
"""Original, file, family, code points, OpenType features."""

KEPT_NAMES = (0, 5, 7)
"""Copyright, version, trademark."""
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


def cut(original: Path, family: str, codes: Iterable[int], features: list[str]) -> TTFont:
    font = TTFont(original, recalcTimestamp=False)
    if 0x2717 in codes:
        add_cross(font)
        narrow_radicals(font)
        low_primes(font)
    if "ssty" in features:
        without_small_letters(font)
    options = Options(
        layout_features=features, hinting=False, desubroutinize=False, notdef_outline=True, name_IDs=["*"]
    )
    options.drop_tables += ["DSIG", "FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(codes))
    subsetter.subset(font)
    rename(font, family, original.stem.rpartition("-")[2] if "-" in original.stem else "Regular")
    return font


def without_small_letters(font: TTFont) -> None:
    """Letters in scripts are set in the ordinary forms, smaller: their own small forms would be a third of the file. Those of
    primes, digits and operators stay."""
    letters = {name for code, name in font.getBestCmap().items() if chr(code).isalpha()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            alternates = getattr(table, "alternates", {})
            for name in letters & set(alternates):
                del alternates[name]


def rename(font: TTFont, family: str, style: str) -> None:
    """The names of the original stay only where they say whose work it is."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    plain = f"{family.replace(' ', '')}-{style}"
    for identity, text in ((1, family), (2, style), (3, plain), (4, f"{family} {style}"), (6, plain), (13, LICENCE)):
        names.setName(text, identity, 3, 1, 0x409)
    compact = font["CFF "].cff
    compact.fontNames = [plain]
    top = compact[plain]
    top.FullName, top.FamilyName = f"{family} {style}", family


def add_cross(font: TTFont) -> None:
    """U+2717, which STIX lacks: a plain cross as heavy as its check mark."""
    name, pen = "uni2717", T2CharStringPen(740, None)
    for corners in ((60, 40, 140, -40, 680, 640, 600, 720), (600, -40, 680, 40, 140, 720, 60, 640)):
        x = list(zip(corners[::2], corners[1::2], strict=True))
        pen.moveTo(x[0])
        for point in x[1:]:
            pen.lineTo(point)
        pen.closePath()
    compact = font["CFF "].cff[0]
    drawn = pen.getCharString(compact.Private, compact.GlobalSubrs)
    compact.CharStrings.charStringsIndex.append(drawn)
    compact.CharStrings.charStrings[name] = len(compact.CharStrings.charStringsIndex) - 1
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    compact.charset = font.getGlyphOrder()
    font["hmtx"][name] = (740, 60)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2717] = name


def low_primes(font: TTFont) -> None:
    """A prime stands in a superscript. Its form for scripts is the one that is meant there, and Chromium does not ask for it."""
    for table in font["cmap"].tables:
        for code in (0x2032, 0x2033, 0x2034):
            if f"{table.cmap.get(code)}.ssty" in font.getGlyphOrder():
                table.cmap[code] = f"{table.cmap[code]}.ssty"


RADICALS = {"uni221A": 820, "uni221A.s1": 860, "uni221A.s2": 880, "uni221A.s3": 880}
RADICALS |= {"uni221A.s4": 880, "uni221A.x": 880, "uni221A.t": 880}
"""Widths that we give to the forms of the root sign."""


def narrow_radicals(font: TTFont) -> None:
    """Chromium leaves room behind every root for the widest form of its sign: so all forms are made nearly as wide as the
    smallest."""
    compact, glyphs = font["CFF "].cff[0], font.getGlyphSet()
    for name, wanted in RADICALS.items():
        width, side = font["hmtx"][name]
        pen = T2CharStringPen(wanted, None)
        glyphs[name].draw(TransformPen(pen, (wanted / width, 0, 0, 1, 0, 0)))
        drawn = pen.getCharString(compact.Private, compact.GlobalSubrs)
        compact.CharStrings[name] = drawn
        font["hmtx"][name] = (wanted, round(side * wanted / width))


def ranges(codes: Iterable[int]) -> str:
    """As CSS writes them: ``U+20-7E, U+A0``."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def main(folder: Path) -> None:
    lines = ["# Made by subset.py: which code points each file has, as CSS writes them."]
    for original, name, family, codes, features in FONTS:
        font = cut(folder / f"{original}.otf", family, codes, features)
        font.flavor = "woff2"
        target = HERE / f"{name}.woff2"
        font.save(target)
        lines.append(f'{name} = "{ranges(set(font.getBestCmap()) & codes)}"')
        print(f"{target.name}: {target.stat().st_size} bytes, {len(font.getGlyphOrder())} glyphs")
    (HERE / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
