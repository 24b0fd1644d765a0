"""The booklet of questions and answers: its pages, and the sheets that they are printed on."""

from aml_build.render.booklet.booklet_document import BookletResult, booklet
from aml_build.render.booklet.booklet_form import Form
from aml_build.render.booklet.imposition import impose

__all__ = ["BookletResult", "Form", "booklet", "impose"]
