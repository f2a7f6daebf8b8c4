"""Every public sample goes through ``classify --json``: no crash, no hang, no part without its verdict."""

import email
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.values import PartVerdict

CORPORA = Path(os.environ.get("STUKKENSTROOM_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
KINDS = (".eml", ".msg", ".tnef", ".pdf")
FILES = sorted(path for path in CORPORA.rglob("*") if path.suffix in KINDS and path.is_file())

pytestmark = pytest.mark.skipif(not FILES, reason="the public samples (../shared/corpora) are not here")


def leaves(message: Message) -> Iterator[Message]:
    """Give what is no container; a delivery status is one part, however it is parsed."""
    if message.is_multipart() and message.get_content_type() != "message/delivery-status":
        for part in message.get_payload():
            assert isinstance(part, Message)
            yield from leaves(part)
    else:
        yield message


def test_every_file_and_every_part_of_it_has_one_verdict() -> None:
    result = CliRunner().invoke(cli, ["classify", "--json", *map(str, FILES)])
    assert result.exit_code in {0, 1}, result.output[-2000:]  # 1: some of them need a person
    told = defaultdict(list)
    for line in result.stdout.splitlines():
        row = json.loads(line)
        told[row["file"]].append(row)
    assert set(told) == set(map(str, FILES))
    verdicts = {verdict.value for verdict in PartVerdict}
    for name, rows in told.items():
        assert len({row["part"] for row in rows}) == len(rows), name
        assert {row["verdict"] for row in rows} <= verdicts, name
        if name.endswith(".eml"):
            parts = leaves(email.message_from_bytes(Path(name).read_bytes()))
            assert len(rows) >= len(list(parts)), name
