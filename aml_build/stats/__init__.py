"""Counts of a course."""
