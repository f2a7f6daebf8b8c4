"""The note beside a held paper, and the side-car that outlives the program."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import notes
from pipeline.values import (
    Caution,
    DateCandidate,
    Dossier,
    EventSource,
    Evidence,
    Facts,
    Filed,
    Held,
    HeldPaper,
    Judgement,
    Kind,
    Origin,
    Procedure,
    ProcedureEvent,
    ProcedureState,
    Received,
    ReceivedBasis,
    StartsProcedure,
)

LABELS = {kind: kind.value.replace("_", " ").capitalize() for kind in Kind}
FOLDERS = {kind: f"Map {kind.value}" for kind in Kind}
GUESS = Judgement(
    kind=Kind.ADVIESAANVRAAG,
    confidence=0.6,
    evidence=(
        Evidence(cue="'advies gevraagd'", sentence="Wij vragen uw advies.", weight=3),
        Evidence(cue="'besluit'", sentence="", weight=-1),
    ),
    likeliest=(Kind.ADVIESAANVRAAG, Kind.BESLUIT_NA_ADVIES),
    starts_procedure=StartsProcedure.VRAAG,
)
RECEIVED = Received(
    at=datetime(2026, 11, 3, 23, 30, tzinfo=UTC),
    basis=ReceivedBasis.DROP,
    confirmed=False,
    candidates=(
        DateCandidate(day=date(2026, 11, 4), source="de dag waarop u het neerzette"),
        DateCandidate(day=date(2026, 11, 1), source="datum van de brief"),
    ),
)
HELD = HeldPaper(
    origin=Origin(arrival="a", part="2", name="Fusie.pdf", sender="cvb@x.example", mail_subject="Fusie"),
    sha256="0" * 64,
    place="Fusie.pdf",
    verdict=Held(judgement=GUESS, reasons=("Twee soorten liggen dicht bij elkaar.",)),
    facts=Facts(),
    received=RECEIVED,
    siblings=("Bijlage.pdf: misschien Overig (wacht op u)",),
)
FILED = Filed(
    origin=HELD.origin,
    kenmerk="2026-0017-03",
    dossier="2026-0017",
    path="2026-2027/2026-0017 Adviesaanvraag Fusie/2026-0017-03 Fusie.pdf",
    kind=Kind.ADVIESAANVRAAG,
    title="Fusie",
    sha256="0" * 64,
    received=RECEIVED,
    facts=Facts(document_date=date(2026, 11, 1)),
    judgement=GUESS,
)
DOSSIER = Dossier(
    number="2026-0017",
    title="Fusie",
    kind=Kind.ADVIESAANVRAAG,
    opened_on=date(2026, 11, 4),
    folder="2026-0017 Adviesaanvraag Fusie",
    year_folder="2026-2027",
)


def note(paper: HeldPaper) -> str:
    return notes.why_held(paper, LABELS, FOLDERS)


def test_the_note_lies_beside_the_paper() -> None:
    assert notes.why_name("Fusie.pdf") == "Fusie.pdf - waarom.txt"


def test_the_note_tells_all_a_person_needs_to_decide() -> None:
    """Reason, both likeliest kinds, evidence for and against, siblings, and where to drag it."""
    text = note(HELD)
    for part in (
        "- Twee soorten liggen dicht bij elkaar.",
        "- Adviesaanvraag\r\n- Besluit na advies",
        "Wat wijst op 'Adviesaanvraag':\r\n- 'advies gevraagd': \"Wij vragen uw advies.\"",
        "Wat niet past bij 'Adviesaanvraag':\r\n- 'besluit'\r\n",
        "- Bijlage.pdf: misschien Overig (wacht op u)",
        "'Map adviesaanvraag'",
        "Van:       cvb@x.example",
        "Mail:      Fusie",
    ):
        assert part in text


def test_every_day_that_may_be_the_day_of_receipt_is_shown() -> None:
    assert "4 november 2026 (de dag waarop u het neerzette), of 1 november 2026 (datum van de brief)" in note(
        HELD
    )


def test_what_is_not_known_leaves_no_empty_heading() -> None:
    bare = replace(
        HELD,
        origin=Origin(arrival="a", part="0", name="x"),
        verdict=Held(judgement=None, reasons=("Onleesbaar.",)),
        siblings=(),
    )
    text = note(bare)
    for heading in ("Van:", "Mail:", "lijkt het meest", "Wat wijst", "Wat niet past", "Uit dezelfde mail"):
        assert heading not in text
    assert "'Map overig'" in text


def test_evidence_without_finds_leaves_no_heading() -> None:
    silent = replace(HELD, verdict=Held(judgement=replace(GUESS, evidence=(), likeliest=()), reasons=("x",)))
    assert "Wat wijst op" not in note(silent)
    assert "'Map overig'" in note(silent)


def test_at_most_six_pieces_of_evidence_are_shown() -> None:
    many = replace(GUESS, evidence=tuple(Evidence(cue=f"cue{n}", sentence="", weight=1) for n in range(9)))
    text = note(replace(HELD, verdict=Held(judgement=many, reasons=("x",))))
    assert [f"cue{n}\r\n" in text for n in range(9)] == [True] * 6 + [False] * 3


def test_a_sentence_with_two_finds_is_quoted_once() -> None:
    """And words that two cues found stand there once."""
    cues = ("vragen", "advies", "vragen")
    found = tuple(Evidence(cue=cue, sentence="Wij vragen advies.", weight=1) for cue in cues)
    text = note(replace(HELD, verdict=Held(judgement=replace(GUESS, evidence=found), reasons=("x",))))
    assert '- vragen; advies: "Wij vragen advies."' in text


def test_a_quotation_never_begins_or_ends_inside_a_word() -> None:
    """Evidence is cut at 240 characters; a half word reads as a mistake."""
    cut = f"dewoord {'Wij vragen ' * 15}uw adv"
    found = (Evidence(cue="vragen", sentence=cut, weight=1),)
    text = note(replace(HELD, verdict=Held(judgement=replace(GUESS, evidence=found), reasons=("x",))))
    assert '"…Wij vragen' in text
    assert 'vragen uw …"' in text


def test_a_reason_is_a_sentence() -> None:
    text = note(replace(HELD, verdict=Held(judgement=None, reasons=("onbekend soort bestand",))))
    assert "- Onbekend soort bestand.\r\n" in text


def test_a_guess_without_cues_is_not_named() -> None:
    text = note(replace(HELD, verdict=replace(HELD.verdict, cautions=(Caution.NO_CUE,))))
    for told in ("lijkt het meest", "Wat wijst op", "Adviesaanvraag", "Map adviesaanvraag"):
        assert told not in text
    assert "'Map overig'" in text


def test_what_came_in_a_zip_is_told_so() -> None:
    text = note(replace(HELD, came_in="hetzelfde zipbestand 'stukken.zip'"))
    assert "Uit hetzelfde zipbestand 'stukken.zip':\r\n- Bijlage.pdf" in text
    assert "Uit dezelfde mail:" in note(HELD)


def test_every_line_ends_as_notepad_expects() -> None:
    text = note(HELD)
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")


def test_the_side_car_holds_paper_and_dossier_and_reads_back() -> None:
    known = json.loads(notes.side_car(replace(FILED, title="Café “Noord”"), DOSSIER))
    assert known["stuk"]["title"] == "Café “Noord”"
    assert known["stuk"]["kenmerk"] == "2026-0017-03"
    assert known["stuk"]["facts"]["document_date"] == "2026-11-01"
    assert known["stuk"]["received"]["candidates"][1]["day"] == "2026-11-01"
    assert known["dossier"]["year_folder"] == "2026-2027"


def test_a_procedure_reads_back_from_its_file() -> None:
    told = ProcedureEvent(
        number=1,
        field="op_agenda",
        answer="2026-12-08",
        source=EventSource.ZAAKKAART,
        recorded_at=datetime(2026, 11, 5, 9, tzinfo=UTC),
    )
    procedure = Procedure(
        dossier="2026-0017",
        definition="advies-wms",
        kind=Kind.ADVIESAANVRAAG,
        title="Café",
        right_holder="hele raad",
        state=ProcedureState.ONTVANGEN,
        received=RECEIVED,
        events=(told,),
        deadlines=(),
        meeting_day=date(2026, 12, 8),
        to_do=("Bevestig de ontvangst.",),
    )
    known = json.loads(notes.as_json(procedure))
    assert (known["title"], known["state"], known["meeting_day"]) == ("Café", "ontvangen", "2026-12-08")
    assert (known["to_do"], known["deadlines"]) == (["Bevestig de ontvangst."], [])
    (event,) = known["events"]
    assert (known["definition"], event["field"], event["answer"]) == ("advies-wms", "op_agenda", "2026-12-08")
    assert (event["source"], event["recorded_at"]) == ("zaakkaart", "2026-11-05 09:00:00+00:00")


def test_the_side_car_is_the_same_every_time() -> None:
    assert notes.side_car(FILED, DOSSIER) == notes.side_car(replace(FILED), replace(DOSSIER))
    assert notes.side_car_name(FILED.path) == f"{FILED.path}.json"


def test_the_mail_lies_in_the_dossier_under_its_legal_day() -> None:
    """23:30 UTC on 3 November is 4 November in Amsterdam."""
    path = notes.mail_path(FILED, DOSSIER)
    assert path.startswith("2026-2027/2026-0017 Adviesaanvraag Fusie/Mail/2026-11-04 Fusie ")
    assert path.endswith(".eml")


def test_two_mails_of_one_day_with_one_subject_have_two_places() -> None:
    other = replace(FILED, origin=replace(FILED.origin, arrival="b"))
    same = replace(FILED, origin=replace(FILED.origin, part="3"))
    assert notes.mail_path(other, DOSSIER) != notes.mail_path(FILED, DOSSIER)
    assert notes.mail_path(same, DOSSIER) == notes.mail_path(FILED, DOSSIER)


def test_a_mail_without_subject_has_a_name_too() -> None:
    silent = replace(FILED, origin=replace(FILED.origin, mail_subject=""))
    assert "/2026-11-04 bericht " in notes.mail_path(silent, DOSSIER)


@given(st.text(max_size=300), st.integers(1, 49))
def test_the_place_of_a_mail_has_150_characters_at_most(subject: str, width: int) -> None:
    paper = replace(FILED, origin=replace(FILED.origin, mail_subject=subject))
    path = notes.mail_path(paper, replace(DOSSIER, folder=f"2026-0017 {'x' * width}"))
    assert len(f"Archief/{path}") <= 150
    assert path.count("/") == 3


def test_the_text_of_a_scan_says_what_it_is_and_has_the_line_ends_of_windows() -> None:
    written = notes.scanned_text("Geachte leden,\n\nHierbij").decode("utf-8-sig")
    assert written.startswith("De computer heeft deze tekst uit de scan gehaald")
    assert written.endswith("\r\n\r\nGeachte leden,\r\n\r\nHierbij\r\n")
    assert notes.text_name(FILED.path) == f"{FILED.path} - tekst.txt"
