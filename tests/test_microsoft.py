"""A council whose mailbox is at Microsoft 365, from its first mail to the bundle in each member's mailbox."""

import base64
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from microsoft_fake import Fake, certificate, running
from microsoft_fake.mailbox import Kept
from microsoft_fake.wire import Answer, refused
from playing import ANNEX, NOTE, REQUEST, Play, journal_of, mail, word

from pipeline import cli
from pipeline.roads.verifying import verify
from pipeline.values import DispatchState

MACHINE = """
[postbus]
soort = "microsoft365"

[verzending]
wijze = "microsoft365"

[microsoft365]
tenant = "tenant-1"
app = "app-1"
postbus = "MR@zandhof.example"
aanmelding = "geheim"
geheim_variabele = "MS_GEHEIM"

[map]
rust_seconden = 0
"""

SUBJECT = "Instemmingsverzoek vakantierooster 2027-2028"
MEMBERS = ("b.kuiper@zandhof.example", "n.willems@zandhof.example", "t.hofman@zandhof.example")


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    with running(tmp_path, monkeypatch) as fake:
        fake.login.secrets["app-1"] = "geheim-1"
        fake.mailbox()
        yield fake


@pytest.fixture
def council(play: Play, fake: Fake) -> Play:
    (play.data / "dienst.toml").write_text(MACHINE, "utf-8")
    return play


def request(folder: Path) -> bytes:
    return mail(SUBJECT, NOTE, word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST))


def recipient(message: Kept) -> str:
    (to,) = message.told["toRecipients"]
    return str(to["emailAddress"]["address"])


def bundles(fake: Fake) -> list[Kept]:
    return [one for one in fake.mailbox().delivered if one.attachments]


def states(play: Play) -> list[DispatchState]:
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return [one.state for one in ledger.dispatches() if one.file]


