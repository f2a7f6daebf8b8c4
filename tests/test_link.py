"""A bundle too large for one mail as a link: each member fetches it, until its last day; nobody has two."""

import hashlib
import re
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

import openpyxl
import pytest
from large_files import album
from playing import MACHINE, MEETING, Play, copy_council, journal_of, proof, tree, word

from pipeline import flow, service
from pipeline.dispatch import links
from pipeline.edges import files
from pipeline.errors import LinkFolderAwayError
from pipeline.office import Office
from pipeline.values import DispatchState, JobKind, MeetingPlace, Place, Sending, SendPurpose

WHOLE = f"{MEETING} - leden.pdf"
MAILED = ["Bram Kuiper", "Noor Willems", "Tijs Hofman"]
LAST_DAY = "vrijdag 22 januari 2027"
"""Sixty days after Monday 23 November 2026."""
ELSEWHERE = "https://stukken.zandhof.example/mr"


def with_links(play: Play, address: str = ELSEWHERE, *, too_large: str = "koppeling", limit: int = 1) -> None:
    settings = f'[verzending]\nte_groot = "{too_large}"\ngrootste_bericht_mb = {limit}\n'
    block = f'[koppeling]\nmap = "../web"\nadres = "{address}"\n'
    files.write(play.data / "dienst.toml", (MACHINE.replace("[verzending]\n", settings) + block).encode())
    web(play).mkdir(exist_ok=True)


def web(play: Play) -> Path:
    return play.base / "web"


