"""Mistakes that authors make in the starter course, as edits of one line: one cause, one message.

A mark in the new text shows where the message begins. There is no other message: what rests on the
mistake has none.
"""

from typing import NamedTuple

MARK = "‸"
LESSON, SETTINGS, FIGURE = "01-orbits.md", "course.yaml", "figures/orbit.tex"


class Mistake(NamedTuple):
    """One edit and what is reported."""

    name: str
    old: str
    new: str
    """With a mark for each message."""
    code: str
    """Of the messages, separated by spaces, in the order of the marks."""
    hint: str
    """Part of the message or the hint of the first."""
    path: str = LESSON


_BRACES = '{#third-law .formula priority=1 aka="harmonic law" source="Kepler 1619" needs="orbit"}'
_HEAD = f"## Kepler's third law {_BRACES}"


def _head(old: str, new: str) -> tuple[str, str]:
    """Return an edit of the first concept's heading."""
    assert old in _HEAD
    return _HEAD, _HEAD.replace(old, new)


_QUOTE_LOST = MARK + _BRACES.replace('law" source', "law source")
_ORBIT = "## Orbit {#orbit .reversible}"
_SEASONS = '## Seasons {#seasons .overview see="orbit"}'
_MARS = "### Why does Mars have a longer year than the Earth? {#mars}"
_AXIS = "- $a$: mean distance from the Sun, in $\\AU$"
_THIRD = "$$ T^2=a^3 $$ {#eq-third}"
_PICTURE = '](figures/orbit.tex "A planet\'s orbit"){#fig-orbit}'
_DAY = "| longest day {#day} | in the north | in the south |"
_MACRO = "  \\AU: \\mathrm{AU} "

