"""Live preview: rebuild the cards after each edit and update the open page."""
