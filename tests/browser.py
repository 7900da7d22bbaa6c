"""Headless Chromium for tests of web pages; what needs it is skipped where it is missing."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

SECONDS = 120
COMMAND = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

MEASURE = """
const frame = document.getElementById('page');
frame.onload = async () => {
  const page = frame.contentDocument; await page.fonts.ready;
  const width = page.documentElement.clientWidth;
  const boxes = [...page.querySelectorAll('math')].map(e => e.getBoundingClientRect());
  const inside = e => e.closest('.scroll, .display');
  const beyond = [...page.querySelectorAll('body *')].filter(
    e => !inside(e) && e.getBoundingClientRect().width && e.getBoundingClientRect().right > width + 1);
  const scrolled = [...page.querySelectorAll('.scroll, .display')].filter(e => e.scrollWidth > e.clientWidth + 1);
  document.getElementById('found').textContent = JSON.stringify({
    width: page.documentElement.scrollWidth, beyond: beyond.map(e => e.textContent.slice(0, 60)),
    scrolled: scrolled.length, formulas: boxes.length, empty: boxes.filter(b => !(b.width && b.height)).length,
    fonts: [...page.fonts].filter(f => f.status == 'loaded').map(f => f.family + ' ' + f.weight + ' ' + f.style)});
};
"""


@cache
def works() -> bool:
    """Chromium is there and starts."""
    if COMMAND is None:
        return False
    try:
        return _run("--dump-dom", "data:text/html,<p>here</p>").stdout.count("here") == 1
    except (OSError, subprocess.SubprocessError):
        return False


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as profile:
        fixed = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
        line = [str(COMMAND), *fixed, "--virtual-time-budget=20000", f"--user-data-dir={profile}", *arguments]
        return subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False)


def _framed(page: str, width: int, height: int, script: str) -> str:
    """A window has a least width; a frame in it has not."""
    style = f"width:{width}px;height:{height}px;border:0;display:block"
    frame = f'<iframe id=page style="{style}" srcdoc="{html.escape(page)}"></iframe>'
    return f"<!DOCTYPE html><body style='margin:0'>{frame}<pre id=found></pre><script>{script}</script>"


def measure(page: str, folder: Path, width: int) -> dict[str, Any]:
    """What of the page lies beyond its width, how many formulas have no size, which fonts were used."""
    file = folder / "framed.html"
    file.write_text(_framed(page, width, 900, MEASURE), encoding="utf-8")
    found = re.findall(r'<pre id="found">(.*?)</pre>', _run("--dump-dom", file.as_uri()).stdout, re.DOTALL)
    return json.loads(html.unescape(found[-1]))  # type: ignore[no-any-return]


def screenshot(page: str, folder: Path, width: int, height: int) -> Path:
    file, picture = folder / "framed.html", folder / "page.png"
    file.write_text(_framed(page, width, height, ""), encoding="utf-8")
    _run(f"--window-size={max(500, width)},{height}", f"--screenshot={picture}", file.as_uri())
    return picture
