"""The table of diagnostic codes: every mistake that the tool can report.

docs/diagnostics.md and the help texts in SARIF are made from this table.
"""

from enum import Flag, StrEnum, auto


class Severity(StrEnum):
    """How serious a mistake is."""

    ERROR = "error"
    """Withholds at least one medium."""
    WARNING = "warning"
    """Withholds nothing; authors can switch it off in ``course.yaml``."""


class Medium(Flag):
    """What the notes are turned into; each artifact belongs to one medium."""

    CARDS = auto()
    SHEET = auto()
    BOOKLET = auto()
    DATA = auto()


NOTHING = Medium(0)
PRINT = Medium.SHEET | Medium.BOOKLET
DRAWN = Medium.CARDS | PRINT
EVERYTHING = DRAWN | Medium.DATA


# fmt: off
class Code(StrEnum):
    """A kind of mistake; its value is the name that people see and can switch off.

    Each row has the value, what is wrong, what to type, and what the mistake withholds: everything
    unless the row names less.
    """

    # files
    NOT_UTF8 = ("not-utf8", "A file is not UTF-8 text.", "Save the file as UTF-8.")
    CONTROL_CHARACTER = ("control-character", "An invisible character without meaning.", "Delete the character at the place shown.")
    NO_COURSE = ("no-course", "There is no `course.yaml`.", "`--content FOLDER` with the folder that contains it, or `aml-build new FOLDER` to begin a course.")
    NO_LESSONS = ("no-lessons", "There is no lesson file.", "Write a lesson beside `course.yaml`: a Markdown file with front matter.")

    # YAML
    BAD_YAML = ("bad-yaml", "The YAML cannot be read.", "`key: value`; put quotes around text with `: `, `#`, `{` or a backslash.")
    MISSING_FRONT_MATTER = ("missing-front-matter", "A lesson does not begin with front matter.", "Begin the file with the lines `---`, `lesson: 1`, `title: …`, `---`.")
    UNKNOWN_KEY = ("unknown-key", "A key that has no meaning here.", "The key that the hint names.")
    DUPLICATE_KEY = ("duplicate-key", "One mapping has the same key twice.", "Keep one of the two.")
    MISSING_KEY = ("missing-key", "A required key is missing.", "The line that the hint shows.")
    BAD_VALUE = ("bad-value", "A value of the wrong type or out of range, in YAML or in attributes.", "A value of the type that the hint names: `priority=1`, `lesson: 3`, `checks: {long-answer: off}`.")
    BAD_MACRO = ("bad-macro", "A macro in `course.yaml` cannot work.", "`\\name: body` or `\\name: [body, number of arguments]`, whose body has only what formulas may have.")

    # attributes and ids
    UNKNOWN_ATTRIBUTE = ("unknown-attribute", "An attribute that has no meaning here.", "The attribute that the hint names; a literal brace is `\\{`.")
    BAD_ATTRIBUTES = ("bad-attributes", "Braces that look like attributes and cannot be read.", '`{#id .class key="value"}`: an id after `#`, straight double quotes, no space beside `=`; a literal brace is `\\{`.')
    DUPLICATE_ATTRIBUTE = ("duplicate-attribute", "An attribute that is given twice.", "Keep one of the two.")
    UNKNOWN_KIND = ("unknown-kind", "A class on a concept's heading that is not a kind of concept.", "`.definition`, `.formula`, `.theorem`, `.algorithm`, `.technique`, `.architecture`, `.comparison` or `.overview`.")
    UNCLOSED_ATTRIBUTES = ("unclosed-attributes", "Attributes without a closing brace or quote.", '`{#id key="value"}`, every quote and the brace closed on the same line.')
    MISPLACED_ATTRIBUTES = ("misplaced-attributes", "Attributes at a place where nothing can have them.", "Move the braces to the end of their construct (for a list or table: to a line of their own before it), or remove them.")
    BAD_ID = ("bad-id", "An id with characters that ids do not have.", "Lower-case letters, digits and hyphens, a letter first: `#third-law`.")
    MISSING_ID = ("missing-id", "Something that becomes a card has no id.", "Run `aml-build check --fix`; never change what it wrote.")
    MISSING_CLOZE_NUMBER = ("missing-cloze-number", "A highlight has no number.", "Run `aml-build check --fix`, or `{.c1}` right after the highlight, with a number that the paragraph does not use.")
    DUPLICATE_ID = ("duplicate-id", "An id, or a former id, is already in use.", "Another id for what is newer; the older one stays with its cards.")
    DUPLICATE_LESSON = ("duplicate-lesson", "Two lessons with one number.", "A number of its own in each file's `lesson:`.")

    # structure
    HEADING_LEVEL = ("heading-level", "A heading of a level that has no meaning.", "`## Term` for a concept, `### Question?` for a question; a blank line between text and `---`.")
    MALFORMED_HEADING = ("malformed-heading", "Hashes without a space after them do not begin a heading.", "A space after the hashes: `## Term`; `\\#` for a hash in the text.")
    MISPLACED_HEADING = ("misplaced-heading", "A question that belongs to no concept.", "Put the question below a concept's `## Term`.")
    EMPTY_TERM = ("empty-term", "A concept's heading without words.", "Write the term after `##`.")
    MISSING_DEFINITION = ("missing-definition", "A concept does not begin with a paragraph that defines it.", "One or two sentences that define the term, right below the heading.")
    EMPTY_LESSON = ("empty-lesson", "A lesson without concepts.", "`## Term`, followed by a paragraph.")
    NOT_A_QUESTION = ("not-a-question", "A level-3 heading without a question mark.", "End the heading in `?`, or write `##` if it is a concept.")
    EMPTY_ANSWER = ("empty-answer", "A question without an answer.", "The short answer, as a paragraph below the question.")
    MISSING_CORRECTION = ("missing-correction", "A pitfall has no correction.", "A second paragraph in the quotation, after a line with `>` alone.")
    EMPTY_PITFALL = ("empty-pitfall", "A pitfall makes no claim.", "The claim as the first paragraph after `> [!WARNING]`.")
    EMPTY_ITEM = ("empty-item", "A list item that does not begin with text.", "Words, or a formula, at the beginning of the item.")
    MIXED_LIST = ("mixed-list", "Only some items of a list begin with a bold term, or with a symbol.", "`**term**:` before every item (members), `$symbol$:` before every item (legend), or `{.plain}` on a line before a list that no card asks for.")
    STRAY_LEGEND = ("stray-legend", "A list of symbols that follows no formula.", "Move the list right below its formula, or write `{.plain}` on a line before it.", NOTHING)
    NAMELESS_FORMULA = ("nameless-formula", "One of several formulas of a concept that has no name.", '`{#id name="…"}` after the formula, or `{.aside}` if no card asks for it.')
    UNKNOWN_ALERT = ("unknown-alert", "A quotation begins with neither WARNING nor NOTE.", "`> [!WARNING]` for a common mistake in a concept's body, `> [!NOTE]` for a remark.")
    ROW_LENGTH = ("row-length", "A table row with too many or too few cells.", "As many cells as the header has; in math `\\mid` or `\\vert` for a bare `|`.")
    TABLE_SHAPE = ("table-shape", "A table whose line of dashes is missing, or does not agree with the header.", "A second line `|---|---|`, with one `---` for each header cell.")
    EMPTY_CELL = ("empty-cell", "A row or column of a comparison has no name.", "What the row or the column is about.")
    EMPTY_TABLE = ("empty-table", "A comparison without rows, or with nothing to compare.", "Two columns after the first and a row, or `{.plain}` on a line before the table.")
    RAW_HTML = ("raw-html", "HTML in the notes.", "Markdown; code in backticks; `\\<` for a less-than sign.")
    UNCLOSED_COMMENT = ("unclosed-comment", "A comment never ends, so it hides the rest of the file.", "`-->` where the comment ends.")
    UNCLOSED_CODE = ("unclosed-code", "A code block never ends, so it takes in the rest of the file.", "A line of three backticks where the code ends.")
    NESTED_TOO_DEEPLY = ("nested-too-deeply", "Lists, quotations or emphasis are nested too deeply.", "At most four lists within each other; what needs more is a concept of its own.")
    UNSUPPORTED = ("unsupported", "Markdown that no artifact can show.", "Another form: the hint names one.")

    # text
    UNCLOSED_MATH = ("unclosed-math", "A dollar begins math that never ends.", "`$` or `$$` where the formula ends (before the next blank line); `\\$` for a dollar sign.")
    WORDS_IN_MATH = ("words-in-math", "A formula with three or more plain words in it.", "`$` before the words if the formula ends there; `\\text{…}` around words of a formula; `\\$` for a dollar sign.")
    UNESCAPED_DOLLAR = ("unescaped-dollar", "A dollar sign beside an amount of money, which could begin a formula.", "`\\$5` for five dollars.", NOTHING)
    SPACE_IN_MATH = ("space-in-math", "Inline math with a space just inside its dollars.", "`$x$`, without spaces just inside the dollars.")
    MISPLACED_DISPLAY = ("misplaced-display", "Display math within a line of text, or text beside it.", "`$$ … $$` on lines of its own, with nothing but `{#id …}` after it; `$…$` within text.")
    EMPTY_MATH = ("empty-math", "Math without anything in it.", "A formula between the dollars.")
    BAD_MATH = ("bad-math", "A command that may not be used, or unbalanced braces.", "The command that the hint names; `course.yaml` declares macros.")
    MATH_ANKI = ("math-anki", "A formula that Anki's MathJax cannot show.", "The command that the hint names: a formula has to work in Anki and in print.", Medium.CARDS)
    MATH_PRINT = ("math-print", "A formula that LaTeX cannot print.", "What the message names: unbalanced braces, a lost `&`, a missing argument.", PRINT)
    FOREIGN_SYNTAX = ("foreign-syntax", "A mark of another format (Obsidian, Pandoc, Anki, LaTeX, …), which has no meaning here.", "What the hint names; a backslash before the mark makes text of it.")
    UNCLOSED_CLOZE = ("unclosed-cloze", "A highlight without end.", "`==` right after the last hidden word; `\\=\\=` for two equals signs.")
    MISPLACED_CLOZE = ("misplaced-cloze", "No cloze card can be made of a highlight at this place.", "Put the sentence into a paragraph of its own below the definition, or use `**…**`.")
    BAD_LINK = ("bad-link", "A link that is neither a cross-reference nor to the web.", "`[text](#concept-id)`, or an address that begins with `https://`, `http://` or `mailto:`.")
    SPACE_IN_ADDRESS = ("space-in-address", "An address with a space, which makes text of its link or picture.", "`![…](<figures/my heart.png>)`, or a file name without spaces.")
    EMPTY_LINK = ("empty-link", "A link without text.", "What the reader sees, between the square brackets.")

    # figures
    IMAGE_NOT_ALONE = ("image-not-alone", "An image within a line of text.", "Put the image into a paragraph of its own.")
    MISSING_ALT = ("missing-alt", "A figure has no description for people who cannot see it.", "What the picture shows, between `![` and `]`.")
    IMAGE_MISSING = ("image-missing", "The file of a figure is missing.", "The path that the hint names, or put the file there.")
    IMAGE_OUTSIDE = ("image-outside", "The file of a figure is outside the course.", "Copy the file into `figures/` and write `figures/name.png`.")
    IMAGE_TYPE = ("image-type", "A figure of a type that cannot be used.", "A `.tex` file with one TikZ picture, or a `.png`, `.jpg`, `.gif`, `.webp` or `.svg`.")
    IMAGE_DAMAGED = ("image-damaged", "A picture file that cannot be read whole.", "Export or copy the picture again.", DRAWN)
    IMAGE_INCOMPLETE = ("image-incomplete", "An SVG picture with parts that cards or print could not show.", "Export it with its pictures embedded, and its text as SVG text or outlines.", DRAWN)
    IMAGE_TOO_LARGE = ("image-too-large", "A picture with more pixels than can be read.", "Save it smaller: cards show at most 1,600 pixels of a side.", DRAWN)
    BAD_MASK = ("bad-mask", "A label of a figure with a bad or repeated number or id.", "`mask={number}{id}`, both unique in the figure; a new label takes the next free number.")
    FIGURE_FORM = ("figure-form", "A figure file that is not one whole TikZ picture.", "One `\\begin{tikzpicture} … \\end{tikzpicture}` in the file: see `aml-build help figures`.", DRAWN)
    FIGURE_COMMAND = ("figure-command", "A command that figures may not use.", "What `aml-build help figures` lists.", DRAWN)
    FIGURE_TEX = ("figure-tex", "A figure that TeX cannot draw.", "Correct the TikZ code at the line shown.", DRAWN)

    # the course as a whole
    DANGLING_REFERENCE = ("dangling-reference", "An id is used, but nothing has it.", "The id that the hint names: that of a concept, as its heading has it.")
    SELF_REFERENCE = ("self-reference", "A concept that points to itself.", "Another concept, or nothing.")
    NEEDS_CYCLE = ("needs-cycle", "Concepts need each other in a circle.", "Remove one of the `needs`, or make it a `see`.")
    BAD_LOCK = ("bad-lock", "The release lock differs from what `aml-build release` wrote.", "Restore `release.lock` from the last release; only `aml-build release` writes it.")

    # cards worth studying
    LONG_ANSWER = ("long-answer", "An answer is too long to recall in one go.", "Less: the answer in a sentence or two; in an `.exam` answer, put the short answer first.", NOTHING)
    YES_NO_QUESTION = ("yes-no-question", "A question that a guess answers.", "Ask why, how or what, or write a pitfall.", NOTHING)
    ANSWER_IN_FRONT = ("answer-in-front", "The front of a card already shows what the card asks for.", "Ask without the words of the answer.", NOTHING)
    DEFINITION_REPEATS_TERM = ("definition-repeats-term", "A definition begins with the term that it defines.", 'Begin with what it is or does: "Turns the likelihood into …".', NOTHING)
    LONG_LIST = ("long-list", "A list has too many members or steps to remember.", "Split the list: people remember about seven elements.", NOTHING)
    FORMULA_WITHOUT_LEGEND = ("formula-without-legend", "A concept's formulas with no symbol explained.", "A list `- $symbol$: meaning` right below the formula.", NOTHING)
    FIGURE_WITHOUT_MASKS = ("figure-without-masks", "A figure has an id, but no label that a card could ask for.", "`mask={1}{id}` on the labels of the TikZ picture, or `{.plain}` instead of the figure's id.")
    SIMILAR_FRONTS = ("similar-fronts", "Two items ask the same.", "Add to one of them what sets it apart.", NOTHING)

    # print
    PRINT_TEX = ("print-tex", "TeX cannot typeset a page.", "Correct the formula or figure at the place shown.", PRINT)
    SHEET_OVERFULL = ("sheet-overfull", "A line of the cheat sheet runs out of its column by more than 10 pt.", "Break the formula, or shorten what is too wide; fewer columns are wider.", Medium.SHEET)
    BOOKLET_OVERFULL = ("booklet-overfull", "A line of the booklet runs out of its page by more than 10 pt.", "Break the formula, or shorten what is too wide.", Medium.BOOKLET)
    PRINT_OVERFULL = ("print-overfull", "A line of the cheat sheet or the booklet runs out by 2 to 10 pt.", "Break the formula, or shorten what is too wide.", NOTHING)
    PRINT_GLYPH = ("print-glyph", "A character that the print fonts do not have.", "Another character, or math.", PRINT)

    # notes to import
    NOT_TEXT = ("not-text", "A file of notes is not text.", "Import text or Markdown, saved as UTF-8.")
    LONG_LINE = ("long-line", "A line is too long to have been typed.", "Break the text into lines, or check that this is the right file.")
    NO_NOTES = ("no-notes", "A file of notes is empty.", "Name the file with the notes.")

    withholds: Medium
    """The media whose artifacts cannot be made."""
    meaning: str
    """What is wrong, in one sentence."""
    remedy: str
    """What to type instead."""

    def __new__(
        cls, value: str, meaning: str, remedy: str, withholds: Medium = EVERYTHING
    ) -> "Code":
        """Return the member with its attributes."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.meaning, code.remedy, code.withholds = meaning, remedy, withholds
        return code

    @property
    def severity(self) -> Severity:
        """Return ``ERROR`` for a code that withholds anything."""
        return Severity.ERROR if self.withholds else Severity.WARNING
# fmt: on


WARNINGS = tuple(code for code in Code if code.severity is Severity.WARNING)
"""The codes that authors may switch off in ``course.yaml``."""
