"""The preview: every card as Anki would show it, in one page that needs no network."""

from aml_build.render.preview.preview_page import (
    Card,
    Page,
    Section,
    companions,
    lay_out,
    page_of,
    preview,
)

__all__ = ["Card", "Page", "Section", "companions", "lay_out", "page_of", "preview"]
