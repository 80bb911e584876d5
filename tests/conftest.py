"""Hypothesis profiles: `ci` gives the same answer twice, `dev` looks for new faults on every run.

A test that fails now and then tells nothing of the change that it is run for, so `ci` is the usual one.
"""

from __future__ import annotations

import os

from hypothesis import settings

collect_ignore = [
    "fuzz"
]  # doctests are looked for in every module, and fuzz/fuzz.py needs atheris

# No deadline: a shared machine is slow now and then, and speed has its own benchmark.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
