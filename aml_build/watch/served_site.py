"""What is served at this moment; one thread writes it, many read it and wait for the next."""

import secrets
from collections import deque
from collections.abc import Iterator, Mapping
from threading import Condition

import msgspec

from aml_build.diagnostics.source import Source
from aml_build.watch.card_changes import Delta
from aml_build.watch.panel_status import Status
from aml_build.watch.rebuild import Cards

_REMEMBERED = 32
"""Changes that a page may have missed before it has to load anew."""


class News(msgspec.Struct, frozen=True):
    """One thing told to an open page."""

    kind: str
    """``delta``, ``status`` or ``reload``; empty where there was nothing for a while."""
    id: str
    """What the page holds once it has taken this in."""
    data: bytes
    """JSON in one line."""


_QUIET = News("", "", b"")


class Site:
    """The cards, the state of things, and those who follow them."""

    def __init__(self) -> None:
        self._changed = Condition()
        # Tells this run from an earlier one at the same port.
        self._session = secrets.token_hex(4)
        self._version = 0
        self._deltas: deque[tuple[int, Delta]] = deque(maxlen=_REMEMBERED)
        self._cards: Cards | None = None
        self._sources: Mapping[str, Source] = {}
        self._status = Status()
        self._told = 0
        self._closed = False

    def show(self, cards: Cards, change: Delta | None) -> None:
        """Show new cards; without a change, open pages load anew."""
        with self._changed:
            self._cards = cards
            self._version += 1
            if change is None:
                self._deltas.clear()
            else:
                self._deltas.append((self._version, change))
            self._changed.notify_all()

    def tell(self, status: Status, sources: Mapping[str, Source] | None = None) -> None:
        """Say how things stand; ``sources`` are the notes as they were last read."""
        with self._changed:
            self._status = status
            self._sources = self._sources if sources is None else sources
            self._told += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def status(self) -> Status:
        """Return how things stand."""
        return self._status

    def now(self) -> tuple[Cards | None, str]:
        """Return the cards of now and the name of their version."""
        with self._changed:
            return self._cards, self._name(self._version)

    def source(self, path: str) -> Source | None:
        """Return a file of the notes as it was last read."""
        return self._sources.get(path)

    def follow(self, name: str, patience: float) -> Iterator[News]:
        """Yield what happens after the version of that name; end when the site closes.

        Every ``patience`` seconds without news, yield empty news, so that the reader can be missed.
        """
        version, told = self._number(name), -1
        while True:
            with self._changed:
                if self._closed:
                    return
                if (version, told) == (self._version, self._told):
                    # Every notification is news to a follower, or the end.
                    self._changed.wait(patience)
                if self._closed:
                    return
                news = self._news(version, told)
                version, told = self._version, self._told
            yield from news or [_QUIET]

    def _news(self, version: int, told: int) -> list[News]:
        name = self._name(self._version)
        missed = [(at, change) for at, change in self._deltas if at > version]
        known = version >= 0 and len(missed) == self._version - version
        if not known or any(change.reload for _, change in missed):
            jump = missed[-1][1].jump if known else ""
            return [News("reload", name, msgspec.json.encode({"jump": jump}))]
        news = [News("delta", self._name(at), msgspec.json.encode(d)) for at, d in missed]
        if told != self._told:
            news.append(News("status", name, msgspec.json.encode(self._status)))
        return news

    def _name(self, version: int) -> str:
        return f"{self._session}-{version}"

    def _number(self, name: str) -> int:
        """Return the number of a version of this run; -1 for a name of another run."""
        session, _, number = name.partition("-")
        known = session == self._session and number.isdecimal()
        return int(number) if known else -1
