"""Annotation files by their contract: what a quotation anchors to, what an emendation changes, what is refused."""

import shutil
from pathlib import Path

import pytest

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.editorial.notes import Placed, place
from readingroom.editorial.passages import read_said
from readingroom.editorial.safety import refused
from readingroom.model.document import Document
from readingroom.page.markdown import transcription
from readingroom.recognize.recognizers import recognize
from readingroom.source.seeds import read_seeds
from readingroom.starter import start

ROOT = Path(__file__).resolve().parents[1]
MEMORANDUM, CABLE, LETTER = "000_ed839acb62f20c90", "002_dca7c9e705e88075", "004_353d7f26f4e92e65"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """The five documents by their stems."""
    return {seed.source.stem: recognize(seed) for seed in read_seeds(ROOT / "seeds").read}


def _placed(document: Document, body: str) -> Placed:
    return place(document, read_said(body, 1).passages, "docs/annotations/x.md")


def _words(document: Document, placed: Placed) -> list[str]:
    return [" ".join(document.text[note.span].split()) for note in placed.notes]


def test_bold_narrows_a_quotation_to_its_words(documents: dict[str, Document]) -> None:
    placed = _placed(documents[LETTER], "> ANDREI ASKED FOR A CLARIFICATION OF NATO POLICY **YESTERDAY**\n\nNote.\n")
    assert _words(documents[LETTER], placed) == ["YESTERDAY"]


def test_bold_of_the_seed_is_the_seeds(documents: dict[str, Document]) -> None:
    words = "a **final vote is likely to take place on Monday, October 4.**"
    placed = _placed(documents[MEMORANDUM], f"> {words}\n\nNote.\n")
    assert _words(documents[MEMORANDUM], placed) == [words]


def test_a_quotation_runs_over_page_furniture(documents: dict[str, Document]) -> None:
    placed = _placed(documents[CABLE], "> the Belgians would like us to support this request\n\nNote.\n")
    assert placed.problems == ()
    assert documents[CABLE].text[placed.notes[0].span].startswith("THE BELGIANS")
    assert documents[CABLE].text[placed.notes[0].span].endswith("SUPPORT THIS REQUEST")


def test_omission_leaves_words_out(documents: dict[str, Document]) -> None:
    placed = _placed(documents[LETTER], "> YOUR COMMITMENT TO CSCE … WOULD BE EVIDENT TO ALL\n\nNote.\n")
    assert _words(documents[LETTER], placed) == [
        "YOUR COMMITMENT TO CSCE AND IN MAINTAINING PEACE IN THE REGION WOULD BE EVIDENT TO ALL"
    ]


@pytest.mark.parametrize(
    ("stem", "quotation", "words"),
    [
        (CABLE, "WOULD LIKE US TO **SUPPORT THIS REQUEST**", "SUPPORT THIS REQUEST"),
        (CABLE, "CLAES HAD SPOKEN … TO URGE THAT **UN** CONSIDER", "UN"),
        (MEMORANDUM, "final vote is likely to take place on **Monday, October 4**", "Monday, October 4"),
    ],
)
def test_bold_narrows_over_furniture_omissions_and_the_seeds_own_bold(
    documents: dict[str, Document], stem: str, quotation: str, words: str
) -> None:
    assert _words(documents[stem], _placed(documents[stem], f"> {quotation}\n\nNote.\n")) == [words]


def test_bold_narrows_in_a_corrected_reading(documents: dict[str, Document]) -> None:
    body = "> I {~~BAVE~>HAVE~~} DEVELOPED\n\n> YOU AND I HAVE **DEVELOPED**\n\nNote.\n"
    assert _words(documents[LETTER], _placed(documents[LETTER], body)) == ["DEVELOPED"]


def test_an_emendation_beyond_furniture_is_on_its_words(documents: dict[str, Document]) -> None:
    placed = _placed(documents[CABLE], "> THE BELGIANS WOULD LIKE US TO {~~SUPPORT~>BACK~~} THIS REQUEST\n")
    assert [(e.old, e.new) for e in placed.emendations] == [("SUPPORT", "BACK")]


