"""What the sender wrote now is kept; what hangs below it is not."""

import time
from datetime import date

import pytest

from pipeline.intake.quoting import Layers, day_in, read_layers

OUTLOOK = (
    "Van: Petra de Vries <P.deVries@bestuur.example>\nVerzonden: maandag 2 november 2026 10:15\n"
    "Aan: Secretariaat; Jan\nCC: Wim\nOnderwerp: Adviesaanvraag formatieplan\n\nGeachte "
    "raad,\n\nWij vragen advies.\n"
)


def answer(text: str) -> str:
    return read_layers(text, "RE: Adviesaanvraag", is_answer=True).own_text


def forward(text: str, subject: str = "FW: Adviesaanvraag") -> Layers:
    return read_layers(text, subject, is_answer=False)


@pytest.mark.parametrize(
    "quoted",
    [
        OUTLOOK,
        "________________________________\n" + OUTLOOK,
        "-----Oorspronkelijk bericht-----\n" + OUTLOOK,
        (
            "-----Original Message-----\nFrom: Petra <p@b.example>\nSent: Monday, November 2, 2026 10:15 AM\n"
            "To: Jan\nSubject: RE: plan\n\nGeachte raad"
        ),
        (
            "*Van:* Petra\n*Verzonden:* maandag 2 november 2026 10:15\n*Aan:* Jan\n*Onderwerp:* "
            "plan\n\nGeachte raad"
        ),
        "Op ma 2 nov 2026 om 10:15 schreef Petra de Vries <p@b.example>:\n\n> Geachte raad\n> advies",
        "Op ma 2 nov 2026 om 10:15 schreef Petra de Vries\n<p@b.example>:\n\n> Geachte raad",
        "Op 2 nov. 2026 om 10:15 heeft Petra <p@b.example> het volgende geschreven:\n\nGeachte raad",
        "On Mon, Nov 2, 2026 at 10:15 AM Petra <p@b.example> wrote:\n> Geachte raad",
        "Petra de Vries schreef op 2-11-2026 om 10:15:\n> Geachte raad",
    ],
)
def test_an_answer_loses_what_it_answers(quoted: str) -> None:
    assert answer(f"Akkoord met het plan.\n\n{quoted}") == "Akkoord met het plan."


def test_an_answer_below_the_quotation_is_kept() -> None:
    quoted = "Op 2 nov 2026 om 10:15 schreef Petra <p@b.example>:\n> Wilt u adviseren?\n\n"
    text = quoted + "Ja, voor 1 december.\n> Dank"
    assert answer(text) == "Ja, voor 1 december."


def test_an_answer_with_nothing_of_its_own_is_empty() -> None:
    assert answer(OUTLOOK) == ""


@pytest.mark.parametrize(
    "letter",
    [
        (
            "Memo\nVan: directie\nAan: CMR\nDatum: 3 november 2026\nBetreft: "
            "formatieplan\n\nHierbij vraag ik advies."
        ),
        "Op 3 november schreef u ons:\nde raad wil meer tijd. Dat is akkoord.",
        "Van belang is: de termijn.\nAan: iedereen",
    ],
)
def test_a_letter_that_looks_like_a_mail_header_stays_whole(letter: str) -> None:
    """A memo head has no time and no address."""
    assert answer(letter) == letter


def test_the_signature_keeps_the_name_and_drops_contact_lines_and_disclaimer() -> None:
    text = (
        "Graag uw advies.\n\nMet vriendelijke groet,\n\nPetra de "
        "Vries\nbestuurssecretaris\nStichting Veenrijk\n"
        "T: 0512 - 34 56 78 | M: 06-12345678\nPostbus 12\n9200 AB "
        "Drachten\np.devries@bestuur.example\nwww.bestuur.example\n\n"
        "P.S. De begroting volgt.\n\nDe informatie in dit bericht is uitsluitend bestemd voor "
        "de geadresseerde.\n"
        "Indien u niet de beoogde ontvanger bent, meld dit dan."
    )
    assert answer(text) == (
        "Graag uw advies.\n\nMet vriendelijke groet,\n\nPetra de "
        "Vries\nbestuurssecretaris\nStichting Veenrijk\n\nP.S. De begroting volgt."
    )


def test_what_stands_under_the_signature_line_is_dropped() -> None:
    assert answer("Prima.\n-- \nJan\nvoorzitter") == "Prima."


def test_a_rule_high_above_much_text_is_no_signature() -> None:
    text = "Inleiding\n--\n" + "\n".join(f"regel {n}" for n in range(30))
    assert answer(text) == text


def test_a_sentence_about_confidentiality_is_no_disclaimer() -> None:
    text = "Dit voorstel is vertrouwelijk en alleen voor de personeelsgeleding."
    assert answer(text) == text


