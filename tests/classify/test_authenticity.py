"""Whether a mail may be taken for its sender's: only what the council's own server wrote counts."""

import pytest

from pipeline.classify.authenticity import is_confirmed, is_refuted, may_be_trusted
from pipeline.edges.mail.mime import parse
from pipeline.values import Message

MX = ("mx.school.example",)
DAY = "Mon, 16 Nov 2026 10:15:00 +0100"
HOP = f"Received: from mail.bestuur.example by mx.school.example with ESMTPS; {DAY}"
INNER = f"Received: from mx.school.example by postbus.school.example with LMTP; {DAY}"
FOREIGN = f"Received: from pc by mail.bestuur.example with ESMTPS; {DAY}"
CONFIRMED = "dmarc=pass header.from=bestuur.example"


def came(*lines: str, sender: str = "cvb@bestuur.example") -> Message:
    """Give a mail with these headers, in this order."""
    return parse("\r\n".join((*lines, f"From: CvB <{sender}>", "Subject: x", "", "Tekst")).encode()).message


def said(results: str, server: str = MX[0]) -> str:
    return f"Authentication-Results: {server}; {results}"


@pytest.mark.parametrize(
    ("results", "confirmed"),
    [
        ("dmarc=pass header.from=bestuur.example", True),
        ("dmarc=pass (p=reject dis=none) header.from=bestuur.example", True),
        ("DMARC=Pass header.from=BESTUUR.example", True),
        ("dmarc=pass header.from=elders.example", False),
        ("spf=pass smtp.mailfrom=cvb@bestuur.example", True),
        ("spf=pass smtp.mailfrom=bounce.bestuur.example", True),
        ("spf=pass smtp.mailfrom=elders.example", False),
        ("spf=pass", False),
        ("dkim=pass header.d=bestuur.example", True),
        ("dkim=pass header.i=@mail.bestuur.example", True),
        ("dkim=pass header.d=nepbestuur.example", False),
        ("dkim=pass header.d=example", False),
        ("dkim=fail header.d=bestuur.example; dkim=pass header.d=bestuur.example", True),
        ("dmarc=none header.from=bestuur.example; spf=pass smtp.mailfrom=bestuur.example", True),
        ("dmarc=fail header.from=bestuur.example; spf=pass smtp.mailfrom=bestuur.example", False),
        ("spf=softfail smtp.mailfrom=bestuur.example", False),
        ("none", False),
        ("spf=fail (dkim=pass header.d=bestuur.example)", False),
        ("dkim=neutral (spf=pass; dmarc=pass header.from=bestuur.example)", False),
    ],
)
def test_dmarc_decides_else_an_aligned_spf_or_dkim(
    results: str,
    confirmed: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_confirmed(came(said(results), HOP), MX) is confirmed


@pytest.mark.parametrize(
    ("headers", "confirmed"),
    [
        ((said(CONFIRMED), HOP), True),
        ((HOP, said(CONFIRMED)), True),  # some servers write below their own hop
        ((INNER, said(CONFIRMED), HOP, FOREIGN), True),
        ((INNER, HOP, said(CONFIRMED), FOREIGN), True),
        ((HOP, FOREIGN, said(CONFIRMED)), False),  # came along with the mail
        ((said(CONFIRMED, "mx.elders.example"), HOP), False),
        ((said("dmarc=fail header.from=bestuur.example"), said(CONFIRMED), HOP), False),
        ((said("dmarc=none"), HOP, said(CONFIRMED)), False),
        ((said("spf=none"), said(CONFIRMED), HOP), True),  # two filters, two headers
        ((said(CONFIRMED, "MX.School.Example 1"), HOP), True),
        ((f"Authentication-Results: (van ons) mx.school.example; {CONFIRMED}", HOP), True),
        ((HOP,), False),
        ((), False),
    ],
)
def test_only_the_topmost_block_of_the_own_server_counts(
    headers: tuple[str, ...],
    confirmed: bool,  # noqa: FBT001  # a column of the table
) -> None:
    assert is_confirmed(came(*headers), MX) is confirmed


def test_exchange_online_writes_without_the_name_of_a_server() -> None:
    hop = f"Received: from a.bestuur.example by AM0EUR02FT.mail.protection.outlook.com; {DAY}"
    results = (
        f"Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example; {CONFIRMED}"
    )
    assert is_confirmed(came(results, hop), ("microsoft365",))
    assert not is_confirmed(came(hop, FOREIGN, results), ("microsoft365",))
    assert not is_confirmed(came(results, hop), MX)


def test_a_mail_without_a_sender_is_confirmed_by_nobody() -> None:
    mail = parse(f"{said(CONFIRMED)}\r\n{HOP}\r\nSubject: x\r\n\r\nTekst".encode()).message
    assert not is_confirmed(mail, MX)


def test_without_a_server_of_its_own_only_a_bad_report_counts() -> None:
    """Believing a bad report of anybody only means that a person looks."""
    bad = came(HOP, said("spf=fail smtp.mailfrom=bestuur.example", "mx.elders.example"))
    assert is_refuted(bad)
    assert not may_be_trusted(bad, ())
    assert may_be_trusted(came(HOP), ())
    assert not may_be_trusted(came(HOP), MX)
