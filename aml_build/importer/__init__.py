"""Import of existing notes as a course in our format."""
