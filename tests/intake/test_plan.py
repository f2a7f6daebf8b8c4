"""Every part has exactly one verdict, and nothing that may be a paper is set aside on a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.part_kinds import is_document, needs_reading
from pipeline.intake.plan import judge_parts
from pipeline.values import Disposition, Document, Message, Obstacle, Part, PartVerdict, Reading

BODY, INLINE, ATTACHMENT = Disposition.BODY, Disposition.INLINE, Disposition.ATTACHMENT
CONTAINER, FILE = Disposition.CONTAINER, Disposition.FILE
REQUEST = "Wij verzoeken de raad om advies over het formatieplan."


def message(own_text: str = "Zie bijlage.", machine: str = "", full_text: str | None = None) -> Message:
    return Message(
        message_id="a@b",
        sender=None,
        recipients=(),
        subject="",
        sent_at=None,
        received_at=None,
        references=(),
        machine=machine,
        bulk=False,
        authentication=(),
        own_text=own_text,
        full_text=own_text if full_text is None else full_text,
        forwarded=None,
    )


def part(  # noqa: PLR0917 - a table of parts reads best without names
    number: str,
    kind: str,
    place: Disposition,
    name: str = "",
    size: int = 5_000,
    sha: str = "",
    cid: str = "",
) -> Part:
    return Part(
        number=number,
        name=name,
        content_type=kind,
        disposition=place,
        content_id=cid,
        sha256=sha or number,
        size_bytes=size,
    )


MIXED = part("0", "multipart/mixed", CONTAINER, size=0)
TEXT = part("1", "text/plain", BODY, size=300)
PDF = part("2", "application/pdf", ATTACHMENT, "brief.pdf")


def judge(
    *parts: Part, mail: Message | None = None, texts: dict[str, str] | None = None, known: str = ""
) -> dict[str, Document]:
    """Judge parts that were all read, with these texts; the mail says ``Zie bijlage.``."""
    readings = {
        p.number: Reading(text=(texts or {}).get(p.number, "Tekst van het stuk."))
        for p in parts
        if needs_reading(p)
    }
    documents = judge_parts(mail or message(), parts, readings, frozenset({known}))
    assert [document.part for document in documents] == list(parts)
    for document in documents:
        assert document.reason[0].isupper(), "a reason is a sentence; people read it"
        assert document.reason.endswith(".")
    return {document.part.number: document for document in documents}


def verdicts(documents: dict[str, Document]) -> list[PartVerdict]:
    return [document.verdict for document in documents.values()]


def test_a_note_with_a_letter() -> None:
    documents = judge(MIXED, TEXT, PDF)
    assert verdicts(documents) == [PartVerdict.CONTAINER, PartVerdict.COVERING_NOTE, PartVerdict.PAPER]
    assert documents["1"].reading == Reading(text="Zie bijlage.")
    assert documents["2"].reading == Reading(text="Tekst van het stuk.")


def test_a_mail_without_papers_is_itself_the_letter() -> None:
    documents = judge(TEXT, mail=message("Ik heb een vraag over de vakantieregeling."))
    assert documents["1"].verdict is PartVerdict.BODY_IS_LETTER
    assert documents["1"].reading == Reading(text="Ik heb een vraag over de vakantieregeling.")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Woord " * 40, PartVerdict.COVERING_NOTE),
        ("Woord " * 41, PartVerdict.BODY_IS_LETTER),
        ("Bijgaand " + "woord " * 149, PartVerdict.COVERING_NOTE),
        ("Bijgaand " + "woord " * 150, PartVerdict.BODY_IS_LETTER),
        ("In de bijlage " + "woord " * 60, PartVerdict.COVERING_NOTE),
        ("Hierbij " + "woord " * 60, PartVerdict.COVERING_NOTE),
    ],
)
def test_a_covering_note_is_short_or_refers_to_the_attachment(text: str, verdict: PartVerdict) -> None:
    assert judge(MIXED, TEXT, PDF, mail=message(text))["1"].verdict is verdict


def test_a_mail_that_asks_for_advice_itself_is_the_letter_and_the_plan_its_annex() -> None:
    """Unless the attachment is the request: then the mail only covers it."""
    mail = message(REQUEST + " Zie bijlage.")
    assert judge(MIXED, TEXT, PDF, mail=mail)["1"].verdict is PartVerdict.BODY_IS_LETTER
    asked = judge(MIXED, TEXT, PDF, mail=mail, texts={"2": REQUEST})
    assert asked["1"].verdict is PartVerdict.COVERING_NOTE


def test_machine_mail_is_machine_mail_in_every_part() -> None:
    """Also the original that a delivery report sends back; its PDF is no paper."""
    documents = judge(MIXED, TEXT, PDF, mail=message(machine="bezorgbericht van een mailserver"))
    assert verdicts(documents) == [PartVerdict.CONTAINER, PartVerdict.MACHINE_MAIL, PartVerdict.MACHINE_MAIL]
    assert documents["2"].reason == "Dit is automatische mail: bezorgbericht van een mailserver."


def test_an_inline_pdf_without_a_name_is_a_paper() -> None:
    assert judge(MIXED, TEXT, part("2", "application/pdf", INLINE))["2"].verdict is PartVerdict.PAPER


@pytest.mark.parametrize(
    ("picture", "verdict"),
    [
        (part("2", "image/png", INLINE, "image001.png", 4_000, cid="x@y"), PartVerdict.SIGNATURE_PICTURE),
        (part("2", "image/png", INLINE, "", 60_000, cid="x@y"), PartVerdict.SIGNATURE_PICTURE),
        (part("2", "image/jpeg", INLINE, "", 60_001, cid="x@y"), PartVerdict.PAPER),
        (part("2", "image/jpeg", INLINE, "foto.jpg", 40_000), PartVerdict.PAPER),
        (part("2", "image/gif", INLINE, "", 43), PartVerdict.SIGNATURE_PICTURE),
        (part("2", "image/jpeg", INLINE, "", 4_000), PartVerdict.PAPER),
        (part("2", "image/jpeg", INLINE, "IMG_2041.jpg", 40_000, cid="x@y"), PartVerdict.PAPER),
        (part("2", "image/png", ATTACHMENT, "image001.png", 900), PartVerdict.PAPER),
        (part("2", "image/png", ATTACHMENT, "brief.png", 900, cid="x@y"), PartVerdict.PAPER),
        (
            part("2", "application/octet-stream", INLINE, "image001.png", 4_000, cid="x@y"),
            PartVerdict.SIGNATURE_PICTURE,
        ),
    ],
)
def test_a_picture_is_set_aside_only_when_shown_in_the_text_and_small(
    picture: Part, verdict: PartVerdict
) -> None:
    assert judge(MIXED, TEXT, picture)["2"].verdict is verdict


def test_a_logo_that_was_seen_before_is_still_a_logo() -> None:
    logo = part("2", "image/png", INLINE, "image001.png", 4_000, sha="logo", cid="x@y")
    assert judge(MIXED, TEXT, logo, known="logo")["2"].verdict is PartVerdict.SIGNATURE_PICTURE


def test_two_versions_of_the_text_count_once() -> None:
    documents = judge(
        part("0", "multipart/alternative", CONTAINER, size=0),
        TEXT,
        part("2", "multipart/related", CONTAINER, size=0, sha="related"),
        part("2.1", "text/html", INLINE),
        mail=message("Een vraag."),
    )
    assert documents["1"].verdict is PartVerdict.BODY_IS_LETTER
    assert (documents["2.1"].verdict, documents["2.1"].reason) == (
        PartVerdict.DUPLICATE,
        "Dit is dezelfde tekst in een andere opmaak.",
    )


def test_the_blank_plain_version_beside_an_html_body_is_its_duplicate() -> None:
    documents = judge(
        part("0", "multipart/alternative", CONTAINER, size=0),
        part("1", "text/plain", INLINE, size=2),
        part("2", "text/html", BODY),
        mail=message("Een vraag."),
    )
    assert verdicts(documents)[1:] == [PartVerdict.DUPLICATE, PartVerdict.BODY_IS_LETTER]


def test_text_after_an_inline_pdf_belongs_to_the_body() -> None:
    documents = judge(MIXED, TEXT, PDF, part("3", "text/plain", BODY))
    assert documents["3"].verdict is PartVerdict.DUPLICATE
    assert "vervolg van de mailtekst" in documents["3"].reason


def test_the_same_bytes_twice_in_one_mail_are_one_paper() -> None:
    documents = judge(MIXED, TEXT, PDF, part("3", "application/pdf", ATTACHMENT, "kopie.pdf", sha=PDF.sha256))
    assert [documents["2"].verdict, documents["3"].verdict] == [PartVerdict.PAPER, PartVerdict.DUPLICATE]


def test_a_paper_sent_again_is_a_duplicate_and_its_note_stays_a_note() -> None:
    documents = judge(MIXED, TEXT, PDF, known=PDF.sha256)
    assert verdicts(documents)[1:] == [PartVerdict.COVERING_NOTE, PartVerdict.DUPLICATE]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Hierbij nogmaals ons verzoek.", PartVerdict.BODY_IS_LETTER),
        ("Niet iedereen kon de brief openen. Er is niets gewijzigd.", PartVerdict.COVERING_NOTE),
        ("Er is niets gewijzigd. Wanneer krijgen wij uw reactie", PartVerdict.BODY_IS_LETTER),
        ("ter info", PartVerdict.COVERING_NOTE),
        ("", PartVerdict.COVERING_NOTE),
    ],
)
def test_new_words_with_known_papers_are_a_letter_unless_they_say_nothing_new(
    text: str, verdict: PartVerdict
) -> None:
    """The papers are duplicates; what is said with them is what came in."""
    mail = message(text, full_text=text or "Van: bestuur")
    assert judge(MIXED, TEXT, PDF, mail=mail, known=PDF.sha256)["1"].verdict is verdict


@pytest.mark.parametrize(
    ("odd", "verdict"),
    [
        (part("2", "text/calendar", ATTACHMENT), PartVerdict.CALENDAR),
        (part("2", "application/octet-stream", ATTACHMENT, "afspraak.ICS"), PartVerdict.CALENDAR),
        (part("2", "application/pdf", ATTACHMENT, "leeg.pdf", size=0), PartVerdict.EMPTY),
        (part("2", "application/zip", ATTACHMENT, "stukken.zip"), PartVerdict.OTHER),
        (part("2", "application/ms-tnef", ATTACHMENT, "winmail.dat"), PartVerdict.OTHER),
        (part("2", "application/octet-stream", ATTACHMENT, "brief.exe"), PartVerdict.OTHER),
        (part("2", "application/pdf", ATTACHMENT, "brief.pdf.exe"), PartVerdict.OTHER),
        (part("2", "application/pkcs7-signature", ATTACHMENT, "smime.p7s"), PartVerdict.OTHER),
        (part("2", "application/octet-stream", ATTACHMENT, "brief.pdf"), PartVerdict.PAPER),
        (part("2", "application/x-pdf", ATTACHMENT, "brief.pdf"), PartVerdict.PAPER),
        (part("2", "text/plain", ATTACHMENT, "notulen.txt"), PartVerdict.PAPER),
    ],
)
def test_attachments_by_type_and_name(odd: Part, verdict: PartVerdict) -> None:
    assert judge(MIXED, TEXT, odd)["2"].verdict is verdict


def test_an_unknown_kind_of_file_says_so_and_that_it_is_kept() -> None:
    odd = part("2", "application/octet-stream", ATTACHMENT, "brief.xyz")
    found = judge(MIXED, TEXT, odd)["2"]
    assert found.reason == "Dit is een onbekend soort bestand. Het is bewaard; vraag de afzender wat het is."
    assert found.obstacle is Obstacle.UNKNOWN


@pytest.mark.parametrize(
    ("content_type", "name", "obstacle"),
    [
        ("application/octet-stream", "Bijwerken_printer.exe", Obstacle.PROGRAM),
        ("application/pdf", "brief.pdf.EXE", Obstacle.PROGRAM),
        ("text/plain", "start.bat", Obstacle.PROGRAM),
        ("application/x-msdos-program", "spel", Obstacle.PROGRAM),
        *(
            ("text/html", f"a.{ending}", Obstacle.PROGRAM)
            for ending in ["msi", "cmd", "js", "vbs", "scr", "lnk", "ps1", "com", "hta", "jar"]
        ),
        ("audio/mpeg", "a.mp3", Obstacle.RECORDING),
        ("video/mp4", "a.mp4", Obstacle.RECORDING),
        ("application/vnd.rar", "a.rar", Obstacle.PACKED),
        ("application/octet-stream", "a.7z", Obstacle.PACKED),
        ("message/partial", "", Obstacle.ELSEWHERE),
        ("font/x-unknown", "a.ttf", Obstacle.UNKNOWN),
    ],
)
def test_what_is_not_opened_says_why(content_type: str, name: str, obstacle: Obstacle) -> None:
    found = judge(MIXED, TEXT, part("2", content_type, ATTACHMENT, name))["2"]
    assert (found.verdict, found.obstacle) == (PartVerdict.OTHER, obstacle)
    assert ("Dit is een programma" in found.reason) == (obstacle is Obstacle.PROGRAM)


def test_a_paper_that_cannot_be_read_says_why() -> None:
    readings = {"2": Reading(text="", problem="De pdf is beveiligd met een wachtwoord.")}
    document = judge_parts(message(), (MIXED, TEXT, PDF), readings, frozenset())[2]
    assert (document.verdict, document.reason) == (
        PartVerdict.UNREADABLE,
        "De pdf is beveiligd met een wachtwoord.",
    )


def test_a_paper_without_a_reading_is_unreadable() -> None:
    assert judge_parts(message(), (MIXED, TEXT, PDF), {}, frozenset())[2].verdict is PartVerdict.UNREADABLE


def test_an_answer_without_text_of_its_own_is_empty_and_a_bare_signature_with_a_paper_covers_it() -> None:
    quoting = message("", full_text="> oude tekst")
    assert judge(TEXT, mail=quoting)["1"].verdict is PartVerdict.EMPTY
    assert judge(MIXED, TEXT, PDF, mail=quoting)["1"].verdict is PartVerdict.COVERING_NOTE
    assert judge(MIXED, TEXT, PDF, mail=message(""))["1"].verdict is PartVerdict.EMPTY


EMBEDDED = (
    MIXED,
    TEXT,
    part("2", "message/rfc822", CONTAINER),
    part("2.0", "multipart/mixed", CONTAINER, size=0),
    part("2.1", "multipart/alternative", CONTAINER, size=0),
    part("2.1.1", "text/plain", INLINE),
    part("2.1.2", "text/html", INLINE),
    part("2.2", "application/pdf", ATTACHMENT, "plan.pdf"),
)


def test_a_mail_sent_along_is_judged_by_its_own_parts() -> None:
    documents = judge(*EMBEDDED, texts={"2.1.1": "Zie de bijlage."})
    found = {
        number: document.verdict
        for number, document in documents.items()
        if document.verdict is not PartVerdict.CONTAINER
    }
    assert found == {
        "1": PartVerdict.COVERING_NOTE,
        "2.1.1": PartVerdict.COVERING_NOTE,
        "2.1.2": PartVerdict.DUPLICATE,
        "2.2": PartVerdict.PAPER,
    }


def test_the_text_of_a_mail_sent_along_can_be_the_letter() -> None:
    documents = judge(*EMBEDDED, texts={"2.1.1": REQUEST})
    assert documents["2.1.1"].verdict is PartVerdict.BODY_IS_LETTER
    assert documents["2.1.1"].reading == Reading(text=REQUEST)


def test_a_single_text_sent_along_is_the_letter() -> None:
    documents = judge(MIXED, TEXT, part("2", "message/rfc822", CONTAINER), part("2.1", "text/plain", INLINE))
    assert documents["2.1"].verdict is PartVerdict.BODY_IS_LETTER


@pytest.mark.parametrize(
    ("dropped", "reading", "known", "verdict"),
    [
        (part("0", "application/pdf", FILE, "a.pdf", sha="s"), Reading(text="x"), "", PartVerdict.PAPER),
        (part("0", "application/pdf", FILE, "a.pdf", sha="s"), Reading(text="x"), "s", PartVerdict.DUPLICATE),
        (part("0", "application/pdf", FILE, "a.pdf", size=0), None, "", PartVerdict.EMPTY),
        (
            part("0", "application/pdf", FILE, "a.pdf"),
            Reading(text="", problem="Kapot."),
            "",
            PartVerdict.UNREADABLE,
        ),
        (part("0", "application/octet-stream", FILE, "a.exe"), None, "", PartVerdict.OTHER),
        (part("0", "image/png", FILE, "foto.png", size=900), Reading(text="x"), "", PartVerdict.PAPER),
    ],
)
def test_a_dropped_file(dropped: Part, reading: Reading | None, known: str, verdict: PartVerdict) -> None:
    readings = {} if reading is None else {"0": reading}
    assert judge_parts(None, (dropped,), readings, frozenset({known}))[0].verdict is verdict


KINDS = st.sampled_from(
    [
        "multipart/mixed",
        "multipart/alternative",
        "message/rfc822",
        "text/plain",
        "text/html",
        "application/pdf",
        "image/png",
        "text/calendar",
        "x",
        "application/octet-stream",
    ]
)
PARTS = st.lists(
    st.builds(
        part,
        st.sampled_from(["0", "1", "2", "1.1", "1.2", "2.0", "2.1", "2.1.1", "3"]),
        KINDS,
        st.sampled_from(Disposition),
        st.sampled_from(["", "a.pdf", "a.eml", "image001.png"]),
        st.sampled_from([0, 3, 5_000, 90_000]),
        st.sampled_from(["a", "b", "c"]),
    ),
    min_size=1,
    unique_by=lambda p: p.number,
)


@given(PARTS, st.booleans(), st.sampled_from(["", "Zie bijlage.", REQUEST]))
def test_the_sum_of_verdicts_is_the_number_of_parts(parts: list[Part], is_mail: bool, text: str) -> None:  # noqa: FBT001
    """Also for trees that no mail can have."""
    documents = judge_parts(message(text) if is_mail else None, tuple(parts), {}, frozenset({"a"}))
    assert [document.part for document in documents] == parts


def test_what_needs_reading_is_exactly_what_can_be_a_paper() -> None:
    assert needs_reading(PDF)
    assert needs_reading(part("2", "text/html", INLINE))
    for other in (
        MIXED,
        TEXT,
        part("2", "image/png", INLINE, "", 900, cid="x"),
        part("2", "application/zip", ATTACHMENT),
    ):
        assert not needs_reading(other)
    assert not is_document(part("2", "text/calendar", ATTACHMENT, "a.pdf"))


INVITATION = part("2", "text/calendar", INLINE)


def test_the_text_of_a_calendar_invitation_is_no_letter() -> None:
    mail = message("Graag bespreek ik de agenda.\n\nWanneer: donderdag 26 november\nWaar: Stafbureau")
    assert verdicts(judge(MIXED, TEXT, INVITATION, mail=mail))[1:] == [
        PartVerdict.COVERING_NOTE,
        PartVerdict.CALENDAR,
    ]


@pytest.mark.parametrize(
    "text",
    ["Beste leden van de MR,\n\nwij nodigen u uit.", REQUEST, "woord " * 200],
    ids=["greets its readers", "asks for advice", "long"],
)
def test_a_letter_with_a_calendar_invitation_stays_a_letter(text: str) -> None:
    documents = judge(MIXED, TEXT, INVITATION, mail=message(text))
    assert documents["1"].verdict is PartVerdict.BODY_IS_LETTER


@pytest.mark.parametrize(
    "sending", ["stuur ik u onze offerte", "wij sturen jullie het verslag", "vindt u het programma"]
)
def test_a_note_that_says_it_sends_something_is_a_covering_note(sending: str) -> None:
    text = f"Zoals beloofd: {sending}. " + "De data houd ik tot 15 januari voor u vrij. " * 6
    documents = judge(MIXED, TEXT, PDF, mail=message(text))
    assert documents["1"].verdict is PartVerdict.COVERING_NOTE


def test_a_text_in_a_winmail_dat_is_lost_to_no_other_text_of_the_same_file() -> None:
    """Two versions of one text: one of them counts, also when no mail is around them."""
    parts = (
        part("0", "application/ms-tnef", CONTAINER),
        part("1", "multipart/alternative", CONTAINER, size=0),
        part("1.1", "text/plain", INLINE),
        part("1.2", "text/html", INLINE),
    )
    readings = {number: Reading(text="Tekst.") for number in ("1.1", "1.2")}
    documents = judge_parts(None, parts, readings, frozenset())
    assert [one.verdict for one in documents[2:]] == [PartVerdict.PAPER, PartVerdict.DUPLICATE]
