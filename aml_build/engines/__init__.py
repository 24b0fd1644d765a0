"""Foreign programs and libraries that set, draw or ask: one module each."""
