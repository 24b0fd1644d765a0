"""From a folder of notes to a folder of artifacts."""