def test_from_the_mailbox_to_the_members_exactly_once(
    council: Play, fake: Fake, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One answer is lost though the mail left, one mail is refused for now, a token is revoked."""
    caplog.set_level(logging.DEBUG)
    kept = fake.mailbox().receive(request(tmp_path), received="2026-11-16T09:15:00Z")
    word(council.meeting / "03 Formatieplan" / "Toelichting.docx", ("Toelichting op het formatieplan",))
    council.once()
    assert [one.kenmerk for one in journal_of(council)["filed"]] == ["2026-0001-01"]
    assert fake.mailbox().lying_in("Verwerkt") == [kept]
    assert journal_of(council)["filed"][0].received.at.isoformat() == "2026-11-16T09:15:00+00:00"

    fake.login.revoke()
    fake.fault("POST", "/send$", Answer(status=504), after=1, done=True)
    fake.fault("POST", "/send$", refused(429, "ApplicationThrottled", Retry_After="30"), after=2)
    council.approve()
    council.once()
    assert Counter(states(council))[DispatchState.VERZONDEN] < len(MEMBERS)
    council.once()
    council.once()
    assert Counter(map(recipient, bundles(fake))) == dict.fromkeys(MEMBERS, 1)
    assert set(states(council)) == {DispatchState.VERZONDEN, DispatchState.AFDRUK}
    assert fake.mailbox().lying_in("drafts") == []
    (attached,) = bundles(fake)[0].attachments
    assert base64.b64decode(attached["contentBytes"]).startswith(b"%PDF-")

    told = "\n".join([caplog.text, *(str(one.__dict__) for one in caplog.records)])
    for secret in ("Bearer", "sleutel-", "geheim-1", "GEHEIME", "zandhof.example", "vakantierooster"):
        assert secret not in told


def test_while_nobody_lets_us_in_the_folders_go_on(
    council: Play, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.mailbox().receive(request(tmp_path))
    monkeypatch.setenv("MS_GEHEIM", "verlopen")
    council.drop("vraag.txt", b"Hoe laat begint de vergadering?")
    waiting = council.once()
    assert any("Microsoft 365 weigert het geheim van de toepassing" in line for line in waiting)
    assert len(journal_of(council)["held"]) == 1
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    assert not any("Microsoft 365" in line for line in council.once())
    assert len(journal_of(council)["filed"]) == 1


def test_a_person_who_was_away_for_ninety_days_is_asked_to_sign_in_again(
    council: Play, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shared mailbox whose sign-in lapsed: told, the folders go on, and after a new one nothing is lost."""
    where = ("--werkmap", str(council.root), "--data", str(council.data))
    monkeypatch.setattr(sys, "argv", ["stukkenstroom", "login", *where])

    def sign_in() -> None:
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 0

    (council.data / "dienst.toml").write_text(MACHINE.replace('"geheim"', '"apparaatcode"'), "utf-8")
    sign_in()
    assert not any("Microsoft 365" in line for line in council.once())
    fake.login.revoke()
    fake.login.refresh.clear()
    fake.mailbox().receive(request(tmp_path))
    council.drop("vraag.txt", b"Hoe laat begint de vergadering?")
    (told,) = (line for line in council.once() if "POSTBUS-02" in line)
    assert "stukkenstroom login" in told
    assert len(journal_of(council)["held"]) == 1
    sign_in()
    council.once()
    assert len(journal_of(council)["filed"]) == 1


def test_a_file_that_is_only_a_link_is_held_as_a_shortcut_with_its_mail(
    council: Play, fake: Fake, tmp_path: Path
) -> None:
    link = "https://zandhof.sharepoint.example/sites/b/Begroting%202027.xlsx"
    kept = fake.mailbox().receive(mail("Begroting 2027", "Beste MR,\n\nZie de bijlage.\n\nGroet, Kees\n"))
    fake.mailbox().refer(kept, "Begroting 2027.xlsx", link)
    council.once()
    names = [paper.origin.name for paper in journal_of(council)["held"]]
    assert "Begroting 2027.xlsx.url" in names
    (place,) = [one.place for one in journal_of(council)["held"] if one.origin.name.endswith(".url")]
    assert link.encode() in (council.place("Te beoordelen") / place).read_bytes()


def test_a_certificate_that_runs_out_is_told_until_there_is_a_new_one(
    council: Play, fake: Fake, tmp_path: Path
) -> None:
    """In the werkmap, in what waits, and in the mail of the day; the last once a month."""
    pem = council.data / "microsoft365.pem"
    text = MACHINE.replace('"geheim"', '"certificaat"')
    (council.data / "dienst.toml").write_text(text, "utf-8")
    fake.login.certificates = [certificate(pem, days=10, start=datetime(2026, 11, 20, tzinfo=UTC))]
    note = council.place("Microsoft 365 - aanmelding verloopt.txt")
    for now in ("2026-11-23T09:00", "2026-11-24T09:00"):
        (line,) = council.once(now)
        assert "verloopt op 30 november 2026" in line
    assert line in note.read_text("utf-8-sig")
    told = [one for one in fake.mailbox().delivered if "certificaat" in one.told["body"]["content"]]
    assert [recipient(one) for one in told] == ["s.vermeer@zandhof.example"]
    fake.login.certificates = [certificate(pem)]
    assert council.once("2026-11-25T09:00") == ()
    assert not note.exists()


def test_a_folder_elsewhere_is_a_second_inkomend(council: Play, fake: Fake, tmp_path: Path) -> None:
    """What is laid there is the secretary's; while it is away the rest goes on."""
    (council.data / "dienst.toml").write_text(
        MACHINE.replace("[map]", 'inkomend = "drives/b!schijf/Raad/Inkomend"\n\n[map]'), "utf-8"
    )
    council.drop("vraag.txt", b"Hoe laat begint de vergadering?")
    (away, _) = council.once()
    assert away.startswith("Uit de map bij Microsoft 365 komt niets binnen:")
    path = word(tmp_path / "x.docx", REQUEST)
    fake.drive().put("Raad/Inkomend/Instemmingsverzoek.docx", path.read_bytes())
    (held,) = council.once()
    assert held == "Te beoordelen: vraag.txt"
    assert [one.kenmerk for one in journal_of(council)["filed"]] == ["2026-0001-01"]
    assert fake.drive().names("Raad/Inkomend/Verwerkt") == ["Instemmingsverzoek.docx"]
    assert fake.drive().names("Raad/Inkomend") == ["Verwerkt"]


def test_what_lies_inline_or_in_a_mail_in_the_mail_is_not_missed(
    council: Play, fake: Fake, tmp_path: Path
) -> None:
    """D5: of the first Graph says that it has no attachments, of the second it gives no content apart."""
    paper = word(tmp_path / "Bijlage rooster.docx", ANNEX)
    inline = mail("Rooster", NOTE, paper).replace(
        b"Content-Disposition: attachment", b"Content-Disposition: inline"
    )
    fake.mailbox().receive(inline, hasAttachments=False)
    outer = EmailMessage()
    outer["From"] = "Kees <kees@thuispost.example>"
    outer["Subject"] = "Doorgestuurd"
    outer["Date"] = "Mon, 16 Nov 2026 11:00:00 +0100"
    outer.set_content("Zie de bijlage.")
    outer.add_attachment(
        message_from_bytes(mail("Begroting", NOTE, word(tmp_path / "Begroting.docx", ANNEX[:1])))
    )
    fake.mailbox().receive(outer.as_bytes(), hasAttachments=True)
    council.once()
    with council.office(works=False) as office:
        proof = verify(office)
    papers = (*journal_of(council)["held"], *journal_of(council)["filed"])
    assert {"Bijlage rooster.docx", "Begroting.docx"} <= {one.origin.name for one in papers}
    assert proof.findings == ()
