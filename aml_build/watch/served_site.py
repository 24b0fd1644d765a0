"""The served cards and status: one thread writes them, others read them and wait for changes."""

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
"""Changes that are kept for pages that missed them; a page that missed more has to reload."""


class Event(msgspec.Struct, frozen=True):
    """A server-sent event for an open page."""

    kind: str
    """``delta``, ``status`` or ``reload``; empty for a sign of life."""
    id: str
    """Name of the version that the page shows after the event."""
    data: bytes
    """JSON in one line."""


_KEEP_ALIVE = Event("", "", b"")


class Site:
    """The current cards and status, with the events that lead to them."""

    def __init__(self) -> None:
        self._changed = Condition()
        # Pages of an earlier run at the same port have another session and reload.
        self._session = secrets.token_hex(4)
        self._version = 0
        self._deltas: deque[tuple[int, Delta]] = deque(maxlen=_REMEMBERED)
        self._cards: Cards | None = None
        self._sources: Mapping[str, Source] = {}
        self._status = Status()
        self._status_version = 0
        self._closed = False

    def show(self, cards: Cards, change: Delta | None) -> None:
        """Show new cards; without a change, open pages reload."""
        with self._changed:
            self._cards = cards
            self._version += 1
            if change is None:
                self._deltas.clear()
            else:
                self._deltas.append((self._version, change))
            self._changed.notify_all()

    def set_status(self, status: Status, sources: Mapping[str, Source] | None = None) -> None:
        """Show a new status; ``sources`` are the notes as they were last read."""
        with self._changed:
            self._status = status
            self._sources = self._sources if sources is None else sources
            self._status_version += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End every stream of events."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def status(self) -> Status:
        """Return the current status."""
        return self._status

    def now(self) -> tuple[Cards | None, str]:
        """Return the current cards and the name of their version."""
        with self._changed:
            return self._cards, self._name(self._version)

    def source(self, path: str) -> Source | None:
        """Return a file of the notes as it was last read; ``None`` for an unknown path."""
        return self._sources.get(path)

    def follow(self, name: str, patience: float) -> Iterator[Event]:
        """Yield the events after the version of that name; end when the site closes.

        After ``patience`` seconds without an event, yield an empty one: writing it fails if the
        reader is gone.
        """
        version, status_version = self._number(name), -1
        while True:
            with self._changed:
                if self._closed:
                    return
                if (version, status_version) == (self._version, self._status_version):
                    self._changed.wait(patience)
                if self._closed:
                    return
                events = self._events(version, status_version)
                version, status_version = self._version, self._status_version
            yield from events or [_KEEP_ALIVE]

    def _events(self, version: int, status_version: int) -> list[Event]:
        name = self._name(self._version)
        missed = [(at, change) for at, change in self._deltas if at > version]
        known = version >= 0 and len(missed) == self._version - version
        if not known or any(change.reload for _, change in missed):
            jump = missed[-1][1].jump if known else ""
            return [Event("reload", name, msgspec.json.encode({"jump": jump}))]
        events = [Event("delta", self._name(at), msgspec.json.encode(d)) for at, d in missed]
        if status_version != self._status_version:
            events.append(Event("status", name, msgspec.json.encode(self._status)))
        return events

    def _name(self, version: int) -> str:
        return f"{self._session}-{version}"

    def _number(self, name: str) -> int:
        """Return the number of a version of this run; -1 for a name of another run."""
        session, _, number = name.partition("-")
        known = session == self._session and number.isdecimal()
        return int(number) if known else -1
