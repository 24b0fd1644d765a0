"""Measurements, side by side with floors and peers in the same run."""
