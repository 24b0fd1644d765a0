"""JSON Schemas of what the tool reads and writes."""
