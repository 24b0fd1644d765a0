"""From Markdown tokens to the blocks and inlines of the model."""
