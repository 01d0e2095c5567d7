"""What all tests share: options such as `--long`, the demonstration edition, a browser, a server."""

import contextlib
import http.server
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.editorial.edition import Edition
from tests.browser import NoBrowserError, find
from tests.reading import ROOT

LEFT_OUT = pytest.StashKey[int]()
DAMAGED_BY = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("reading room")
    group.addoption("--long", action="store_true", help="also run the tests that take minutes")
    group.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")
    group.addoption("--update-scores", action="store_true", help="make today's scores on real papers the floors")
    group.addoption("--allow-lower", action="store_true", help="let --update-scores lower a floor")
    group.addoption(
        "--mutants",
        metavar="SEED[/NUMBER]",
        help="damage papers as chance did in the run that named this seed (one of them alone: /NUMBER)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Properties are tried on the same cases at every run, so that only a change fails it; the slow lane draws anew."""
    settings.register_profile("everyday", derandomize=True)
    settings.load_profile("default" if config.getoption("--long") else "everyday")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what uses the browser, before -m is looked at, and leaves out what is long unless asked for."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if not config.getoption("--long"):
        left_out = [item for item in items if item.get_closest_marker("long")]
        config.stash[LEFT_OUT] = len(left_out)
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def mutants(pytestconfig: pytest.Config) -> str:
    """By which chance papers are damaged: as asked, else in the slow lane by one of its own, else always the same."""
    long = pytestconfig.getoption("--long")
    fresh = str(random.SystemRandom().randrange(10**9)) if long else "0"
    pytestconfig.stash[DAMAGED_BY] = str(pytestconfig.getoption("--mutants") or fresh)
    return pytestconfig.stash[DAMAGED_BY]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if seed := config.stash.get(DAMAGED_BY, ""):
        terminalreporter.write_line(f"papers were damaged by --mutants {seed}")
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"left out: {count} marked long (run them with --long)")


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be written anew."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def demo() -> Edition:
    """The demonstration edition: the five seeds under their annotations, with the authority pages and the glossary."""
    return pipeline.read(Collection.at(ROOT / "mkdocs.yml")).edition


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site, built once for all tests; without a warning."""
    site = tmp_path_factory.mktemp("demonstration") / "site"
    outcome = pipeline.build(Collection.at(ROOT / "mkdocs.yml", site), strict=True)
    assert [str(problem) for problem in outcome.problems] == []
    return site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that asks nothing of the network by itself; if there is none, the tests that use it fail."""
    try:
        executable = find()
    except NoBrowserError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if sys.platform == "linux" and os.geteuid() == 0:  # Chromium refuses root a sandbox
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder the way a static host does: index.html for a folder, 404.html for what is not there."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - as the base class has it; named here because Windows' registry may differ
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/json",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name for it
        """Says nothing: what was not found is for a test to say."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address, without a final slash, at which `folder` is served as a site meanwhile."""
    handler = partial(SiteHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def served() -> Callable[[Path], AbstractContextManager[str]]:
    """What serves a folder in a `with` block, and gives its address there."""
    return serve
