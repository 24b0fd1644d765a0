"""The preview: every card as Anki would show it, in one page that needs no network."""

from aml_build.render.preview.page import preview

__all__ = ["preview"]