def test_emendations_are_on_their_words_and_either_reading_can_be_quoted(documents: dict[str, Document]) -> None:
    body = (
        "> YOU AND I {~~BAVE~>HAVE~~} DEVELOPED\n\nOCR.\n\n"
        "> I HAVE DEVELOPED. BUT I\n\nCorrected.\n\n> I BAVE DEVELOPED\n\nTyped.\n"
    )
    placed = _placed(documents[LETTER], body)
    assert placed.problems == ()
    assert [(e.old, e.new) for e in placed.emendations] == [("BAVE", "HAVE")]
    assert sorted(_words(documents[LETTER], placed)) == ["BAVE", "I BAVE DEVELOPED", "I BAVE DEVELOPED. BUT I"]


@pytest.mark.parametrize(
    ("quotation", "old", "new"),
    [
        ("CHARTER. {~~1IN~>IN~~} MY JUDGMENT", "1IN", "IN"),
        ("THE BUDAPEST SUMMIT REPRESENTS A{--~--} CRUCIAL OPPORTUNITY", "~", ""),
        ("TO PRESIDENT{++ YELTSIN++} DEAR BORIS", "", " YELTSIN"),
        ("I {~~WOULD'ﬁfKE TO ﬁEAR~>WOULD LIKE TO HEAR~~} YOUR RESPONSE", "WOULD'ﬁfKE TO ﬁEAR", "WOULD LIKE TO HEAR"),
    ],
)
def test_emendations_change_cut_and_add(documents: dict[str, Document], quotation: str, old: str, new: str) -> None:
    placed = _placed(documents[LETTER], f"> {quotation}\n")
    assert placed.problems == ()
    assert [(e.old, e.new) for e in placed.emendations] == [(old, new)]


def test_nested_and_listed_quotations_are_the_editors_own() -> None:
    said = read_said("Head.\n\n> DEAR BORIS\n\nNote.\n\n> > quoted\n\n- a\n\n    > in a list\n\nEnd.\n", 5)
    assert said.headnote == "Head."
    assert [passage.line for passage in said.passages] == [7]
    assert "> > quoted" in said.passages[0].note
    assert "in a list" in said.passages[0].note


def test_what_stands_twice_is_an_error_that_names_the_lines_and_a_link_settles_it(
    documents: dict[str, Document],
) -> None:
    document = documents[MEMORANDUM]
    (problem,) = _placed(document, "> E.O. 13526, 1.4(d)\n\nNote.\n").problems
    assert str(problem).startswith("docs/annotations/x.md:1: RR207 these words stand 2 times, on lines 25, 29.")
    placed = _placed(document, "> [E.O. 13526, 1.4(d)](#L29)\n\nNote.\n")
    assert document.text.line_at(placed.notes[0].span.start).number == 29
    (wrong,) = _placed(document, "> [E.O. 13526, 1.4(d)](#L30)\n\nNote.\n").problems
    assert wrong.code == "RR208"


def test_one_letter_changed_is_an_error_with_the_nearest_line(documents: dict[str, Document]) -> None:
    (problem,) = _placed(documents[LETTER], "> THIRTY-NINE STATES HAVE OFFERED STRANG POLITICAL SUPPORT\n").problems
    assert problem.code == "RR204"
    assert "Nearest: line 97, “THIRTY-NINE STATES HAVE OFFERED STRONG POLITICAL SUPPORT" in problem.message


def test_two_emendations_of_the_same_words_are_an_error(documents: dict[str, Document]) -> None:
    body = "> I {~~BAVE~>HAVE~~} DEVELOPED\n\n> AND I {~~BAVE~>GAVE~~} DEVELOPED\n"
    assert [problem.code for problem in _placed(documents[LETTER], body).problems] == ["RR209"]


def test_notes_may_overlap_and_are_numbered_by_their_words(documents: dict[str, Document]) -> None:
    body = (
        "> AGREED: NO SURPRISES; HIGH PRIORITY\n\nSecond.\n\n"
        "> PRINCIPLES ON WHICH YOU AND I AGREED: NO SURPRISES\n\nFirst.\n"
    )
    placed = _placed(documents[LETTER], body)
    assert [(note.number, note.words) for note in placed.notes] == [(1, "First."), (2, "Second.")]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src="x" onerror="alert(1)">',
        "x </aside> y",
        "<!-- note 2 -->",
        '[x](y.md){: onclick="a()" }',
        "[a](data:text/html,x)",
        '<div class="redaction">withheld</div>',
        "<style>p { display: none }</style>",
    ],
)
def test_active_words_are_refused(words: str) -> None:
    assert refused(words)


