"""Reads Chinese annual reports on government information disclosure."""
