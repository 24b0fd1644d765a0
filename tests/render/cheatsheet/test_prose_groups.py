"""Which blocks of prose a sheet shows, and which only together."""

import pytest
from msgspec.structs import replace

from aml_build.model import Construct, Course, Figure, Lesson, Paragraph, Prose
from aml_build.render.cheatsheet.content.box import Rank
from aml_build.render.cheatsheet.content.boxes import boxes
from aml_build.render.cheatsheet.content.prose_groups import grouped, showable
from aml_build.render.latex import plain_text
from tests import samples
from tests.mistakes import lesson

TABLE = "| a | b |\n|---|---|\n| c | d |"


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        (["It falls.", "It lands."], [["It falls."], ["It lands."]]),
        # What leads to a display, and what says what stands in it.
        (
            ["It falls by", "$$ s $$", "Here $s$ is a way."],
            [["It falls by", "s", "Here x is a way."]],
        ),
        (["It falls:", "$$ s $$"], [["It falls:", "s"]]),
        (["It is high.", "It falls.", "$$ s $$"], [["It is high."], ["It falls.", "s"]]),
        (
            ["$$ s $$", "$$ t $$", "It falls.", "It lands."],
            [["s", "t", "It falls."], ["It lands."]],
        ),
        # What leads to something that a sheet does not show.
        (["It falls:", f"{{.plain}}\n{TABLE}", "It lands."], [["It lands."]]),
        (["It falls:", "- down", "It lands."], [["It lands."]]),
        (["$$ s $$", f"{{.plain}}\n{TABLE}"], [["s"]]),
        # No end, and nothing that could be one.
        (["It falls", "### Why? {#why}", "It is heavy."], [["It falls"]]),
    ],
)
def test_prose_that_makes_no_sense_apart_is_shown_together(
    prose: list[str], expected: list[list[str]]
) -> None:
    # A display that nothing is asked about is an aside.
    text = "\n\n".join(f"{p} {{.aside}}" if p.startswith("$$") else p for p in prose)
    parsed = lesson(f"## Fall {{#fall}}\n\nFalling freely.\n\n{text}\n")
    assert parsed.course is not None
    body = parsed.course.lessons[0].concepts[0].body
    passages = [showable(passage) for passage in grouped(body) if isinstance(passage, tuple)]
    shown = [
        [plain_text(b.children) if isinstance(b, Paragraph) else b.tex.strip() for b in passage]
        for passage in passages
        if passage
    ]
    assert shown == expected
    parts = boxes(parsed.course, {})[0].parts
    assert [p.rank for p in parts if p.name.startswith("prose ")] == [Rank.FILLER] * len(expected)


def test_what_explains_the_definition_stands_right_behind_it() -> None:
    aside, formula = "$$ s $$ {.aside}", "$$ s=t $$ {#eq-s name=Way}\n\n- $t$: time"
    for prose, expected in (
        (f"{aside}\n\n{formula}", ["definition", "prose", "legend"]),
        (f"Fast.\n\n{aside}\n\n{formula}", ["definition", "legend", "prose"]),
        (f"{formula}\n\n{aside}", ["definition", "legend", "prose"]),
    ):
        parsed = lesson(f"## Fall {{#fall}}\n\nFalling freely.\n\n{prose}\n")
        assert parsed.course is not None
        names = [part.name.split()[0] for part in boxes(parsed.course, {})[0].parts]
        assert names == ["formula", *expected]


def test_a_picture_without_questions_fills_where_there_is_room() -> None:
    def plain(construct: Construct) -> Construct:
        return Prose(construct.picture) if isinstance(construct, Figure) else construct

    def plainly(lesson: Lesson) -> Lesson:
        return replace(
            lesson,
            concepts=tuple(replace(c, body=tuple(map(plain, c.body))) for c in lesson.concepts),
        )

    def pictures(course: Course) -> set[Rank]:
        parts = [p for box in boxes(course, samples.DRAWINGS) for p in box.parts]
        return {p.rank for p in parts if "\\amlfigure" in p.tex}

    assert Rank.FILLER not in pictures(samples.COURSE)
    course = replace(samples.COURSE, lessons=tuple(map(plainly, samples.COURSE.lessons)))
    assert pictures(course) == {Rank.FILLER}
