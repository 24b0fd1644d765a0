"""Concepts written in our format."""
