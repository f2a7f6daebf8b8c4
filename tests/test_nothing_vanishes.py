"""What must never happen to a procedure: a term that vanishes, moves or runs late without a word.

Also: what is typed and lost, a paper that reaches the wrong people, a letter that lies unseen.
"""

import shutil
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest
from playing import COUNCIL, REQUEST, Play, copy_council, journal_of, mail, sheet, word

from pipeline.values import Place, Procedure, ProcedureState

ADVICE = (
    "Zandhof, 16 november 2026",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: adviesaanvraag schooltijden",
    "Geachte leden van de medezeggenschapsraad,",
    "Wij vragen u om advies over het voorgenomen besluit tot andere schooltijden (artikel 11 onder l WMS).",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)
DECIDED = (
    "Zandhof, 8 januari 2027",
    "Aan de medezeggenschapsraad van De Zandhof",
    "Onderwerp: besluit schooltijden naar aanleiding van uw advies",
    "Geachte leden van de medezeggenschapsraad,",
    "Op 6 januari 2027 hebben wij besloten tot andere schooltijden. Wij nemen uw advies gedeeltelijk over.",
    "Met vriendelijke groet,",
    "Bestuur Stichting Zandhof",
)
NOTE = "Geachte leden,\n\nBijgaand onze brief.\n\nMet vriendelijke groet,\nhet bestuur\n"
DISPUTE, SUSPENSION = "WMS-34-2", "WMS-34-1"


def case(play: Play, dossier: str = "2026-0001") -> Procedure:
    (found,) = [one for one in journal_of(play)["procedures"] if one.dossier == dossier]
    return found


def holds(play: Play, dossier: str = "2026-0001") -> dict[str, str]:
    return {one.field: one.answer for one in case(play, dossier).events if one.withdrawn_at is None}


def runs(play: Play, dossier: str = "2026-0001") -> dict[str, str]:
    return {term.term: str(term.strict) for term in case(play, dossier).deadlines}


def decide(play: Play, folder: Path, name: str = "2", day: str = "Fri, 08 Jan 2027") -> None:
    paper = word(folder / f"Besluit {name}.docx", (f"Kenmerk B-{name}", *DECIDED))
    subject = "Besluit schooltijden (uw kenmerk 2026-0001)"
    play.post(f"{name}.eml", mail(f"{subject} {name}", NOTE, paper, day=f"{day} 10:15:00 +0100"))


@pytest.fixture
def asked(new_council: Play, tmp_path: Path) -> Play:
    """A request for advice that came in on 16 November 2026."""
    play = copy_council(new_council, tmp_path / "raad")
    request = word(tmp_path / "Adviesaanvraag schooltijden.docx", ADVICE)
    play.post("1.eml", mail("Adviesaanvraag schooltijden", NOTE, request))
    play.once()
    return play


@pytest.fixture
def advised(asked: Play) -> Play:
    asked.fill("Advies uitgebracht op", "9-12-2026")
    asked.once("2026-12-10T09:00")
    return asked


# --- the card --------------------------------------------------------------------------


def test_an_old_card_does_not_take_back_what_the_post_told_meanwhile(advised: Play, tmp_path: Path) -> None:
    """She had the card open; the decision came in; she saves her card with a remark on it."""
    before = tmp_path / "zaakkaart.xlsx"
    shutil.copyfile(advised.card("2026-0001"), before)
    decide(advised, tmp_path)
    advised.once("2027-01-09T09:00")
    assert {DISPUTE, SUSPENSION} <= set(runs(advised))
    shutil.copyfile(before, advised.card("2026-0001"))
    advised.fill("Opmerking", "gebeld met het bestuur")
    advised.once("2027-01-09T10:00")
    assert {DISPUTE, SUSPENSION} <= set(runs(advised))
    assert holds(advised)["opmerking"] == "gebeld met het bestuur"
    assert advised.asked("Besluit genomen op")[0] == "06-01-2027"


