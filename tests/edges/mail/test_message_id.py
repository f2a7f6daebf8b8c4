"""The Message-ID found in a head is the one that reading the whole mail gives."""

import pytest

from pipeline.edges.mail import parse
from pipeline.edges.mail.message_id import head_of, message_id_in


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (b"Message-ID: <a@b.example>\r\n\r\ntekst", "a@b.example"),
        (b"X: 1\nMESSAGE-ID:<a@b.example>\n\ntekst", "a@b.example"),
        (b"Message-Id:\r\n <a@b.example>\r\nSubject: x\r\n\r\n", "a@b.example"),
        (b"Message-ID: a@b.example\r\n\r\n", "a@b.example"),
        (b"Message-ID: <een@x> <twee@x>\r\nMessage-ID: <drie@x>\r\n\r\n", "een@x"),
        (b"Message-ID: (zomaar) <a@b.example>\r\n\r\n", "a@b.example"),
        (b"Message-ID: <caf\xc3\xa9@b.example>\r\n\r\n", "café@b.example"),
        (b"Message-ID: \r\n\r\n", ""),
        (b"Subject: x\r\n\r\nMessage-ID: <in.de.tekst@b.example>\r\n", ""),
        (b"", ""),
    ],
)
def test_it_is_what_the_whole_mail_gives(mail: bytes, expected: str) -> None:
    assert message_id_in(head_of(mail)) == expected
    assert parse(mail).message.message_id == expected
