"""What the tests of the notes' numbers share: find a phrase, count weights, differentiate."""

from collections.abc import Callable, Sequence
from pathlib import Path

CONTENT = Path(__file__).parents[1]


def says(lesson: int, *phrases: str) -> None:
    [path] = CONTENT.glob(f"{lesson:02}-*.md")
    lines = path.read_text(encoding="utf-8").splitlines()
    text = " ".join(" ".join(line.removeprefix("> ") for line in lines).split())
    for phrase in phrases:
        assert phrase in text, f"lesson {lesson} no longer says {phrase!r}"


def drawing(figure: str) -> str:
    return (CONTENT / "figures" / f"{figure}.tex").read_text(encoding="utf-8")


def draws(figure: str, *labels: str) -> None:
    for label in labels:
        assert label in drawing(figure), f"figure {figure} no longer shows {label!r}"


def size(n: int, kernel: int, padding: int = 0, stride: int = 1) -> int:
    """Count the places of the window, instead of trusting the formula."""
    return len(range(-padding, n + padding - kernel + 1, stride))


def weights(inputs: int, outputs: int, kernel: int = 1) -> int:
    return kernel * kernel * inputs * outputs


def layer(inputs: int, outputs: int, kernel: int = 1) -> int:
    return weights(inputs, outputs, kernel) + outputs


def derivative(f: Callable[[float], float], x: float, step: float = 1e-6) -> float:
    return (f(x + step) - f(x - step)) / (2 * step)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
