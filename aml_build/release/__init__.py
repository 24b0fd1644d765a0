"""Releases: what was published, and what the next import will do to a student."""
