"""A procedure from its request to its end: only papers, the zaakkaart, letters and days; no command line."""

import shutil
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from playing import BOARD, COUNCIL, NOW, REQUEST, Play, copy_council, journal_of, mail, sheet, word

from pipeline import service
from pipeline.errors import TransportError
from pipeline.values import Deadline, EventSource, Kind, OutgoingMail, Place, Procedure, ProcedureState

SECRETARY, CHAIR, DEPUTY = "s.vermeer@zandhof.example", "b.kuiper@zandhof.example", "m.jansen@zandhof.example"
WITH_DEPUTY = f'{COUNCIL}\n[vervanging]\nnaam = "Mira Jansen"\ne-mail = "{DEPUTY}"\n'

ADVICE_ASKED = (
    "Zandhof, 16 november 2026",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: adviesaanvraag schooltijden",
    "Geachte leden van de medezeggenschapsraad,",
    "Wij vragen u om advies over het voorgenomen besluit tot andere schooltijden (artikel 11 onder l WMS).",
    "Wij ontvangen uw advies graag vóór 15 januari 2027.",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)
DECIDED = (
    "Zandhof, 8 januari 2027",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: besluit schooltijden naar aanleiding van uw advies",
    "Geachte leden van de medezeggenschapsraad,",
    "Op 4 januari 2027 hebben wij besloten tot andere schooltijden. Wij nemen uw advies gedeeltelijk over.",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)
YEARLY = "informatie-wms"
SHORT_NOTE = "Geachte leden,\n\nBijgaand ontvangt u onze brief.\n\nMet vriendelijke groet,\nhet bestuur\n"
FOLLOWED = "Volgt het besluit het advies?"


# --- what is looked at -----------------------------------------------------------------


def procedure(play: Play) -> Procedure:
    """Give the one procedure; what is opened every August is not meant."""
    (found,) = [one for one in journal_of(play)["procedures"] if one.definition != YEARLY]
    return found


def told(play: Play) -> dict[str, tuple[str, EventSource]]:
    """Give what holds now of a procedure, with who told it."""
    return {one.field: (one.answer, one.source) for one in procedure(play).events if one.withdrawn_at is None}


def running(play: Play) -> dict[str, Deadline]:
    return {term.term: term for term in procedure(play).deadlines}


def is_provisional(term: Deadline) -> bool:
    return "voorlopig" in [warning.code for warning in term.warnings]


def mails(play: Play) -> list[EmailMessage]:
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails())
    return [one for one in found if isinstance(one, EmailMessage)]


def to(message: EmailMessage) -> str:
    return str(message["To"].addresses[0].addr_spec)


def letters(play: Play) -> list[EmailMessage]:
    return [one for one in mails(play) if list(one.iter_attachments())]


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def concepts(play: Play) -> list[str]:
    return sorted(path.name for path in play.place(Place.BRIEVEN_CONCEPT).iterdir())


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


# --- the play --------------------------------------------------------------------------


def post_decision(play: Play, folder: Path, subject: str, lines: tuple[str, ...] = DECIDED) -> None:
    paper = word(folder / "Besluit schooltijden.docx", lines)
    play.post("2.eml", mail(subject, SHORT_NOTE, paper, day="Fri, 08 Jan 2027 10:15:00 +0100"))


