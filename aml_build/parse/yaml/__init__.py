"""YAML with positions, and the settings of a course."""
