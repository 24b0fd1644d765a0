"""Dialects, which spell the model, and artifacts, which choose and arrange."""
