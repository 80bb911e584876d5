"""Figures, documents and attachments in sentences."""
