"""An address that is new since the last approved sending gets nothing before the secretary's yes by mail."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from playing import MEMBERS, Play, journal_of, question_of, sheet, word, yes_to

from pipeline import service
from pipeline.errors import TransportError
from pipeline.ports import Transport
from pipeline.roads import delivery
from pipeline.roads.verifying import verify
from pipeline.values import DispatchState, MeetingPlace, OutgoingMail, Place

HEADS = ("naam", "aanhef", "e-mail", "geleding", "commissies", "bezorging")
NEW = "zoe.nieuw@zandhof.example"
SECRETARY = "s.vermeer@zandhof.example"


def sent(play: Play) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in play.mails()]


def given_papers(play: Play) -> list[str]:
    return sorted(str(one["To"].addresses[0].addr_spec) for one in sent(play) if list(one.iter_attachments()))


def second_sending(play: Play) -> list[str]:
    """Send one bundle, add a member, and approve a second one; gives who got the first."""
    word(play.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    play.approve()
    play.once()
    first = given_papers(play)
    rows = (*MEMBERS, ("Zoë Nieuw", "", NEW, "ouders", "", "mail"))
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, rows)
    word(play.meeting / "03 Formatieplan" / "b Begroting.docx", ("Begroting 2027",))
    play.once()
    play.approve()
    play.once()
    return first


def test_the_first_sending_asks_nothing(play: Play) -> None:
    word(play.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    play.approve()
    play.once()
    assert given_papers(play) == sorted(row[2] for row in MEMBERS if row[2])


def test_a_new_address_waits_and_is_asked_about_once(play: Play) -> None:
    first = second_sending(play)
    assert given_papers(play) == sorted((*first, *first))
    asked = question_of(play)
    text = asked.get_body(("plain",)).get_content()
    assert f"- Zoë Nieuw, {NEW}" in text
    assert "akkoord" in text
    assert asked["Reply-To"].addresses[0].addr_spec == "mr@zandhof.example"
    waiting = play.once()
    assert len([line for line in waiting if "Zoë Nieuw" in line]) == 2
    assert question_of(play)["Message-ID"] == asked["Message-ID"]


def test_her_yes_lets_it_go_once_and_is_no_paper(play: Play) -> None:
    first = second_sending(play)
    play.post("ja.eml", yes_to(question_of(play)))
    waiting = play.once()
    assert given_papers(play) == sorted((*first, *first, NEW))
    assert not any("Zoë" in line for line in waiting)
    assert journal_of(play)["held"] == ()
    assert journal_of(play)["filed"] == ()
    play.once()
    assert given_papers(play).count(NEW) == 1
    with play.office(works=False) as office:
        assert verify(office).findings == ()


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Niet akkoord, dit adres ken ik niet.", SECRETARY),
        ("Akkoord.", "iemand@elders.example"),
        ("Akkoord.", NEW),
    ],
)
def test_anything_else_confirms_nothing(play: Play, text: str, sender: str) -> None:
    first = second_sending(play)
    play.post("antwoord.eml", yes_to(question_of(play), text=text, sender=sender))
    play.once()
    assert given_papers(play) == sorted((*first, *first))


def test_a_yes_to_another_mail_of_the_service_confirms_nothing(play: Play) -> None:
    first = second_sending(play)
    announcement = next(one for one in sent(play) if str(one["Subject"]).startswith("Wordt verzonden"))
    play.post("antwoord.eml", yes_to(announcement))
    play.once()
    assert given_papers(play) == sorted((*first, *first))


def test_a_yes_that_was_dropped_in_a_folder_confirms_nothing(play: Play) -> None:
    """Who can write in the werkmap can change leden.xlsx; her mailbox is another road."""
    first = second_sending(play)
    play.drop("ja.eml", yes_to(question_of(play)))
    play.once()
    assert given_papers(play) == sorted((*first, *first))


def test_a_yes_that_a_server_found_to_be_false_confirms_nothing(play: Play) -> None:
    first = second_sending(play)
    forged = b"Authentication-Results: mx.zandhof.example; dmarc=fail header.from=zandhof.example\r\n"
    play.post("ja.eml", forged + yes_to(question_of(play)))
    play.once()
    assert given_papers(play) == sorted((*first, *first))


def test_an_address_confirmed_once_is_known_from_then_on(play: Play) -> None:
    first = second_sending(play)
    play.post("ja.eml", yes_to(question_of(play)))
    play.once()
    word(play.meeting / "03 Formatieplan" / "c Rooster.docx", ("Rooster 2027",))
    play.once()
    play.approve()
    play.once()
    assert given_papers(play) == sorted((*first, *first, NEW, *first, NEW))
    assert list((play.meeting / MeetingPlace.VERSTUURD).glob("Verzendbewijs*.pdf"))


class Closed:
    """A transport that takes nothing for one address."""

    def __init__(self, transport: Transport, address: str) -> None:
        self._transport = transport
        self._address = address

    def send(self, mail: OutgoingMail, draft: str) -> None:
        if mail.to.email == self._address:
            raise TransportError("closed")
        self._transport.send(mail, draft)

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)


def test_an_address_that_changes_while_a_message_waits_gets_it_at_the_new_one(play: Play) -> None:
    """Not at the old one, and once the secretary said yes."""
    old = MEMBERS[1][2]
    word(play.meeting / "03 Formatieplan" / "a Toelichting.docx", ("Toelichting op het formatieplan",))
    play.once()
    play.approve()
    with play.office() as office:
        service.work_once(replace(office, transport=Closed(office.transport, old)))
    before = given_papers(play)
    assert old not in before
    rows = tuple((*row[:2], NEW, *row[3:]) if row[2] == old else row for row in MEMBERS)
    sheet(play.place(Place.INSTELLINGEN, "leden.xlsx"), HEADS, rows)
    with play.office() as office:
        with office.journal.transaction() as ledger:
            (waiting,) = (one for one in ledger.dispatches() if one.state is DispatchState.GEPLAND)
            sending = ledger.sending_of(waiting.id)
        assert sending is not None
        delivery.deliver(delivery.message_job(waiting, sending, office), office)
    assert given_papers(play) == before
    play.once()
    play.post("ja.eml", yes_to(question_of(play)))
    play.once()
    play.once()
    assert given_papers(play) == sorted((*before, NEW))
