"""Build Anki decks, a cheat sheet and a Q&A booklet from one set of Markdown notes."""
