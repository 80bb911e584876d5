"""Readers: files to text. What a file is, is told by its content; its name is only for messages."""

from __future__ import annotations

from govdisclose.read._limits import Limits

__all__ = ["Limits"]