def test_an_answer_that_was_recorded_meanwhile_is_not_overwritten_unseen(
    advised: Play, tmp_path: Path
) -> None:
    before = tmp_path / "zaakkaart.xlsx"
    shutil.copyfile(advised.card("2026-0001"), before)
    decide(advised, tmp_path)
    advised.once("2027-01-09T09:00")
    shutil.copyfile(before, advised.card("2026-0001"))
    advised.fill("Besluit genomen op", "8-1-2027")
    waiting = advised.once("2027-01-09T10:00")
    assert holds(advised)["besluit_genomen_op"] == "2027-01-06"
    assert any("intussen vastgelegd: 06-01-2027" in line for line in waiting)
    advised.fill("Besluit genomen op", "7-1-2027")
    assert advised.once("2027-01-09T11:00") == ()
    assert holds(advised)["besluit_genomen_op"] == "2027-01-07"


def test_a_card_that_was_thrown_away_twice_comes_back_twice(asked: Play) -> None:
    for _ in range(2):
        asked.card("2026-0001").unlink()
        asked.once()
        assert asked.card("2026-0001").is_file()


def test_a_renamed_folder_keeps_its_card_and_a_copy_is_named(asked: Play) -> None:
    folder = asked.card("2026-0001").parent
    renamed = folder.rename(folder.with_name("2026-0001 Schooltijden (Sanne)"))
    book = openpyxl.load_workbook(renamed / "zaakkaart.xlsx")
    book.save(renamed / "zaakkaart - Kopie.xlsx")
    waiting = asked.once()
    assert [one.name for one in asked.place(Place.LOPEND).iterdir() if one.is_dir()] == [renamed.name]
    assert any("zaakkaart - Kopie.xlsx wordt niet gelezen" in line for line in waiting)


# --- decisions -------------------------------------------------------------------------


def test_a_letter_that_reads_silence_as_consent_does_not_make_it_so(
    new_council: Play, tmp_path: Path
) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    lines = (
        *DECIDED[:2],
        "Onderwerp: besluit na instemming vakantierooster",
        "Omdat u niet binnen zes weken hebt gereageerd, gaan wij ervan uit dat u hebt ingestemd.",
        "Op 6 januari 2027 hebben wij na uw instemming besloten het vakantierooster in te voeren.",
        *DECIDED[5:],
    )
    paper = word(tmp_path / "Besluit vakantierooster.docx", lines)
    play.post("1.eml", mail("Besluit vakantierooster", NOTE, paper, day="Fri, 08 Jan 2027 10:15:00 +0100"))
    play.once("2027-01-09T09:00")
    for one in journal_of(play)["procedures"]:
        assert "na_instemming" not in [event.answer for event in one.events]
        assert one.deadlines
        assert not any(task.startswith("Sluit") for task in one.to_do)


def test_a_second_letter_does_not_move_a_day_that_stands_but_is_asked_about(
    advised: Play, tmp_path: Path
) -> None:
    advised.fill("Besluit genomen op", "4-1-2027")
    advised.fill("Besluit meegedeeld op", "5-1-2027")
    advised.once("2027-01-06T09:00")
    term = runs(advised)[DISPUTE]
    decide(advised, tmp_path)
    advised.once("2027-01-09T09:00")
    assert runs(advised)[DISPUTE] == term
    assert holds(advised)["besluit_meegedeeld_op"] == "2027-01-05"
    assert any("noemt 8 januari 2027 bij ‘Besluit meegedeeld op’" in task for task in case(advised).to_do)


def test_taking_a_letter_back_leaves_what_she_typed(advised: Play, tmp_path: Path) -> None:
    advised.fill("Besluit genomen op", "4-1-2027")
    advised.fill("Besluit meegedeeld op", "5-1-2027")
    advised.once("2027-01-06T09:00")
    decide(advised, tmp_path)
    advised.once("2027-01-09T09:00")
    paper = next(one for one in journal_of(advised)["filed"] if one.kenmerk == "2026-0001-02")
    shutil.copyfile(
        advised.place(Place.ARCHIEF, paper.path), advised.place(Place.TERUG_TE_DRAAIEN, "besluit.docx")
    )
    advised.once("2027-01-09T10:00")
    assert (holds(advised)["besluit_genomen_op"], holds(advised)["besluit_meegedeeld_op"]) == (
        "2027-01-04",
        "2027-01-05",
    )
    assert DISPUTE in runs(advised)


