"""Where boxes go: which are shown, at which size, in which column; no TeX runs here."""
