"""Print what importing costs by size: time and memory grow in line. Run: python -m bench.importing."""

import tempfile
from pathlib import Path

from bench.measure import measure, tool

_MEGABYTES = (2.5, 5, 10)
_LIMIT = 10.0
"""Seconds that the largest may take, of the processor: a busy machine is no fault of ours."""
_WORDS = (
    "basalt granite pumice marble shale quartz feldspar mica olivine gneiss slate chert obsidian"
    " gabbro diorite dolomite gypsum halite pyrite magma crust mantle fault ridge basin delta"
).split()


def _sentence(seed: int) -> str:
    chosen = [_WORDS[(seed * 7 + n * (3 + seed % 5)) % len(_WORDS)] for n in range(12)]
    return " ".join(chosen).capitalize() + "."


def _item(number: int, count: int) -> list[str]:
    term = f"{_WORDS[count % len(_WORDS)].capitalize()} {count}"
    return [
        f"{number}. **{term}** is {_sentence(count).lower()} {_sentence(count + 1)}",
        "",
        f"- **Grain {count}** : {_sentence(count + 2)} It has $d_{{{count}}} = {count} x^2$ and k_{count % 10}.",
        f"- **Age {count}** is {_sentence(count + 3)} The sentence is cut by",
        "",
        f"a page break with an *aside* and `code {count}`.",
        "",
        f"$$ s_{{{count}}} = \\frac{{{count}}}{{x + {count}}} $$",
        "",
    ]  # fmt: skip


def write_notes(path: Path, size: int) -> int:
    """Write at least so many bytes of notes, no two items alike; return how many bytes."""
    written = 0
    count = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            lesson = [f"Lesson {count // 40 + 1}", ""]
            for number in range(1, 41):
                lesson += _item(number, count)
                count += 1
            text = "\n".join([*lesson, ""])
            written += len(text)
            file.write(text)
    return written


def main() -> None:
    """Measure three sizes; raise where the largest takes too long."""
    print("\nImport of generated notes, the whole process")
    with tempfile.TemporaryDirectory() as scratch:
        for megabytes in _MEGABYTES:
            notes = Path(scratch) / f"notes-{megabytes}.txt"
            size = write_notes(notes, int(megabytes * 1e6))
            out = Path(scratch) / f"course-{megabytes}"
            taken = measure(tool("import", str(notes), "--out", str(out)), 1)
            print(
                f"  {size / 1e6:5.1f} MB {taken.seconds:8.2f} s (own {taken.cpu_seconds:.2f} s) {taken.megabytes:7.0f} MB"
                f" {taken.cpu_seconds / size * 1e6:8.3f} s/MB",
                flush=True,
            )
        if taken.cpu_seconds > _LIMIT:
            raise SystemExit(f"10 MB took {taken.cpu_seconds:.1f} s: more than {_LIMIT:.0f} s")


if __name__ == "__main__":
    main()
