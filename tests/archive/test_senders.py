"""Who is named as the writer of a paper in a list that others read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.archive.senders import sender_words
from pipeline.values import (
    Address,
    Council,
    DateCandidate,
    Facts,
    Filed,
    Judgement,
    Kind,
    Origin,
    Received,
    ReceivedBasis,
    Relation,
    SenderRole,
    StartsProcedure,
)

COUNCIL = Council(
    name="CMR Veenrijk College", short="CMR", organ="cmr", regime="wms-vo", region="noord",
    board="Stichting Veenrijk", mailbox=Address(email="cmr@veenrijk.example"),
    secretary=Address(email="s@veenrijk.example", name="Marijke Oosterhuis"),
    chair=Address(email="v@veenrijk.example", name="Yusuf Demir"), own_addresses=("lid@thuis.example",),
    relations=(
        Relation(name="Pieter Smit", email="p.smit@veenrijk.example", role=SenderRole.BEVOEGD_GEZAG),
        Relation(name="Vakbond", email="@bond.example", role=SenderRole.BEKEND),
    ),
    groups=(), pause_minutes=10, fixed_items=(), closing_items=(), papers_days_before=7, public_edition=False,
)  # fmt: skip
PARENT = "saskia.wouters@thuispost.example"


def filed(sender: str = "", signed: str = "", *, kind: Kind = Kind.OVERIG) -> Filed:
    return Filed(
        origin=Origin(arrival="postbus:1", part="1", name="Brief.pdf", sender=sender),
        kenmerk="2026-0003-01",
        dossier="2026-0003",
        path="2026-0003-01 Brief.pdf",
        kind=kind,
        title="Toetsweken",
        sha256="a",
        received=Received(
            at=datetime(2026, 11, 16, 9, tzinfo=UTC),
            basis=ReceivedBasis.SERVER,
            confirmed=True,
            candidates=(DateCandidate(day=date(2026, 11, 16), source="server"),),
        ),
        facts=Facts(sender=sender, signed=signed),
        judgement=Judgement(
            kind=kind, confidence=1.0, evidence=(), likeliest=(), starts_procedure=StartsProcedure.NEE
        ),
    )


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (filed(PARENT, "Saskia Wouters"), "Saskia Wouters"),
        (filed(PARENT), "naam bekend bij de secretaris"),
        (filed(PARENT, PARENT), "naam bekend bij de secretaris"),
        (filed("Fenna Mulder en Jesse Otten"), "Fenna Mulder en Jesse Otten"),
        (filed("p.smit@veenrijk.example", "Pieter"), "Pieter Smit"),
        (filed("l.bos@bond.example"), "Vakbond"),
        (filed("cmr@veenrijk.example"), "CMR Veenrijk College"),
        (filed("lid@thuis.example", "Jan de Lid"), "CMR Veenrijk College"),
        (filed(kind=Kind.JAARVERSLAG), "CMR Veenrijk College"),
        (filed(kind=Kind.KLACHT_OF_BRIEF_ACHTERBAN), ""),
    ],
)
def test_a_writer_is_named_and_never_by_an_address(paper: Filed, words: str) -> None:
    assert sender_words(paper, COUNCIL) == words


def test_where_anybody_may_read_along_only_known_correspondents_are_named() -> None:
    public = replace(COUNCIL, public_edition=True)
    assert sender_words(filed(PARENT, "Saskia Wouters"), public) == "naam bekend bij de secretaris"
    assert sender_words(filed("p.smit@veenrijk.example"), public) == "Pieter Smit"
