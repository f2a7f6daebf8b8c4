"""What a sender is to the council."""

import pytest

from pipeline.classify.sender import sender_role
from pipeline.values import Address, Council, Relation, SenderRole

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
    assert sender_role(address, COUNCIL, via_folder=False) is role


def test_a_drop_in_a_folder_is_the_secretarys() -> None:
    assert sender_role("", COUNCIL, via_folder=True) is SenderRole.SECRETARIS_MAP


def test_without_a_council_nobody_is_known() -> None:
    assert sender_role("directeur@linde.example", None, via_folder=False) is SenderRole.ONBEKEND
