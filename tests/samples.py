"""A small course, written as model objects, that uses every construct once: a course of history."""

from aml_build.diagnostics.source import Span
from aml_build.model import (
    Align,
    BookletOptions,
    BulletList,
    Cloze,
    ClozeText,
    Code,
    CodeBlock,
    Comparison,
    ComparisonRow,
    Concept,
    ConceptKind,
    Construct,
    Course,
    Emphasis,
    Figure,
    Formula,
    Inlines,
    Key,
    LegendEntry,
    Lesson,
    LineBreak,
    Link,
    Macro,
    Mask,
    Math,
    MathBlock,
    Member,
    Members,
    NumberedList,
    Paragraph,
    Picture,
    Pitfall,
    Prose,
    Question,
    Ref,
    Remark,
    SheetOptions,
    Step,
    Steps,
    Strong,
    Table,
    Text,
)
from aml_build.model.drawing import Drawing, LabelBox
from aml_build.model.edition import Edition

EDITION = Edition(version="1.2.0", date="2024-03-01", commit="abc1234", epoch=1_709_251_200)


def span(line: int = 1, path: str = "01-rome.md") -> Span:
    """Return a place in the sample's notes."""
    return Span(path, line, 1)


def text(*parts: str) -> Inlines:
    """Return plain text, with what stands between dollars as math."""
    nodes: list[Text | Math] = []
    for at, part in enumerate("".join(parts).split("$")):
        if part:
            nodes.append(Math(part, span()) if at % 2 else Text(part))
    return tuple(nodes)


def paragraph(words: str) -> Paragraph:
    """Return a paragraph of text with ``$math$``."""
    return Paragraph(text(words), span())


def concept(
    id: str,
    term: str,
    definition: str,
    *body: Construct,
    kind: ConceptKind = ConceptKind.DEFINITION,
    priority: int = 2,
    was: tuple[str, ...] = (),
    see: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    contrast: tuple[str, ...] = (),
    reversible: bool = False,
    line: int = 1,
) -> Concept:
    """Return a concept, with what the sample does not care about left empty."""
    return Concept(
        key=Key(id, was),
        term=text(term),
        kind=kind,
        priority=priority,
        aka=(),
        see=see,
        needs=needs,
        contrast=contrast,
        sources=(),
        reversible=reversible,
        definition=paragraph(definition),
        body=body,
        span=span(line),
    )


