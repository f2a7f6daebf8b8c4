"""``once``: what it does the second time, what it does with bad input, and what it leaves alone."""

import errno
import io
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from fakes import pdf_of
from playing import COUNCIL, NOTE, REQUEST, Play, journal_of, mail, word

from pipeline import service
from pipeline.edges import files
from pipeline.errors import ForeignWerkmapError, SettingsError, WerkmapAwayError
from pipeline.ports import Copied, Written
from pipeline.values import PartVerdict, Place


def traces(play: Play) -> tuple[object, ...]:
    """Give all that could show that something was done: names, times, mails, lines of the journal."""
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        last = ledger.last_seq()
    times = {
        path: path.stat().st_mtime_ns
        for folder in (play.root, play.outbox, play.base / "postbus")
        for path in folder.rglob("*")
    }
    return times, last


# --- twice -----------------------------------------------------------------------------


def test_the_second_time_nothing_is_done(lived: Play) -> None:
    first = lived.once()
    before = traces(lived)
    assert lived.once() == first
    assert traces(lived) == before


def test_a_new_day_makes_the_overviews_anew_and_nothing_else(lived: Play) -> None:
    lived.once()
    before = lived.tree()
    lived.once("2026-11-24T09:00")
    after = lived.tree()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed
    assert all(path.startswith(f"{Place.OVERZICHTEN}/") for path in changed)


# --- the same again, names -------------------------------------------------------------


def test_the_same_bytes_again_give_no_second_copy_but_a_line(lived: Play) -> None:
    """Under another name, in another way: known by its bytes."""
    before = lived.tree()
    request = next(lived.place(Place.ARCHIEF).rglob("2026-0001-01*.docx"))
    lived.drop("nog een keer.docx", request.read_bytes())
    lived.once()
    assert lived.tree() == before
    lines = journal_of(lived)["lines"]
    assert [line.event for line in lines if line.event.startswith("part-")][-1] == "part-duplicate"


def test_two_files_with_one_name_are_both_kept(play: Play) -> None:
    play.drop("brief.txt", b"Hoe laat begint de vergadering?")
    play.once()
    play.drop("brief.txt", b"Waar is de vergadering?")
    play.once()
    held = sorted(path.name for path in play.place(Place.TE_BEOORDELEN).glob("brief*.txt"))
    papers = [name for name in held if not name.endswith("waarom.txt")]
    assert len(papers) == 2
    assert len(journal_of(play)["held"]) == 2


def test_a_very_long_name_is_shortened_and_stands_in_full_in_the_journal(play: Play) -> None:
    name = "Verslag " + "van het overleg " * 14 + ".txt"
    assert len(name) > 230
    play.drop(name, b"Wat vinden jullie hiervan?")
    play.once()
    paper = journal_of(play)["held"][0]
    assert paper.origin.name == name
    assert len(paper.place) <= 80
    assert play.place(Place.TE_BEOORDELEN, paper.place).read_bytes() == b"Wat vinden jullie hiervan?"


def test_the_day_of_receipt_in_the_name_counts(play: Play, tmp_path: Path) -> None:
    request = word(tmp_path / "x.docx", REQUEST)
    play.drop("ontvangen 2026-11-03 verzoek.docx", request.read_bytes())
    play.once()
    (paper,) = journal_of(play)["filed"] or journal_of(play)["held"]
    assert paper.received.candidates[0].day == date(2026, 11, 3)
    assert paper.received.at.date() == date(2026, 11, 3)


# --- bad input -------------------------------------------------------------------------


