"""Flat notes, as people have them, made into a course in our format."""
