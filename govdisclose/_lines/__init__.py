"""Lines: cut, shaped and joined."""