@pytest.fixture(scope="module")
def with_request(new_council: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """A request for advice came in by mail on 16 November 2026; it was filed on the 23rd."""
    folder = tmp_path_factory.mktemp("aanvraag")
    play = copy_council(new_council, folder / "raad")
    play.settings(WITH_DEPUTY)
    request = word(folder / "Adviesaanvraag schooltijden.docx", ADVICE_ASKED)
    play.post("1.eml", mail("Adviesaanvraag schooltijden", SHORT_NOTE, request))
    assert play.once() == ()
    return play


@pytest.fixture
def asked(with_request: Play, tmp_path: Path) -> Play:
    return copy_council(with_request, tmp_path / "raad")


@pytest.fixture(scope="module")
def on_the_agenda(with_request: Play, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """It was set on the agenda of 8 December, so that the concept of the advice lies ready."""
    play = copy_council(with_request, tmp_path_factory.mktemp("agenda") / "raad")
    play.fill("Op de agenda van", date(2026, 12, 8))
    assert play.once() == ()
    return play


@pytest.fixture
def agenda(on_the_agenda: Play, tmp_path: Path) -> Play:
    return copy_council(on_the_agenda, tmp_path / "raad")


# --- the whole road --------------------------------------------------------------------


def test_a_whole_procedure_without_the_command_line(asked: Play, tmp_path: Path) -> None:
    """From an adviesaanvraag to the archive.

    Reglement: six weeks without school holidays after 16 November 2026. 17 November up to and including
    18 December is 32 days, the Christmas holiday of noord is 19 December to 3 January, the last ten days
    are 4 to 13 January 2027. WMS 34 lid 2: six weeks after the decision of 4 January is 15 February 2027.
    """
    opened = procedure(asked)
    assert (opened.definition, opened.state) == ("advies-wms", ProcedureState.ONTVANGEN)
    assert running(asked)["reglement-termijn_advies"].strict == date(2027, 1, 13)
    assert concepts(asked) == ["2026-0001 Ontvangstbevestiging - concept.docx"]

    asked.fill("Op de agenda van", date(2026, 12, 8))
    asked.fill("Strekking van het advies", "positief onder voorwaarden")
    assert asked.once() == ()
    assert told(asked)["op_agenda"] == ("2026-12-08", EventSource.ZAAKKAART)
    assert procedure(asked).state is ProcedureState.OP_AGENDA
    assert asked.asked("Op de agenda van") == (
        "08-12-2026",
        "Vastgelegd op 23 november 2026, 9.00 uur, op deze kaart ingevuld",
    )

    asked.complete("Advies")
    asked.send_letter("Advies")
    assert asked.once("2026-12-09T09:00") == ()
    (letter,) = letters(asked)
    assert (to(letter), letter["Subject"]) == (BOARD, "Advies (2026-0001)")
    assert [part.get_filename() for part in letter.iter_attachments()] == ["2026-0001 Advies.pdf"]
    assert told(asked)["advies_uitgebracht_op"] == ("2026-12-09", EventSource.BRIEF)
    assert procedure(asked).state is ProcedureState.BEANTWOORD
    (dossier,) = asked.place(Place.ARCHIEF).glob("*/2026-0001 *")
    assert files_in(dossier / "Brieven") == {"2026-0001 Advies.pdf", "2026-0001 Advies.docx"}
    assert not list(asked.place(Place.BRIEVEN_VERSTUREN).iterdir())

    post_decision(asked, tmp_path, "Besluit schooltijden, uw kenmerk 2026-0001")
    assert asked.once("2027-01-08T12:00") == ()
    assert told(asked)["besluit_meegedeeld_op"] == ("2027-01-08", EventSource.POST)
    assert told(asked)["besluit_genomen_op"] == ("2027-01-04", EventSource.POST)
    assert "gevolgd" not in told(asked)
    assert {name: term.strict for name, term in running(asked).items()} == {
        "WMS-34-1": date(2027, 2, 15),
        "WMS-34-2": date(2027, 2, 15),
    }
    assert all(is_provisional(term) for term in running(asked).values())
    assert procedure(asked).state is ProcedureState.OPGESCHORT

    asked.fill(FOLLOWED, "deels")
    asked.once("2027-01-11T09:00")
    assert set(running(asked)) == {"WMS-34-1", "WMS-34-2"}
    assert not any(is_provisional(term) for term in running(asked).values())

    asked.fill(FOLLOWED, None)
    asked.once("2027-01-11T10:00")
    assert "gevolgd" not in told(asked)
    assert all(is_provisional(term) for term in running(asked).values())
    assert asked.asked(FOLLOWED) == ("", "Teruggenomen op 11 januari 2027, 10.00 uur")

    asked.fill(FOLLOWED, "ja")
    asked.once("2027-01-11T11:00")
    assert running(asked) == {}
    assert procedure(asked).state is ProcedureState.BESLOTEN
    assert concepts(asked) == ["2026-0001 Ontvangstbevestiging - concept.docx"]

    asked.fill("Zaak afgesloten op", "12-1-2027")
    assert asked.once("2027-01-12T10:00") == ()
    assert procedure(asked).state is ProcedureState.AFGEROND
    assert [path.name for path in asked.place(Place.LOPEND).iterdir()] == ["Nieuwe zaak.xlsx"]
    assert {"zaakkaart.xlsx", "Toetsing.pdf", "Termijnen.pdf", "procedure.json"} <= files_in(dossier)
    assert concepts(asked) == []


def test_every_event_stands_in_the_journal_once_with_what_was_taken_back(asked: Play) -> None:
    asked.fill("Op de agenda van", date(2026, 12, 8))
    asked.once()
    asked.fill("Op de agenda van", None)
    asked.once()
    lines = [
        (line.event, line.subject) for line in journal_of(asked)["lines"] if line.event.startswith("event-")
    ]
    assert lines == [
        ("event-recorded", "2026-0001#1"),
        ("event-recorded", "2026-0001#2"),
        ("event-recorded", "2026-0001#3"),
        ("event-withdrawn", "2026-0001#3"),
    ]


# --- the zaakkaart ---------------------------------------------------------------------


def test_what_cannot_be_recorded_is_answered_on_the_card_and_what_stood_stays(agenda: Play) -> None:
    agenda.fill("Op de agenda van", "31 november 2026")
    agenda.fill("Advies uitgebracht op", "24-11-2026")
    waiting = agenda.once()
    assert told(agenda)["op_agenda"] == ("2026-12-08", EventSource.ZAAKKAART)
    assert "advies_uitgebracht_op" not in told(agenda)
    shown, recorded = agenda.asked("Op de agenda van")
    assert shown == "31 november 2026"
    assert recorded.startswith("Niet vastgelegd: '31 november 2026' is geen bestaande dag.")
    assert recorded.endswith("Wat er stond blijft gelden: 08-12-2026.")
    shown, recorded = agenda.asked("Advies uitgebracht op")
    assert (shown, recorded) == (
        "24-11-2026",
        "Niet vastgelegd: 24 november 2026 moet nog komen. Vul de dag in zodra het is gebeurd.",
    )
    assert [line.split(" is niet vastgelegd")[0] for line in waiting] == [
        "Zaakkaart 2026-0001: ‘Op de agenda van’",
        "Zaakkaart 2026-0001: ‘Advies uitgebracht op’",
    ]


def test_a_mended_answer_is_recorded_and_the_refusal_is_gone(agenda: Play) -> None:
    agenda.fill("Op de agenda van", "31 november 2026")
    agenda.once()
    agenda.fill("Op de agenda van", "1-12-2026")
    assert agenda.once() == ()
    assert told(agenda)["op_agenda"][0] == "2026-12-01"
    assert agenda.asked("Op de agenda van")[1].startswith("Vastgelegd op")


def test_an_emptied_cell_takes_its_event_back_with_all_that_followed(agenda: Play) -> None:
    """The state, and the concept of the advice that nobody had worked on."""
    assert "2026-0001 Advies - concept.docx" in concepts(agenda)
    agenda.fill("Op de agenda van", None)
    agenda.once()
    assert "op_agenda" not in told(agenda)
    assert procedure(agenda).state is ProcedureState.ONTVANGEN
    assert concepts(agenda) == ["2026-0001 Ontvangstbevestiging - concept.docx"]


def test_an_event_that_is_taken_back_leaves_what_a_person_wrote(agenda: Play) -> None:
    mine = agenda.complete("Advies").read_bytes()
    agenda.fill("Op de agenda van", None)
    agenda.once()
    assert agenda.concept("Advies").read_bytes() == mine


def test_a_card_that_was_removed_comes_back(agenda: Play) -> None:
    agenda.card("2026-0001").unlink()
    agenda.once()
    assert agenda.asked("Op de agenda van")[0] == "08-12-2026"


def test_an_extension_needs_its_reason(asked: Play) -> None:
    """A term of the reglement can be moved by agreement, and the reason is kept."""
    asked.fill("Verlengd tot en met", "29-1-2027")
    asked.once()
    assert asked.asked("Verlengd tot en met")[1] == "Niet vastgelegd: Vul ook in: Reden van de verlenging."
    assert running(asked)["reglement-termijn_advies"].strict == date(2027, 1, 13)
    asked.fill("Reden van de verlenging", "Het bestuur stemde in op 20 november.")
    asked.once()
    assert running(asked)["reglement-termijn_advies"].strict == date(2027, 1, 29)


def test_an_intention_to_depart_is_not_the_decision(agenda: Play) -> None:
    """It asks for talks; no suspension and no term of a dispute begins."""
    agenda.fill("Advies uitgebracht op", "9-12-2026")
    agenda.fill("Bestuur kondigde aan af te wijken op", "14-12-2026")
    agenda.once("2026-12-15T09:00")
    assert procedure(agenda).state is ProcedureState.NADER_OVERLEG
    assert set(running(agenda)) == {"WMS-17"}
    assert "2026-0001 Verzoek om nader overleg - concept.docx" in concepts(agenda)


def test_a_letter_can_be_asked_for_on_the_card(asked: Play) -> None:
    asked.fill("Brief klaarzetten", "Verzoek om uitstel")
    asked.once()
    assert "2026-0001 Verzoek om uitstel - concept.docx" in concepts(asked)


def test_a_letter_that_was_asked_for_stays_until_it_is_sent(asked: Play) -> None:
    """Though nothing else asks for it, and whatever is told meanwhile."""
    asked.fill("Brief klaarzetten", "Advies")
    asked.once()
    asked.fill("Volledig verklaard op", "20-11-2026")
    asked.once()
    assert procedure(asked).state is ProcedureState.VOLLEDIG
    assert "2026-0001 Advies - concept.docx" in concepts(asked)


# --- letters ---------------------------------------------------------------------------


def test_a_letter_with_something_still_to_write_is_laid_back_with_the_reason(agenda: Play) -> None:
    agenda.send_letter("Advies")
    agenda.once()
    assert letters(agenda) == []
    assert not list(agenda.place(Place.BRIEVEN_VERSTUREN).iterdir())
    assert "2026-0001 Advies - concept.docx" in concepts(agenda)
    (reason,) = agenda.place(Place.BRIEVEN_CONCEPT).glob("*niet verzonden.txt")
    assert "[NOG" in reason.read_text("utf-8-sig")
    assert "advies_uitgebracht_op" not in told(agenda)
    agenda.complete("Advies")
    agenda.send_letter("Advies")
    agenda.once()
    assert [to(one) for one in letters(agenda)] == [BOARD]


def test_moving_a_letter_back_during_the_pause_cancels(agenda: Play) -> None:
    """Nothing leaves and nothing is recorded; afterwards it can be sent with a new pause."""
    agenda.settings(WITH_DEPUTY.replace("bedenktijd_minuten = 0", "bedenktijd_minuten = 10"))
    agenda.complete("Advies")
    moved = agenda.send_letter("Advies")
    agenda.once("2026-12-09T09:00")
    (notice,) = agenda.place(Place.BRIEVEN_VERSTUREN).glob("*.txt")
    assert notice.name.endswith("wordt verzonden om 9.10 uur.txt")
    assert BOARD in notice.read_text("utf-8-sig")
    agenda.once("2026-12-09T09:09")
    assert letters(agenda) == []
    moved.rename(agenda.place(Place.BRIEVEN_CONCEPT, moved.name))
    agenda.once("2026-12-09T09:30")
    assert letters(agenda) == []
    assert "advies_uitgebracht_op" not in told(agenda)
    assert not list(agenda.place(Place.BRIEVEN_VERSTUREN).iterdir())
    agenda.send_letter("Advies")
    agenda.once("2026-12-09T10:00")
    agenda.once("2026-12-09T10:09")
    assert letters(agenda) == []
    agenda.once("2026-12-09T10:10")
    assert [to(one) for one in letters(agenda)] == [BOARD]
    assert told(agenda)["advies_uitgebracht_op"][0] == "2026-12-09"


@pytest.mark.parametrize("name", ["2026-0001 Advies - concept.docx", "2026-0001 Advies - concept (1).docx"])
def test_the_same_letter_never_goes_twice(agenda: Play, name: str) -> None:
    """A copy that was kept aside is laid back with the reason, under its own name or another."""
    copy = shutil.copyfile(agenda.complete("Advies"), agenda.base / "kopie.docx")
    agenda.send_letter("Advies")
    agenda.once("2026-12-09T09:00")
    assert len(letters(agenda)) == 1
    shutil.copyfile(copy, agenda.place(Place.BRIEVEN_VERSTUREN, name))
    for moment in ("2026-12-09T09:30", "2026-12-10T09:00"):
        agenda.once(moment)
        assert len(letters(agenda)) == 1
    assert not list(agenda.place(Place.BRIEVEN_VERSTUREN).glob("*.docx"))
    (reason,) = agenda.place(Place.BRIEVEN_CONCEPT).glob("*niet verzonden.txt")
    assert "al verzonden" in reason.read_text("utf-8-sig")


def test_a_second_letter_of_the_same_sort_goes_under_its_own_number(agenda: Play) -> None:
    """An acknowledgement that was corrected is another letter."""
    for number in ("", " 2"):
        if number:
            agenda.fill("Brief klaarzetten", "Ontvangstbevestiging")
            agenda.once("2026-11-24T09:00")
            word(agenda.concept("Ontvangstbevestiging"), ("Verbeterde brief",))
        agenda.complete("Ontvangstbevestiging")
        agenda.send_letter("Ontvangstbevestiging")
        agenda.once("2026-11-24T09:30")
        names = [part.get_filename() for one in letters(agenda) for part in one.iter_attachments()]
        assert f"2026-0001 Ontvangstbevestiging{number}.pdf" in names
    assert len(letters(agenda)) == 2


def test_a_letter_to_an_address_outside_the_allowed_domains_is_laid_back(agenda: Play) -> None:
    """Nothing leaves, nothing is recorded, and nothing lies among what was sent."""
    machine = agenda.data / "dienst.toml"
    allowed = '[verzending]\ndomeinen = ["elders.example"]\n'
    machine.write_text(machine.read_text("utf-8").replace("[verzending]\n", allowed), "utf-8")
    agenda.complete("Advies")
    agenda.send_letter("Advies")
    agenda.once("2026-12-09T09:00")
    assert letters(agenda) == []
    assert "advies_uitgebracht_op" not in told(agenda)
    assert "2026-0001 Advies - concept.docx" in concepts(agenda)
    (reason,) = agenda.place(Place.BRIEVEN_CONCEPT).glob("*niet verzonden.txt")
    assert "domein" in reason.read_text("utf-8-sig")
    assert files_in(agenda.place(Place.BRIEVEN_VERSTUURD)) == set()


class Drafts:
    """A mailbox that is too busy to send what it has ready."""

    def __init__(self) -> None:
        self.ready: list[str] = []
        self.withdrawn: list[str] = []
        self.is_away = False

    def prepare(self, mail: OutgoingMail) -> str:
        self.ready.append(mail.message_id)
        return f"concept-{len(self.ready)}"

    def send(self, _mail: OutgoingMail, _draft: str) -> frozenset[str]:
        raise TransportError("busy")

    def was_sent(self, _message_id: str, _draft: str) -> bool:
        return False

    def withdraw(self, message_id: str) -> None:
        if self.is_away:
            raise TransportError("away")
        self.withdrawn.append(message_id)


def test_a_letter_of_which_the_pdf_changed_is_laid_back_and_its_draft_taken_away(agenda: Play) -> None:
    """Also when the mailbox is away just then: the draft still holds the letter."""
    agenda.complete("Advies")
    agenda.send_letter("Advies")
    drafts = Drafts()

    def work(moment: str) -> None:
        with agenda.office(moment) as office:
            service.work_once(replace(office, transport=drafts))

    work("2026-12-09T09:00")
    assert len(drafts.ready) == 1
    (pdf,) = agenda.place(Place.BRIEVEN_VERSTUURD).glob("*.pdf")
    pdf.write_bytes(b"veranderd")
    drafts.is_away = True
    work("2026-12-09T10:00")
    assert drafts.withdrawn == []
    drafts.is_away = False
    work("2026-12-09T11:00")
    assert drafts.withdrawn == drafts.ready[:1]
    assert "2026-0001 Advies - concept.docx" in concepts(agenda)
    (reason,) = agenda.place(Place.BRIEVEN_CONCEPT).glob("*niet verzonden.txt")
    assert "veranderd nadat u de brief liet versturen" in reason.read_text("utf-8-sig")


def test_a_letter_without_the_number_of_a_case_is_laid_back(agenda: Play) -> None:
    target = agenda.place(Place.BRIEVEN_VERSTUREN, "Mijn advies.docx")
    target.parent.mkdir(exist_ok=True)
    word(target, ("Ons advies",))
    agenda.once()
    assert letters(agenda) == []
    (reason,) = agenda.place(Place.BRIEVEN_CONCEPT).glob("Mijn advies - niet verzonden.txt")
    assert "kenmerk" in reason.read_text("utf-8-sig")


# --- cases that a person opens ---------------------------------------------------------


def open_case(play: Play, *rows: tuple[object, ...]) -> None:
    """Type rows in ``Nieuwe zaak.xlsx``, as a person does below what already stands there."""
    path = play.place(Place.LOPEND, "Nieuwe zaak.xlsx")
    book = openpyxl.load_workbook(path)
    table = book["Nieuwe zaak"]
    number = next(row for row in range(1, table.max_row + 1) if table.cell(row, 1).value == "soort") + 1
    while table.cell(number, 1).value:
        number += 1
    for typed in rows:
        for column, value in enumerate(typed, start=1):
            table.cell(number, column).value = value  # type: ignore[assignment]
        number += 1
    book.save(path)


def answered(play: Play) -> list[str]:
    """Read the column Vastgelegd of the rows that were filled in."""
    table = openpyxl.load_workbook(play.place(Place.LOPEND, "Nieuwe zaak.xlsx"))["Nieuwe zaak"]
    rows = [row for row in table.iter_rows(values_only=True) if row[0]]
    heads = next(number for number, row in enumerate(rows) if row[0] == "soort")
    return [str(row[3]) for row in rows[heads + 1 :]]


def test_a_proposal_of_the_council_is_opened_once_with_three_months_for_the_board(play: Play) -> None:
    """WMS 6 lid 2: three months after Friday 20 November 2026 is Saturday 20 February 2027; with the
    Algemene termijnenwet Monday the 22nd. Silence of the board is no yes."""
    play.once()
    open_case(play, ("initiatiefvoorstel", "Fietsenstalling", date(2026, 11, 20)))
    play.once()
    term = running(play)["WMS-6-2"]
    assert (term.strict, term.last_day) == (date(2027, 2, 20), date(2027, 2, 22))
    assert procedure(play).kind is Kind.INITIATIEFVOORSTEL
    assert play.card("2026-0001").is_file()
    open_case(play, ("Initiatiefvoorstel", "fietsenstalling", "20-11-2026"))
    play.once()
    assert len(journal_of(play)["procedures"]) == 1
    assert answered(play) == ["Geopend als 2026-0001; de zaakkaart ligt in Lopend."] * 2
    play.once("2027-02-23T09:00")
    assert procedure(play).state is ProcedureState.ONTVANGEN
    assert set(running(play)) == {"WMS-6-2"}


def test_a_row_that_cannot_be_opened_is_answered_with_the_reason(play: Play) -> None:
    play.once()
    open_case(
        play,
        ("toverspreuk", "Iets", date(2026, 11, 20)),
        ("initiatiefvoorstel", "", date(2026, 11, 20)),
        ("initiatiefvoorstel", "Later", date(2026, 12, 20)),
        ("initiatiefvoorstel", "Onzin", "30-2-2026"),
    )
    play.once()
    assert journal_of(play)["procedures"] == ()
    no_sort, no_subject, too_soon, no_day = answered(play)
    assert no_sort.startswith("Niet vastgelegd: kies een soort uit de lijst: begin van het jaar, ")
    assert no_subject == "Niet vastgelegd: vul in waar het over gaat, op een nieuwe regel."
    assert too_soon.startswith("Niet vastgelegd: die dag moet nog komen.")
    assert no_day.startswith("Niet vastgelegd: '30-2-2026' is geen bestaande dag.")


# --- papers ----------------------------------------------------------------------------


def take_back(play: Play, kenmerk: str, now: str = NOW) -> None:
    filed = next(play.place(Place.ARCHIEF).rglob(f"{kenmerk}*.docx"))
    shutil.copyfile(filed, play.place(Place.TERUG_TE_DRAAIEN) / filed.name)
    play.once(now)


def test_taking_the_request_back_ends_its_procedure(agenda: Play) -> None:
    take_back(agenda, "2026-0001-01")
    assert procedure(agenda).state is ProcedureState.TERUGGEDRAAID
    assert concepts(agenda) == []
    assert [path.name for path in agenda.place(Place.LOPEND).iterdir()] == ["Nieuwe zaak.xlsx"]


def test_taking_a_decision_back_withdraws_what_it_told(agenda: Play, tmp_path: Path) -> None:
    """The suspension ends, and the board owes its reaction on the advice again."""
    agenda.fill("Advies uitgebracht op", "9-12-2026")
    agenda.once("2026-12-09T10:00")
    post_decision(agenda, tmp_path, "Besluit schooltijden, uw kenmerk 2026-0001")
    agenda.once("2027-01-08T12:00")
    assert set(running(agenda)) == {"WMS-34-1", "WMS-34-2"}
    take_back(agenda, "2026-0001-02", "2027-01-08T13:00")
    assert set(running(agenda)) == {"WMS-17"}
    assert procedure(agenda).state is ProcedureState.BEANTWOORD


def test_a_decision_without_a_request_opens_its_own_case(play: Play, tmp_path: Path) -> None:
    """WMS 34 lid 2, provisionally: six weeks after the decision of 4 January 2027 is 15 February."""
    post_decision(play, tmp_path, "Besluit schooltijden")
    play.once("2027-01-08T12:00")
    opened = procedure(play)
    assert (opened.definition, opened.kind) == ("besluit-wms", Kind.BESLUIT_NA_ADVIES)
    term = running(play)["WMS-34-2"]
    assert (term.trigger, term.strict) == (date(2027, 1, 4), date(2027, 2, 15))
    assert is_provisional(term)
    assert told(play)["ontvangen_op"] == ("2027-01-08", EventSource.POST)


def test_after_the_decision_the_next_meeting_in_time_is_the_one_that_counts(
    asked: Play, tmp_path: Path
) -> None:
    """The agenda of 8 December was that of the advice; the dispute is for the meeting of 26 January."""
    meetings = (
        (date(2026, 12, 8), "Overlegvergadering", "19.30"),
        (date(2027, 1, 26), "Vergadering", "20.00"),
    )
    sheet(asked.place(Place.INSTELLINGEN, "rooster.xlsx"), ("datum", "soort", "aanvang"), meetings)
    asked.fill("Op de agenda van", date(2026, 12, 8))
    asked.fill("Advies uitgebracht op", "9-12-2026")
    asked.once("2026-12-09T10:00")
    post_decision(asked, tmp_path, "Besluit schooltijden, uw kenmerk 2026-0001")
    asked.once("2027-01-08T12:00")
    (guard,) = procedure(asked).guards
    assert (guard.last_meeting, guard.alarm) == (date(2027, 1, 26), "")
    assert procedure(asked).meeting_day == date(2027, 1, 26)


# --- days ------------------------------------------------------------------------------


def post_consent_request(play: Play, folder: Path) -> None:
    request = word(folder / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", SHORT_NOTE, request))
    play.once()


def test_silence_never_becomes_consent(play: Play, tmp_path: Path) -> None:
    """The term of the reglement ends on 13 January 2027; on the 14th it has lapsed, and no more than that."""
    post_consent_request(play, tmp_path)
    play.once("2027-01-13T09:00")
    assert procedure(play).state is ProcedureState.ONTVANGEN
    play.once("2027-01-14T09:00")
    lapsed = procedure(play)
    assert lapsed.state is ProcedureState.TERMIJN_VERSTREKEN
    assert not {"instemming", "besluit_raad_op", "afgesloten_op"} & set(told(play))
    assert "De termijn is verstreken zonder instemming. Zwijgen is geen instemming." in lapsed.to_do
    play.once("2027-09-01T09:00")
    assert procedure(play).state is ProcedureState.TERMIJN_VERSTREKEN


def test_without_a_meeting_in_time_three_people_hear_it_that_same_day(play: Play, tmp_path: Path) -> None:
    """Once: not again that day, nor the next; the letter that asks for more time lies ready."""
    play.settings(WITH_DEPUTY)
    late = ((date(2027, 2, 9), "Vergadering", "20.00"),)
    sheet(play.place(Place.INSTELLINGEN, "rooster.xlsx"), ("datum", "soort", "aanvang"), late)
    post_consent_request(play, tmp_path)
    alarms = [one for one in mails(play) if str(one["Subject"]).startswith("Let op")]
    assert sorted(to(one) for one in alarms) == sorted([SECRETARY, CHAIR, DEPUTY])
    assert {str(one["Subject"]) for one in alarms} == {"Let op: uiterste dag 13 januari 2027 (2026-0001)"}
    assert all("Er is geen vergadering meer" in words(one) for one in alarms)
    assert all("2026-0001 Verzoek om uitstel - concept.docx" in words(one) for one in alarms)
    assert "2026-0001 Verzoek om uitstel - concept.docx" in concepts(play)
    sent = len(mails(play))
    play.once()
    assert len(mails(play)) == sent
    play.once("2026-11-24T09:00")
    assert len(mails(play)) == sent


def test_an_alarm_is_over_when_a_meeting_is_planned(play: Play, tmp_path: Path) -> None:
    heads = ("datum", "soort", "aanvang")
    rooster = play.place(Place.INSTELLINGEN, "rooster.xlsx")
    sheet(rooster, heads, ((date(2027, 2, 9), "Vergadering", "20.00"),))
    post_consent_request(play, tmp_path)
    assert any(one.startswith("Er is geen vergadering meer") for one in procedure(play).to_do)
    sheet(rooster, heads, ((date(2027, 1, 12), "Extra vergadering", "20.00"),))
    play.once()
    assert not any(one.startswith("Er is geen vergadering meer") for one in procedure(play).to_do)
    assert procedure(play).meeting_day == date(2027, 1, 12)
    assert "2026-0001 Verzoek om uitstel - concept.docx" not in concepts(play)


def reminded(play: Play, now: str) -> list[str]:
    """Do what a day asks, and give what the mails of that moment say of the term."""
    before = set(play.mails())
    play.once(now)
    new = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in set(play.mails()) - before
    ]
    bodies = [str(one.get_body(("plain",)).get_content()) for one in new]
    lines = (line for body in bodies for line in body.splitlines())
    return [line for line in lines if "uiterlijk woensdag 13 januari 2027" in line]


def test_missed_rounds_are_caught_up_and_nothing_is_told_twice(play: Play, tmp_path: Path) -> None:
    """T-14 is 30 December, in the Christmas holiday from the 19th, so it is also said on the 18th.

    T-7 is 6 January; then ten days are missed, in which T-2, T and T+1 fall: only the newest is told.
    """
    post_consent_request(play, tmp_path)
    expected = {
        "2026-12-17T09:00": [],
        "2026-12-18T09:00": ["nog 26 dagen"],
        "2026-12-18T15:00": [],
        "2026-12-30T09:00": ["nog 14 dagen"],
        "2026-12-31T09:00": [],
        "2027-01-06T09:00": ["nog 7 dagen"],
        "2027-01-16T09:00": ["3 dagen geleden"],
        "2027-01-16T15:00": [],
        "2027-01-17T09:00": [],
    }
    for now, left in expected.items():
        found = reminded(play, now)
        assert [line.rpartition("(")[2].partition(")")[0] for line in found] == left, now


def test_post_that_became_no_paper_is_told_once_in_a_mail_that_goes_anyway(
    play: Play, tmp_path: Path
) -> None:
    """An answer of a machine and a mail that came again; no mail goes for that alone."""
    post_consent_request(play, tmp_path)
    request = tmp_path / "Instemmingsverzoek vakantierooster.docx"
    play.post("8.eml", mail("Instemmingsverzoek vakantierooster 2027-2028", SHORT_NOTE, request))
    answer = mail("Automatisch antwoord: afwezig", "Ik ben er maandag weer.", sender="jan@ergens.example")
    play.post("9.eml", b"Auto-Submitted: auto-replied\r\n" + answer)
    for now in ("2026-11-25T09:00", "2026-11-26T09:00", "2026-12-18T09:00", "2026-12-30T09:00"):
        play.once(now)
    told = [words(one) for one in mails(play)]
    for line in (
        "- 1 automatisch bericht.",
        "- 1 keer post die al eerder was ontvangen (opgeborgen als 2026-0001-01).",
    ):
        assert sum(text.count(line) for text in told) == 1
    assert not any("afwezig" in text for text in told)
