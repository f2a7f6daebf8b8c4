"""Signing in: as an application or for a person; what happens when we are not believed."""

import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from microsoft_fake import Fake, certificate
from microsoft_fake.wire import Answer, refused

from pipeline.edges.microsoft.graph import Graph, GraphError
from pipeline.edges.microsoft.sign_in import Identity, Resource, SignIn, delegated_scopes
from pipeline.errors import PostbusAwayError, SignInRefusedError


def folders(graph: Graph) -> int:
    return len(graph.ask("get", graph.mailbox_url("/mailFolders")).json()["value"])


def by_person(identity: Identity, path: Path) -> Identity:
    return replace(
        identity,
        secret_variable="",
        tokens=path / "dienst" / "microsoft365.json",
        delegated=delegated_scopes(mail=True, folder=False, imap=True, smtp=True),
    )


def test_an_application_with_a_secret_gets_one_token_for_many_questions(fake: Fake, graph: Graph) -> None:
    assert folders(graph) == folders(graph) == 3
    assert fake.login.given == 1


def test_an_application_with_a_certificate_signs_in(fake: Fake, identity: Identity, tmp_path: Path) -> None:
    fake.login.certificates.append(certificate(tmp_path / "app.pem"))
    certified = replace(identity, secret_variable="", certificate=tmp_path / "app.pem")
    assert folders(Graph(SignIn(certified))) == 3


def test_another_certificate_is_refused(fake: Fake, identity: Identity, tmp_path: Path) -> None:
    fake.login.certificates.append(certificate(tmp_path / "app.pem"))
    certificate(tmp_path / "other.pem")
    with pytest.raises(SignInRefusedError, match="7000215") as caught:
        SignIn(replace(identity, secret_variable="", certificate=tmp_path / "other.pem")).token()
    assert "het certificaat van de toepassing (AADSTS7000215)." in caught.value.wat


@pytest.mark.parametrize("content", [None, b"", b"geen PEM", b"\xff"])
def test_a_certificate_that_is_none_is_told(
    fake: Fake, identity: Identity, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "app.pem").write_bytes(content)
    with pytest.raises(SignInRefusedError) as caught:
        SignIn(replace(identity, secret_variable="", certificate=tmp_path / "app.pem")).token()
    assert "certificaat" in caught.value.for_secretary()


