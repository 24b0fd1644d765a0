"""The HTTP server of the preview: the page, its files, the notes and a stream of events."""

import contextlib
import html
import mimetypes
import secrets
from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from aml_build.diagnostics.source import Source
from aml_build.resources import template
from aml_build.storage.files import describe
from aml_build.watch.rebuild import NOTES
from aml_build.watch.served_site import Event, Site

HOST = "127.0.0.1"
ARTIFACTS = "artifacts"
IDS = "ids"
"""A POST to this path writes the missing ids into the notes."""
TOKEN = "X-Preview-Token"
_PATIENCE = 10.0
"""Seconds between signs of life on a stream; the thread of a closed page ends after so long."""
_SCRIPTS = {"live.js": "text/javascript", "live.css": "text/css"}
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # The page is all inline, and must not send data to another host.
    "Content-Security-Policy": (
        "default-src 'self' 'unsafe-inline' data:; frame-ancestors 'none'; form-action 'none'"
    ),
}


class Server(ThreadingHTTPServer):
    """Serves a site on the loopback interface."""

    daemon_threads = True

    def __init__(self, site: Site, out: Path, port: int, write_ids: Callable[[], object]) -> None:
        """Bind to the port, 0 for any free one; raise ``OSError`` if it is taken.

        ``write_ids`` writes the missing ids into the notes, and may raise ``OSError``.
        """
        self.site = site
        self.out = out
        self.write_ids = write_ids
        self.writing = Lock()
        self.token = secrets.token_urlsafe()
        """Known to the served page alone: a request to change the notes has to carry it."""
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"http://{HOST}:{self.server_port}/"

    @property
    def names(self) -> tuple[str, str]:
        """Return the accepted host names.

        A request with another name comes from a foreign page that resolves to this computer (DNS
        rebinding).
        """
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: errors here come from browsers that closed the connection."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer a request by the first part of its path."""
        if self.headers.get("Host", "") not in self.server.names:
            self._end(HTTPStatus.FORBIDDEN)
            return
        address = urlsplit(self.path)
        first, _, rest = unquote(address.path).lstrip("/").partition("/")
        if not first or (first == "index.html" and not rest):
            self._page()
        elif first == "events":
            self._events(parse_qs(address.query).get("after", [""])[0])
        elif first in _SCRIPTS:
            self._answer(template(f"preview/{first}").encode(), _SCRIPTS[first])
        elif first == NOTES:
            self._source(rest)
        elif first == ARTIFACTS:
            self._artifact(rest)
        else:
            self._companion(f"{first}/{rest}")

    def do_POST(self) -> None:
        """Write the missing ids into the notes, if the served page itself asks for it."""
        # The body is not read, so the connection cannot serve another request.
        self.close_connection = True
        if not self._is_own_page():
            self._end(HTTPStatus.FORBIDDEN)
        elif self.path != f"/{IDS}":
            self._end(HTTPStatus.NOT_FOUND)
        else:
            try:
                with self.server.writing:
                    self.server.write_ids()
            except OSError as problem:
                self._end(HTTPStatus.INTERNAL_SERVER_ERROR, describe(problem))
                return
            self._end(HTTPStatus.NO_CONTENT)

    def _is_own_page(self) -> bool:
        """Return whether the request is from the page that this server sent.

        A browser names the origin of each POST, and lets no page of another origin read the token.
        """
        host = self.headers.get("Host", "")
        return (
            host in self.server.names
            and self.headers.get("Origin", "") == f"http://{host}"
            and compare_digest(self.headers.get(TOKEN, "").encode(), self.server.token.encode())
        )

    def _page(self) -> None:
        cards, version = self.server.site.now()
        text = template("preview/waiting.html") if cards is None else cards.page.html
        live = (
            '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="/live.css">\n'
            f'<script src="/live.js" data-version="{version}" data-token="{self.server.token}" '
            "defer></script>\n</head>"
        )
        self._answer(text.replace("</head>", live, 1).encode(), "text/html")

    def _events(self, after: str) -> None:
        """Stream server-sent events until the page or the site closes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers("text/event-stream")
        self.end_headers()
        # A browser that reconnects sends the id of the last event that it got.
        since = self.headers.get("Last-Event-ID") or after
        try:
            for event in self.server.site.follow(since, _PATIENCE):
                self.wfile.write(_event_bytes(event))
                self.wfile.flush()
        except OSError:
            return

    def _source(self, path: str) -> None:
        source = self.server.site.source(path)
        self._answer(_numbered(source).encode() if source else None, "text/html")

    def _artifact(self, name: str) -> None:
        """Send an artifact that was built; no other file on the disk."""
        data = None
        if name in self.server.site.status.artifacts:
            with contextlib.suppress(OSError):
                data = (self.server.out / name).read_bytes()
        self._answer(data, _type(name))

    def _companion(self, path: str) -> None:
        cards, _ = self.server.site.now()
        self._answer(cards.companions.get(path) if cards else None, _type(path))

    def _answer(self, data: bytes | None, kind: str) -> None:
        """Send the data; without any, "not found"."""
        if data is None:
            self._end(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self._headers(f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _end(self, status: HTTPStatus, reason: str = "") -> None:
        self.close_connection = True
        data = reason.encode()
        self.send_response(status)
        self._headers("text/plain; charset=utf-8")
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _headers(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")

    def version_string(self) -> str:
        """Name the tool without the version of Python."""
        return "aml-build"

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the terminal is for the results of builds."""


def _event_bytes(event: Event) -> bytes:
    if not event.kind:
        return b": still here\n\n"
    return f"event: {event.kind}\nid: {event.id}\ndata: ".encode() + event.data + b"\n\n"


def _numbered(source: Source) -> str:
    """Return a page with the source, where each line can be linked to."""
    lines = "\n".join(
        f'<li id="L{number}"><pre>{html.escape(line) or " "}</pre></li>'
        for number, line in enumerate(source.text.split("\n"), start=1)
    )
    return (
        f'<!doctype html><html lang=""><meta charset="utf-8"><title>{html.escape(source.path)}'
        '</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/live.css">'
        f'<ol class="pv-live-source">{lines}</ol></html>'
    )


def _type(path: str) -> str:
    # Python knows WebP only where the system's list does.
    return mimetypes.guess_type(path)[0] or (
        "image/webp" if path.endswith(".webp") else "application/octet-stream"
    )
