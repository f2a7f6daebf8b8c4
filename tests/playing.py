"""A small council on disk, to play with: its settings, its post, its desk, and what became of it.

The settings are written here, so that no test hangs on the demo. Everything is the product
itself, but for the converter (see ``fakes.py``).
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from docx.text.paragraph import Paragraph
from fakes import FastConverter

from pipeline import service, wiring
from pipeline.edges import files
from pipeline.edges.clock import frozen_clock
from pipeline.edges.werkmap import write_marker
from pipeline.office import Office
from pipeline.values import MeetingPlace, Place

NOW = "2026-11-23T09:00"
MEETING = "2026-12-08 Overlegvergadering"
BOARD = "bestuur@zandhof.example"

COUNCIL = """
[raad]
naam = "MR De Zandhof"
kort = "MR Zandhof"
orgaan = "mr"
regime = "wms-po"
regio = "noord"
bevoegd_gezag = "Bestuur Stichting Zandhof"
postbus = "mr@zandhof.example"
eigen_adressen = ["mr@zandhof.example"]
groepen = ["PMR"]

[secretaris]
naam = "Sanne Vermeer"
e-mail = "s.vermeer@zandhof.example"

[voorzitter]
naam = "Bram Kuiper"
e-mail = "b.kuiper@zandhof.example"

[[relaties]]
naam = "Bestuur Stichting Zandhof"
e-mail = "bestuur@zandhof.example"
rol = "bevoegd_gezag"

[vergadering]
vaste_punten = ["Opening", "Ingekomen stukken"]
slotpunten = ["Sluiting"]

[verzending]
bedenktijd_minuten = 0
"""

BYLAWS = """
[termijn.adviesaanvraag]
lengte = 6
eenheid = "week"
artikel = "21"
zonder_schoolvakanties = true

[termijn.instemmingsverzoek]
lengte = 6
eenheid = "week"
artikel = "21"
zonder_schoolvakanties = true
"""

MACHINE = '[postbus]\nmap = "../postbus"\n\n[verzending]\nmap = "../uit"\n\n[map]\nrust_seconden = 0\n'

_CLAIMED = ".stukkenstroom/onderhanden"
"""Where claimed files pass through; whether the empty folder is there says nothing."""

MEMBERS = (
    ("Bram Kuiper", "De heer", "b.kuiper@zandhof.example", "ouders", "", "mail"),
    ("Noor Willems", "Mevrouw", "n.willems@zandhof.example", "personeel", "PMR", "mail"),
    ("Tijs Hofman", "", "t.hofman@zandhof.example", "personeel", "", "mail"),
    ("Wil Dekker", "Mevrouw", "", "ouders", "", "papier"),
)

NOTE = "Geachte leden,\n\nBijgaand ontvangt u ons verzoek.\n\nMet vriendelijke groet,\nhet bestuur\n"

REQUEST = (
    "Zandhof, 16 november 2026",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: instemmingsverzoek vakantierooster 2027-2028",
    "Geachte leden van de medezeggenschapsraad,",
    "Hierbij verzoeken wij u om instemming met het voorgenomen besluit over het vakantierooster 2027-2028.",
    "Wij ontvangen uw besluit over instemming graag vóór 15 januari 2027.",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)

ADVICE = (
    "Zandhof, 9 november 2026",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: adviesaanvraag schooltijden",
    "Geachte leden van de medezeggenschapsraad,",
    "Wij vragen u om advies over het voorgenomen besluit tot andere schooltijden (artikel 11 onder l WMS).",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)

ANNEX = (
    "Bijlage: vakantierooster 2027-2028",
    "Herfstvakantie: 16 tot en met 24 oktober 2027.",
    "Kerstvakantie: 25 december 2027 tot en met 9 januari 2028.",
)


# --- papers ----------------------------------------------------------------------------


def word(path: Path, lines: tuple[str, ...]) -> Path:
    """Write a Word document with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def mail(
    subject: str,
    text: str,
    *attached: Path,
    sender: str = BOARD,
    day: str = "Mon, 16 Nov 2026 10:15:00 +0100",
) -> bytes:
    """Write a mail as the board sends it."""
    message = EmailMessage()
    message["Received"] = f"from mail.zandhof.example by mx.zandhof.example with ESMTPS; {day}"
    message["From"] = f"Bestuur Stichting Zandhof <{sender}>"
    message["To"] = "MR De Zandhof <mr@zandhof.example>"
    message["Subject"] = subject
    message["Date"] = day
    message["Message-ID"] = f"<{hashlib.sha256(subject.encode()).hexdigest()[:16]}@zandhof.example>"
    message.set_content(text)
    for path in attached:
        message.add_attachment(
            path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name
        )
    content = message.as_bytes()
    for boundary in {part.get_boundary() for part in message.walk() if part.get_boundary()}:
        content = content.replace(str(boundary).encode(), b"=_grens_1")
    return content


