"""The model in HTML and in LaTeX, and the artifacts made with them."""
