"""Views: what was found, written for other programs and for the documentation. None of
them prints."""
