"""The built site's addresses, links and policy: what readers, other people's links and programs rely on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from readingroom.editorial.edition import Edition
from tests.shown import Element, Shown
from tests.small import GOOD, Small

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
)
HERE = "https://here.example/"
DATA = frozenset({"application/ld+json"})
"""Types of script elements that hold data: a browser runs nothing of them, and no policy forbids them."""
_CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


@cache
def pages(site: Path) -> Mapping[str, Element]:
    """Every page of the site by its address below it: `people/`, `404.html`."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = Shown.of(path.read_text(encoding="utf-8")).root
    return found


@cache
def ids(site: Path, address: str) -> frozenset[str]:
    return frozenset(
        element.attributes[name]
        for element in pages(site)[address].all()
        for name in ("id", "name")
        if name in element.attributes
    )


def test_every_document_has_its_address_and_its_files_beside_it(demo_site: Path, demo: Edition) -> None:
    for edited in demo.documents:
        folder = demo_site / "documents" / edited.id
        assert (folder / "index.html").is_file()
        source = edited.document.source
        assert (folder / "source.txt").read_bytes() == (Path(__file__).parent.parent / source.file).read_bytes()
        said = json.loads((folder / "document.json").read_text(encoding="utf-8"))
        assert said["metadata"]["id"] == edited.id
        assert said["metadata"]["source"]["sha256"] == source.sha256
        assert said["text"] == edited.document.text.content
        assert said["lines"] == [list(line.span) for line in edited.document.text.lines]
        labels = [(label.span.start, label.span.end, label.kind, label.certainty) for label in edited.document.labels]
        given = [(each["start"], each["end"], each["kind"], each.get("certainty", "exact")) for each in said["labels"]]
        assert given == labels


def test_every_line_of_every_seed_can_be_linked(demo_site: Path, demo: Edition) -> None:
    for edited in demo.documents:
        anchors = ids(demo_site, f"documents/{edited.id}/")
        assert {f"L{line.number}" for line in edited.document.text.lines} <= anchors


@pytest.mark.parametrize(
    "address",
    [
        "",
        "documents/",
        "documents/by/year/",
        "documents/by/year/1994/",
        "documents/by/month/1994-04/",
        "documents/by/type/cable/",
        "documents/by/marking/confidential/",
        "documents/by/agency/national-security-council/",
        "documents/by/repository/william-j-clinton-presidential-library/",
        "documents/by/tag/pgov/",
        "timeline/",
        "correspondence/",
        "people/",
        "organizations/",
        "places/",
        "events/",
        "withheld/",
        "glossary/",
        "search/",
        "about/",
    ],
)
def test_page_stands_at_its_address(demo_site: Path, address: str) -> None:
    assert address in pages(demo_site)


def test_every_authority_page_stands_at_its_address(demo_site: Path, demo: Edition) -> None:
    for authority in demo.authorities:
        assert f"{authority.id}/" in pages(demo_site)


def test_annotation_files_are_no_pages(demo_site: Path) -> None:
    assert not (demo_site / "annotations").exists()


def test_every_internal_link_and_anchor_resolves(demo_site: Path) -> None:
    assert broken_links(demo_site) == []


def broken_links(site: Path) -> list[str]:
    """Every link within the site that leads to nothing, with the page that it stands on."""
    broken = []
    for address, root in pages(site).items():
        base = "/" if address == "404.html" else address
        for element in root.all():
            for name in ("href", "src"):
                target = element.attributes.get(name)
                if target is None or target.startswith(("mailto:", "data:")):
                    continue
                absolute, fragment = urldefrag(urljoin(urljoin(HERE, base), target))
                if absolute.startswith(HERE) and not _resolves(site, absolute, fragment):
                    broken.append(f"{address}: {target}")
    return broken


def _resolves(site: Path, absolute: str, fragment: str) -> bool:
    path = unquote(urlsplit(absolute).path).lstrip("/")
    file = site / path / "index.html" if path in {"", "."} or path.endswith("/") else site / path
    if not file.is_file():
        return False
    return not fragment or file.suffix != ".html" or unquote(fragment) in ids(site, path)


def test_ids_of_a_page_are_unique(demo_site: Path) -> None:
    for address, root in pages(demo_site).items():
        found = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
        assert sorted(found) == sorted(set(found)), address


def test_nothing_is_requested_from_elsewhere(demo_site: Path) -> None:
    for address, root in pages(demo_site).items():
        for element in root.tagged("link", "script", "img", "iframe", "source", "video", "audio", "object", "embed"):
            if element.tag == "link" and element.attributes.get("rel") in {"canonical", "license", "prev", "next"}:
                continue
            for name in ("href", "src", "srcset", "data"):
                target = element.attributes.get(name, "")
                assert not urlsplit(target).netloc, f"{address}: {target}"
    for path in [*demo_site.rglob("*.css")]:
        for first, second in _CSS_URL.findall(path.read_text(encoding="utf-8")):
            target = urlsplit(first or second)
            assert not target.netloc, f"{path.name}: {first or second}"
            assert target.scheme == "data" or not target.path or (path.parent / unquote(target.path)).is_file(), first


def test_policy_stands_on_every_page_and_nothing_inline_breaks_it(demo_site: Path) -> None:
    for address, root in pages(demo_site).items():
        policies = [
            unescape(meta.attributes.get("content", ""))
            for meta in root.tagged("meta")
            if meta.attributes.get("http-equiv", "").lower() == "content-security-policy"
        ]
        assert policies == [POLICY], address
        assert root.tagged("style", "base", "object", "embed", "applet") == [], address
        for element in root.all():
            wrong = [name for name in element.attributes if name.startswith("on") or name == "style"]
            assert not wrong, f"{address}: <{element.tag} {wrong}>"
            if element.tag == "script" and element.attributes.get("type") not in DATA:
                assert "src" in element.attributes, address
                assert not element.text().strip(), address


def test_slug_is_the_address_and_the_stem_leads_to_it(tmp_path: Path) -> None:
    small = Small.at(tmp_path / "edition", {"20_ab.txt": GOOD, "other.txt": "Another letter.\n"})
    small.write("docs/annotations/20_ab.md", "---\nslug: letter-to-a-reader\n---\n\nA headnote.\n")
    small.write("docs/annotations/other.md", "See [the letter](../documents/letter-to-a-reader.md).\n")
    assert [str(problem) for problem in small.build().problems] == []
    assert (small.root / "site" / "documents" / "letter-to-a-reader" / "source.txt").read_bytes() == GOOD.encode()
    old = small.shown("documents/20_ab").root
    (refresh,) = [each for each in old.tagged("meta") if each.attributes.get("http-equiv") == "refresh"]
    assert refresh.attributes["content"] == "0; url=../letter-to-a-reader/"
    assert [link.attributes["href"] for link in old.tagged("a")] == ["../letter-to-a-reader/"]


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    small = Small.at(tmp_path / "edition", {"letter.txt": GOOD, "other.txt": "SECRET\n\nAnother letter.\n"})
    small.build()
    first = _bytes(small.root / "site")
    assert small.build().written == 0
    assert _bytes(small.root / "site") == first


def _bytes(folder: Path) -> Mapping[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