@pytest.mark.parametrize("answer", ["deels", "nee", "er was geen advies"])
def test_only_a_decision_that_follows_ends_the_dispute_term(advised: Play, answer: str) -> None:
    """WMS 34 lid 2: six weeks after 4 January 2027 is 15 February."""
    advised.fill("Besluit genomen op", "4-1-2027")
    advised.fill("Besluit meegedeeld op", "5-1-2027")
    advised.fill("Volgt het besluit het advies?", answer)
    advised.once("2027-01-06T09:00")
    assert runs(advised)[DISPUTE] == "2027-02-15"


def test_a_decision_dropped_in_the_folder_starts_its_term_from_the_earliest_day(
    advised: Play, tmp_path: Path
) -> None:
    undated = tuple(line for line in DECIDED if "8 januari" not in line)
    lines = tuple(line.replace("Op 6 januari 2027 hebben wij", "Wij hebben") for line in undated)
    paper = word(tmp_path / "2026-0001 Besluit schooltijden.docx", lines)
    advised.drop("2026-0001 Besluit schooltijden.docx", paper.read_bytes())
    advised.once("2027-01-09T09:00")
    if "2026-0001-02" in [one.kenmerk for one in journal_of(advised)["filed"]]:
        assert "besluit_meegedeeld_op" in holds(advised)
        assert DISPUTE in runs(advised)
    else:
        assert [one.place for one in journal_of(advised)["held"]]


def test_a_right_of_consent_in_a_request_for_advice_is_guarded_as_such(advised: Play) -> None:
    advised.fill("Recht (artikel en onderdeel)", "artikel 12 lid 1 onder e")
    advised.fill("Besluit meegedeeld op", "5-1-2027")
    advised.fill("Volgt het besluit het advies?", "ja")
    advised.once("2027-01-06T09:00")
    assert runs(advised)["WMS-32-3-nietigheid"] == "2027-02-16"
    assert any("recht van instemming" in task for task in case(advised).to_do)


