"""Every phrase that readers see on cards, sheet, booklet and preview, besides the authors' text.

A phrase is a whole sentence or label; ``{term}`` is a placeholder. Code uses ``phrase`` or
``sentences.sentence``, templates ``[[key placeholder=value]]``. In print, ``**x**`` is bold and `` `x` ``
typewriter.
"""

from collections.abc import Mapping
from functools import cache
from string import Formatter

ENGLISH: Mapping[str, str] = {
    # Prompts and answers of items.
    "ask.definition": "What is meant by {term}?",
    # The term comes first: no article has to be guessed.
    "ask.formula": "{term}: what does it say, in words?",
    "ask.theorem": "{term}: what does it say, in words?",
    "ask.algorithm": "{term}: what does it do?", "ask.technique": "{term}: what is done?",
    "ask.architecture": "{term}: what characterises it?",
    "ask.comparison": "{term}: what is the difference, in short?",
    "ask.overview": "{term}: what is it about, in short?",
    "item.formula": "Write as a formula: {name}",
    "item.formula-of": "Write as a formula: {name} ({term})",
    "item.symbols": "It relates {symbols}.", "item.listing": "Name all {count}: {term}",
    "item.member": "{term}: explain {member}.", "item.siblings": "Beside {members}.",
    "item.steps": "What are the {count} steps of {term}?",
    "item.step": "{term}: which step is missing?", "item.missing-step": "…?",
    "item.comparison": "{subjects}: {aspect}?",
    "item.pitfall": "What is wrong with this statement?", "item.not-so": "Not so: {claim}",
    "item.figure": "{caption}: what is the hidden label?", "item.named": "{name}: {text}",
    "list.separator": ", ", "list.versus": " vs ", "list.and": " and ",
    # What an item asks for, above the prompt of a card.
    "kind.exam": "Exam question", "kind.definition": "Definition", "kind.question": "Question",
    "kind.formula": "Formula", "kind.comparison": "Comparison", "kind.listing": "List",
    "kind.member": "Member", "kind.step": "Step", "kind.cloze": "Fill the gap",
    "kind.pitfall": "Pitfall", "kind.figure": "Figure",
    "card.number": "Booklet Q {number}", "card.needs": "Builds on",
    "card.contrast": "Not to be confused with", "card.see": "See also",
    "card.report": "Report a mistake", "card.reverse": "Which term?",
    "card.figure-fails": "This figure needs Anki 23.10 or later.",
    "card.spare": "Left empty for later versions", "card.toggle": "Show or hide the labels",
    "deck.report": "Found a mistake? [Report it].",
    "lesson.name": "{label}: {title}",
    "edition.version": "Version {version}", "edition.licence": "Licence: {licence}",
    # Headings over the questions of a kind in the booklet.
    "heading.exam": "Exam questions", "heading.definition": "Terms",
    "heading.question": "Why and how", "heading.formula": "Formulas",
    "heading.comparison": "Comparisons", "heading.listing": "Lists",
    "heading.member": "Members of lists", "heading.step": "Steps", "heading.cloze": "Gaps to fill",
    "heading.pitfall": "Common mistakes: what is wrong with the statement?",
    "heading.figure": "Figures to label",
    # The cheat sheet.
    "sheet.title": "{course}: cheat sheet", "sheet.formulas": "formulas", "sheet.finder": "Finder",
    "sheet.place": "{example}: column a, first box",
    "sheet.place-on-page": "{example}: page 1, column a, first box", "sheet.notes": "Notes",
    "concept.definition": "definition", "concept.formula": "formula", "concept.theorem": "theorem",
    "concept.algorithm": "algorithm", "concept.technique": "technique",
    "concept.architecture": "architecture", "concept.comparison": "comparison",
    "concept.overview": "overview", "concept.pitfall": "pitfall",
    # The report of a cheat sheet.
    "report.page.one": "{count} page", "report.page.many": "{count} pages",
    "report.column.one": "{count} column", "report.column.many": "{count} columns",
    "report.box.one": "{count} box", "report.box.many": "{count} boxes",
    "report.summary": "{pages}, {boxes}, {size} pt",
    "report.summary-left-out": "{pages}, {boxes}, {left} left out, {size} pt",
    "report.head": "Cheat sheet: {pages} of {columns}, each {width} mm wide and {height} mm high.",
    "report.size": "Base size {size} pt; {fill} of the columns is filled.",
    "report.largest-size": "Base size {size} pt (the largest allowed); {fill} of the columns is filled.",
    "report.boxes": "{shown} of {all} boxes are on it.",
    "report.finder": "The finder of terms is {where}.",
    "report.short-finder": "The finder of terms is {where}, without other names, because there is no space for them.",
    "report.in-column": "in the last column", "report.foot": "at the foot of page {page}",
    "report.feet": "at the foot of pages {pages}",
    "report.no-finder": "No finder of terms: it would take {cost} mm of column, of which the boxes leave {left} mm, and it may not make the type smaller by more than {share}.",
    "report.costs": "What each box costs, in mm of column:",
    "report.unseen": "{concept}  (left out)", "report.nothing-left-out": "Nothing was left out.",
    "report.left-out-head": "Left out at {size} pt, the smallest allowed; the most important first:",
    "report.left-out": "{what}, priority {priority}; to keep it, {instead}",
    "report.whole-box": "{box} (the whole box)", "report.add-page": "add a page",
    "report.leave-out": "leave out {names} ({freed} mm)",
    "report.leave-out-more": "leave out {names} and {more} more ({freed} mm)",
    # The booklet.
    "booklet.questions": "Questions", "booklet.answers": "Answers",
    "booklet.both": "Questions and answers", "booklet.title": "Title",
    "booklet.count": "{questions} from {lessons}", "booklet.question.one": "{count} question",
    "booklet.question.many": "{count} questions", "booklet.lesson.one": "{count} lesson",
    "booklet.lesson.many": "{count} lessons", "booklet.authors": "By {authors}",
    "booklet.dated": "As of {date}", "booklet.dated-commit": "As of {date}, commit {commit}",
    "booklet.version": "Version {version}, {date}",
    "booklet.version-commit": "Version {version}, {date}, commit {commit}",
    "booklet.contents": "Contents", "booklet.questions-column": "questions",
    "booklet.answers-column": "answers",
    "booklet.late": "Questions added later, whose numbers are out of order: {pages}.",
    "booklet.late-page": "{number}\u00a0(p.\u00a0{page})", "booklet.name": "Name",
    "booklet.date": "Date", "booklet.right": "Right",
    "booklet.figure": "{caption}: name {numbers}.", "booklet.see": "See also: {terms}.",
    "booklet.sources": "Sources", "booklet.index": "Index of terms",
    "booklet.reviews": "My reviews",
    "booklet.reviews-help": "Note the date on which you went through a lesson.",
    "use.title": "How to use this booklet", "use.ask-lead": "Ask, answer, look.",
    "use.ask": "Read a question, say or write your answer, then turn to the page named at the end of its line. Every answer names the page of its question.",
    "use.boxes-lead": "Three boxes.",
    "use.boxes": "Tick one each time you were right, on different days: the first after a day, the second after a week, the third after a month. If you were wrong, rub out or cross out the ticks and start again. A question with three ticks can wait until the exam.",
    "use.test-lead": "A test.",
    "use.test": "Answer without notes, then compare with the answers in the whole booklet or on the cards, and tick the box of each question that you got right.",
    "use.answers-lead": "Answers.",
    "use.answers": "The numbers are those of the questions in the whole booklet and on the cards.",
    "use.cards-lead": "The cards.", "use.cards": "Every question is also an Anki card.",
    "use.name-in-question": "Its name is printed small at the end of the question, such as {name}.",
    "use.name-in-answer": "Its name is printed small at the end of the answer, such as {name}.",
    "use.find-card": "To find the card, type {search} into the search line of Anki’s browser. The card shows the number of the question.",
    "use.order-lead": "Order.",
    "use.order": "Questions are ordered by lesson, and within a lesson by what they ask for: exam questions first. Start with the exam questions to find out what you do not know; start with the terms if a lesson is new. Numbers never change, so a question added later has a higher number than the questions around it.",
    "use.index-lead": "Look something up.",
    "use.index": "The index at the end lists every term with its other names; bold is the page with the definition.",
    "print.title": "How to print this booklet",
    "print.open": "Open the print version, whose name ends in `-print.pdf`: its pages are already in the order of the folded sheets, two side by side on {paper}.",
    "print.print": "Print on both sides, **flipped on the short edge**, landscape, at **100\u202f%** (“actual size”). Do not let the printer make a booklet itself. Try the first two pages: the back of page 1 must not stand on its head.",
    "print.fold": "Lay the stack down as it comes, with the title page below on the right, and fold it in half across. Crease it with a ruler or the back of a spoon.",
    "print.staple": "Staple twice through the fold, a quarter of the height from each end. A long stapler reaches the fold; else open an ordinary one over corrugated cardboard, and bend the legs by hand.",
    "print.signatures": "More than 12 sheets do not fold well together: they come in signatures of at most 8. Each begins with the sheet that has a black mark on its fold. Fold and staple each by itself, lay them on one another so that the marks make a staircase down the back, and glue the backs into a strip of paper.",
    "print.options": "Another number of sheets to a signature: `aml-build build booklet --signature 6`. Thick paper pushes the inner pages out: `--creep 0.1` draws them in, by 0.1 millimetres a sheet.",
    "print.single": "Print on one side or both, as you like: the margins of all pages are alike. Leave the scale at 100\u202f%, or let two pages share a sheet.",
    # The preview of all cards.
    "preview.title": "{course}: all cards", "preview.count": "{cards} cards, {notes} notes",
    "preview.found": "{shown} of {all} cards", "preview.search": "Search cards",
    "preview.jump": "Jump to …", "preview.jump-label": "Jump to a lesson", "preview.width": "Width",
    "preview.both": "Phone and desktop", "preview.phone": "Phone", "preview.desktop": "Desktop",
    "preview.night": "Night", "preview.day": "Day", "preview.card": "{id} · card {number}",
    "preview.unwritten": "provisional id",
    # The preview while the notes are written: `aml-build watch`.
    "watch.waiting-title": "Waiting for the first cards", "watch.waiting": "No cards yet",
    "watch.waiting-help": "They appear here by themselves once the notes have been read without a mistake.",
    "watch.stale-mark": "not up to date",
    "watch.stale": "All cards stay as they were until the last error is corrected.",
    "watch.stale-lessons": "The cards of {lessons} are not up to date until the errors there are corrected.",
    "watch.unwritten": "{count} id is missing in the notes. Until it is written, its cards have a provisional one.",
    "watch.unwritten-many": "{count} ids are missing in the notes. Until they are written, their cards have provisional ones.",
    "watch.write": "Write the missing ids into the notes",
    "watch.writing-failed": "The ids could not be written. {reason}",
    "watch.panel": "State of the notes", "watch.error": "{count} error",
    "watch.errors": "{count} errors", "watch.warning": "{count} warning",
    "watch.warnings": "{count} warnings", "watch.trouble": "trouble",
    "watch.missing": "a tool is missing", "watch.well": "All well",
    "watch.reading": "Reading the notes …", "watch.printing": "printing …",
    "watch.printed": "printed", "watch.not-printed": "not printed", "watch.doing": "{step} …",
    "watch.lost": "Not watching any more: start aml-build watch again",
}  # fmt: skip


@cache
def pieces(key: str) -> tuple[tuple[str, str | None], ...]:
    """Return the texts of a phrase, each with the placeholder behind it; raise ``KeyError``."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(ENGLISH[key]))


def phrase(key: str, **values: object) -> str:
    """Return the phrase with its values; raise ``KeyError`` for an unknown key or placeholder."""
    return ENGLISH[key].format_map(values)


def count_of(count: int, noun: str) -> str:
    """Return a count with its noun for the command line: "1 card", "2 cards"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def counted(key: str, count: int) -> str:
    """Return the phrase ``key.one`` or ``key.many`` with its count."""
    return phrase(f"{key}.{'one' if count == 1 else 'many'}", count=count)
