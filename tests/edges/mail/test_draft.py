"""Drafts that a person has yet to send."""

from email import message_from_bytes, policy

import pytest

from pipeline.edges.mail.draft import draft
from pipeline.errors import AddressUnusableError
from pipeline.values import Address

TO = Address(email="bestuur@zandhof.example", name="Bestuur")


def test_outlook_opens_it_as_a_mail_still_to_be_sent() -> None:
    """Nobody is its sender yet, and it has no date: the program that sends it adds those."""
    made = message_from_bytes(
        draft(TO, "Vraag: é\r\nBcc: x@x.example", "Dag", "<p>Dag</p>"), policy=policy.default
    )
    assert (made["X-Unsent"], made["To"]) == ("1", "bestuur@zandhof.example")
    assert made["Subject"] == "Vraag: é Bcc: x@x.example"
    assert [made[name] for name in ("From", "Date", "Message-ID", "Bcc")] == [None] * 4
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]


def test_the_same_draft_is_the_same_file() -> None:
    assert draft(TO, "a", "b", "c") == draft(TO, "a", "b", "c")


def test_an_address_that_is_none() -> None:
    with pytest.raises(AddressUnusableError):
        draft(Address(email="bestuur@zandhof.example, x@x.example"), "a", "b", "c")
