"""The structure of notes: sections, concepts and lists, found in tokens."""