def large(play: Play, *, item: str = "03 Verbouwing") -> None:
    """Lay photographs in a meeting that fit in no message, also when they are made smaller."""
    album(play.meeting / item / "a Album.pdf", 8, first_seed=10)
    word(play.meeting / "09 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))


@pytest.fixture(scope="module")
def ready(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A council with a concept that must go as a link; copy it, do not change it."""
    play = copy_council(new_council, tmp_path_factory.mktemp("groot") / "raad")
    with_links(play)
    large(play)
    play.once()
    return play


@pytest.fixture
def play(ready: Play, tmp_path: Path) -> Play:
    """That council, with its concept approved."""
    made = copy_council(ready, tmp_path / "raad")
    assert made.approve()
    return made


def all_mails(play: Play) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails()]


def to_members(play: Play) -> list[EmailMessage]:
    return [one for one in all_mails(play) if str(one["Subject"]).startswith("Vergaderstukken")]


def body(mail: EmailMessage, kind: str = "plain") -> str:
    return str(mail.get_body((kind,)).get_content()).replace("\r\n", "\n")


def address_in(mail: EmailMessage) -> str:
    """Give the one address of the text, and make sure that the HTML has the same behind words."""
    (found,) = re.findall(r"^http\S+$", body(mail), re.MULTILINE)
    (behind, shown) = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', body(mail, "html"))[0]
    assert behind == found
    assert shown.startswith("Open de stukken voor de overlegvergadering (pdf, ")
    return str(found)


def laid(play: Play) -> list[Path]:
    return sorted(path for path in web(play).rglob("*") if path.is_file())


def to_the_members(play: Play) -> Sending:
    (found,) = [one for one in journal_of(play)["sendings"] if one.purpose is SendPurpose.LEDEN]  # type: ignore[attr-defined]
    return found


def states(play: Play) -> dict[str, tuple[DispatchState, str]]:
    rows = journal_of(play)["dispatches"]
    return {one.member: (one.state, one.reason) for one in rows if one.linked}  # type: ignore[attr-defined]


# --- as it goes well -------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A web server on this machine: the folder above what it serves, and its address."""
    base = tmp_path_factory.mktemp("server")
    handler = partial(SimpleHTTPRequestHandler, directory=str(base))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield base, f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.fixture(scope="module")
def sent(ready: Play, server: tuple[Path, str]) -> Play:
    base, address = server
    play = copy_council(ready, base / "raad één")
    with_links(play, f"{address}/raad één/web")
    play.approve()
    play.once()
    return play


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # the loopback server above
        found: bytes = answer.read()
    return found


def test_every_member_fetches_the_approved_bundle_by_the_link_in_her_mail(sent: Play) -> None:
    mails = to_members(sent)
    assert sorted(one["To"].addresses[0].display_name for one in mails) == MAILED
    whole = (sent.meeting / MeetingPlace.VERSTUURD / WHOLE).read_bytes()
    assert len(whole) > 10_000_000
    for one in mails:
        assert list(one.iter_attachments()) == []
        assert len(one.as_bytes()) < 20_000
        content = fetched(address_in(one))
        assert hashlib.sha256(content).hexdigest() == to_the_members(sent).final_sha256
        assert content == whole


def test_the_mail_says_how_large_it_is_how_long_it_works_and_who_can_read_it(sent: Play) -> None:
    size = f"{(sent.meeting / MeetingPlace.VERSTUURD / WHOLE).stat().st_size // 1_000_000} MB"
    for one in to_members(sent):
        for kind in ("plain", "html"):
            told = body(one, kind).replace("\n", " ")
            assert f"(pdf, {size})" in told
            assert f"De link werkt tot en met {LAST_DAY}." in told
            assert "Wie de link heeft, kan de stukken lezen." in told
            assert WHOLE in told
            assert "Bijlage" not in told
            assert "Bij deze mail vindt u" not in told


def test_one_file_lies_in_a_folder_that_nobody_can_guess(sent: Play) -> None:
    (path,) = laid(sent)
    assert path.name == WHOLE
    token = path.parent.name
    assert re.fullmatch("[0-9a-f]{32}", token)
    assert path.parent.parent == web(sent)
    told = [one.text + one.subject for one in journal_of(sent)["lines"]]  # type: ignore[attr-defined]
    assert not any(token in text for text in told)


def test_another_sending_has_another_token(sent: Play, play: Play) -> None:
    play.once()
    assert laid(play)[0].parent.name != laid(sent)[0].parent.name


def test_row_proof_and_list_say_that_it_went_as_a_link(sent: Play) -> None:
    rows = journal_of(sent)["dispatches"]
    assert {one.member for one in rows if one.linked} == set(MAILED)  # type: ignore[attr-defined]
    assert {state for state, _ in states(sent).values()} == {DispatchState.VERZONDEN}
    folder = sent.meeting / MeetingPlace.VERSTUURD
    for one in rows:  # type: ignore[attr-defined]
        if one.linked:
            found = proof(folder / "bewijs" / f"{one.id}.json")
            assert (found["linked"], found["sha256"]) == (True, to_the_members(sent).final_sha256)
    book = openpyxl.load_workbook(folder / f"Verzendbewijs - {Path(WHOLE).stem}.xlsx")
    shown = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "Gemaild: als link, 60 dagen te openen" in shown
    assert shown.count("Als link") == len(MAILED)


def test_it_is_told_before_the_approval_and_in_the_announcement(sent: Play, ready: Play) -> None:
    note = (ready.bundle / "LET OP.txt").read_text("utf-8-sig")
    assert "kan nog niet worden goedgekeurd" not in note
    assert "is te groot voor één bericht (grens 1 MB)" in note
    assert "een link naar het hele bestand" in note
    assert "De link werkt tot 60 dagen na de verzending" in note
    (told,) = [body(one) for one in all_mails(sent) if str(one["Subject"]).startswith("Wordt verzonden")]
    told = told.replace("\n", " ")
    assert f"De link werkt tot en met {LAST_DAY}" in told
    assert "Wie de link heeft, kan het bestand lezen." in told


def test_who_gets_paper_has_the_bundle_printed(sent: Play) -> None:
    (paper,) = [one for one in journal_of(sent)["dispatches"] if one.state is DispatchState.AFDRUK]  # type: ignore[attr-defined]
    assert not paper.linked
    assert (sent.meeting / "Afdrukken" / WHOLE).is_file()


# --- when not --------------------------------------------------------------------------


def test_what_fits_with_smaller_pictures_is_no_link(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    with_links(play)
    album(play.meeting / "03 Verbouwing" / "a Album.pdf", 1)
    play.once()
    play.approve()
    play.once()
    assert [len(list(one.iter_attachments())) for one in to_members(play)] == [1, 1, 1]
    assert laid(play) == []


def test_a_confidential_edition_goes_in_parts_and_says_why(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    with_links(play)
    for number in (3, 4):
        item = play.meeting / f"{number:02} Personeel [besloten]"
        album(item / "a Album.pdf", 3, first_seed=10 * number)
    play.once()
    told = (play.bundle / "LET OP.txt").read_text("utf-8-sig")
    assert (
        "Een link kan hier niet: deze editie is vertrouwelijk, en wie een link heeft, kan meelezen." in told
    )
    play.approve()
    play.once()
    assert laid(play) == []
    assert states(play) == {}
    mails = to_members(play)
    assert len(mails) == 2 * len(MAILED)
    assert all(len(list(one.iter_attachments())) == 1 for one in mails)


def test_a_trial_goes_in_parts_where_the_members_get_a_link(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    with_links(play)
    for number in (3, 4):
        album(play.meeting / f"{number:02} Verbouwing" / "a Album.pdf", 3, first_seed=10 * number)
    play.once()
    assert "een link naar het hele bestand" in (play.bundle / "LET OP.txt").read_text("utf-8-sig")
    play.approve(MeetingPlace.PROEF)
    play.once()
    assert laid(play) == []
    trials = [one for one in all_mails(play) if str(one["Subject"]).startswith("Concept")]
    assert [len(list(one.iter_attachments())) for one in trials] == [1, 1]
    play.approve()
    play.once()
    assert len(laid(play)) == 1
    assert len(to_members(play)) == len(MAILED)


def test_a_trial_that_fits_in_no_message_says_that_the_members_get_a_link(
    ready: Play, tmp_path: Path
) -> None:
    play = copy_council(ready, tmp_path / "raad")
    play.approve(MeetingPlace.PROEF)
    play.once()
    assert laid(play) == []
    (reason,) = [path.read_text("utf-8-sig") for path in play.bundle.glob("*niet verzonden.txt")]
    assert "Stuk 3.1 is" in reason
    assert "de leden krijgen deze bundel wel met een link" in reason


def test_the_same_concept_is_weighed_again_when_links_are_no_longer_in_use(
    ready: Play, tmp_path: Path
) -> None:
    play = copy_council(ready, tmp_path / "raad")
    with_links(play, too_large="delen")
    play.once()
    note = (play.bundle / "LET OP.txt").read_text("utf-8-sig")
    assert "link" not in note
    assert "Stuk 3.1 is" in note


# --- killed on its way -----------------------------------------------------------------


class Killed(BaseException):
    """The process was killed."""


class DyingDisk:
    """A disk on which the process dies around the first copy to a folder."""

    def __init__(self, folder: Path, *, after: bool) -> None:
        self._folder, self._after = folder, after

    def __getattr__(self, name: str) -> object:
        return getattr(files, name)

    def copy(self, source: Path, target: Path, sha256: str) -> None:
        dies = self._folder in target.resolve().parents
        if self._after or not dies:
            files.copy(source, target, sha256)
        if dies:
            raise Killed


def killed(play: Play, *, after: bool) -> None:
    """Be the service until it dies around laying the file down."""
    with play.office() as office, pytest.raises(Killed):
        service.work_once(replace(office, disk=DyingDisk(web(play), after=after)))


@pytest.mark.parametrize("after", [False, True])
def test_after_a_crash_there_is_one_file_and_one_mail_each(play: Play, *, after: bool) -> None:
    killed(play, after=after)
    assert to_members(play) == []
    link = to_the_members(play).link
    assert link is not None
    assert len(laid(play)) == after
    play.once()
    assert [path.parent.name for path in laid(play)] == [link.token]
    assert len({address_in(one) for one in to_members(play)}) == 1
    assert len(to_members(play)) == len(MAILED)
    play.once()
    assert (len(laid(play)), len(to_members(play))) == (1, len(MAILED))


def test_between_two_messages_a_crash_sends_none_twice(play: Play) -> None:
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
        until(office, lambda: len(to_members(play)) == 1)
    play.once()
    assert len(to_members(play)) == len(MAILED)
    assert len(laid(play)) == 1


def test_what_was_laid_for_a_sending_that_is_taken_back_goes(play: Play) -> None:
    killed(play, after=True)
    (laid(play)[0].parent / f".half{files.TEMPORARY}").write_bytes(b"what a kill during the copy leaves")
    (moved,) = (play.meeting / MeetingPlace.VERSTUREN).glob("*.pdf")
    moved.rename(play.bundle / moved.name)
    play.once()
    assert list(web(play).iterdir()) == []
    assert to_members(play) == []


# --- what lies there is looked at ------------------------------------------------------


def until(office: Office, seen: "partial[bool] | object") -> None:
    """Do one piece of work after the other until something is seen."""
    for _ in range(60):
        if seen():  # type: ignore[operator]
            return
        job = office.journal.claim()
        assert job is not None
        flow.handle(job, office)
    raise AssertionError("it was never seen")


def laid_only(play: Play) -> Path:
    """Have the file laid, and nothing mailed yet to a member."""
    with play.office() as office:
        flow.look_around(office, quiet_seconds=0)
        until(office, lambda: bool(states(play)))
    assert to_members(play) == []
    (path,) = laid(play)
    return path


def test_a_file_that_was_changed_there_holds_every_message(play: Play) -> None:
    path = laid_only(play)
    path.write_bytes(b"%PDF-1.7 iets anders")
    waiting = play.once()
    assert to_members(play) == []
    assert states(play) == dict.fromkeys(MAILED, (DispatchState.AANGEHOUDEN, links.CHANGED))
    assert any("Niet verzonden aan Noor Willems: Het bestand achter de link" in line for line in waiting)


def test_a_file_that_is_gone_holds_every_message(play: Play) -> None:
    laid_only(play).unlink()
    play.once()
    assert to_members(play) == []
    assert states(play) == dict.fromkeys(MAILED, (DispatchState.AANGEHOUDEN, links.GONE))


def jointly(play: Play) -> None:
    """Have all get one message."""
    machine = play.data / "dienst.toml"
    machine.write_text(
        machine.read_text("utf-8").replace("te_groot", 'aan_leden = "samen"\nte_groot', 1), "utf-8"
    )


def test_one_message_to_all_carries_the_link(play: Play) -> None:
    jointly(play)
    play.once()
    (mail,) = to_members(play)
    assert len(mail["Bcc"].addresses) == len(MAILED)
    assert list(mail.iter_attachments()) == []
    assert address_in(mail).startswith(ELSEWHERE)
    sent = states(play)
    assert {name: sent[name][0] for name in MAILED} == dict.fromkeys(MAILED, DispatchState.VERZONDEN)


@pytest.mark.parametrize("what", [links.CHANGED, links.GONE])
def test_one_message_to_all_is_held_for_each_when_its_link_leads_elsewhere(play: Play, what: str) -> None:
    jointly(play)
    path = laid_only(play)
    path.unlink() if what == links.GONE else path.write_bytes(b"%PDF-1.7 iets anders")
    waiting = play.once()
    assert to_members(play) == []
    held = states(play)
    assert {name: held[name] for name in MAILED} == dict.fromkeys(MAILED, (DispatchState.AANGEHOUDEN, what))
    told = [line for line in waiting if line.startswith("Niet verzonden")]
    assert len(told) == len(MAILED)


def test_an_own_template_without_the_link_sends_nothing(play: Play) -> None:
    own = play.place(Place.SJABLONEN, "mail_vergaderstukken.txt")
    files.write(own, b"{{ aanhef }}, hierbij {{ bestand }}.\n")
    waiting = play.once()
    assert to_members(play) == []
    assert any("Uw eigen sjabloon mail_vergaderstukken noemt de link" in line for line in waiting)
    own.unlink()
    play.once()
    assert len(to_members(play)) == len(MAILED)


# --- the folder is away ----------------------------------------------------------------


def test_while_the_folder_is_away_nothing_is_sent_and_it_is_not_made(play: Play) -> None:
    web(play).rmdir()
    waiting = play.once()
    assert not web(play).exists()
    assert to_members(play) == []
    assert not (play.meeting / MeetingPlace.VERSTUURD / WHOLE).exists()
    assert to_the_members(play).link is None
    assert any(LinkFolderAwayError.wat in line for line in waiting)
    assert any(
        "De map voor links ([koppeling] in dienst.toml) is niet bereikbaar" in line for line in waiting
    )
    web(play).mkdir()
    assert not any("map voor links" in line for line in play.once())
    assert len(to_members(play)) == len(MAILED)


def test_a_folder_that_goes_away_before_the_messages_holds_none(play: Play) -> None:
    laid_only(play)
    web(play).rename(play.base / "los")
    waiting = play.once()
    assert to_members(play) == []
    assert any(LinkFolderAwayError.wat in line for line in waiting)
    assert not web(play).exists()
    (play.base / "los").rename(web(play))
    play.once()
    assert len(to_members(play)) == len(MAILED)


def test_a_missing_folder_is_told_also_when_nothing_waits_for_it(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    with_links(play)
    assert play.once() == ()
    web(play).rmdir()
    (told,) = play.once()
    assert "De map voor links" in told


# --- the end ---------------------------------------------------------------------------


def test_after_its_last_day_the_link_is_gone_and_nothing_else(play: Play) -> None:
    play.once()
    (path,) = laid(play)
    others = {
        web(play) / "index.html": b"<p>van de school</p>",
        web(play) / ("ab" * 16) / WHOLE: b"van een ander",
        web(play) / "los.pdf": b"%PDF-1.7",
    }
    for other, content in others.items():
        files.write(other, content)
    play.once("2027-01-22T23:59")
    assert path.is_file()
    play.once("2027-01-23T00:00")
    assert not path.parent.exists()
    assert {one: one.read_bytes() for one in laid(play)} == others
    assert (play.meeting / MeetingPlace.VERSTUURD / WHOLE).is_file()
    before = tree(web(play))
    play.once("2027-01-24T09:00")
    assert tree(web(play)) == before
    lines = [one for one in journal_of(play)["lines"] if one.event == "link-ended"]  # type: ignore[attr-defined]
    assert [(one.subject, one.text) for one in lines] == [(to_the_members(play).id, WHOLE)]


def test_nobody_can_fetch_it_any_more(ready: Play, server: tuple[Path, str]) -> None:
    base, address = server
    play = copy_council(ready, base / "later")
    with_links(play, f"{address}/later/web")
    play.approve()
    play.once()
    link = address_in(to_members(play)[0])
    assert fetched(link)
    play.once("2027-01-23T00:00")
    with pytest.raises(HTTPError) as caught:
        fetched(link)
    assert caught.value.code == 404


def test_killed_while_ending_it_ends_again(play: Play) -> None:
    play.once()
    with play.office("2027-01-23T00:00") as office:
        job = claimed(office, JobKind.LINK_END)
        files.remove_folder(laid(play)[0].parent)
        flow.handle(job, office)
        flow.handle(job, office)
    assert list(web(play).iterdir()) == []


def claimed(office: Office, kind: JobKind) -> object:
    for _ in range(20):
        job = office.journal.claim()
        assert job is not None
        if job.kind is kind:
            return job
    raise AssertionError(f"no {kind}")


def test_a_link_that_cannot_be_ended_now_is_ended_later(play: Play) -> None:
    play.once()
    web(play).rename(play.base / "los")
    waiting = play.once("2027-01-23T00:00")
    assert any(LinkFolderAwayError.wat in line for line in waiting)
    (play.base / "los").rename(web(play))
    play.once("2027-01-23T00:01")
    assert list(web(play).iterdir()) == []


@pytest.mark.parametrize("block", ["", '[koppeling]\nmap = "../elders"\nadres = "https://elders.example"\n'])
def test_a_link_that_is_out_there_ends_where_it_was_laid_whatever_the_settings_say_by_then(
    play: Play, block: str
) -> None:
    play.once()
    assert len(laid(play)) == 1
    (play.base / "elders").mkdir()
    files.write(play.data / "dienst.toml", (MACHINE + block).encode())
    play.once("2027-01-22T23:00")
    assert len(laid(play)) == 1
    play.once("2027-01-23T00:00")
    assert laid(play) == []


def test_another_folder_in_the_settings_leads_nobody_astray(play: Play) -> None:
    """The file lies where it was laid, and the mails say so."""
    laid_only(play)
    text = (play.data / "dienst.toml").read_text("utf-8")
    (play.base / "elders").mkdir()
    files.write(
        play.data / "dienst.toml",
        text.replace("../web", "../elders").replace(ELSEWHERE, "https://e.example").encode(),
    )
    play.once()
    assert {address_in(mail).partition("/mr/")[0] for mail in to_members(play)} == {
        ELSEWHERE.removesuffix("/mr")
    }


def test_a_message_that_is_handed_over_only_after_the_last_day_is_held(play: Play) -> None:
    path = laid_only(play)
    play.once("2027-01-23T00:00")
    assert not path.exists()
    assert states(play) == dict.fromkeys(MAILED, (DispatchState.AANGEHOUDEN, links.EXPIRED))