def test_consent_without_its_day_is_not_recorded(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    request = word(tmp_path / "Instemmingsverzoek vakantierooster.docx", REQUEST)
    play.post("1.eml", mail("Instemmingsverzoek vakantierooster", NOTE, request))
    play.once()
    play.fill("Instemming", "verleend")
    waiting = play.once()
    assert "instemming" not in holds(play)
    assert any("Raad of geleding heeft besloten op" in line for line in waiting)


def test_a_case_in_which_the_council_can_still_act_is_not_closed(advised: Play) -> None:
    for question, answer in (
        ("Besluit genomen op", "4-1-2027"),
        ("Volgt het besluit het advies?", "nee"),
        ("Zaak afgesloten op", "6-1-2027"),
    ):
        advised.fill(question, answer)
    waiting = advised.once("2027-01-06T09:00")
    assert DISPUTE in runs(advised)
    assert any("Er loopt nog ‘adviesgeschil" in line for line in waiting)
    advised.fill("Raad ziet af van geschil, beroep of nietigheid op", "6-1-2027")
    assert advised.once("2027-01-06T10:00") == ()
    assert case(advised).state is ProcedureState.AFGEROND


def test_a_decision_after_closing_opens_the_same_case_again(asked: Play, tmp_path: Path) -> None:
    asked.fill("Advies uitgebracht op", "9-12-2026")
    asked.fill("Zaak afgesloten op", "9-12-2026")
    asked.once("2026-12-10T09:00")
    assert case(asked).state is ProcedureState.AFGEROND
    decide(asked, tmp_path)
    asked.once("2027-01-09T09:00")
    assert holds(asked)["advies_uitgebracht_op"] == "2026-12-09"
    assert DISPUTE in runs(asked)
    assert asked.card("2026-0001").is_file()


def test_a_card_saved_after_closing_is_kept_and_its_folder_goes(asked: Play, tmp_path: Path) -> None:
    kept, folder = tmp_path / "kaart.xlsx", asked.card("2026-0001").parent
    shutil.copyfile(asked.card("2026-0001"), kept)
    asked.fill("Advies uitgebracht op", "9-12-2026")
    asked.fill("Zaak afgesloten op", "9-12-2026")
    asked.once("2026-12-10T09:00")
    folder.mkdir()
    shutil.copyfile(kept, folder / "zaakkaart.xlsx")
    asked.once("2026-12-10T10:00")
    assert not folder.exists()
    names = {path.name for path in asked.place(Place.ARCHIEF).rglob("zaakkaart*")}
    assert names == {"zaakkaart.xlsx", "zaakkaart - na sluiting bewaard.xlsx"}


def test_a_term_that_was_over_when_it_was_told_is_told_that_day(advised: Play) -> None:
    """Decided 4 January 2027, over on 15 February, filled in on the 24th."""
    advised.once("2027-02-24T08:00")
    before = len(advised.mails())
    advised.fill("Besluit genomen op", "4-1-2027")
    advised.fill("Volgt het besluit het advies?", "nee")
    advised.once("2027-02-24T09:00")
    texts = [path.read_bytes() for path in advised.mails()]
    assert len(texts) > before
    bodies = [message_from_bytes(one, policy=policy.default) for one in texts]
    plain = "\n".join(one.get_body(("plain",)).get_content() for one in bodies)
    assert "was al voorbij toen dit bekend" in plain


# --- the rooster -----------------------------------------------------------------------


def test_a_calendar_with_a_fault_is_told(new_council: Play, tmp_path: Path) -> None:
    """Other holidays count meanwhile, so a day can be another than she thinks."""
    play = copy_council(new_council, tmp_path / "raad")
    days = ("DTSTART;VALUE=DATE:20261219", "DTEND;VALUE=DATE:20270104")
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Kerstvakantie", *days, "RRULE:FREQ=YEARLY", "END:VEVENT")
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:school", *event, "END:VCALENDAR", "")
    (play.place(Place.INSTELLINGEN) / "rooster.ics").write_text("\r\n".join(lines), "utf-8")
    waits = "\n".join(play.once())
    assert "rooster.ics" in waits
    assert "'Kerstvakantie' wordt herhaald" in waits
    (told,) = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails()]
    assert "'Kerstvakantie' wordt herhaald" in " ".join(told.get_body(("plain",)).get_content().split())


# --- rules and rounds ------------------------------------------------------------------


def test_a_rule_that_is_set_back_the_same_day_counts_again(asked: Play) -> None:
    settings = asked.place(Place.INSTELLINGEN, "reglement.toml")
    text, first = settings.read_text("utf-8"), runs(asked)
    settings.write_text(text.replace("lengte = 6", "lengte = 10"), "utf-8")
    asked.once()
    assert runs(asked) != first
    settings.write_text(text, "utf-8")
    asked.once()
    assert runs(asked) == first


def test_the_alarm_comes_again_when_the_last_meeting_is_cancelled(asked: Play) -> None:
    rooster = asked.place(Place.INSTELLINGEN, "rooster.xlsx")
    sheet(rooster, ("datum", "soort", "aanvang"), ())
    asked.once()
    subjects = [path.read_bytes().count(b"Let op") for path in asked.mails()]
    assert sum(bool(count) for count in subjects) >= 2


# --- letters ---------------------------------------------------------------------------


def test_a_scan_with_capitals_in_its_ending_goes_and_what_is_no_letter_comes_back(asked: Play) -> None:
    concept = asked.place(Place.BRIEVEN_CONCEPT, "2026-0001 Ontvangstbevestiging - concept.docx")
    asked.send_letter("Ontvangstbevestiging")
    asked.once()
    sent = asked.place(Place.BRIEVEN_VERSTUURD, "2026-0001 Ontvangstbevestiging.pdf")
    assert sent.is_file()
    versturen = asked.place(Place.BRIEVEN_VERSTUREN)
    shutil.copyfile(sent, versturen / "2026-0001 Herinnering.PDF")
    (versturen / "2026-0001 Advies.doc").write_bytes(b"\xd0\xcf\x11\xe0oud")
    asked.once()
    assert not any(path.is_file() for path in versturen.iterdir())
    assert (concept.parent / "2026-0001 Advies.doc").is_file()
    reason = (concept.parent / "2026-0001 Advies - niet verzonden.txt").read_text("utf-8-sig")
    assert ".docx" in reason


