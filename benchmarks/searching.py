"""How many bytes a first search transfers: in a real browser, from a server that compresses as hosts do.

The home page is opened first. What counts is what it fetches for searching (Material fetches its index with every first
page), and then all that is sent until the results stand and nothing more is asked for. Bodies are counted, as sent.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".xml"})
_QUIET = 1.5
"""Seconds without a request after which a page has all that it asks for."""
_PATIENCE = 120_000
"""Milliseconds until results must stand."""


_FOR_SEARCH = re.compile(r"/search/|/workers/search")


class _Site(ThreadingHTTPServer):
    at = 0.0
    """when something was last asked for"""

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
        self.sent: list[tuple[str, int]] = []
        """path and bytes of each answer"""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def settle(self) -> None:
        """Wait until nothing has been asked for a while."""
        self.at = max(self.at, time.monotonic())
        while time.monotonic() - self.at < _QUIET:
            time.sleep(_QUIET / 10)


class _Handler(SimpleHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        """Send a file, compressed if it is of a kind that hosts compress, and count it."""
        self.server.at = time.monotonic()
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        compressed = path.suffix in _COMPRESSED
        body = gzip.compress(path.read_bytes(), 6) if compressed else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.server.sent.append((self.path, len(body)))
        self.server.at = time.monotonic()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextlib.contextmanager
def _served(site: Path) -> Iterator[_Site]:
    server = _Site(site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _search_ours(page: Page, address: str, word: str) -> None:
    page.goto(f"{address}search/?q={word}")
    page.wait_for_selector("[data-rr-search-results] a", timeout=_PATIENCE)


def _search_material(page: Page, address: str, word: str) -> None:  # noqa: ARG001 - its search is on every page
    field = page.locator("input[data-md-component=search-query]")
    field.click()
    field.press_sequentially(word)
    page.wait_for_selector(".md-search-result__item", timeout=_PATIENCE)


WAYS: dict[str, Callable[[Page, str, str], None]] = {"ours": _search_ours, "peer": _search_material}
"""How one searches, on a site of ours and on the peer's."""


def first_search(site: Path, word: str, way: str) -> int | None:
    """Return the bytes of a first search for a word; None where there is no Playwright or no browser."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - need not be there

        from tests.browser import NoBrowserError, find  # noqa: PLC0415 - needs Playwright
    except ImportError:
        return None
    try:
        browser_file = find()
    except NoBrowserError:
        return None
    with _served(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(server.address)
        server.settle()
        home = len(server.sent)
        WAYS[way](page, server.address, word)
        server.settle()
        browser.close()
        counted = [*filter(_is_for_search, server.sent[:home]), *server.sent[home:]]
        return sum(size for _, size in counted)


def _is_for_search(answer: tuple[str, int]) -> bool:
    return _FOR_SEARCH.search(answer[0]) is not None
