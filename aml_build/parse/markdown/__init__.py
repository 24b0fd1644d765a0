"""Markdown-it, configured: the rules of our format and the tree of its tokens."""
