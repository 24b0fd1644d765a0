"""What a sheet may show: boxes with their parts in LaTeX."""