MAP_PICTURE = Picture(
    path="figures/forum.tex",
    alt='The Forum, seen from the "Capitol"',
    caption=text("The Forum from the Capitol"),
    masks=(Mask(1, "curia", span(80)), Mask(2, "rostra", span(80)), Mask(4, "basilica", span(80))),
    span=span(80),
)

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">
<g fill="none" stroke="black"><rect x="20" y="20" width="80" height="30"/>
<rect x="140" y="90" width="90" height="34"/><rect x="30" y="110" width="70" height="24"/>
<path d="M60 50 L160 90"/></g>
<g font-size="12" text-anchor="middle"><text x="60" y="40">Curia</text>
<text x="185" y="112">Rostra</text><text x="65" y="126">Basilica</text></g></svg>
"""

DRAWINGS = {
    "figures/forum.tex": Drawing(
        name="forum-0f3a9c11d2e4",
        pdf=b"%PDF-1.5 stand-in",
        image=_SVG.format(260, 150).encode(),
        suffix=".svg",
        width=260,
        height=150,
        labels=(
            LabelBox(1, "curia", 20 / 260, 20 / 150, 80 / 260, 30 / 150),
            LabelBox(2, "rostra", 140 / 260, 90 / 150, 90 / 260, 34 / 150),
            LabelBox(4, "basilica", 30 / 260, 110 / 150, 70 / 260, 24 / 150),
        ),
    ),
    "figures/roads.tex": Drawing(
        name="roads-77aa01fe3b90",
        pdf=b"%PDF-1.5 stand-in",
        image=_SVG.format(900, 150).encode(),
        suffix=".svg",
        width=900,
        height=150,
        labels=(),
    ),
}

_CENSUS = concept(
    "census-growth",
    "Growth of a town",
    "Says how many people live in a town after some years of steady growth.",
    Formula(
        Key("eq-growth"),
        text("Population after $t$ years"),
        MathBlock(r"N(t)=N_0\,\mathrm{e}^{rt},\qquad r<1,\; N_0>0", span(12)),
        (
            LegendEntry(Math("N_0", span(14)), text("people at the start")),
            LegendEntry(Math("r", span(15)), text("rate of growth, a year; $r<1$ & small")),
        ),
        span(12),
    ),
    Formula(
        Key("eq-wide", ("eq-long",)),
        text("A sum far too wide for a phone"),
        MathBlock(
            r"S=a_1+a_2+a_3+a_4+a_5+a_6+a_7+a_8+a_9+a_{10}+a_{11}+a_{12}+a_{13}+a_{14}"
            r"+a_{15}+a_{16}+\begin{bmatrix}1&0\\[4pt]0&1\end{bmatrix}",
            span(18),
        ),
        (),
        span(18),
    ),
    Prose(paragraph("A plain remark about the census, with a < b and c > d.")),
    Prose(
        CodeBlock('count = {"rome": {"year": 1}}\nif a < b: print(std::cout)', "python", span(22))
    ),
    Prose(Remark((paragraph("Ancient counts left out women and children."),))),
    kind=ConceptKind.FORMULA,
    priority=1,
    see=("republic",),
    needs=("census",),
    line=10,
)

_REPUBLIC = concept(
    "republic",
    "Roman republic",
    "A state without a king, governed by elected magistrates and the senate.",
    Members(
        Key("offices"),
        text("Which three offices stood highest?"),
        (
            Member(
                Key("consul"), text("Consul"), (paragraph("Led the army, two a year."),), span(32)
            ),
            Member(Key("praetor"), text("Praetor"), (paragraph("Judged."),), span(33)),
            Member(
                Key("censor"), text("Censor"), (paragraph("Counted people and goods."),), span(34)
            ),
        ),
        span(31),
    ),
    Steps(
        Key("election"),
        text("How was a consul elected?"),
        (
            Step(Key("announce"), (paragraph("The day was announced."),), span(37)),
            Step(
                Key("gather"),
                (paragraph("The centuries gathered on the Field of Mars."),),
                span(38),
            ),
            Step(Key("vote"), (paragraph("The rich centuries voted first."),), span(39)),
            Step(
                Key("proclaim"),
                (paragraph("The presiding consul proclaimed the winners."),),
                span(40),
            ),
        ),
        span(36),
    ),
    ClozeText(
        Key("kings"),
        Paragraph(
            (
                Text("The last king, "),
                Cloze(1, (Strong(text("Tarquin")), Text(" the Proud")), span(44)),
                Text(", was driven out in "),
                Cloze(3, text("$509_{{BC}}$ or {{so}}::about {"), span(44)),
                Text(" as {"),
                Cloze(4, text("{:set}"), span(44)),
                Text("} "),
                Code("a::b{{c}}"),
                Text(" shows; see "),
                Link("https://example.org/kings::of{{rome}}", text("a list")),
                Text("."),
            ),
            span(44),
        ),
        span(44),
    ),
    Pitfall(
        Key("no-democracy"),
        text("In the republic every citizen's vote counted the same."),
        (
            paragraph("Votes were counted by century, and the rich had most centuries."),
            paragraph("It was no democracy."),
        ),
        span(48),
    ),
    kind=ConceptKind.OVERVIEW,
    contrast=("empire",),
    reversible=True,
    line=30,
)

_EMPIRE = concept(
    "empire",
    "Roman empire",
    "Rule of one man over the provinces, with the republic's offices kept for show.",
    Comparison(
        Key("rep-emp"),
        (text("Republic"), text("Empire")),
        (
            ComparisonRow(
                Key("power"),
                text("who holds power"),
                (text("senate and magistrates"), text("the emperor")),
                span(64),
            ),
            ComparisonRow(
                Key("formula"),
                text("strength $x\\mid y$"),
                (text("$a_1+a_2+a_3+a_4+a_5+a_6+a_7$"), text("$b_1+b_2+b_3+b_4+b_5+b_6+b_7+b_8$")),
                span(65),
            ),
        ),
        span(62),
    ),
    Figure(Key("fig-forum"), MAP_PICTURE, span(80)),
    Figure(
        Key("fig-roads"),
        Picture("figures/roads.tex", "Roads of Italy", text("Roads, $d<1$"), (), span(84)),
        span(84),
    ),
    Question(
        Key("why-show"),
        text("Why did Augustus keep the old offices?"),
        (
            Paragraph(
                (
                    Text("To rule as "),
                    Emphasis(text("first citizen")),
                    Text(", not as king: "),
                    Ref("republic", (), span(90)),
                    Text(" forms hid the change."),
                    LineBreak(),
                    Text(
                        r"Not math: \(x\) and \[y\], nor [sound:a.mp3] or [latex]z[/latex] or $5."
                    ),
                ),
                span(90),
            ),
        ),
        False,
        span(89),
    ),
    Question(
        Key("exam-fall"),
        text("What brought the western empire down?"),
        (
            paragraph("Civil wars, lost taxes and new neighbours together."),
            BulletList(((paragraph("wars"),), (paragraph("taxes"),))),
            NumberedList(((paragraph("third"),), (paragraph("fourth"),)), start=3),
            Table(
                (Align.LEFT, Align.CENTER, Align.RIGHT),
                (text("year"), text("what"), text("who")),
                ((text("410"), text("sack"), text("Alaric")),),
                span(99),
            ),
        ),
        True,
        span(95),
    ),
    priority=3,
    see=("republic", "census-growth"),
    line=60,
)

_CENSUS_PLAIN = concept(
    "census", "Census", "Counting of people and goods, every five years.", was=("count",), line=4
)

COURSE = Course(
    id="rome",
    title="History: Rome::and after",
    language="en",
    authors=("A. Author", "B. Writer"),
    licence="CC BY-SA 4.0",
    description="From the kings to <the> end.",
    report_url="https://example.org/issues/new?title={concept}",
    macros=(Macro(r"\E", 0, r"\mathbb{E}"),),
    disabled_checks=(),
    sheet=SheetOptions(),
    booklet=BookletOptions(),
    lessons=(
        Lesson(1, "Lesson 1", "Counting", (), (_CENSUS_PLAIN, _CENSUS), span()),
        Lesson(2, "Lesson 2", "Republic", (paragraph("An introduction."),), (_REPUBLIC,), span()),
        Lesson(10, "Afterword", "Empire", (), (_EMPIRE,), span()),
    ),
)
