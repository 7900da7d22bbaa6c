"""Settings of the whole suite: the same examples in every run, and no deadline on slow machines."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("derive", derandomize=True, deadline=None, database=None)
settings.load_profile("derive")
