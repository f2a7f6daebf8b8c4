"""What came in before is known again, an answer finds its matter; nothing is lost or starts twice."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playing import BOARD, NOTE, REQUEST, Play, journal_of, mail, word

from pipeline.values import Document, PartVerdict, Place

SUBJECT = "Instemmingsverzoek vakantierooster 2027-2028"
FIRST_ID = "eerste@zandhof.example"


def request(folder: Path, name: str = "Instemmingsverzoek vakantierooster.docx") -> Path:
    path = folder / name
    return path if path.is_file() else word(path, REQUEST)  # Word stamps the time: written once


def changed(content: bytes, **headers: str) -> bytes:
    """Give a mail with other headers; an underscore stands for a hyphen."""
    message = message_from_bytes(content, policy=policy.default)
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    return message.as_bytes()


def answer(text: str, *, subject: str = "vraag", sender: str = BOARD, **headers: str) -> bytes:
    return changed(mail(subject, text, sender=sender), **headers)


def verdicts(play: Play) -> list[tuple[Document, ...]]:
    """Give the parts of every arrival, oldest first."""
    with play.office(works=False) as office, office.journal.transaction() as ledger:
        return [ledger.documents(one.key) for one in ledger.arrivals()]


def kenmerken(play: Play) -> list[str]:
    return [one.kenmerk for one in journal_of(play)["filed"]]


@pytest.fixture
def running(play: Play, tmp_path: Path) -> Play:
    """A request that came in on 16 November 2026 and runs."""
    play.post("1.eml", changed(mail(SUBJECT, NOTE, request(tmp_path)), Message_ID=f"<{FIRST_ID}>"))
    play.once()
    assert kenmerken(play) == ["2026-0001-01"]
    return play


# --- the same thing once more ----------------------------------------------------------


def test_ten_copies_of_one_mail_are_one_paper_and_nine_duplicates_that_name_it(
    play: Play, tmp_path: Path
) -> None:
    """D1: the postbus gives the same mail ten times; each copy is kept and has its verdicts."""
    content = mail(SUBJECT, NOTE, request(tmp_path))
    for number in range(10):
        play.post(f"kopie {number}.eml", content)
    play.once()
    journal = journal_of(play)
    assert [one.kenmerk for one in journal["filed"]] == ["2026-0001-01"]
    assert len(journal["procedures"]) == 1
    assert journal["held"] == ()
    first, *copies = verdicts(play)
    assert len(copies) == 9
    assert {one.verdict for one in first} == {
        PartVerdict.CONTAINER,
        PartVerdict.COVERING_NOTE,
        PartVerdict.PAPER,
    }
    for copy in copies:
        assert [one.verdict for one in copy] == [
            PartVerdict.CONTAINER,
            PartVerdict.DUPLICATE,
            PartVerdict.DUPLICATE,
        ]
        assert copy[2].reason == "Dit stuk was al eerder ontvangen: 2026-0001-01, op 16 november 2026."
        assert copy[1].reason == "Dit was al eerder ontvangen, op 16 november 2026."


def test_a_mail_delivered_by_another_way_is_the_same_mail(running: Play, tmp_path: Path) -> None:
    """Other ``Received`` lines, other line ends, another source: what it says is the same."""
    again = changed(mail(SUBJECT, NOTE, request(tmp_path)), Message_ID=f"<{FIRST_ID}>")
    running.post("2.eml", b"Received: from x by y; Tue, 17 Nov 2026 08:00:00 +0100\n" + again)
    running.drop("uit Outlook.eml", again.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    running.once()
    journal = journal_of(running)
    assert kenmerken(running) == ["2026-0001-01"]
    assert (len(journal["procedures"]), journal["held"]) == (1, ())
    _, second, third = verdicts(running)
    assert {one.verdict for one in (*second[1:], *third[1:])} == {PartVerdict.DUPLICATE}


def test_two_mails_with_one_message_id_are_two_mails_and_the_second_names_the_first(
    running: Play, tmp_path: Path
) -> None:
    """D2: a Message-ID is not unique; dropping the second mail would lose a paper."""
    lines = tuple(line.replace("vakantierooster 2027-2028", "formatieplan 2027") for line in REQUEST)
    other = word(tmp_path / "Instemmingsverzoek formatieplan.docx", lines)
    second = changed(mail("Instemmingsverzoek formatieplan", NOTE, other), Message_ID=f"<{FIRST_ID}>")
    question = "Hallo, zie de groene gordijnen op de gang, die van laatst.\nGroet, Kees\n"
    third = answer(question, subject="gordijnen", sender="kees@thuispost.example", Message_ID=f"<{FIRST_ID}>")
    running.post("2.eml", second)
    running.post("3.eml", third)
    running.once()
    assert kenmerken(running) == ["2026-0001-01", "2026-0002-01"]
    (held,) = journal_of(running)["held"]
    told = " ".join(held.verdict.reasons)
    assert "kwam een mail met hetzelfde berichtnummer en een andere inhoud: 2026-0001-01" in told


def test_the_same_file_dropped_again_waits_nowhere_twice(play: Play) -> None:
    """The first copy is held; the second names where it lies."""
    play.drop("raadsel.bin", b"\x00\x01\x02geen idee wat dit is")
    play.once()
    play.drop("raadsel.bin", b"\x00\x01\x02geen idee wat dit is")
    play.once()
    assert len(journal_of(play)["held"]) == 1
    assert verdicts(play)[1][0].reason.endswith("het ligt in 'Te beoordelen' als 'raadsel.bin'.")


def test_a_request_sent_again_with_new_words_is_asked_about_and_starts_nothing(
    running: Play, tmp_path: Path
) -> None:
    """The paper is a duplicate, the words are new: they may be a reminder."""
    words = (
        "Geachte raad,\n\nHierbij nogmaals ons verzoek. Wij hebben nog geen reactie ontvangen.\n\nBestuur\n"
    )
    running.post("2.eml", mail("Nogmaals ons verzoek", words, request(tmp_path)))
    running.once()
    assert len(journal_of(running)["procedures"]) == 1
    body, paper = verdicts(running)[1][1:]
    assert (body.verdict, paper.verdict) == (PartVerdict.BODY_IS_LETTER, PartVerdict.DUPLICATE)
    (held,) = journal_of(running)["held"]
    assert any("was al eerder ontvangen: 2026-0001-01" in reason for reason in held.verdict.reasons)


def test_the_same_words_of_two_parents_are_two_letters(play: Play) -> None:
    """A text that goes round is signed by many; each of them wrote."""
    words = (
        "Geachte medezeggenschapsraad,\n\nWij maken ons als ouders zorgen over de veiligheid van het plein "
        "en vragen de raad dit te bespreken met de directie van de school.\n\nMet vriendelijke groet,\n"
        "een ouder van groep 6\n"
    )
    for number, parent in enumerate(("kees@thuis.example", "noor@thuis.example", "kees@thuis.example")):
        play.post(f"{number}.eml", answer(words, subject="Plein", sender=parent))
    play.once()
    found = [documents[0].verdict for documents in verdicts(play)]
    assert found == [PartVerdict.BODY_IS_LETTER, PartVerdict.BODY_IS_LETTER, PartVerdict.DUPLICATE]


# --- an answer and its matter ----------------------------------------------------------

INFORMED = (
    "Geachte leden van de medezeggenschapsraad,\n\nTer informatie ontvangt u hierbij de reactie van de "
    "scholen op de planning. Wij informeren u hierover op grond van artikel 8 van de wet; u hoeft hier "
    "niets mee te doen.\n\nMet vriendelijke groet,\nBestuur Stichting Zandhof\n"
)


def lies_in(play: Play) -> list[str]:
    """Give the dossiers of the papers that came after the request; a held one gives its reasons."""
    journal = journal_of(play)
    filed = [one.dossier for one in journal["filed"] if one.kenmerk != "2026-0001-01"]
    return filed + [" ".join(one.verdict.reasons) for one in journal["held"]]


def linked(play: Play) -> list[str]:
    return [line.subject.rpartition(" ")[2] for line in journal_of(play)["lines"] if line.event == "linked"]


def test_an_answer_to_a_mail_that_lies_in_a_matter_belongs_there(running: Play) -> None:
    running.post("2.eml", answer(INFORMED, subject="planning", In_Reply_To=f"<{FIRST_ID}>"))
    running.once()
    assert linked(running) == ["2026-0001"]


def test_an_answer_to_a_letter_that_we_sent_belongs_to_its_matter(running: Play) -> None:
    running.send_letter("Ontvangstbevestiging")
    running.once()
    sent = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in running.mails()]
    (letter,) = [one for one in sent if "bestuur" in str(one["To"]) and list(one.iter_attachments())]
    running.post("2.eml", answer(INFORMED, subject="planning", References=str(letter["Message-ID"])))
    running.once()
    assert linked(running) == ["2026-0001"]


def test_an_answer_with_the_subject_of_a_running_matter_belongs_there(running: Play) -> None:
    running.post("2.eml", answer(INFORMED, subject=f"Antw: {SUBJECT}"))
    running.post("3.eml", answer(INFORMED + "nog iets", subject=f"Antw: {SUBJECT}", sender="x@y.example"))
    running.once()
    assert linked(running) == ["2026-0001"]


def test_a_kenmerk_and_an_answer_that_disagree_are_asked_and_both_named(
    running: Play, tmp_path: Path
) -> None:
    lines = tuple(line.replace("vakantierooster 2027-2028", "formatieplan 2027") for line in REQUEST)
    other = word(tmp_path / "Instemmingsverzoek formatieplan.docx", lines)
    running.post("2.eml", mail("Instemmingsverzoek formatieplan", NOTE, other))
    running.once()
    running.post("3.eml", answer(INFORMED, subject="Uw kenmerk 2026-0002", In_Reply_To=f"<{FIRST_ID}>"))
    running.once()
    (held,) = journal_of(running)["held"]
    assert "2026-0001 en 2026-0002" in held.verdict.reasons[0]
    assert linked(running) == []


def test_a_request_in_answer_to_a_running_matter_is_asked_about(running: Play, tmp_path: Path) -> None:
    """It may be a reminder, or a new request by somebody who pressed Reply."""
    lines = tuple(line.replace("vakantierooster 2027-2028", "formatieplan 2027") for line in REQUEST)
    other = word(tmp_path / "Instemmingsverzoek formatieplan.docx", lines)
    content = mail(f"RE: {SUBJECT}", NOTE, other)
    running.post("2.eml", changed(content, In_Reply_To=f"<{FIRST_ID}>"))
    running.once()
    assert len(journal_of(running)["procedures"]) == 1
    assert "het gaat over zaak 2026-0001" in " ".join(journal_of(running)["held"][0].verdict.reasons)
    assert running.place(Place.TE_BEOORDELEN, "Instemmingsverzoek formatieplan.docx").is_file()


def test_a_mail_of_the_standard_library_without_message_id_is_kept_too(play: Play) -> None:
    """Without a Message-ID two different mails have nothing in common."""
    for number in range(2):
        message = EmailMessage()
        message["From"] = "kees@thuis.example"
        message["Subject"] = f"vraag {number}"
        message.set_content(f"Beste raad,\n\nHoe zit het met de gymzaal, punt {number}?\n\nKees\n")
        play.post(f"{number}.eml", message.as_bytes())
    play.once()
    assert all(documents[0].verdict is PartVerdict.BODY_IS_LETTER for documents in verdicts(play))
