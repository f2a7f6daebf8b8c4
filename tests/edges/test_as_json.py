"""Values go to JSON and come back the same; what is no such value is refused."""

from datetime import UTC, date, datetime

import pytest

from pipeline.edges.as_json import from_json, to_json
from pipeline.values import Address, DateCandidate, Message, Reading, Received, ReceivedBasis, Signature

RECEIVED = Received(
    at=datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
    basis=ReceivedBasis.DROP,
    confirmed=False,
    candidates=(DateCandidate(day=date(2026, 11, 3), source="dag van de drop"),),
)
MESSAGE = Message(
    message_id="a@b",
    sender=Address(email="a@b.example", name="Zoë"),
    recipients=(),
    subject="één",
    sent_at=None,
    received_at=None,
    references=("x@y",),
    machine="",
    bulk=True,
    authentication=(),
    own_text="",
    full_text="",
    forwarded=None,
    signatures=(Signature(signer="Zoë", signed_at=None, intact=True),),
)


@pytest.mark.parametrize("value", [RECEIVED, MESSAGE, Reading(text="a\nb", scanned=(1, 3))])
def test_a_value_comes_back_the_same(value: object) -> None:
    assert from_json(type(value), to_json(value)) == value


@pytest.mark.parametrize("text", ["", "{", "[]", '{"text": 3}', '{"text": "a", "pages": "veel"}'])
def test_what_is_no_such_value_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # pydantic's own error is one
        from_json(Reading, text)


def test_the_same_value_always_gives_the_same_text() -> None:
    """Keys are sorted and nothing is padded, so that digests of it mean something."""
    assert to_json(DateCandidate(day=date(2026, 1, 2), source="é")) == '{"day":"2026-01-02","source":"é"}'