@pytest.mark.parametrize(
    "words",
    ["*a* **b** `<script>` 1 < 2 & c", "[a](../people/x.md)", "> quoted", "- a\n- b", "a[^1]\n\n[^1]: b", "T\n:   D"],
)
def test_plain_markdown_is_not_refused(words: str) -> None:
    assert refused(words) is None


@pytest.mark.parametrize(
    ("front_matter", "line", "said"),
    [
        ("titel: x", 2, "Nearest: title."),
        ("title: x\ndate: 1994-13-45", 3, "EDTF"),
        ("title: x\n\tdate: y", 3, "not YAML"),
        ('title: "x', 2, "not YAML"),
        ("title: &a x", 2, "Put the value in quotes"),
        ("title: !!python/object x", 2, "Put the value in quotes"),
        ("title: x\nto: [Clinton, William J.]", 3, "Put each member in quotes"),
    ],
)
def test_malformed_front_matter_is_one_problem_at_its_line(
    collection: Collection, front_matter: str, line: int, said: str
) -> None:
    _annotate(collection, f"---\n{front_matter}\n---\n")
    (problem,) = pipeline.read(collection).problems
    assert problem.line in {line, line + 1}
    assert said in problem.message


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """A collection with one of the five documents and no annotation."""
    start(tmp_path)
    shutil.copy(ROOT / "seeds" / f"{LETTER}.txt", tmp_path / "seeds")
    (tmp_path / "docs" / "annotations").mkdir()
    return Collection.at(tmp_path / "mkdocs.yml")


def _annotate(collection: Collection, words: str) -> None:
    (collection.docs / "annotations" / f"{LETTER}.md").write_text(words, encoding="utf-8")


def test_a_wrong_quotation_leaves_the_site_and_keep_going_shows_it(collection: Collection) -> None:
    _annotate(collection, "> DEAR BORIS\n\nNote one.\n")
    assert pipeline.build(collection).published
    page = collection.site_dir / "documents" / LETTER / "index.html"
    before = page.read_bytes()
    assert b"Note one." in before
    _annotate(collection, "> DEAR BORRIS\n\nNote one.\n")
    outcome = pipeline.build(collection)
    assert [p.code for p in outcome.problems] == ["RR204"]
    assert outcome.problems[0].path == f"docs/annotations/{LETTER}.md"
    assert not outcome.published
    assert page.read_bytes() == before
    assert pipeline.build(collection, keep_going=True).published
    assert "these words are not in the seed" in page.read_text(encoding="utf-8")


def test_a_refused_note_is_a_problem_and_not_on_the_page(collection: Collection) -> None:
    _annotate(collection, "> DEAR BORIS\n\n<script>alert(1)</script>\n")
    outcome = pipeline.build(collection, keep_going=True)
    assert [p.code for p in outcome.problems] == ["RR210"]
    page = (collection.site_dir / "documents" / LETTER / "index.html").read_text(encoding="utf-8")
    assert "alert(1)</script>" not in page


def test_the_page_says_emendations_in_words(collection: Collection) -> None:
    _annotate(collection, "> I {~~BAVE~>HAVE~~} DEVELOPED\n\nOCR.\n")
    (edited,) = pipeline.read(collection).edition.documents
    assert "AND I *[1:]**[for]*BAVE*[read HAVE]**[note 1]* DEVELOPED" in transcription(edited)


def test_no_command_writes_what_an_editor_wrote(collection: Collection) -> None:
    _annotate(collection, "> DEAR BORIS\n\nNote.\n")
    watched = [p for p in collection.docs.rglob("*") if p.is_file()] + list(collection.seeds.iterdir())
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in watched}
    pipeline.convert(collection)
    pipeline.check(collection)
    pipeline.build(collection)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in watched} == before
