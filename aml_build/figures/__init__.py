"""Figures: TikZ becomes a PDF for print, an SVG for cards and the boxes of the labels."""
