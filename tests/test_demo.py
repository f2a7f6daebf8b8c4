"""The demo, walked from end to end: what was filed, every page of every bundle, every mail.

Played twice: as on a machine without LibreOffice, and with it where it is installed.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.generic import Destination

from pipeline import wiring
from pipeline.demo import NOW, run_demo
from pipeline.edges import excel, shipped
from pipeline.edges.clock import frozen_clock
from pipeline.edges.journal import SqliteJournal
from pipeline.edges.reading import read
from pipeline.values import (
    BuiltBundle,
    Dispatch,
    Filed,
    HeldPaper,
    MeetingPlace,
    Member,
    PartVerdict,
    Place,
    Procedure,
)

MEETING = "2026-12-08 Overlegvergadering"
EXPECTED = json.loads((Path(__file__).parent / "demo_expected.json").read_text("utf-8"))
_NUMBERS_UNTIL, _PAGES_FROM = 110.0, 500.0
"""Where the column of numbers ends and that of page numbers begins on our own sheets, in points."""
_STAMP = re.compile(
    r"(?:(?P<front>voorblad|agenda)|agendapunt (?P<item>\S+)(?: · stuk (?P<paper>\S+))?)"
    r" · (?P<page>\d+)/(?P<total>\d+)\s*$"
)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What is printed on a page: its place in the agenda, its number, the total."""

    item: str
    paper: str
    page: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle as a reader finds it.

    Attributes:
        texts: Text of each page.
        labels: Label of each page.
        marks: Bookmarks: level, title, page from 1.
        links: Of each link between pages: page it stands on, left side, the words under it, page it goes to.
    """

    path: Path
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    marks: tuple[tuple[int, str, int], ...]
    links: tuple[tuple[int, float, str, int], ...]

    def stamp(self, page: int) -> Stamp:
        found = _STAMP.search(self.texts[page - 1])
        assert found, f"no stamp on page {page}: {self.texts[page - 1][-80:]!r}"
        return Stamp(
            item=found["item"] or found["front"],
            paper=found["paper"] or "",
            page=int(found["page"]),
            total=int(found["total"]),
        )


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A demo that was played, read back."""

    base: Path
    told: list[str]
    report: str
    filed: tuple[Filed, ...]
    held: tuple[HeldPaper, ...]
    verdicts: dict[tuple[str, str], PartVerdict]
    names: dict[str, str]
    concepts: dict[str, BuiltBundle]
    dispatches: tuple[Dispatch, ...]
    procedures: tuple[Procedure, ...]
    members: tuple[Member, ...]
    bundles: dict[str, Bundle]

    @property
    def meeting(self) -> Path:
        return self.base / "werkmap" / Place.VERGADERINGEN / MEETING

    @property
    def mails(self) -> list[EmailMessage]:
        found = (
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted((self.base / "verzonden mail").glob("*.eml"))
        )
        return [mail for mail in found if isinstance(mail, EmailMessage)]


