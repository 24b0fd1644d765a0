"""What the tokens of notes mean: sections, concepts, definitions, lists."""