def sheet(path: Path, heads: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> Path:
    """Write a workbook with one table."""
    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    for row in (heads, *rows):
        table.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


# --- the council -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Play:
    """A council in a folder of its own: ``werkmap``, ``dienst``, ``postbus`` and ``uit``."""

    base: Path

    @property
    def root(self) -> Path:
        return self.base / "werkmap"

    @property
    def data(self) -> Path:
        return self.base / "dienst"

    @property
    def outbox(self) -> Path:
        return self.base / "uit"

    @property
    def meeting(self) -> Path:
        return self.root / Place.VERGADERINGEN / MEETING

    @property
    def bundle(self) -> Path:
        return self.meeting / MeetingPlace.BUNDEL

    def place(self, *steps: str) -> Path:
        return self.root.joinpath(*steps)

    def post(self, name: str, content: bytes) -> None:
        (self.base / "postbus").mkdir(exist_ok=True)
        (self.base / "postbus" / name).write_bytes(content)

    def drop(self, name: str, content: bytes) -> Path:
        path = self.root / Place.INKOMEND / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def settings(self, text: str) -> None:
        (self.root / Place.INSTELLINGEN / "raad.toml").write_text(text, "utf-8")

    def pause(self, minutes: int) -> None:
        self.settings(COUNCIL.replace("bedenktijd_minuten = 0", f"bedenktijd_minuten = {minutes}"))

    def concepts(self) -> list[Path]:
        return sorted(self.bundle.glob("*concept*.pdf"))

    def approve(self, place: MeetingPlace = MeetingPlace.VERSTUREN) -> list[Path]:
        """Move every concept to a folder that sends, as the secretary does."""
        moved = []
        for concept in self.concepts():
            target = self.meeting / place / concept.name
            target.parent.mkdir(exist_ok=True)
            moved.append(concept.rename(target))
        return moved

    def card(self, kenmerk: str) -> Path:
        """Give the zaakkaart of a running procedure."""
        (found,) = self.place(Place.LOPEND).glob(f"{kenmerk} */zaakkaart.xlsx")
        return found

    def fill(self, question: str, answer: object, kenmerk: str = "2026-0001") -> None:
        """Type an answer on a zaakkaart and save it, as a person does in Excel; None empties the cell."""
        book = openpyxl.load_workbook(self.card(kenmerk))
        table = book["Zaakkaart"]
        (row,) = [row for row in table.iter_rows() if row[0].value == question]
        table.cell(row[0].row or 0, 2).value = answer  # type: ignore[assignment]
        book.save(self.card(kenmerk))

    def asked(self, question: str, kenmerk: str = "2026-0001") -> tuple[str, str]:
        """Read a line of a zaakkaart as it is shown: the answer, and the column Vastgelegd."""
        table = openpyxl.load_workbook(self.card(kenmerk))["Zaakkaart"]
        (row,) = [row for row in table.iter_rows(values_only=True) if row[0] == question]
        answer, recorded = row[1], row[3]
        shown = f"{answer:%d-%m-%Y}" if isinstance(answer, datetime) else str(answer or "")
        return shown, str(recorded or "")

    def concept(self, name: str) -> Path:
        """Give the concept of a letter: ``Advies``."""
        (found,) = self.place(Place.BRIEVEN_CONCEPT).glob(f"* {name} - concept.docx")
        return found

    def complete(self, name: str) -> Path:
        """Write something at every ``[NOG …]`` of a concept, as a person does in Word."""
        path = self.concept(name)
        document = docx.Document(str(path))
        for paragraph in _paragraphs(document):
            if "[NOG" in paragraph.text:
                paragraph.text = _STILL_TO_DO.sub("zoals besproken", paragraph.text)
        document.save(str(path))
        return path

    def send_letter(self, name: str) -> Path:
        """Move the concept of a letter to ``Brieven/Versturen``."""
        concept = self.concept(name)
        target = self.place(Place.BRIEVEN_VERSTUREN, concept.name)
        target.parent.mkdir(exist_ok=True)
        return concept.rename(target)

    def mails(self) -> list[Path]:
        return sorted(self.outbox.glob("*.eml")) if self.outbox.is_dir() else []

    @contextmanager
    def office(self, now: str = NOW, *, works: bool = True) -> Iterator[Office]:
        """Open the desk; only the converter is not the product's own."""
        with wiring.open_office(self.root, self.data, frozen_clock(now), works=works) as office:
            yield replace(office, workshop=replace(office.workshop, converter=FastConverter()))

    def once(self, now: str = NOW) -> tuple[str, ...]:
        """Do what ``stukkenstroom once`` does."""
        with self.office(now) as office:
            return service.work_once(office)

    def tree(self) -> dict[str, str]:
        """Give every path in the werkmap with its digest; folders have an empty one."""
        return {path: sha256 for path, sha256 in tree(self.root).items() if path != _CLAIMED}


_STILL_TO_DO = re.compile(r"\[NOG[^\]]*\]")


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Give every paragraph of a document, those in its tables included."""
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def tree(folder: Path) -> dict[str, str]:
    """Give every path below a folder with its digest; folders have an empty one."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else ""
        for path in sorted(folder.rglob("*"))
    }


