"""The programs and libraries that the tool runs: one module each."""
