"""Anki's MathJax, run in this process by V8."""

import atexit
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

A = TypeVar("A")

_COMPONENTS = (
    "core.js",
    "adaptors/liteDOM.js",
    "input/tex-full.js",
    "input/tex/extensions/mathtools.js",
    "output/svg.js",
    "output/svg/fonts/tex.js",
)
# The components need a loader when they are evaluated, but never call it.
_LOADER = (
    "var MathJax = {version: '3.2.2', _: {components: "
    "{package: {PackageError: Error}, loader: {Loader: {}, CONFIG: {}}}}};"
)
_SETUP = r"""
var aml = (function () {
  const {mathjax} = MathJax._.mathjax;
  const {TeX} = MathJax._.input.tex_ts;
  const {SVG} = MathJax._.output.svg_ts;
  const {TeXFont} = MathJax._.output.svg.fonts.tex_ts;
  const {liteAdaptor} = MathJax._.adaptors.liteAdaptor;
  const {RegisterHTMLHandler} = MathJax._.handlers.html_ts;
  const {SerializedMmlVisitor} = MathJax._.core.MmlTree.SerializedMmlVisitor;
  const {STATE} = MathJax._.core.MathItem;
  // As Anki: all packages, mathtools among them, without textmacros. noerrors and noundefined would
  // show a mistake in red instead of an error; newcommand and configmacros would let one formula
  // change what the next one means.
  const without = new Set(['textmacros', 'noerrors', 'noundefined', 'newcommand', 'configmacros']);
  const packages = MathJax._.input.tex.AllPackages.AllPackages.filter(name => !without.has(name));
  RegisterHTMLHandler(liteAdaptor());
  const tex = new TeX({packages: packages, formatError: (_, error) => { throw error; }});
  // Nothing is drawn, but some packages measure with the output that they are to have.
  const svg = new SVG({font: new TeXFont()});
  const page = mathjax.document('', {InputJax: tex, OutputJax: svg});
  const visitor = new SerializedMmlVisitor();
  const outcome = work => {
    try { return JSON.stringify({value: work()}); }
    catch (error) { return JSON.stringify({error: error.message || String(error)}); }
  };
  const read = (tex, display) => page.convert(tex, {display: display, end: STATE.COMPILED});
  return {
    faults: formulas => outcome(() => formulas.map(([tex, display]) => {
      try { read(tex, display); return ''; }
      catch (error) { return error.message || String(error); }
    })),
    mathml: (tex, display) => outcome(() => visitor.visitTree(read(tex, display))),
  };
})();
"""
_SECONDS = 5.0
"""Limit for a call; a usual formula takes two milliseconds."""
_AT_ONCE = 100
"""Formulas in a call: calling V8 takes longer than checking one formula."""


class MathJaxError(ValueError):
    """A formula that MathJax cannot read."""


class MathJax:
    """MathJax 3.2.2 with the packages that Anki gives it, started when first used."""

    def start(self) -> None:
        """Load MathJax now, which takes a quarter of a second in threads of its own."""
        _ = self._engine

    def faults(self, formulas: Sequence[tuple[str, bool]]) -> list[str]:
        """Return MathJax's error message for each formula, empty if it has none.

        Each formula is its LaTeX and whether it is displayed.
        """
        parts = [formulas[at : at + _AT_ONCE] for at in range(0, len(formulas), _AT_ONCE)]
        return [fault for part in parts for fault in self._faults(part)]

    def _faults(self, formulas: Sequence[tuple[str, bool]]) -> list[str]:
        try:
            return self._call("faults", formulas, kind=list[str])
        except MathJaxError as error:
            if len(formulas) == 1:
                return [str(error)]
            # One of them failed, or all together took too long.
            return [fault for formula in formulas for fault in self._faults([formula])]

    def mathml(self, tex: str, *, display: bool) -> str:
        """Return the formula as MathJax understands it; raise ``MathJaxError``."""
        return self._call("mathml", tex, display, kind=str)

    @cached_property
    def _engine(self) -> "MiniRacer":
        """Load MathJax."""
        from py_mini_racer import MiniRacer

        engine = MiniRacer()
        # V8's threads must end before the interpreter, or they can keep it from exiting.
        atexit.register(engine.close)
        engine.eval(_LOADER)
        folder = files("mathjax") / "static" / "mathjax" / "es5"
        for component in _COMPONENTS:
            engine.eval((folder / component).read_text(encoding="utf-8"))
        engine.eval(_SETUP)
        return engine

    def _call(self, function: str, *given: object, kind: type[A]) -> A:
        """Call one of the functions of ``_SETUP`` in V8."""
        from py_mini_racer import JSEvalException

        arguments = ", ".join(map(json.dumps, given))
        try:
            answer = self._engine.eval(f"aml.{function}({arguments})", timeout_sec=_SECONDS)
        except JSEvalException as error:
            # Time, memory or stack ran out: the engine may be unusable now.
            stale = self.__dict__.pop("_engine", None)
            if stale is not None:
                atexit.unregister(stale.close)
                stale.close()
            raise MathJaxError("This formula takes too long or nests too deeply") from error
        outcome: dict[str, Any] = json.loads(str(answer))
        if "error" in outcome:
            raise MathJaxError(outcome["error"])
        return msgspec.convert(outcome["value"], kind)
