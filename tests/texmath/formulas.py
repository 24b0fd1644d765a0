"""Sample formulas: one for each allowed command, and random ones."""

import random
from collections.abc import Iterator

from aml_build.check.formulas import FormulaText
from aml_build.texmath import commands, violations

_ARGUMENT = {"m": "{x}", "f": "{A}", "t": "{ab c}", "d": "(", "o": "[a]", "s": "*"}


def every_command() -> Iterator[tuple[str, str]]:
    """Yield what is proved and a formula that uses it."""
    for name in commands.names():
        if name in commands.SIGNATURES:
            signature = commands.SIGNATURES[name]
            yield name, f"a {name}" + "".join(_ARGUMENT[letter] for letter in signature)
            yield name, f"a {name}" + "".join(_ARGUMENT[x] for x in signature if x not in "os")
        elif name in commands.OPERATORS:
            yield name, f"{name}\\limits_a^b {name}\\nolimits_a^b {name}_a"
        elif name not in commands.STRUCTURAL:
            yield name, f"a {name} b"
    for name in sorted(commands.ARGUMENTS):
        yield name, f"x_{name} \\frac{name}{name} \\sqrt{name} \\hat{name} b"
    for name in sorted(commands.RELATIONS):
        yield f"\\not{name}", f"a \\not{name} b"
    for name, columns in sorted(commands.ENVIRONMENTS.items()):
        spec = "{lc|r}" if name == "array" else ""
        row = " & ".join("a" * (columns or 3))
        yield name, f"\\begin{{{name}}}{spec} {row} \\\\[2pt] {row} \\end{{{name}}}"
    for name in sorted(commands.DELIMITERS):
        yield name, f"\\left{name} x \\middle{name} y \\right{name} \\bigl{name} \\Bigg{name}"
    yield "\\hline", "\\begin{array}{c} \\hline a \\\\ \\hline b \\end{array}"
    yield "\\substack", "\\sum_{\\substack{a \\\\ b}}"


def random_formulas(seed: int, count: int) -> tuple[FormulaText, ...]:
    """Return random formulas that the rules accept, however odd."""
    dice = random.Random(seed)
    found: set[FormulaText] = set()
    while len(found) < count:
        text = _run(dice, 3).strip()
        if text and not violations(text, {}):
            found.add(FormulaText(text, dice.random() < 0.5))
    return tuple(sorted(found))


_CHARACTERS = "abxyz012+-=(),|*[].'~/<>:;!?"
_STRAYS = (
    *'"^_{}&~@#%$\\',
    *("\\\\", "\\left(", "\\right)", "\\middle|", "\\limits", "\\not", "\\hline", "\n", "\n\n"),
    *("\\begin{aligned}", "\\end{aligned}", "\\substack{", "\\text{", "\\frac", "\\sqrt", "\\big"),
)


def _run(dice: random.Random, depth: int) -> str:
    return "".join(_item(dice, depth) for _ in range(dice.randrange(5)))


def _item(dice: random.Random, depth: int) -> str:
    kinds = [_character, _symbol, _stray] + [_group, _script, _call, _fenced, _table] * bool(depth)
    return dice.choice(kinds)(dice, depth - 1)


def _character(dice: random.Random, depth: int) -> str:
    return dice.choice(_CHARACTERS)


def _symbol(dice: random.Random, depth: int) -> str:
    return f"{dice.choice(commands.names())} "


def _stray(dice: random.Random, depth: int) -> str:
    return dice.choice(_STRAYS)


def _group(dice: random.Random, depth: int) -> str:
    return f"{{{_run(dice, depth)}}}"


def _script(dice: random.Random, depth: int) -> str:
    return dice.choice("^_") + dice.choice(["a", "\\alpha ", _group(dice, depth)])


def _call(dice: random.Random, depth: int) -> str:
    name = dice.choice(sorted(commands.SIGNATURES))
    return name + "".join(
        _group(dice, depth) if letter == "m" else dice.choice(["", _ARGUMENT[letter]])
        for letter in commands.SIGNATURES[name]
    )


def _fenced(dice: random.Random, depth: int) -> str:
    left, right = (dice.choice(sorted(commands.DELIMITERS)) for _ in range(2))
    return f"\\left{left}{_run(dice, depth)}\\right{right}"


def _table(dice: random.Random, depth: int) -> str:
    name = dice.choice(sorted(commands.ENVIRONMENTS))
    spec = "{l|c}" if name == "array" else ""
    between = dice.choice(["&", " \\\\ ", "\\\\[2pt]", "\\\\\\hline "])
    cells = between.join(_run(dice, depth) for _ in range(dice.randrange(1, 4)))
    return f"\\begin{{{name}}}{spec}{cells}\\end{{{name}}}"