@pytest.fixture(scope="session", params=["without LibreOffice", "with LibreOffice"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    if request.param == "with LibreOffice" and not shutil.which("soffice"):
        pytest.skip("no LibreOffice here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUKKENSTROOM_ZONDER_LIBREOFFICE", "1" if request.param.startswith("without") else "0")
        base = tmp_path_factory.mktemp("demo") / "demo"
        told: list[str] = []
        report = run_demo(base, frozen_clock(NOW), told.append, " ".join)
        yield read_back(base, told, report)


def read_back(base: Path, told: list[str], report: str) -> Demo:
    journal = SqliteJournal(base / "dienst", frozen_clock(NOW))
    with journal.transaction() as ledger:
        arrivals = [ledger.arrival(line.subject) for line in ledger.lines() if line.event == "arrived"]
        known = [arrival for arrival in arrivals if arrival is not None]
        found = Demo(
            base=base,
            told=told,
            report=report,
            filed=ledger.filed(),
            held=ledger.held(),
            verdicts={
                (arrival.key, document.part.number): document.verdict
                for arrival in known
                for document in ledger.documents(arrival.key)
            },
            names={arrival.key: f"{arrival.via.value}/{arrival.name}" for arrival in known},
            concepts={one.plan.edition.name: one for one in ledger.concepts(MEETING)},
            dispatches=tuple(one for one in ledger.dispatches() if one.file),
            procedures=ledger.procedures(),
            members=excel.read_members(base / "werkmap" / Place.INSTELLINGEN / "leden.xlsx"),
            bundles={
                name: read_bundle(
                    base
                    / "werkmap"
                    / Place.VERGADERINGEN
                    / MEETING
                    / MeetingPlace.VERSTUURD
                    / f"{MEETING} - {name}.pdf"
                )
                for name in ("leden", "PMR")
            },
        )
    journal.close()
    return found


def read_bundle(path: Path) -> Bundle:
    """Read a bundle: text with another library than it was made with."""
    reader = pypdf.PdfReader(path)
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage() for page in pdf]
        return Bundle(
            path=path,
            texts=tuple(page.get_text_range() for page in pages),
            labels=tuple(reader.page_labels),
            marks=tuple(_marks(reader, reader.outline, 0)),
            links=tuple(
                (at, box[0], " ".join(pages[at - 1].get_text_bounded(*box).split()), target)
                for at, box, target in _links(reader)
            ),
        )


def _marks(reader: pypdf.PdfReader, outline: list[object], level: int) -> Iterator[tuple[int, str, int]]:
    for one in outline:
        if isinstance(one, list):
            yield from _marks(reader, one, level + 1)
        elif isinstance(one, Destination):
            yield level, str(one.title), (reader.get_destination_page_number(one) or 0) + 1


def _links(reader: pypdf.PdfReader) -> Iterator[tuple[int, tuple[float, ...], int]]:
    """Give every link that goes to a page: where it stands, its box, where it goes."""
    pages = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages, 1)}  # type: ignore[union-attr]
    for at, page in enumerate(reader.pages, start=1):
        for annotation in page.get("/Annots") or ():
            link = annotation.get_object()
            if link.get("/Subtype") == "/Link" and isinstance(link.get("/Dest"), list):
                target = list.__getitem__(link["/Dest"], 0)  # the reference itself, not the page
                yield at, tuple(float(side) for side in link["/Rect"]), pages[target.idnum]


# --- what came in ----------------------------------------------------------------------


def test_four_steps_are_told_and_then_a_report(demo: Demo) -> None:
    assert [line[:5] for line in demo.told] == [f"[{step}/4]" for step in range(1, 5)]
    for word in ("Opgeborgen", "Aangehouden", "Lopende procedures", "Bundels", "Verzonden", "Werkmap"):
        assert word in demo.report
    assert "Nog niet gelukt" not in demo.report
    assert demo.report.endswith(
        f"once --werkmap {demo.base / 'werkmap'} --data {demo.base / 'dienst'} --now {NOW}"
    )


def test_every_part_is_where_it_was_expected(demo: Demo) -> None:
    """What is filed, held or neither, and as what, against what was written by hand."""
    filed = {(paper.origin.arrival, paper.origin.part): paper.kind.value for paper in demo.filed}
    held = {(paper.origin.arrival, paper.origin.part): paper for paper in demo.held}
    keys = {name: key for key, name in demo.names.items()}
    wrong = []
    for row in EXPECTED:
        at = (keys[row["file"]], row["part"])
        outcome = "filed" if at in filed else "held" if at in held else "none"
        found = (demo.verdicts[at].value, outcome, filed.get(at))
        wanted = (row["verdict"], row["outcome"], row["kind"] if row["outcome"] == "filed" else None)
        if found != wanted:
            wrong.append(f"{row['file']} {row['part']}: {found} instead of {wanted}")
    assert wrong == []
    assert len(filed) + len(held) == sum(row["outcome"] != "none" for row in EXPECTED)


def test_every_term_ends_on_the_day_that_was_worked_out_by_hand(demo: Demo) -> None:
    """Noord has its Christmas holiday from 19 December to 3 January, which the reglement does not count.

    0001: WMS 34 lid 2, six weeks after the decision of 2 November. 0005: 38 of 42 days are 11 November to
    18 December, the last four 4 to 7 January. 0008 and 0010: 16 and 17 November, 32 and 31 days before the
    holiday. 0009: it reached the chair on 2 November; its six weeks end before the holiday.
    """
    own = ("reglement", "WMS-34-2")
    found = {
        one.dossier: str(term.strict)
        for one in demo.procedures
        for term in one.deadlines
        if term.term.startswith(own)
    }
    assert found == {
        "2026-0001": "2026-12-14",
        "2026-0005": "2027-01-07",
        "2026-0008": "2027-01-13",
        "2026-0009": "2026-12-14",
        "2026-0010": "2027-01-14",
    }


