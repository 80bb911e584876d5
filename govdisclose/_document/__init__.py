"""What a text is as a whole."""