MISTAKES = (
    # math
    Mistake("unclosed $", _AXIS, "- $a$: mean distance from the Sun, in ‸$\\AU", "unclosed-math", r"\$"),
    Mistake("unclosed $ at the symbol of a legend", _AXIS, "- ‸$a: mean distance from the Sun", "unclosed-math", r"\$"),
    Mistake("$$ not closed", _THIRD, "‸$$ T^2=a^3 {#eq-third}", "unclosed-math", "blank line"),
    Mistake("unknown macro", "$$ T^2=a^3", r"$$ T^2=‸\foo{a}^3", "bad-math", r"below `macros:`, write `  \foo: …`"),
    Mistake("mistyped command", "$$ T^2=a^3", r"$$ T^2=‸\farc{a}{3}", "bad-math", r"Did you mean `\frac`?"),
    Mistake("missing brace in math", "$$ T^2=a^3", r"$$ T^2=\frac{a}‸{3", "bad-math", "Add the missing `}`"),
    Mistake("command of siunitx", "$$ T^2=a^3", r"$$ T^2=‸\SI{3}{\metre}", "bad-math", r"\mathrm{m}"),
    Mistake("degrees", "$$ T^2=a^3", r"$$ T^2=90‸\degree", "bad-math", r"Write `^\circ`"),
    Mistake("newcommand in a formula", "$$ T^2=a^3", r"$$ ‸\newcommand{\R}{\mathbb{R}} T\in\R", "bad-math", "`course.yaml`"),
    Mistake("equation in dollars", "$$ T^2=a^3", r"$$ ‸\begin{equation*} T \end{equation*}", "bad-math", "leave it out"),
    # references and ids
    Mistake("wrong id in see", 'see="orbit"', 'see="‸orbits"', "dangling-reference", "Did you mean `orbit`?"),
    Mistake("capital in an id", _ORBIT, "## Orbit {‸#Orbit_1 .reversible}", "bad-id", "Write `#orbit-1`"),
    Mistake("capital in the id alone", _ORBIT, "## Orbit {‸#Orbit .reversible}", "bad-id", "Write `#orbit`"),
    Mistake("wrong link", "[](#third-law)", "‸[](#thirdlaw)", "dangling-reference", "Did you mean `third-law`?"),
    Mistake("concept id twice", "{#seasons .overview", "{‸#orbit .overview", "duplicate-id", "by 01-orbits.md:52"),
    Mistake("id of a part twice", "Sun. {#leans}", "Sun. {‸#axis}", "duplicate-id", "by 01-orbits.md:67"),
    # structure
    Mistake("missing answer", "\nIt is farther from the Sun: its way is longer, and it moves more slowly along it.\n", "", "empty-answer", "short answer"),
    Mistake("missing question mark", _MARS, "### ‸Why does Mars have a longer year than the Earth {#mars}", "not-a-question", "ends in `?`"),
    Mistake("missing definition", "Come from the tilt of the Earth's axis, not from its distance to the Sun.\n", "", "missing-definition", "first paragraph"),
    Mistake("missing definition before highlights", "The closed path of a body that falls around another one and keeps missing it.\n", "", "missing-definition", "first paragraph"),
    Mistake("row with a cell less", _DAY, "‸| longest day {#day} | in the north |", "row-length", "empty ones too"),
    Mistake("bar in a cell's math", _DAY, "‸| longest day {#day} | $|x|$ | in the south |", "row-length", r"\mid"),
    Mistake("line of dashes missing", "| | June solstice | December solstice |\n|---|---|---|\n", "‸| | June solstice | December solstice |\n", "table-shape", "Write `|---|---|---|` as the second line"),
    Mistake("question of level 4", _MARS, f"‸#{_MARS}", "heading-level", "write `###`"),
    Mistake("concept of level 1", _ORBIT, "‸# Orbit {#orbit .reversible}", "heading-level", "Write `##`"),
    Mistake("concept of level 4", _ORBIT, "‸#### Orbit {#orbit .reversible}", "heading-level", "Write `##`"),
    Mistake("concept of level 3", _ORBIT, "‸### Orbit {#orbit .reversible}", "not-a-question", "Write `##`"),
    Mistake("underlined concept", _ORBIT, "‸Orbit {#orbit .reversible}\n---------", "heading-level", "Write `## Term`"),
    Mistake("no space behind hashes", _ORBIT, "‸##Orbit {#orbit .reversible}", "malformed-heading", "with a space"),
    Mistake("one hash and no space", _ORBIT, "‸#Orbit {#orbit .reversible}", "malformed-heading", "Write `## `"),
    Mistake("misspelt alert", "> [!WARNING]", "‸> [!WARNNG]", "unknown-alert", "Did you mean `[!WARNING]`?"),
    Mistake("alert without its mark", "> [!WARNING]", "‸> [WARNING]", "unknown-alert", "Write `> [!WARNING]`"),
    Mistake("alert of another program", "> [!WARNING]", "‸> [!CAUTION]", "unknown-alert", "Did you mean `[!WARNING]`?"),
    Mistake("alert forgotten", "> [!WARNING]\n> A planet", "‸> A planet", "unknown-alert", "[!WARNING]"),
    Mistake("highlight without number", "==January=={.c1}", "‸==January==", "missing-cloze-number", "check --fix"),
    # attributes
    Mistake("misspelt attribute", *_head("priority=1", "‸prioirty=1"), "unknown-attribute", "Did you mean `priority=`?"),
    Mistake("attribute that is far from all", *_head("priority=1", "‸deck=1"), "unknown-attribute", "A concept takes"),
    Mistake("misspelt kind", *_head(".formula", "‸.forumla"), "unknown-kind", "Did you mean `.formula`?"),
    Mistake("priority 5", *_head("priority=1", "‸priority=5"), "bad-value", "priority=2"),
    Mistake("misspelt exam", "{#four .exam}", "{#four ‸.exma}", "unknown-attribute", "Did you mean `.exam`?"),
    Mistake("curly quotes", *_head('aka="harmonic law"', "‸aka=“harmonic law”"), "bad-attributes", 'Write `aka="harmonic law"`'),
    Mistake("single quotes", *_head('aka="harmonic law"', "‸aka='harmonic law'"), "bad-attributes", 'Write `aka="harmonic law"`'),
    Mistake("quotes of another language", *_head('aka="harmonic law"', "‸aka=„harmonic law“"), "bad-attributes", 'Write `aka="harmonic law"`'),
    Mistake("no quotes", *_head('aka="harmonic law"', "‸aka=harmonic law"), "bad-attributes", 'Write `aka="harmonic law"`'),
    Mistake("spaces around =", *_head("priority=1", "‸priority = 1"), "bad-attributes", "Write `priority=1`"),
    Mistake("two hashes", *_head("#third-law", "‸##third-law"), "bad-attributes", "Write `#third-law`"),
    Mistake("id as in HTML", *_head("#third-law", "‸id=third-law"), "unknown-attribute", "Did you mean `#third-law`?"),
    Mistake("lost quote", *_head(_BRACES, _QUOTE_LOST), "unclosed-attributes", "every quote"),
    Mistake("lost closing brace", _ORBIT, "## Orbit ‸{#orbit .reversible", "unclosed-attributes", "the brace"),
    Mistake("lost opening brace", _ORBIT, "## Orbit ‸#orbit .reversible}", "bad-attributes", "`{#orbit .reversible}`"),
    Mistake("lost hash", _ORBIT, "## Orbit ‸{orbit .reversible}", "bad-attributes", "Did you mean `{#orbit .reversible}`?"),
    Mistake("space behind the hash", _ORBIT, "## Orbit ‸{# orbit .reversible}", "bad-attributes", "`{#orbit .reversible}`"),
    Mistake("text behind the braces", _ORBIT, "## Orbit ‸{#orbit .reversible}.", "misplaced-attributes", "end"),
    Mistake("lost hash of a question", "{#mars}", "‸{mars}", "bad-attributes", "`{#mars}`"),
    Mistake("lost hash of a formula", "{#eq-third}", "‸{eq-third}", "bad-attributes", "`{#eq-third}`"),
    Mistake("lost hash of a pitfall", "{#proportional}", "‸{proportional}", "bad-attributes", "`{#proportional}`"),
    Mistake("lost hash of a paragraph", "{#closest}", "‸{closest}", "bad-attributes", "`{#closest}`"),
    Mistake("lost hash of a figure", "{#fig-orbit}", "‸{fig-orbit}", "bad-attributes", "`{#fig-orbit}`"),
    Mistake("lost hash of a list of steps", "{#through-the-year ask", "‸{through-the-year ask", "bad-attributes", "{#through-the-year ask="),
    Mistake("lost hash of a step", "{#axis}", "‸{axis}", "bad-attributes", "`{#axis}`"),
    Mistake("lost hash of a table", "{#solstices}", "‸{solstices}", "bad-attributes", "`{#solstices}`"),
    Mistake("lost hash of a row", "{#day}", "‸{day}", "bad-attributes", "`{#day}`"),
    Mistake("lost hash of a list of members", "{#turning ask", "‸{turning ask", "bad-attributes", "{#turning ask="),
    Mistake("lost hash of a member", "{#spring}", "‸{spring}", "bad-attributes", "`{#spring}`"),
    # pictures
    Mistake("missing picture", "![The Sun in a focus of an ellipse; a planet near it at the perihelion, far from it at the aphelion](figures/orbit.tex", "‸![The Sun in a focus of an ellipse; a planet near it at the perihelion, far from it at the aphelion](figures/orbits.tex", "image-missing", "Did you mean `figures/orbit.tex`?"),
    Mistake("no alt text", "![The Sun in a focus of an ellipse; a planet near it at the perihelion, far from it at the aphelion]", "‸![]", "missing-alt", "what the picture shows"),
    Mistake("number of a label twice", "mask={3}{aphelion}", "‸mask={2}{aphelion}", "bad-mask", "next free number", FIGURE),
    Mistake("all labels without a number", "mask={1}{sun}", "‸mask={a}{sun}", "bad-mask", "mask={number}{id}", FIGURE),
    # settings
    Mistake("macro not indented", _MACRO, "‸\\AU: \\mathrm{AU} ", "unknown-key", "Indent it by two spaces", SETTINGS),
    Mistake("tab in the settings", _MACRO, "‸\t\\AU: \\mathrm{AU} ", "bad-yaml", "type two spaces", SETTINGS),
    Mistake("misspelt key", "licence:", "‸license:", "unknown-key", "Did you mean `licence`?", SETTINGS),
    Mistake("misspelt macros", "macros:", "‸macro:", "unknown-key", "Did you mean `macros`?", SETTINGS),
    Mistake("lost quote in the settings", "title: Orbits and seasons", 'title: ‸"Orbits and seasons', "bad-yaml", "never closed", SETTINGS),
    Mistake("bracket not closed in the settings", "[Your name]", "‸[Your name", "bad-yaml", "Add the missing `]`", SETTINGS),
    Mistake("macro with an unknown command", r"\AU: \mathrm{AU}", r"\AU: ‸\foo{AU}", "bad-macro", r"\foo", SETTINGS),
    Mistake("colon in the title", "title: Orbits and seasons", "title: Orbits‸: and seasons", "bad-yaml", 'Write `title: "Orbits: and seasons"`'),
    Mistake("misspelt title", "title: Orbits", "‸titel: Orbits", "unknown-key", "Did you mean `title`?"),
    Mistake("lost quote in the front matter", "title: Orbits and seasons", 'title: ‸"Orbits and seasons', "bad-yaml", "never closed"),
    Mistake("tab in the front matter", "title: Orbits", "‸\ttitle: Orbits", "bad-yaml", "type two spaces"),
    Mistake("indented key in the front matter", "title: Orbits", "  ‸title: Orbits", "bad-yaml", "Begin `title:` where"),
)  # fmt: skip
