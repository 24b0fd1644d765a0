"""Notes cut into lines and tokens."""