@pytest.mark.parametrize(
    "text",
    [
        OUTLOOK,
        "---------- Doorgestuurd bericht ---------\n" + OUTLOOK,
        "Begin doorgestuurd bericht:\n\n" + "".join(f"> {line}\n" for line in OUTLOOK.splitlines()),
        (
            "-------- Forwarded Message --------\nSubject: Adviesaanvraag formatieplan\nDate: Mon, "
            "2 Nov 2026 10:15:00 +0100\n"
            "From: Petra de Vries <p.devries@bestuur.example>\nTo: Jan\n\nGeachte raad,\n\nWij vragen advies."
        ),
    ],
)
def test_a_forward_keeps_the_letter_and_names_its_origin(text: str) -> None:
    layers = forward(f"Ter info, Jan\n\n{text}")
    assert layers.own_text == "Ter info, Jan\n\nGeachte raad,\n\nWij vragen advies."
    origin = layers.forwarded
    assert origin is not None
    assert origin.sender is not None
    assert (origin.sender.email, origin.sender.name) == ("p.devries@bestuur.example", "Petra de Vries")
    assert (origin.sent_on, origin.subject) == (date(2026, 11, 2), "Adviesaanvraag formatieplan")


def test_a_mark_in_words_makes_a_forward_whatever_the_subject() -> None:
    assert forward("Begin doorgestuurd bericht:\n\n" + OUTLOOK, subject="RE: plan").forwarded is not None


def test_a_forward_of_a_forward_names_the_first_writer() -> None:
    middle = OUTLOOK.replace("Petra de Vries <P.deVries@bestuur.example>", "Jan <jan@s.example>").replace(
        "Geachte raad,\n\nWij vragen advies.\n", OUTLOOK
    )
    layers = forward("Zie onder.\n\n" + middle.replace("Onderwerp: Adv", "Onderwerp: FW: Adv", 1))
    assert layers.forwarded is not None
    assert layers.forwarded.sender is not None
    assert layers.forwarded.sender.name == "Petra de Vries"
    assert layers.own_text == "Zie onder.\n\nGeachte raad,\n\nWij vragen advies."


def test_a_forwarded_answer_loses_the_older_layer() -> None:
    text = (
        OUTLOOK.replace("Onderwerp: ", "Onderwerp: RE: ") + "\n-----Oorspronkelijk bericht-----\n" + OUTLOOK
    )
    assert forward(text).own_text == "Geachte raad,\n\nWij vragen advies."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("maandag 2 november 2026 10:15", date(2026, 11, 2)),
        ("2-11-2026 10:15", date(2026, 11, 2)),
        ("Monday, November 2, 2026 10:15 AM", date(2026, 11, 2)),
        ("Mon, 2 Mar 2026 10:15:00 +0100", date(2026, 3, 2)),
        ("11/2/2026 10:15 AM", None),
        ("gisteren", None),
        ("31 februari 2026", None),
    ],
)
def test_the_date_line_is_read_in_dutch_and_english(text: str, day: date | None) -> None:
    """A date with slashes may be American, so it is not certain."""
    assert day_in(text) == day


@pytest.mark.parametrize(
    "line", ["Op a schreef b 10:15:\n", "--\n", "Van: x\n", "a" * 50 + "@", "Van: " + "a" * 900 + "\n"]
)
def test_hostile_text_takes_little_time(line: str) -> None:
    start = time.process_time()
    read_layers(line * 4_000, "", is_answer=False)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "block",
    [
        "Van: Jan <j@b.example>\nVerzonden op: dinsdag 3 november 2026 9:15\nAan: MR\nOnderwerp: Plan\n",
        "Van: Jan <j@b.example>\nDatum: dinsdag, 3 november 2026 om 09:15\nAan: MR\nOnderwerp: Plan\n",
        (
            "Outlook voor iOS<https://aka.ms/o> downloaden\n________________________________\n"
            "Van: Jan <j@b.example>\n"
            "Verzonden: Tuesday, November 3, 2026 9:15:22 AM\nAan: MR\nOnderwerp: Plan\n"
        ),
        (
            "---------- Forwarded message ---------\nVan: Jan <j@b.example>\nDate: di 3 nov 2026 om 09:15\n"
            "Subject: Plan\nTo: MR <mr@x.example>\n"
        ),
        (
            "---------- Forwarded message ---------\nFrom: Jan <j@b.example>\n"
            "Date: Tue, Nov 3, 2026 at 9:15\u202fAM\nSubject: Plan\nTo: <mr@x.example>\n"
        ),
        (
            "Verstuurd vanaf mijn iPhone\n\nBegin doorgestuurd bericht:\n\n> Van: Jan <j@b.example>\n"
            "> Datum: 3 november 2026 om 09:15:22 CET\n> Aan: mr@x.example\n> Onderwerp: Plan\n>\n"
        ),
    ],
    ids=["outlook web", "outlook new", "outlook phone", "gmail nl", "gmail en", "iphone"],
)
def test_every_program_says_in_its_own_way_whose_mail_was_forwarded(block: str) -> None:
    origin = forward(f"{block}\nGeachte raad,\n").forwarded
    assert origin is not None
    assert origin.sender is not None
    assert (origin.sender.email, origin.sent_on, origin.subject) == ("j@b.example", date(2026, 11, 3), "Plan")
