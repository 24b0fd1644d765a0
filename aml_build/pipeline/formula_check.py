"""Formulas judged by MathJax and TeX in the background, while the other passes go on."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from aml_build.check.formulas import FormulaText, Verdict, check_math, start_mathjax
from aml_build.model import Lesson
from aml_build.storage.cache import Cache


class FormulaCheck:
    """One background thread that asks the engines; a context manager that waits for it.

    Without ``tex``, MathJax alone is asked, which takes a fraction of the time.
    """

    def __init__(self, cache: Cache, *, tex: bool = True) -> None:
        self._cache, self._tex = cache, tex
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._verdict: Future[Verdict] | None = None

    def __enter__(self) -> "FormulaCheck":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown()

    def warm_up(self) -> None:
        """Start MathJax, which takes longer than reading the notes does."""
        self._thread.submit(start_mathjax, self._cache)

    def start(self, lessons: Sequence[Lesson], formulas: tuple[FormulaText, ...]) -> None:
        """Ask the engines about the distinct formulas of the lessons."""
        self._verdict = self._thread.submit(
            check_math, lessons, formulas, self._cache, tex=self._tex
        )

    def result(self) -> Verdict:
        """Wait for the engines; return their diagnostics and the tools that are missing."""
        return self._verdict.result() if self._verdict is not None else ((), ())
