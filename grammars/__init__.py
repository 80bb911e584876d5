"""The grammars, as package data. Lark silently loads nothing from a folder that is not a package."""
