"""Lessons in our format, written from the structure of notes."""
