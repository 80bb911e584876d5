"""Words and numbers, each written once."""
