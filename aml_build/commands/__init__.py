"""The work of commands that is more than one call of the pipeline."""
