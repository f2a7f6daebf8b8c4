"""The fake, and who asks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from microsoft_fake import Fake, running

from pipeline.edges.microsoft.graph import Graph
from pipeline.edges.microsoft.sign_in import Identity, SignIn

MAILBOX = "mr@zandhof.example"


class Clock:
    """Seconds that go up when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    with running(tmp_path, monkeypatch) as fake:
        fake.login.secrets["app-1"] = "geheim-1"
        fake.mailbox()
        yield fake


@pytest.fixture
def identity() -> Identity:
    return Identity(tenant="tenant-1", app="app-1", mailbox=MAILBOX, secret_variable="MS_GEHEIM")  # noqa: S106 - its name


@pytest.fixture
def sign_in(fake: Fake, identity: Identity, clock: Clock) -> SignIn:
    return SignIn(identity, clock)


@pytest.fixture
def graph(sign_in: SignIn, clock: Clock) -> Graph:
    return Graph(sign_in, clock)