def test_a_wrong_secret_is_told_and_not_tried_again_at_once(
    fake: Fake, sign_in: SignIn, clock: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5, 10, 20, 40 and then 60 minutes; a new secret counts as soon as it is tried."""
    monkeypatch.setenv("MS_GEHEIM", "oud")
    waits = []
    for _ in range(6):
        with pytest.raises(SignInRefusedError) as caught:
            sign_in.token()
        waits.append((caught.value.retry_after or 0) / 60)
        asked = len(fake.login.asked)
        with pytest.raises(SignInRefusedError):
            sign_in.token()
        assert len(fake.login.asked) == asked
        clock.seconds += caught.value.retry_after  # type: ignore[attr-defined]
    assert waits == [5, 10, 20, 40, 60, 60]
    assert "geheim van de toepassing (AADSTS7000215). Maak in" in caught.value.for_secretary()
    monkeypatch.setenv("MS_GEHEIM", "geheim-1")
    assert sign_in.token()


def test_without_a_secret_nothing_is_asked(
    fake: Fake, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MS_GEHEIM")
    with pytest.raises(SignInRefusedError, match="MS_GEHEIM"):
        sign_in.token()
    assert fake.requests == []


def test_an_unknown_tenant_is_told(fake: Fake, identity: Identity) -> None:
    with pytest.raises(SignInRefusedError):
        SignIn(replace(identity, tenant="tenant-2")).token()


def test_a_revoked_token_is_replaced_and_the_question_asked_once_more(fake: Fake, graph: Graph) -> None:
    folders(graph)
    fake.login.revoke()
    assert folders(graph) == 3
    assert fake.login.given == 2


def test_who_is_never_believed_is_not_asked_for_ever(fake: Fake, graph: Graph) -> None:
    fake.fault("GET", "/mailFolders", Answer(status=401), times=99)
    for _ in range(2):
        with pytest.raises(SignInRefusedError):
            folders(graph)
    assert len(fake.asked("GET", "/mailFolders")) == 2


def test_an_expired_token_is_renewed_by_itself(fake: Fake, graph: Graph) -> None:
    fake.login.lifetime = 1
    folders(graph)
    fake.login.revoke()
    assert folders(graph) == 3
    assert len(fake.asked("GET", "/mailFolders")) == 2


@pytest.mark.parametrize("answer", [Answer(status=503), Answer(cut=True)])
def test_a_sign_in_server_that_is_away_is_no_refusal(fake: Fake, identity: Identity, answer: Answer) -> None:
    # msal tries a broken connection once more by itself
    fake.fault("POST", "/token", answer, times=2 if answer.cut else 1)
    with pytest.raises(PostbusAwayError):
        SignIn(identity).token()
    assert SignIn(identity).token()


def test_a_person_signs_in_by_device_code_and_stays_so(
    fake: Fake, identity: Identity, tmp_path: Path
) -> None:
    person = by_person(identity, tmp_path)
    with pytest.raises(SignInRefusedError, match="refused") as caught:
        SignIn(person).token()
    assert "stukkenstroom login" in caught.value.for_secretary()
    signed = SignIn(person)
    flow = signed.begin_device_flow()
    assert (flow["user_code"], flow["verification_uri"]) == ("ABCD-1234", "https://microsoft.com/devicelogin")
    signed.finish_device_flow(flow)
    path = tmp_path / "dienst" / "microsoft365.json"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert folders(Graph(SignIn(person))) == 3
    assert fake.login.given == 1


def test_the_token_of_a_person_is_renewed_and_kept(fake: Fake, identity: Identity, tmp_path: Path) -> None:
    person = by_person(identity, tmp_path)
    first = SignIn(person)
    first.finish_device_flow(first.begin_device_flow())
    before = (tmp_path / "dienst" / "microsoft365.json").read_bytes()
    fake.login.revoke()
    assert folders(Graph(SignIn(person))) == 3
    assert (tmp_path / "dienst" / "microsoft365.json").read_bytes() != before
    fake.login.revoke()
    fake.login.refresh.clear()
    with pytest.raises(SignInRefusedError, match="700082"):
        folders(Graph(SignIn(person)))


def test_a_token_for_imap_and_one_for_graph_are_not_mixed_up(
    fake: Fake, identity: Identity, tmp_path: Path
) -> None:
    for who in (identity, by_person(identity, tmp_path)):
        signed = SignIn(who)
        if who.tokens:
            signed.finish_device_flow(signed.begin_device_flow())
        token = signed.token(Resource.MAIL)
        scope = fake.login.tokens[token][0]
        assert "outlook.office" in scope
        folders(Graph(signed))
        used = fake.requests[-1].header("Authorization").removeprefix("Bearer ")
        assert "graph.microsoft.com" in fake.login.tokens[used][0]
        assert signed.token(Resource.MAIL) == token


def test_a_refusal_is_not_taken_for_an_old_token(fake: Fake, graph: Graph, sign_in: SignIn) -> None:
    """O365 would renew the token for IMAP, that ran out, and ask Graph with that."""
    fake.login.lifetime = 1
    sign_in.token(Resource.MAIL)
    fake.login.lifetime = 3600
    sign_in.token()
    time.sleep(1.1)
    fake.fault("GET", "/mailFolders", refused(403, "ErrorAccessDenied"), times=9)
    with pytest.raises(GraphError, match="ErrorAccessDenied"):
        folders(graph)
    assert fake.login.given == 2


def test_a_damaged_token_file_asks_for_a_new_sign_in(fake: Fake, identity: Identity, tmp_path: Path) -> None:
    person = by_person(identity, tmp_path)
    (tmp_path / "dienst").mkdir()
    (tmp_path / "dienst" / "microsoft365.json").write_bytes(b"{half")
    with pytest.raises(SignInRefusedError):
        SignIn(person).token()
