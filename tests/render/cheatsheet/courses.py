"""Generated courses: as many boxes as asked, of every kind and shape, about nothing in particular."""

import random

from aml_build.diagnostics.source import Span
from aml_build.model import (
    BookletOptions,
    Comparison,
    ComparisonRow,
    Concept,
    ConceptKind,
    Construct,
    Course,
    Formula,
    Key,
    LegendEntry,
    Lesson,
    Math,
    MathBlock,
    Member,
    Members,
    Paragraph,
    Pitfall,
    Prose,
    SheetOptions,
    Step,
    Steps,
    Strong,
    Text,
)

WORDS = (
    "river mountain measure balance careful harvest of the a with in by and copper winter signal "
    "granite orchard harbour voyage timber lantern narrow gentle market weather bridge island so it "
    "becomes follows depends grows settles turns"
).split()
FORMULAS = (
    r"y=a\,x+b",
    r"S=\sum_{i=1}^{n}w_i\,x_i",
    r"F=\frac{m_1m_2}{r^2}\,G,\qquad r>0",
    r"\hat{x}=\frac{1}{n}\sum_{i=1}^{n}x_i,\qquad s^2=\frac{1}{n-1}\sum_{i=1}^{n}(x_i-\hat{x})^2",
    r"A=\begin{pmatrix}a&b\\c&d\end{pmatrix},\quad\det A=ad-bc",
    r"f(x)=\int_0^{\infty}e^{-t}\,t^{x-1}\,dt=(x-1)\,f(x-1)=(x-1)(x-2)\,f(x-2)",
)


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.line = 0

    def span(self) -> Span:
        self.line += 1
        return Span("01.md", self.line, 1)

    def words(self, least: int, most: int) -> str:
        chosen = self.random.choices(WORDS, k=self.random.randint(least, most))
        return " ".join(chosen).capitalize()

    def text(self, least: int, most: int) -> tuple[Text, ...]:
        return (Text(self.words(least, most) + "."),)

    def paragraph(self, least: int, most: int) -> Paragraph:
        return Paragraph(self.text(least, most), self.span())

    def formula(self, number: int) -> Formula:
        legend = tuple(
            LegendEntry(Math(symbol, self.span()), self.text(2, 6))
            for symbol in ("x", r"\alpha")[: self.random.randrange(3)]
        )
        math = MathBlock(self.random.choice(FORMULAS), self.span())
        name = (Text(self.words(2, 4)),)
        return Formula(Key(f"f{number}"), name, math, legend, self.span())

    def construct(self, number: int) -> Construct:
        key = Key(f"c{number}")
        match self.random.randrange(5):
            case 0:
                items = tuple(
                    Step(Key(f"s{i}"), (self.paragraph(4, 12),), self.span()) for i in range(4)
                )
                return Steps(key, (), items, self.span())
            case 1:
                items = tuple(
                    Member(
                        Key(f"m{i}"),
                        (Text(self.words(1, 2)),),
                        (self.paragraph(3, 9),),
                        self.span(),
                    )
                    for i in range(3)
                )
                return Members(key, (), items, self.span())
            case 2:
                rows = tuple(
                    ComparisonRow(
                        Key(f"r{i}"),
                        self.text(1, 3),
                        (self.text(1, 6), self.text(1, 6)),
                        self.span(),
                    )
                    for i in range(3)
                )
                subjects = ((Text("Copper"),), (Strong((Text("Granite"),)),))
                return Comparison(key, subjects, rows, self.span())
            case 3:
                claim = self.text(5, 12)
                return Pitfall(key, claim, (self.paragraph(6, 14),), self.span())
            case _:
                return Prose(self.paragraph(6, 25))

    def concept(self, number: int) -> Concept:
        body: list[Construct] = [self.formula(i) for i in range(self.random.choice((0, 1, 1)))]
        body += [self.construct(i) for i in range(self.random.choice((0, 0, 1)))]
        return Concept(
            key=Key(f"k{number}"),
            term=(Text(f"{self.words(1, 4)} {number}"),),
            kind=self.random.choice(list(ConceptKind)),
            priority=self.random.choice((1, 1, 2, 2, 2, 3)),
            aka=(),
            see=(),
            needs=(),
            contrast=(),
            sources=(),
            reversible=False,
            definition=self.paragraph(8, 22),
            body=tuple(body),
            span=self.span(),
        )


def course(boxes: int, seed: int = 1, sheet: SheetOptions | None = None) -> Course:
    """Return a course of so many boxes in lessons of a dozen."""
    writer = _Writer(seed)
    concepts = [writer.concept(number) for number in range(boxes)]
    lessons = tuple(
        Lesson(
            number=start // 12 + 1,
            label=f"Lesson {start // 12 + 1}",
            title=writer.words(2, 5),
            intro=(),
            concepts=tuple(concepts[start : start + 12]),
            span=Span("01.md", 0, 1),
        )
        for start in range(0, boxes, 12)
    )
    return Course(
        id="made",
        title="Made-up course",
        language="en",
        authors=("Nobody",),
        licence="CC0",
        description="Words and formulas.",
        report_url="",
        macros=(),
        disabled_checks=(),
        sheet=sheet or SheetOptions(),
        booklet=BookletOptions(),
        lessons=lessons,
    )
