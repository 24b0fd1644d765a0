"""Files of notes, cut into lines and tokens."""
