"""Asking Graph: what an answer that is none means, and how long it wants to be left alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
import urllib3
from microsoft_fake import Fake
from microsoft_fake.wire import refused

from pipeline.edges.microsoft.graph import Graph, GraphError, seconds_in
from pipeline.edges.microsoft.sign_in import SignIn

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", None),
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("1.5", 1.5),
        ("999999", 3600),
        ("Mon, 23 Nov 2026 09:02:00 GMT", 120),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0),
        ("straks", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_a_moment_to_come_back_is_read(header: str, seconds: float | None) -> None:
    assert seconds_in(header, NOW) == seconds


def test_a_host_that_is_not_graph_never_sees_our_token(fake: Fake, graph: Graph) -> None:
    for url in (
        "https://evil.example/v1.0/x",
        "http://graph.microsoft.com/",
        "https://graph.microsoft.com.evil.example/",
    ):
        with pytest.raises(GraphError, match="strange address"):
            graph.ask("get", url)
    assert fake.requests == []


def test_an_error_tells_a_short_word_and_never_a_text(fake: Fake, graph: Graph) -> None:
    fake.fault("GET", "/mailFolders", refused(400, "ErrorOops"))
    fake.fault("GET", "/mailFolders", refused(400, "Een hele zin over n.willems@zandhof.example"))
    for told in ("status=400 code=ErrorOops", "status=400 code=-"):
        with pytest.raises(GraphError) as caught:
            graph.ask("get", graph.mailbox_url("/mailFolders"))
        assert str(caught.value) == told


def test_what_was_never_reached_has_done_nothing(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The sign-in worked; then there is no road any more."""
    graph = Graph(sign_in)
    sign_in.token()
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(GraphError) as caught:
        graph.ask("post", graph.mailbox_url("/messages/x/send"))
    assert (caught.value.status, caught.value.reached) == (0, False)


def test_a_proxy_that_is_blamed_afterwards_proves_nothing() -> None:
    """urllib3 calls it a ProxyError too when the connection is cut while the answer is awaited."""
    from pipeline.edges.microsoft.graph import _reached  # noqa: PLC0415

    cut = urllib3.exceptions.ProxyError("cut", ConnectionResetError())
    reason = urllib3.exceptions.MaxRetryError(None, "/", cut)  # type: ignore[arg-type]
    assert _reached(requests.exceptions.ProxyError(reason))