def encrypted_pdf() -> bytes:
    import io  # noqa: PLC0415

    import pypdf  # noqa: PLC0415

    writer = pypdf.PdfWriter(io.BytesIO(pdf_of([["Geheim"]])))
    writer.encrypt("wachtwoord", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def half_a_document(tmp_path: Path) -> bytes:
    return word(tmp_path / "heel.docx", REQUEST).read_bytes()[:2000]


BAD: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "empty": ("leeg.pdf", lambda _: b"", "leeg"),
    "encrypted": ("beveiligd.pdf", lambda _: encrypted_pdf(), "wachtwoord"),
    "half": ("half.docx", half_a_document, "beschadigd"),
    "program": ("spel.exe", lambda _: b"MZ\x90\x00" + bytes(500), "Open dit bestand niet"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_held_with_a_clear_reason(
    play: Play, tmp_path: Path, bad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost: it lies in Te beoordelen with its reason, and its bytes among the originals."""
    monkeypatch.setattr("pipeline.edges.werkmap.BROKEN_AFTER_SECONDS", 0.0)
    name, make, reason = BAD[bad]
    content = make(tmp_path)
    path = play.drop(name, content)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 3600))
    waiting = play.once()
    assert waiting == (f"Te beoordelen: {name}",)
    assert play.place(Place.TE_BEOORDELEN, name).read_bytes() == content
    why = play.place(Place.TE_BEOORDELEN, f"{name} - waarom.txt").read_text("utf-8-sig")
    assert reason in why
    assert not list(play.place(Place.INKOMEND).iterdir())
    with play.office(works=False) as office:
        assert office.originals.read(sha256(content).hexdigest()) == content


def raw_mail(*heads: bytes, body: bytes) -> bytes:
    return b"\r\n".join((*heads, b"", body))


STRANGE = {
    "no date": raw_mail(
        b"From: bestuur@zandhof.example", b"Subject: vraag", body=b"Wie neemt er taart mee naar het overleg?"
    ),
    "broken charset": raw_mail(
        b"From: bestuur@zandhof.example",
        b"Subject: =?utf-9?Q?vr=E9=E9md?=",
        b"Date: Mon, 16 Nov 2026 10:15:00 +0100",
        b'Content-Type: text/plain; charset="bestaat-niet"',
        body=b"Caf\xe9 en \xff\xfe enqu\xeate: wie neemt er taart mee?",
    ),
    "no header at all": b"zomaar wat tekst zonder kop\r\nen nog een regel\r\n",
    "nothing": b"",
    "endless line": b"Subject: " + b"x" * 5000 + b"\r\nFrom: a@b.example\r\n\r\n" + b"y" * 20000,
}


@pytest.mark.parametrize("strange", STRANGE)
def test_a_strange_mail_is_recorded_and_kept(play: Play, strange: str) -> None:
    """Its bytes are kept, every part has one verdict, and the mail is put away."""
    play.post("raar.eml", STRANGE[strange])
    play.once()
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        arrived = [line.subject for line in ledger.lines() if line.event == "arrived"]
        verdicts = [line.subject for line in ledger.lines() if line.event.startswith("part-")]
        assert not ledger.failed_jobs()
        assert ledger.documents(arrived[0])
        assert office.originals.read(sha256(STRANGE[strange]).hexdigest()) == STRANGE[strange]
    assert len(arrived) == 1
    assert len(verdicts) == len(set(verdicts)) > 0
    assert [path.name for path in (play.base / "postbus" / "Verwerkt").iterdir()] == ["raar.eml"]


def test_a_mail_without_a_date_leaves_its_day_to_be_confirmed(play: Play) -> None:
    play.post("raar.eml", STRANGE["no date"])
    play.once()
    (paper,) = (*journal_of(play)["held"], *journal_of(play)["filed"])
    assert not paper.received.confirmed


@pytest.mark.parametrize(
    "name",
    ["../../../buiten.txt", "..\\..\\buiten.txt", "/etc/buiten.txt", "C:\\buiten.txt", "a\r\nb: c.txt"],
)
def test_a_name_cannot_climb_out(play: Play, name: str) -> None:
    """An attachment lands inside the werkmap, whatever its name says."""
    message = EmailMessage()
    message["From"] = "onbekend@ergens.example"
    message["Subject"] = "vraag"
    message["Date"] = "Mon, 16 Nov 2026 10:15:00 +0100"
    message.set_content("Zie de bijlage.")
    message.add_attachment(b"Wie neemt er taart mee?", maintype="text", subtype="plain", filename="NAAM")
    header = name.replace("\\", "\\\\").encode("unicode_escape").replace(b"\\\\", b"\\")
    play.post("1.eml", message.as_bytes().replace(b"NAAM", header))
    outside = {path for path in play.base.parent.rglob("*") if play.root not in path.parents}
    play.once()
    new = {path for path in play.base.parent.rglob("*") if play.root not in path.parents} - outside
    assert not [path for path in new if "buiten" in path.name or "taart" in path.name]
    papers = [paper for paper in journal_of(play)["held"] if paper.origin.part == "2"]
    assert [play.place(Place.TE_BEOORDELEN, paper.place).is_file() for paper in papers] == [True]
    assert "/" not in papers[0].place
    assert "\\" not in papers[0].place


# --- the machine -----------------------------------------------------------------------


def refuse() -> None:
    """Say what the system says when there is no room."""
    with files.guarded():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullDisk:
    """A disk that is full from the first paper for the archive on."""

    def __init__(self) -> None:
        self._full = False

    def __getattr__(self, method: str) -> object:
        return getattr(files, method)

    def copy(self, source: Path, target: Path, sha256: str) -> None:
        self._full = self._full or Place.ARCHIEF in target.parts
        if self._full and not (target.is_file() and files.sha256_of(target) == sha256):
            refuse()
        files.copy(source, target, sha256)

    def write(self, target: Path, content: bytes) -> None:
        if self._full and not (target.is_file() and target.read_bytes() == content):
            refuse()
        files.write(target, content)

    def place(self, laid: Sequence[Copied | Written]) -> None:
        for one in laid:
            if isinstance(one, Copied):
                self.copy(one.source, one.target, one.sha256)
            else:
                self.write(one.target, one.content)


def test_with_a_full_disk_nothing_is_lost_and_it_goes_on_later(play: Play, tmp_path: Path) -> None:
    request = word(tmp_path / "Instemmingsverzoek.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", NOTE, request))
    with play.office() as office:
        full = FullDisk()
        shop = replace(office.workshop, disk=full)
        waiting = service.work_once(replace(office, disk=full, workshop=shop))
        assert any("De schijf is vol." in line for line in waiting)
    assert not journal_of(play)["filed"]
    play.once()
    assert [paper.kenmerk for paper in journal_of(play)["filed"]] == ["2026-0001-01"]
    assert len(list(play.place(Place.ARCHIEF).rglob("2026-0001-01*.docx"))) == 1


def test_when_originals_cannot_be_kept_the_mail_stays_where_it_was(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An effect that cannot be done leaves its source; later it succeeds."""
    play.post("1.eml", mail("vraag", "Wie neemt er taart mee?\n"))
    play.drop("vraag.txt", b"Hoe laat begint het?")

    class NoRoom:
        def keep_all(self, *_: object) -> None:
            refuse()

    with play.office() as office, pytest.raises(files.DiskFullError):
        service.work_once(replace(office, originals=NoRoom()))
    assert (play.base / "postbus" / "1.eml").is_file()
    play.once()
    assert len(journal_of(play)["held"]) == 2


def test_without_its_marker_nothing_is_touched(lived: Play) -> None:
    """A share that is not mounted is not an empty werkmap."""
    lived.place(".stukkenstroom", "werkmap.json").rename(lived.base / "weg")
    before = lived.tree()
    with pytest.raises(WerkmapAwayError):
        lived.once()
    assert lived.tree() == before


def test_the_marker_may_go_while_working(lived: Play) -> None:
    with lived.office() as office:
        lived.place(".stukkenstroom", "werkmap.json").rename(lived.base / "weg")
        before = lived.tree()
        with pytest.raises(WerkmapAwayError):
            service.work_once(office)
    assert lived.tree() == before


def test_another_installation_does_not_work_here(lived: Play, tmp_path: Path) -> None:
    before = lived.tree()
    other = Play(base=lived.base)
    (lived.data / "installatie").write_text("een andere")
    with pytest.raises(ForeignWerkmapError):
        other.once()
    assert other.tree() == before


def test_three_mistakes_are_told_at_once(play: Play) -> None:
    """In raad.toml, reglement.toml and dienst.toml, each with its place."""
    from pipeline import wiring  # noqa: PLC0415

    play.settings(COUNCIL.replace('orgaan = "mr"', 'orgaan = "club"'))
    bylaws = play.place(Place.INSTELLINGEN, "reglement.toml")
    bylaws.write_text(bylaws.read_text("utf-8").replace("lengte = 6", 'lengte = "zes"', 1), "utf-8")
    (play.data / "dienst.toml").write_text('[verzending]\nwijze = "postduif"\n')
    with pytest.raises(SettingsError) as told:
        wiring.check_settings(play.root, play.data, date(2026, 11, 23))
    places = " ".join(problem.place for problem in told.value.problems)
    assert len(told.value.problems) == 3
    assert all(name in places for name in ("raad.toml", "reglement.toml", "dienst.toml"))


def test_every_part_has_one_verdict(lived: Play) -> None:
    with lived.office(works=False) as office, office.journal.transaction() as ledger:
        arrived = [line.subject for line in ledger.lines() if line.event == "arrived"]
        documents = {key: ledger.documents(key) for key in arrived}
    assert len(arrived) == 2
    for parts in documents.values():
        numbers = [part.part.number for part in parts]
        assert len(numbers) == len(set(numbers))
        assert all(isinstance(part.verdict, PartVerdict) for part in parts)


def test_what_came_in_a_dropped_zip_is_told_to_come_from_that_zip(play: Play) -> None:
    """Nobody mailed it; two programs, so that nothing has to be read."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as zipped:
        for name in ("a.exe", "b.exe"):
            zipped.writestr(name, name)
    play.drop("stukken.zip", box.getvalue())
    play.once()
    why = play.place(Place.TE_BEOORDELEN, "a.exe - waarom.txt").read_text("utf-8-sig")
    assert "Uit hetzelfde zipbestand 'stukken.zip':\n- b.exe (wacht op u)" in why
    assert "dezelfde mail" not in why


def test_that_no_mail_counts_before_a_day_to_come_is_told_until_then(play: Play) -> None:
    machine = play.data / "dienst.toml"
    machine.write_text(
        machine.read_text("utf-8").replace("[postbus]\n", "[postbus]\nvanaf = 2026-12-01\n"), "utf-8"
    )
    told = "Er komt geen post binnen vóór dinsdag 1 december 2026: zie 'vanaf' in dienst.toml."
    assert told in play.once("2026-11-30T09:00")
    assert told not in play.once("2026-12-01T09:00")