def make_council(base: Path) -> Play:
    """Write the settings and the folders of a new council."""
    play = Play(base=base)
    settings = play.root / Place.INSTELLINGEN
    settings.mkdir(parents=True)
    play.settings(COUNCIL)
    (settings / "reglement.toml").write_text(BYLAWS, "utf-8")
    heads = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
    sheet(settings / "leden.xlsx", heads, MEMBERS)
    meetings = ((date(2026, 12, 8), "Overlegvergadering", "19.30"),)
    sheet(settings / "rooster.xlsx", ("datum", "soort", "aanvang"), meetings)
    files.write(play.data / "dienst.toml", MACHINE.encode())
    write_marker(play.root, wiring.installation(play.data))
    (play.base / "postbus").mkdir()
    with play.office():
        pass
    return play


def copy_council(play: Play, base: Path) -> Play:
    """Copy a council as it lies there."""
    shutil.copytree(play.base, base)
    return Play(base=base)


def journal_of(play: Play) -> dict[str, object]:
    """Read the whole journal as plain values."""
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return {
            "filed": ledger.filed(),
            "held": ledger.held(),
            "planned": ledger.planned(),
            "dossiers": ledger.dossiers(),
            "procedures": ledger.procedures(),
            "sendings": ledger.sendings(),
            "dispatches": ledger.dispatches(),
            "lines": ledger.lines(),
            "chain": ledger.chain(),
        }


def proof(path: Path) -> dict[str, object]:
    """Read a proof without the number of its line in the journal."""
    found: dict[str, object] = json.loads(path.read_bytes())
    found.pop("journaal")
    return found


def yes_to(
    asked: EmailMessage, *, text: str = "Akkoord.", sender: str = "s.vermeer@zandhof.example"
) -> bytes:
    """Write the answer of the secretary to a question of the service, with the question quoted below."""
    reply = EmailMessage()
    reply["From"] = f"Sanne Vermeer <{sender}>"
    reply["To"] = str(asked["Reply-To"])
    reply["Subject"] = f"RE: {asked['Subject']}"
    reply["In-Reply-To"] = str(asked["Message-ID"])
    reply["Message-ID"] = "<antwoord@zandhof.example>"
    reply["Date"] = "Mon, 23 Nov 2026 09:10:00 +0100"
    quoted = "Van: MR De Zandhof\nVerzonden: maandag 23 november 2026 09:00\n> Klopt dit nieuwe adres?\n"
    reply.set_content(f"{text}\n\n{quoted}")
    return reply.as_bytes()


def question_of(play: Play) -> EmailMessage:
    """Find the one mail in which the service asks whether new addresses are right."""
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    (asked,) = (one for one in found if "nieuwe adres" in str(one["Subject"]))
    return asked