def section_request(play: Play, folder: Path) -> None:
    lines = tuple(
        line.replace("de medezeggenschapsraad van", "de personeelsgeleding van") for line in REQUEST
    )
    about = (*lines[:4], "Het gaat om artikel 12 lid 1 onder b WMS, de formatie.", *lines[4:])
    request = word(folder / "Instemmingsverzoek formatieplan.docx", about)
    play.post("1.eml", mail("Instemmingsverzoek formatieplan", NOTE, request))
    play.once()
    play.fill("Wie heeft het recht?", "de personeelsgeleding")
    play.once()


def test_what_was_added_later_does_not_go_to_the_other_sections(new_council: Play, tmp_path: Path) -> None:
    """A paper of the council's own adviser, laid in the dossier, is nothing for the other sections."""
    play = copy_council(new_council, tmp_path / "raad")
    section_request(play, tmp_path)
    own = word(
        tmp_path / "Advies jurist.docx", ("Advies aan de PMR over de formatie", "Zwak punt: de cijfers.")
    )
    play.drop("Advies jurist.docx", own.read_bytes())
    play.once()
    lying = next(iter(play.place(Place.TE_BEOORDELEN).glob("Advies jurist*.docx")), None)
    if lying is not None:
        (into,) = play.place(Place.TE_BEOORDELEN).glob("Bij 2026-0001*")
        lying.rename(into / lying.name)
        play.once()
    play.send_letter("Ter kennisneming")
    play.once()
    out = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails()]
    carried = [one for one in out if list(one.iter_attachments())]
    assert [str(one["To"].addresses[0].addr_spec) for one in carried] == ["b.kuiper@zandhof.example"]
    (attached,) = carried[0].iter_attachments()
    assert b"jurist" not in attached.get_payload(decode=True)


def test_a_letter_for_nobody_is_laid_back_with_the_reason(new_council: Play, tmp_path: Path) -> None:
    play = copy_council(new_council, tmp_path / "raad")
    section_request(play, tmp_path)
    play.settings(COUNCIL.replace("bedenktijd_minuten = 0", "bedenktijd_minuten = 10"))
    play.send_letter("Ter kennisneming")
    play.once("2026-11-23T09:00")
    heads = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
    staff = (("Noor Willems", "Mevrouw", "n.willems@zandhof.example", "personeel", "PMR", "mail"),)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), heads, staff)
    play.once("2026-11-23T09:30")
    assert not list(play.place(Place.BRIEVEN_VERSTUURD).glob("*.pdf"))
    note = next(play.place(Place.BRIEVEN_CONCEPT).glob("*Ter kennisneming*niet verzonden.txt"))
    assert "geleding" in note.read_text("utf-8-sig")


def test_a_second_letter_does_not_move_the_day_of_the_first(asked: Play) -> None:
    asked.fill("Op de agenda van", date(2026, 12, 8))
    asked.once()
    asked.complete("Advies")
    asked.send_letter("Advies")
    asked.once("2026-12-09T09:00")
    assert holds(asked)["advies_uitgebracht_op"] == "2026-12-09"
    sent = asked.place(Place.BRIEVEN_VERSTUURD, "2026-0001 Advies.pdf")
    signed = asked.place(Place.BRIEVEN_VERSTUREN, "2026-0001 Advies ondertekend.pdf")
    signed.write_bytes(sent.read_bytes() + b"\n% ondertekend\n")
    asked.once("2027-01-20T09:00")
    assert holds(asked)["advies_uitgebracht_op"] == "2026-12-09"
    assert asked.place(Place.BRIEVEN_VERSTUURD, "2026-0001 Advies 2.pdf").is_file()
