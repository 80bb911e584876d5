"""Plots of a report and of a panel, with matplotlib: each gives back its Axes, so that more can be
drawn on it.

Guarantees:

1. What has no figure is drawn as a gap that says why, never as 0.
2. Where the definition of a figure changes no line goes through.
3. Nothing is told apart by colour alone.
4. The settings of matplotlib stay as they are.

matplotlib comes with the extra `plot`, and is imported when a plot is made; without it
`MissingExtra` says how to install it.
"""

from __future__ import annotations

from govdisclose.plot._funnel import funnel
from govdisclose.plot._quality import quality
from govdisclose.plot._series import series
from govdisclose.plot._sheet import svg

__all__ = ["funnel", "quality", "series", "svg"]
