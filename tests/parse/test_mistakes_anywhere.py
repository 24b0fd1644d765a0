"""The same mistakes in courses of other subjects and languages: one cause, one message, and no id."""

import re
from collections.abc import Mapping

import pytest

from tests.mistakes import course, fix
from tests.parse.test_author_mistakes import STARTER, every
from tests.paths import ROOT

GERMAN = """---
lesson: 1
title: Die Reichsgründung
---

## Zollverein {#zollverein .formula priority=1 aka="Deutscher Zollverein; DZV" see="norddeutscher-bund"}

Hob ab 1834 die Zölle zwischen den meisten deutschen Staaten auf; „Kleindeutschland“ zeichnete sich ab.

Er entstand ==1834=={.c1} unter der Führung ==Preußens=={.c2}. {#entstehung}

> [!WARNING]
> Österreich gehörte zum Zollverein. {#aussen}
>
> Nein: Es blieb draußen.

### Wem nützte der Zollverein? {#nutzen}

Der Industrie, größer werdende Märkte vorausgesetzt.

## Norddeutscher Bund {#norddeutscher-bund needs="zollverein" source="Nipperdey 1992"}

Vereinte ab 1867 die Staaten nördlich des Mains; siehe [](#zollverein).

{#schritte ask="Welche Schritte führten zum Reich?"}
1. Preußen besiegt Österreich. {#krieg}
2. Die süddeutschen Staaten treten bei. {#beitritt}
"""

GREEK = """---
lesson: 1
title: Τροχιές και εποχές
---

## Τρίτος νόμος του Κέπλερ {#tritos-nomos .formula priority=1 aka="αρμονικός νόμος" needs="trochia"}

Συνδέει το έτος ενός πλανήτη με την απόστασή του από τον Ήλιο.

$$ T^2=a^3 $$ {#eq-tritos}

- $T$: περίοδος, σε έτη
- $a$: μέση απόσταση

### Γιατί έχει ο Άρης μεγαλύτερο έτος από τη Γη? {#aris}

Είναι πιο μακριά από τον Ήλιο.

## Τροχιά {#trochia .reversible see="tritos-nomos"}

Η κλειστή πορεία ενός σώματος γύρω από ένα άλλο.

{#imeres}
| | Ιούνιος | Δεκέμβριος |
|---|---|---|
| μέρα {#mera} | μεγάλη | μικρή |
| νύχτα {#nychta} | μικρή | μεγάλη |

{#simeia ask="Ποια σημεία;"}
- **Περιήλιο**: το πλησιέστερο {#periilio}
- **Αφήλιο**: το πιο μακρινό {#afilio}
"""

HISTORY = ROOT / "tests" / "courses" / "history"
COURSES: Mapping[str, Mapping[str, str]] = {
    "starter": STARTER,
    "history": {
        path.relative_to(HISTORY).as_posix(): path.read_text(encoding="utf-8")
        for path in HISTORY.rglob("*.*")
    },
    "german": {"course.yaml": "id: reich\ntitle: Das Reich\nlanguage: de\n", "01.md": GERMAN},
    "greek": {"course.yaml": "id: trochies\ntitle: Τροχιές\nlanguage: el\n", "01.md": GREEK},
}

_ID = r"\{#(?=[\w-]+[ }])"
_VALUE = r'="([^"\n]*)"(?=[ }])'
MISTAKES = {
    "lost hash": (_ID, "{"),
    "space behind the hash": (_ID, "{# "),
    "two hashes": (_ID, "{##"),
    "lost opening brace": (r" \{#(?=[\w-]+[ }])", " #"),
    "lost closing brace": (r"(\{#[^{}\n]*)\}", r"\1"),
    "capital": (r"\{#(?=[\w-]+[ }])", "{#Ab"),
    "full stop behind the braces": (r"(\{#[^{}\n]*\})$", r"\1."),
    "no space behind hashes": (r"^(##+) ", r"\1"),
    "concept of level 1": (r"^## ", "# "),
    "concept of level 3": (r"^## ", "### "),
    "question of level 4": (r"^### ", "#### "),
    "question of level 1": (r"^### ", "# "),
    "curly quotes": (_VALUE, r"=“\1”"),
    "German quotes": (_VALUE, r"=„\1“"),
    "French quotes": (_VALUE, r"=«\1»"),
    "single quotes": (_VALUE, r"='\1'"),
    "no quotes": (r'(aka|source|see|needs)="([^"\n{}]* [^"\n{}]*)"(?=[ }])', r"\1=\2"),
    "lost closing quote": (_VALUE, r'="\1'),
    "lost opening quote": (_VALUE, r'=\1"'),
    "spaces around =": (_VALUE, r' = "\1"'),
    "line of dashes missing": (r"^\|[-|: ]+\|\n", ""),
    "misspelt alert": (r"\[!WARNING\]", "[!WARNIG]"),
    "alert missing": (r"^> \[!WARNING\]\n", ""),
    "formula not closed": (r"^(\$\$.*)\$\$", r"\1"),
    "picture missing": (r"\]\(figures/", "](figures/zzzzzzz-"),
    "no alt text": (r"!\[[^\]]*\]", "![]"),
    "tab": (r"^  (?=\\)", "\t"),
    "macro not indented": (r"^  (?=\\)", ""),
    "lost quote of the title": (r"^title: ", 'title: "'),
    "colon in the title": (r"^(title: \S+) ", r"\1: "),
    "misspelt title": (r"^title:", "titel:"),
    "no space behind the colon": (r"^lesson: ", "lesson:"),
}
"""What is replaced by what, each at one place."""


def _places(files: Mapping[str, str], pattern: str) -> list[tuple[str, re.Match[str]]]:
    """Return the first, the last and two other places of a pattern."""
    found = [
        (path, match)
        for path, text in sorted(files.items())
        if path.endswith((".md", "course.yaml"))
        for match in re.finditer(pattern, text, re.MULTILINE)
    ]
    return (
        [found[i] for i in sorted({0, len(found) // 3, 2 * len(found) // 3, len(found) - 1})]
        if found
        else []
    )


@pytest.mark.parametrize("name", COURSES)
def test_the_course_has_no_mistakes(name: str) -> None:
    assert every(course(dict(COURSES[name]))) == ()


@pytest.mark.parametrize("name", COURSES)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_cause_gives_one_message(name: str, mistake: str) -> None:
    files = dict(COURSES[name])
    pattern, wrong = MISTAKES[mistake]
    for path, match in _places(files, pattern):
        text = files[path]
        edited = text[: match.start()] + match.expand(wrong) + text[match.end() :]
        parsed = course(files | {path: edited})
        found = every(parsed)
        line = text.count("\n", 0, match.start()) + 1
        assert [d.span.path for d in found] == [path], (match[0], *map(str, found))
        assert abs(found[0].span.line - line) <= 1
        assert fix(parsed) == {}
