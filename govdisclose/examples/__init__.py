"""One invented report, for the demonstration, the README and the packaging test."""