def test_every_filed_paper_lies_in_the_archive_as_it_came(demo: Demo) -> None:
    from hashlib import sha256  # noqa: PLC0415

    for paper in demo.filed:
        path = demo.base / "werkmap" / Place.ARCHIEF / paper.path
        assert sha256(path.read_bytes()).hexdigest() == paper.sha256
        assert (
            json.loads(path.with_name(f"{path.name}.json").read_bytes())["stuk"]["kenmerk"] == paper.kenmerk
        )


# --- the bundles, page by page ---------------------------------------------------------


@pytest.fixture(params=["leden", "PMR"])
def bundle(demo: Demo, request: pytest.FixtureRequest) -> Bundle:
    return demo.bundles[request.param]


def concept_of(demo: Demo, bundle: Bundle) -> BuiltBundle:
    return demo.concepts[bundle.path.stem.rpartition(" - ")[2]]


@pytest.mark.skipif(not shutil.which("qpdf"), reason="no qpdf here")
def test_qpdf_has_no_complaint(bundle: Bundle) -> None:
    done = subprocess.run(["qpdf", "--check", bundle.path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_labels_and_stamps_are_the_page_numbers(bundle: Bundle) -> None:
    total = len(bundle.texts)
    for page in range(1, total + 1):
        assert bundle.labels[page - 1] == str(page)
        assert (bundle.stamp(page).page, bundle.stamp(page).total) == (page, total)


def test_every_page_lies_under_the_bookmark_of_its_stamp(bundle: Bundle) -> None:
    """From a bookmark to the next one the stamp names that item and that paper."""
    for page in range(1, len(bundle.texts) + 1):
        stamp = bundle.stamp(page)
        item, at_item = max(
            ((title, at) for level, title, at in bundle.marks if level == 0 and at <= page),
            key=lambda one: one[1],
        )
        assert item.split()[0].lower() == stamp.item
        papers = [(title, at) for level, title, at in bundle.marks if level == 1 and at_item < at <= page]
        if stamp.paper:
            assert papers
            assert max(papers, key=lambda one: one[1])[0].split()[0] == stamp.paper
        else:
            assert papers == []


def test_every_paper_starts_where_the_bookmarks_and_the_links_say(demo: Demo, bundle: Bundle) -> None:
    concept = concept_of(demo, bundle)
    first = {placed.paper.number: placed.first_page for placed in concept.papers}
    for number, page in first.items():
        assert bundle.stamp(page).paper == number
        assert bundle.stamp(page - 1).paper != number
        assert any(
            level == 1 and title.split()[0] == number and at == page for level, title, at in bundle.marks
        )
        assert page in {target for at, _, _, target in bundle.links if bundle.stamp(at).item == "agenda"}


def test_every_link_of_our_own_sheets_goes_where_it_says(demo: Demo, bundle: Bundle) -> None:
    """A page number goes to that page; a number of an item or paper goes to where that begins."""
    starts: dict[str, set[int]] = {}
    for level, title, at in bundle.marks:
        if level < 2:
            starts.setdefault(title.split()[0], set()).add(at)
    own = [link for link in bundle.links if not bundle.stamp(link[0]).paper]
    numbers = [(text, target) for _, left, text, target in own if left < _NUMBERS_UNTIL]
    pages = [(text, target) for _, left, text, target in own if left > _PAGES_FROM]
    assert len(numbers) == len(pages) > 2 * len(concept_of(demo, bundle).papers)
    assert [(text, target) for text, target in numbers if target not in starts.get(text, set())] == []
    assert [(text, target) for text, target in pages if text != str(target)] == []


# --- confidential ----------------------------------------------------------------------


def test_a_private_address_stands_in_no_edition(demo: Demo) -> None:
    """A parent who wrote is on the list of papers that came in, by name."""
    for bundle in demo.bundles.values():
        assert any("Saskia Wouters" in text for text in bundle.texts)
        assert not any("thuispost" in text for text in bundle.texts)


def test_the_members_edition_has_no_trace_of_the_confidential_paper(demo: Demo) -> None:
    """Not its title, its file name, nor a sentence of it: in no text, bookmark, link, metadata or mail."""
    secret = [placed for placed in demo.concepts["PMR"].papers if "vertrouwelijk" in placed.paper.source]
    assert len(secret) == 1
    source = demo.meeting / secret[0].paper.source
    sentences = [line for line in _lines(read(source.read_bytes(), source.name).text) if len(line) > 50]
    assert len(sentences) > 3
    marks = [secret[0].paper.title, source.stem, *sentences]
    bundle = demo.bundles["leden"]
    reader = pypdf.PdfReader(bundle.path)
    raw = bundle.path.read_bytes().decode("latin-1")
    everything = " ".join(
        _lines("\n".join((*bundle.texts, *(title for _, title, _ in bundle.marks))))
        + [text for _, _, text, _ in bundle.links]
        + [str(reader.metadata), raw]
    )
    assert [mark for mark in marks if mark in everything] == []
    inside = " ".join(_lines("\n".join(demo.bundles["PMR"].texts)))
    assert secret[0].paper.title in inside
    for mail in demo.mails:
        body = mail.get_body(("plain",))
        assert body is not None
        assert not any(mark in body.get_content() for mark in marks)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


# --- the mails -------------------------------------------------------------------------


def _carries(mail: EmailMessage) -> str:
    """Name the file a mail carries; empty without one."""
    return next((str(part.get_filename()) for part in mail.iter_attachments()), "")


def test_one_letter_went_to_the_board_and_is_recorded(demo: Demo) -> None:
    """The acknowledgement of 2026-0008; the other concepts still lie there for the secretary."""
    (letter,) = [mail for mail in demo.mails if _carries(mail) and not _carries(mail).startswith(MEETING)]
    assert [address.addr_spec for address in letter["To"].addresses] == ["bestuur@veenrijk.example"]
    assert _carries(letter) == "2026-0008 Ontvangstbevestiging.pdf"
    (attached,) = letter.iter_attachments()
    sent = demo.base / "werkmap" / Place.BRIEVEN_VERSTUURD / "2026-0008 Ontvangstbevestiging.pdf"
    assert attached.get_content() == sent.read_bytes()
    (procedure,) = [one for one in demo.procedures if one.dossier == "2026-0008"]
    assert ("ontvangst_bevestigd_op", "2026-11-23") in [(one.field, one.answer) for one in procedure.events]
    assert sorted(path.name for path in (demo.base / "werkmap" / Place.BRIEVEN_CONCEPT).iterdir()) == [
        "2026-0005 Ontvangstbevestiging - concept.docx",
        "2026-0009 Ontvangstbevestiging - concept.docx",
        "2026-0010 Ontvangstbevestiging - concept.docx",
        "2026-0010 Ter kennisneming - concept.docx",
    ]


def test_each_member_gets_one_mail_with_the_right_edition(demo: Demo) -> None:
    day = frozen_clock(NOW)().date()
    now = [member for member in demo.members if member.is_member_on(day)]
    former = [member for member in demo.members if not member.is_member_on(day)]
    by_mail = {member.email: member for member in now if member.delivery == "mail"}
    with_file = [mail for mail in demo.mails if _carries(mail).startswith(MEETING)]
    to = [address.addr_spec for mail in with_file for address in mail["To"].addresses]
    assert sorted(to) == sorted(by_mail)
    assert len(former) == 1
    assert former[0].email not in {
        address.addr_spec for mail in demo.mails for address in mail["To"].addresses
    }
    for mail, address in zip(with_file, to, strict=True):
        (attached,) = mail.iter_attachments()
        edition = "PMR" if "PMR" in by_mail[address].committees else "leden"
        assert attached.get_content() == demo.bundles[edition].path.read_bytes()
        assert mail["Cc"] is None
        assert mail["Bcc"] is None


def test_who_gets_paper_has_a_print_and_an_address_sheet(demo: Demo) -> None:
    paper = [member.name for member in demo.members if member.delivery == "papier"]
    assert paper
    sheets = [path for path in (demo.meeting / "Afdrukken").iterdir() if path.name.startswith("Adresbladen")]
    text = " ".join("\n".join(read(path.read_bytes(), path.name).text for path in sheets).split())
    assert all(name in text for name in paper)


def test_a_second_run_does_nothing(demo: Demo) -> None:
    from pipeline import service  # noqa: PLC0415

    before = {path: path.stat().st_mtime_ns for path in (demo.base / "werkmap").rglob("*")}
    with wiring.open_office(
        demo.base / "werkmap", demo.base / "dienst", frozen_clock(NOW), works=True
    ) as office:
        service.work_once(office)
    assert {path: path.stat().st_mtime_ns for path in (demo.base / "werkmap").rglob("*")} == before
    assert shipped.config_folder().is_dir()
