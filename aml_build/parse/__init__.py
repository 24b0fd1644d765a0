"""From Markdown and YAML to the concept model."""
