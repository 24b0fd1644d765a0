"""Figures: from TikZ to a PDF for print, an SVG for cards and the boxes of the labels asked for."""

from aml_build.figures.draw import draw

__all__ = ["draw"]
