"""Mistakes in the notes: their codes, their places, and how they are shown."""
