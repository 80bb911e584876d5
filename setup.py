"""The one thing that pyproject.toml cannot say: every build starts empty. All else is there.

`pip install .` leaves its copies in `build/`, and setuptools packs whatever lies there: a module that was deleted
since would be in the next wheel.
"""

from __future__ import annotations

import shutil

from setuptools import setup
from setuptools.command.build_py import build_py


class FreshBuild(build_py):
    """Copies the package into a folder that holds nothing of an earlier build."""

    def run(self) -> None:
        """Empty the folder, then copy."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


setup(cmdclass={"build_py": FreshBuild})
