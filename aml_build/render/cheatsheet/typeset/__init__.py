"""A sheet in LaTeX, and the TeX runs that measure and print it."""
