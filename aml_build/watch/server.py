"""The HTTP side: the page, its files, the notes, and a stream of news; for this computer only."""

import html
import mimetypes
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from aml_build.diagnostics.source import Source
from aml_build.resources import template
from aml_build.watch.rebuild import NOTES
from aml_build.watch.served_site import News, Site

HOST = "127.0.0.1"
ARTIFACTS = "artifacts"
_PATIENCE = 10.0
"""Seconds between signs of life on a quiet stream; so long a page that is gone holds its thread."""
_SCRIPTS = {"live.js": "text/javascript", "live.css": "text/css"}
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # The page is all inline; what it may not do is to send anything elsewhere.
    "Content-Security-Policy": (
        "default-src 'self' 'unsafe-inline' data:; frame-ancestors 'none'; form-action 'none'"
    ),
}


class Server(ThreadingHTTPServer):
    """Serves a site on loopback."""

    daemon_threads = True

    def __init__(self, site: Site, out: Path, port: int) -> None:
        """Bind to the port, 0 for any that is free; raise ``OSError`` where it is taken."""
        self.site = site
        self.out = out
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        """Return where the page is."""
        return f"http://{HOST}:{self.server_port}/"

    @property
    def names(self) -> tuple[str, str]:
        """Return the names by which this computer calls itself.

        Other names in a request mean that a page of somebody else's was pointed at us (DNS rebinding).
        """
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: what fails here is a browser that has gone away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer a request for one of the few things that there are."""
        if self.headers.get("Host", "") not in self.server.names:
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        address = urlsplit(self.path)
        room, _, rest = unquote(address.path).lstrip("/").partition("/")
        if not room or (room == "index.html" and not rest):
            self._page()
        elif room == "events":
            self._events(parse_qs(address.query).get("after", [""])[0])
        elif room in _SCRIPTS:
            self._answer(template(f"preview/{room}").encode(), _SCRIPTS[room])
        elif room == NOTES:
            self._source(rest)
        elif room == ARTIFACTS:
            self._artifact(rest)
        else:
            self._companion(f"{room}/{rest}")

    def _page(self) -> None:
        cards, version = self.server.site.now()
        text = template("preview/waiting.html") if cards is None else cards.page.html
        live = (
            '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="/live.css">\n'
            f'<script src="/live.js" data-version="{version}" defer></script>\n</head>'
        )
        self._answer(text.replace("</head>", live, 1).encode(), "text/html")

    def _events(self, after: str) -> None:
        """Stream news until the page goes or the site closes (server-sent events)."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers("text/event-stream")
        self.end_headers()
        # A browser that reconnects says itself how far it has come.
        since = self.headers.get("Last-Event-ID") or after
        try:
            for news in self.server.site.follow(since, _PATIENCE):
                self.wfile.write(_told(news))
                self.wfile.flush()
        except OSError:
            return

    def _source(self, path: str) -> None:
        source = self.server.site.source(path)
        if source is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        else:
            self._answer(_numbered(source).encode(), "text/html")

    def _artifact(self, name: str) -> None:
        """Send one of the artifacts that were built: those named, and nothing else on the disk."""
        if name not in self.server.site.status.artifacts:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        try:
            data = (self.server.out / name).read_bytes()
        except OSError:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        self._answer(data, _type(name))

    def _companion(self, path: str) -> None:
        cards, _ = self.server.site.now()
        if cards is None or path not in cards.companions:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        self._answer(cards.companions[path], _type(path))

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self._headers(f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self.send_response(status)
        self._headers("text/plain")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _headers(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")

    def version_string(self) -> str:
        """Name the tool, not the Python that runs it."""
        return "aml-build"

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for what the author wants to know."""


def _told(news: News) -> bytes:
    if not news.kind:
        return b": still here\n\n"
    return f"event: {news.kind}\nid: {news.id}\ndata: ".encode() + news.data + b"\n\n"


def _numbered(source: Source) -> str:
    """Return a page of the source whose lines can be linked to."""
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
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
