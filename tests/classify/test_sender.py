"""What a sender is to the council."""

import pytest

from pipeline.classify.sender import Standing, sender_role, standing_of
from pipeline.edges.mail.mime import parse
from pipeline.values import Address, Council, Message, Relation, SenderRole

COUNCIL = Council(
    name="MR De Linde", short="MR", organ="mr", regime="wms-po", region="", board="Stichting De Linde",
    mailbox=Address(email="mr@linde.example"), secretary=Address(email="Secretaris@linde.example"),
    chair=Address(email=""), own_addresses=("pmr@linde.example",),
    relations=(
        Relation(name="Bestuur", email="@bestuur.example", role=SenderRole.BEVOEGD_GEZAG),
        Relation(name="Trainer", email="trainer@bestuur.example", role=SenderRole.BEKEND),
        Relation(name="Directeur", email="Directeur@linde.example", role=SenderRole.BEVOEGD_GEZAG),
    ),
    groups=(), pause_minutes=10, fixed_items=(), closing_items=(), papers_days_before=None,
    public_edition=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("mr@linde.example", SenderRole.RAAD),
        ("secretaris@linde.example", SenderRole.RAAD),
        ("PMR@Linde.example", SenderRole.RAAD),
        ("directeur@linde.example", SenderRole.BEVOEGD_GEZAG),
        ("iemand@bestuur.example", SenderRole.BEVOEGD_GEZAG),
        ("trainer@bestuur.example", SenderRole.BEKEND),
        ("iemand@mail.bestuur.example", SenderRole.ONBEKEND),
        ("iemand@nepbestuur.example", SenderRole.ONBEKEND),
        ("cvb@bestuur.example.kwaad.example", SenderRole.ONBEKEND),
        ("a@b@bestuur.example", SenderRole.ONBEKEND),
        ("@bestuur.example", SenderRole.ONBEKEND),
        ("", SenderRole.ONBEKEND),
    ],
)
def test_the_exact_address_wins_over_its_domain(address: str, role: SenderRole) -> None:
    assert sender_role(address, COUNCIL) is role


def test_without_a_council_nobody_is_known() -> None:
    assert sender_role("directeur@linde.example", None) is SenderRole.ONBEKEND


# --- and is it believed ------------------------------------------------------------------

MX = ("mx.linde.example",)
CONFIRMED = "Authentication-Results: mx.linde.example; dmarc=pass header.from="
REFUTED = "Authentication-Results: mx.linde.example; dmarc=fail header.from="


def came(sender: str, results: str = "", text: str = "Tekst") -> Message:
    domain = sender.rpartition("@")[2]
    head = f"{results}{domain}\r\n" if results else ""
    return parse(f"{head}From: {sender}\r\nSubject: x\r\n\r\n{text}".encode()).message


@pytest.mark.parametrize(
    ("sender", "results", "servers", "dropped", "role"),
    [
        ("cvb@bestuur.example", CONFIRMED, MX, False, SenderRole.BEVOEGD_GEZAG),
        ("cvb@bestuur.example", "", MX, False, SenderRole.ONBEKEND),
        ("cvb@bestuur.example", REFUTED, MX, False, SenderRole.ONBEKEND),
        ("cvb@bestuur.example", "", (), False, SenderRole.BEVOEGD_GEZAG),
        ("cvb@bestuur.example", REFUTED, (), False, SenderRole.ONBEKEND),
        ("mr@linde.example", "", MX, False, SenderRole.ONBEKEND),
        ("vreemd@elders.example", CONFIRMED, MX, False, SenderRole.ONBEKEND),
        ("cvb@bestuur.example", CONFIRMED, MX, True, SenderRole.BEVOEGD_GEZAG),
        ("cvb@bestuur.example", "", MX, True, SenderRole.SECRETARIS_MAP),
        ("cvb@bestuur.example", REFUTED, MX, True, SenderRole.ONBEKEND),
        ("vreemd@elders.example", "", MX, True, SenderRole.SECRETARIS_MAP),
        ("vreemd@elders.example", REFUTED, (), True, SenderRole.ONBEKEND),
    ],
)
def test_a_known_address_is_believed_when_the_server_confirms_it(
    sender: str,
    results: str,
    servers: tuple[str, ...],
    dropped: bool,  # noqa: FBT001  # a column of the table
    role: SenderRole,
) -> None:
    """A drop is the secretary's to vouch for, but not for what a server found to be false."""
    assert standing_of(came(sender, results), COUNCIL, servers, dropped=dropped).role is role


def test_why_a_known_address_is_not_believed_is_told() -> None:
    told = standing_of(came("cvb@bestuur.example"), COUNCIL, MX, dropped=False).doubt
    assert told.startswith(
        "Uw mailserver heeft niet bevestigd dat deze mail echt van cvb@bestuur.example komt."
    )
    assert standing_of(came("vreemd@elders.example"), COUNCIL, MX, dropped=False).doubt == ""


def test_a_file_and_a_mail_that_the_council_passes_on_are_the_secretarys() -> None:
    handed_in = Standing(role=SenderRole.SECRETARIS_MAP)
    assert standing_of(None, COUNCIL, MX, dropped=True) == handed_in
    block = "Van: Bestuur <cvb@bestuur.example>\r\nVerzonden: maandag 16 november 2026 10:15\r\n"
    forwarded = f"-----Oorspronkelijk bericht-----\r\n{block}Aan: MR\r\nOnderwerp: x\r\n\r\nTekst"
    mail = came("mr@linde.example", CONFIRMED, forwarded)
    assert mail.forwarded is not None
    assert standing_of(mail, COUNCIL, MX, dropped=False) == handed_in
