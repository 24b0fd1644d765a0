"""The booklet, and the sheets that it is printed on."""

from aml_build.figures.picture_files import for_paper
from aml_build.phrases import count_of
from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.render.booklet import Form, booklet, impose


def make(context: BuildContext) -> ArtifactFiles:
    """Make the booklet that the options describe, and its sheets where it is to be folded."""
    request, own = context.options.booklet, context.course.booklet
    form = Form(
        paper=own.paper,
        write_lines=own.write_lines if request.write_lines is None else request.write_lines,
        one_sided=request.one_sided,
        questions_only=request.questions_only,
        answers_only=request.answers_only,
        lessons=request.lessons,
    )
    questions = sum(form.includes(item.lesson) for item in context.state.items)
    width, height = form.largest_picture
    drawings = for_paper(context.root, context.state.drawings, width, height, context.cache)
    made = booklet(context.course, context.state.items, drawings, context.edition, form)
    if made.pdf is None:
        return ArtifactFiles({}, "", made.diagnostics)
    name = "-".join(("booklet", *_form_names(form)))
    files = {f"{name}.pdf": made.pdf}
    if not form.one_sided:
        files[f"{name}-print.pdf"] = impose(
            made.pdf, paper=form.paper, signature=request.signature, creep_mm=request.creep
        )
    return ArtifactFiles(files, count_of(questions, "question"), made.diagnostics)


def _form_names(form: Form) -> tuple[str, ...]:
    """Return the parts of the file name for a form; none for the default form."""
    named = (
        ("questions", not form.answers),
        ("answers", not form.questions),
        ("one-sided", form.one_sided),
    )
    lessons = tuple(f"lesson-{number}" for number in form.lessons)
    return (*(name for name, applies in named if applies), *lessons)
