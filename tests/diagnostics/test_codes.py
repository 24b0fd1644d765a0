import ast
import re
from itertools import pairwise
from pathlib import Path

from aml_build.diagnostics import codes as diagnostics
from aml_build.diagnostics.codes import WARNINGS, Code
from aml_build.diagnostics.suggestions import nearest
from tests.paths import ROOT

ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([a-z ]+) \| (.+) \| (.+) \|$", re.MULTILINE)


def rows() -> dict[str, tuple[str, str, str]]:
    text = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    found = ROW.findall(text)
    assert len({code for code, *_ in found}) == len(found)
    return {code: (severity, wrong, remedy) for code, severity, wrong, remedy in found}


def docstrings() -> dict[str, str]:
    tree = ast.parse(Path(diagnostics.__file__).read_text(encoding="utf-8"))
    body = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Code").body
    found = {}
    for node, following in pairwise(body):
        match node, following:
            case (
                ast.Assign(value=ast.Constant(value=str(code))),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found[code] = text
    return found


def test_every_code_has_a_row_in_the_docs() -> None:
    assert set(rows()) == {code.value for code in Code}


def test_the_docs_say_what_the_code_says() -> None:
    said = {code: text.replace("``", "`") for code, text in docstrings().items()}
    assert said == {code: wrong for code, (_, wrong, _) in rows().items()}


def test_the_docs_tell_warnings_from_errors() -> None:
    warnings = {code for code, (severity, *_) in rows().items() if "warning" in severity}
    assert warnings == set(WARNINGS)


def test_every_code_is_provoked_by_a_test() -> None:
    here = Path(__file__)
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests").rglob("*"))
        if path.suffix in (".md", ".py") and path != here
    )
    unseen = [
        code.value
        for code in Code
        if not re.search(rf"(?<![\w-]){code.value}(?![\w-])|\bCode\.{code.name}\b", tests)
    ]
    assert unseen == []


def test_the_nearest_word_begins_alike() -> None:
    assert nearest("aks", ["was", "aka"]) == "aka"
    assert nearest("titel", ["title", "label"]) == "title"
    assert nearest("zzz", ["title"]) is None
