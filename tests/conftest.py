"""Settings of the whole suite: the same examples in every run, no deadline on slow machines, and the user's cache left alone."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("derive", derandomize=True, deadline=None, database=None)
settings.load_profile("derive")
os.environ["DERIVE_CACHE"] = "off"
